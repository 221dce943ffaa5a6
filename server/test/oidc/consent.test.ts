import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { locationOf } from '../harness/pages.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { follow, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const SCOPE = 'openid profile email offline_access orders'
const INTERACTION_MINUTES = 20

for (const engine of testEngines) {
  describe(`what a person lets somebody else's application have on ${engine}`, () => {
    let server: TestServer
    let person: Person
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
    })
    afterAll(() => server.close())

    const thirdParty = (fields: Record<string, unknown> = {}) => registerRelyingParty(server, { name: 'Somebody’s <shop>', type: 'third_party', scope: SCOPE, ...fields })

    /** Asks for access and stops at the page that asks for consent. */
    async function ask(client: RelyingParty, parameters: Record<string, string> = {}, browser?: Browser) {
      const asking = browser ?? (await signIn(server, person))
      const { path, checks } = await client.begin({ scope: 'openid email', ...parameters })
      const { answer, location } = await follow(asking, path)
      const request = new URL(answer.raw.req.url ?? '', 'http://here').searchParams.get('request') ?? ''
      return { browser: asking, page: answer, location, request, checks }
    }

    async function decide({ browser, request }: { browser: Browser; request: string }, intent: string) {
      const answer = await browser.post('/auth/consent', { request, intent })
      return locationOf(answer) !== '' ? follow(browser, locationOf(answer)) : { answer, location: undefined }
    }

    async function allow(client: RelyingParty, parameters: Record<string, string> = {}, browser?: Browser) {
      const asked = await ask(client, parameters, browser)
      const { location } = await decide(asked, 'allow')
      return { ...asked, tokens: await client.redeem(location!, asked.checks) }
    }

    const errorIn = (location: string | undefined) => new URL(location!).searchParams.get('error')

    test('the page says who asks for what, as whom, and where the answer goes', async () => {
      const client = await thirdParty({ client_uri: 'https://shop.example.com/', policy_uri: 'https://shop.example.com/privacy', tos_uri: 'https://shop.example.com/terms' })
      const { page, request } = await ask(client, { scope: SCOPE, prompt: 'consent', resource: 'http://localhost:3000/auth' })
      expect(page.statusCode).toBe(200)
      expect(page.body).toContain('Somebody’s &#60;shop&#62; asks for access to your account')
      expect(page.body).toContain(`You are signed in as <strong><bdi>${person.email}`)
      for (const text of ['An identifier by which it knows you again', 'Your profile, such as', 'Your email address', 'This access also while you are away', 'orders, as the application calls it']) expect(page.body).toContain(text)
      expect(page.body).not.toContain('Your telephone number')
      expect(page.body).toMatch(/Afterwards you go to <strong class="gp-path">shop\.example\.com<\/strong>/)
      for (const path of ['', 'privacy', 'terms']) expect(page.body).toContain(`<a href="https://shop.example.com/${path}" rel="noreferrer">`)
      // In another language it is the same request.
      expect(page.body).toContain(`<form class="gp-language" method="get" action="/auth/consent">\n<input type="hidden" name="request" value="${request}">`)
      expect(String(page.headers['content-security-policy'])).toContain("form-action 'self' https://shop.example.com;")
    })

    test('who allows it comes back with a code, and is not asked for the same again', async () => {
      const client = await thirdParty()
      const { browser, tokens } = await allow(client)
      expect(await oidc.fetchUserInfo(client.config, tokens.access_token, person.id)).toEqual({ sub: person.id, email: person.email, email_verified: true })
      const { location, checks } = await ask(client, {}, browser)
      expect((await client.redeem(location!, checks)).claims()?.sub).toBe(person.id)
      // Nor in another session, and nobody is asked anything with prompt=none.
      const elsewhere = await ask(client, { prompt: 'none' })
      expect(new URL(elsewhere.location!).searchParams.get('code')).not.toBeNull()
    })

    test('who refuses it comes back with access_denied, and nothing is remembered', async () => {
      const client = await thirdParty()
      const asked = await ask(client)
      const { location } = await decide(asked, 'refuse')
      expect(errorIn(location)).toBe('access_denied')
      expect(new URL(location!).searchParams.get('state')).toBe(asked.checks.expectedState)
      expect((await ask(client, {}, asked.browser)).page.body).toContain('asks for access')
      expect((await asked.browser.api('GET', '/applications')).json<{ applications: object[] }>().applications).not.toContainEqual(expect.objectContaining({ client_id: client.clientId }))
    })

    test('asking for more asks again, and says what is new', async () => {
      const client = await thirdParty()
      const { browser } = await allow(client)
      const wider = await ask(client, { scope: 'openid email profile' }, browser)
      expect(wider.page.body).toMatch(/Your profile, such as your name and picture <span class="gp-badge">New/)
      expect(wider.page.body).toMatch(/Your email address<\/li>/)
      const { location } = await decide(wider, 'allow')
      const tokens = await client.redeem(location!, wider.checks)
      expect(tokens.scope?.split(' ').toSorted()).toEqual(['email', 'openid', 'profile'])
      expect((await ask(client, {}, browser)).location).toBeDefined()
    })

    test('prompt=none comes back with consent_required, prompt=consent asks whatever was agreed to', async () => {
      const client = await thirdParty()
      const { location, browser } = await ask(client, { prompt: 'none' })
      expect(errorIn(location)).toBe('consent_required')
      await allow(client, {}, browser)
      const again = await ask(client, { prompt: 'consent' }, browser)
      expect(again.page.body).toContain('asks for access')
      expect((await decide(again, 'allow')).location).toMatch(/[?&]code=/)
    })

    test('access in absence is had only by asking for consent, and then outlives the session', async () => {
      const client = await thirdParty()
      const bound = await allow(client, { scope: 'openid offline_access' })
      expect(bound.page.body).not.toContain('while you are away')
      expect(bound.tokens.scope).toBe('openid')
      const free = await allow(client, { scope: 'openid offline_access', prompt: 'consent' })
      expect(free.page.body).toContain('while you are away')
      expect(free.tokens.scope).toContain('offline_access')
    })

    test('single claims are asked for as what they belong to, and what nobody may have is left out', async () => {
      const client = await thirdParty({ scope: 'openid email' })
      const claims = JSON.stringify({ userinfo: { email: null, phone_number: null, roles: null } })
      const asked = await ask(client, { scope: 'openid', claims })
      expect(asked.page.body).toContain('Your email address')
      expect(asked.page.body).not.toContain('Your telephone number')
      const { location } = await decide(asked, 'allow')
      const tokens = await client.redeem(location!, asked.checks)
      expect(await oidc.fetchUserInfo(client.config, tokens.access_token, person.id)).toEqual({ sub: person.id, email: person.email })
    })

    test('a request is answered once, by whose it is, while it lasts, and with a token of the form', async () => {
      const client = await thirdParty()
      const asked = await ask(client)
      const stranger = (await signUp(server)).browser
      for (const browser of [stranger, await signIn(server, person)]) {
        expect((await browser.get(`/auth/consent?request=${asked.request}`)).statusCode).toBe(410)
        expect((await browser.post('/auth/consent', { request: asked.request, intent: 'allow' })).statusCode).toBe(410)
      }
      for (const request of ['', 'no-such-request']) expect((await asked.browser.get(`/auth/consent?request=${request}`)).statusCode).toBe(410)
      expect((await asked.browser.post('/auth/consent', { request: asked.request, intent: 'allow', csrf_token: 'wrong' })).statusCode).toBe(403)
      expect((await asked.browser.post('/auth/consent', { request: asked.request, intent: 'whatever' })).statusCode).toBe(400)

      const tries = await Promise.all(Array.from({ length: 12 }, (_, index) => asked.browser.post('/auth/consent', { request: asked.request, intent: index % 2 === 0 ? 'allow' : 'refuse' })))
      expect(tries.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, ...Array.from({ length: 11 }, () => 410)])

      const late = await ask(client, { prompt: 'consent' }, asked.browser)
      server.clock.advance(INTERACTION_MINUTES * 60_000)
      expect((await decide(late, 'allow')).answer.statusCode).toBe(410)
      await signIn(server, person, asked.browser)
    })

    test('a request that waits for a sign-in is not answered by consent', async () => {
      const browser = server.browser()
      const { answer } = await follow(browser, (await (await thirdParty()).begin()).path)
      const request = new URL(answer.raw.req.url ?? '', 'http://here').searchParams.get('return_to')!.split('/').at(-1)!
      await signIn(server, person, browser)
      expect((await browser.post('/auth/consent', { request, intent: 'allow' })).statusCode).toBe(410)
    })

    test('another account can be used: the session ends, and whoever signs in is asked', async () => {
      const client = await thirdParty()
      const asked = await ask(client)
      const other = await signUp(server)
      const left = await asked.browser.post('/auth/consent', { request: asked.request, intent: 'other_account' })
      const login = new URL(locationOf(left), 'http://here')
      expect(login.pathname).toBe('/auth/login')
      expect((await asked.browser.api('GET', '/user')).statusCode).toBe(401)

      await signIn(server, other, asked.browser)
      const { answer } = await follow(asked.browser, login.searchParams.get('return_to')!)
      expect(answer.body).toContain(other.email)
      const request = new URL(answer.raw.req.url ?? '', 'http://here').searchParams.get('request')!
      const { location } = await decide({ browser: asked.browser, request }, 'allow')
      expect((await client.redeem(location!, asked.checks)).claims()?.sub).toBe(other.id)
    })

    test('a client of our own asks nobody', async () => {
      const client = await registerRelyingParty(server)
      const { location } = await ask(client, { scope: 'openid email offline_access', prompt: 'consent' })
      expect(location).toMatch(/[?&]code=/)
    })
  })
}
