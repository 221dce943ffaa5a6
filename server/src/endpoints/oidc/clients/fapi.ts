import type { Client } from 'oidc-provider'

/** A client that declared `profile: fapi2`. What the profile asks of its metadata was checked when it declared it (services/clients). */
export function isFapiClient(client: Client | undefined): boolean {
  return client?.['gatepost_is_fapi'] === true
}

/** PKCE: whoever keeps no secret (RFC 9700 section 2.1.1), and FAPI 2.0 Security Profile section 5.3.2.2. */
export function needsPkce(client: Client): boolean {
  return client['gatepost_is_public'] === true || isFapiClient(client)
}

/**
 * FAPI 2.0 Security Profile section 5.3.2.1: "shall not use refresh token rotation except in extraordinary circumstances". Such a
 * client proves who it is with every refresh and its access tokens are bound to a key, so that a token alone is of no use.
 */
export function rotatesRefreshTokens(client: Client | undefined): boolean {
  return !isFapiClient(client)
}
