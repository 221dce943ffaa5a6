/**
 * Owns: signed-in browsers and devices: sessions, refresh tokens and their rotation, access tokens, ending. Does not own:
 * how somebody proved who they are. Source: RFC 9700 section 4.14, OWASP ASVS 5.0 V7.
 */
export { createSessions } from './sessions.ts'
export { actorOf } from './actor.ts'
export type { Actor } from './actor.ts'
export type { EndReason, IssuedTokens, RefreshFailure, SessionRecord, Sessions, SignedIn, StartedSession, UserRecord } from './session-types.ts'
export { ACR_VALUES, acrOf, amrOf } from './amr-of.ts'
export * from './lifetimes.ts'
