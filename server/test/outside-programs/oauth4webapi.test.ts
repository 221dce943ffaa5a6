import type { IncomingMessage, ServerResponse } from 'node:http'
import * as oauth from 'oauth4webapi'
import { describe, test } from 'vitest'
import { listen } from './listen.ts'
import { expectSignInAndOut } from './sign-in-and-out.ts'
import { startBefore } from './start-before.ts'

const INSECURE = { [oauth.allowInsecureRequests]: true }

describe('oauth4webapi', () => {
  const program = startBefore(async ({ gatepost, port, url, stopAfter }) => {
    const { clientId, clientSecret } = await gatepost.register({ redirect_uris: [`${url}/callback`], post_logout_redirect_uris: [`${url}/goodbye`] })
    const issuer = new URL(gatepost.issuer)
    const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, INSECURE))
    const client: oauth.Client = { client_id: clientId, id_token_signed_response_alg: 'ES256' }
    await stopAfter(listen(port, relyingParty({ url, server, client, authentication: oauth.ClientSecretBasic(clientSecret) })))
  })

  test('signs a person in and out', async () => {
    await expectSignInAndOut(program.gatepost, {
      page: `${program.url}/private`,
      shows: ({ email }) => `Hello ${email}`,
      signOut: (visitor) => visitor.open(`${program.url}/sign-out`),
      goodbye: `${program.url}/goodbye?state=bye`,
    })
  })
})

/** An application with one visitor, written as the library's own examples are. */
function relyingParty({ url, server, client, authentication }: { url: string; server: oauth.AuthorizationServer; client: oauth.Client; authentication: oauth.ClientAuth }) {
  let checks = { verifier: '', state: '', nonce: '' }
  let signedIn: { email: string; idToken: string } | undefined

  async function askForSignIn(): Promise<string> {
    checks = { verifier: oauth.generateRandomCodeVerifier(), state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce() }
    return addressOf(server.authorization_endpoint!, {
      client_id: client.client_id, response_type: 'code', redirect_uri: `${url}/callback`, scope: 'openid email', state: checks.state, nonce: checks.nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(checks.verifier), code_challenge_method: 'S256',
    })
  }

  async function takeAnswer(address: URL): Promise<{ email: string; idToken: string }> {
    const parameters = oauth.validateAuthResponse(server, client, address, checks.state)
    const answer = await oauth.authorizationCodeGrantRequest(server, client, authentication, parameters, `${url}/callback`, checks.verifier, INSECURE)
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer, { expectedNonce: checks.nonce, requireIdToken: true })
    // Beyond what TLS gives, which there is none of here: by the published keys.
    await oauth.validateApplicationLevelSignature(server, answer, INSECURE)
    const { sub } = oauth.getValidatedIdTokenClaims(tokens)!
    const info = await oauth.processUserInfoResponse(server, client, sub, await oauth.userInfoRequest(server, client, tokens.access_token, INSECURE))
    return { email: info.email!, idToken: tokens.id_token! }
  }

  return async (request: IncomingMessage, response: ServerResponse) => {
    const address = new URL(request.url ?? '/', url)
    const redirect = (location: string) => response.writeHead(302, { location }).end()
    if (address.pathname === '/goodbye') return response.end('Goodbye')
    if (address.pathname === '/callback') {
      signedIn = await takeAnswer(address)
      return redirect('/private')
    }
    if (signedIn === undefined) return redirect(await askForSignIn())
    if (address.pathname === '/private') return response.end(`Hello ${signedIn.email}`)
    const { idToken } = signedIn
    signedIn = undefined
    return redirect(addressOf(server.end_session_endpoint!, { id_token_hint: idToken, post_logout_redirect_uri: `${url}/goodbye`, state: 'bye' }))
  }
}

function addressOf(endpoint: string, parameters: Record<string, string>): string {
  return `${endpoint}?${new URLSearchParams(parameters).toString()}`
}
