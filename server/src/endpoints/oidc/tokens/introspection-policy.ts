import type { AccessToken, Client, ClientCredentials, KoaContextWithOIDC, RefreshToken } from 'oidc-provider'
import type { Clients } from '../../../services/clients/index.ts'

/**
 * Who may ask about a token (RFC 7662 section 2.1): whoever it was given to, and the resource that it is for. A public client shows
 * nothing of who it is, and is told nothing.
 */
export function createIntrospectionPolicy(clients: Clients) {
  return async function mayIntrospect(_ctx: KoaContextWithOIDC, client: Client, token: AccessToken | ClientCredentials | RefreshToken): Promise<boolean> {
    if (client.clientAuthMethod === 'none') return false
    if (token.clientId === client.clientId) return true
    const audience = 'aud' in token && typeof token.aud === 'string' ? token.aud : undefined
    const resource = audience === undefined ? undefined : await clients.resources.find(audience)
    return resource?.introspectionClients.some((one) => one === client.clientId) ?? false
  }
}
