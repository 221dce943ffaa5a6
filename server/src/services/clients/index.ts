/**
 * Owns: OAuth clients: what they may declare (RFC 7591, OpenID Connect Registration 1.0, ours), kept, changed, found by the
 * provider within a second of a change, and their secrets; clients that register themselves (RFC 7591, 7592) or are described by
 * a metadata document; and the resources that they ask for access tokens for (RFC 8707). Does not own: what a client is then given
 * (the provider), or what people consented to.
 */
export { createClients } from './clients.ts'
export type { Clients, ClientFailure } from './clients.ts'
export type { RegisteredClient } from './registered-client.ts'
export type { ResourceFailure, Resources } from './resources/resources.ts'
export type { RegisteredResource } from './resources/registered-resource.ts'
export { scopesFor } from './resources/registered-resource.ts'
export type { PlannedClients } from './apply-declared.ts'
export type { ClientMetadata, TrustedIssuer } from './metadata/client-metadata.ts'
export { AUTH_SIGNING_ALGORITHMS, FAPI_ALGORITHMS, isFapi, JWT_BEARER, TOKEN_EXCHANGE } from './metadata/client-metadata.ts'
export { OF_A_SESSION } from './metadata/trusted-issuers.ts'
export { createRegistrations } from './registration/registrations.ts'
export { createMetadataDocuments } from './metadata-documents/metadata-documents.ts'
export { describeRegistration } from './registration/describe-registration.ts'
export type { RegistrationFailure, Registered, Registrations } from './registration/registration-types.ts'
export { CLIENT_USE_NOTED_MS, REGISTRATION_TOKEN_MAX_TTL_MS, REGISTRATION_TOKEN_MAX_USES, REGISTRATION_TOKEN_TTL_MS } from './lifetimes.ts'
