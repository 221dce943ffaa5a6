import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as oidc from 'openid-client'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { setUpTotp } from '../harness/factors.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { follow, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { decodeToken, QUICK } from '../harness/tokens.ts'
import { askWith } from '../resolver/resolver.ts'

const API = 'https://api.example.com'
const OF_API = `?resource=${encodeURIComponent(API)}&mode=enforce`
/** Instants of the provider have whole seconds: one later is later. */
const LATER_MS = 1_100
const ESSENTIAL = (value: string) => ({ claims: JSON.stringify({ id_token: { acr: { essential: true, value } } }) })

for (const engine of testEngines) {
  // RFC 9470, OpenID Connect Core 1.0 section 5.5.1.1
  describe(`step-up on ${engine}`, () => {
    let server: TestServer
    let shop: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      await server.app.clients.resources.create({ identifier: API, name: 'API', scopes: { read: 'Read' } })
      shop = await registerRelyingParty(server, { scope: 'openid read' })
    })
    afterAll(() => server.close())

    async function authorize(browser: Browser, parameters: Record<string, string>) {
      const { path, checks } = await shop.begin({ scope: 'openid read', resource: API, ...parameters })
      const { location, answer } = await follow(browser, path)
      const page = new URL(answer.raw.req.url ?? '', 'http://here')
      return { location, checks, page: location === undefined ? page.pathname : undefined, returnTo: page.searchParams.get('return_to') ?? '' }
    }
    type Asked = Awaited<ReturnType<typeof authorize>>
    const tokensOf = (location: string | undefined, { checks }: Asked) => oidc.authorizationCodeGrant(shop.config, new URL(location!), checks, { resource: API })
    const errorIn = (location: string | undefined) => new URL(location!).searchParams.get('error')

    /** Signed in with the password alone, by somebody who has set up an authenticator app elsewhere since. */
    async function withApp(): Promise<{ person: Person; browser: Browser; key: string }> {
      const person = await signUp(server)
      const browser = await signIn(server, person)
      const { key } = await setUpTotp(server, person.browser)
      return { person, browser, key }
    }
    async function proveAgain({ person, browser, key }: Awaited<ReturnType<typeof withApp>>): Promise<void> {
      const idIn = ({ body }: { body: string }) => /"authentication_challenge":\{"id":"([^"]+)"/.exec(body)?.[1]
      const begun = await browser.api('POST', '/reauthenticate/check')
      const first = await browser.api('POST', '/reauthenticate/password', { authentication_challenge_id: idIn(begun), password: person.password })
      expect(first.body).toContain('second_factor_required')
      const proven = await browser.api('POST', '/reauthenticate/second-factor', { authentication_challenge_id: idIn(first), totp_code: totpCode(key, server.clock.now()) })
      expect(proven.statusCode, proven.body).toBeLessThan(300)
      server.clock.advance(60_000)
    }

    for (const [name, parameters] of [['acr_values', { acr_values: 'aal2' }], ['an essential acr', ESSENTIAL('aal2')]] as const) {
      test(`${name} asks who signed in by one factor for the second, and the tokens say aal2`, async () => {
        const somebody = await withApp()
        const asked = await authorize(somebody.browser, parameters)
        expect(asked.page).toBe('/auth/reauthenticate')
        await proveAgain(somebody)
        const { location } = await follow(somebody.browser, asked.returnTo)
        const tokens = await tokensOf(location, asked)
        expect(tokens.claims()).toMatchObject({ acr: 'aal2' })
        expect(decodeToken(tokens.access_token).payload).toMatchObject({ acr: 'aal2', amr: expect.arrayContaining(['pwd', 'otp', 'mfa']) as string[] })
        // Whoever is there already is asked nothing, for less neither.
        for (const again of [{ acr_values: 'aal2' }, { acr_values: 'aal1' }, ESSENTIAL('aal2'), ESSENTIAL('aal1')]) expect((await authorize(somebody.browser, again)).page).toBeUndefined()
      })
    }

    test('going on without the second factor leads to the same question', async () => {
      // On a clock that nothing has moved before the sign-in: the library's own stands still.
      const fresh = await startTestServer(engine, QUICK)
      const person = await signUp(fresh)
      const browser = await signIn(fresh, person)
      await setUpTotp(fresh, person.browser)
      const client = await registerRelyingParty(fresh)
      await new Promise((resolve) => setTimeout(resolve, LATER_MS))
      const { path } = await client.begin({ scope: 'openid', acr_values: 'aal2' })
      const asked = await follow(browser, path)
      const returnTo = new URL(asked.answer.raw.req.url ?? '', 'http://here').searchParams.get('return_to')!
      const { location, answer } = await follow(browser, returnTo)
      expect(location).toBeUndefined()
      expect(answer.raw.req.url).toContain('/auth/reauthenticate')
      await fresh.close()
    })

    test('who has no second factor is not asked in vain: a wish goes on at aal1, and a demand is refused', async () => {
      const { browser } = await signUp(server)
      const wished = await authorize(browser, { acr_values: 'aal2' })
      expect((await tokensOf(wished.location, wished)).claims()).toMatchObject({ acr: 'aal1' })
      expect(errorIn((await authorize(browser, ESSENTIAL('aal2'))).location)).toBe('unmet_authentication_requirements')
      for (const parameters of [{ acr_values: 'urn:example:unknown' }, { acr_values: 'aal2 aal1' }]) expect((await authorize(browser, parameters)).page).toBeUndefined()
    })

    test('prompt=none asks nobody: a wish is answered as it stands, a demand refused', async () => {
      const { browser } = await withApp()
      const wished = await authorize(browser, { acr_values: 'aal2', prompt: 'none' })
      expect((await tokensOf(wished.location, wished)).claims()).toMatchObject({ acr: 'aal1' })
      expect(errorIn((await authorize(browser, { ...ESSENTIAL('aal2'), prompt: 'none' })).location)).toBe('login_required')
    })

    test('the resolver says which sign-in it needs, and takes the token that comes of it', async () => {
      const somebody = await withApp()
      const before = await authorize(somebody.browser, {})
      const weak = (await tokensOf(before.location, before)).access_token
      const refused = await askWith(server, weak, `${OF_API}&acr=aal2`)
      expect(refused.statusCode).toBe(403)
      expect(refused.headers['www-authenticate']).toBe('Bearer error="insufficient_user_authentication", acr_values="aal2"')
      const asked = await authorize(somebody.browser, { acr_values: 'aal2' })
      await proveAgain(somebody)
      const strong = (await tokensOf((await follow(somebody.browser, asked.returnTo)).location, asked)).access_token
      expect((await askWith(server, strong, `${OF_API}&acr=aal2`)).statusCode).toBe(200)
    })

    test('the resolver refuses a sign-in that is too old, of a token and of a session', async () => {
      const person = await signUp(server)
      const browser = await signIn(server, person)
      const asked = await authorize(browser, {})
      const token = (await tokensOf(asked.location, asked)).access_token
      const session = [...browser.cookies].find(([name]) => name.endsWith('_access'))![1]
      for (const one of [token, session]) expect((await askWith(server, one, `${OF_API}&max_age=300`)).statusCode).toBe(200)
      server.clock.advance(301_000)
      for (const one of [token, session]) {
        const refused = await askWith(server, one, `${OF_API}&max_age=300&acr=aal2`)
        expect([refused.statusCode, refused.headers['www-authenticate']]).toEqual([403, 'Bearer error="insufficient_user_authentication", acr_values="aal2", max_age="300"'])
        expect((await askWith(server, one, `${OF_API}&max_age=600`)).statusCode).toBe(200)
      }
      // What is not enforced must not look as if it were.
      for (const query of ['?max_age=300', `${OF_API}&max_age=soon`, `${OF_API}&max_age=-1`]) expect((await askWith(server, token, query)).statusCode).toBe(400)
    })
  })
}
