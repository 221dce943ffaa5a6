import type { Transaction } from 'kysely'
import type { OAuthClientId, ResourceIdentifier, TenantId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database, Reader } from '../../persistence/index.ts'
import { beginClientChange, findClientVersion } from '../../persistence/queries/oauth-client.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Events } from '../events/index.ts'
import { listDifferences } from '../settings/index.ts'
import { deleteRegisteredClient, describeTypeChange, insertDeclaredClient, updateDeclaredClient } from './client-records.ts'
import type { DeclaredClients } from './declared-clients.ts'
import { readDeclaredClients } from './declared-clients.ts'
import { completeMetadata, usesSecret } from './metadata/client-metadata.ts'
import type { ClientProblems, ClientSurroundings } from './metadata/field.ts'
import type { DeclaredClient } from './metadata/read-client.ts'
import type { RegisteredClient } from './registered-client.ts'
import type { DeclaredResource } from './resources/read-resource.ts'
import { declaredOf } from './resources/registered-resource.ts'
import { checkBesideOthers, comparableResource, deleteRegisteredResource, insertDeclaredResource, loadResources, updateDeclaredResource } from './resources/resource-records.ts'

export interface PlannedClients {
  /** One line a value that changes; empty when nothing does. */
  readonly differences: readonly string[]
  /** Clients that would show a secret and have none: the file holds none, `rotateSecret` makes it. */
  readonly withoutSecret: readonly string[]
}

interface Deps {
  readonly database: Database
  readonly clock: Clock
  readonly events: Events
  readonly tenantId: TenantId
  readonly surroundings: ClientSurroundings
  readonly load: (db: Reader, clientId: string) => Promise<RegisteredClient | undefined>
}

interface Prepared {
  readonly planned: PlannedClients
  readonly file: DeclaredClients
  /** The version that the plan was made on; it must still be the newest when the plan is applied. */
  readonly after: number
}

export async function planClients(deps: Deps, text: string): Promise<Result<PlannedClients, ClientProblems>> {
  const prepared = await prepare(deps, text)
  return prepared.ok ? succeed(prepared.value.planned) : prepared
}

/** All of it or nothing; `conflict` when another change came first. */
export async function applyClients(deps: Deps, text: string): Promise<Result<PlannedClients, ClientProblems | 'conflict'>> {
  const prepared = await prepare(deps, text)
  if (!prepared.ok) return prepared
  const { planned, file, after } = prepared.value
  if (planned.differences.length === 0) return succeed(planned)
  return deps.database.transaction(async (tx) => {
    if (!(await beginClientChange(tx, deps.tenantId, after))) return fail('conflict')
    for (const [clientId, client] of file.clients) await put(tx, deps, clientId, client)
    for (const clientId of file.removed) {
      const client = await deps.load(tx, clientId)
      if (client) await deleteRegisteredClient(tx, deps, client)
    }
    await putResources(tx, deps, file)
    return succeed(planned)
  })
}

async function put(tx: Transaction<Schema>, deps: Deps, clientId: OAuthClientId, client: DeclaredClient): Promise<void> {
  const before = await deps.load(tx, clientId)
  if (before) await updateDeclaredClient(tx, deps, before, client)
  else await insertDeclaredClient(tx, deps, clientId, client)
}

async function prepare({ database, tenantId, surroundings, load }: Deps, text: string): Promise<Result<Prepared, ClientProblems>> {
  const file = await readDeclaredClients(text, surroundings)
  if (!file.ok) return file
  const after = await findClientVersion(database.read, tenantId)
  const [before, wanted]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}]
  const [problems, withoutSecret]: [string[], string[]] = [[], []]
  for (const [index, [clientId, client]] of [...file.value.clients].entries()) {
    const known = await load(database.read, clientId)
    if (known) before[clientId] = comparable(known)
    if (known && known.type !== client.type) problems.push(`clients.${index}.${describeTypeChange(known.type)}`)
    wanted[clientId] = comparable(client)
    if (usesSecret(completeMetadata(client.type, client.declared)) && !known?.secrets.length) withoutSecret.push(clientId)
  }
  for (const clientId of file.value.removed) {
    const known = await load(database.read, clientId)
    if (known) before[clientId] = comparable(known)
  }
  const resources = await loadResources(database.read, tenantId)
  for (const identifier of [...file.value.resources.keys(), ...file.value.removedResources]) {
    const known = resources.get(identifier)
    if (known) before[identifier] = comparableResource(declaredOf(known))
  }
  for (const [identifier, resource] of file.value.resources) wanted[identifier] = comparableResource(resource)
  problems.push(...checkBesideOthers(afterwards(resources, file.value)))
  if (problems.length > 0) return fail(problems)
  return succeed({ planned: { differences: listDifferences(before, wanted), withoutSecret }, file: file.value, after })
}

/** What there will be once the file is applied. */
function afterwards(resources: ReadonlyMap<ResourceIdentifier, Pick<DeclaredResource, 'scopes'>>, file: DeclaredClients): Map<string, Pick<DeclaredResource, 'scopes'>> {
  const all = new Map<ResourceIdentifier, Pick<DeclaredResource, 'scopes'>>([...resources, ...file.resources])
  for (const identifier of file.removedResources) all.delete(identifier)
  return all
}

/** The plan was made on the version that still stands: what was checked beside the others holds. */
async function putResources(tx: Transaction<Schema>, deps: Deps, file: DeclaredClients): Promise<void> {
  const before = await loadResources(tx, deps.tenantId)
  for (const [identifier, resource] of file.resources) {
    const known = before.get(identifier)
    if (known) await updateDeclaredResource(tx, deps, known, resource)
    else await insertDeclaredResource(tx, deps, identifier, resource)
  }
  for (const identifier of file.removedResources) {
    const known = before.get(identifier)
    if (known) await deleteRegisteredResource(tx, deps, known)
  }
}

function comparable({ name, type, declared }: DeclaredClient): Readonly<Record<string, unknown>> {
  return { name, type, ...declared }
}
