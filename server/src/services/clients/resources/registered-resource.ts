import type { OAuthClientId, ResourceIdentifier } from '../../../domain/ids.ts'
import type { OAuthResourceTable } from '../../../persistence/index.ts'
import type { RegisteredClient } from '../registered-client.ts'
import type { DeclaredResource } from './read-resource.ts'

/** What access tokens are for. Instants are milliseconds UTC. */
export interface RegisteredResource {
  readonly identifier: ResourceIdentifier
  readonly name: string
  readonly scopes: Readonly<Record<string, string>>
  /** Undefined: as the client declares. */
  readonly accessTokenFormat: 'jwt' | 'opaque' | undefined
  readonly accessTokenTtlSeconds: number | undefined
  /** Only these may ask for it; undefined: whoever has one of its scopes. */
  readonly clients: readonly OAuthClientId[] | undefined
  /** May ask about its tokens, whoever was given them. */
  readonly introspectionClients: readonly OAuthClientId[]
  readonly createdAt: number
  readonly updatedAt: number
}

export function describeResource(row: OAuthResourceTable): RegisteredResource {
  const { scopes, access_token_format: format, access_token_ttl_seconds: ttl, clients, introspection_clients: introspectionClients = [] } = JSON.parse(row.declared) as Omit<DeclaredResource, 'name'>
  return {
    identifier: row.identifier,
    name: row.name,
    scopes,
    accessTokenFormat: format,
    accessTokenTtlSeconds: ttl,
    clients,
    introspectionClients,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** What was declared of it. */
export function declaredOf({ name, scopes, accessTokenFormat: format, accessTokenTtlSeconds: ttl, clients, introspectionClients }: RegisteredResource): DeclaredResource {
  return {
    name,
    scopes,
    ...(format === undefined ? {} : { access_token_format: format }),
    ...(ttl === undefined ? {} : { access_token_ttl_seconds: ttl }),
    ...(clients === undefined ? {} : { clients }),
    ...(introspectionClients.length === 0 ? {} : { introspection_clients: introspectionClients }),
  }
}

/**
 * The scopes of the resource that the client may have; undefined where it may not ask for the resource at all. A scope is of one
 * resource, so that the client's `scope` already says which resources are meant for it; one without scopes is for the clients that it names.
 */
export function scopesFor(resource: RegisteredResource, client: Pick<RegisteredClient, 'clientId' | 'metadata'>): readonly string[] | undefined {
  const ofClient = new Set(client.metadata.scope.split(' '))
  const scopes = Object.keys(resource.scopes).filter((scope) => ofClient.has(scope))
  const hasScopes = Object.keys(resource.scopes).length > 0
  const isNamed = resource.clients?.includes(client.clientId) ?? hasScopes
  return isNamed && (scopes.length > 0 || !hasScopes) ? scopes : undefined
}
