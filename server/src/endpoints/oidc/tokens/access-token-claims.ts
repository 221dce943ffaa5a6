import type { AccessToken, ClientCredentials, KoaContextWithOIDC } from 'oidc-provider'
import { unitOfWork } from '../library/unit-of-work.ts'

/** Of the code or token that an access token is issued for. */
interface SignInFacts {
  readonly acr?: string
  readonly amr?: readonly string[]
  readonly authTime?: number
}

/**
 * What access tokens and the answers about them say beside what the library does: how the person signed in (RFC 9068 section
 * 2.2.1, RFC 9470 section 6), and their roles where the scope `roles` was granted (RFC 9068 section 2.2.3.1).
 */
export function tokenClaims({ oidc }: KoaContextWithOIDC, token: AccessToken | ClientCredentials): Record<string, unknown> {
  if (token.kind !== 'AccessToken') return {}
  const { AuthorizationCode, RefreshToken, DeviceCode } = oidc.entities as Readonly<Record<string, SignInFacts | undefined>>
  const { acr, amr, authTime } = AuthorizationCode ?? RefreshToken ?? DeviceCode ?? {}
  const { sid } = token as AccessToken & { readonly sid?: string }
  const { holder } = unitOfWork()
  const mayKnowRoles = token.scopes.has('roles') && holder !== undefined && holder.id === token.accountId
  return {
    ...(authTime === undefined ? {} : { auth_time: authTime }),
    ...(acr === undefined ? {} : { acr }),
    ...(amr === undefined || amr.length === 0 ? {} : { amr }),
    ...(sid === undefined ? {} : { sid }),
    ...(mayKnowRoles ? { roles: holder.roles } : {}),
  }
}
