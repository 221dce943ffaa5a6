import type { TenantId } from '../../domain/ids.ts'
import type { Database } from '../../persistence/index.ts'
import { findClientVersion } from '../../persistence/queries/oauth-client.ts'
import type { Clock } from '../../platform/clock.ts'
import { CLIENT_CACHE_MS, CLIENTS_REMEMBERED } from './lifetimes.ts'

/** How often clients and resources changed, as far as it is known here. */
export interface RegistryVersion {
  /** At most `CLIENT_CACHE_MS` old. */
  current(): Promise<number>
  /** Looks again at the next question: something was changed here. */
  forget(): void
}

export interface Remembered<Id extends string, Thing> {
  /** At most `CLIENT_CACHE_MS` old. What does not exist is looked up each time: names are anybody's to invent. */
  find(id: Id): Promise<Thing | undefined>
}

/** Asks nothing while nobody asks it; otherwise one number of the database each half second. */
export function createRegistryVersion({ database, clock, tenantId }: { database: Database; clock: Clock; tenantId: TenantId }): RegistryVersion {
  let check: { version: Promise<number>; at: number } | undefined

  return {
    current() {
      const age = check ? clock.now() - check.at : Infinity
      if (check && age >= 0 && age < CLIENT_CACHE_MS) return check.version
      const asked = { version: findClientVersion(database.read, tenantId), at: clock.now() }
      check = asked
      asked.version.catch(() => {
        if (check === asked) check = undefined
      })
      return asked.version
    },
    forget() {
      check = undefined
    },
  }
}

/** What an instance has read of its clients, or of its resources, good for one version. */
export function createRemembered<Id extends string, Thing>(version: RegistryVersion, load: (id: Id) => Promise<Thing | undefined>): Remembered<Id, Thing> {
  let things = new Map<Id, Promise<Thing | undefined>>()
  let of: number | undefined

  function remember(id: Id): Promise<Thing | undefined> {
    const into = things
    const loading = load(id)
    into.set(id, loading)
    const oldest = into.size > CLIENTS_REMEMBERED ? into.keys().next().value : undefined
    if (oldest !== undefined) into.delete(oldest)
    const drop = () => void (into.get(id) === loading && into.delete(id))
    loading.then((found) => found ?? drop(), drop)
    return loading
  }

  return {
    async find(id) {
      const current = await version.current()
      // What is being read now may be of the version before: it goes into the map that nobody looks into any more.
      if (current !== of) things = new Map()
      of = current
      const known = things.get(id)
      if (!known) return remember(id)
      // Last again in the order of the map.
      things.delete(id)
      things.set(id, known)
      return known
    },
  }
}
