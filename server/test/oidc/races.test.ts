import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { registerKeyed } from '../harness/high-security.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { CALLBACK, fetchOver, follow, ISSUER, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const PARALLEL = 50

for (const engine of testEngines) {
  describe(`of fifty parallel tries on two instances on ${engine}`, () => {
    let server: TestServer
    let other: TestServer
    let person: Person
    let browser: Browser
    let shop: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      other = await server.sibling()
      person = await signUp(server)
      browser = await signIn(server, person)
      shop = await registerRelyingParty(server)
    })
    afterAll(async () => {
      await other.close()
      await server.close()
    })

    /** The answers of the token endpoint to fifty requests alike, half at each instance. */
    async function askForTokens(fields: Record<string, string>, client = shop): Promise<{ status: number; body: Record<string, unknown> }[]> {
      const authorization = client.secret === undefined ? {} : { authorization: `Basic ${Buffer.from(`${client.clientId}:${client.secret}`).toString('base64')}` }
      return Promise.all(
        Array.from({ length: PARALLEL }, async (_one, n) => {
          const answer = await fetchOver(n % 2 === 0 ? server : other)(`${ISSUER}/oauth2/token`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', ...authorization }, body: new URLSearchParams(fields) } as never)
          return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
        }),
      )
    }

    function expectOneWinner(answers: readonly { status: number; body: Record<string, unknown> }[], error: string): void {
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      const refused = answers.filter(({ status }) => status !== 200)
      expect(new Set(refused.map(({ body }) => body['error']))).toEqual(new Set([error]))
    }

    test('one redeems a code', async () => {
      const { path, checks } = await shop.begin()
      const { location } = await follow(browser, path)
      const code = new URL(location!).searchParams.get('code')!
      expectOneWinner(await askForTokens({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: checks.pkceCodeVerifier! }), 'invalid_grant')
    })

    test('one rotates a refresh token, and what it got goes on working', async () => {
      const { path, checks } = await shop.begin()
      const { location } = await follow(browser, path)
      const tokens = await shop.redeem(location!, checks)
      const answers = await askForTokens({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token! })
      expectOneWinner(answers, 'invalid_grant')
      const won = answers.find(({ status }) => status === 200)!
      const next = await oidc.refreshTokenGrant(shop.config, String(won.body['refresh_token']))
      expect(next.access_token).toBeTruthy()
    })

    test('one uses a pushed authorization request', async () => {
      const { path } = await shop.begin()
      const parameters = new URLSearchParams(path.split('?')[1])
      const pushed = await oidc.buildAuthorizationUrlWithPAR(shop.config, parameters)
      const answers = await Promise.all(Array.from({ length: PARALLEL }, (_one, n) => (n % 2 === 0 ? browser : copyTo(other)).get(`${pushed.pathname}${pushed.search}`)))
      const codes = answers.filter((answer) => String(answer.headers['location'] ?? '').includes('code='))
      expect(codes).toHaveLength(1)
    })

    test('one shows a client assertion', async () => {
      const { publicKey, privateKey } = await generateKeyPair('ES256')
      const created = await server.app.clients.create({
        name: 'Robot', type: 'machine', scope: 'orders', token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', use: 'sig' }] },
      })
      if (!created.ok) throw new Error(JSON.stringify(created.failure))
      const { clientId } = created.value.client
      const assertion = await new SignJWT({ jti: 'once' }).setProtectedHeader({ alg: 'ES256' }).setIssuer(clientId).setSubject(clientId).setAudience(ISSUER).setIssuedAt().setExpirationTime('1m').sign(privateKey)
      const fields = { grant_type: 'client_credentials', scope: 'orders', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion }
      expectOneWinner(await askForTokens(fields, { ...shop, secret: undefined }), 'invalid_client')
    })

    test('one shows a proof of possession', async () => {
      const client = await registerKeyed(server, { type: 'machine', redirect_uris: undefined, scope: 'orders' })
      const proof = await client.proof()
      const fields = { grant_type: 'client_credentials', scope: 'orders' }
      const answers = await Promise.all(Array.from({ length: PARALLEL }, (_one, n) => client.post('token', fields, { proof, at: n % 2 === 0 ? server : other })))
      expectOneWinner(answers, 'invalid_grant')
    })

    /** The same browser at the other instance. */
    function copyTo(instance: TestServer): Browser {
      const copy = instance.browser()
      for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
      return copy
    }
  })
}
