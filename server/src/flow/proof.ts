import type { PasskeyId } from '../domain/ids.ts'
import type { Amr, Authentication, Identified, SecondaryAuthentication } from './state.ts'
import type { PasswordProblem } from '../domain/password-rules.ts'

/** A fact that a service gathered; the engine believes it and decides what follows. */
export type Proof =
  | { readonly kind: 'identified'; readonly identified: Identified }
  | { readonly kind: 'unusable_identifier' }
  | { readonly kind: 'chosen'; readonly authentication: Authentication }
  /** `matched` names the stored password that was right, so that it can be asked later whether it still is the one. */
  | { readonly kind: 'password'; readonly isRight: boolean; readonly matched?: string; readonly standing?: PasswordStanding }
  /** An assertion identifies and authenticates at once. */
  | { readonly kind: 'passkey'; readonly isRight: true; readonly passkeyId: PasskeyId; readonly identified: Identified; readonly amr: readonly Amr[] }
  | { readonly kind: 'passkey'; readonly isRight: false }
  | { readonly kind: 'one_time_code'; readonly outcome: OneTimeCodeOutcome }
  | { readonly kind: 'code_sent_again'; readonly wasTooSoon: boolean }
  | { readonly kind: 'new_password'; readonly hash: string; /** Found out before it may be told. */ readonly wasUsedBefore?: boolean }
  | { readonly kind: 'unacceptable_password'; readonly problems: readonly PasswordProblem[] }
  | { readonly kind: 'account_status'; readonly isActive: boolean }
  | {
      readonly kind: 'second_factors'
      readonly enrolled: readonly SecondaryAuthentication[]
      /** Two factors in one: who has one proves themself by it rather than set up another factor. */
      readonly hasPasskey: boolean
      /** This browser showed the secret of a device that the account trusts. */
      readonly isTrustedDevice: boolean
      /** When this was looked up, milliseconds UTC. */
      readonly at: number
    }
  | { readonly kind: 'second_factor'; readonly authentication: SecondaryAuthentication; readonly isRight: boolean; readonly wantsTrust: boolean }
  | { readonly kind: 'totp_key'; readonly key: string }
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

/** `exhausted` covers spent, expired and too often tried: nothing a further try could change. */
export type OneTimeCodeOutcome = 'right' | 'wrong' | 'exhausted'

/** A fact no person can supply; the service looks it up and comes back. */
export type NeededFact = 'account_status' | 'second_factors' | 'totp_key'
