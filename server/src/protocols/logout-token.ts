import type { KeyObject } from 'node:crypto'

/** OpenID Connect Back-Channel Logout 1.0 section 2.4: keeps it from passing for a token of another kind. */
const LOGOUT_TOKEN_TYPE = 'logout+jwt'
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'

/** Claims of section 2.4 beside `events`; instants are seconds since the epoch. There is no `nonce`: it is prohibited. */
export interface LogoutTokenClaims {
  readonly iss: string
  readonly sub: string
  readonly aud: string
  readonly iat: number
  readonly exp: number
  readonly jti: string
  readonly sid: string
}

export async function signLogoutToken(claims: LogoutTokenClaims, key: { alg: string; kid: string; privateKey: KeyObject }): Promise<string> {
  const { SignJWT } = await import('jose/jwt/sign')
  return new SignJWT({ ...claims, events: { [LOGOUT_EVENT]: {} } }).setProtectedHeader({ alg: key.alg, typ: LOGOUT_TOKEN_TYPE, kid: key.kid }).sign(key.privateKey)
}
