import type { OAuthClientId, ResourceIdentifier } from '../../../domain/ids.ts'
import type { Result } from '../../../domain/result.ts'
import { fail, succeed } from '../../../domain/result.ts'
import { CLIENT_TOKEN_MAX_TTL_SECONDS, CLIENT_TOKEN_MIN_TTL_SECONDS, RESOURCE_MAX_CLIENTS, RESOURCE_MAX_SCOPES } from '../lifetimes.ts'
import type { ClientProblems, ClientSurroundings } from '../metadata/field.ts'
import { checkName, readClientId } from '../metadata/read-client.ts'

/** A resource as somebody wrote it down, checked. */
export interface DeclaredResource {
  readonly name: string
  /** What each lets a client do, in words for whoever is asked to agree. */
  readonly scopes: Readonly<Record<string, string>>
  /** In the place of what the client declares. */
  readonly access_token_format?: 'jwt' | 'opaque'
  readonly access_token_ttl_seconds?: number
  /** Only these may ask for it; where it is left out, whoever has one of its scopes. */
  readonly clients?: readonly OAuthClientId[]
}

const MAX_IDENTIFIER_LENGTH = 255
const MAX_DESCRIPTION_LENGTH = 200
/** RFC 6749 section 3.3, and short enough for a page; `=` stands between name and description on the command line. */
const SCOPE_NAME = /^[\x21\x23-\x3c\x3e-\x5b\x5d-\x7e]{1,100}$/
/** Those mean the same at every resource. */
const STANDARD_SCOPES: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'phone', 'address', 'offline_access', 'roles'])

/** The identifier of a resource, or what is wrong with it. It is compared character by character. */
export function readResourceIdentifier(value: unknown, { issuer }: Pick<ClientSurroundings, 'issuer'>): Result<ResourceIdentifier, string> {
  const isUri = typeof value === 'string' && value.length <= MAX_IDENTIFIER_LENGTH && /^[a-z][a-z0-9+.-]*:[\x21-\x7e]+$/.test(value) && URL.canParse(value)
  if (!isUri) return fail(`must be an absolute URI of ${MAX_IDENTIFIER_LENGTH} characters at most, such as https://api.example.com (RFC 8707)`)
  if (value.includes('#')) return fail('must not have a fragment (RFC 8707 section 2)')
  if (value === issuer) return fail('must not be the issuer, which is this server')
  return succeed(value as ResourceIdentifier)
}

/** Everything that a resource declares besides its identifier; every problem, each with its path. */
export function readResource(value: unknown): Result<DeclaredResource, ClientProblems> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail(['must be an object with name and scopes'])
  const { name, scopes, access_token_format: format, access_token_ttl_seconds: ttl, clients, ...unknown } = value as Readonly<Record<string, unknown>>
  const problems = [
    ...Object.keys(unknown).map((key) => `${key}: is nothing that a resource has`),
    ...checkName(name),
    ...checkScopes(scopes),
    ...(format === undefined || format === 'jwt' || format === 'opaque' ? [] : ['access_token_format: must be jwt or opaque']),
    ...(ttl === undefined || isTtl(ttl) ? [] : [`access_token_ttl_seconds: must be a whole number of seconds from ${CLIENT_TOKEN_MIN_TTL_SECONDS} to ${CLIENT_TOKEN_MAX_TTL_SECONDS}`]),
    ...(clients === undefined ? [] : checkClients(clients)),
  ]
  return problems.length === 0 ? succeed(value as DeclaredResource) : fail(problems)
}

const isTtl = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= CLIENT_TOKEN_MIN_TTL_SECONDS && (value as number) <= CLIENT_TOKEN_MAX_TTL_SECONDS

function checkScopes(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ['scopes: must be an object: the name of each scope with its description']
  const entries = Object.entries(value)
  if (entries.length > RESOURCE_MAX_SCOPES) return [`scopes: must have ${RESOURCE_MAX_SCOPES} entries at most`]
  return entries.flatMap(([name, description]) => {
    if (!SCOPE_NAME.test(name)) return [`scopes.${name}: is no name of a scope (RFC 6749 section 3.3; here also without =)`]
    if (STANDARD_SCOPES.has(name)) return [`scopes.${name}: means the same at every resource and cannot be of one`]
    const isText = typeof description === 'string' && description.trim() === description && description !== '' && description.length <= MAX_DESCRIPTION_LENGTH && !/[\p{C}\p{Zl}\p{Zp}]/u.test(description)
    return isText ? [] : [`scopes.${name}: must be a description of 1 to ${MAX_DESCRIPTION_LENGTH} characters`]
  })
}

function checkClients(value: unknown): string[] {
  if (!Array.isArray(value) || value.length > RESOURCE_MAX_CLIENTS) return [`clients: must be a list of ${RESOURCE_MAX_CLIENTS} client ids at most`]
  return value.flatMap((one: unknown, index) => {
    const read = readClientId(one)
    if (!read.ok) return [`clients.${index}: ${read.failure}`]
    return value.indexOf(one) < index ? [`clients.${index}: stands there twice`] : []
  })
}
