/**
 * Signs people in to an application of its own origin, through Gatepost as OpenID provider.
 * Owns: the way there and back (authorization code, PKCE, state, nonce), the session cookie, signing out here and there, logout tokens.
 * Does not own: tokens for other services, which it hands to the application's own session.
 * Spec: OpenID Connect Core 1.0, RP-Initiated Logout 1.0, Back-Channel Logout 1.0, RFC 9207.
 */
export { createSignIn, type ApplicationSession, type SignIn, type SignInAccess, type SignInAnswer, type SignInDemands, type SignInOptions, type SignInPaths, type SignInRequest } from './create-sign-in.ts'
export type { EndedSessions } from './ended-sessions.ts'
export type { EndedSession } from './logout-token.ts'
export type { SignedIn, SignInTokens } from './signed-in.ts'
