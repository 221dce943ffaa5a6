import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { FlowId, PasskeyId, TenantId, UserId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import type { Amr, NewPasskey } from '../../flow/index.ts'
import type { PasskeyRecord } from '../../persistence/queries/authenticator-passkey.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { CreationOptions, RequestOptions } from '../../protocols/webauthn.ts'
import type { Actor } from '../sessions/index.ts'

export type { PasskeyRecord }

export type PasskeyFailure =
  | { readonly code: 'recent_authentication_required' }
  | { readonly code: 'invalid_passkey' }
  | { readonly code: 'invalid_passkey_name' }
  | { readonly code: 'passkey_already_registered' }
  | { readonly code: 'passkey_limit_reached' }
  | { readonly code: 'last_authenticator' }
  | { readonly code: 'last_required_factor' }
  | { readonly code: 'not_found' }
  | { readonly code: 'rate_limited'; readonly retryAfterSeconds: number }

/** What the browser needs, and the sealed text that it sends back beside its answer. */
export interface StartedCeremony<Options> {
  readonly ceremony: string
  /** Instant, milliseconds UTC. */
  readonly expiresAt: number
  readonly options: Options
}

export interface AssertionGiven {
  readonly ceremony: string
  /** AuthenticationResponseJSON, as text or parsed; nobody has looked at it. */
  readonly credential: unknown
}

/** A right assertion: whose, and by what (RFC 8176). */
export interface Asserted {
  readonly passkeyId: PasskeyId
  readonly userId: UserId
  readonly amr: readonly Amr[]
}

/** Whose ceremony it is: a flow before its finish, in which nobody is signed in yet. */
export interface FlowParty {
  readonly tenantId: TenantId
  readonly flowId: FlowId
  /** Null while the account is still to be made. */
  readonly userId: UserId | null
  readonly requester: Requester
}

type Outcome<Value = undefined> = Promise<Result<Value, PasskeyFailure>>

export interface Passkeys {
  /** False where browsers have no passkeys for us: a host without a name. */
  readonly isOffered: boolean
  /** `binding` ties the ceremony to the browser. Says the same to everybody: nobody was named. */
  beginSignIn(binding: string, requester: Requester): Outcome<StartedCeremony<RequestOptions>>
  /** Names the actor's own passkeys; bound to the session. */
  beginReauthentication(actor: Actor): Outcome<StartedCeremony<RequestOptions>>
  /** Wants a recent proof. */
  beginRegistration(actor: Actor): Outcome<StartedCeremony<CreationOptions>>
  /** Wants a recent proof; tells the owner. `credential` is RegistrationResponseJSON, as text or parsed. */
  finishRegistration(actor: Actor, given: AssertionGiven & { readonly name: string }): Outcome<PasskeyRecord>
  list(actor: Actor): Promise<PasskeyRecord[]>
  rename(actor: Actor, id: PasskeyId, name: string): Outcome
  /** Wants a recent proof; ends the other sessions and tells the owner. Never the last way in. */
  remove(actor: Actor, id: PasskeyId): Outcome
  /** Loads what `assert` needs, so that a transaction does not wait for it. */
  prepare(): Promise<void>
  /** Spends the ceremony, then looks at the answer. Undefined for anything that is not right, and recorded. */
  assert(
    tx: Transaction<Schema>,
    given: AssertionGiven,
    expected: { tenantId: TenantId; purpose: 'sign_in' | 'reauthentication' | 'second_factor'; binding: string; requester: Requester },
  ): Promise<Asserted | undefined>
  readonly inFlow: {
    /** Names the passkeys of the account whose first proof was right. */
    beginSecondFactor(party: FlowParty): Outcome<StartedCeremony<RequestOptions>>
    /** `userName` is what the authenticator shows beside the passkey. */
    beginPrompt(party: FlowParty, userName: string): Outcome<StartedCeremony<CreationOptions>>
    /** Spends the ceremony, then looks at the answer; undefined when it is none. */
    verifyNew(tx: Transaction<Schema>, given: AssertionGiven, party: Pick<FlowParty, 'tenantId' | 'flowId'>): Promise<NewPasskey | undefined>
    /** Throws a unique violation when the credential is known, whoever has it. */
    add(tx: Transaction<Schema>, user: { tenantId: TenantId; userId: UserId }, made: NewPasskey, requester: Requester): Promise<void>
  }
}
