import type { Client, Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type Provider from 'oidc-provider'
import { errors } from 'oidc-provider'
import { FAPI_ALGORITHMS } from '../../../services/clients/index.ts'
import { isFapiClient } from '../clients/fapi.ts'
import { isFromTheFuture } from '../library/clock-skew.ts'

type Features = NonNullable<Configuration['features']>
type Claims = Readonly<Record<string, unknown>>

/** FAPI 2.0 Message Signing section 5.3.1: how long a request object may be good for, and how old it may be. */
const MAX_LIFE_SECONDS = 60 * 60
/** RFC 9101 section 10.8.1. A JWT of another kind that is signed by the client is no request. */
const TYPES: ReadonlySet<unknown> = new Set([undefined, 'jwt', 'oauth-authz-req+jwt'])

/** Request objects by value (RFC 9101), signed by a key of the client, at the authorization endpoint and pushed. */
export function requestObjectsFeature({ now }: { now: () => number }): NonNullable<Features['requestObjects']> {
  return {
    enabled: true,
    assertJwtClaimsAndHeader: (ctx, claims, header, client) => {
      // What was pushed was checked then, and stands in a JWT of the library's where it was none of the client's.
      if (ctx.oidc.entities.PushedAuthorizationRequest === undefined) check(claims, header, client, Math.floor(now() / 1_000))
    },
  }
}

/** `now`: seconds UTC. Audience, issuer, begin and end are the library's to check, where they are given. */
function check(claims: Claims, header: Claims, client: Client, now: number): void {
  const type = typeof header['typ'] === 'string' ? header['typ'].toLowerCase().replace(/^application\//, '') : header['typ']
  if (!TYPES.has(type)) throw new errors.InvalidRequestObject('typ must be oauth-authz-req+jwt')
  // RFC 9101 section 10.8.2: such a JWT proves who the client is.
  if (claims['sub'] === client.clientId) throw new errors.InvalidRequestObject('sub must not be the client_id')
  if (isFromTheFuture(claims, now * 1_000)) throw new errors.InvalidRequestObject('iat is in the future')
  if (!isFapiClient(client)) return
  const { exp, nbf } = claims
  if (!(FAPI_ALGORITHMS as readonly unknown[]).includes(header['alg'])) throw new errors.InvalidRequestObject('unsupported signed request alg')
  if (typeof exp !== 'number' || typeof nbf !== 'number') throw new errors.InvalidRequestObject('exp and nbf must be given')
  if (nbf < now - MAX_LIFE_SECONDS || exp > nbf + MAX_LIFE_SECONDS) throw new errors.InvalidRequestObject('must be good for an hour at most')
}

/** To a client without keys the parameter is not supported (OpenID Connect Core 1.0 section 3.1.2.6), rather than wrong: nothing that it sends could be verified. */
export function refuseRequestObjectsOfKeyless(provider: Provider): void {
  const context = provider.OIDCContext.prototype as unknown as { entity(this: KoaContextWithOIDC['oidc'], name: string, value: unknown): void }
  const { entity } = context
  context.entity = function (name, value) {
    entity.call(this, name, value)
    if (name !== 'Client' || this.route !== 'authorization' || this.params?.['request'] === undefined) return
    const { jwks, jwksUri } = value as Client
    if (jwks === undefined && jwksUri === undefined) throw new errors.RequestNotSupported()
  }
}
