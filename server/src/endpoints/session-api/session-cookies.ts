import type { KnownDevice } from '../../services/known-devices/index.ts'
import type { IssuedTokens } from '../../services/sessions/index.ts'
import type { SessionApiDeps } from './route.ts'

/** The three cookies of a session; the CSRF token is made anew, bound to it. */
export function sessionCookies({ jar, csrf, clock }: SessionApiDeps, tokens: IssuedTokens, csrfCookie: string | undefined): string[] {
  const cookies = jar.session(tokens, clock.now())
  return csrf.isCurrent(csrfCookie, tokens.session.id) ? cookies : [...cookies, jar.csrf(csrf.issue(tokens.session.id))]
}

export function knownCookie({ jar, clock }: SessionApiDeps, { secret, expiresAt }: KnownDevice): string {
  return jar.known(secret, expiresAt, clock.now())
}
