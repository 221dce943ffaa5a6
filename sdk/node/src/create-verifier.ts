import { decodeProtectedHeader, errors, jwtVerify, type CryptoKey, type ProtectedHeaderParameters } from 'jose'
import { systemClock, type Clock } from './clock.ts'
import { identityFromClaims, type Identity } from './identity.ts'
import { createKeySource } from './key-source.ts'
import { accessCookieName, readAccessToken } from './read-access-token.ts'
import type { RequestHeaders } from './read-header.ts'
import { fail, type Result } from './result.ts'

/** How far this machine's clock may be behind or ahead of the issuer's. */
export const CLOCK_LEEWAY_SECONDS = 5
/** Longer tokens are refused unread; a browser sends no cookie above 4 KB anyway. */
export const ACCESS_TOKEN_MAX_LENGTH = 8192

export type TokenFailure = 'malformed' | 'expired' | 'invalid' | 'unknown_key' | 'keys_unavailable'
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
  const issuer = parseIssuer(options.issuer)
  const audience = options.audience ?? 'app'
  const clock = options.clock ?? systemClock
  const cookieName = accessCookieName({ cookiePrefix: options.cookiePrefix ?? 'gatepost', isHttps: issuer.isHttps })
  const keys = createKeySource({
    jwksUrl: options.jwksUrl ?? `${issuer.withoutSlash}/.well-known/jwks.json`,
    fetch: options.fetch ?? globalThis.fetch,
    clock,
  })

  async function verify(token: string): Promise<Result<Identity, TokenFailure>> {
    const header = readHeaderOf(token)
    if (header === undefined) return fail('malformed')
    // Before any key is looked up: a token that can never be accepted must not cost a request to the server. `jku`, `jwk`, `x5u`
    // and `x5c` are never read, the keys come from the configured address alone (RFC 8725, section 3.10).
    if (header.alg !== 'ES256' || typeof header.kid !== 'string') return fail('invalid')
    const key = await keys.findKey(header.kid)
    return key.ok ? verifyWith(token, key.value) : key
  }

  async function verifyWith(token: string, key: CryptoKey): Promise<Result<Identity, TokenFailure>> {
    const now = clock.now()
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['ES256'],
        typ: 'at+jwt',
        issuer: options.issuer,
        audience,
        clockTolerance: CLOCK_LEEWAY_SECONDS,
        currentDate: new Date(now),
      })
      const identity = identityFromClaims(payload)
      if (!identity.ok) return fail('invalid')
      return identity.value.claims.iat > now / 1000 + CLOCK_LEEWAY_SECONDS ? fail('invalid') : identity
    } catch (error) {
      if (error instanceof errors.JWTExpired) return fail('expired')
      if (error instanceof errors.JOSEError) return fail('invalid')
      throw error
    }
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

function readHeaderOf(token: string): ProtectedHeaderParameters | undefined {
  if (token.length > ACCESS_TOKEN_MAX_LENGTH) return undefined
  try {
    return decodeProtectedHeader(token)
  } catch {
    return undefined
  }
}

function parseIssuer(issuer: string): { isHttps: boolean; basePath: string; withoutSlash: string } {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) throw new TypeError(`issuer is not an http(s) URL: ${issuer}`)
  return { isHttps: url.protocol === 'https:', basePath: url.pathname.replace(/\/+$/, ''), withoutSlash: issuer.replace(/\/+$/, '') }
}
