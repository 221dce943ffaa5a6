/**
 * Owns: reading and verifying password hashes that other systems made, and what such a hash may cost. Does not own: our
 * own hashes (password-hash.ts), when one is verified and replaced (services/passwords).
 * A hash is one text that says how it was made; what other systems keep in several fields is first written as such a text
 * (text-of-parts.ts).
 */
export type { ForeignHash, ParsedForeignHash } from './foreign-hash.ts'
export { parseForeignHash } from './parse-foreign-hash.ts'
export { textOfAspNetIdentity, textOfBetterAuth, textOfDigest, textOfFirebaseScrypt, textOfPbkdf2 } from './text-of-parts.ts'
export type { DigestParts, FirebaseScryptParts, Pbkdf2Parts } from './text-of-parts.ts'
