import { createPublicKey } from 'node:crypto'
import type { AdapterPayload } from 'oidc-provider'
import type Provider from 'oidc-provider'
import type { JWK } from 'jose'
import type { Grants } from '../../../services/grants/index.ts'
import { keptName, revokedName } from '../../../services/grants/index.ts'
import type { ClientAccessTokenClaims } from '../../../protocols/client-access-token.ts'
import { isOwnToken, keyIdOf, readClientAccessToken } from '../../../protocols/client-access-token.ts'

const KEPT_PREFIX = keptName('')

/** The claims of an access token that was signed here for a client, expired or not; undefined for any other text. */
export type ReadJwt = (token: string) => ClientAccessTokenClaims | undefined

export function createJwtReader({ issuer, signingKeys }: { issuer: string; signingKeys: readonly JWK[] }): ReadJwt {
  const keys = new Map(signingKeys.filter(({ kty }) => kty === 'EC').map((jwk) => [jwk.kid, createPublicKey({ key: jwk, format: 'jwk' })]))
  return (token) => {
    const key = keys.get(keyIdOf(token))
    return key && readClientAccessToken(token, key, issuer)
  }
}

/**
 * The library forgets a JWT as soon as it is issued, so that it could be asked about by nobody and would outlive its grant. Of a
 * person's token a row is kept, in the insert that keeps the refresh token. Of a client's own one nothing is, unless it is revoked:
 * such tokens are many, and each would be a commit.
 */
export function keepJwtAccessTokens(provider: Provider, readJwt: ReadJwt): void {
  const AccessToken = provider.AccessToken as unknown as { IN_PAYLOAD: readonly string[]; adapter: { upsert(id: string, payload: object, expiresIn: number): Promise<void> }; prototype: SavedToken }
  const { save } = AccessToken.prototype
  AccessToken.prototype.save = async function (this: SavedToken) {
    const value = await save.call(this)
    const claims = this.format === 'jwt' ? readJwt(value) : undefined
    if (this.format === 'jwt' && !claims) throw new Error('an access token that was just signed cannot be read')
    if (claims) {
      const payload = Object.fromEntries(AccessToken.IN_PAYLOAD.flatMap((name) => (this[name] === undefined ? [] : [[name, this[name]]])))
      await AccessToken.adapter.upsert(keptName(value), { ...payload, iat: claims.iat, exp: claims.exp }, claims.exp - claims.iat)
    }
    return value
  }

  // Introspection and revocation refuse whatever looks like a JWT before they look for it.
  Object.defineProperty(provider.OIDCContext.prototype, 'params', {
    configurable: true,
    get(this: { keptParams?: object }) {
      return this.keptParams
    },
    set(this: { route?: string; keptParams?: object }, params: { token?: unknown } | undefined) {
      const isAsked = (this.route === 'introspection' || this.route === 'revocation') && typeof params?.token === 'string'
      if (isAsked && readJwt(params.token as string)) params.token = keptName(params.token as string)
      this.keptParams = params as object
    },
  })
}

type SavedToken = { readonly format?: 'jwt' | 'opaque'; save(this: SavedToken): Promise<string>; readonly [name: string]: unknown }

/** A client's own JWT that the library looks for; undefined where it looks for something else. */
export function ownJwtOf(id: string, readJwt: ReadJwt): ClientAccessTokenClaims | undefined {
  const claims = id.startsWith(KEPT_PREFIX) ? readJwt(id.slice(KEPT_PREFIX.length)) : undefined
  return claims && isOwnToken(claims) ? claims : undefined
}

/** What the library would have kept of it; undefined once it was revoked. */
export async function findOwnJwt(id: string, claims: ClientAccessTokenClaims, grants: Grants): Promise<AdapterPayload | undefined> {
  if (await grants.find('client_credentials', revokedName(claims.jti))) return undefined
  const { client_id: clientId, aud, iat, exp, scope, cnf } = claims
  return { kind: 'ClientCredentials', jti: id, clientId, aud, iat, exp, ...(scope === undefined ? {} : { scope }), ...(cnf?.['jkt'] === undefined ? {} : { jkt: cnf['jkt'] }), ...(cnf?.['x5t#S256'] === undefined ? {} : { 'x5t#S256': cnf['x5t#S256'] }) }
}
