import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import { arrive } from '../harness/plans.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { CALLBACK, ISSUER, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

for (const engine of testEngines) {
  describe(`signed answers (JARM) on ${engine}`, () => {
    let server: TestServer
    let person: Person
    let browser: Browser
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
      browser = await signIn(server, person)
    })
    afterAll(() => server.close())

    async function answerOf(shop: RelyingParty, mode: string, more: Record<string, string> = {}) {
      const { path, checks } = await shop.begin({ response_mode: mode, scope: 'openid', ...more })
      const { callback, answer } = await arrive(browser, path)
      const response = callback?.parameters.get('response') ?? ''
      const keys = createLocalJWKSet((await server.browser().get('/auth/oauth2/jwks')).json())
      const { payload } = await jwtVerify(response, keys, { issuer: ISSUER, audience: shop.clientId })
      return { callback: callback!, answer, response, payload, checks }
    }

    test('the modes and algorithms are offered', async () => {
      const document = (await server.browser().get('/auth/.well-known/openid-configuration')).json<Record<string, readonly string[]>>()
      expect(document['response_modes_supported']).toEqual(expect.arrayContaining(['jwt', 'query.jwt', 'form_post.jwt']))
      expect(document['authorization_signing_alg_values_supported']).toEqual(['ES256', 'RS256'])
    })

    test.each(['jwt', 'query.jwt', 'form_post.jwt'])('%s: the answer is one JWT, for the client, for two minutes, and says all there is to say', async (mode) => {
      const shop = await registerRelyingParty(server)
      const { callback, answer, payload, checks, response } = await answerOf(shop, mode)
      expect([callback.to, [...callback.parameters.keys()], decodeProtectedHeader(response).alg]).toEqual([CALLBACK, ['response'], 'ES256'])
      expect(payload).toEqual({ iss: ISSUER, aud: shop.clientId, exp: expect.any(Number) as unknown, code: expect.any(String) as unknown, state: checks.expectedState })
      expect(payload.exp! - Date.now() / 1_000).toBeLessThanOrEqual(120)
      const isForm = mode === 'form_post.jwt'
      expect(isForm ? answer.statusCode : callback.request instanceof URL).toBe(isForm ? 200 : true)
      if (isForm) {
        // On our page, from which nothing inline runs.
        expect(answer.headers['content-security-policy']).toContain("form-action https://shop.example.com")
        expect(answer.body).not.toMatch(/<script>|onload=/)
      }
      oidc.useJwtResponseMode(shop.config)
      const tokens = await oidc.authorizationCodeGrant(shop.config, isForm ? (callback.request) : (callback.request), checks)
      expect(tokens.claims()?.sub).toBe(person.id)
    })

    test('a client that asked for RS256 gets RS256', async () => {
      const shop = await registerRelyingParty(server, { authorization_signed_response_alg: 'RS256' })
      expect(decodeProtectedHeader((await answerOf(shop, 'query.jwt')).response).alg).toBe('RS256')
    })

    test.each(['jwt', 'form_post.jwt'])('%s: what went wrong is told in the same way', async (mode) => {
      const shop = await registerRelyingParty(server)
      const { payload, callback, checks } = await answerOf(shop, mode, { prompt: 'none', max_age: '0' })
      expect([...callback.parameters.keys()]).toEqual(['response'])
      expect(payload).toMatchObject({ error: expect.any(String) as unknown, state: checks.expectedState, iss: ISSUER })
      expect(payload).not.toHaveProperty('code')
    })
  })
}
