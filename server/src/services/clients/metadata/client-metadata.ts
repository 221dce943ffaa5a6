import type { JsonWebKey } from 'node:crypto'
import type { OAuthClientType } from '../../../domain/oauth-client.ts'
import {
  CLIENT_REFRESH_TOKEN_TTL_SECONDS,
  CLIENT_TOKEN_TTL_SECONDS,
  SPA_REFRESH_TOKEN_TTL_SECONDS,
} from '../lifetimes.ts'

/** RFC 8628 section 3.4. */
export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'
/** RFC 8693 section 2.1. */
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
/** RFC 7523 section 2.1. */
export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

export const GRANT_TYPES = [
  'authorization_code',
  'refresh_token',
  'client_credentials',
  DEVICE_CODE,
  TOKEN_EXCHANGE,
  JWT_BEARER,
] as const
export type GrantType = (typeof GRANT_TYPES)[number]

/** Not `client_secret_jwt`: it would need the secret itself, and only its hash is kept. */
export const AUTH_METHODS = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth'] as const
export type AuthMethod = (typeof AUTH_METHODS)[number]

/** FAPI 2.0 Security Profile section 5.4.1: no RS256. */
export const FAPI_ALGORITHMS = ['ES256', 'PS256', 'EdDSA', 'Ed25519'] as const
export const AUTH_SIGNING_ALGORITHMS = [...FAPI_ALGORITHMS, 'RS256'] as const
export type AuthSigningAlgorithm = (typeof AUTH_SIGNING_ALGORITHMS)[number]

/** Those that this server has keys of: for ID tokens, and for UserInfo responses that are signed. */
export const ID_TOKEN_ALGORITHMS = ['ES256', 'RS256'] as const

export const APPLICATION_TYPES = ['web', 'native'] as const
export const PROFILES = ['none', 'fapi2'] as const

/**
 * Client metadata, whole, in the wire's spelling (RFC 7591 section 2, OpenID Connect Registration 1.0 section 2, RFC 9126,
 * RFC 9449, RFC 9101, RFC 8705, JARM, Back-Channel and Front-Channel Logout 1.0); `access_token_format`, the lifetimes, `custom_ui_uri` and
 * `profile` are ours.
 */
export interface ClientMetadata {
  readonly redirect_uris: readonly string[]
  readonly post_logout_redirect_uris: readonly string[]
  readonly grant_types: readonly GrantType[]
  /** What it may ask for, separated by spaces; empty: nothing. */
  readonly scope: string
  readonly token_endpoint_auth_method: AuthMethod
  /** Of a third party's client, whose type does not say it. */
  readonly application_type?: (typeof APPLICATION_TYPES)[number]
  readonly token_endpoint_auth_signing_alg?: AuthSigningAlgorithm
  readonly id_token_signed_response_alg?: (typeof ID_TOKEN_ALGORITHMS)[number]
  /** A UserInfo response is JSON without it, and a JWT with it. */
  readonly userinfo_signed_response_alg?: (typeof ID_TOKEN_ALGORITHMS)[number]
  readonly jwks?: { readonly keys: readonly JsonWebKey[] }
  readonly jwks_uri?: string
  readonly subject_type: 'public' | 'pairwise'
  readonly sector_identifier_uri?: string
  readonly access_token_format: 'jwt' | 'opaque'
  readonly access_token_ttl_seconds: number
  readonly id_token_ttl_seconds: number
  readonly refresh_token_ttl_seconds: number
  readonly backchannel_logout_uri?: string
  readonly backchannel_logout_session_required: boolean
  readonly frontchannel_logout_uri?: string
  readonly frontchannel_logout_session_required: boolean
  readonly initiate_login_uri?: string
  /** Where people sign in, in the place of our pages; ours (docs/custom-sign-in-screens.md). */
  readonly custom_ui_uri?: string
  readonly default_max_age?: number
  readonly require_auth_time: boolean
  readonly require_pushed_authorization_requests: boolean
  readonly dpop_bound_access_tokens: boolean
  readonly request_object_signing_alg?: AuthSigningAlgorithm
  readonly require_signed_request_object: boolean
  readonly authorization_signed_response_alg?: (typeof ID_TOKEN_ALGORITHMS)[number]
  readonly tls_client_auth_subject_dn?: string
  readonly tls_client_auth_san_dns?: string
  readonly tls_client_auth_san_uri?: string
  readonly tls_client_auth_san_ip?: string
  readonly tls_client_auth_san_email?: string
  readonly tls_client_certificate_bound_access_tokens: boolean
  readonly profile: (typeof PROFILES)[number]
  /** Resources that tokens of others may be exchanged for (RFC 8693). */
  readonly token_exchange_audiences: readonly string[]
  /** Clients whose tokens it may exchange, and `gatepost:session`. */
  readonly token_exchange_subjects: readonly string[]
  readonly token_exchange_mode: 'delegation' | 'impersonation'
  /** Whose assertions it may show (RFC 7523 section 2.1). */
  readonly trusted_issuers: readonly TrustedIssuer[]
  readonly client_uri?: string
  readonly policy_uri?: string
  readonly tos_uri?: string
  readonly contacts: readonly string[]
}

/** Somebody else who says whom a client acts for. */
export interface TrustedIssuer {
  readonly issuer: string
  readonly jwks?: { readonly keys: readonly JsonWebKey[] }
  readonly jwks_uri?: string
  /** What `sub` is: an id of ours, a proven address of ours, or the client itself. */
  readonly subject: 'user_id' | 'email' | 'client'
}

/** What was declared of it. */
export type DeclaredMetadata = Partial<ClientMetadata>

/** Public clients keep no secret (RFC 6749 section 2.1). */
export const isPublicType = (type: OAuthClientType) => type === 'spa' || type === 'native'

/** Whether it declared that it holds the FAPI 2.0 Security Profile. */
export const isFapi = ({ profile }: DeclaredMetadata) => profile === 'fapi2'

/** Whatever was left out has the default of its type. */
export function completeMetadata(type: OAuthClientType, declared: DeclaredMetadata): ClientMetadata {
  const grantTypes = declared.grant_types ?? (type === 'machine' ? ['client_credentials'] : ['authorization_code', 'refresh_token'])
  const holdsFapi = isFapi(declared)
  return {
    redirect_uris: [],
    post_logout_redirect_uris: [],
    grant_types: grantTypes,
    scope: type === 'machine' ? '' : `openid profile email${grantTypes.includes('refresh_token') ? ' offline_access' : ''}`,
    token_endpoint_auth_method: isPublicType(type) ? 'none' : holdsFapi ? 'private_key_jwt' : 'client_secret_basic',
    subject_type: 'public',
    access_token_format: 'jwt',
    access_token_ttl_seconds: CLIENT_TOKEN_TTL_SECONDS,
    id_token_ttl_seconds: CLIENT_TOKEN_TTL_SECONDS,
    refresh_token_ttl_seconds: type === 'spa' ? SPA_REFRESH_TOKEN_TTL_SECONDS : CLIENT_REFRESH_TOKEN_TTL_SECONDS,
    backchannel_logout_session_required: false,
    frontchannel_logout_session_required: false,
    require_auth_time: false,
    require_pushed_authorization_requests: holdsFapi && grantTypes.includes('authorization_code'),
    dpop_bound_access_tokens: holdsFapi && declared.tls_client_certificate_bound_access_tokens !== true,
    require_signed_request_object: false,
    tls_client_certificate_bound_access_tokens: false,
    profile: 'none',
    token_exchange_audiences: [],
    token_exchange_subjects: [],
    token_exchange_mode: 'delegation',
    trusted_issuers: [],
    contacts: [],
    ...declared,
  }
}

/** Whether it shows who it is by a secret. */
export function usesSecret({ token_endpoint_auth_method: method }: ClientMetadata): boolean {
  return method === 'client_secret_basic' || method === 'client_secret_post'
}
