import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signUpUnproven } from '../contract/unproven-person.ts'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, QUICK, refreshWith, statusWith } from '../harness/tokens.ts'
import { refusalIn } from './challenges.ts'

for (const engine of testEngines) {
  describe(`signing in through the API on ${engine}`, () => {
    let server: TestServer
    let ada: Person
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      ada = await signUp(server)
    })
    afterAll(() => server.close())

    const login = (body: object, query = '') => server.browser().api('POST', `/login${query}`, body)

    test('takes an address or a username as identifier, or an address as email, and never both', async () => {
      await ada.browser.api('PATCH', '/account/username', { username: 'lovelace' })
      for (const name of [{ identifier: ada.email }, { identifier: 'Lovelace' }, { email: ada.email }, { email: ` ${ada.email.toUpperCase()} ` }]) {
        const answer = await login({ ...name, password: GOOD_PASSWORD })
        expect([name, answer.statusCode]).toEqual([name, 200])
        expect(answer.json()).toMatchObject({ user: { id: ada.id, email: ada.email, username: 'lovelace' } })
      }
      const both = await login({ identifier: ada.email, email: ada.email, password: GOOD_PASSWORD })
      expect(refusalIn(both).slice(0, 2)).toEqual([400, 'invalid_request'])
      expect(refusalIn(await login({ password: GOOD_PASSWORD })).slice(0, 2)).toEqual([400, 'invalid_request'])
    })

    test('is refused alike for a wrong password, a stranger and what is no address', async () => {
      const answers = [
        await login({ email: ada.email, password: 'not the password' }),
        await login({ email: newAddress('nobody'), password: GOOD_PASSWORD }),
        await login({ identifier: 'no such user', password: GOOD_PASSWORD }),
      ]
      for (const answer of answers) {
        expect(refusalIn(answer)).toEqual([401, 'unauthorized'])
        expect(Object.keys(answer.headers).sort()).toEqual(Object.keys(answers[0]!.headers).sort())
      }
    })

    test('serves the audience "app" and no other', async () => {
      const body = { email: ada.email, password: GOOD_PASSWORD }
      expect((await login(body, '?audience=app')).statusCode).toBe(200)
      for (const audience of ['admin', 'operator', 'APP', '']) {
        expect(refusalIn(await login(body, `?audience=${audience}`)).slice(0, 2)).toEqual([400, 'invalid_request'])
        expect((await ada.browser.api('POST', `/sessions/refresh?audience=${audience}`)).statusCode).toBe(400)
      }
      expect((await ada.browser.api('POST', '/sessions/refresh?audience=app')).statusCode).toBe(200)
    })

    test('keeps tokens out of the body, unless API_TOKENS_IN_BODY puts them there beside the cookies', async () => {
      const plain = await login({ email: ada.email, password: GOOD_PASSWORD })
      expect(Object.keys(plain.json<object>())).toEqual(['user'])

      const talkative = await server.sibling({ API_TOKENS_IN_BODY: 'on' }, 'signup: { verification: off }')
      const browser = talkative.browser()
      const answer = await browser.api('POST', '/login', { email: ada.email, password: GOOD_PASSWORD })
      const tokens = answer.json<{ access_token: string; refresh_token: string }>()
      expect([tokens.access_token, tokens.refresh_token]).toEqual([cookieOf(browser, 'access'), cookieOf(browser, 'refresh')])
      expect(await statusWith(talkative, tokens.access_token)).toBe(200)
      const refreshed = await refreshWith(talkative, tokens.refresh_token)
      expect(Object.keys(refreshed.json<object>()).sort()).toEqual(['access_token', 'refresh_token'])
      expect((await browser.api('POST', '/sessions/refresh')).body).toBe('')
      expect((await signUpUnproven(talkative)).browser.cookies.size).toBe(4)
      await talkative.close()
    })

    test('refreshes without cookies in either setting, since the token was in the body already', async () => {
      const { browser } = await signUp(server)
      const refreshed = await refreshWith(server, cookieOf(browser, 'refresh'))
      expect(refreshed.statusCode).toBe(200)
      const { access_token } = refreshed.json<{ access_token: string }>()
      expect(await statusWith(server, access_token)).toBe(200)
    })

    test('offers one of direct and verified sign-up, the other is not there', async () => {
      const direct = await server.sibling({}, 'signup: { verification: off }')
      const body = { email: newAddress(), password: GOOD_PASSWORD }
      expect(refusalIn(await server.browser().api('POST', '/signup/direct', body))).toEqual([404, 'not_found'])
      expect(refusalIn(await direct.browser().api('POST', '/signup/challenges', body))).toEqual([404, 'not_found'])
      const verify = { challenge_id: '00000000-0000-7000-8000-00000000abcd', code: '123456' }
      expect(refusalIn(await direct.browser().api('POST', '/signup/challenges/verify', verify))).toEqual([404, 'not_found'])
      const taken = await direct.browser().api('POST', '/signup/direct', { ...body, email: ada.email })
      expect(refusalIn(taken)).toEqual([400, 'invalid_request', 'email:unusable_email'])
      await direct.close()
    })

    test('is refused for a disabled account as soon as the password is right, and its sessions end', async () => {
      const eve = await signUp(server)
      await server.app.admins.disable(eve.email)
      expect((await eve.browser.api('GET', '/user')).statusCode).toBe(401)
      expect((await eve.browser.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      expect(refusalIn(await login({ email: eve.email, password: GOOD_PASSWORD }))).toEqual([403, 'forbidden'])
      expect(refusalIn(await login({ email: eve.email, password: 'not the password' }))).toEqual([401, 'unauthorized'])
    })
  })
}
