/** NIST SP 800-63B-4 section 3.1.1: length and a block list, no composition rules, no truncation. */
export const PASSWORD_MIN_LENGTH = 8
/** NIST asks for 64 at least; no pass phrase is longer than this. */
export const PASSWORD_MAX_LENGTH = 128
/** Bound on what is hashed, checked before hashing: 128 code points are at most 512 bytes in UTF-8. */
export const PASSWORD_MAX_BYTES = 512

export type PasswordProblem = 'too_short' | 'too_long' | 'too_common' | 'contains_identifier' | 'not_text'

/** What is hashed: NFKC, so that the same password typed on another keyboard is the same; blanks are kept. */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC')
}

/**
 * The problems of a new password, none when it is acceptable. Length is counted in code points. `identifiers` are
 * things others know of this person (email, username, the service's name) and make a password guessable; `isCommon`
 * looks the lower-case password up in the block list.
 */
export function findPasswordProblems(
  password: string,
  known: { identifiers: readonly string[]; isCommon: (folded: string) => boolean },
): PasswordProblem[] {
  const normalised = normalisePassword(password)
  const length = [...normalised].length
  // Lone surrogates would be replaced on encoding, so different passwords would hash alike; NUL is cut by C libraries.
  if (!normalised.isWellFormed() || normalised.includes('\u0000')) return ['not_text']
  if (length < PASSWORD_MIN_LENGTH) return ['too_short']
  if (length > PASSWORD_MAX_LENGTH) return ['too_long']
  const folded = normalised.toLowerCase()
  if (known.isCommon(folded) || isOneCharacterRepeated(folded)) return ['too_common']
  if (known.identifiers.some((identifier) => isMostlyIdentifier(folded, identifier.toLowerCase()))) return ['contains_identifier']
  return []
}

function isOneCharacterRepeated(text: string): boolean {
  return new Set(text).size === 1
}

/** True when the password is the identifier (or its local part), alone or with less than four characters added. */
function isMostlyIdentifier(folded: string, identifier: string): boolean {
  const parts = [identifier, identifier.split('@')[0] ?? ''].filter((part) => part.length >= 4)
  return parts.some((part) => folded.includes(part) && folded.length - part.length < 4)
}
