/**
 * Who is signed in, for applications beside a Gatepost server, and what a client may do, for resource servers.
 * Owns: verifying access tokens against the published keys or by introspection, and the answer that who lacks one gets. Does not own:
 * signing in (sign-in/), refreshing, revocation (a token that verifies here may have been revoked up to ten minutes ago).
 * Spec: RFC 9068, RFC 6750, RFC 7517, RFC 7662, RFC 9449, RFC 9470, RFC 9728.
 */
export type { Clock } from './clock.ts'
export { createVerifier, type AuthenticationFailure, type Verifier, type VerifierOptions } from './create-verifier.ts'
export { decideAccess, type Access, type GuardedRequest, type GuardOptions, type Refusal } from './decide-access.ts'
export type { AccessTokenClaims, Identity } from './identity.ts'
export type { IntrospectionOptions } from './introspection.ts'
export type { RequestHeaders } from './read-header.ts'
export { findIdentity, getIdentity } from './request-identity.ts'
export { getToken } from './request-token.ts'
export type { Result } from './result.ts'
export { describeResource, type ResourceMetadata, type ResourceMetadataOptions } from './resource-metadata.ts'
export { createResourceServer, type ResourceServer, type ResourceServerOptions, type TokenAccess, type TokenDemands } from './resource-server.ts'
export { localReturnTo } from './return-to.ts'
export { ACCESS_TOKEN_MAX_LENGTH, CLOCK_LEEWAY_SECONDS, type TokenFailure } from './verify-jwt.ts'
export type { VerifiedToken } from './verified-token.ts'
