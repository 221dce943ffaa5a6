import type { Transaction } from 'kysely'
import type { ResourceIdentifier, TenantId } from '../../../domain/ids.ts'
import type { Result } from '../../../domain/result.ts'
import { fail, succeed } from '../../../domain/result.ts'
import type { Database } from '../../../persistence/index.ts'
import { findResource } from '../../../persistence/queries/oauth-resource.ts'
import type { Schema } from '../../../persistence/schema.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Events } from '../../events/index.ts'
import type { ClientProblems, ClientSurroundings } from '../metadata/field.ts'
import type { Remembered } from '../remembered.ts'
import type { DeclaredResource } from './read-resource.ts'
import { readResource, readResourceIdentifier } from './read-resource.ts'
import type { RegisteredResource } from './registered-resource.ts'
import { declaredOf, describeResource } from './registered-resource.ts'
import { checkBesideOthers, deleteRegisteredResource, insertDeclaredResource, loadResources, updateDeclaredResource } from './resource-records.ts'

/** A list of problems, each with its path, or why there is nothing to change. */
export type ResourceFailure = ClientProblems | 'resource_not_found' | 'resource_taken'

/** Fields of a resource in the wire's spelling; what is undefined stays as it is, what is null is taken back. */
export type ResourceFields = Readonly<Record<string, unknown>>

export interface Resources {
  create(fields: ResourceFields & { readonly identifier?: unknown }): Promise<Result<RegisteredResource, ResourceFailure>>
  /** All of them, by identifier, as the database has them now. */
  list(): Promise<RegisteredResource[]>
  show(identifier: string): Promise<RegisteredResource | undefined>
  /** The resource that a client asks for, at most half a second old, in every instance. */
  find(identifier: string): Promise<RegisteredResource | undefined>
  update(identifier: string, fields: ResourceFields): Promise<Result<RegisteredResource, ResourceFailure>>
  delete(identifier: string): Promise<Result<RegisteredResource, ResourceFailure>>
  /** What each scope of a resource lets a client do, in the operator's words. */
  describeScopes(): Promise<ReadonlyMap<string, string>>
}

interface Deps {
  readonly database: Database
  readonly clock: Clock
  readonly events: Events
  readonly tenantId: TenantId
  readonly surroundings: ClientSurroundings
  readonly remembered: Remembered<ResourceIdentifier, RegisteredResource>
  /** One change of clients and resources at a time. */
  readonly change: <T>(work: (tx: Transaction<Schema>) => Promise<T>) => Promise<T>
}

export function createResources(deps: Deps): Resources {
  const { database, tenantId, surroundings, remembered, change } = deps

  async function load(db: Database['read'], identifier: string): Promise<RegisteredResource | undefined> {
    const row = await findResource(db, tenantId, identifier as ResourceIdentifier)
    return row && describeResource(row)
  }

  /** With the changed one among the others, or what is wrong with that. */
  async function checkChange(tx: Transaction<Schema>, identifier: ResourceIdentifier, declared: DeclaredResource): Promise<ClientProblems> {
    return checkBesideOthers(new Map<string, Pick<DeclaredResource, 'scopes'>>([...(await loadResources(tx, tenantId)), [identifier, declared]]))
  }

  return {
    async create({ identifier: chosen, ...fields }) {
      const identifier = readResourceIdentifier(chosen, surroundings)
      const resource = readResource(withoutUnset(fields))
      if (!identifier.ok || !resource.ok) return fail([...(identifier.ok ? [] : [`identifier: ${identifier.failure}`]), ...(resource.ok ? [] : resource.failure)])
      return change(async (tx) => {
        if (await load(tx, identifier.value)) return fail('resource_taken')
        const problems = await checkChange(tx, identifier.value, resource.value)
        if (problems.length > 0) return fail(problems)
        if (!(await insertDeclaredResource(tx, deps, identifier.value, resource.value))) return fail('resource_taken')
        return succeed((await load(tx, identifier.value))!)
      })
    },

    list: async () => [...(await loadResources(database.read, tenantId)).values()],
    show: (identifier) => load(database.read, identifier),
    // Nothing else can be one, and nothing else reaches the database.
    find: async (identifier) => (readResourceIdentifier(identifier, surroundings).ok ? remembered.find(identifier as ResourceIdentifier) : undefined),

    update: (identifier, fields) =>
      change(async (tx) => {
        const before = await load(tx, identifier)
        if (!before) return fail('resource_not_found')
        const resource = readResource(withoutUnset({ ...declaredOf(before), ...withoutUndefined(fields) }))
        if (!resource.ok) return resource
        const problems = await checkChange(tx, before.identifier, resource.value)
        if (problems.length > 0) return fail(problems)
        await updateDeclaredResource(tx, deps, before, resource.value)
        return succeed((await load(tx, identifier))!)
      }),

    delete: (identifier) =>
      change(async (tx) => {
        const before = await load(tx, identifier)
        if (!before) return fail('resource_not_found')
        await deleteRegisteredResource(tx, deps, before)
        return succeed(before)
      }),

    async describeScopes() {
      const resources = await loadResources(database.read, tenantId)
      return new Map([...resources.values()].flatMap(({ scopes }) => Object.entries(scopes)))
    },
  }
}

function withoutUndefined(fields: ResourceFields): ResourceFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function withoutUnset(fields: ResourceFields): ResourceFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null))
}
