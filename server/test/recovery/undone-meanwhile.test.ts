import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { followToForm } from '../harness/pages.ts'
import { newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const OTHER_PASSWORD = 'entirely other words here'
const THIRD_PASSWORD = 'and these are third ones'

for (const engine of testEngines) {
  describe(`what a flow proved and its owner has undone since, on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off' })
    })
    afterAll(() => server.close())

    /** A recovery whose code was right, waiting for the new password. */
    async function provenRecovery(browser: Browser, email: string): Promise<string> {
      const asked = await browser.post('/auth/reset_password', { intent: 'identify', email })
      const state = await followToForm(browser, asked)
      const proven = await browser.post('/auth/reset_password', { intent: 'submit_code', state, code: await server.codeFor(email) })
      return followToForm(browser, proven)
    }

    test('a proven recovery is over once the owner has changed the password', async () => {
      const owner = await signUp(server)
      const intruder = server.browser()
      const state = await provenRecovery(intruder, owner.email)
      server.clock.advance(1_000)
      const changed = await owner.browser.api('PUT', '/account/password', { current_password: owner.password, new_password: OTHER_PASSWORD })
      expect(changed.statusCode).toBe(204)
      const answer = await intruder.post('/auth/reset_password', { intent: 'new_password', state, new_password: THIRD_PASSWORD })
      expect(answer.statusCode).toBe(400)
      expect((await owner.browser.api('GET', '/user')).statusCode).toBe(200)
      await signIn(server, { email: owner.email, password: OTHER_PASSWORD })
    })

    test('a proven recovery is over once the account has another address, or is gone', async () => {
      const owner = await signUp(server)
      const [moved, gone] = [server.browser(), server.browser()]
      const states = [await provenRecovery(moved, owner.email), await provenRecovery(gone, owner.email)]
      const email = newAddress('new')
      const asked = await owner.browser.api('POST', '/account/email-change/challenges', { new_email: email })
      const { challenge_id } = asked.json<{ challenge_id: string }>()
      const verified = await owner.browser.api('POST', '/account/email-change/challenges/verify', { challenge_id, code: await server.codeFor(email) })
      expect(verified.statusCode).toBe(204)
      const afterMove = await moved.post('/auth/reset_password', { intent: 'new_password', state: states[0]!, new_password: THIRD_PASSWORD })
      expect(afterMove.statusCode).toBe(400)
      expect((await owner.browser.api('DELETE', '/account')).statusCode).toBe(204)
      const afterEnd = await gone.post('/auth/reset_password', { intent: 'new_password', state: states[1]!, new_password: THIRD_PASSWORD })
      expect(afterEnd.statusCode).toBe(400)
    })

    test('a code asked for by an old state never goes to the address the account has left', async () => {
      const owner = await signUp(server)
      const intruder = server.browser()
      const identified = await intruder.post('/auth/login', { intent: 'identify', identifier: owner.email })
      const state = await followToForm(intruder, identified)
      const email = newAddress('new')
      const asked = await owner.browser.api('POST', '/account/email-change/challenges', { new_email: email })
      const { challenge_id } = asked.json<{ challenge_id: string }>()
      await owner.browser.api('POST', '/account/email-change/challenges/verify', { challenge_id, code: await server.codeFor(email) })
      const before = (await server.mailsTo(owner.email)).length
      expect((await intruder.post('/auth/verify', { intent: 'code', state })).statusCode).toBe(303)
      expect((await server.mailsTo(owner.email)).length).toBe(before)
    })

    test('no sign-in with the old password outlives the change of it', async () => {
      const owner = await signUp(server)
      let isOver = false
      const answers: Browser[] = []
      const intrude = async () => {
        while (!isOver) {
          const browser = server.browser()
          const answer = await browser.api('POST', '/login', { identifier: owner.email, password: owner.password })
          if (answer.statusCode === 200) answers.push(browser)
        }
      }
      const intruders = [intrude(), intrude(), intrude()]
      await new Promise((resolve) => setTimeout(resolve, 300))
      const changed = await owner.browser.api('PUT', '/account/password', { current_password: owner.password, new_password: OTHER_PASSWORD })
      await new Promise((resolve) => setTimeout(resolve, 300))
      isOver = true
      await Promise.all(intruders)
      expect(changed.statusCode).toBe(204)
      expect(answers.length).toBeGreaterThan(0)
      for (const browser of answers) expect((await browser.api('GET', '/user')).statusCode).toBe(401)
    })

    test('of two changes of one password at once one is refused', async () => {
      const owner = await signUp(server)
      const other = await signIn(server, owner)
      const change = (browser: Browser, password: string) =>
        browser.api('PUT', '/account/password', { current_password: owner.password, new_password: password })
      const statuses = await Promise.all([change(owner.browser, OTHER_PASSWORD), change(other, THIRD_PASSWORD)])
      expect(statuses.map((answer) => answer.statusCode).filter((status) => status === 204)).toHaveLength(1)
    })
  })
}
