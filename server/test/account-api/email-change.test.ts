import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, QUICK } from '../harness/tokens.ts'
import { challengeIn, growStale, refusalIn } from './challenges.ts'

for (const engine of testEngines) {
  describe(`changing the email address on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    async function ask(browser: Browser, new_email: string): Promise<string> {
      const asked = await browser.api('POST', '/account/email-change/challenges', { new_email })
      expect(asked.statusCode).toBe(202)
      return asked.json<{ challenge_id: string }>().challenge_id
    }
    const verify = (browser: Browser, challenge_id: string, code: string) => browser.api('POST', '/account/email-change/challenges/verify', { challenge_id, code })
    const emailOf = async (browser: Browser) => (await browser.api('GET', '/user')).json<{ email: string }>().email
    const wrongCodeFor = async (address: string) => ((await server.codeFor(address)) === '123456' ? '654321' : '123456')

    test('takes the code that went to the new address, and tells both', async () => {
      const ada = await signUp(server)
      const next = newAddress('next')
      const challenge = await ask(ada.browser, next)
      expect(await emailOf(ada.browser)).toBe(ada.email)
      expect((await verify(ada.browser, challenge, await server.codeFor(next))).statusCode).toBe(204)
      expect(await emailOf(ada.browser)).toBe(next)
      for (const address of [ada.email, next]) {
        const subjects = (await server.mailsTo(address)).map((mail) => mail.subject)
        expect(subjects.some((subject) => /chang/i.test(subject)), `${address}: ${subjects.join(', ')}`).toBe(true)
      }
      await signIn(server, { email: next, password: GOOD_PASSWORD })
      expect((await server.browser().api('POST', '/login', { email: ada.email, password: GOOD_PASSWORD })).statusCode).toBe(401)
    })

    test('wants a recent proof to begin and to finish', async () => {
      const ada = await signUp(server)
      const next = newAddress('next')
      const challenge = await ask(ada.browser, next)
      const code = await server.codeFor(next)
      server.clock.advance(9 * 60_000)
      await ada.browser.api('POST', '/sessions/refresh')
      server.clock.advance(2 * 60_000)
      challengeIn(await verify(ada.browser, challenge, code))
      challengeIn(await ada.browser.api('POST', '/account/email-change/challenges', { new_email: newAddress() }))
      expect(await emailOf(ada.browser)).toBe(ada.email)
    })

    test('refuses a wrong code five times, then even the right one', async () => {
      const ada = await signUp(server)
      const next = newAddress('next')
      const challenge = await ask(ada.browser, next)
      const wrong = await wrongCodeFor(next)
      for (let tries = 0; tries < 5; tries += 1) expect(refusalIn(await verify(ada.browser, challenge, wrong))).toEqual([400, 'invalid_request', 'code:wrong_code'])
      expect(refusalIn(await verify(ada.browser, challenge, await server.codeFor(next)))).toEqual([400, 'invalid_request', 'code:code_exhausted'])
      expect(await emailOf(ada.browser)).toBe(ada.email)
    })

    test('takes a code once, in its ten minutes, from the session that asked', async () => {
      const ada = await signUp(server)
      const next = newAddress('next')
      const challenge = await ask(ada.browser, next)
      const code = await server.codeFor(next)
      const phone = await signIn(server, ada)
      const eve = await signUp(server)
      for (const other of [phone, eve.browser]) expect(refusalIn(await verify(other, challenge, code))).toEqual([400, 'invalid_request', 'code:code_exhausted'])
      const answers = await atOnce([server], 8, () => verify(ada.browser, challenge, code))
      expect(countStatuses(answers)).toEqual({ 204: 1, 400: 7 })

      const fresh = await signIn(server, { email: next, password: GOOD_PASSWORD })
      const later = newAddress('later')
      const late = await ask(fresh, later)
      await growStale(server, fresh)
      challengeIn(await verify(fresh, late, await server.codeFor(later)))
    })

    test('says nothing of whether an address is taken, and never gives it away', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      const taken = await eve.browser.api('POST', '/account/email-change/challenges', { new_email: ada.email.toUpperCase() })
      const free = await eve.browser.api('POST', '/account/email-change/challenges', { new_email: newAddress() })
      expect([taken.statusCode, Object.keys(taken.json<object>()), Object.keys(taken.headers).sort()]).toEqual([free.statusCode, Object.keys(free.json<object>()), Object.keys(free.headers).sort()])
      const { challenge_id } = taken.json<{ challenge_id: string }>()
      expect(refusalIn(await verify(eve.browser, challenge_id, '123456'))).toEqual([400, 'invalid_request', 'code:wrong_code'])
      expect([await emailOf(ada.browser), await emailOf(eve.browser)]).toEqual([ada.email, eve.email])
    })

    test('loses to an account that was made with the address meanwhile', async () => {
      const ada = await signUp(server)
      const next = newAddress('wanted')
      const challenge = await ask(ada.browser, next)
      const code = await server.codeFor(next)
      await signUp(server, { email: next })
      const answer = await verify(ada.browser, challenge, code)
      expect([answer.statusCode, answer.json<{ error: { code: string } }>().error.code]).toEqual([400, 'invalid_request'])
      expect(await emailOf(ada.browser)).toBe(ada.email)
    })

    test('refuses what is no address', async () => {
      const ada = await signUp(server)
      for (const bad of ['x', 'a@', '@b.example', 'a@b', 'a b@c.example', 'a@b.example, c@d.example', 'a@[127.0.0.1]', `${'a'.repeat(250)}@b.example`, 'a@b.example\r\nBcc: c@d.example']) {
        const answer = await ada.browser.api('POST', '/account/email-change/challenges', { new_email: bad })
        expect([bad, ...refusalIn(answer)]).toEqual([bad, 400, 'invalid_request', 'new_email:invalid_email'])
      }
    })
  })
}
