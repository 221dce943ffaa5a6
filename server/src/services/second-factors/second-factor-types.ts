import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { TenantId, TotpId, TrustedDeviceId, UserId } from '../../domain/ids.ts'
import type { E164 } from '../../domain/phone.ts'
import type { Result } from '../../domain/result.ts'
import type { Policy, SecondaryAuthentication } from '../../flow/index.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { RecoveryCodes } from './recovery-codes.ts'
import type { Totps } from './totps.ts'
import type { TrustedDevices } from './trusted-devices.ts'
import type { Actor } from '../sessions/index.ts'

export type SecondFactorFailure =
  | { readonly code: 'recent_authentication_required' }
  | { readonly code: 'second_factors_off' }
  | { readonly code: 'too_many_authenticators' }
  /** The key was shown too long ago, or in another session. */
  | { readonly code: 'set_up_expired' }
  | { readonly code: 'wrong_code' }
  /** Policy asks for a second factor and this is the only one. */
  | { readonly code: 'last_required_factor' }
  | { readonly code: 'not_found' }
  | { readonly code: 'rate_limited'; readonly retryAfterSeconds: number }

/** Whose factors: the address counts once it is verified. */
export interface FactorHolder {
  readonly id: UserId
  readonly emailVerifiedAt: number | null
}

type Outcome<Value = undefined> = Promise<Result<Value, SecondFactorFailure>>
type User = { readonly tenantId: TenantId; readonly userId: UserId }

/** Instants are milliseconds UTC. */
export interface SecondFactorOverview {
  /** Whether policy lets further ones be set up. */
  readonly isOffered: boolean
  readonly totps: readonly { readonly id: TotpId; readonly name: string; readonly createdAt: number; readonly lastUsedAt: number | null }[]
  readonly recoveryCodesLeft: number
  readonly trustedDevices: readonly {
    readonly id: TrustedDeviceId
    readonly userAgent: string
    readonly ip: string
    readonly createdAt: number
    readonly lastUsedAt: number
    readonly expiresAt: number
  }[]
}

export interface SecondFactors {
  readonly totps: Totps
  readonly recoveryCodes: RecoveryCodes
  readonly trustedDevices: TrustedDevices
  /** What an account could be asked for, and whether this browser is spared it. */
  lookUp(
    tx: Transaction<Schema>,
    user: FactorHolder,
    from: { requester: Requester; deviceSecret: string | undefined; policy: Policy },
  ): Promise<{ enrolled: readonly SecondaryAuthentication[]; hasPasskey: boolean; hasPassword: boolean; phones: readonly E164[]; isTrustedDevice: boolean }>
  /** Whether a person who proved themself by one factor could prove, or has to set up, a second. */
  canProveMore(user: FactorHolder): Promise<boolean>
  /** Adds a generator whose first code was right; with the first one come recovery codes, readable this once: those that were shown already, or new ones. */
  add(tx: Transaction<Schema>, user: User, totp: { key: string; step: number; name: string; recoveryCodes: readonly string[] | null }, requester: Requester): Promise<readonly string[]>
  tellRecoveryCodeUsed(tx: Transaction<Schema>, user: User, requester: Requester): Promise<void>
  overview(userId: UserId): Promise<SecondFactorOverview>
  /** A new key and, sealed, the right to confirm it in this session until `expiresAt`. */
  beginTotp(actor: Actor): Outcome<{ key: string; setUp: string; expiresAt: number }>
  /** The key of a set-up that is still good. */
  readTotpSetUp(actor: Actor, setUp: string): string | undefined
  confirmTotp(actor: Actor, given: { setUp: string; code: string; name: string }): Outcome<{ recoveryCodes: readonly string[] }>
  removeTotp(actor: Actor, id: TotpId): Outcome
  makeRecoveryCodes(actor: Actor): Outcome<{ recoveryCodes: readonly string[] }>
  /** How many browsers were forgotten. */
  forgetDevice(actor: Actor, id: TrustedDeviceId | 'all'): Promise<number>
  /** Everything that was set up, without a word: for an account whose address is proven for the first time. */
  removeAll(tx: Transaction<Schema>, userId: UserId): Promise<void>
}
