import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import * as oidc from 'openid-client'
import { findFreePort } from './free-port.ts'

/** An application of another origin that signs people in with `openid-client`, and shows who came back. */
export interface RelyingPartyApp {
  readonly url: string
  start(registered: { issuer: string; clientId: string; clientSecret: string | undefined }): Promise<void>
  stop(): Promise<void>
}

export const CALLBACK_PATH = '/callback'
export const GOODBYE_PATH = '/goodbye'

/** Not listening yet: its address is registered first. `host` tells one site from another. */
export async function reserveRelyingParty(host: string): Promise<RelyingPartyApp> {
  const port = await findFreePort()
  const url = `http://${host}:${port}`
  let config: oidc.Configuration
  let checks = { pkceCodeVerifier: '', expectedState: '', expectedNonce: '' }
  let idToken = ''

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', url)
    const redirect = (to: URL) => response.writeHead(302, { location: to.href }).end()
    if (address.pathname === '/sign-in') {
      const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
      const asked = Object.fromEntries(address.searchParams)
      checks = { pkceCodeVerifier, expectedState: asked['state'] ?? oidc.randomState(), expectedNonce: oidc.randomNonce() }
      return void redirect(
        oidc.buildAuthorizationUrl(config, {
          redirect_uri: `${url}${CALLBACK_PATH}`,
          scope: 'openid profile email',
          code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
          code_challenge_method: 'S256',
          state: checks.expectedState,
          nonce: checks.expectedNonce,
          ...asked,
        }),
      )
    }
    const error = address.searchParams.get('error')
    if (error !== null) return void response.setHeader('content-type', 'text/html').end(`<h1>Refused: ${error.replace(/\W/g, '')}</h1>`)
    if (address.pathname === CALLBACK_PATH) {
      // By the query, or by a form (OAuth 2.0 Form Post Response Mode).
      const came = request.method === 'POST' ? new Request(address, { method: 'POST', headers: { 'content-type': request.headers['content-type'] ?? '' }, body: await text(request) }) : address
      const tokens = await oidc.authorizationCodeGrant(config, came, checks)
      idToken = tokens.id_token ?? ''
      const { email } = await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims()!.sub)
      return void response.setHeader('content-type', 'text/html').end(`<h1>Welcome</h1><p>${email}</p><p>by ${request.method}</p><a href="/sign-out">Sign out</a>`)
    }
    if (address.pathname === '/sign-out') return void redirect(oidc.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: `${url}${GOODBYE_PATH}` }))
    response.setHeader('content-type', 'text/html').end(address.pathname === GOODBYE_PATH ? '<h1>Goodbye</h1>' : '<a href="/sign-in">Sign in</a>')
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  return {
    url,
    async start({ issuer, clientId, clientSecret }) {
      const authentication = clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret)
      config = await oidc.discovery(new URL(issuer), clientId, clientSecret, authentication, { execute: [oidc.allowInsecureRequests] })
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
