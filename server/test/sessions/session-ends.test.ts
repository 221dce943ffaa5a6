import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { Person } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, QUICK, refreshWith, setCookiesOf, statusWith } from '../harness/tokens.ts'

type Tokens = { access_token: string; refresh_token: string }

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const IDLE_END = 14 * DAY
const ABSOLUTE_END = 60 * DAY

for (const engine of testEngines) {
  // Every test moves the clock, so each begins with a sign-in of its own. security case D8
  describe(`the ends of a session on ${engine}`, () => {
    let server: TestServer
    let person: Person
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
    })
    afterAll(() => server.close())

    async function begin(): Promise<Tokens> {
      const browser = await signIn(server, person)
      return { access_token: cookieOf(browser, 'access'), refresh_token: cookieOf(browser, 'refresh') }
    }
    const refresh = (tokens: Tokens) => refreshWith(server, tokens.refresh_token)

    test('a session nobody uses for fourteen days is over', async () => {
      const lasting = await begin()
      const lost = await begin()
      server.clock.advance(IDLE_END - MINUTE)
      const renewed = await refresh(lasting)
      expect(renewed.statusCode).toBe(200)
      server.clock.advance(2 * MINUTE)
      expect((await refresh(lost)).statusCode).toBe(401)
      expect((await refresh(renewed.json<Tokens>())).statusCode).toBe(200)
    })

    test('a session over by idleness is gone from the list and its browser is sent to sign in', async () => {
      const browser = await signIn(server, person)
      const sid = decodeToken(cookieOf(browser, 'access')).payload['sid']
      server.clock.advance(IDLE_END + MINUTE)
      expect((await browser.get('/auth/settings')).statusCode).toBe(303)
      const account = await (await signIn(server, person)).api('GET', '/account')
      expect(account.json<{ sessions: { id: string }[] }>().sessions.map((one) => one.id)).not.toContain(sid)
    })

    // security case E8
    test('no activity moves the absolute end, however often the token is renewed', async () => {
      const rotations = engine === 'sqlite' ? 400 : 120
      let tokens = await begin()
      const step = Math.floor((ABSOLUTE_END - 10 * MINUTE) / rotations)
      for (let count = 0; count < rotations; count += 1) {
        server.clock.advance(step)
        const answer = await refresh(tokens)
        if (answer.statusCode !== 200) throw new Error(`rotation ${count} of ${rotations} was answered ${answer.statusCode}`)
        tokens = answer.json<Tokens>()
      }
      expect(await statusWith(server, tokens.access_token)).toBe(200)
      server.clock.advance(11 * MINUTE)
      expect((await refresh(tokens)).statusCode).toBe(401)
      expect(await statusWith(server, tokens.access_token)).toBe(401)
    })

    test('near the absolute end cookies and access token end with the session', async () => {
      const browser = await signIn(server, person)
      const startedAt = server.clock.now()
      for (let count = 0; count < 5; count += 1) {
        server.clock.advance(11 * DAY)
        expect((await browser.api('POST', '/sessions/refresh')).statusCode).toBe(200)
      }
      server.clock.advance(5 * DAY - 5 * MINUTE)
      const answer = await browser.api('POST', '/sessions/refresh')
      expect(answer.statusCode).toBe(200)
      const leftSeconds = Math.ceil((startedAt + ABSOLUTE_END - server.clock.now()) / 1_000) + 1
      const tokenCookies = setCookiesOf(answer).filter((cookie) => !cookie.name.endsWith('_csrf'))
      expect(tokenCookies).toHaveLength(2)
      for (const cookie of tokenCookies) expect(Number(cookie.attributes.get('max-age')), cookie.name).toBeLessThanOrEqual(leftSeconds)
      const { exp } = decodeToken(cookieOf(browser, 'access')).payload
      expect(Number(exp) * 1_000).toBeLessThanOrEqual(startedAt + ABSOLUTE_END + 1_000)
    })

    test('proving again who one is does not move the absolute end', async () => {
      const browser = await signIn(server, person)
      for (let count = 0; count < 5; count += 1) {
        server.clock.advance(11 * DAY)
        await browser.api('POST', '/sessions/refresh')
      }
      const asked = await browser.api('POST', '/reauthenticate/check')
      const challenge = asked.json<{ error: { details: { authentication_challenge: { id: string } } } }>().error.details.authentication_challenge.id
      await browser.api('POST', '/reauthenticate/password', { authentication_challenge_id: challenge, password: person.password })
      expect((await browser.api('GET', '/user')).statusCode).toBe(200)
      server.clock.advance(5 * DAY + MINUTE)
      expect((await browser.api('POST', '/sessions/refresh')).statusCode).toBe(401)
    })

    test('a clock that steps back revives nothing that ended and accepts no token that was spent', async () => {
      const ended = await begin()
      await server.browser().api('POST', '/sessions/logout', undefined, { authorization: `Bearer ${ended.access_token}` })
      const reused = await begin()
      const next = (await refresh(reused)).json<Tokens>()
      const last = (await refresh(next)).json<Tokens>()
      server.clock.advance(-2 * 60 * MINUTE)
      expect(await statusWith(server, ended.access_token)).toBe(401)
      expect((await refresh(ended)).statusCode).toBe(401)
      expect((await refresh(last)).statusCode, 'the live token still works').toBe(200)
      expect((await refresh(reused)).statusCode).toBe(401)
      server.clock.advance(2 * 60 * MINUTE)
      expect((await refresh(last)).statusCode).toBe(401)
      expect(await statusWith(server, last.access_token)).toBe(401)
    })

    test('a clock that steps back a little, as two instances may differ, does not take twenty tabs for a theft', async () => {
      const tokens = await begin()
      const first = (await refresh(tokens)).json<Tokens>()
      server.clock.advance(-30_000)
      const again = await refresh(tokens)
      expect([again.statusCode, again.json<Tokens>().refresh_token]).toEqual([200, first.refresh_token])
      server.clock.advance(30_000)
    })
  })

  describe(`a clock behind the one that made the first key, on ${engine}`, () => {
    test('still signs people in', async () => {
      const server = await startTestServer(engine, QUICK)
      server.clock.advance(-5_000)
      const { browser } = await signUp(server)
      expect((await browser.api('GET', '/user')).statusCode).toBe(200)
      await server.close()
    })
  })
}
