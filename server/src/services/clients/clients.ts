import type { Transaction } from 'kysely'
import type { OAuthClientId, ResourceIdentifier, TenantId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import { beginClientChange, listClients } from '../../persistence/queries/oauth-client.ts'
import { findResource } from '../../persistence/queries/oauth-resource.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import { newId } from '../../platform/random.ts'
import type { Events } from '../events/index.ts'
import type { PlannedClients } from './apply-declared.ts'
import { applyClients, planClients } from './apply-declared.ts'
import { deleteRegisteredClient, describeTypeChange, insertDeclaredClient, updateDeclaredClient } from './client-records.ts'
import type { NewClientSecret } from './client-secrets.ts'
import { addClientSecret, matchesSecret } from './client-secrets.ts'
import { completeMetadata, usesSecret } from './metadata/client-metadata.ts'
import type { ClientProblems, ClientSurroundings } from './metadata/field.ts'
import type { DeclaredClient } from './metadata/read-client.ts'
import { readClient, readClientId } from './metadata/read-client.ts'
import { looksLikeAddress } from './metadata-documents/document-address.ts'
import type { MetadataDocuments } from './metadata-documents/metadata-documents.ts'
import type { RegisteredClient } from './registered-client.ts'
import { describeClient } from './registered-client.ts'
import { createRegistryVersion, createRemembered } from './remembered.ts'
import { loadScreenOrigins } from './screen-origins.ts'
import type { Resources } from './resources/resources.ts'
import { createResources } from './resources/resources.ts'
import { describeResource } from './resources/registered-resource.ts'
import type { StoredClient } from './stored-client.ts'
import { loadClient } from './stored-client.ts'

/** A list of problems, each with its path, or why a client cannot be changed so. */
export type ClientFailure = ClientProblems | 'client_not_found' | 'client_id_taken' | 'has_no_secret'

/** Fields of a client in the wire's spelling; what is undefined stays as it is, what is null goes back to its default. */
export type ClientFields = Readonly<Record<string, unknown>>

export interface Clients {
  /** `secret`: of a client that shows one, this once. Without an id it gets one. */
  create(fields: ClientFields & { readonly client_id?: string }): Promise<Result<{ client: RegisteredClient; secret: string | undefined }, ClientFailure>>
  /** By client id, after the given one when paging. Without secrets. */
  list(page: { limit: number; after?: string }): Promise<RegisteredClient[]>
  /** As the database has it now, for whoever administers it. */
  show(clientId: string): Promise<RegisteredClient | undefined>
  /** The client for whom the provider acts, at most half a second old, in every instance. */
  find(clientId: string): Promise<RegisteredClient | undefined>
  /** Whether a client's own sign-in screen is at this origin. */
  hasScreenAt(origin: string): Promise<boolean>
  /** Whether it is a live secret of the client; no wrong secret takes longer than another. */
  verifySecret(clientId: string, presented: string): Promise<boolean>
  update(clientId: string, fields: ClientFields): Promise<Result<RegisteredClient, ClientFailure>>
  /** A further secret, or the first; the one before lives on for `CLIENT_SECRET_OVERLAP_MS` unless it ends now. */
  rotateSecret(clientId: string, options?: { endsOthersNow?: boolean }): Promise<Result<NewClientSecret, ClientFailure>>
  /** Looks again at the next question: a client was changed beside this (registration). */
  forget(): void
  delete(clientId: string): Promise<Result<RegisteredClient, ClientFailure>>
  /** What a declared file would change, or every problem in it. */
  plan(text: string): Promise<Result<PlannedClients, ClientProblems>>
  /** Puts the file in force, all of it or nothing; `conflict` when another change came first. */
  apply(text: string): Promise<Result<PlannedClients, ClientProblems | 'conflict'>>
  /** What clients ask for access tokens for. */
  readonly resources: Resources
}

type Deps = { database: Database; clock: Clock; random: Random; events: Events; tenantId: TenantId; surroundings: ClientSurroundings; documents: MetadataDocuments }

export function createClients(deps: Deps): Clients {
  const { database, clock, random, events, tenantId, surroundings } = deps
  const version = createRegistryVersion({ database, clock, tenantId })
  const remembered = createRemembered(version, (clientId: OAuthClientId) => loadClient(database.read, tenantId, clientId))
  const described = new WeakMap<StoredClient, { client: RegisteredClient; until: number }>()
  const rememberedScreens = createRemembered(version, (_all: 'origins') => loadScreenOrigins(database.read, tenantId))
  const rememberedResources = createRemembered(version, async (identifier: ResourceIdentifier) => {
    const row = await findResource(database.read, tenantId, identifier)
    return row && describeResource(row)
  })

  /** One change of clients and resources at a time; what it returns commits, and is in force here at once. */
  async function change<T>(work: (tx: Transaction<Schema>) => Promise<T>): Promise<T> {
    const done = await database.transaction(async (tx) => {
      await beginClientChange(tx, tenantId)
      return work(tx)
    })
    version.forget()
    return done
  }

  async function load(db: Database['read'], clientId: string): Promise<RegisteredClient | undefined> {
    const stored = await loadClient(db, tenantId, clientId as OAuthClientId)
    return stored && describeClient(stored.row, stored.secrets, clock.now())
  }

  /** Again only when one of its secrets has ended: every request to the provider asks several times. */
  function describeOnce(stored: StoredClient): RegisteredClient {
    const now = clock.now()
    const known = described.get(stored)
    if (known && now < known.until) return known.client
    const client = describeClient(stored.row, stored.secrets, now)
    described.set(stored, { client, until: Math.min(...client.secrets.map((secret) => secret.expiresAt ?? Infinity)) })
    return client
  }

  async function find(clientId: string): Promise<RegisteredClient | undefined> {
    if (looksLikeAddress(clientId)) return deps.documents.find(clientId)
    // Nothing else can be one, and nothing else reaches the database.
    if (!readClientId(clientId).ok) return undefined
    const stored = await remembered.find(clientId as OAuthClientId)
    return stored && describeOnce(stored)
  }

  return {
    async create({ client_id: chosen, ...fields }) {
      const read = readNewClient(chosen, fields, surroundings)
      if (!read.ok) return read
      const clientId = read.value.clientId ?? newId<OAuthClientId>(clock, random)
      return change(async (tx) => {
        const isMade = await insertDeclaredClient(tx, deps, clientId, read.value.client)
        if (!isMade) return fail('client_id_taken')
        const hasSecret = usesSecret(completeMetadata(read.value.client.type, read.value.client.declared))
        const added = hasSecret ? await addClientSecret(tx, deps, { clientId, endsOthersNow: true }) : undefined
        return succeed({ client: (await load(tx, clientId))!, secret: added?.secret })
      })
    },

    async list({ limit, after }) {
      const rows = await listClients(database.read, tenantId, { limit, ...(after === undefined ? {} : { after: after as OAuthClientId }) })
      return rows.map((row) => describeClient(row, [], clock.now()))
    },
    show: (clientId) => load(database.read, clientId),
    find,
    hasScreenAt: async (origin) => (await rememberedScreens.find('origins'))?.has(origin) ?? false,
    verifySecret: async (clientId, presented) => matchesSecret(await find(clientId), presented),

    update: (clientId, fields) =>
      change(async (tx) => {
        const client = await load(tx, clientId)
        if (!client) return fail('client_not_found')
        const { name, type, declared } = client
        const read = readClient(withFields({ name, type, ...declared }, fields), surroundings)
        if (!read.ok) return read
        if (read.value.type !== type) return fail([describeTypeChange(type)])
        await updateDeclaredClient(tx, deps, client, read.value)
        return succeed((await load(tx, clientId))!)
      }),

    rotateSecret: (clientId, { endsOthersNow = false } = {}) =>
      change(async (tx) => {
        const client = await load(tx, clientId)
        if (!client) return fail('client_not_found')
        if (!usesSecret(client.metadata)) return fail('has_no_secret')
        const added = await addClientSecret(tx, deps, { clientId: client.clientId, endsOthersNow })
        await events.record(tx, { type: 'client.secret_rotated', tenantId, data: { client_id: clientId, previous_until: added.previousUntil } })
        return succeed(added)
      }),

    delete: (clientId) =>
      change(async (tx) => {
        const client = await load(tx, clientId)
        if (!client) return fail('client_not_found')
        await deleteRegisteredClient(tx, deps, client)
        return succeed(client)
      }),

    forget: () => version.forget(),
    plan: (text) => planClients({ ...deps, load }, text),
    async apply(text) {
      const applied = await applyClients({ ...deps, load }, text)
      version.forget()
      return applied
    },

    resources: createResources({ ...deps, remembered: rememberedResources, change }),
  }
}

function readNewClient(chosen: string | undefined, fields: ClientFields, surroundings: ClientSurroundings): Result<{ clientId: OAuthClientId | undefined; client: DeclaredClient }, ClientProblems> {
  const clientId = chosen === undefined ? undefined : readClientId(chosen)
  const client = readClient(withFields({}, fields), surroundings)
  if (client.ok && clientId?.ok !== false) return succeed({ clientId: clientId?.value, client: client.value })
  return fail([...(clientId?.ok === false ? [`client_id: ${clientId.failure}`] : []), ...(client.ok ? [] : client.failure)])
}

function withFields(before: ClientFields, changes: ClientFields): ClientFields {
  const stated = Object.entries(changes).filter(([, value]) => value !== undefined)
  return Object.fromEntries(Object.entries({ ...before, ...Object.fromEntries(stated) }).filter(([, value]) => value !== null))
}
