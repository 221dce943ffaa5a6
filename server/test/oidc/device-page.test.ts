import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMIT_RULES } from '../../src/services/limits/rules.ts'
import type { Browser } from '../harness/browser.ts'
import { begin, decide, DEVICE_GRANT, registerTelevision } from '../harness/devices.ts'
import { testEngines } from '../harness/engines.ts'
import { locationOf } from '../harness/pages.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { relyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const PAGE = '/auth/device'

for (const engine of testEngines) {
  describe(`the page and the API where a person lets a device in on ${engine}`, () => {
    let server: TestServer
    let person: Person
    let browser: Browser
    let television: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
      browser = await signIn(server, person)
      television = await registerTelevision(server, { name: 'Telly <b>' })
    })
    afterAll(() => server.close())

    const type = (userCode: string, by = browser) => by.post(PAGE, { user_code: userCode, intent: 'submit_code' })
    const look = (userCode: string, by = browser) => by.api('POST', '/device-authorizations', { user_code: userCode })
    const reply = (userCode: string, answer: string, by = browser) => by.api('POST', '/device-authorizations/answer', { user_code: userCode, answer })

    test('a stranger signs in first and comes back to the code in the address', async () => {
      const { answer } = await begin(television)
      const address = new URL(answer.verification_uri_complete!)
      const stranger = server.browser()
      const login = new URL(locationOf(await stranger.get(`${address.pathname}${address.search}`)), 'http://here')
      expect(login.pathname).toBe('/auth/login')
      expect(login.searchParams.get('return_to')).toBe(`${PAGE}?user_code=${answer.user_code}`)
    })

    test('a code in the address is filled in, and does nothing by itself', async () => {
      const device = await begin(television)
      const page = await browser.get(`${PAGE}?user_code=${device.userCode}`)
      expect(page.body).toContain(`value="${device.userCode}"`)
      expect(page.body).not.toContain('Telly')
      await expect(device.poll()).rejects.toMatchObject({ error: 'authorization_pending' })
      // Nor does it bind the code: whoever types it first, does.
      expect((await type(device.userCode, (await signUp(server)).browser)).statusCode).toBe(200)
    })

    test('the page says who asks for what, as whom, shows the code to compare, and warns', async () => {
      const { userCode } = await begin(television, { scope: 'openid email offline_access' })
      const { statusCode, body } = await type(userCode)
      expect(statusCode).toBe(200)
      for (const text of ['Telly &#60;b&#62; asks for access to your account', 'An application of Gatepost', `<p class="gp-code">${userCode}</p>`, 'Allow it only if you started this yourself', 'Your email address', 'This access also while you are away', person.email]) {
        expect(body).toContain(text)
      }
      const foreign = await begin(await registerTelevision(server, { name: 'Foreign', type: 'third_party', token_endpoint_auth_method: 'none' }))
      expect((await type(foreign.userCode)).body).toContain('Not an application of Gatepost')
    })

    test('the page says in the words of the operator what a scope gives, and that nobody here knows a client that registered itself', async () => {
      const resource = 'https://api.example.com/orders'
      await server.app.clients.resources.create({ identifier: resource, name: 'Orders', scopes: { 'orders:read': 'See your orders' } })
      const reader = await registerTelevision(server, { name: 'Reader', scope: 'openid orders:read' })
      const { body } = await type((await begin(reader, { scope: 'openid orders:read', resource })).userCode)
      expect(body).toContain('<li>See your orders</li>')
      expect(body).not.toContain('registered itself')
      await server.app.settings.apply('client_registration: { policy: open }')
      const registered = await server.browser().raw({ method: 'POST', url: '/auth/oauth2/register', headers: { 'content-type': 'application/json' }, payload: JSON.stringify({ client_name: 'Unknown box', grant_types: [DEVICE_GRANT], token_endpoint_auth_method: 'none', response_types: [], redirect_uris: [] }) })
      expect([registered.statusCode, registered.body]).toEqual([201, expect.stringContaining('client_id') as string])
      const box = await relyingParty(server, registered.json<{ client_id: string }>().client_id, undefined)
      const shown = await type((await begin(box, { scope: 'openid' })).userCode)
      expect(shown.body).toContain('Unknown box asks for access to your account')
      expect(shown.body).toContain('Not an application of Gatepost')
      expect(shown.body).toMatch(/gp-banner-info/)
    })

    test('a code is taken however it is typed, and once', async () => {
      const device = await begin(television)
      const typed = ` ${device.userCode.toLowerCase().replace('-', ' ')} `
      expect((await type(typed)).statusCode).toBe(200)
      expect((await browser.post(PAGE, { user_code: typed, intent: 'allow' })).body).toContain('Your device is connected')
      for (const intent of ['submit_code', 'allow', 'refuse']) {
        const again = await browser.post(PAGE, { user_code: device.userCode, intent })
        expect([intent, again.statusCode]).toEqual([intent, 422])
        expect(again.body).toContain('This code is unknown or over')
      }
      expect((await device.poll()).access_token).toBeTruthy()
    })

    test('a form without its token, or from elsewhere, decides nothing', async () => {
      const device = await begin(television)
      await type(device.userCode)
      expect((await browser.post(PAGE, { user_code: device.userCode, intent: 'allow', csrf_token: 'wrong' })).statusCode).toBe(403)
      expect((await browser.post(PAGE, { user_code: device.userCode, intent: 'allow' }, { origin: 'https://evil.example.com', 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
      expect((await browser.post(PAGE, { user_code: device.userCode, intent: 'whatever' })).statusCode).toBe(400)
      await expect(device.poll()).rejects.toMatchObject({ error: 'authorization_pending' })
    })

    // security case S2 (GHSA-cq3f)
    test('only the session that typed the code answers it', async () => {
      const device = await begin(television)
      expect((await browser.post(PAGE, { user_code: device.userCode, intent: 'allow' })).statusCode).toBe(422)
      expect((await type(device.userCode)).statusCode).toBe(200)
      for (const other of [(await signUp(server)).browser, await signIn(server, person)]) {
        expect((await type(device.userCode, other)).statusCode).toBe(422)
        expect((await other.post(PAGE, { user_code: device.userCode, intent: 'allow' })).statusCode).toBe(422)
        expect((await reply(device.userCode, 'refuse', other)).statusCode).toBe(404)
      }
      await expect(device.poll()).rejects.toMatchObject({ error: 'authorization_pending' })
      expect((await browser.post(PAGE, { user_code: device.userCode, intent: 'allow' })).statusCode).toBe(200)
    })

    test('of many answers at once one counts', async () => {
      const device = await begin(television)
      await type(device.userCode)
      const answers = await Promise.all(Array.from({ length: 12 }, (_one, index) => browser.post(PAGE, { user_code: device.userCode, intent: index % 2 === 0 ? 'allow' : 'refuse' })))
      expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, ...Array.from({ length: 11 }, () => 422)])
      const isAllowed = answers.find(({ statusCode }) => statusCode === 200)!.body.includes('Your device is connected')
      if (isAllowed) expect((await device.poll()).access_token).toBeTruthy()
      else await expect(device.poll()).rejects.toMatchObject({ error: 'access_denied' })
    })

    test('another account can be used: the session ends, and the code comes along', async () => {
      const device = await begin(television)
      const leaving = await signIn(server, person)
      const left = await leaving.post(PAGE, { user_code: device.userCode, intent: 'other_account' })
      expect(new URL(locationOf(left), 'http://here').searchParams.get('return_to')).toBe(`${PAGE}?user_code=${device.userCode}`)
      expect((await leaving.api('GET', '/user')).statusCode).toBe(401)
    })

    test('the API finds a device, tells who asks, and answers it', async () => {
      const device = await begin(television)
      const found = await look(device.userCode.replace('-', '').toLowerCase())
      expect(found.json()).toEqual({ user_code: device.userCode, client_id: television.clientId, name: 'Telly <b>', first_party: true, scopes: ['openid', 'email'], expires_at: expect.any(String) as string })
      expect((await reply(device.userCode, 'allow')).statusCode).toBe(204)
      expect((await reply(device.userCode, 'allow')).statusCode).toBe(404)
      expect((await look(device.userCode)).statusCode).toBe(404)
      expect((await device.poll()).access_token).toBeTruthy()

      const unwanted = await begin(television)
      await look(unwanted.userCode)
      expect((await reply(unwanted.userCode, 'perhaps')).statusCode).toBe(400)
      expect((await reply(unwanted.userCode, 'refuse')).statusCode).toBe(204)
      await expect(unwanted.poll()).rejects.toMatchObject({ error: 'access_denied' })
    })

    test('the API wants a session of an account, and its token', async () => {
      const device = await begin(television)
      expect((await look(device.userCode, server.browser())).statusCode).toBe(401)
      expect((await browser.api('POST', '/device-authorizations', { user_code: device.userCode }, { 'x-csrf-token': 'wrong' })).statusCode).toBe(403)
      expect((await look('')).statusCode).toBe(400)
    })

    test('a client that is gone lets nobody in', async () => {
      const gone = await registerTelevision(server)
      const device = await begin(gone)
      await server.app.clients.delete(gone.clientId)
      expect((await type(device.userCode)).statusCode).toBe(422)
    })
  })
}

// One engine: counters live in this process, or in Redis, and never in the database.
describe('limits of the device flow', () => {
  let server: TestServer
  let television: RelyingParty
  beforeAll(async () => {
    server = await startTestServer(testEngines[0]!, { ...QUICK, RATE_LIMITS: 'on' })
    television = await registerTelevision(server)
  })
  afterAll(() => server.close())

  const WRONG = 'BBBB-BBBB'

  // security case S1
  test('wrong codes are counted per account, in pages and API alike, and right ones are not', async () => {
    const { browser } = await signUp(server)
    for (let tries = 0; tries < LIMIT_RULES.device_code_failures_per_account.tries; tries++) {
      expect((await decide(browser, (await begin(television)).userCode)).statusCode).toBe(200)
      const wrong = tries % 2 === 0 ? await browser.post(PAGE, { user_code: WRONG, intent: 'submit_code' }) : await browser.api('POST', '/device-authorizations', { user_code: WRONG })
      expect([404, 422]).toContain(wrong.statusCode)
    }
    const { userCode } = await begin(television)
    for (const refused of [await browser.post(PAGE, { user_code: userCode, intent: 'submit_code' }), await browser.api('POST', '/device-authorizations', { user_code: userCode }), await browser.post(PAGE, { user_code: WRONG, intent: 'allow' })]) {
      expect(refused.statusCode).toBe(429)
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    }
  })

  test('wrong codes are counted per address, whoever is signed in there', async () => {
    const ip = '203.0.113.9'
    const { tries } = LIMIT_RULES.device_code_failures_per_address
    const per = LIMIT_RULES.device_code_failures_per_account.tries
    for (let account = 0; account < tries / per; account++) {
      const { browser } = await signUp(server, { browser: server.browser({ ip }) })
      for (let wrong = 0; wrong < per; wrong++) expect((await browser.api('POST', '/device-authorizations', { user_code: WRONG })).statusCode).toBe(404)
    }
    const { browser } = await signUp(server, { browser: server.browser({ ip }) })
    expect((await browser.api('POST', '/device-authorizations', { user_code: WRONG })).statusCode).toBe(429)
  })

  // security case S3
  test('a poll that comes too soon hears slow_down, and gets the tokens all the same once they are there', async () => {
    const { browser } = await signUp(server)
    const device = await begin(television)
    await expect(device.poll()).rejects.toMatchObject({ error: 'authorization_pending' })
    await expect(device.poll()).rejects.toMatchObject({ error: 'slow_down' })
    const other = await begin(television)
    await expect(other.poll()).rejects.toMatchObject({ error: 'authorization_pending' })
    await decide(browser, device.userCode)
    expect((await device.poll()).access_token).toBeTruthy()
  })
})
