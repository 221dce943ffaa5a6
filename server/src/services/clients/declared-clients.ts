import type { OAuthClientId, ResourceIdentifier } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { loadDeclaredReader } from '../settings/index.ts'
import { DECLARED_MAX_CLIENTS, MAX_RESOURCES } from './lifetimes.ts'
import type { ClientProblems, ClientSurroundings } from './metadata/field.ts'
import type { DeclaredClient } from './metadata/read-client.ts'
import { readClient, readClientId } from './metadata/read-client.ts'
import type { DeclaredResource } from './resources/read-resource.ts'
import { readResource, readResourceIdentifier } from './resources/read-resource.ts'

/** What a declared file says: clients and resources that are to be so, and those that are to be gone. Others stay as they are. */
export interface DeclaredClients {
  /** In the order of the file. */
  readonly clients: ReadonlyMap<OAuthClientId, DeclaredClient>
  readonly resources: ReadonlyMap<ResourceIdentifier, DeclaredResource>
  readonly removed: readonly OAuthClientId[]
  readonly removedResources: readonly ResourceIdentifier[]
}

/** YAML or JSON to clients and resources, or every problem in it, each with its path. */
export async function readDeclaredClients(text: string, surroundings: ClientSurroundings): Promise<Result<DeclaredClients, ClientProblems>> {
  const { parseDeclaredText } = await loadDeclaredReader()
  const parsed = parseDeclaredText(text)
  if (!parsed.ok) return parsed
  const { value } = parsed
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail(['the file: must have clients, resources, removed, or several of them'])
  const { clients = [], resources = [], removed = [], ...unknown } = value as Readonly<Record<string, unknown>>
  const problems = Object.keys(unknown).map((key) => `${key}: must be left out: a file has clients, resources and removed`)
  if (!Array.isArray(clients) || clients.length > DECLARED_MAX_CLIENTS) problems.push(`clients: must be a list of ${DECLARED_MAX_CLIENTS} clients at most`)
  if (!Array.isArray(resources) || resources.length > MAX_RESOURCES) problems.push(`resources: must be a list of ${MAX_RESOURCES} resources at most`)
  if (!Array.isArray(removed) || removed.length > DECLARED_MAX_CLIENTS) problems.push(`removed: must be a list of ${DECLARED_MAX_CLIENTS} client ids and identifiers of resources at most`)
  const named = new Set<string>()
  /** The id that stands there, told where it is none or stands there twice. */
  const take = <Id extends string>(read: Result<Id, string>, path: string, kind: string): Id | undefined => {
    const problem = !read.ok ? read.failure : named.has(read.value) ? `names a ${kind} twice` : undefined
    if (problem !== undefined) problems.push(`${path}: ${problem}`)
    if (read.ok) named.add(read.value)
    return read.ok ? read.value : undefined
  }
  const declared = new Map<OAuthClientId, DeclaredClient>()
  for (const [index, entry] of listOf(clients)) {
    const { client_id: id, ...fields } = fieldsOf(entry)
    const clientId = take(readClientId(id), `clients.${index}.client_id`, 'client')
    const client = readClient(fields, surroundings)
    if (!client.ok) problems.push(...client.failure.map((one) => `clients.${index}.${one}`))
    else if (clientId !== undefined) declared.set(clientId, client.value)
  }
  const declaredResources = new Map<ResourceIdentifier, DeclaredResource>()
  for (const [index, entry] of listOf(resources)) {
    const { identifier: id, ...fields } = fieldsOf(entry)
    const identifier = take(readResourceIdentifier(id, surroundings), `resources.${index}.identifier`, 'resource')
    const resource = readResource(fields)
    if (!resource.ok) problems.push(...resource.failure.map((one) => `resources.${index}.${one}`))
    else if (identifier !== undefined) declaredResources.set(identifier, resource.value)
  }
  const [gone, goneResources]: [OAuthClientId[], ResourceIdentifier[]] = [[], []]
  for (const [index, id] of listOf(removed)) {
    // No client id has a colon, and every URI has one.
    const isResource = typeof id === 'string' && id.includes(':')
    if (isResource) goneResources.push(...listed(take(readResourceIdentifier(id, surroundings), `removed.${index}`, 'resource')))
    else gone.push(...listed(take(readClientId(id), `removed.${index}`, 'client')))
  }
  return problems.length === 0 ? succeed({ clients: declared, resources: declaredResources, removed: gone, removedResources: goneResources }) : fail(problems)
}

const listed = <Id>(id: Id | undefined): Id[] => (id === undefined ? [] : [id])

function fieldsOf(entry: unknown): Readonly<Record<string, unknown>> {
  return typeof entry === 'object' && entry !== null ? (entry as Readonly<Record<string, unknown>>) : {}
}

function listOf(value: unknown): [number, unknown][] {
  return Array.isArray(value) && value.length <= DECLARED_MAX_CLIENTS ? value.map((one: unknown, index) => [index, one]) : []
}
