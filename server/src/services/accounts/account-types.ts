import type { Client } from '../../domain/client.ts'
import type { ChallengeId } from '../../domain/ids.ts'
import type { PasswordProblem } from '../../domain/password-rules.ts'
import type { Result } from '../../domain/result.ts'
import type { SignedIn } from '../sessions/index.ts'

/** Who acts, from where. */
export interface Actor extends SignedIn {
  readonly client: Client
}

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
  | { readonly code: 'rate_limited'; readonly retryAfterSeconds: number }

type Outcome<Value = undefined> = Promise<Result<Value, AccountFailure>>

export interface Accounts {
  changeDisplayName(actor: Actor, displayName: string): Outcome
  changeUsername(actor: Actor, username: string): Outcome
  /** Keeps the actor's session, ends every other, voids pending codes, tells the owner. */
  changePassword(actor: Actor, change: { currentPassword: string; newPassword: string }): Outcome
  /** For an account without a password; needs recent authentication. */
  createPassword(actor: Actor, password: string): Outcome
  /** Sends a code to the new address, or to the present one while it is unproven; silent about other accounts. */
  requestEmailChange(actor: Actor, newEmail: string): Outcome<{ challengeId: ChallengeId; maskedDestination: string }>
  verifyEmailChange(actor: Actor, challengeId: ChallengeId, code: string): Outcome
  resendEmailChange(actor: Actor, challengeId: ChallengeId): Outcome<{ maskedDestination: string }>
  /** What the code page of a pending change shows. */
  findEmailChange(actor: Actor, challengeId: ChallengeId): Outcome<{ maskedDestination: string }>
  delete(actor: Actor): Outcome
  hasPassword(actor: Actor): Promise<boolean>
  /** Within ten minutes, and by both proofs where a second factor is set up. */
  isRecentlyAuthenticated(actor: SignedIn): Promise<boolean>
}
