import { createLocalJWKSet, jwtVerify } from 'jose'
import type { JSONWebKeySet, JWTPayload, ProtectedHeaderParameters } from 'jose'
import type { FakeProvider } from '../messaging/fake-provider.ts'
import type { Browser } from './browser.ts'
import type { RelyingParty } from './relying-party.ts'
import { follow, ISSUER } from './relying-party.ts'
import type { TestServer } from './server.ts'

/** Signs in at the application, as its ID token tells it. */
export async function signInAt(browser: Browser, client: RelyingParty): Promise<{ sub: string; sid: string; idToken: string }> {
  const { path, checks } = await client.begin({ scope: 'openid' })
  const { location } = await follow(browser, path)
  if (location === undefined) throw new Error('the browser was not sent back')
  const tokens = await client.redeem(location, checks)
  const { sub, sid } = tokens.claims()!
  return { sub, sid: String(sid), idToken: tokens.id_token! }
}

/** What the workers do, until nothing is due; on all of them at once. */
export async function deliverLogouts(...servers: readonly TestServer[]): Promise<void> {
  await Promise.all(
    servers.map(async ({ app: { outbox } }) => {
      for (const clientId of await outbox.listDueRecipients(100)) while ((await outbox.deliverDueTo(clientId)) > 0);
    }),
  )
}

/** The logout tokens that came to an application, by the form that section 2.5 of Back-Channel Logout 1.0 describes. */
export function logoutTokensAt(application: FakeProvider): string[] {
  return application.received.map(({ method, headers, body }) => {
    if (method !== 'POST' || headers['content-type'] !== 'application/x-www-form-urlencoded') throw new Error(`${method} of ${headers['content-type']}`)
    const [[name, token] = [], ...others] = [...new URLSearchParams(body)]
    if (name !== 'logout_token' || token === undefined || others.length > 0) throw new Error(`a form with ${body}`)
    return token
  })
}

/** As an application validates one, with `jose` (section 2.6). */
export async function verifyLogoutToken(server: TestServer, token: string, { clientId, alg = 'ES256' }: { clientId: string; alg?: string }): Promise<{ header: ProtectedHeaderParameters; claims: JWTPayload }> {
  const keys = (await server.browser().get('/auth/oauth2/jwks')).json<JSONWebKeySet>()
  const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(keys), {
    issuer: ISSUER,
    audience: clientId,
    algorithms: [alg],
    typ: 'logout+jwt',
    requiredClaims: ['iss', 'aud', 'iat', 'exp', 'jti', 'events', 'sub', 'sid'],
    maxTokenAge: 120,
    currentDate: new Date(server.clock.now()),
  })
  return { header: protectedHeader, claims: payload }
}
