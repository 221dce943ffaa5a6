import { argon2 } from './argon2.ts'
import { bcrypt } from './bcrypt.ts'
import { iteratedCrypt } from './crypt/index.ts'
import { digest } from './digest.ts'
import { firebaseScrypt } from './firebase-scrypt.ts'
import type { HashFormat, ParsedForeignHash } from './foreign-hash.ts'
import { refuse } from './foreign-hash.ts'
import { ldap } from './ldap.ts'
import { djangoPbkdf2, pbkdf2 } from './pbkdf2.ts'
import { scrypt } from './scrypt.ts'

const FORMATS: readonly HashFormat[] = [argon2, bcrypt, scrypt, firebaseScrypt, pbkdf2, djangoPbkdf2, iteratedCrypt, digest, ldap]

/** Longer than every text that can be right; also what the column holds. */
const MAX_TEXT_LENGTH = 512
/** What all forms are written in: no text of theirs has blanks, control characters or other scripts. */
const PRINTABLE = /^[\x21-\x7e]+$/

/** Reads a hash by what its text says about itself; a hash that would cost more than bounds.ts allows is refused. */
export function parseForeignHash(text: string): ParsedForeignHash {
  if (text.length > MAX_TEXT_LENGTH) return refuse(`is longer than ${MAX_TEXT_LENGTH} characters`)
  if (!PRINTABLE.test(text)) return refuse('holds blanks or characters that no hash has')
  const format = FORMATS.find((one) => one.recognises(text))
  return format ? format.parse(text) : refuse('is of no kind that is supported')
}
