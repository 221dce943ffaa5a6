import type { Kysely, Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import { findKnownDeviceReset, putKnownDeviceReset } from '../../persistence/queries/known-device-reset.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import { newId } from '../../platform/random.ts'
import type { Sealer } from '../../platform/sealing.ts'
import { KNOWN_DEVICE_TTL_SECONDS, MAX_KNOWN_ACCOUNTS } from './lifetimes.ts'

const SEALING_PURPOSE = 'known-devices'

interface User {
  readonly tenantId: TenantId
  readonly userId: UserId
}

/** What one account and this browser share; sealed together with those of the browser's other accounts. */
interface Entry {
  readonly userId: UserId
  /** Names the counter of this account in this browser. */
  readonly deviceId: string
  /** Milliseconds UTC. */
  readonly signedInAt: number
}

export interface KnownDevice {
  /** For the browser's cookie. */
  readonly secret: string
  /** Instant, milliseconds UTC. */
  readonly expiresAt: number
}

export type KnownDevices = ReturnType<typeof createKnownDevices>

/** A sealed cookie, made at each full sign-in: it names the accounts, so that it is worth nothing for any other. */
export function createKnownDevices({ clock, random, sealer }: { clock: Clock; random: Random; sealer: Sealer }) {
  function entriesOf(tenantId: TenantId, secret: string | undefined): Entry[] {
    const text = secret === undefined ? undefined : sealer.open(SEALING_PURPOSE, secret, tenantId)
    const entries = text === undefined ? [] : (JSON.parse(text) as Entry[])
    return entries.filter(({ signedInAt }) => signedInAt + KNOWN_DEVICE_TTL_SECONDS * 1_000 > clock.now())
  }

  return {
    /** The id of this browser for the account; undefined when it never signed in here, or was reset since. */
    async find(db: Kysely<Schema>, { tenantId, userId }: User, secret: string | undefined): Promise<string | undefined> {
      const entry = entriesOf(tenantId, secret).find((one) => one.userId === userId)
      if (!entry) return undefined
      return entry.signedInAt > (await findKnownDeviceReset(db, userId)) ? entry.deviceId : undefined
    },

    /** What the browser is to keep after a proof of the whole account: this account first, and the others it is known by. */
    async remember(tx: Transaction<Schema>, { tenantId, userId }: User, secret: string | undefined): Promise<KnownDevice> {
      const entries = entriesOf(tenantId, secret)
      const deviceId = entries.find((one) => one.userId === userId)?.deviceId ?? newId(clock, random)
      // The reset may be of this very transaction and millisecond: who proved themselves in it comes after it.
      const signedInAt = Math.max(clock.now(), (await findKnownDeviceReset(tx, userId)) + 1)
      const kept = [{ userId, deviceId, signedInAt }, ...entries.filter((one) => one.userId !== userId)].slice(0, MAX_KNOWN_ACCOUNTS)
      return { secret: sealer.seal(SEALING_PURPOSE, JSON.stringify(kept), tenantId), expiresAt: clock.now() + KNOWN_DEVICE_TTL_SECONDS * 1_000 }
    },

    /** No browser is known from now on: whoever sets another password may have lost a device, or have had a guest. */
    async reset(tx: Transaction<Schema>, user: User): Promise<void> {
      await putKnownDeviceReset(tx, { ...user, at: clock.now() })
    },
  }
}
