import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signInByCode, signUpUnproven } from '../contract/unproven-person.ts'
import { testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, QUICK } from '../harness/tokens.ts'
import { askForChallenge, challengeIn, growStale, refusalIn } from './challenges.ts'

const NEW_PASSWORD = 'a different long sentence'
const MINUTE = 60_000

for (const engine of testEngines) {
  describe(`the password on ${engine}`, () => {
    let server: TestServer
    let direct: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      direct = await server.sibling({}, 'signup: { verification: off }')
    })
    afterAll(async () => {
      await direct.close()
      await server.close()
    })

    const loginStatus = async (email: string, password: string) => (await server.browser().api('POST', '/login', { email, password })).statusCode

    test('changes for who knows the current one: this session stays, the others end, the owner is told', async () => {
      const ada = await signUp(server)
      const phone = await signIn(server, ada)
      expect((await ada.browser.api('PUT', '/account/password', { current_password: GOOD_PASSWORD, new_password: NEW_PASSWORD })).statusCode).toBe(204)
      expect((await ada.browser.api('GET', '/user')).statusCode).toBe(200)
      expect((await phone.api('GET', '/user')).statusCode).toBe(401)
      expect((await phone.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      expect([await loginStatus(ada.email, GOOD_PASSWORD), await loginStatus(ada.email, NEW_PASSWORD)]).toEqual([401, 200])
      expect((await server.mailsTo(ada.email)).some((mail) => /password/i.test(mail.subject))).toBe(true)
    })

    test('stays when the current one is wrong, or the new one is not acceptable', async () => {
      const ada = await signUp(server)
      const phone = await signIn(server, ada)
      const change = (current_password: string, new_password: string) => ada.browser.api('PUT', '/account/password', { current_password, new_password })
      expect(refusalIn(await change('not the password', NEW_PASSWORD))).toEqual([400, 'invalid_request', 'current_password:invalid_credentials'])
      expect(refusalIn(await change(GOOD_PASSWORD, 'short'))).toEqual([400, 'invalid_request', 'new_password:too_short'])
      expect(refusalIn(await change(GOOD_PASSWORD, 'password1'))).toEqual([400, 'invalid_request', 'new_password:too_common'])
      expect(refusalIn(await change(GOOD_PASSWORD, `${ada.email}1`))).toEqual([400, 'invalid_request', 'new_password:contains_identifier'])
      expect(refusalIn(await change(GOOD_PASSWORD, 'x'.repeat(129)))).toEqual([400, 'invalid_request', 'new_password:too_long'])
      expect((await phone.api('GET', '/user')).statusCode).toBe(200)
      expect(await loginStatus(ada.email, GOOD_PASSWORD)).toBe(200)
    })

    test('voids the reset that was under way when it changes', async () => {
      const ada = await signUp(server)
      const thief = server.browser()
      const asked = await thief.api('POST', '/password-reset/challenges', { email: ada.email, new_password: 'chosen by the thief' })
      const { challenge_id } = asked.json<{ challenge_id: string }>()
      const code = await server.codeFor(ada.email)
      await ada.browser.api('PUT', '/account/password', { current_password: GOOD_PASSWORD, new_password: NEW_PASSWORD })
      expect((await thief.api('POST', '/password-reset/challenges/verify', { challenge_id, code })).statusCode).toBe(400)
      expect([await loginStatus(ada.email, NEW_PASSWORD), await loginStatus(ada.email, 'chosen by the thief')]).toEqual([200, 401])
    })

    test('is set for the first time where there is none, after a recent proof alone, and not a second time', async () => {
      const unproven = await signUpUnproven(direct)
      const browser = await signInByCode(direct, unproven.email)
      expect((await browser.api('GET', '/account')).json()).toMatchObject({ auth_methods: [] })
      expect(await loginStatus(unproven.email, GOOD_PASSWORD)).toBe(401)
      await growStale(direct, browser)
      challengeIn(await browser.api('POST', '/account/password', { password: NEW_PASSWORD }))
      const fresh = await signInByCode(direct, unproven.email)
      expect(refusalIn(await fresh.api('POST', '/account/password', { password: 'short' }))).toEqual([400, 'invalid_request', 'password:too_short'])
      expect((await fresh.api('POST', '/account/password', { password: NEW_PASSWORD })).statusCode).toBe(204)
      expect(refusalIn(await fresh.api('POST', '/account/password', { password: GOOD_PASSWORD }))).toEqual([409, 'password_already_exists'])
      expect(await loginStatus(unproven.email, NEW_PASSWORD)).toBe(200)
    })

    test('of whoever registered an address unproven is gone with their session once its owner proves it', async () => {
      const squatter = await signUpUnproven(direct)
      await signInByCode(direct, squatter.email)
      expect((await squatter.browser.api('GET', '/user')).statusCode).toBe(401)
      expect((await squatter.browser.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      expect(await loginStatus(squatter.email, GOOD_PASSWORD)).toBe(401)
    })
  })

  describe(`proving again on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    const prove = (browser: ReturnType<TestServer['browser']>, authentication_challenge_id: string, password = GOOD_PASSWORD) =>
      browser.api('POST', '/reauthenticate/password', { authentication_challenge_id, password })

    test('is asked for when the last proof is older than ten minutes, with a challenge of five', async () => {
      const { browser } = await signUp(server)
      expect((await browser.api('POST', '/reauthenticate/check')).statusCode).toBe(204)
      await growStale(server, browser)
      const answer = await browser.api('POST', '/reauthenticate/check')
      expect(answer.json()).toMatchObject({ error: { code: 'recent_authentication_required', details: { reauthenticate_url: '/auth/reauthenticate' } } })
      const left = Date.parse(challengeIn(answer).expires_at) - server.clock.now()
      expect(left).toBeGreaterThan(4.9 * MINUTE)
      expect(left).toBeLessThanOrEqual(5 * MINUTE)
    })

    test('with the password makes the session fresh, under new tokens', async () => {
      const { browser } = await signUp(server)
      await growStale(server, browser)
      const before = (await browser.api('GET', '/user')).json<{ session_id: string; authenticated_at: string }>()
      const tokens = [cookieOf(browser, 'access'), cookieOf(browser, 'refresh')]
      expect((await prove(browser, await askForChallenge(browser))).statusCode).toBe(204)
      expect([cookieOf(browser, 'access'), cookieOf(browser, 'refresh')].filter((token) => tokens.includes(token))).toEqual([])
      const after = (await browser.api('GET', '/user')).json<{ session_id: string; authenticated_at: string }>()
      expect(after.session_id).toBe(before.session_id)
      expect(Date.parse(after.authenticated_at)).toBeGreaterThan(Date.parse(before.authenticated_at) + 10 * MINUTE)
      expect((await browser.api('POST', '/reauthenticate/check')).statusCode).toBe(204)
    })

    test('with a wrong password is refused and leaves the session as stale as it was; the challenge may be tried again', async () => {
      const { browser } = await signUp(server)
      await growStale(server, browser)
      const challenge = await askForChallenge(browser)
      const wrong = await prove(browser, challenge, 'not the password')
      expect([...refusalIn(wrong), wrong.headers['www-authenticate']]).toEqual([401, 'unauthorized', 'Bearer'])
      expect((await browser.api('POST', '/reauthenticate/check')).statusCode).toBe(428)
      expect((await prove(browser, challenge)).statusCode).toBe(204)
    })

    test('takes no challenge that was used, is too old, is of another session or was made up', async () => {
      const ada = await signUp(server)
      await growStale(server, ada.browser)
      const phone = await signIn(server, ada)
      const challenge = await askForChallenge(ada.browser)
      const refused = [409, 'invalid_authentication_challenge']
      expect(refusalIn(await prove(phone, challenge))).toEqual(refused)
      for (const madeUp of ['x', challenge.slice(0, -2), `${challenge}A`, '00000000-0000-7000-8000-000000000001']) {
        expect(refusalIn(await prove(ada.browser, madeUp))).toEqual(refused)
      }
      expect((await prove(ada.browser, challenge)).statusCode).toBe(204)
      expect(refusalIn(await prove(ada.browser, challenge))).toEqual(refused)

      await growStale(server, ada.browser)
      const late = await askForChallenge(ada.browser)
      server.clock.advance(5 * MINUTE + 1_000)
      expect(refusalIn(await prove(ada.browser, late))).toEqual(refused)
    })

    test('counts wrong passwords with those of signing in', async () => {
      const limited = await server.sibling({ RATE_LIMITS: 'on' })
      const ada = await signUp(server)
      const browser = await signIn(limited, ada)
      await growStale(limited, browser)
      const challenge = await askForChallenge(browser)
      for (let tries = 0; tries < 10; tries += 1) expect((await prove(browser, challenge, 'wrong password')).statusCode).toBe(401)
      const refused = await prove(browser, challenge)
      expect([refused.statusCode, Number(refused.headers['retry-after']) > 0]).toEqual([429, true])
      expect((await limited.browser().api('POST', '/login', { email: ada.email, password: GOOD_PASSWORD })).statusCode).toBe(429)
      await limited.close()
    })
  })
}
