import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { locationOf } from '../harness/pages.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { follow, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const GOODBYE = 'https://shop.example.com/goodbye'

for (const engine of testEngines) {
  describe(`a sign-out that an application asks for on ${engine}`, () => {
    let server: TestServer
    let person: Person
    let shop: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
      shop = await registerRelyingParty(server, { post_logout_redirect_uris: [GOODBYE] })
    })
    afterAll(() => server.close())

    async function signedIn(at = shop): Promise<{ browser: Browser; idToken: string }> {
      const browser = await signIn(server, person)
      const { path, checks } = await at.begin({ scope: 'openid' })
      const { location } = await follow(browser, path)
      return { browser, idToken: (await at.redeem(location!, checks)).id_token! }
    }
    const isSignedIn = async (browser: Browser) => (await browser.api('GET', '/user')).statusCode === 200
    const pathOf = (parameters: Record<string, string>, at = shop) => {
      const url = oidc.buildEndSessionUrl(at.config, parameters)
      return `${url.pathname}${url.search}`
    }

    test('with the ID token of this session happens at once, and leads back with the state', async () => {
      const { browser, idToken } = await signedIn()
      const { location } = await follow(browser, pathOf({ id_token_hint: idToken, post_logout_redirect_uri: GOODBYE, state: 'x y&z' }))
      expect(new URL(location!).origin + new URL(location!).pathname).toBe(GOODBYE)
      expect(new URL(location!).searchParams.get('state')).toBe('x y&z')
      expect(await isSignedIn(browser)).toBe(false)
    })

    test('without one is confirmed on our page first, and leads back then', async () => {
      const { browser } = await signedIn()
      const { answer } = await follow(browser, pathOf({ client_id: shop.clientId, post_logout_redirect_uri: GOODBYE }))
      expect(answer.statusCode).toBe(200)
      expect(await isSignedIn(browser)).toBe(true)
      const returnTo = new URL(answer.raw.req.url ?? '', 'http://x').searchParams.get('return_to')!
      const confirmed = await browser.post('/auth/logout', { return_to: returnTo })
      const { location } = await follow(browser, locationOf(confirmed))
      expect(location).toBe(GOODBYE)
      expect(await isSignedIn(browser)).toBe(false)
    })

    test('posted by another site, without our cookies, is read once the browser comes with them', async () => {
      const { browser, idToken } = await signedIn()
      const posted = await browser.raw({
        method: 'POST',
        url: '/auth/oauth2/end_session',
        headers: { cookie: '', 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: GOODBYE }).toString(),
      })
      expect(posted.statusCode).toBe(303)
      expect(String(posted.headers['location'])).not.toContain(idToken)
      const { location } = await follow(browser, String(posted.headers['location']))
      expect(location).toBe(GOODBYE)
      expect(await isSignedIn(browser)).toBe(false)
    })

    test.each([
      ['an address that is not registered', (idToken: string) => ({ id_token_hint: idToken, post_logout_redirect_uri: 'https://evil.example.com/' })],
      ['an address that is registered, with a query added', (idToken: string) => ({ id_token_hint: idToken, post_logout_redirect_uri: `${GOODBYE}?x=1` })],
      ['an ID token that was changed', (idToken: string) => ({ id_token_hint: `${idToken.slice(0, -6)}AAAAAA`, post_logout_redirect_uri: GOODBYE })],
      ['an ID token of another client', (idToken: string) => ({ id_token_hint: idToken, client_id: 'somebody-else' })],
      ['something that is no token', () => ({ id_token_hint: 'nonsense' })],
    ])('with %s is refused, and ends nothing', async (_what, parametersOf) => {
      const { browser, idToken } = await signedIn()
      const answer = await browser.get(pathOf(parametersOf(idToken)))
      expect(answer.statusCode).toBe(400)
      expect(answer.headers['location']).toBeUndefined()
      expect(await isSignedIn(browser)).toBe(true)
    })

    test('with the ID token of another session is asked about', async () => {
      const { idToken } = await signedIn()
      const { browser } = await signedIn()
      expect(String((await browser.get(pathOf({ id_token_hint: idToken }))).headers['location'])).toContain('/auth/logout')
      expect(await isSignedIn(browser)).toBe(true)
    })

    test('to an address that nobody is known to have registered leads to our own page', async () => {
      const { browser } = await signedIn()
      const answer = await browser.get('/auth/oauth2/end_session?post_logout_redirect_uri=https%3A%2F%2Fevil.example.com%2F')
      expect(answer.headers['location']).toBe('/auth/logout')
    })
  })
}
