import { systemClock, type Clock } from './clock.ts'
import { identityFromClaims, type Identity } from './identity.ts'
import { readIssuer } from './issuer-address.ts'
import { createKeySource } from './key-source.ts'
import { accessCookieName, readAccessToken } from './read-access-token.ts'
import type { RequestHeaders } from './read-header.ts'
import { fail, type Result } from './result.ts'
import { createJwtVerifier, type TokenFailure } from './verify-jwt.ts'

export type AuthenticationFailure = TokenFailure | 'no_credentials'

export interface VerifierOptions {
  /** `PUBLIC_URL` + base path, e.g. `https://example.com/auth`. Exactly the token's `iss`. */
  readonly issuer: string
  /** The token's `aud`. Default `app`. */
  readonly audience?: string
  /** The server's `COOKIE_PREFIX`. Default `gatepost`. */
  readonly cookiePrefix?: string
  /** Where the keys are; set it when the application reaches the server by another address. Default `{issuer}/.well-known/jwks.json`. */
  readonly jwksUrl?: string
  readonly clock?: Clock
  readonly fetch?: typeof globalThis.fetch
}

export interface Verifier {
  /** Where a person signs in, on the application's own origin, e.g. `/auth/login`. */
  readonly loginPath: string
  /** Verifies one access token. */
  verify(token: string): Promise<Result<Identity, TokenFailure>>
  /** Who sends this request (Bearer header or cookie), or why that cannot be said. */
  examine(request: { readonly headers: RequestHeaders }): Promise<Result<Identity, AuthenticationFailure>>
  /** Who sends this request; undefined when nobody is signed in. */
  authenticate(request: { readonly headers: RequestHeaders }): Promise<Identity | undefined>
}

/**
 * Verifies access tokens (RFC 9068, section 4) against the issuer's published keys, without asking the server for each request.
 * @throws TypeError when `issuer` is not an http(s) URL.
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const issuer = readIssuer(options.issuer)
  const audience = options.audience ?? 'app'
  const clock = options.clock ?? systemClock
  const cookieName = accessCookieName({ cookiePrefix: options.cookiePrefix ?? 'gatepost', isHttps: issuer.isHttps })
  const keys = createKeySource({ jwksUrl: options.jwksUrl ?? issuer.jwksUrl, fetch: options.fetch ?? globalThis.fetch, clock })
  const verifyJwt = createJwtVerifier({ keys, clock })

  async function verify(token: string): Promise<Result<Identity, TokenFailure>> {
    const payload = await verifyJwt(token, { issuer: options.issuer, audience, type: 'at+jwt' })
    if (!payload.ok) return payload
    // A token that was given to a client of OpenID Connect, for an API: nobody's session.
    if ('client_id' in payload.value) return fail('invalid')
    const identity = identityFromClaims(payload.value)
    return identity.ok ? identity : fail('invalid')
  }

  async function examine(request: { readonly headers: RequestHeaders }): Promise<Result<Identity, AuthenticationFailure>> {
    const presented = readAccessToken(request.headers, cookieName)
    return presented === undefined ? fail('no_credentials') : verify(presented.token)
  }

  return {
    loginPath: `${issuer.basePath}/login`,
    verify,
    examine,
    async authenticate(request) {
      const examined = await examine(request)
      return examined.ok ? examined.value : undefined
    },
  }
}
