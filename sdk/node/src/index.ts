/**
 * Who is signed in, for applications beside a Gatepost server.
 * Owns: verifying access tokens against the published keys, and the answer a stranger gets. Does not own: signing in, refreshing,
 * revocation (a token that verifies here may have been revoked up to ten minutes ago). Spec: RFC 9068, RFC 6750, RFC 7517.
 */
export type { Clock } from './clock.ts'
export {
  ACCESS_TOKEN_MAX_LENGTH,
  CLOCK_LEEWAY_SECONDS,
  createVerifier,
  type AuthenticationFailure,
  type TokenFailure,
  type Verifier,
  type VerifierOptions,
} from './create-verifier.ts'
export { decideAccess, type Access, type GuardedRequest, type GuardOptions, type Refusal } from './decide-access.ts'
export type { AccessTokenClaims, Identity } from './identity.ts'
export type { RequestHeaders } from './read-header.ts'
export { findIdentity, getIdentity } from './request-identity.ts'
export type { Result } from './result.ts'
export { localReturnTo } from './return-to.ts'
