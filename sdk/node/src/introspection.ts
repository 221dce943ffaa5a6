import { createHash } from 'node:crypto'
import type { JWTPayload } from 'jose'
import * as oauth from 'oauth4webapi'
import type { Clock } from './clock.ts'
import { createExpiringMap } from './expiring-map.ts'
import { fail, succeed, type Result } from './result.ts'

/** How long an answer is believed unless told otherwise: so long may a revoked token still be taken here. */
export const INTROSPECTION_CACHE_SECONDS = 10
const CACHE_MAX_ENTRIES = 10_000
const TIMEOUT_MILLISECONDS = 3_000

export interface IntrospectionOptions {
  /** The client that asks; its secret goes by `client_secret_basic`. */
  readonly clientId: string
  readonly clientSecret: string
  /** Default `{issuer}/oauth2/introspect`. */
  readonly endpoint?: string
  /** Seconds for which an answer is kept, though never beyond the token's own expiry. Default 10; 0 asks at each request. */
  readonly cacheSeconds?: number
}

export type IntrospectionFailure = 'invalid' | 'introspection_unavailable'

/** Asks the server about opaque tokens (RFC 7662); those that ask for one token at once share one question. */
export function createIntrospection(options: IntrospectionOptions & { issuer: string; fetch: typeof globalThis.fetch; clock: Clock }) {
  const { issuer, clientId, clientSecret, fetch, clock, cacheSeconds = INTROSPECTION_CACHE_SECONDS } = options
  const endpoint = options.endpoint ?? `${issuer.replace(/\/+$/, '')}/oauth2/introspect`
  const server: oauth.AuthorizationServer = { issuer, introspection_endpoint: endpoint }
  const client: oauth.Client = { client_id: clientId }
  const authentication = oauth.ClientSecretBasic(clientSecret)
  const answers = createExpiringMap<Result<JWTPayload, 'invalid'>>({ clock, maxEntries: CACHE_MAX_ENTRIES })
  const pending = new Map<string, Promise<Result<JWTPayload, IntrospectionFailure>>>()

  async function ask(token: string): Promise<Result<JWTPayload, IntrospectionFailure>> {
    try {
      const response = await oauth.introspectionRequest(server, client, authentication, token, {
        // As far as the operator wrote it there.
        [oauth.allowInsecureRequests]: endpoint.startsWith('http:'),
        [oauth.customFetch]: (url, init) => fetch(url, { ...init, redirect: 'error' } as RequestInit),
        additionalParameters: { token_type_hint: 'access_token' },
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      })
      const claims = await oauth.processIntrospectionResponse(server, client, response)
      // A refresh token is active as well, and has no `token_type` (RFC 7662, section 2.2).
      const isAccessToken = claims.active && ['bearer', 'dpop'].includes(String(claims.token_type).toLowerCase())
      if (!isAccessToken || typeof claims.exp !== 'number') return fail('invalid')
      // Where nobody signed in, the client stands for itself, as it does in a signed token (RFC 9068, section 2.2).
      return succeed(claims.sub === undefined && claims.client_id !== undefined ? { ...claims, sub: claims.client_id } : claims)
    } catch {
      return fail('introspection_unavailable')
    }
  }

  function keep(key: string, answer: Result<JWTPayload, IntrospectionFailure>): void {
    if (!answer.ok && answer.failure !== 'invalid') return
    const until = clock.now() + cacheSeconds * 1_000
    answers.set(key, answer as Result<JWTPayload, 'invalid'>, answer.ok ? Math.min(until, Number(answer.value.exp) * 1_000) : until)
  }

  return async function introspect(token: string): Promise<Result<JWTPayload, IntrospectionFailure>> {
    const key = createHash('sha256').update(token).digest('base64url')
    const known = answers.get(key)
    if (known !== undefined) return known
    const asked = pending.get(key) ?? ask(token).finally(() => pending.delete(key))
    pending.set(key, asked)
    const answer = await asked
    if (cacheSeconds > 0) keep(key, answer)
    return answer.ok && Number(answer.value.exp) * 1_000 <= clock.now() ? fail('invalid') : answer
  }
}
