import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import type { Browser } from '../harness/browser.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { Person } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, QUICK, refreshWith, statusWith } from '../harness/tokens.ts'

/** What sits in the victim's browser before they sign in. security case D1 */
function plant(browser: Browser, cookies: { access: string; refresh: string; csrf: string }): void {
  for (const [kind, value] of Object.entries(cookies)) browser.cookies.set(`gatepost_${kind}`, value)
}
const cookiesOf = (browser: Browser) => ({
  access: cookieOf(browser, 'access'),
  refresh: cookieOf(browser, 'refresh'),
  csrf: cookieOf(browser, 'csrf'),
})
const sidOf = (browser: Browser) => decodeToken(cookieOf(browser, 'access')).payload['sid']

async function signInOnPage(person: Person, browser: Browser): Promise<Browser> {
  await browser.get('/auth/login')
  const answer = await browser.post('/auth/login', { intent: 'password', identifier: person.email, password: person.password })
  if (answer.statusCode !== 303) throw new Error(`sign-in was answered ${answer.statusCode}`)
  return browser
}

for (const engine of testEngines) {
  describe(`cookies planted before signing in, on ${engine}`, () => {
    let server: TestServer
    let victim: Person
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      victim = await signUp(server)
    })
    afterAll(() => server.close())

    const doors = [
      ['through the API', (browser: Browser) => signIn(server, victim, browser)],
      ['on the page', (browser: Browser) => signInOnPage(victim, browser)],
    ] as const

    test.each(doors)('made-up values are replaced by a sign-in %s and stay worthless', async (_door, enter) => {
      const browser = server.browser()
      const planted = { access: 'eyJhbGciOiJFUzI1NiJ9.e30.AAAA', refresh: 'A'.repeat(43), csrf: 'planted.planted.planted' }
      plant(browser, planted)
      // The planted CSRF token passes nowhere; a visit of the page brings a real one.
      await browser.get('/auth/login')
      await enter(browser)
      expect(cookiesOf(browser)).not.toMatchObject({ access: planted.access })
      expect(Object.values(cookiesOf(browser))).not.toEqual(expect.arrayContaining([planted.refresh, planted.csrf]))
      expect(await statusWith(server, planted.access)).toBe(401)
      expect((await refreshWith(server, planted.refresh)).statusCode).toBe(401)
    })

    test.each(doors)('the session of an attacker does not become the victim\'s by a sign-in %s', async (_door, enter) => {
      const attacker = await signUp(server)
      const known = cookiesOf(attacker.browser)
      const browser = server.browser()
      plant(browser, known)
      await enter(browser)
      expect(sidOf(browser)).not.toBe(sidOf(attacker.browser))
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ email: victim.email })
      const held = await server.browser().api('GET', '/user', undefined, { authorization: `Bearer ${known.access}` })
      if (held.statusCode === 200) expect(held.json()).toMatchObject({ email: attacker.email })
      const renewed = await refreshWith(server, known.refresh)
      if (renewed.statusCode === 200) {
        expect(decodeToken(renewed.json<{ access_token: string }>().access_token).payload['sub']).toBe(attacker.id)
      }
    })

    test.each(doors)('a session of one\'s own that ended is not revived by a sign-in %s', async (_door, enter) => {
      const browser = await signIn(server, victim)
      const before = cookiesOf(browser)
      const endedSid = sidOf(browser)
      await browser.copy().api('POST', '/sessions/logout')
      await browser.get('/auth/login')
      await enter(browser)
      expect(sidOf(browser)).not.toBe(endedSid)
      expect(await statusWith(server, before.access)).toBe(401)
      expect((await refreshWith(server, before.refresh)).statusCode).toBe(401)
    })

    test.each(doors)('a CSRF token known before a sign-in %s is worthless after it', async (_door, enter) => {
      const browser = server.browser()
      await browser.get('/auth/login')
      const known = cookieOf(browser, 'csrf')
      await enter(browser)
      expect(cookieOf(browser, 'csrf')).not.toBe(known)
      browser.cookies.set('gatepost_csrf', known)
      expect((await browser.api('PATCH', '/account/profile', { display_name: 'Mallory' }, { 'x-csrf-token': known })).statusCode).toBe(403)
    })

    test('every sign-in of one person is a session of its own', async () => {
      const sids = new Set<unknown>()
      for (let round = 0; round < 4; round += 1) sids.add(sidOf(await signIn(server, victim)))
      expect(sids.size).toBe(4)
    })

    test('a sign-up does not adopt the session the browser arrived with', async () => {
      const attacker = await signUp(server)
      const browser = server.browser()
      plant(browser, cookiesOf(attacker.browser))
      const email = newAddress()
      await signUp(server, { email, browser, password: GOOD_PASSWORD })
      expect(sidOf(browser)).not.toBe(sidOf(attacker.browser))
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ email })
    })

    test('proving again who one is renews both tokens of the same session and voids the old refresh token', async () => {
      const browser = await signIn(server, victim)
      const before = cookiesOf(browser)
      server.clock.advance(11 * 60_000)
      await browser.api('POST', '/sessions/refresh')
      const asked = await browser.api('POST', '/reauthenticate/check')
      expect(asked.statusCode).toBe(428)
      const challenge = asked.json<{ error: { details: { authentication_challenge: { id: string } } } }>().error.details.authentication_challenge.id
      const proven = await browser.api('POST', '/reauthenticate/password', { authentication_challenge_id: challenge, password: victim.password })
      expect(proven.statusCode).toBe(204)
      const after = cookiesOf(browser)
      expect(after.access).not.toBe(before.access)
      expect(after.refresh).not.toBe(before.refresh)
      expect(decodeToken(after.access).payload['sid']).toBe(decodeToken(before.access).payload['sid'])
      expect(decodeToken(after.access).payload['auth_time']).not.toBe(decodeToken(before.access).payload['auth_time'])
    })
  })
}
