import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { Person } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, eventsOf, QUICK, statusWith, cookieOf } from '../harness/tokens.ts'

for (const engine of testEngines) {
  describe(`changed Argon2 parameters on ${engine}`, () => {
    let weak: TestServer
    let strong: TestServer
    let person: Person
    beforeAll(async () => {
      weak = await startTestServer(engine, QUICK)
      strong = await weak.sibling({ ARGON2_MEMORY_KIB: '8192', ARGON2_PASSES: '2' })
      person = await signUp(weak)
    })
    afterAll(async () => {
      await strong.close()
      await weak.close()
    })
    const hashOf = async (someone: Person) => {
      const row = await weak.app.database.read.selectFrom('authenticator_password').select('hash').where('user_id', '=', someone.id as never).executeTakeFirstOrThrow()
      return row.hash
    }

    test('a wrong password rehashes nothing', async () => {
      const before = await hashOf(person)
      const refused = await strong.browser().api('POST', '/login', { identifier: person.email, password: 'not the password' })
      expect(refused.statusCode).toBe(401)
      expect(await hashOf(person)).toBe(before)
      expect(await eventsOf(weak, person.id, 'password.rehashed')).toEqual([])
    })

    test('the next sign-in rehashes the password silently; it still works, sessions live on, an event tells', async () => {
      const before = await hashOf(person)
      expect(before).toMatch(/^\$argon2id\$v=19\$m=7168,t=1,p=1\$/)
      const mails = (await weak.mailsTo(person.email)).length
      await signIn(strong, person)
      const after = await hashOf(person)
      expect(after).toMatch(/^\$argon2id\$v=19\$m=8192,t=2,p=1\$/)
      expect(await eventsOf(weak, person.id, 'password.rehashed')).toHaveLength(1)
      await signIn(strong, person)
      expect(await hashOf(person), 'once is enough').toBe(after)
      expect(await statusWith(weak, cookieOf(person.browser, 'access'))).toBe(200)
      const told = (await weak.mailsTo(person.email)).slice(0, (await weak.mailsTo(person.email)).length - mails)
      expect(told.filter((mail) => /password/i.test(mail.subject))).toEqual([])
    })

    test('many sign-ins at once rehash once and all get in', async () => {
      const other = await signUp(weak)
      const answers = await atOnce([strong], 8, (instance) => instance.browser().api('POST', '/login', { identifier: other.email, password: other.password }))
      expect(countStatuses(answers)).toEqual({ 200: 8 })
      expect(await hashOf(other)).toContain('m=8192,t=2')
      expect(await eventsOf(weak, other.id, 'password.rehashed')).toHaveLength(1)
    })

    test('a sign-in that rehashes never brings back a password that was changed meanwhile', async () => {
      const other = await signUp(weak)
      const next = 'a wholly different sentence'
      await Promise.all([
        ...Array.from({ length: 6 }, () => strong.browser().api('POST', '/login', { identifier: other.email, password: other.password })),
        other.browser.api('PUT', '/account/password', { current_password: other.password, new_password: next }),
      ])
      expect((await weak.browser().api('POST', '/login', { identifier: other.email, password: other.password })).statusCode).toBe(401)
      await signIn(strong, { email: other.email, password: next })
    })
  })
}
