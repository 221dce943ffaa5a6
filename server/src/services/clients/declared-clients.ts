import type { OAuthClientId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { loadDeclaredReader } from '../settings/index.ts'
import { DECLARED_MAX_CLIENTS } from './lifetimes.ts'
import type { ClientProblems, ClientSurroundings } from './metadata/field.ts'
import type { DeclaredClient } from './metadata/read-client.ts'
import { readClient, readClientId } from './metadata/read-client.ts'

/** What a declared file says: clients that are to be so, and clients that are to be gone. Others stay as they are. */
export interface DeclaredClients {
  /** In the order of the file. */
  readonly clients: ReadonlyMap<OAuthClientId, DeclaredClient>
  readonly removed: readonly OAuthClientId[]
}

/** YAML or JSON to clients, or every problem in it, each with its path. */
export async function readDeclaredClients(text: string, surroundings: ClientSurroundings): Promise<Result<DeclaredClients, ClientProblems>> {
  const { parseDeclaredText } = await loadDeclaredReader()
  const parsed = parseDeclaredText(text)
  if (!parsed.ok) return parsed
  const { value } = parsed
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail(['the file: must have clients, removed, or both'])
  const { clients = [], removed = [], ...unknown } = value as Readonly<Record<string, unknown>>
  const problems = Object.keys(unknown).map((key) => `${key}: must be left out: a file has clients and removed`)
  if (!Array.isArray(clients) || clients.length > DECLARED_MAX_CLIENTS) problems.push(`clients: must be a list of ${DECLARED_MAX_CLIENTS} clients at most`)
  if (!Array.isArray(removed) || removed.length > DECLARED_MAX_CLIENTS) problems.push(`removed: must be a list of ${DECLARED_MAX_CLIENTS} client ids at most`)
  const declared = new Map<OAuthClientId, DeclaredClient>()
  const named = new Set<OAuthClientId>()
  /** The id that stands there, told where it is none or stands there twice. */
  const take = (id: unknown, path: string): OAuthClientId | undefined => {
    const read = readClientId(id)
    const problem = !read.ok ? read.failure : named.has(read.value) ? 'names a client twice' : undefined
    if (problem !== undefined) problems.push(`${path}: ${problem}`)
    if (read.ok) named.add(read.value)
    return read.ok ? read.value : undefined
  }
  for (const [index, entry] of listOf(clients)) {
    const { client_id: id, ...fields } = (typeof entry === 'object' && entry !== null ? entry : {}) as Readonly<Record<string, unknown>>
    const clientId = take(id, `clients.${index}.client_id`)
    const client = readClient(fields, surroundings)
    if (!client.ok) problems.push(...client.failure.map((one) => `clients.${index}.${one}`))
    else if (clientId !== undefined) declared.set(clientId, client.value)
  }
  const gone = listOf(removed).flatMap(([index, id]) => take(id, `removed.${index}`) ?? [])
  return problems.length === 0 ? succeed({ clients: declared, removed: gone }) : fail(problems)
}

function listOf(value: unknown): [number, unknown][] {
  return Array.isArray(value) && value.length <= DECLARED_MAX_CLIENTS ? value.map((one: unknown, index) => [index, one]) : []
}
