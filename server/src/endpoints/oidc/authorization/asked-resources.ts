import type { Client, KoaContextWithOIDC, ResourceServer } from 'oidc-provider'
import { errors } from 'oidc-provider'
import type { Clients } from '../../../services/clients/index.ts'
import { scopesFor } from '../../../services/clients/index.ts'

/** They say something of the person, at every resource alike. */
const SHARED_SCOPES: ReadonlySet<string> = new Set(['roles'])

/**
 * What a client that names a `resource` (RFC 8707) gets: the scopes that are both the resource's and the client's. One that
 * is unknown and one that is not for this client are told apart by nobody.
 */
export function createResourceLookUp({ issuer, clients }: { issuer: string; clients: Clients }) {
  const signed = { sign: { alg: 'ES256' } } as const
  const formatOf = (format: unknown) => (format === 'opaque' ? 'opaque' : 'jwt')

  return async function findResourceServer(_ctx: KoaContextWithOIDC, identifier: string, client: Client): Promise<ResourceServer> {
    const ofClient = { audience: identifier, accessTokenFormat: formatOf(client['gatepost_access_token_format']), accessTokenTTL: Number(client['gatepost_access_token_ttl']), jwt: signed } as const
    if (identifier === issuer) return { ...ofClient, scope: String(client['gatepost_resource_scope']) }
    const [resource, registered] = [await clients.resources.find(identifier), await clients.find(client.clientId)]
    const scopes = resource && registered && scopesFor(resource, registered)
    if (!scopes) throw new errors.InvalidTarget('there is no such resource for this client')
    const shared = registered.metadata.scope.split(' ').filter((scope) => SHARED_SCOPES.has(scope))
    const { accessTokenFormat: format, accessTokenTtlSeconds: ttl } = resource
    return { ...ofClient, scope: [...scopes, ...shared].join(' '), ...(format === undefined ? {} : { accessTokenFormat: format }), ...(ttl === undefined ? {} : { accessTokenTTL: ttl }) }
  }
}
