import type { JWTVerifyGetKey } from 'jose'
import * as joseErrors from 'jose/errors'
import { createLocalJWKSet } from 'jose/jwks/local'
import type { GuardedFetch } from '../../../platform/guarded-fetch.ts'
import type { TrustedIssuer } from '../../../services/clients/index.ts'

const FETCH_TIMEOUT_MS = 3_000
/** How long fetched keys are believed: a key that its issuer withdrew is refused no later. */
const KEYS_CACHE_MS = 5 * 60 * 1_000
/** An unknown key is looked for again no sooner, so that nobody makes us ask in a row. */
const REFETCH_COOL_DOWN_MS = 30 * 1_000
const MAX_REMEMBERED = 100

interface Fetched {
  readonly find: JWTVerifyGetKey
  readonly at: number
}

/** The keys of issuers that clients trust: written down with the client, or fetched from where they are published. */
export function createIssuerKeys({ guardedFetch, now }: { guardedFetch: GuardedFetch; now: () => number }): (issuer: TrustedIssuer) => JWTVerifyGetKey {
  const fetched = new Map<string, Fetched>()

  async function fetchKeys(url: string, youngerThan: number): Promise<Fetched> {
    const known = fetched.get(url)
    if (known && now() - known.at < youngerThan) return known
    const answer = await guardedFetch({ url, method: 'GET', headers: { accept: 'application/json' }, timeoutMs: FETCH_TIMEOUT_MS })
    if (answer.outcome === 'failed' || answer.status !== 200) throw new joseErrors.JWKSNoMatchingKey('the keys cannot be had')
    const found: Fetched = { find: createLocalJWKSet(parse(answer.body) as never), at: now() }
    const [oldest] = fetched.size >= MAX_REMEMBERED ? fetched.keys() : []
    if (oldest !== undefined) fetched.delete(oldest)
    fetched.set(url, found)
    return found
  }

  return ({ jwks, jwks_uri: url }) => {
    if (url === undefined) return createLocalJWKSet({ keys: [...(jwks?.keys ?? [])] })
    return async (header, token) => {
      try {
        return await (await fetchKeys(url, KEYS_CACHE_MS)).find(header, token)
      } catch (error) {
        if (!(error instanceof joseErrors.JWKSNoMatchingKey)) throw error
        return (await fetchKeys(url, REFETCH_COOL_DOWN_MS)).find(header, token)
      }
    }
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new joseErrors.JWKSInvalid()
  }
}
