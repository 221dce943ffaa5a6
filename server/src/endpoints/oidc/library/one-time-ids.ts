import Provider from 'oidc-provider'
import { sha256 } from '../../../platform/digest.ts'
import type { Grants } from '../../../services/grants/index.ts'
import { MAX_AHEAD_SECONDS } from './clock-skew.ts'

/** Requests whose client assertion was checked and whose id is asked about next. */
const assertionsShown = new WeakSet<object>()

/** Its id is the next one that the library wants to be spent for this request. */
export function noteAssertion(ctx: object): void {
  assertionsShown.add(ctx)
}

/**
 * Every `jti` of a client assertion (RFC 7523 section 3) and of a DPoP proof (RFC 9449 section 11.1) is good once, at all
 * instances together. The library asks for both by one name; a client may use the same id in each.
 */
export function spendIdsOnce(provider: Provider, grants: Grants): void {
  const { ReplayDetection } = provider as unknown as { ReplayDetection: { unique(issuer: string, jti: string, exp: number): Promise<boolean> } }
  ReplayDetection.unique = (issuer, jti, exp) => {
    const key = sha256(JSON.stringify([issuer, jti]))
    const { ctx } = Provider
    if (ctx !== undefined && assertionsShown.delete(ctx)) return grants.spendOnce('client_assertion', key, exp * 1_000)
    // A proof from a clock that is ahead is taken that much longer than the library reckons.
    return grants.spendOnce('dpop_proof', key, (exp + MAX_AHEAD_SECONDS) * 1_000)
  }
}
