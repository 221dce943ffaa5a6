/**
 * Signs people in to a single-page application of its own origin: a public client of OpenID Connect.
 * Owns: the way there and back (authorization code, PKCE, state, nonce), tokens in memory, their renewal, a `fetch` that shows them to the
 * APIs that were named, signing out. Does not own: pages on Gatepost's own origin, which have a session cookie (@gatepost/browser).
 * Spec: OpenID Connect Core 1.0, RFC 9700, RFC 9449, RP-Initiated Logout 1.0.
 */
import { createOidcSessionIn, type OidcSession, type OidcSessionOptions } from './create-oidc-session.ts'
import { currentOidcPage } from './oidc-page.ts'

export { GatepostError } from '../gatepost-error.ts'
export type { OidcSession, OidcSessionOptions, OidcSignInOptions, OidcUser } from './create-oidc-session.ts'

/** One for a page. */
export function createOidcSession(options: OidcSessionOptions): OidcSession {
  return createOidcSessionIn(currentOidcPage(), options)
}
