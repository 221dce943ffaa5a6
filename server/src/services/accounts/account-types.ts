import type { ChallengeId, IdentityId } from '../../domain/ids.ts'
import type { PasswordProblem } from '../../domain/password-rules.ts'
import type { Result } from '../../domain/result.ts'
import type { EmailRecord } from '../../persistence/queries/email-identity.ts'
import type { KnownDevice } from '../known-devices/index.ts'
import type { Actor, SignedIn } from '../sessions/index.ts'

export type { EmailRecord }

export type AccountFailure =
  | { readonly code: 'recent_authentication_required' }
  | { readonly code: 'invalid_credentials' }
  | { readonly code: 'unacceptable_password'; readonly problems: readonly PasswordProblem[]; readonly minimumLength: number }
  | { readonly code: 'password_already_exists' }
  | { readonly code: 'invalid_username' }
  | { readonly code: 'username_taken' }
  | { readonly code: 'invalid_email' }
  | { readonly code: 'invalid_display_name' }
  | { readonly code: 'wrong_code' }
  | { readonly code: 'code_exhausted' }
  | { readonly code: 'not_found' }
  | { readonly code: 'last_active_admin' }
  | { readonly code: 'last_email' }
  | { readonly code: 'email_limit_reached' }
  | { readonly code: 'deletion_not_offered' }
  | { readonly code: 'rate_limited'; readonly retryAfterSeconds: number }

/** Whether a proven address takes the place of the primary one or stands beside it. */
export type EmailIntent = 'change' | 'add'

type Outcome<Value = undefined> = Promise<Result<Value, AccountFailure>>

export interface Accounts {
  changeDisplayName(actor: Actor, displayName: string): Outcome
  changeUsername(actor: Actor, username: string): Outcome
  /**
   * Keeps the actor's session, ends every other, voids pending codes, tells the owner. What was guessed at the former password is
   * forgotten, and of the browsers that the account was known by only the actor's stays known: `knownSecret` is its cookie.
   */
  changePassword(actor: Actor, change: { currentPassword: string; newPassword: string; knownSecret: string | undefined }): Outcome<KnownDevice>
  /** For an account without a password; needs recent authentication. Does what a change does. */
  createPassword(actor: Actor, given: { newPassword: string; knownSecret: string | undefined }): Outcome<KnownDevice>
  /** The primary one first. */
  listEmails(actor: Actor): Promise<EmailRecord[]>
  /** Sends a code to the new address, or to the present one while it is unproven; silent about other accounts. */
  requestEmail(actor: Actor, email: string, intent: EmailIntent): Outcome<{ challengeId: ChallengeId; maskedDestination: string }>
  /** `intent`: only a code that was asked for with it is taken. */
  verifyEmail(actor: Actor, challengeId: ChallengeId, code: string, intent?: EmailIntent): Outcome<EmailIntent>
  resendEmail(actor: Actor, challengeId: ChallengeId): Outcome<{ maskedDestination: string }>
  /** What the code page of a pending address shows. */
  findPendingEmail(actor: Actor, challengeId: ChallengeId): Outcome<{ maskedDestination: string }>
  /** A verified one alone. */
  makeEmailPrimary(actor: Actor, id: IdentityId): Outcome
  /** Never the last one that can recover the account; the oldest other one is the primary one after the primary one went. */
  removeEmail(actor: Actor, id: IdentityId): Outcome
  /** See `Deletions.request`. */
  delete(actor: Actor): Outcome<{ deleteAt: number | null }>
  hasPassword(actor: Actor): Promise<boolean>
  /** Within ten minutes, and by both proofs where a second factor is set up. */
  isRecentlyAuthenticated(actor: SignedIn): Promise<boolean>
}
