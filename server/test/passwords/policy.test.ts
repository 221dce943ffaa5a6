import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readDeclared } from '../../src/services/settings/read-declared.ts'
import { testEngines } from '../harness/engines.ts'
import { signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'
import { DEMANDED_CHANGES, PATHS } from './ways-to-set.ts'

const DECLARED = 'password: { minimum_length: 15, blocked_words: [Acmewidgets, Rivertown], history: 3 }'

for (const engine of testEngines) {
  describe(`the rules for passwords on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, DECLARED)
    })
    afterAll(() => server.close())

    test.each([...PATHS, ...DEMANDED_CHANGES])('hold at $name: the length and the words of the operator', async ({ set, refusedWith }) => {
      const person = await signUp(server)
      for (const [password, problem] of [
        ['fourteen-chars', /at least 15 characters/],
        ['acmewidgetsRIVERTOWN1', /that everybody (here )?would try/],
        ['ACMEWIDGETS-acmewidgets', /that everybody (here )?would try/],
      ] as const) {
        const answer = await set(server, person, password)
        expect([password, answer.statusCode, problem.test(answer.body)]).toEqual([password, refusedWith, true])
      }
      expect([200, 202, 204, 303]).toContain((await set(server, person, 'acmewidgets and more')).statusCode)
    })

    test('look at the name that the owner goes by, once they are known', async () => {
      const person = await signUp(server)
      await person.browser.api('PATCH', '/account/profile', { display_name: 'Bartholomew Quill' })
      const change = (new_password: string) => person.browser.api('PUT', '/account/password', { current_password: person.password, new_password })
      expect((await change('bartholomew quill 1')).json()).toMatchObject({ error: { details: { fields: [{ code: 'contains_identifier' }] } } })
      const stranger = server.browser()
      const reset = await stranger.api('POST', '/password-reset/challenges', { email: person.email, new_password: 'bartholomew quill 1' })
      expect(reset.statusCode).toBe(202)
    })

    test('are told to who chooses a password: on the page, and to custom screens', async () => {
      const browser = server.browser()
      const page = await browser.get('/auth/signup')
      expect(page.body).toMatch(/<input[^>]*name="new_password"[^>]*minlength="15"/)
      expect(page.body).toContain('At least 15 characters')
      const flow = await browser.api('POST', '/authentication_flows', { type: 'signup', name: 'default', batch_input: [{ identification: 'email', login_id: 'new@example.com' }] })
      expect(flow.json()).toMatchObject({
        action: { data: { options: [{ password_policy: { minimum_length: 15, maximum_length: 128, breached_check: false, history: 3 } }] } },
      })
    })

    test('leave a password alone that was set under older ones', async () => {
      const lenient = await server.sibling({}, '{}')
      const person = await signUp(lenient, { password: 'ten-chars!' })
      expect((await server.browser().api('POST', '/login', { email: person.email, password: 'ten-chars!' })).statusCode).toBe(200)
      await lenient.close()
    })
  })
}

describe('the password settings', () => {
  test('are refused beyond their bounds, each by its name', () => {
    const bad = { minimum_length: 7, blocked_words: ['abc'], breached_check: 'always', breached_on_failure: 'shrug', history: 25, maximum_age_days: -1 }
    const parsed = readDeclared(JSON.stringify({ password: bad }))
    expect(parsed.ok ? [] : parsed.failure.map((line) => line.split(':')[0])).toEqual([
      'password.minimum_length',
      'password.blocked_words.0',
      'password.breached_check',
      'password.breached_on_failure',
      'password.history',
      'password.maximum_age_days',
    ])
  })
})
