import type { ClientMetadata } from 'oidc-provider'
import type Provider from 'oidc-provider'
import { ACCESS_TOKEN_ALGORITHM } from '../../../protocols/access-token.ts'
import { CLAIMS_BY_SCOPE } from '../tokens/account-claims.ts'
import type { RegisteredClient } from '../../../services/clients/index.ts'
import { isFapi } from '../../../services/clients/index.ts'

/** Fields of ours that the library hands through. */
export const OWN_CLIENT_FIELDS = [
  ...(['gatepost_is_first_party', 'gatepost_is_public', 'gatepost_is_registered', 'gatepost_is_unknown', 'gatepost_is_fapi', 'gatepost_on_behalf', 'gatepost_custom_ui_uri'] as const),
  ...(['gatepost_resource_scope', 'gatepost_access_token_format', 'gatepost_access_token_ttl', 'gatepost_id_token_ttl', 'gatepost_refresh_token_ttl'] as const),
] as const

const STANDARD_SCOPES: ReadonlySet<string> = new Set([...Object.keys(CLAIMS_BY_SCOPE), 'offline_access'])

/** In the place of the secret, which the library insists on and only its hash is kept of; it is compared with nothing. */
const UNUSED_SECRET = 'the secret is verified against its hash'

/** A registered client in the library's terms. */
export function toLibraryMetadata(client: RegisteredClient): ClientMetadata {
  const { metadata } = client
  const { access_token_format, access_token_ttl_seconds, id_token_ttl_seconds, refresh_token_ttl_seconds, profile: _profile, custom_ui_uri, token_exchange_audiences, token_exchange_subjects, token_exchange_mode, trusted_issuers, ...standard } = metadata
  const usesSecret = metadata.token_endpoint_auth_method.startsWith('client_secret_')
  const of = (isMeant: (scope: string) => boolean) => metadata.scope.split(' ').filter(isMeant).join(' ') || undefined
  const usesCode = metadata.grant_types.includes('authorization_code')
  return {
    // The library writes into it (certificates of `self_signed_tls_client_auth`), and what is described here is remembered.
    ...structuredClone(withoutScope(standard)),
    client_id: client.clientId,
    client_name: client.name,
    application_type: metadata.application_type ?? (isOnDevice(client) ? 'native' : 'web'),
    response_types: usesCode ? ['code'] : [],
    id_token_signed_response_alg: metadata.id_token_signed_response_alg ?? ACCESS_TOKEN_ALGORITHM,
    authorization_signed_response_alg: metadata.authorization_signed_response_alg ?? ACCESS_TOKEN_ALGORITHM,
    ...(usesSecret ? { client_secret: UNUSED_SECRET } : {}),
    // Left out where there is none: see `refuseUnregisteredScopes`.
    ...optional('scope', of((scope) => STANDARD_SCOPES.has(scope))),
    gatepost_is_first_party: client.isFirstParty,
    gatepost_is_public: client.isPublic,
    gatepost_is_registered: client.provenance === 'registered',
    gatepost_is_unknown: client.provenance !== 'operator',
    gatepost_is_fapi: isFapi(metadata),
    gatepost_resource_scope: of((scope) => !STANDARD_SCOPES.has(scope)) ?? '',
    gatepost_access_token_format: access_token_format,
    gatepost_access_token_ttl: access_token_ttl_seconds,
    gatepost_id_token_ttl: id_token_ttl_seconds,
    gatepost_refresh_token_ttl: refresh_token_ttl_seconds,
    gatepost_custom_ui_uri: custom_ui_uri,
    // How it may act for others: of the grants in grant-types/exchange-token.ts and take-assertion.ts.
    gatepost_on_behalf: { token_exchange_audiences, token_exchange_subjects, token_exchange_mode, trusted_issuers },
  } as unknown as ClientMetadata
}

/**
 * The library takes a client without `scope` for one that may ask for every scope of OpenID Connect; here it may ask for
 * none of them. A blank is true, and names nothing.
 */
export function refuseUnregisteredScopes(provider: Provider): void {
  Object.defineProperty(provider.Client.prototype, 'scope', { value: ' ', writable: true, configurable: true })
}

function optional(name: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: value }
}

function withoutScope<Fields extends { scope: string }>({ scope: _scope, ...others }: Fields): Omit<Fields, 'scope'> {
  return others
}

/** A scheme of its own is known to the library of native applications alone. */
function isOnDevice({ type, metadata }: RegisteredClient): boolean {
  return type === 'native' || (type === 'third_party' && metadata.redirect_uris.some((uri) => !/^https?:/.test(uri)))
}
