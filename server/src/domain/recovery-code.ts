/** Crockford's base 32: no letter that is taken for a digit or another letter. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 50 bits; NIST SP 800-63B-4 section 3.1.2 asks for 20 at least. */
export const RECOVERY_CODE_LENGTH = 10
export const RECOVERY_CODES_MADE = 10
const GROUP = 5

/** One code of so many random bytes, one a character, in two groups that are easy to copy by hand. */
export function recoveryCodeOf(bytes: Uint8Array): string {
  const text = [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
  return `${text.slice(0, GROUP)}-${text.slice(GROUP)}`
}

/** The one spelling that is hashed; undefined for what no code looks like. Letters that are read as digits count as those. */
export function normaliseRecoveryCode(typed: string): string | undefined {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  const isCode = text.length === RECOVERY_CODE_LENGTH && [...text].every((letter) => ALPHABET.includes(letter))
  return isCode ? text : undefined
}
