import type { Requester } from '../../domain/requester.ts'
import type { ChallengeId, SessionId, TenantId, UserId } from '../../domain/ids.ts'
import type { Authentication, CodeChannel, DefinitionName, FlowType, RecoveryDestination, SecondaryAuthentication, SignupIdentification } from '../../flow/index.ts'
import type { CreationOptions, RequestOptions } from '../../protocols/webauthn.ts'
import type { StartedCeremony } from '../passkeys/index.ts'
import type { DeviceSecrets, FlowAnswer } from './flow-answer.ts'
import type { FlowLinks } from './link-types.ts'

/** What a person sent, as text; which proof it becomes is found out by a service. */
export type FlowInput =
  | { readonly input: 'identify'; readonly identifier: string }
  | { readonly input: 'invitation'; readonly secret: string }
  | { readonly input: 'password'; readonly password: string }
  | { readonly input: 'choose'; readonly authentication: Authentication | SecondaryAuthentication; readonly channel?: CodeChannel | undefined }
  /** By what the code goes that is asked about. */
  | { readonly input: 'channel'; readonly channel: CodeChannel }
  /** Where the recovery code goes. */
  | { readonly input: 'destination'; readonly destination: RecoveryDestination; readonly channel?: CodeChannel | undefined }
  | { readonly input: 'code'; readonly code: string; readonly trustsDevice?: boolean }
  /** By the same channel as before, or another one. */
  | { readonly input: 'resend'; readonly channel?: CodeChannel | undefined }
  /** The link of the mail, opened and confirmed in the browser that asked for it. */
  | { readonly input: 'link'; readonly link: string }
  /** Whether the link was approved elsewhere; goes on when it was. */
  | { readonly input: 'check'; readonly trustsDevice?: boolean }
  | { readonly input: 'totp'; readonly code: string; readonly trustsDevice: boolean }
  | { readonly input: 'recovery_code'; readonly code: string; readonly trustsDevice: boolean }
  /** `binding` is that of the browser the ceremony was begun for; re-authentication goes by the session instead. */
  | { readonly input: 'passkey'; readonly ceremony: string; readonly credential: unknown; readonly binding: string }
  /** The owner of an account that waits for its deletion keeps it. */
  | { readonly input: 'cancel_deletion' }
  | { readonly input: 'new_password'; readonly password: string }
  /** By name: values as JSON has them, or the text of a form's fields. */
  | { readonly input: 'profile'; readonly values: Readonly<Record<string, unknown>> }
  | { readonly input: 'profile'; readonly typed: Readonly<Record<string, string>> }
  /** The sessions that were shown may end. */
  | { readonly input: 'confirm_ending' }
  /** The recovery codes that were shown are kept. */
  | { readonly input: 'recovery_codes_kept' }
  /** The answer to the offer to create a passkey: RegistrationResponseJSON. */
  | { readonly input: 'create_passkey'; readonly ceremony: string; readonly credential: unknown }
  /** "Not now": to that offer, or to the proof of an address that may come later. */
  | { readonly input: 'skip' }

export interface StartFlow {
  readonly type: FlowType
  /** An order of our own; what somebody chose is `name`. */
  readonly definition?: 'password_first'
  /** `default`, or a declared flow of this type. */
  readonly name?: DefinitionName
  readonly tenantId: TenantId
  /** Ties the state to the browser that began it; '' where the caller holds an unguessable id instead. */
  readonly binding: string
  readonly returnTo: string
  /** The authorization request that it is for, begun at a client's own screen: it ends with a ticket in the place of a session. */
  readonly request?: string
  /** `reauth` starts from the session's own user; `promote` is for it, and refused unless it is anonymous. */
  readonly session?: { readonly id: SessionId; readonly userId: UserId }
  readonly ttlSeconds?: number
  /** Whether the caller can show the offer to create a passkey; without it a flow ends where it did before. */
  readonly showsPasskeyPrompt?: boolean
  /** Whether the caller can wait for a mailed link; without it codes are mailed whatever the settings say. */
  readonly awaitsLinks?: boolean
  /** Whether the caller can show recovery codes as a step; without it they come with the finish. */
  readonly showsRecoveryCodes?: boolean
  /** Whether the caller can show a choice of channels; without it the first one is taken where none is named. */
  readonly showsChannels?: boolean
}

export type FlowCeremony =
  | { readonly kind: 'request'; readonly begun: StartedCeremony<RequestOptions> }
  | { readonly kind: 'creation'; readonly begun: StartedCeremony<CreationOptions> }
  | Extract<FlowAnswer, { kind: 'refused' }>

export interface Flows {
  /** Throws `Unavailable` while no password could be looked at: asked first, what a flood sends costs next to nothing. */
  expectRoomForPassword(): void
  start(start: StartFlow): Promise<FlowAnswer>
  /** Walks the inputs in order and stops at the first that does not advance. `devices` is what the browser's cookies hold. */
  submit(stateToken: string, binding: string, inputs: readonly FlowInput[], requester: Requester, devices?: DeviceSecrets): Promise<FlowAnswer>
  /** The screen of a state, unchanged. */
  look(stateToken: string, binding: string): Promise<FlowAnswer>
  /**
   * What `navigator.credentials` needs where a state stands: at a second factor that may be a passkey, or at the offer to
   * create one. `bindings`: those that the caller can show.
   */
  beginCeremony(stateToken: string, bindings: readonly string[], requester: Requester): Promise<FlowCeremony>
  /** Whether an account may begin so, and whether its owner chooses a password then. */
  signupBy(identification: SignupIdentification): Promise<{ readonly isOffered: boolean; readonly asksPassword: boolean }>
  /** Of what type a state is, whoever it belongs to; undefined when it is none of ours. */
  typeOf(stateToken: string): FlowType | undefined
  /** The authorization request that a state is for, whoever it belongs to; undefined without one. */
  requestOf(stateToken: string): string | undefined
  /** When the code of this state may be sent again, milliseconds UTC; 0 when there is none. */
  canResendAt(stateToken: string): Promise<number>
  /** Links that are mailed instead of codes: looking at one, using it, waiting for it. */
  readonly links: FlowLinks
  /** As `submit`, for callers that hold the id of the code that was sent. */
  submitToChallenge(challengeId: ChallengeId, flow: FlowType, inputs: readonly FlowInput[], requester: Requester, devices?: DeviceSecrets): Promise<FlowAnswer>
  /** Sends the code of a challenge again; silent about why not. */
  resendChallenge(challengeId: ChallengeId, requester: Requester, devices: DeviceSecrets): Promise<{ readonly retryAfterSeconds?: number }>
}
