import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import * as oidc from 'openid-client'
import type { Browser } from './browser.ts'
import { ISSUER, registerRelyingParty } from './relying-party.ts'
import type { TestServer } from './server.ts'
import { cookieOf } from './tokens.ts'

export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
export const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
/** In the list of clients whose tokens may be exchanged: sessions. */
export const SESSION = 'gatepost:session'

/** A service acts for the person in the browser, once by their session's token, and once because a partner says so. */
export async function actForPerson(server: TestServer, browser: Browser): Promise<void> {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const issuer = 'https://partner.example.com'
  const service = await registerRelyingParty(server, {
    name: 'Service', type: 'machine', redirect_uris: undefined, grant_types: [TOKEN_EXCHANGE, JWT_BEARER], scope: 'orders',
    token_exchange_audiences: [ISSUER], token_exchange_subjects: [SESSION], trusted_issuers: [{ issuer, jwks: { keys: [await exportJWK(publicKey)] }, subject: 'user_id' }],
  })
  await oidc.genericGrantRequest(service.config, TOKEN_EXCHANGE, { subject_token: cookieOf(browser, 'access'), subject_token_type: ACCESS_TOKEN })
  const { id } = (await browser.api('GET', '/user')).json<{ id: string }>()
  const now = Math.floor(server.clock.now() / 1_000)
  const assertion = await new SignJWT({ iss: issuer, sub: id, aud: ISSUER, exp: now + 60, jti: id }).setProtectedHeader({ alg: 'ES256' }).sign(privateKey)
  await oidc.genericGrantRequest(service.config, JWT_BEARER, { assertion })
}
