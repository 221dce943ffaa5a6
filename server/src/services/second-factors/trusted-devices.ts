import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { TenantId, TrustedDeviceId, UserId } from '../../domain/ids.ts'
import { findTrustedDevice, insertTrustedDevice, touchTrustedDevice } from '../../persistence/queries/trusted-device.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/digest.ts'
import type { Random } from '../../platform/random.ts'
import { newId, newSecret } from '../../platform/random.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** The exact text form of our secrets. */
const DEVICE_SECRET = /^[A-Za-z0-9_-]{43}$/

export interface DeviceTrust {
  /** For the browser's cookie; only its hash is kept. */
  readonly secret: string
  /** Instant, milliseconds UTC. */
  readonly expiresAt: number
}

/**
 * Browsers that are spared the second factor: each holds a secret of 256 bits that belongs to one account, so neither a
 * header nor somebody else's secret passes for it.
 */
export function createTrustedDevices({ clock, random }: { clock: Clock; random: Random }) {
  return {
    async trust(tx: Transaction<Schema>, device: { tenantId: TenantId; userId: UserId; days: number; requester: Requester }): Promise<DeviceTrust> {
      const now = clock.now()
      const secret = newSecret(random)
      const expiresAt = now + device.days * DAY_MS
      await insertTrustedDevice(tx, {
        id: newId<TrustedDeviceId>(clock, random),
        tenant_id: device.tenantId,
        user_id: device.userId,
        secret_hash: sha256(secret),
        user_agent: device.requester.userAgent,
        ip: device.requester.ip,
        created_at: now,
        last_used_at: now,
        expires_at: expiresAt,
      })
      return { secret, expiresAt }
    },

    /** `days` of today's policy bounds trust that was given under an earlier one. */
    async isTrusted(tx: Transaction<Schema>, device: { userId: UserId; secret: string | undefined; days: number; requester: Requester }): Promise<boolean> {
      const { userId, secret, days, requester } = device
      if (secret === undefined || !DEVICE_SECRET.test(secret)) return false
      const found = await findTrustedDevice(tx, userId, sha256(secret))
      const now = clock.now()
      if (!found || found.expires_at <= now || found.created_at + days * DAY_MS <= now) return false
      await touchTrustedDevice(tx, found.id, { at: now, ...requester })
      return true
    },
  }
}

export type TrustedDevices = ReturnType<typeof createTrustedDevices>
