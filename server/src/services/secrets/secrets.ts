import type { TenantId } from '../../domain/ids.ts'
import type { Database } from '../../persistence/index.ts'
import {
  deleteTenantSecret,
  findTenantSecret,
  insertTenantSecret,
  listTenantSecrets,
  putTenantSecret,
  replaceSealedTenantSecret,
} from '../../persistence/queries/tenant-secret.ts'
import type { Clock } from '../../platform/clock.ts'
import { OperatorError } from '../../platform/operator-error.ts'
import type { Sealer } from '../../platform/sealing.ts'
import type { Events } from '../events/index.ts'

export const SECRET_NAME = /^[A-Z][A-Z0-9_]{0,63}$/

export interface ListedSecret {
  readonly name: string
  /** Milliseconds since 1970. */
  readonly setAt: number
}

export interface Secrets {
  /** One of the server's own, in small letters: made by the first that asks for it, kept for ever, and listed nowhere. */
  own(name: string, make: () => string): Promise<string>
  /** In force at once, everywhere: a secret is read whenever it is used. */
  set(name: string, value: string): Promise<void>
  list(): Promise<ListedSecret[]>
  /** False when there was none of that name. */
  remove(name: string): Promise<boolean>
  /** The value, for whoever sends it; undefined when none was set. Throws when the key it was sealed with is gone. */
  read(name: string): Promise<string | undefined>
  /** Seals every value under the first key of the ring again; how many were. */
  rewrap(): Promise<number>
}

const SEALING_PURPOSE = 'tenant-secret'

export function createSecrets(deps: { database: Database; clock: Clock; sealer: Sealer; events: Events; tenantId: TenantId }): Secrets {
  const { database, clock, sealer, events, tenantId } = deps
  const contextOf = (name: string) => `${tenantId}:${name}`

  function open({ name, value_sealed: sealed }: { name: string; value_sealed: string }): string {
    const value = sealer.open(SEALING_PURPOSE, sealed, contextOf(name))
    if (value === undefined) throw new OperatorError(`the secret ${name} cannot be unsealed: ENCRYPTION_KEY does not hold the key it was sealed with`)
    return value
  }

  return {
    async own(name, make) {
      if (SECRET_NAME.test(name)) throw new TypeError('capital letters are for what the settings name')
      const known = await findTenantSecret(database.read, tenantId, name)
      if (known) return open(known)
      const row = { tenant_id: tenantId, name, value_sealed: sealer.seal(SEALING_PURPOSE, make(), contextOf(name)), set_at: clock.now() }
      await database.transaction((tx) => insertTenantSecret(tx, row))
      // Another instance may have been first, and then its value counts.
      return open((await findTenantSecret(database.read, tenantId, name))!)
    },
    async set(name, value) {
      const row = { tenant_id: tenantId, name, value_sealed: sealer.seal(SEALING_PURPOSE, value, contextOf(name)), set_at: clock.now() }
      await database.transaction(async (tx) => {
        await putTenantSecret(tx, row)
        await events.record(tx, { type: 'secret.set', tenantId, data: { name } })
      })
    },
    list: async () => (await listTenantSecrets(database.read, tenantId)).filter(({ name }) => SECRET_NAME.test(name)).map((row) => ({ name: row.name, setAt: row.set_at })),
    remove: (name) =>
      database.transaction(async (tx) => {
        if (!(await deleteTenantSecret(tx, tenantId, name))) return false
        await events.record(tx, { type: 'secret.removed', tenantId, data: { name } })
        return true
      }),
    async read(name) {
      const row = await findTenantSecret(database.read, tenantId, name)
      return row && open(row)
    },
    async rewrap() {
      let rewrapped = 0
      for (const row of await listTenantSecrets(database.read, tenantId)) {
        if (!sealer.isStale(row.value_sealed)) continue
        const sealed = sealer.seal(SEALING_PURPOSE, open(row), contextOf(row.name))
        if (await database.transaction((tx) => replaceSealedTenantSecret(tx, row, sealed))) rewrapped += 1
      }
      return rewrapped
    },
  }
}
