import type { AttributeValue } from '../domain/profile/attribute.ts'
import type { SessionId, UserId } from '../domain/ids.ts'
import type { E164 } from '../domain/phone.ts'
import type { Amr, CodeChannel, FlowType, Invitation, NewPasskey } from './state.ts'

/** What a code in a flow is for; a code for one is none for another. Who promotes an account proves an address as at sign-up. */
export type CodePurpose = Exclude<FlowType, 'promote'> | 'second_factor'

/** What the service does in one transaction on the engine's word; the outbox delivers the rest. */
export type Effect =
  | {
      readonly effect: 'send_code'
      readonly purpose: CodePurpose
      readonly channel: CodeChannel
      /** Null for a stranger: the same row is written and nothing is sent. */
      readonly userId: UserId | null
      readonly destination: string | null
      readonly isDecoy: boolean
    }
  | ({
      readonly effect: 'create_user'
      readonly passwordHash: string | null
      /** The anonymous account that becomes this one. */
      readonly promotes?: UserId
      readonly profile?: Readonly<Record<string, AttributeValue>>
    } & (
      | { readonly email: string; readonly emailDisplay: string; readonly isEmailProven: boolean }
      /** Proven: there is no account for a number that is not. */
      | { readonly email: null; readonly phone: E164; readonly phoneDisplay: string }
    ))
  /** The invitation was spent when the flow finished. */
  | { readonly effect: 'accept_invitation'; readonly invitation: Invitation }
  | { readonly effect: 'prove_email'; readonly userId: UserId; readonly email: string }
  /** `changed`: by who knew the former one; `reset`: by who proved the address instead. */
  | { readonly effect: 'set_password'; readonly userId: UserId; readonly hash: string; readonly how: 'changed' | 'reset' }
  | { readonly effect: 'end_sessions'; readonly userId: UserId; readonly reason: 'password_changed' | 'password_reset' | 'promoted' }
  /** A first one-time password generator, and the recovery codes that go with it: those that were shown, or null to make them now. */
  | { readonly effect: 'create_totp'; readonly userId: UserId | 'created_user'; readonly key: string; readonly step: number; readonly recoveryCodes: readonly string[] | null }
  | { readonly effect: 'create_passkey'; readonly userId: UserId | 'created_user'; readonly passkey: NewPasskey }
  /** "Not now", so that the offer is not made again soon. */
  | { readonly effect: 'remember_passkey_prompt'; readonly userId: UserId | 'created_user' }
  | { readonly effect: 'trust_device'; readonly userId: UserId }
  | { readonly effect: 'cancel_account_deletion'; readonly userId: UserId }
  | { readonly effect: 'create_session'; readonly userId: UserId | 'created_user'; readonly amr: readonly Amr[] }
  | { readonly effect: 'refresh_authentication'; readonly sessionId: SessionId; readonly amr: readonly Amr[] }
