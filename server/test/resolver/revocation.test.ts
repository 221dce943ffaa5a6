import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_TENANT_ID } from '../../src/domain/ids.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { setUpTotp } from '../harness/factors.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, QUICK } from '../harness/tokens.ts'
import { ask, askWith, identityOf, statementsOf, untilRemembered, whileReading } from './resolver.ts'

/** As long as a revocation may take to reach every instance. */
const REVOCATION_MS = 1_000
const POLL_MS = 10
/** How long an account that an instance changed is not remembered there. */
const HOLD_MS = 2_000
/** One for each test. */
const PEOPLE = 14
/** Events at once; more than are followed. */
const FLOOD = 25_000
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

for (const engine of testEngines) {
  // security case D9
  describe(`what the resolver remembers on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    const prepared: { person: Person; there: Browser }[] = []
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      sibling = await server.sibling()
      // All beforehand: an account that was just changed is not remembered for two seconds.
      for (let people = 0; people < PEOPLE; people++) {
        const person = await signUp(server)
        prepared.push({ person, there: await signIn(sibling, person) })
      }
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    async function withTwoDevices() {
      const { person, there } = prepared.shift()!
      const tokens = [person.browser, there].map((browser) => cookieOf(browser, 'access'))
      for (const instance of [server, sibling]) for (const token of tokens) await untilRemembered(instance, token)
      return { person, here: person.browser, there, tokens }
    }

    /** How long the instance goes on answering 200, in milliseconds. */
    async function msUntilRefused(instance: TestServer, token: string): Promise<number> {
      const since = performance.now()
      while (performance.now() - since < 3 * REVOCATION_MS) {
        if ((await askWith(instance, token)).statusCode === 401) return performance.now() - since
        await wait(POLL_MS)
      }
      throw new Error('the token was never refused')
    }

    async function expectRefused(token: string): Promise<void> {
      expect((await askWith(server, token)).statusCode, 'the instance that ended it').toBe(401)
      expect(await msUntilRefused(sibling, token)).toBeLessThan(REVOCATION_MS)
      for (const instance of [server, sibling]) {
        for (let times = 0; times < 3; times++) expect((await askWith(instance, token, '?mode=enforce')).statusCode).toBe(401)
      }
    }

    test('is answered without a statement to the database, by cookie as by token', async () => {
      const { here, there } = await withTwoDevices()
      for (const instance of [server, sibling]) {
        const count = await statementsOf(instance, async () => {
          for (let times = 0; times < 50; times++) {
            for (const browser of [here, there]) {
              const cookie = `gatepost_access=${cookieOf(browser, 'access')}`
              expect((await ask(instance.browser(), '?mode=enforce', { cookie })).statusCode).toBe(200)
              expect((await askWith(instance, cookieOf(browser, 'access'))).statusCode).toBe(200)
            }
          }
        })
        expect(count).toBe(0)
      }
    })

    type Ending = (case_: { person: { email: string }; here: Browser; there: Browser }) => Promise<unknown>
    const endings: [string, Ending, boolean][] = [
      ['signing out', ({ here }) => here.api('POST', '/sessions/logout'), true],
      ['ending it from another device', ({ here, there }) => there.api('DELETE', `/account/sessions/${String(decodeToken(cookieOf(here, 'access')).payload['sid'])}`), true],
      ['ending all others', ({ there }) => there.api('DELETE', '/account/sessions/others'), true],
      ['disabling the account', ({ person }) => server.app.admins.disable(person.email), false],
      ['deleting the account', ({ there }) => there.api('DELETE', '/account'), false],
      ['taking a role away', async ({ person }) => {
        await server.app.admins.grant((await signUp(server)).email)
        await server.app.admins.grant(person.email)
        await server.app.admins.revoke(person.email)
      }, false],
    ]
    test.each(endings)('%s ends it at once here, and within a second at the other instance', async (_name, end, keepsOther) => {
      const { person, here, there, tokens } = await withTwoDevices()
      // From the device there, but at this instance.
      await end({ person, here, there: thereAt(server, there) })
      await expectRefused(tokens[0]!)
      if (keepsOther) for (const instance of [server, sibling]) expect((await askWith(instance, tokens[1]!)).statusCode).toBe(200)
    })

    function thereAt(instance: TestServer, browser: Browser): Browser {
      const moved = instance.browser()
      for (const [name, value] of browser.cookies) moved.cookies.set(name, value)
      return moved
    }

    test('a role that was granted and a second factor that was shown are told within a second, with the old token', async () => {
      const { person, here, tokens } = await withTwoDevices()
      await server.app.admins.grant(person.email)
      await setUpTotp(server, here)
      const told = async (instance: TestServer) => identityOf(await askWith(instance, tokens[0]!))
      expect(await told(server)).toMatchObject({ 'user-roles': 'admin', 'session-amr': expect.stringContaining('mfa') as string })
      await wait(REVOCATION_MS)
      expect(await told(sibling)).toMatchObject({ 'user-roles': 'admin', 'session-amr': expect.stringContaining('mfa') as string })
    })

    test('an instance whose clock is behind, and a transaction that commits late, are noticed', async () => {
      const { person, tokens } = await withTwoDevices()
      const sessionId = String(decodeToken(tokens[0]!).payload['sid'])
      const at = server.clock.now() - 100_000
      await server.app.database.transaction(async (tx) => {
        await tx.updateTable('session').set({ ended_at: at, ended_reason: 'logout' }).where('id', '=', sessionId as never).execute()
        const id = `0${at.toString(16)}`.padStart(12, '0').replace(/^(.{8})(.{4})$/, '$1-$2-7000-8000-') + String(Math.floor(performance.now())).padStart(12, '0')
        const none = { actor_user_id: null, session_id: null, ip: null, user_agent: null }
        await tx.insertInto('event').values({ id: id as never, tenant_id: '00000000-0000-7000-8000-000000000001' as never, type: 'session.ended', user_id: person.id as never, ...none, data: '{}', occurred_at: at }).execute()
        await wait(1_500)
      })
      expect(await msUntilRefused(sibling, tokens[0]!)).toBeLessThan(REVOCATION_MS)
      expect(await msUntilRefused(server, tokens[0]!)).toBeLessThan(REVOCATION_MS)
    })

    test('a clock that is set forward loses nothing that happened before', async () => {
      const { here, tokens } = await withTwoDevices()
      await here.api('POST', '/sessions/logout')
      server.clock.advance(5 * 60_000)
      expect(await msUntilRefused(sibling, tokens[0]!)).toBeLessThan(REVOCATION_MS)
    })

    test('is believed no longer than a second after what happens can no longer be read', async () => {
      const { tokens } = await withTwoDevices()
      const beAway = ({ readsEvents }: { readsEvents: boolean }) => {
        if (readsEvents) throw new Error('away')
      }
      await whileReading(sibling, beAway, async () => {
        await wait(REVOCATION_MS + 50)
        const count = await statementsOf(sibling, async () => expect((await askWith(sibling, tokens[0]!)).statusCode).toBe(200))
        expect(count).toBeGreaterThan(0)
      })
      await untilRemembered(sibling, tokens[0]!)
    })

    test('is believed no longer when more happens than can be followed', async () => {
      const { tokens } = await withTwoDevices()
      const at = server.clock.now()
      const about = { tenant_id: DEFAULT_TENANT_ID, type: 'user.profile_changed', actor_user_id: null, user_id: DEFAULT_TENANT_ID as never, session_id: null, ip: null, user_agent: null, data: '{}', occurred_at: at }
      const id = (number: number) => `${at.toString(16).padStart(12, '0').replace(/^(.{8})/, '$1-')}-7000-9000-${String(number).padStart(12, '0')}` as never
      await server.app.database.transaction(async (tx) => {
        for (let first = 0; first < FLOOD; first += 1_000) {
          await tx.insertInto('event').values(Array.from({ length: 1_000 }, (_, index) => ({ id: id(first + index), ...about }))).execute()
        }
      })
      await wait(REVOCATION_MS)
      for (const instance of [server, sibling]) {
        expect(await statementsOf(instance, async () => expect((await askWith(instance, tokens[0]!)).statusCode).toBe(200))).toBeGreaterThan(0)
      }
      // The flood is over two minutes later.
      server.clock.advance(3 * 60_000)
      for (const instance of [server, sibling]) await untilRemembered(instance, tokens[0]!)
    })

    test('an account that was changed here is asked for anew for two seconds after the last change, and then remembered', async () => {
      const { here, tokens } = await withTwoDevices()
      const change = async (name: string) => {
        const before = performance.now()
        expect((await here.api('PATCH', '/account/profile', { display_name: name })).statusCode).toBe(204)
        return before
      }
      // The second one makes it longer.
      await change('Ada')
      await wait(HOLD_MS / 2)
      const changedAt = await change('Ada L')
      await wait(HOLD_MS / 2 + 200)
      await untilRemembered(server, tokens[0]!)
      expect(performance.now() - changedAt).toBeGreaterThanOrEqual(HOLD_MS)
    })

    test('fifty requests beside an end never bring it back', async () => {
      const { here, tokens } = await withTwoDevices()
      const askAll = () => Promise.all(Array.from({ length: 25 }, (_, index) => askWith(index % 2 ? server : sibling, tokens[0]!)))
      await Promise.all([askAll(), here.api('POST', '/sessions/logout'), askAll()])
      await wait(REVOCATION_MS)
      for (const { statusCode } of await askAll()) expect(statusCode).toBe(401)
    })
  })
}
