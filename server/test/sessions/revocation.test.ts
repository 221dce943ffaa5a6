import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { createBrowser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { Person } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, QUICK, refreshWith, statusWith } from '../harness/tokens.ts'

const NEW_PASSWORD = 'a wholly different sentence'
/** As long as a revocation may take to reach every instance. */
const REVOCATION_MS = 1_000

for (const engine of testEngines) {
  // security case D9
  describe(`ending sessions on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      sibling = await server.sibling()
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    /** Somebody with two devices, each known to both instances before anything is ended. */
    async function withTwoDevices(): Promise<{ person: Person; here: Browser; there: Browser }> {
      const person = await signUp(server)
      const there = await signIn(sibling, person)
      for (const browser of [person.browser, there]) await expectAlive(browser)
      return { person, here: person.browser, there }
    }
    async function expectAlive(browser: Browser): Promise<void> {
      for (const instance of [server, sibling]) expect(await statusWith(instance, cookieOf(browser, 'access'))).toBe(200)
    }
    /** Access and refresh token are refused by both instances, at once and not after their ten minutes. */
    async function expectDead(tokens: { access: string; refresh: string }, endedAt: number): Promise<void> {
      for (const instance of [sibling, server]) {
        expect(await statusWith(instance, tokens.access)).toBe(401)
        expect((await refreshWith(instance, tokens.refresh)).statusCode).toBe(401)
      }
      expect(Date.now() - endedAt).toBeLessThan(REVOCATION_MS)
    }
    const tokensOf = (browser: Browser) => ({ access: cookieOf(browser, 'access'), refresh: cookieOf(browser, 'refresh') })

    async function resetPassword(person: Person, password: string): Promise<void> {
      const browser = server.browser()
      const asked = await browser.api('POST', '/password-reset/challenges', { email: person.email, new_password: password })
      const body = { challenge_id: asked.json<{ challenge_id: string }>().challenge_id, code: await server.codeFor(person.email) }
      const done = await browser.api('POST', '/password-reset/challenges/verify', body)
      if (done.statusCode !== 204) throw new Error(`the reset was answered ${done.statusCode}`)
    }

    test.each([
      ['through the API', (browser: Browser) => browser.api('POST', '/sessions/logout')],
      ['on the page', (browser: Browser) => browser.post('/auth/logout', {})],
    ] as const)('signing out %s ends this session at both instances and leaves the other device alone', async (_door, leave) => {
      const { here, there } = await withTwoDevices()
      const gone = tokensOf(here)
      await leave(here)
      await expectDead(gone, Date.now())
      await expectAlive(there)
    })

    test('signing out with only the refresh cookie left ends the session too', async () => {
      const { here, there } = await withTwoDevices()
      const gone = tokensOf(here)
      here.cookies.delete('gatepost_access')
      expect((await here.api('POST', '/sessions/logout')).statusCode).toBe(204)
      await expectDead(gone, Date.now())
      await expectAlive(there)
    })

    test('changing the password keeps this session and ends the others', async () => {
      const { person, here, there } = await withTwoDevices()
      const changed = await here.api('PUT', '/account/password', { current_password: person.password, new_password: NEW_PASSWORD })
      expect(changed.statusCode).toBe(204)
      await expectDead(tokensOf(there), Date.now())
      await expectAlive(here)
    })

    test('a reset of the password ends every session', async () => {
      const { person, here, there } = await withTwoDevices()
      await resetPassword(person, NEW_PASSWORD)
      const endedAt = Date.now()
      await expectDead(tokensOf(here), endedAt)
      await expectDead(tokensOf(there), endedAt)
      await signIn(sibling, { email: person.email, password: NEW_PASSWORD })
    })

    test('disabling an account ends its sessions, keeps it out, and enabling revives none of them', async () => {
      const { person, here, there } = await withTwoDevices()
      const bystander = await signUp(server)
      expect((await server.app.admins.disable(person.email)).ok).toBe(true)
      const endedAt = Date.now()
      await expectDead(tokensOf(here), endedAt)
      await expectDead(tokensOf(there), endedAt)
      const refused = await sibling.browser().api('POST', '/login', { identifier: person.email, password: person.password })
      expect([401, 403]).toContain(refused.statusCode)
      expect(refused.headers['set-cookie']).toBeUndefined()
      await server.app.admins.enable(person.email)
      await expectDead(tokensOf(here), Date.now())
      await expectAlive(bystander.browser)
      await expectAlive(await signIn(server, person))
    })

    test('deleting an account ends its sessions everywhere', async () => {
      const { here, there } = await withTwoDevices()
      const gone = tokensOf(here)
      expect((await here.api('DELETE', '/account')).statusCode).toBe(204)
      const endedAt = Date.now()
      await expectDead(gone, endedAt)
      await expectDead(tokensOf(there), endedAt)
    })

    test('taking a role away ends the sessions whose tokens carry it', async () => {
      const { person, here, there } = await withTwoDevices()
      const other = await signUp(server)
      for (const { email } of [person, other]) await server.app.admins.grant(email)
      await here.api('POST', '/sessions/refresh')
      expect(decodeToken(cookieOf(here, 'access')).payload['roles']).toEqual(['admin'])
      expect((await server.app.admins.revoke(person.email)).ok).toBe(true)
      const endedAt = Date.now()
      await expectDead(tokensOf(here), endedAt)
      await expectDead(tokensOf(there), endedAt)
      await expectAlive(other.browser)
      expect((await (await signIn(server, person)).api('GET', '/user')).json()).toMatchObject({ roles: [] })
    })

    test('ending one other session, or all others, ends just those', async () => {
      const { person, here, there } = await withTwoDevices()
      const third = await signIn(server, person)
      const sid = String(decodeToken(cookieOf(there, 'access')).payload['sid'])
      expect((await here.api('DELETE', `/account/sessions/${sid}`)).statusCode).toBe(204)
      await expectDead(tokensOf(there), Date.now())
      await expectAlive(third)
      expect((await here.api('DELETE', '/account/sessions/others')).statusCode).toBe(204)
      await expectDead(tokensOf(third), Date.now())
      await expectAlive(here)
    })

    test('an attacker who holds a session cannot keep it by signing in again beside a reset', async () => {
      const { person } = await withTwoDevices()
      const attempts = Array.from({ length: 6 }, (_, index) =>
        createBrowser((index % 2 ? server : sibling).app).api('POST', '/login', { identifier: person.email, password: person.password }),
      )
      const [answers] = await Promise.all([Promise.all(attempts), resetPassword(person, NEW_PASSWORD)])
      const late = await server.browser().api('POST', '/login', { identifier: person.email, password: person.password })
      expect(late.statusCode).toBe(401)
      for (const answer of answers) expect([200, 401]).toContain(answer.statusCode)
    })
  })
}
