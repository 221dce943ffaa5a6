import type { Result } from '../../../domain/result.ts'
import { fail } from '../../../domain/result.ts'
import type { ClientRegistrationRules } from '../../settings/index.ts'
import type { ClientMetadata } from '../metadata/client-metadata.ts'
import type { ClientSurroundings } from '../metadata/field.ts'
import type { DeclaredClient } from '../metadata/read-client.ts'
import { readClient } from '../metadata/read-client.ts'

/** What is wrong with the metadata (RFC 7591 section 3.2.2), and the words for whoever wrote it. */
export interface MetadataProblem {
  readonly code: 'invalid_redirect_uri' | 'invalid_client_metadata'
  readonly message: string
}

/** What a client may say of itself. Lifetimes, the form of its tokens and the profile are ours to say. */
const STATED = [
  'redirect_uris',
  'post_logout_redirect_uris',
  'grant_types',
  'token_endpoint_auth_method',
  'token_endpoint_auth_signing_alg',
  'application_type',
  'id_token_signed_response_alg',
  'userinfo_signed_response_alg',
  'jwks',
  'jwks_uri',
  'subject_type',
  'sector_identifier_uri',
  'backchannel_logout_uri',
  'backchannel_logout_session_required',
  'frontchannel_logout_uri',
  'frontchannel_logout_session_required',
  'initiate_login_uri',
  'default_max_age',
  'require_auth_time',
  'require_pushed_authorization_requests',
  'dpop_bound_access_tokens',
  'client_uri',
  'policy_uri',
  'tos_uri',
  'contacts',
] as const satisfies readonly (keyof ClientMetadata)[]

const MAX_PROBLEMS_TOLD = 5

/**
 * Client metadata as RFC 7591 section 2 and OpenID Connect Registration 1.0 section 2 write it, with their defaults, as a
 * client of a third party: checked as every other client is. What means nothing here (`logo_uri`, `request_uris`,
 * `client_name#ja` ...) is left out, as RFC 7591 section 2 asks.
 */
export function readRegistration(body: unknown, rules: Pick<ClientRegistrationRules, 'scopes' | 'localhost_redirects'>, surroundings: ClientSurroundings): Result<DeclaredClient, MetadataProblem> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return fail({ code: 'invalid_client_metadata', message: 'must be a JSON object' })
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined)) as Readonly<Record<string, unknown>>
  const fields = Object.fromEntries(STATED.flatMap((name) => (Object.hasOwn(given, name) ? [[name, given[name]] as const] : [])))
  // RFC 7591 section 2: a client that names no grant has this one.
  const grants = fields['grant_types'] ?? ['authorization_code']
  const problem = findResponseTypeProblem(given['response_types'], grants) ?? findTypeProblem(fields['application_type'])
  if (problem !== undefined) return fail({ code: 'invalid_client_metadata', message: problem })
  const scope = scopeOf(given['scope'], rules.scopes, grants)
  if (scope === undefined) return fail({ code: 'invalid_client_metadata', message: 'scope: must name something that a registered client may have' })
  const client = readClient(
    {
      ...without(fields, unusedFields(fields)),
      grant_types: grants,
      scope,
      name: given['client_name'] ?? hostOfFirst(fields['redirect_uris']),
      type: 'third_party',
      application_type: fields['application_type'] ?? inferType(fields['redirect_uris']),
      // OpenID Connect Registration 1.0 section 2: whoever says nothing verifies RS256.
      id_token_signed_response_alg: fields['id_token_signed_response_alg'] ?? 'RS256',
    },
    { ...surroundings, allowsLocalhost: surroundings.allowsLocalhost || rules.localhost_redirects },
  )
  return client.ok ? client : fail(describeProblems(client.failure))
}

/** `code` is what there is; a client of another grant alone names none. */
function findResponseTypeProblem(types: unknown, grants: unknown): string | undefined {
  if (types === undefined) return undefined
  if (!Array.isArray(types)) return 'response_types: must be a list'
  if (types.some((type) => type !== 'code')) return 'response_types: must be code'
  const redirects = Array.isArray(grants) && grants.includes('authorization_code')
  return types.length > 0 === redirects ? undefined : 'response_types: must name code with the grant authorization_code, and nothing without'
}

function findTypeProblem(type: unknown): string | undefined {
  return type === undefined || type === 'web' || type === 'native' ? undefined : 'application_type: must be web or native'
}

/** `web` by the specification; whoever names an address on the device forgot to say that it is native, as many agents do. */
function inferType(uris: unknown): 'web' | 'native' {
  const isOnDevice = (uri: unknown) => typeof uri === 'string' && !uri.startsWith('https:')
  return Array.isArray(uris) && uris.some(isOnDevice) ? 'native' : 'web'
}

/** What it may have of what it asks for, or all that it may have where it does not say; undefined where nothing is left, or it is no list of names. */
function scopeOf(asked: unknown, may: readonly string[], grants: unknown): string | undefined {
  if (asked !== undefined && typeof asked !== 'string') return undefined
  const refreshes = Array.isArray(grants) && grants.includes('refresh_token')
  const allowed = may.filter((name) => refreshes || name !== 'offline_access')
  if (asked === undefined) return allowed.join(' ')
  const named = [...new Set(asked.split(' '))].filter((name) => allowed.includes(name))
  return named.length === 0 ? undefined : named.join(' ')
}

/** Meant for what the client does not do: left out instead of refused, as RFC 7591 section 2 allows. */
function unusedFields({ subject_type: subject, token_endpoint_auth_method: method }: Readonly<Record<string, unknown>>): readonly string[] {
  return [...(subject === 'pairwise' ? [] : ['sector_identifier_uri']), ...(method === 'private_key_jwt' ? [] : ['token_endpoint_auth_signing_alg'])]
}

function without(fields: Readonly<Record<string, unknown>>, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
}

/** A client that gives itself no name is known by where it leads to. */
function hostOfFirst(uris: unknown): string {
  const first: unknown = Array.isArray(uris) ? uris[0] : undefined
  const url = typeof first === 'string' ? URL.parse(first) : null
  return (url?.hostname || url?.protocol || 'client').slice(0, 100)
}

function describeProblems(problems: readonly string[]): MetadataProblem {
  const told = problems.slice(0, MAX_PROBLEMS_TOLD).map((one) => one.replace(/^name:/, 'client_name:'))
  const isRedirect = problems.some((one) => one.startsWith('redirect_uris'))
  return { code: isRedirect ? 'invalid_redirect_uri' : 'invalid_client_metadata', message: told.join('; ') }
}
