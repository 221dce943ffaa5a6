import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { followToForm } from '../harness/pages.ts'
import type { Person } from '../harness/people.ts'
import { newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const nth = (number: number) => `horse number ${number} of the stable`

for (const engine of testEngines) {
  describe(`former passwords on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, 'password: { history: 3 }')
    })
    afterAll(() => server.close())

    const formerOf = async ({ id }: Person) => (await server.app.database.read.selectFrom('former_password').select('hash').where('user_id', '=', id as never).execute()).map((row) => row.hash)
    const change = (person: Person, from: string, to: string) => person.browser.api('PUT', '/account/password', { current_password: from, new_password: to })
    /** Somebody whose last passwords were 1 to `count`, the newest last. */
    async function withPasswords(count: number, on = server): Promise<Person> {
      const person = await signUp(on, { password: nth(1) })
      for (let number = 2; number <= count; number += 1) expect((await change(person, nth(number - 1), nth(number))).statusCode).toBe(204)
      return person
    }

    test('may not come back among the last so many, the present one included, and may after that', async () => {
      const person = await withPasswords(4)
      for (const number of [4, 3, 2]) {
        expect((await change(person, nth(4), nth(number))).json()).toMatchObject({ error: { details: { fields: [{ field: 'new_password', code: 'used_before' }] } } })
      }
      expect((await change(person, nth(4), nth(1))).statusCode).toBe(204)
    })

    test('are kept as hashes, no more of them than the settings need', async () => {
      const person = await withPasswords(5)
      const kept = await formerOf(person)
      expect(kept).toHaveLength(2)
      for (const hash of kept) expect(hash).toMatch(/^\$argon2id\$/)
    })

    test('are not kept at all where the settings do not ask', async () => {
      const forgetful = await server.sibling({}, '{}')
      const person = await withPasswords(3, forgetful)
      expect(await formerOf(person)).toEqual([])
      expect((await change(person, nth(3), nth(3))).statusCode).toBe(204)
      await forgetful.close()
    })

    test('go when the settings ask for fewer, and with their account', async () => {
      const [ada, eve] = [await withPasswords(4), await withPasswords(4)]
      const fewer = await server.sibling({}, 'password: { history: 2 }')
      await fewer.app.retention.purge()
      expect([(await formerOf(ada)).length, (await formerOf(eve)).length]).toEqual([1, 1])
      expect((await change(ada, nth(4), nth(3))).statusCode).toBe(400)
      await eve.browser.api('DELETE', '/account')
      expect(await formerOf(eve)).toEqual([])
      const none = await server.sibling({}, '{}')
      await none.app.retention.purge()
      expect(await formerOf(ada)).toEqual([])
      for (const sibling of [fewer, none]) await sibling.close()
    })

    test('are refused on the page of a reset, once the code was right', async () => {
      const person = await withPasswords(2)
      const browser = server.browser()
      const state = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'identify', email: person.email }))
      const proven = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'submit_code', state, code: await server.codeFor(person.email) }))
      const again = await browser.post('/auth/reset_password', { intent: 'new_password', state: proven, new_password: nth(1) })
      expect([again.statusCode, again.body.includes('You used this password before')]).toEqual([422, true])
      expect((await browser.post('/auth/reset_password', { intent: 'new_password', state: proven, new_password: nth(3) })).statusCode).toBe(303)
    })

    test('are told by the API to who read the code, and to nobody before', async () => {
      const person = await withPasswords(2)
      const browser = server.browser()
      const reset = (email: string, new_password: string) => browser.api('POST', '/password-reset/challenges', { email, new_password })
      const asked = await Promise.all([reset(person.email, nth(1)), reset(person.email, nth(9)), reset(newAddress('nobody'), nth(1))])
      expect(asked.map((answer) => answer.statusCode)).toEqual([202, 202, 202])
      const again = await reset(person.email, nth(1))
      const verified = await browser.api('POST', '/password-reset/challenges/verify', { ...again.json<object>(), code: await server.codeFor(person.email) })
      expect(verified.statusCode).toBe(400)
      expect(verified.json()).toMatchObject({ error: { details: { fields: [{ field: 'new_password', code: 'used_before' }] } } })
      const login = async (password: string) => (await server.browser().api('POST', '/login', { email: person.email, password })).statusCode
      expect([await login(nth(1)), await login(nth(2))]).toEqual([401, 200])
    })

    test('of whoever registered an address without proving it go with the first proof', async () => {
      const lax = await server.sibling({}, 'signup: { verification: off }\npassword: { history: 3 }')
      const email = newAddress()
      const squatter = lax.browser()
      const made = await squatter.api('POST', '/signup/direct', { email, password: nth(1) })
      const person = { email, password: nth(2), browser: squatter, id: made.json<{ user: { id: string } }>().user.id }
      expect((await change(person, nth(1), nth(2))).statusCode).toBe(204)
      expect(await formerOf(person)).toHaveLength(1)
      const owner = lax.browser()
      const reset = await owner.api('POST', '/password-reset/challenges', { email, new_password: nth(3) })
      expect((await owner.api('POST', '/password-reset/challenges/verify', { ...reset.json<object>(), code: await lax.codeFor(email) })).statusCode).toBe(204)
      expect(await formerOf(person)).toEqual([])
      await lax.close()
    })
  })
}
