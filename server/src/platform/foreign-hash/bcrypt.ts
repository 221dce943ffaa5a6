import { verify } from '@node-rs/bcrypt'
import { BCRYPT_MAX_COST } from './bounds.ts'
import type { HashFormat } from './foreign-hash.ts'
import { refuse } from './foreign-hash.ts'

/** `$2x$` marks hashes of a PHP bug (sign extension), which no maintained library computes. */
const BCRYPT = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/
const BCRYPT_MIN_COST = 4
/** bcrypt sees no byte of a password beyond the 72nd. */
const BCRYPT_SEEN_BYTES = 72

export const bcrypt: HashFormat = {
  recognises: (text) => text.startsWith('$2'),
  parse(text) {
    if (text.startsWith('$2x$')) return refuse('was made by the broken bcrypt of PHP before 5.3.7 ($2x$)')
    const cost = Number(BCRYPT.exec(text)?.[1] ?? 0)
    if (cost < BCRYPT_MIN_COST) return refuse('is not a complete bcrypt hash')
    if (cost > BCRYPT_MAX_COST) return refuse(`asks for bcrypt cost ${cost}, more than ${BCRYPT_MAX_COST}`)
    return {
      ok: true,
      hash: {
        algorithm: 'bcrypt',
        /**
         * A longer password is refused, although its first 72 bytes may be right: the hash says nothing about the rest, and
         * replacing it by a hash of the whole would make whatever was typed after them part of the password. It is
         * computed all the same, so that the time does not tell how the password is kept.
         */
        async verify(password) {
          const bytes = Buffer.from(password)
          const matches = await verify(bytes, text)
          return matches && bytes.length <= BCRYPT_SEEN_BYTES
        },
      },
    }
  },
}
