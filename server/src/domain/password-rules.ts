/** NIST SP 800-63B-4 section 3.1.1: length and a block list, no composition rules, no truncation. */
export const PASSWORD_MIN_LENGTH = 8
/** NIST asks for 64 at least; no pass phrase is longer than this. */
export const PASSWORD_MAX_LENGTH = 128
/** Bound on what is hashed, checked before hashing: 128 code points are at most 512 bytes in UTF-8. */
export const PASSWORD_MAX_BYTES = 512

export type PasswordProblem =
  | 'too_short'
  | 'too_long'
  | 'too_common'
  | 'contains_identifier'
  | 'blocked_word'
  | 'not_text'
  /** Found in a collection of passwords that were stolen elsewhere. */
  | 'breached'
  /** One of the last passwords of this account. */
  | 'used_before'
  /** The collection could not be asked, and policy would rather wait than take the password unseen. */
  | 'breach_check_unavailable'

/** What a tenant asks of passwords. */
export interface PasswordRules {
  /** Code points, from 8 to 64. */
  readonly minimumLength: number
  /** Words that everybody around this service would try. */
  readonly blockedWords: readonly string[]
  readonly breachedCheck: 'off' | 'k_anonymity' | 'file'
  readonly breachedOnFailure: 'allow' | 'refuse'
  /** How many of the last passwords a new one must differ from, the present one included; 0 none. */
  readonly history: number
  /** After how many days a password has to be replaced at the next sign-in; 0 never. */
  readonly maximumAgeDays: number
}

export const DEFAULT_PASSWORD_RULES: PasswordRules = {
  minimumLength: PASSWORD_MIN_LENGTH,
  blockedWords: [],
  breachedCheck: 'off',
  breachedOnFailure: 'allow',
  history: 0,
  maximumAgeDays: 0,
}

/** What somebody who chooses a password is told beforehand. */
export interface PasswordRulesShown {
  readonly minimumLength: number
  readonly isBreachChecked: boolean
  readonly history: number
}

export function rulesToShow({ minimumLength, breachedCheck, history }: PasswordRules): PasswordRulesShown {
  return { minimumLength, isBreachChecked: breachedCheck !== 'off', history }
}

const DAY_MS = 24 * 60 * 60 * 1_000

/** Whether a password that was set at `changedAt` is too old at `now`, both milliseconds UTC. */
export function isPasswordExpired({ maximumAgeDays }: PasswordRules, changedAt: number, now: number): boolean {
  return maximumAgeDays > 0 && now - changedAt > maximumAgeDays * DAY_MS
}

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
  known: { identifiers: readonly string[]; isCommon: (folded: string) => boolean; rules?: Pick<PasswordRules, 'minimumLength' | 'blockedWords'> },
): PasswordProblem[] {
  const { minimumLength, blockedWords } = known.rules ?? DEFAULT_PASSWORD_RULES
  const normalised = normalisePassword(password)
  const length = [...normalised].length
  // Lone surrogates would be replaced on encoding, so different passwords would hash alike; NUL is cut by C libraries.
  if (!normalised.isWellFormed() || normalised.includes('\u0000')) return ['not_text']
  if (length < minimumLength) return ['too_short']
  if (length > PASSWORD_MAX_LENGTH) return ['too_long']
  const folded = normalised.toLowerCase()
  if (known.isCommon(folded) || isOneCharacterRepeated(folded)) return ['too_common']
  if (known.identifiers.some((identifier) => isMostlyIdentifier(folded, identifier.toLowerCase()))) return ['contains_identifier']
  return isMostlyBlocked(folded, blockedWords) ? ['blocked_word'] : []
}

/** True when little is left once every blocked word is taken out. */
function isMostlyBlocked(folded: string, words: readonly string[]): boolean {
  const longestFirst = words.map((word) => normalisePassword(word).toLowerCase()).sort((one, other) => other.length - one.length)
  const left = longestFirst.reduce((rest, word) => rest.replaceAll(word, ''), folded)
  return left !== folded && left.length < 4
}

function isOneCharacterRepeated(text: string): boolean {
  return new Set(text).size === 1
}

/** True when the password is the identifier (or its local part), alone or with less than four characters added. */
function isMostlyIdentifier(folded: string, identifier: string): boolean {
  const parts = [identifier, identifier.split('@')[0] ?? ''].filter((part) => part.length >= 4)
  return parts.some((part) => folded.includes(part) && folded.length - part.length < 4)
}
