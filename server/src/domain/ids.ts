/** Ids are UUIDv7 text (RFC 9562 section 5.7), branded so that one noun's id is never passed as another's. */
declare const brand: unique symbol
export type Branded<Name extends string> = string & { readonly [brand]: Name }

export type TenantId = Branded<'TenantId'>
export type UserId = Branded<'UserId'>
export type IdentityId = Branded<'IdentityId'>
export type SessionId = Branded<'SessionId'>
export type RefreshTokenId = Branded<'RefreshTokenId'>
export type FlowId = Branded<'FlowId'>
/** A one-time code that was sent, known to API clients as `challenge_id`. */
export type ChallengeId = Branded<'ChallengeId'>
export type TotpId = Branded<'TotpId'>
export type TrustedDeviceId = Branded<'TrustedDeviceId'>
export type PasskeyId = Branded<'PasskeyId'>
export type FormerPasswordId = Branded<'FormerPasswordId'>
export type InvitationId = Branded<'InvitationId'>
export type SigningKeyId = Branded<'SigningKeyId'>
/** What a client was granted in one session. */
export type GrantId = Branded<'GrantId'>
export type OutboxId = Branded<'OutboxId'>
export type EventId = Branded<'EventId'>
/** `client_id` of RFC 6749 section 2.2: a UUIDv7, or what an operator chose. */
export type OAuthClientId = Branded<'OAuthClientId'>
export type ClientSecretId = Branded<'ClientSecretId'>
/** An initial access token of RFC 7591. */
export type RegistrationTokenId = Branded<'RegistrationTokenId'>
/** An absolute URI without fragment (RFC 8707 section 2). */
export type ResourceIdentifier = Branded<'ResourceIdentifier'>

/** The tenant that the first migration makes; most installations never see another. */
export const DEFAULT_TENANT_ID = '00000000-0000-7000-8000-000000000001' as TenantId

/** No account has it: what is looked up for an account is looked up for a stranger too, and costs the same. */
export const NOBODY_ID = '00000000-0000-7000-8000-000000000000' as UserId

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for the canonical lower-case text form only; anything else is not an id of ours. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}
