import { systemClock, type Clock } from './clock.ts'
import type { GuardedRequest, Refusal } from './decide-access.ts'
import { createProofCheck } from './dpop-proof.ts'
import { createIntrospection, type IntrospectionFailure, type IntrospectionOptions } from './introspection.ts'
import { readIssuer } from './issuer-address.ts'
import { createKeySource } from './key-source.ts'
import { readHeader } from './read-header.ts'
import type { ResourceMetadata } from './resource-metadata.ts'
import { fail, succeed, type Result } from './result.ts'
import { refuseToken, type TokenRefusalReason } from './token-refusal.ts'
import { readTokenClaims, type VerifiedToken } from './verified-token.ts'
import { ACCESS_TOKEN_MAX_LENGTH, CLOCK_LEEWAY_SECONDS, createJwtVerifier, type TokenFailure } from './verify-jwt.ts'

export interface ResourceServerOptions {
  /** Exactly the `iss` of the tokens, e.g. `https://example.com/auth`. */
  readonly issuer: string
  /** What the tokens must be for: the resource's own identifier, which is in their `aud`. */
  readonly audience: string
  /**
   * Scheme, host and port under which clients reach this server, e.g. `https://api.example.com`: what a DPoP proof has to name. Never taken
   * from the request, whose `Host` is the caller's to write. Default: that of `audience` where it is an address; without either, tokens
   * that are bound to a key are refused.
   */
  readonly origin?: string
  /** Takes opaque tokens as well, by asking the server about them. */
  readonly introspection?: IntrospectionOptions
  /** Named in challenges, so that a client finds out where to get a token (RFC 9728, section 5.1). */
  readonly metadata?: ResourceMetadata
  /** Takes no token that is not bound to a key. Default false. */
  readonly requireDpop?: boolean
  /** Default `{issuer}/.well-known/jwks.json`. */
  readonly jwksUrl?: string
  readonly clock?: Clock
  readonly fetch?: typeof globalThis.fetch
}

export interface TokenDemands {
  /** Scopes the token must have, all of them. */
  readonly scopes?: readonly string[]
  /** How long ago the person may have proved who they are (RFC 9470). */
  readonly maxAgeSeconds?: number
  /** One of these must be the token's `acr` (RFC 9470). */
  readonly acrValues?: readonly string[]
}

export type TokenAccess = { readonly isAllowed: true; readonly token: VerifiedToken } | { readonly isAllowed: false; readonly refusal: Refusal }

export interface ResourceServer {
  /** Decides whether a request may pass: its access token is valid here, proven by its key where it is bound to one, and meets the demands. */
  check(request: GuardedRequest, demands?: TokenDemands): Promise<TokenAccess>
}

interface Presented {
  readonly scheme: 'Bearer' | 'DPoP'
  readonly token: string
}

type Checked = Result<VerifiedToken, TokenRefusalReason>
const CREDENTIALS = /^(bearer|dpop) +([A-Za-z0-9._~+/-]+=*)$/i
const UNAVAILABLE: ReadonlySet<TokenFailure | IntrospectionFailure> = new Set<TokenFailure | IntrospectionFailure>(['keys_unavailable', 'introspection_unavailable'])

/**
 * A resource server (RFC 6749, section 1.1): takes access tokens that clients got from this issuer for this audience, from the
 * `Authorization` header alone.
 * @throws TypeError when `issuer` or `origin` is not an http(s) URL.
 */
export function createResourceServer(options: ResourceServerOptions): ResourceServer {
  const { audience, requireDpop = false, clock = systemClock, fetch = globalThis.fetch } = options
  const issuer = readIssuer(options.issuer)
  const origin = originOf(options)
  const verifyJwt = createJwtVerifier({ keys: createKeySource({ jwksUrl: options.jwksUrl ?? issuer.jwksUrl, fetch, clock }), clock })
  const introspect = options.introspection && createIntrospection({ ...options.introspection, issuer: options.issuer, fetch, clock })
  const checkProof = createProofCheck(clock)

  async function readToken(token: string): Promise<Result<VerifiedToken, TokenFailure | IntrospectionFailure>> {
    if (token.length > ACCESS_TOKEN_MAX_LENGTH) return fail('malformed')
    const isOpaque = !token.includes('.')
    if (isOpaque && introspect === undefined) return fail('malformed')
    const claims = isOpaque ? await introspect!(token) : await verifyJwt(token, { issuer: options.issuer, audience, type: 'at+jwt' })
    if (!claims.ok) return claims
    // What is introspected was checked by nobody for whom it is. A token that names no audience is for the server that issued it.
    const { iss, aud } = claims.value
    if (iss !== options.issuer || ![aud].flat().includes(audience)) return fail('invalid')
    return readTokenClaims(claims.value)
  }

  async function checkToken(request: GuardedRequest, { scheme, token }: Presented, demands: TokenDemands): Promise<Checked> {
    const read = await readToken(token)
    if (!read.ok) return fail({ code: UNAVAILABLE.has(read.failure) ? 'temporarily_unavailable' : 'invalid_token' })
    const { dpopKeyThumbprint: keyThumbprint } = read.value
    // RFC 9449, section 7.1: a token that is bound to a key is none as a bearer token, nor the other way around.
    if ((keyThumbprint !== undefined) !== (scheme === 'DPoP') || (requireDpop && keyThumbprint === undefined)) return fail({ code: 'invalid_token' })
    if (keyThumbprint !== undefined) {
      const [proof, ...more] = readHeader(request.headers, 'dpop')
      if (proof === undefined || more.length > 0 || origin === undefined) return fail({ code: 'invalid_dpop_proof' })
      const url = `${origin}${request.target.replace(/[?#].*$/s, '')}`
      const proven = await checkProof({ proof, accessToken: token, keyThumbprint, method: request.method, url })
      if (!proven.ok) return fail({ code: proven.failure === 'too_many_proofs' ? 'temporarily_unavailable' : 'invalid_dpop_proof' })
    }
    const unmet = findUnmet(read.value, demands)
    return unmet === undefined ? read : fail(unmet)
  }

  function findUnmet({ scopes, acr, authenticatedAt }: VerifiedToken, demands: TokenDemands): TokenRefusalReason | undefined {
    const { scopes: needed = [], maxAgeSeconds, acrValues } = demands
    if (!needed.every((scope) => scopes.includes(scope))) return { code: 'insufficient_scope', scopes: needed }
    const isOld = maxAgeSeconds !== undefined && (authenticatedAt === undefined || clock.now() - authenticatedAt > (maxAgeSeconds + CLOCK_LEEWAY_SECONDS) * 1_000)
    const isWeak = acrValues !== undefined && (acr === undefined || !acrValues.includes(acr))
    return isOld || isWeak ? { code: 'insufficient_user_authentication', acrValues, maxAgeSeconds } : undefined
  }

  return {
    async check(request, demands = {}) {
      const presented = readPresented(request)
      const checked = presented.ok ? await checkToken(request, presented.value, demands) : presented
      if (checked.ok) return { isAllowed: true, token: checked.value }
      const scheme = presented.ok ? presented.value.scheme : 'Bearer'
      return { isAllowed: false, refusal: refuseToken(checked.failure, { scheme: requireDpop ? 'DPoP' : scheme, resourceMetadataUrl: options.metadata?.url }) }
    },
  }
}

/** From the header alone: a token in the address ends up in logs (RFC 6750, section 2.3), and one in a cookie comes along with requests of other sites. */
function readPresented(request: GuardedRequest): Result<Presented, TokenRefusalReason> {
  const [credentials, ...more] = readHeader(request.headers, 'authorization')
  if (credentials === undefined) return fail({ code: 'no_credentials' })
  const [, scheme = '', token = ''] = CREDENTIALS.exec(credentials.trim()) ?? []
  if (more.length > 0 || token === '') return fail({ code: /^(bearer|dpop)\b/i.test(credentials.trim()) || more.length > 0 ? 'invalid_request' : 'no_credentials' })
  return succeed({ scheme: scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer', token })
}

function originOf({ origin, audience }: ResourceServerOptions): string | undefined {
  if (origin !== undefined && !(URL.canParse(origin) && ['http:', 'https:'].includes(new URL(origin).protocol))) throw new TypeError(`origin is not an http(s) URL: ${origin}`)
  const address = origin ?? audience
  return /^https?:/.test(address) && URL.canParse(address) ? new URL(address).origin : undefined
}
