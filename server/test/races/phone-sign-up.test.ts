// The code that was sent to a new number, given by many at once over two instances: one account.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBrowser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { followToForm } from '../harness/pages.ts'
import { GOOD_PASSWORD } from '../harness/people.ts'
import { codeTo, newPhone, PASSWORDLESS_SIGNUP, PHONE_SIGNUP } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'

const FIFTY = 50

for (const engine of testEngines) {
  describe(`signing up by a number fifty times at once on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, PHONE_SIGNUP)
      sibling = await server.sibling()
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    const holdersOf = (phone: string) => server.app.database.read.selectFrom('identity').select('user_id').where('key_normalised', '=', phone).execute()
    async function expectOneAccount(phone: string) {
      const holders = await holdersOf(phone)
      expect(holders).toHaveLength(1)
      const userId = holders[0]!.user_id
      expect(await server.app.database.read.selectFrom('session').select('id').where('user_id', '=', userId).execute()).toHaveLength(1)
      expect(await eventsOf(server, userId, 'user.created')).toHaveLength(1)
    }

    // security case H1
    test('with one code makes one account', async () => {
      const phone = newPhone()
      const browser = server.browser()
      const challenge = (await browser.api('POST', '/signup/challenges', { phone, password: GOOD_PASSWORD })).json<object>()
      const code = await codeTo(server, phone)
      const at = (instance: TestServer) => createBrowser(instance.app, {}, browser.cookies)
      const answers = await atOnce([server, sibling], FIFTY, (instance) => at(instance).api('POST', '/signup/challenges/verify', { ...challenge, code }))
      expect(countStatuses(answers)).toEqual({ 201: 1, 400: FIFTY - 1 })
      await expectOneAccount(phone)
    })

    test('without a password, on pages, makes one account', async () => {
      const [one, other] = [await server.sibling({}, PASSWORDLESS_SIGNUP), await server.sibling({}, PASSWORDLESS_SIGNUP)]
      try {
        const phone = newPhone()
        const browser = one.browser()
        const state = await followToForm(browser, await browser.post('/auth/signup', { intent: 'identify', identifier: phone }))
        const code = await codeTo(one, phone)
        const at = (instance: TestServer) => createBrowser(instance.app, {}, browser.cookies)
        const answers = await atOnce([one, other], FIFTY, (instance) => at(instance).post('/auth/verify', { intent: 'submit_code', state, code }))
        expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1)
        expect(answers.filter(({ statusCode }) => statusCode >= 500)).toEqual([])
        await expectOneAccount(phone)
      } finally {
        await one.close()
        await other.close()
      }
    })

    test('with ten codes of ten flows makes one account', async () => {
      const phone = newPhone()
      const challenges: object[] = []
      for (let count = 0; count < 10; count += 1) {
        const asked = await server.browser().api('POST', '/signup/challenges', { phone, password: GOOD_PASSWORD })
        challenges.push({ ...asked.json<object>(), code: await codeTo(server, phone) })
      }
      const waiting = challenges.values()
      const answers = await atOnce([server, sibling], challenges.length, (instance) => instance.browser().api('POST', '/signup/challenges/verify', waiting.next().value))
      expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
      expect(answers.filter(({ statusCode }) => statusCode >= 500)).toEqual([])
      await expectOneAccount(phone)
    })
  })
}
