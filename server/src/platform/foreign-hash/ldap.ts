import { SALT_MAX_BYTES } from './bounds.ts'
import { iteratedCrypt } from './crypt/index.ts'
import { bcrypt } from './bcrypt.ts'
import { DIGEST_BYTES, digestHash } from './digest.ts'
import { decodeBase64 } from './encodings.ts'
import type { HashFormat } from './foreign-hash.ts'
import { refuse } from './foreign-hash.ts'

/** Scheme, digest, and whether what follows the digest is a salt (RFC 2307 and what directories added to it). */
const SCHEMES: Readonly<Record<string, { digestName: string; isSalted: boolean }>> = {
  MD5: { digestName: 'md5', isSalted: false },
  SMD5: { digestName: 'md5', isSalted: true },
  SHA: { digestName: 'sha1', isSalted: false },
  SSHA: { digestName: 'sha1', isSalted: true },
  SHA256: { digestName: 'sha256', isSalted: false },
  SSHA256: { digestName: 'sha256', isSalted: true },
  SHA512: { digestName: 'sha512', isSalted: false },
  SSHA512: { digestName: 'sha512', isSalted: true },
}

/** `{SSHA}base64(digest(password + salt) + salt)` and its like; scheme names in any case. `{CRYPT}` holds a text of crypt(3). */
export const ldap: HashFormat = {
  recognises: (text) => text.startsWith('{'),
  parse(text) {
    const [, name = '', rest = ''] = /^\{([A-Za-z0-9]+)\}(.+)$/.exec(text) ?? []
    const scheme = name.toUpperCase()
    if (scheme === 'CRYPT') {
      const inner = [bcrypt, iteratedCrypt].find((format) => format.recognises(rest))
      return inner ? inner.parse(rest) : refuse('is of a kind of {CRYPT} that is not supported, such as traditional DES')
    }
    const known = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined
    if (!known) return refuse('has an LDAP scheme that is not supported')
    const bytes = decodeBase64(rest)
    const digestBytes = DIGEST_BYTES[known.digestName] ?? 0
    const saltBytes = (bytes?.length ?? 0) - digestBytes
    if (!bytes || (known.isSalted ? saltBytes < 1 || saltBytes > SALT_MAX_BYTES : saltBytes !== 0)) return refuse(`is not a complete {${scheme}} hash`)
    const [expected, after] = [bytes.subarray(0, digestBytes), bytes.subarray(digestBytes)]
    return { ok: true, hash: digestHash({ algorithm: `ldap-${scheme.toLowerCase()}`, digestName: known.digestName, before: Buffer.alloc(0), after, expected }) }
  },
}
