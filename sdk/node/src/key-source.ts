import type { CryptoKey } from 'jose'
import type { Clock } from './clock.ts'
import { fetchKeySet, type KeySet } from './fetch-key-set.ts'
import { fail, succeed, type Result } from './result.ts'

export interface KeySource {
  findKey(kid: string): Promise<Result<CryptoKey, 'unknown_key' | 'keys_unavailable'>>
}

/** After this the set is asked for again, so that a key that was withdrawn stops counting. */
export const KEY_SET_MAX_AGE_MILLISECONDS = 10 * 60_000
/** At most one fetch in this time for key ids that nobody knows: a stranger can invent as many as they like. */
export const UNKNOWN_KEY_COOL_DOWN_MILLISECONDS = 10_000
/** At most one fetch in this time while the server does not answer. */
export const RETRY_COOL_DOWN_MILLISECONDS = 2_000

/**
 * The keys of one issuer: fetched when first needed, shared by everybody waiting, refreshed when they age or an unknown key id
 * appears, and kept in use while the server is down (what they signed lives ten minutes, and nothing new is signed meanwhile).
 */
export function createKeySource(options: { jwksUrl: string; fetch: typeof globalThis.fetch; clock: Clock }): KeySource {
  const { jwksUrl, fetch, clock } = options
  let keySet: KeySet | undefined
  let fetchedAt: number | undefined
  let failedAt: number | undefined
  let searchedAt: number | undefined
  let pending: Promise<boolean> | undefined

  function hasPassed(since: number | undefined, milliseconds: number): boolean {
    if (since === undefined) return true
    const elapsed = clock.now() - since
    // A wall clock that was set back must not freeze the keys until it has caught up.
    return elapsed < 0 || elapsed >= milliseconds
  }

  function refresh(): Promise<boolean> {
    pending ??= fetchKeySet(jwksUrl, fetch)
      .then((fetched) => {
        if (fetched === undefined) {
          failedAt = clock.now()
          return false
        }
        keySet = fetched
        fetchedAt = clock.now()
        failedAt = undefined
        return true
      })
      .finally(() => {
        pending = undefined
      })
    return pending
  }

  async function search(): Promise<boolean> {
    if (pending !== undefined) return pending
    if (!hasPassed(searchedAt, UNKNOWN_KEY_COOL_DOWN_MILLISECONDS)) return true
    searchedAt = clock.now()
    return refresh()
  }

  return {
    async findKey(kid) {
      if (hasPassed(fetchedAt, KEY_SET_MAX_AGE_MILLISECONDS) && hasPassed(failedAt, RETRY_COOL_DOWN_MILLISECONDS)) await refresh()
      if (keySet === undefined) return fail('keys_unavailable')
      const known = keySet.get(kid)
      if (known !== undefined) return succeed(known)
      const isAnswered = await search()
      const found = keySet.get(kid)
      if (found !== undefined) return succeed(found)
      return fail(isAnswered ? 'unknown_key' : 'keys_unavailable')
    },
  }
}
