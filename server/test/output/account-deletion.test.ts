import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const TABLES = ['tenant', 'user_account', 'identity', 'authenticator_password', 'user_role', 'session', 'refresh_token', 'one_time_code', 'spent_once', 'signing_key', 'outbox', 'event'] as const

for (const engine of testEngines) {
  describe(`deleting an account on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
    })
    afterAll(() => server.close())

    // Security case Q9.
    test('leaves nothing in any table but the events, and those keep the id and no address', async () => {
      const bystander = await signUp(server)
      const person = await signUp(server, { email: newAddress('leaving') })
      const { browser, id, email } = person
      await browser.post('/auth/settings/profile', { display_name: 'Somebody Unmistakable' })
      await signIn(server, person)
      // Codes of every kind are on their way: for the account, and for strangers who typed its address.
      await server.browser().api('POST', '/password-reset/challenges', { email, new_password: 'never to be used' })
      await server.browser().api('POST', '/signup/challenges', { email, password: 'never to be used' })
      await server.browser().post('/auth/login', { intent: 'code', identifier: email })
      const planned = newAddress('planned')
      await browser.api('POST', '/account/email-change/challenges', { new_email: planned })
      await browser.api('POST', '/sessions/refresh')
      const { sessions } = (await browser.api('GET', '/account')).json<{ sessions: { id: string }[] }>()

      expect((await browser.api('DELETE', '/account')).statusCode).toBe(204)

      for (const table of TABLES) {
        const { rows } = await sql`select * from ${sql.table(table)}`.execute(server.app.database.read)
        const text = JSON.stringify(rows)
        const traces = [id, email, planned, 'Somebody Unmistakable', ...sessions.map((session) => session.id)].filter((trace) => text.includes(trace))
        if (table === 'event') {
          // Who, when, from where: the account's id, its sessions' ids, addresses of the network and user agents.
          expect(traces).toContain(id)
          expect(traces).not.toContain(email)
          expect(traces).not.toContain(planned)
          expect(traces).not.toContain('Somebody Unmistakable')
        } else {
          expect([table, traces]).toEqual([table, []])
        }
      }
      expect((await browser.api('GET', '/user')).statusCode).toBe(401)
      expect((await bystander.browser.api('GET', '/user')).statusCode).toBe(200)
      const again = await signUp(server, { email })
      expect(again.id).not.toBe(id)
    })
  })
}
