import type { OAuthClientType } from '../../../domain/oauth-client.ts'
import type { AuthSigningAlgorithm, ClientMetadata } from './client-metadata.ts'
import { DEVICE_CODE, FAPI_ALGORITHMS, isFapi } from './client-metadata.ts'
import type { ComplainOf } from './field.ts'

const ALGORITHMS: readonly AuthSigningAlgorithm[] = FAPI_ALGORITHMS
const METHODS = ['private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth']

/** FAPI 2.0 Security Profile sections 5.3.2 and 5.4.1, as far as it is the client's part; the rest is the provider's to hold. */
export function checkFapi(client: ClientMetadata, type: OAuthClientType, complain: ComplainOf): void {
  if (!isFapi(client)) return
  const algorithm = client.token_endpoint_auth_signing_alg
  if (type === 'spa' || type === 'native') return complain('profile', `must be none for a client of type ${type}: FAPI 2.0 knows confidential clients only`)
  if (!METHODS.includes(client.token_endpoint_auth_method)) complain('token_endpoint_auth_method', 'must be private_key_jwt, tls_client_auth or self_signed_tls_client_auth with profile: fapi2')
  else if (client.token_endpoint_auth_method === 'private_key_jwt' && (algorithm === undefined || !ALGORITHMS.includes(algorithm))) complain('token_endpoint_auth_signing_alg', 'must be ES256, PS256, EdDSA or Ed25519 with profile: fapi2')
  for (const field of ['id_token_signed_response_alg', 'userinfo_signed_response_alg', 'request_object_signing_alg', 'authorization_signed_response_alg'] as const) if (client[field] === 'RS256') complain(field, 'must not be RS256 with profile: fapi2')
  if (!client.dpop_bound_access_tokens && !client.tls_client_certificate_bound_access_tokens) complain('dpop_bound_access_tokens', 'must not be false with profile: fapi2, unless tls_client_certificate_bound_access_tokens is true')
  if (client.grant_types.includes('authorization_code') && !client.require_pushed_authorization_requests) complain('require_pushed_authorization_requests', 'must not be false with profile: fapi2')
  if (client.grant_types.includes(DEVICE_CODE)) complain('grant_types', 'must not name device_code with profile: fapi2')
  if (client.redirect_uris.some((uri) => !uri.startsWith('https:'))) complain('redirect_uris', 'must all be https with profile: fapi2')
}
