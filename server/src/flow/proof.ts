import type { E164 } from '../domain/phone.ts'
import type { PasskeyId } from '../domain/ids.ts'
import type { RecoveryDestination } from './policy.ts'
import type { Amr, Authentication, CodeChannel, Identified, Invitation, NewPasskey, SecondaryAuthentication, SessionsToEnd } from './state.ts'
import type { AttributeFault, AttributeValue } from '../domain/profile/attribute.ts'
import type { PasswordProblem } from '../domain/password-rules.ts'

/** A fact that a service gathered; the engine believes it and decides what follows. */
export type Proof =
  | { readonly kind: 'identified'; readonly identified: Identified }
  | { readonly kind: 'unusable_identifier' }
  /** The secret of an open invitation: who is invited, and that the address is theirs. */
  | { readonly kind: 'invited'; readonly identified: Identified; readonly invitation: Invitation }
  | { readonly kind: 'unusable_invitation' }
  | { readonly kind: 'chosen'; readonly authentication: Authentication | SecondaryAuthentication; readonly channel?: CodeChannel | undefined }
  /** By what the code that is asked about goes. */
  | { readonly kind: 'channel_chosen'; readonly channel: CodeChannel }
  | { readonly kind: 'destination_chosen'; readonly destination: RecoveryDestination; readonly channel?: CodeChannel | undefined }
  /** `matched` names the stored password that was right, so that it can be asked later whether it still is the one. */
  | { readonly kind: 'password'; readonly isRight: boolean; readonly matched?: string; readonly standing?: PasswordStanding }
  /** An assertion identifies and authenticates at once. */
  | { readonly kind: 'passkey'; readonly isRight: true; readonly passkeyId: PasskeyId; readonly identified: Identified; readonly amr: readonly Amr[] }
  | { readonly kind: 'passkey'; readonly isRight: false }
  | { readonly kind: 'one_time_code'; readonly outcome: OneTimeCodeOutcome; readonly wantsTrust?: boolean }
  /** `channel`: by another one than before. */
  | { readonly kind: 'code_sent_again'; readonly wasTooSoon: boolean; readonly channel?: CodeChannel | undefined }
  | { readonly kind: 'new_password'; readonly hash: string; /** Found out before it may be told. */ readonly wasUsedBefore?: boolean }
  | { readonly kind: 'unacceptable_password'; readonly problems: readonly PasswordProblem[] }
  | { readonly kind: 'profile'; readonly values: Readonly<Record<string, AttributeValue>> }
  | { readonly kind: 'unacceptable_profile'; readonly faults: readonly AttributeFault[] }
  /** `protectionVersion` grows with every change of what proves the owner; null without an account. */
  | { readonly kind: 'account_status'; readonly isActive: boolean; readonly protectionVersion: number | null }
  | {
      readonly kind: 'second_factors'
      readonly enrolled: readonly SecondaryAuthentication[]
      /** Two factors in one: who has one proves themself by it rather than set up another factor. */
      readonly hasPasskey: boolean
      /** Only looked up where it matters: where an emailed code counts and something is required. */
      readonly hasPassword: boolean
      /** The verified numbers, where policy counts them. */
      readonly phones: readonly E164[]
      /** This browser showed the secret of a device that the account trusts. */
      readonly isTrustedDevice: boolean
      /** When this was looked up, milliseconds UTC. */
      readonly at: number
    }
  | { readonly kind: 'second_factor'; readonly authentication: SecondaryAuthentication; readonly isRight: boolean; readonly wantsTrust: boolean }
  /** When the account will be deleted, milliseconds UTC; null when that is not planned. */
  | { readonly kind: 'account_deletion'; readonly deleteAt: number | null }
  /** Its owner wants to keep it after all. */
  | { readonly kind: 'deletion_cancelled' }
  | { readonly kind: 'totp_key'; readonly key: string }
  /** None where the account has some already, or will not be made. */
  | { readonly kind: 'recovery_codes'; readonly codes: readonly string[] }
  /** The person says so. */
  | { readonly kind: 'recovery_codes_kept' }
  | { readonly kind: 'sessions_to_end'; readonly sessions: SessionsToEnd }
  | { readonly kind: 'ending_confirmed' }
  | {
      readonly kind: 'passkey_prompt'
      readonly hasPasskey: boolean
      /** The account has a second factor that this flow did not show: no further way in is added past it. */
      readonly isFactorUnproven: boolean
      /** When the person last said "not now", milliseconds UTC. */
      readonly skippedAt: number | null
      readonly at: number
    }
  /** What is only offered was not wanted now. */
  | { readonly kind: 'skipped' }
  /** Null when what came back is no answer to the ceremony. */
  | { readonly kind: 'passkey_created'; readonly passkey: NewPasskey | null }
  /** The time step of the first code of a new key; null when the code is not one of that key's. */
  | { readonly kind: 'totp_set_up'; readonly step: number | null }

/** What is known of the stored password that was right; instants in milliseconds UTC. */
export interface PasswordStanding {
  readonly changedAt: number
  /** The operator asked for another one. */
  readonly isChangeRequired: boolean
  /** When this was looked up. */
  readonly at: number
}

/**
 * `exhausted` covers spent, expired and too often tried: nothing a further try could change. `awaited`: the link that was
 * sent instead was not approved yet.
 */
export type OneTimeCodeOutcome = 'right' | 'wrong' | 'exhausted' | 'awaited'

/** A fact no person can supply; the service looks it up and comes back. */
export type NeededFact = 'account_status' | 'second_factors' | 'totp_key' | 'recovery_codes' | 'passkey_prompt' | 'sessions_to_end' | 'account_deletion'
