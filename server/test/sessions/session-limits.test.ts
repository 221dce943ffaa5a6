import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { challengeOf, signUpWithTotp } from '../harness/factors.ts'
import { followToForm, locationOf } from '../harness/pages.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, cookieOf, decodeToken, eventsOf, QUICK } from '../harness/tokens.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const TWENTY = 20

interface Reached {
  readonly error: {
    readonly code: string
    readonly details?: { readonly authentication_challenge: { readonly id: string }; readonly sessions_to_end: { readonly count: number; readonly sessions: readonly { readonly user_agent: string }[] } }
  }
}

for (const engine of testEngines) {
  describe(`the sessions of one person on ${engine}`, () => {
    let server: TestServer
    let oldest: TestServer
    let asks: TestServer
    let refuses: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { ...QUICK, PASSWORD_HASH_LANES: '32' })
      oldest = await server.sibling({}, 'session: { maximum_per_user: 2 }')
      asks = await server.sibling({}, 'session: { maximum_per_user: 2, when_full: ask }')
      refuses = await server.sibling({}, 'session: { maximum_per_user: 2, when_full: refuse }')
    })
    afterAll(async () => {
      for (const one of [refuses, asks, oldest, server]) await one.close()
    })

    const login = (person: Person, on: TestServer, browser = on.browser()) => browser.api('POST', '/login', { identifier: person.email, password: person.password })
    const isSignedIn = async (browser: Browser) => (await browser.api('GET', '/user')).statusCode === 200
    const liveSessions = async (person: Person) =>
      server.app.database.read.selectFrom('session').select('id').where('user_id', '=', person.id as never).where('ended_at', 'is', null).execute()

    test('are as many as they like while no limit is set', async () => {
      const ada = await signUp(server)
      for (let count = 0; count < 5; count += 1) await signIn(server, ada)
      expect(await liveSessions(ada)).toHaveLength(6)
    })

    test('beyond the limit end with the oldest sign-in', async () => {
      const ada = await signUp(oldest)
      const second = await signIn(oldest, ada)
      const third = await signIn(oldest, ada)
      expect([await isSignedIn(ada.browser), await isSignedIn(second), await isSignedIn(third)]).toEqual([false, true, true])
      expect(await eventsOf(server, ada.id, 'session.ended')).toMatchObject([{ data: { reason: 'session_limit', count: 1 } }])
    })

    test('of before a limit was set end down to it', async () => {
      const ada = await signUp(server)
      for (let count = 0; count < 4; count += 1) await signIn(server, ada)
      await signIn(oldest, ada)
      expect(await liveSessions(ada)).toHaveLength(2)
    })

    test('that ended or ran out leave their place to others', async () => {
      const ada = await signUp(refuses)
      const second = await signIn(refuses, ada)
      expect((await login(ada, refuses)).statusCode).toBe(409)
      await second.api('POST', '/sessions/logout')
      expect((await login(ada, refuses)).statusCode).toBe(200)
      server.clock.advance(15 * DAY_MS)
      expect((await login(ada, refuses)).statusCode).toBe(200)
    })

    test('are refused a further one at every door where the settings say so, once everything is proven', async () => {
      const ada = await signUp(refuses)
      await signIn(refuses, ada)
      const refused = await login(ada, refuses)
      expect([refused.statusCode, refused.json<Reached>().error]).toMatchObject([409, { code: 'session_limit_reached' }])
      expect(refused.json<Reached>().error.details).toBeUndefined()
      const page = await refuses.browser().post('/auth/login', { intent: 'password', identifier: ada.email, password: ada.password })
      expect(page.statusCode).toBe(409)
      expect(page.body).toContain('Too many devices')
      const batch_input = [{ identification: 'email', login_id: ada.email }, { authentication: 'primary_password', password: ada.password }]
      const flow = await refuses.browser().api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input })
      expect([flow.statusCode, flow.json<Reached>().error.code]).toEqual([409, 'session_limit_reached'])
      const wrong = await refuses.browser().api('POST', '/login', { identifier: ada.email, password: 'a wrong horse battery' })
      expect(wrong.statusCode, 'a stranger is not told').toBe(401)
      expect(await liveSessions(ada)).toHaveLength(2)
    })

    test('are shown on the page before they end, and end only when that is agreed to', async () => {
      const ada = await signUp(asks, { browser: asks.browser({ userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0' }) })
      const second = await signIn(asks, ada)
      const browser = asks.browser()
      const asked = await browser.post('/auth/login', { intent: 'password', identifier: ada.email, password: ada.password })
      const page = await browser.get(locationOf(asked))
      expect(page.statusCode).toBe(200)
      expect(page.body).toContain('Firefox on Windows')
      expect(await isSignedIn(browser)).toBe(false)
      expect(await liveSessions(ada)).toHaveLength(2)
      const state = await followToForm(browser, asked)
      const done = await browser.post('/auth/verify', { intent: 'confirm_ending', state })
      expect([done.statusCode, locationOf(done)]).toEqual([303, '/'])
      expect([await isSignedIn(ada.browser), await isSignedIn(second), await isSignedIn(browser)]).toEqual([false, true, true])
    })

    test('are named to clients of the API, which agree to their end with the challenge they got', async () => {
      const ada = await signUp(asks)
      await signIn(asks, ada)
      const browser = asks.browser()
      const reached = (await login(ada, asks, browser)).json<Reached>().error
      expect([reached.code, reached.details?.sessions_to_end.count, reached.details?.sessions_to_end.sessions.length]).toEqual(['session_limit_reached', 1, 1])
      const agree = () => browser.api('POST', '/login/end-sessions', { authentication_challenge_id: reached.details?.authentication_challenge.id })
      expect((await agree()).statusCode).toBe(200)
      expect(await isSignedIn(browser)).toBe(true)
      expect(await liveSessions(ada)).toHaveLength(2)
      expect((await agree()).statusCode, 'the challenge is good once').toBe(400)
    })

    test('are a step of the flow API, after the second factor', async () => {
      const ada = await signUpWithTotp(asks)
      const first = asks.browser()
      await first.api('POST', '/second-factor', { authentication_challenge_id: await challengeOf(ada, first), totp_code: totpCode(ada.key, server.clock.now()) })
      server.clock.advance(60_000)
      const browser = asks.browser()
      const batch_input = [
        { identification: 'email', login_id: ada.email },
        { authentication: 'primary_password', password: ada.password },
        { authentication: 'secondary_totp', code: totpCode(ada.key, server.clock.now()) },
      ]
      const asked = (await browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input })).json<{ state_token: string; action: { type: string; data: object } }>()
      expect(asked.action).toMatchObject({ type: 'terminate_other_sessions', data: { type: 'terminate_other_sessions_data', count: 1, sessions: [{ ip: expect.any(String) as string }] } })
      const input = { confirm_terminate_other_sessions: true }
      const done = await browser.api('POST', '/authentication_flows/states/input', { state_token: asked.state_token, input })
      expect([done.statusCode, done.json<{ action: { type: string } }>().action.type]).toEqual([200, 'finished'])
    })

    test('cannot be ended by agreeing before everything is proven', async () => {
      const ada = await signUpWithTotp(asks)
      await signIn(server, await signUp(server))
      const browser = asks.browser()
      const challenge = await challengeOf(ada, browser)
      expect((await browser.api('POST', '/login/end-sessions', { authentication_challenge_id: challenge })).statusCode).toBe(400)
      expect(await isSignedIn(browser)).toBe(false)
      expect(await isSignedIn(ada.browser)).toBe(true)
    })

    test('that were not shown do not end: who signed in meanwhile is asked about anew', async () => {
      const ada = await signUp(asks)
      await signIn(asks, ada)
      const slow = asks.browser()
      const challenge = (await login(ada, asks, slow)).json<Reached>().error.details?.authentication_challenge.id
      const quick = asks.browser()
      const other = (await login(ada, asks, quick)).json<Reached>().error.details?.authentication_challenge.id
      expect((await quick.api('POST', '/login/end-sessions', { authentication_challenge_id: other })).statusCode).toBe(200)
      expect((await slow.api('POST', '/login/end-sessions', { authentication_challenge_id: challenge })).statusCode).toBe(400)
      expect(await isSignedIn(quick)).toBe(true)
      expect(await liveSessions(ada)).toHaveLength(2)
    })

    test('never pass the limit, however many sign in at once over two instances', async () => {
      const twin = await oldest.sibling()
      const strict = await refuses.sibling()
      const [ada, eve] = [await signUp(oldest), await signUp(refuses)]
      expect(countStatuses(await atOnce([oldest, twin], TWENTY, (on) => login(ada, on)))).toEqual({ 200: TWENTY })
      expect(await liveSessions(ada)).toHaveLength(2)
      expect(countStatuses(await atOnce([refuses, strict], TWENTY, (on) => login(eve, on)))).toEqual({ 200: 1, 409: TWENTY - 1 })
      expect(await liveSessions(eve)).toHaveLength(2)
      await twin.close()
      await strict.close()
    })

    test('last as long as the settings say from then on, and shorter lengths end earlier ones at their next refresh', async () => {
      const short = await server.sibling({}, 'session: { idle_days: 1, absolute_days: 3 }')
      const long = await server.sibling({}, 'session: { idle_days: 30, absolute_days: 90 }')
      const refresh = async (browser: Browser, on: TestServer) => {
        const there = on.browser()
        for (const [name, value] of browser.cookies) there.cookies.set(name, value)
        const answer = await there.api('POST', '/sessions/refresh')
        if (answer.statusCode === 200) for (const [name, value] of there.cookies) browser.cookies.set(name, value)
        return answer.statusCode
      }
      const [brief, patient, lasting] = [await signUp(short), await signUp(server), await signUp(long)]
      server.clock.advance(20 * 60 * 60 * 1_000)
      expect(await refresh(brief.browser, short), 'each use moves the idle end').toBe(200)
      server.clock.advance(2 * DAY_MS)
      expect(await refresh(brief.browser, short)).toBe(401)
      expect(await refresh(patient.browser, server), 'the lengths it was begun under').toBe(200)
      server.clock.advance(20 * 60 * 60 * 1_000)
      expect(await refresh(patient.browser, short), 'older than three days, though used a day ago').toBe(401)
      expect(await eventsOf(server, patient.id, 'session.ended')).toMatchObject([{ data: { reason: 'lengths_changed' } }])
      server.clock.advance(25 * DAY_MS)
      expect(await refresh(lasting.browser, long)).toBe(200)
      const { exp, iat } = decodeToken(cookieOf(lasting.browser, 'access')).payload as { exp: number; iat: number }
      expect(exp - iat).toBe(600)
      await short.close()
      await long.close()
    })
  })
}
