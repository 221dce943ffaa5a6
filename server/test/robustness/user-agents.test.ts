import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

/** Header bytes reach a server as Latin-1 text: every value below is one that a socket can carry. */
const USER_AGENTS: [name: string, value: string][] = [
  ['of twelve kilobytes', `Mozilla/5.0 ${'x'.repeat(12_000)}`],
  ['of nothing but brackets', '('.repeat(8_000)],
  ['that would take a careless pattern ages', `Mozilla/5.0 (${'Windows NT '.repeat(1_000)}`],
  ['with control characters', 'Evil\u0001\u0008\u001b[31m\u007fBrowser'],
  ['with tabs and high bytes', 'Br\u00f6wser\t\u0085\u009b31m\u00ff'],
  ['that is empty', ''],
  ['with SQL in it', "'; drop table session; --"],
  ['with markup in it', '<script>alert(1)</script>'],
]

for (const engine of testEngines) {
  describe(`strange user agents on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
    })
    afterAll(() => server.close())

    test.each(USER_AGENTS)('somebody with a user agent %s signs up, signs in and sees their sessions', async (_name, userAgent) => {
      const startedAt = performance.now()
      const person = await signUp(server, { browser: server.browser({ userAgent }) })
      const browser = await signIn(server, person, server.browser({ userAgent }))
      const account = await browser.api('GET', '/account')
      const { sessions } = account.json<{ sessions: { user_agent: string }[] }>()
      expect(sessions).toHaveLength(2)
      for (const session of sessions) {
        expect(session.user_agent.length).toBeLessThanOrEqual(255)
        expect(session.user_agent).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
      }
      const page = await browser.get('/auth/settings')
      expect(page.statusCode).toBe(200)
      expect(page.body).not.toContain('<script>alert')
      expect(performance.now() - startedAt).toBeLessThan(5_000)
    })
  })
}
