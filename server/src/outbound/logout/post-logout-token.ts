import type { GuardedFetch } from '../../platform/guarded-fetch.ts'

/** What became of one attempt; `reason` is for operators and never what a server said. */
export type LogoutOutcome =
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'failed'; readonly isPermanent: boolean; readonly reason: string }

/** A client ends a session within milliseconds; it need not wait for anything. */
const TIMEOUT_MS = 5_000
/** Too early, or too many at once (RFC 9110 section 15.5, RFC 6585 section 4). */
const PASSING = new Set([408, 425, 429])

/**
 * OpenID Connect Back-Channel Logout 1.0 section 2.5. A redirect is not followed, and a client that refuses the request (section
 * 2.8) refuses the next one, too.
 */
export async function postLogoutToken(guardedFetch: GuardedFetch, url: string, token: string): Promise<LogoutOutcome> {
  const answer = await guardedFetch({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ logout_token: token }).toString(),
    timeoutMs: TIMEOUT_MS,
  })
  if (answer.outcome === 'failed') {
    const isPassing = answer.failure === 'timeout' || answer.failure === 'unreachable'
    return { outcome: 'failed', isPermanent: !isPassing, reason: `the client could not be asked (${answer.failure})` }
  }
  const { status } = answer
  if (status >= 200 && status < 300) return { outcome: 'delivered' }
  return { outcome: 'failed', isPermanent: status < 500 && !PASSING.has(status), reason: `the client answered ${status}` }
}
