import * as oidc from 'openid-client'
import type { Browser } from './browser.ts'
import type { TestServer } from './server.ts'
import { TEST_ORIGIN } from './server.ts'

export const ISSUER = `${TEST_ORIGIN}/auth`
export const CALLBACK = 'https://shop.example.com/callback'

/** An application that relies on us, with `openid-client` over the listener, as over the network. */
export interface RelyingParty {
  readonly clientId: string
  readonly secret: string | undefined
  readonly config: oidc.Configuration
  /** An authorization request with PKCE, state and nonce, and what to check its answer by. */
  begin(parameters?: Record<string, string>): Promise<{ path: string; checks: oidc.AuthorizationCodeGrantChecks }>
  /** Redeems the code in the address that the browser was sent back to. */
  redeem(location: string, checks: oidc.AuthorizationCodeGrantChecks): Promise<oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers>
}

export function fetchOver(server: TestServer): oidc.CustomFetch {
  return async (url, { method, headers, body }) => {
    const { pathname, search } = new URL(url)
    const payload = body === undefined || body === null ? {} : { payload: body instanceof URLSearchParams ? body.toString() : (body as string) }
    const answer = await server.app.listener.inject({ method: method as 'GET', url: `${pathname}${search}`, headers: { host: new URL(TEST_ORIGIN).host, ...headers }, ...payload })
    const answered = Object.entries(answer.headers).flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, String(one)] as [string, string]))
    return new Response(answer.rawPayload.length > 0 ? new Uint8Array(answer.rawPayload) : null, { status: answer.statusCode, headers: answered })
  }
}

export async function registerRelyingParty(server: TestServer, fields: Record<string, unknown> = {}): Promise<RelyingParty> {
  const created = await server.app.clients.create({ name: 'Shop', type: 'web', redirect_uris: [CALLBACK], ...fields })
  if (!created.ok) throw new Error(JSON.stringify(created.failure))
  const { client, secret } = created.value
  return relyingParty(server, client.clientId, secret)
}

export async function relyingParty(server: TestServer, clientId: string, secret: string | undefined): Promise<RelyingParty> {
  const config = await oidc.discovery(new URL(ISSUER), clientId, secret, secret === undefined ? oidc.None() : oidc.ClientSecretBasic(secret), {
    execute: [oidc.allowInsecureRequests],
    [oidc.customFetch]: fetchOver(server),
  })
  return {
    clientId,
    secret,
    config,
    async begin(parameters = {}) {
      const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
      const expectedState = oidc.randomState()
      const expectedNonce = oidc.randomNonce()
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: CALLBACK,
        scope: 'openid profile email offline_access',
        code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
        state: expectedState,
        nonce: expectedNonce,
        ...parameters,
      })
      return { path: `${url.pathname}${url.search}`, checks: { pkceCodeVerifier, expectedState, expectedNonce } }
    },
    redeem: (location, checks) => oidc.authorizationCodeGrant(config, new URL(location), checks),
  }
}

/** Follows redirects inside our origin, as a browser would; the address outside of it that they lead to, or the last answer. */
export async function follow(browser: Browser, path: string): Promise<{ location?: string; answer: Awaited<ReturnType<Browser['get']>> }> {
  let answer = await browser.get(path)
  for (let redirects = 0; redirects < 10; redirects++) {
    const location = answer.headers['location']
    if (answer.statusCode < 300 || answer.statusCode > 399 || typeof location !== 'string') return { answer }
    const url = new URL(location, TEST_ORIGIN)
    if (url.origin !== TEST_ORIGIN) return { location, answer }
    answer = await browser.get(`${url.pathname}${url.search}`)
  }
  throw new Error(`${path} redirects in a circle`)
}
