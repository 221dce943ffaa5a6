import { createHash } from 'node:crypto'
import { SALT_MAX_BYTES } from './bounds.ts'
import { decodeBase64, equalBytes } from './encodings.ts'
import type { ForeignHash, HashFormat } from './foreign-hash.ts'
import { refuse } from './foreign-hash.ts'

export const DIGEST_BYTES: Readonly<Record<string, number>> = { md5: 16, sha1: 20, sha256: 32, sha512: 64 }
export type DigestName = 'md5' | 'sha1' | 'sha256' | 'sha512'

/** Our text: `$digest-sha256$salt=before$salt$hash`, base64; `salt=none` has an empty salt. */
const DIGEST = /^\$digest-(md5|sha1|sha256|sha512)\$salt=(before|after|none)\$([^$]*)\$([^$]+)$/

/** One plain digest of password and salt: weak, and gone with the first sign-in. */
export const digest: HashFormat = {
  recognises: (text) => text.startsWith('$digest-'),
  parse(text) {
    const [, name = '', position = '', saltText = '', hashText = ''] = DIGEST.exec(text) ?? []
    const [salt, expected] = [decodeBase64(saltText), decodeBase64(hashText)]
    if (!salt || !expected || expected.length !== DIGEST_BYTES[name]) return refuse('is not a complete digest')
    if ((salt.length === 0) !== (position === 'none')) return refuse('has a salt without a position or a position without a salt')
    if (salt.length > SALT_MAX_BYTES) return refuse(`has a salt of more than ${SALT_MAX_BYTES} bytes`)
    const [before, after] = position === 'before' ? [salt, EMPTY] : [EMPTY, salt]
    return { ok: true, hash: digestHash({ algorithm: name, digestName: name, before, after, expected }) }
  },
}

const EMPTY = Buffer.alloc(0)

export function digestHash(its: { algorithm: string; digestName: string; before: Buffer; after: Buffer; expected: Buffer }): ForeignHash {
  return {
    algorithm: its.algorithm,
    verify: (password) => {
      const computed = createHash(its.digestName).update(its.before).update(password).update(its.after).digest()
      return Promise.resolve(equalBytes(computed, its.expected))
    },
  }
}
