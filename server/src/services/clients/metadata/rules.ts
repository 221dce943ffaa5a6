/** What fields of a client ask of each other and of its type. A rule is kept back while a field it reads is wrong by itself. */
import type { OAuthClientType } from '../../../domain/oauth-client.ts'
import { checkCertificates, checkRequestObjects, SUBJECT_FIELDS } from './certificates.ts'
import type { ClientMetadata, GrantType } from './client-metadata.ts'
import { DEVICE_CODE, isPublicType, JWT_BEARER, TOKEN_EXCHANGE } from './client-metadata.ts'
import type { ComplainOf } from './field.ts'
import { listed } from './fields.ts'
import { checkFapi } from './fapi.ts'
import { hasKeyFor } from './json-web-keys.ts'

type Rule = readonly [reads: readonly (keyof ClientMetadata)[], check: (client: ClientMetadata, type: OAuthClientType, complain: ComplainOf) => void]


const GRANTS_OF: Readonly<Record<OAuthClientType, readonly GrantType[]>> = {
  web: ['authorization_code', 'refresh_token', 'client_credentials', DEVICE_CODE, TOKEN_EXCHANGE, JWT_BEARER],
  spa: ['authorization_code', 'refresh_token'],
  native: ['authorization_code', 'refresh_token', DEVICE_CODE],
  machine: ['client_credentials', TOKEN_EXCHANGE, JWT_BEARER],
  third_party: ['authorization_code', 'refresh_token', DEVICE_CODE],
}

export const RULES: readonly Rule[] = [
  [['grant_types'], checkGrants],
  [['grant_types', 'redirect_uris'], checkRedirects],
  [['application_type', 'redirect_uris'], checkApplicationType],
  [['grant_types', 'scope'], checkScopes],
  [['token_endpoint_auth_method'], checkMethod],
  [['token_endpoint_auth_method', 'jwks', 'jwks_uri', 'token_endpoint_auth_signing_alg'], checkKeys],
  [['subject_type', 'sector_identifier_uri', 'redirect_uris', 'grant_types', 'token_endpoint_auth_method', 'jwks_uri'], checkSubject],
  [['backchannel_logout_uri', 'backchannel_logout_session_required'], checkBackchannel],
  [['frontchannel_logout_uri', 'frontchannel_logout_session_required', 'redirect_uris'], checkFrontchannel],
  [['require_pushed_authorization_requests', 'grant_types'], checkPushed],
  [['custom_ui_uri', 'grant_types'], checkScreen],
  [['token_exchange_audiences', 'token_exchange_subjects', 'trusted_issuers', 'grant_types'], checkOnBehalf],
  [['token_endpoint_auth_method', 'jwks', 'jwks_uri', 'dpop_bound_access_tokens', 'tls_client_certificate_bound_access_tokens', ...SUBJECT_FIELDS], checkCertificates],
  [['request_object_signing_alg', 'require_signed_request_object', 'jwks', 'jwks_uri'], checkRequestObjects],
  [['profile', 'token_endpoint_auth_method', 'token_endpoint_auth_signing_alg', 'id_token_signed_response_alg', 'userinfo_signed_response_alg', 'request_object_signing_alg', 'authorization_signed_response_alg', 'require_pushed_authorization_requests', 'dpop_bound_access_tokens', 'tls_client_certificate_bound_access_tokens', 'redirect_uris', 'grant_types'], checkFapi],
]

function checkGrants({ grant_types: grants }: ClientMetadata, type: OAuthClientType, complain: ComplainOf): void {
  if (grants.length === 0) return complain('grant_types', 'must name at least one')
  const refused = grants.find((grant) => !GRANTS_OF[type].includes(grant))
  if (refused !== undefined) complain('grant_types', `must not name ${refused}: a client of type ${type} takes ${listed(GRANTS_OF[type])}`)
  if ((type === 'web' || type === 'spa') && !grants.includes('authorization_code')) complain('grant_types', `must name authorization_code: a client of type ${type} signs people in`)
  if (grants.includes('refresh_token') && !grants.includes('authorization_code') && !grants.includes(DEVICE_CODE)) {
    complain('grant_types', 'must not name refresh_token alone: one is given with authorization_code or device_code')
  }
}

function checkRedirects({ grant_types: grants, redirect_uris: uris, post_logout_redirect_uris: afterwards }: ClientMetadata, type: OAuthClientType, complain: ComplainOf): void {
  if (type === 'machine') return
  const redirects = grants.includes('authorization_code')
  if (redirects && uris.length === 0) complain('redirect_uris', 'must name at least one')
  if (!redirects && uris.length > 0) complain('redirect_uris', 'must be left out without authorization_code')
  if (!redirects && afterwards.length > 0) complain('post_logout_redirect_uris', 'must be left out without authorization_code')
}

/** OpenID Connect Registration 1.0 section 2, and stricter: what is on the device is a native application's. */
function checkApplicationType({ application_type: applicationType, redirect_uris: uris }: ClientMetadata, _type: OAuthClientType, complain: ComplainOf): void {
  if (applicationType === 'web' && uris.some((uri) => !uri.startsWith('https:'))) complain('redirect_uris', 'must be https with application_type: web')
}

function checkScopes({ grant_types: grants, scope }: ClientMetadata, type: OAuthClientType, complain: ComplainOf): void {
  const names = scope.split(' ')
  const aboutPeople = names.find((name) => ['openid', 'profile', 'email', 'phone', 'address', 'offline_access'].includes(name))
  if (type === 'machine' && aboutPeople !== undefined) complain('scope', `must not name ${aboutPeople}: nobody signs in to a machine`)
  else if (names.includes('offline_access') && !grants.includes('refresh_token')) complain('scope', 'must not name offline_access without the grant refresh_token')
}

function checkMethod({ token_endpoint_auth_method: method }: ClientMetadata, type: OAuthClientType, complain: ComplainOf): void {
  if (isPublicType(type) && method !== 'none') complain('token_endpoint_auth_method', `must be none: a client of type ${type} keeps no secret (RFC 6749 section 2.1)`)
  if ((type === 'web' || type === 'machine') && method === 'none') complain('token_endpoint_auth_method', `must not be none for a client of type ${type}`)
}

function checkKeys(client: ClientMetadata, _type: OAuthClientType, complain: ComplainOf): void {
  const { token_endpoint_auth_method: method, token_endpoint_auth_signing_alg: algorithm, jwks, jwks_uri: jwksUri } = client
  // RFC 7591 section 2.
  if (jwks && jwksUri !== undefined) complain('jwks', 'must not stand beside jwks_uri')
  if (method !== 'private_key_jwt') {
    if (algorithm !== undefined) complain('token_endpoint_auth_signing_alg', 'must be left out without token_endpoint_auth_method: private_key_jwt')
    return
  }
  if (!jwks && jwksUri === undefined) complain('jwks', 'must be given, or jwks_uri, with token_endpoint_auth_method: private_key_jwt')
  if (jwks && algorithm !== undefined && !hasKeyFor(jwks.keys, algorithm)) complain('jwks', `has no key for ${algorithm}`)
}

/** OpenID Connect Core 1.0 section 8.1: without a URI that says so, addresses of two hosts are of two sectors. */
function checkSubject(client: ClientMetadata, type: OAuthClientType, complain: ComplainOf): void {
  const { subject_type: subject, sector_identifier_uri: sector, redirect_uris: uris, grant_types: grants } = client
  if (type === 'machine') return
  if (subject === 'public') {
    if (sector !== undefined) complain('sector_identifier_uri', 'must be left out without subject_type: pairwise')
    return
  }
  const sectors = new Set(uris.map((uri) => (uri.startsWith('https:') ? new URL(uri).host : '')))
  if (sector === undefined && (sectors.size !== 1 || sectors.has(''))) complain('sector_identifier_uri', 'must be given with subject_type: pairwise unless every redirect URI is https on one host')
  if (grants.includes(DEVICE_CODE) && (client.token_endpoint_auth_method !== 'private_key_jwt' || client.jwks_uri === undefined)) {
    complain('subject_type', 'must be public with device_code, unless the client has private_key_jwt with jwks_uri')
  }
}

function checkBackchannel({ backchannel_logout_uri: uri, backchannel_logout_session_required: needsSession }: ClientMetadata, _type: OAuthClientType, complain: ComplainOf): void {
  if (needsSession && uri === undefined) complain('backchannel_logout_session_required', 'must be left out without backchannel_logout_uri')
}

/** OpenID Connect Front-Channel Logout 1.0 section 2: scheme, host and port are those of a redirect URI. */
function checkFrontchannel(client: ClientMetadata, _type: OAuthClientType, complain: ComplainOf): void {
  const { frontchannel_logout_uri: uri, frontchannel_logout_session_required: needsSession, redirect_uris: uris } = client
  if (needsSession && uri === undefined) complain('frontchannel_logout_session_required', 'must be left out without frontchannel_logout_uri')
  if (uri !== undefined && !uris.some((one) => new URL(one).origin === new URL(uri).origin)) complain('frontchannel_logout_uri', 'must have the scheme, host and port of a redirect URI')
}

function checkPushed({ require_pushed_authorization_requests: isRequired, grant_types: grants }: ClientMetadata, _type: OAuthClientType, complain: ComplainOf): void {
  if (isRequired && !grants.includes('authorization_code')) complain('require_pushed_authorization_requests', 'must be left out without authorization_code')
}

/** RFC 8693, RFC 7523 section 2.1: what is only for a grant is left out without it. */
function checkOnBehalf(client: ClientMetadata, _type: OAuthClientType, complain: ComplainOf): void {
  const { grant_types: grants, token_exchange_audiences: audiences, token_exchange_subjects: subjects, trusted_issuers: issuers } = client
  if (!grants.includes(TOKEN_EXCHANGE)) {
    if (audiences.length > 0) complain('token_exchange_audiences', 'must be left out without token-exchange')
    if (subjects.length > 0) complain('token_exchange_subjects', 'must be left out without token-exchange')
  }
  if (!grants.includes(JWT_BEARER) && issuers.length > 0) complain('trusted_issuers', 'must be left out without jwt-bearer')
}

/** Whoever shows the screen sees passwords and codes: nobody's but one's own. */
function checkScreen({ custom_ui_uri: uri, grant_types: grants }: ClientMetadata, type: OAuthClientType, complain: ComplainOf): void {
  if (uri === undefined) return
  if (type === 'third_party') complain('custom_ui_uri', 'must be left out for a client of type third_party: its people would show their passwords to somebody else')
  else if (!grants.includes('authorization_code')) complain('custom_ui_uri', 'must be left out without authorization_code')
}
