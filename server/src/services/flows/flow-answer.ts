import type { ChallengeId } from '../../domain/ids.ts'
import type { DefinitionName, FlowType, Screen } from '../../flow/index.ts'
import type { KnownDevice } from '../known-devices/index.ts'
import type { DeviceTrust } from '../second-factors/index.ts'
import type { IssuedTokens } from '../sessions/index.ts'

/** What the cookies of a browser say about it. */
export interface DeviceSecrets {
  /** It is spared the second factor. */
  readonly deviceSecret: string | undefined
  /** Accounts signed in from it before. */
  readonly knownSecret: string | undefined
}

export type FlowAnswer =
  | {
      readonly kind: 'screen'
      readonly screen: Screen
      readonly stateToken: string
      /** Of the flow. */
      readonly name: DefinitionName
      /** When the state is over, milliseconds UTC. */
      readonly expiresAt: number
      readonly returnTo: string
      /** Set when this answer sent a code. */
      readonly challengeId?: ChallengeId
    }
  | {
      readonly kind: 'finished'
      readonly flow: FlowType
      readonly name: DefinitionName
      readonly returnTo: string
      readonly tokens: IssuedTokens | undefined
      /** Of a flow for an authorization request: what was proven, for the browser that waits (services/hand-overs). */
      readonly ticket?: string
      /** For the cookie of a browser that is trusted from now on. */
      readonly deviceTrust?: DeviceTrust
      /** For the cookie by which the browser is known from now on. */
      readonly knownDevice?: KnownDevice
      /** Made with a first second factor, readable this once. */
      readonly recoveryCodes?: readonly string[]
    }
  | { readonly kind: 'refused'; readonly refusal: FlowRefusal; readonly retryAfterSeconds?: number }

export type FlowRefusal =
  /** Not a state of ours, of another browser, too old, or already finished. */
  | 'invalid_state'
  | 'unexpected_input'
  | 'account_disabled'
  /** A second factor is required and the account's is a passkey. */
  | 'passkey_required'
  /** A second factor is required, and the mailbox beside the password is it: the mailbox alone sets up no other. */
  | 'password_required'
  /** The account has a second factor, and none of those that this flow takes. */
  | 'factor_not_offered'
  /** No flow of this type has the name. */
  | 'unknown_flow'
  | 'signup_closed'
  /** Accepted, taken back or too old by now. */
  | 'invalid_invitation'
  /** Policy refuses a further session. */
  | 'too_many_sessions'
  /** Only told to who proved the address, or where policy makes accounts without proof. */
  | 'identifier_taken'
  /** Told alike to everybody: a number of this country is not written to. */
  | 'country_not_allowed'
  | 'rate_limited'
