/**
 * Owns: the hashes of crypt(3) and its kin that are nothing but a digest computed over and over: md5-crypt, apr1,
 * sha256-crypt, sha512-crypt, phpass. Node has no native form of them, so they run in a thread of their own.
 */
export { iteratedCrypt } from './iterated-crypt.ts'
