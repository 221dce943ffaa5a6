import type { ChallengeId, IdentityId } from '../../domain/ids.ts'
import type { MessageChannel } from '../../domain/message.ts'
import type { Result } from '../../domain/result.ts'
import type { PhoneRecord } from '../../persistence/queries/phone-identity.ts'
import type { Actor } from '../sessions/index.ts'

export type { PhoneRecord }

export type PhoneChangeFailure =
  | { readonly code: 'recent_authentication_required' }
  | { readonly code: 'invalid_phone' }
  | { readonly code: 'country_not_allowed' }
  | { readonly code: 'phone_limit_reached' }
  | { readonly code: 'wrong_code' }
  | { readonly code: 'code_exhausted' }
  | { readonly code: 'not_found' }
  /** Nothing else would be left to recover the account by. */
  | { readonly code: 'last_phone' }
  /** Policy asks for a second factor and this is the only one. */
  | { readonly code: 'last_required_factor' }
  | { readonly code: 'rate_limited'; readonly retryAfterSeconds: number }

type Outcome<Value = undefined> = Promise<Result<Value, PhoneChangeFailure>>

export interface PendingPhone {
  readonly maskedDestination: string
  /** How the code was sent last. */
  readonly channel: MessageChannel
  /** What else it could be sent by. */
  readonly otherChannels: readonly MessageChannel[]
}

export interface Phones {
  /** The channels codes can be sent by, in the order of the settings; none where telephones are not written to. */
  channels(): Promise<readonly MessageChannel[]>
  /** Oldest first. */
  list(actor: Actor): Promise<PhoneRecord[]>
  /** Sends a code to the number; silent about other accounts. Needs recent authentication. */
  request(actor: Actor, given: { number: string; channel?: MessageChannel | undefined }): Outcome<{ challengeId: ChallengeId }>
  /** What the code page of a pending number shows. */
  findPending(actor: Actor, challengeId: ChallengeId): Outcome<PendingPhone>
  /** By the same channel as before, or another one. */
  resend(actor: Actor, challengeId: ChallengeId, channel?: MessageChannel): Outcome
  /** The right code makes the number the account's. Needs recent authentication. */
  verify(actor: Actor, challengeId: ChallengeId, code: string): Outcome
  /** Never the last way to recover the account. Needs recent authentication. */
  remove(actor: Actor, id: IdentityId): Outcome
}
