import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { sha256 } from '../../src/platform/digest.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { Person } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, QUICK, statusWith } from '../harness/tokens.ts'
import type { Browser } from '../harness/browser.ts'

type Account = { sessions: Record<string, unknown>[]; sessions_next_cursor?: string }

for (const engine of testEngines) {
  // security case D11
  describe(`the list of sessions on ${engine}`, () => {
    let server: TestServer
    let ada: Person
    let bob: Person
    let laptop: Browser
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      ada = await signUp(server)
      bob = await signUp(server)
      laptop = await signIn(server, ada, server.browser({ userAgent: 'Mozilla/5.0 (Laptop)' }))
    })
    afterAll(() => server.close())
    const sidOf = (browser: Browser) => String(decodeToken(cookieOf(browser, 'access')).payload['sid'])
    const tokensIn = (browser: Browser) =>
      (['access', 'refresh', 'csrf'] as const).map((kind) => cookieOf(browser, kind)).flatMap((token) => [token, sha256(token), ...token.split('.').filter((part) => part.length > 20)])

    test('shows each live session of one\'s own, which one this is, and nothing else about it', async () => {
      const account = (await ada.browser.api('GET', '/account')).json<Account>()
      expect(account.sessions.map((session) => session['id']).sort()).toEqual([sidOf(ada.browser), sidOf(laptop)].sort())
      for (const session of account.sessions) {
        expect(Object.keys(session).sort()).toEqual(['created_at', 'current', 'expires_at', 'id', 'ip', 'last_used_at', 'user_agent'])
        expect(session['current']).toBe(session['id'] === sidOf(ada.browser))
      }
    })

    test('holds no token and no hash of one, in JSON and on the page', async () => {
      const shown = [await ada.browser.api('GET', '/account'), await ada.browser.api('GET', '/user'), await ada.browser.get('/auth/settings')]
      for (const answer of shown) {
        expect(answer.statusCode).toBe(200)
        for (const secret of [...tokensIn(laptop), ...tokensIn(ada.browser)]) {
          // The page carries its own CSRF token in its forms, whole and in parts, and nothing of the others.
          if (cookieOf(ada.browser, 'csrf').includes(secret)) continue
          expect(answer.body).not.toContain(secret)
        }
      }
    })

    test('does not let anybody end, or find, the session of somebody else', async () => {
      const foreign = await bob.browser.api('DELETE', `/account/sessions/${sidOf(ada.browser)}`)
      const unknown = await bob.browser.api('DELETE', '/account/sessions/018f0000-0000-7000-8000-000000000000')
      expect([foreign.statusCode, unknown.statusCode]).toEqual([404, 404])
      const withoutId = (body: string) => body.replace(/"request_id":"[^"]*"/, '')
      expect(withoutId(foreign.body)).toBe(withoutId(unknown.body))
      expect(await statusWith(server, cookieOf(ada.browser, 'access'))).toBe(200)
      const listed = (await bob.browser.api('GET', `/account?sessions_cursor=${sidOf(laptop)}`)).json<Account>()
      expect(listed.sessions.map((session) => session['id']).filter((id) => id !== sidOf(bob.browser))).toEqual([])
    })

    test('on the page does not let anybody end the session of somebody else either', async () => {
      await bob.browser.get('/auth/settings')
      const refused = await bob.browser.post('/auth/settings/sessions/end', { session_id: sidOf(laptop) })
      expect(refused.statusCode).toBeLessThan(500)
      expect(await statusWith(server, cookieOf(laptop, 'access'))).toBe(200)
    })

    test('on the page ends a session of one\'s own', async () => {
      const phone = await signIn(server, ada)
      await ada.browser.get('/auth/settings')
      await ada.browser.post('/auth/settings/sessions/end', { session_id: sidOf(phone) })
      expect(await statusWith(server, cookieOf(phone, 'access'))).toBe(401)
    })

    test('refuses ids that are none, and a session that ended already', async () => {
      for (const id of ['x', 'others%2F', '%27', sidOf(ada.browser).toUpperCase(), `${sidOf(laptop)}%00`]) {
        expect([400, 404]).toContain((await ada.browser.api('DELETE', `/account/sessions/${id}`)).statusCode)
      }
      const phone = await signIn(server, ada)
      expect((await ada.browser.api('DELETE', `/account/sessions/${sidOf(phone)}`)).statusCode).toBe(204)
      expect((await ada.browser.api('DELETE', `/account/sessions/${sidOf(phone)}`)).statusCode).toBe(404)
    })

    test('is paged without losing or repeating a session', async () => {
      const carol = await signUp(server)
      for (let count = 0; count < 6; count += 1) await signIn(server, carol)
      const seen: unknown[] = []
      let cursor: string | undefined
      do {
        const page = (await carol.browser.api('GET', `/account?sessions_limit=3${cursor ? `&sessions_cursor=${cursor}` : ''}`)).json<Account>()
        expect(page.sessions.length).toBeLessThanOrEqual(3)
        seen.push(...page.sessions.map((session) => session['id']))
        cursor = page.sessions_next_cursor
      } while (cursor)
      expect([seen.length, new Set(seen).size]).toEqual([7, 7])
    })
  })
}
