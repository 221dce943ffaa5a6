import * as oidc from 'openid-client'
import { describe, expect, test } from 'vitest'
import type { Person } from '../harness/people.ts'
import { signUp } from '../harness/people.ts'
import { findFreePort } from '../harness/server.ts'
import { prepareApache, startProgram } from '../harness/start-program.ts'
import { listen } from './listen.ts'
import { startBefore } from './start-before.ts'
import { createVisitor, type Visitor } from './visitor.ts'

const MODULES = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'oauth2', 'proxy', 'proxy_http']

describe('Apache httpd with mod_oauth2', () => {
  const program = startBefore(async ({ gatepost, port, stopAfter }) => {
    const applicationPort = await findFreePort()
    const callback = `http://127.0.0.1:${applicationPort}/callback`
    const { clientId, clientSecret } = await gatepost.register({ redirect_uris: [callback], post_logout_redirect_uris: [callback], access_token_format: 'opaque' })
    const config = await oidc.discovery(new URL(gatepost.issuer), clientId, clientSecret, oidc.ClientSecretBasic(clientSecret), { execute: [oidc.allowInsecureRequests] })
    await stopAfter(listen(applicationPort, ({ headers }, response) => response.end(`Hello ${headers['oauth2_claim_sub'] ?? 'nobody'}`)))
    const asking = new URLSearchParams({ 'introspect.auth': 'client_secret_basic', client_id: clientId, client_secret: clientSecret, expiry: '0' })
    const lines = [
      '<Location />', 'AuthType oauth2', `OAuth2TokenVerify introspect ${gatepost.issuer}/oauth2/introspect ${asking.toString()}`, 'Require oauth2_claim "scope:openid email"', '</Location>',
      `ProxyPass / http://127.0.0.1:${applicationPort}/`,
    ]
    const { output } = await stopAfter(startProgram('Apache httpd', port, (folder) => prepareApache(folder, { port, modules: MODULES, lines })))
    return { callback, config, output }
  })

  async function signIn(person: Person, scope = 'openid email'): Promise<{ visitor: Visitor; accessToken: string; idToken: string }> {
    const visitor = createVisitor()
    const { callback, config } = program
    const checks = { pkceCodeVerifier: oidc.randomPKCECodeVerifier(), expectedState: oidc.randomState() }
    const challenge = await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier)
    const asked = oidc.buildAuthorizationUrl(config, { redirect_uri: callback, scope, state: checks.expectedState, code_challenge: challenge, code_challenge_method: 'S256' })
    const back = await visitor.signIn(await visitor.open(asked.href), person)
    const tokens = await oidc.authorizationCodeGrant(config, back.url, checks)
    return { visitor, accessToken: tokens.access_token, idToken: tokens.id_token! }
  }
  async function ask(token?: string): Promise<readonly [number, string]> {
    const answer = await fetch(`${program.url}/orders`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })
    return [answer.status, answer.ok ? await answer.text() : '']
  }

  test('lets a person through with an access token, says who they are, and refuses it once they signed out', async () => {
    const person = await signUp(program.gatepost.server)
    const { visitor, accessToken, idToken } = await signIn(person)
    expect(accessToken.split('.')).toHaveLength(1)
    expect(await ask(accessToken), await program.output()).toEqual([200, `Hello ${person.id}`])
    await visitor.open(oidc.buildEndSessionUrl(program.config, { id_token_hint: idToken, post_logout_redirect_uri: program.callback }).href)
    expect(await ask(accessToken)).toEqual([401, ''])
  })

  test('refuses a token that was revoked, that nobody issued, or that lacks the scope', async () => {
    const person = await signUp(program.gatepost.server)
    const { accessToken } = await signIn(person)
    expect((await ask(accessToken))[0]).toBe(200)
    await oidc.tokenRevocation(program.config, accessToken)
    expect(await ask(accessToken)).toEqual([401, ''])
    for (const token of [undefined, 'abc', `${accessToken}x`, accessToken.slice(0, -1)]) expect(await ask(token), token).toEqual([401, ''])
    expect((await ask((await signIn(person, 'openid')).accessToken))[0]).toBe(401)
  })
})
