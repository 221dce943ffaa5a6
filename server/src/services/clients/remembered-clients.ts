import type { OAuthClientId, TenantId } from '../../domain/ids.ts'
import type { Database, OAuthClientSecretTable, OAuthClientTable } from '../../persistence/index.ts'
import { findClient, findClientVersion, listMetadataWith } from '../../persistence/queries/oauth-client.ts'
import { listClientSecrets } from '../../persistence/queries/oauth-client-secret.ts'
import type { Clock } from '../../platform/clock.ts'
import type { DeclaredMetadata } from './metadata/client-metadata.ts'
import { CLIENT_CACHE_MS, CLIENTS_REMEMBERED } from './lifetimes.ts'

/** A client and all its secrets, as they lie in the database. */
export interface StoredClient {
  readonly row: OAuthClientTable
  readonly secrets: readonly OAuthClientSecretTable[]
}

export interface RememberedClients {
  /** At most `CLIENT_CACHE_MS` old. A client that does not exist is looked up each time: names are anybody's to invent. */
  find(clientId: OAuthClientId): Promise<StoredClient | undefined>
  /** Origins of the sign-in screens that clients name, at most as old. */
  screenOrigins(): Promise<ReadonlySet<string>>
  /** Looks again at the next question: something was changed here. */
  forget(): void
}

/** What an instance has read of its clients. Asks nothing while nobody asks it; otherwise one number of the database each half second. */
export function createRememberedClients({ database, clock, tenantId }: { database: Database; clock: Clock; tenantId: TenantId }): RememberedClients {
  let clients = new Map<OAuthClientId, Promise<StoredClient | undefined>>()
  let origins: Promise<ReadonlySet<string>> | undefined
  let version: number | undefined
  let check: { done: Promise<void>; at: number } | undefined

  async function compareVersion(): Promise<void> {
    const current = await findClientVersion(database.read, tenantId)
    if (current === version) return
    // What is being read now may be of the version before: it goes into the map that nobody looks into any more.
    clients = new Map()
    origins = undefined
    version = current
  }

  function checkSeldom(): Promise<void> {
    const age = check ? clock.now() - check.at : Infinity
    if (check && age >= 0 && age < CLIENT_CACHE_MS) return check.done
    const current = { done: compareVersion(), at: clock.now() }
    check = current
    current.done.catch(() => {
      if (check === current) check = undefined
    })
    return current.done
  }

  async function load(clientId: OAuthClientId): Promise<StoredClient | undefined> {
    const row = await findClient(database.read, tenantId, clientId)
    return row && { row, secrets: await listClientSecrets(database.read, tenantId, clientId) }
  }

  async function loadOrigins(): Promise<ReadonlySet<string>> {
    const declared = await listMetadataWith(database.read, tenantId, 'custom_ui_uri')
    const uris = declared.map((text) => (JSON.parse(text) as DeclaredMetadata).custom_ui_uri)
    return new Set(uris.flatMap((uri) => (uri === undefined ? [] : [new URL(uri).origin])))
  }

  function remember(clientId: OAuthClientId): Promise<StoredClient | undefined> {
    const into = clients
    const loading = load(clientId)
    into.set(clientId, loading)
    const oldest = into.size > CLIENTS_REMEMBERED ? into.keys().next().value : undefined
    if (oldest !== undefined) into.delete(oldest)
    const drop = () => void (into.get(clientId) === loading && into.delete(clientId))
    loading.then((found) => found ?? drop(), drop)
    return loading
  }

  return {
    async find(clientId) {
      await checkSeldom()
      const known = clients.get(clientId)
      if (!known) return remember(clientId)
      // Last again in the order of the map.
      clients.delete(clientId)
      clients.set(clientId, known)
      return known
    },
    async screenOrigins() {
      await checkSeldom()
      const loading = (origins ??= loadOrigins())
      loading.catch(() => void (origins === loading && (origins = undefined)))
      return loading
    },
    forget() {
      check = undefined
    },
  }
}
