/** What changes of a resource write: its row and the event, inside a change of clients. */
import type { Transaction } from 'kysely'
import type { ResourceIdentifier, TenantId } from '../../../domain/ids.ts'
import { deleteResource, insertResource, listResources, updateResource } from '../../../persistence/queries/oauth-resource.ts'
import type { Reader } from '../../../persistence/index.ts'
import type { Schema } from '../../../persistence/schema.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Events } from '../../events/index.ts'
import { listDifferences } from '../../settings/index.ts'
import { MAX_RESOURCES } from '../lifetimes.ts'
import type { ClientProblems } from '../metadata/field.ts'
import type { DeclaredResource } from './read-resource.ts'
import type { RegisteredResource } from './registered-resource.ts'
import { declaredOf, describeResource } from './registered-resource.ts'

type ChangeDeps = { readonly clock: Clock; readonly events: Events; readonly tenantId: TenantId }

/** False when there is one of that identifier. */
export async function insertDeclaredResource(tx: Transaction<Schema>, { clock, events, tenantId }: ChangeDeps, identifier: ResourceIdentifier, { name, ...declared }: DeclaredResource): Promise<boolean> {
  const now = clock.now()
  if (!(await insertResource(tx, { tenant_id: tenantId, identifier, name, declared: JSON.stringify(declared), created_at: now, updated_at: now }))) return false
  await events.record(tx, { type: 'resource.created', tenantId, data: { resource: identifier, name } })
  return true
}

export async function updateDeclaredResource(tx: Transaction<Schema>, { clock, events, tenantId }: ChangeDeps, before: RegisteredResource, after: DeclaredResource): Promise<void> {
  const differences = listDifferences(comparableResource(declaredOf(before)), comparableResource(after))
  if (differences.length === 0) return
  const { name, ...declared } = after
  await updateResource(tx, { tenant_id: tenantId, identifier: before.identifier, name, declared: JSON.stringify(declared), updated_at: clock.now() })
  await events.record(tx, { type: 'resource.updated', tenantId, data: { resource: before.identifier, differences: differences.join('; ') } })
}

export async function deleteRegisteredResource(tx: Transaction<Schema>, { events, tenantId }: ChangeDeps, { identifier, name }: RegisteredResource): Promise<void> {
  await deleteResource(tx, tenantId, identifier)
  await events.record(tx, { type: 'resource.deleted', tenantId, data: { resource: identifier, name } })
}

/** Every resource, by identifier. */
export async function loadResources(db: Reader, tenantId: TenantId): Promise<Map<ResourceIdentifier, RegisteredResource>> {
  return new Map((await listResources(db, tenantId)).map((row) => [row.identifier, describeResource(row)]))
}

/** What is wrong with these beside each other: a scope that is of two would be agreed to for both. */
export function checkBesideOthers(resources: ReadonlyMap<string, Pick<DeclaredResource, 'scopes'>>): ClientProblems {
  const ownerOf = new Map<string, string>()
  const problems = resources.size > MAX_RESOURCES ? [`resources: must be ${MAX_RESOURCES} at most`] : []
  for (const [identifier, { scopes }] of resources) {
    for (const scope of Object.keys(scopes)) {
      const owner = ownerOf.get(scope)
      if (owner !== undefined) problems.push(`scopes.${scope}: is of ${owner} already, and cannot be of ${identifier} too`)
      ownerOf.set(scope, identifier)
    }
  }
  return problems
}

/** As differences name it. */
export function comparableResource(declared: DeclaredResource): Readonly<Record<string, unknown>> {
  return { ...declared }
}
