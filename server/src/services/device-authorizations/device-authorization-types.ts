import type { Result } from '../../domain/result.ts'
import type { RegisteredClient } from '../clients/index.ts'
import type { LimitRefusal } from '../limits/index.ts'
import type { Actor } from '../sessions/index.ts'

/** A device that waits for an answer. */
export interface DeviceAuthorization {
  /** As the device shows it. */
  readonly userCode: string
  readonly client: RegisteredClient
  /** What it asks for. */
  readonly scopes: readonly string[]
  /** Milliseconds UTC. */
  readonly expiresAt: number
}

export type DeviceAnswer = 'allow' | 'refuse'

/** `unknown_code` also for one that is over, was answered, or was typed in another session before. */
export type DeviceFailure = { readonly code: 'unknown_code' } | ({ readonly code: 'rate_limited' } & LimitRefusal)

export interface DeviceAuthorizations {
  /** `typist`: who types the code. Finds the device by it, and binds it to this session: no other one can answer it afterwards. */
  lookUp(userCode: string, typist: Actor): Promise<Result<DeviceAuthorization, DeviceFailure>>
  /** Answers, once, a device that was looked up in this session. */
  answer(userCode: string, typist: Actor, answer: DeviceAnswer): Promise<Result<DeviceAuthorization, DeviceFailure>>
  /** RFC 8628 section 3.5: whether this poll comes sooner after the one before than it should. */
  isPolledTooSoon(deviceCode: string): Promise<boolean>
}
