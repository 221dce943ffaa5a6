import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Clock } from '../../platform/clock.ts'
import type { AccessTokenClaims, AccessTokenFailure } from '../../protocols/access-token.ts'
import { verifyAccessToken } from '../../protocols/access-token.ts'
import type { Keys } from '../keys/index.ts'
import { APP_AUDIENCE } from './lifetimes.ts'

/** Tokens whose signature is remembered: a signed-in browser presents the same one for ten minutes. */
const REMEMBERED_TOKENS = 5_000

/**
 * Verifies access tokens and remembers good signatures, which never go bad; expiry and the key's standing are asked each
 * time. The session behind the token is the caller's question to the database.
 */
export function createVerifiedTokens({ keys, clock, issuer }: { keys: Keys; clock: Clock; issuer: string }) {
  const remembered = new Map<string, { claims: AccessTokenClaims; kid: string }>()

  async function recall(token: string): Promise<Result<AccessTokenClaims, AccessTokenFailure> | undefined> {
    const known = remembered.get(token)
    if (!known) return undefined
    const isPresentable = (await keys.findVerificationKey(known.kid)) !== undefined
    const isAlive = known.claims.exp * 1_000 > clock.now()
    if (isAlive && isPresentable) return succeed(known.claims)
    remembered.delete(token)
    return fail(isAlive ? 'invalid_token' : 'expired_token')
  }

  return async function verify(token: string): Promise<Result<AccessTokenClaims, AccessTokenFailure>> {
    const recalled = await recall(token)
    if (recalled) return recalled
    let kid = ''
    const findKey = (named: string) => {
      kid = named
      return keys.findVerificationKey(named)
    }
    const verified = await verifyAccessToken(token, { issuer, audience: APP_AUDIENCE, now: clock.now(), findKey })
    if (!verified.ok) return verified
    // A Map keeps insertion order: its first key is the oldest.
    if (remembered.size >= REMEMBERED_TOKENS) remembered.delete(remembered.keys().next().value!)
    remembered.set(token, { claims: verified.value, kid })
    return verified
  }
}
