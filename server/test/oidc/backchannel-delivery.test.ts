import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { DEFAULT_TENANT_ID } from '../../src/domain/ids.ts'
import { startLogoutDelivery } from '../../src/jobs/deliver-logouts.ts'
import { startOutboxDelivery } from '../../src/jobs/deliver-outbox.ts'
import { testEngines } from '../harness/engines.ts'
import { deliverLogouts, logoutTokensAt, signInAt, verifyLogoutToken } from '../harness/logouts.ts'
import type { Person } from '../harness/people.ts'
import { newAddress, signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { eventsOf, QUICK } from '../harness/tokens.ts'
import type { FakeProvider } from '../messaging/fake-provider.ts'
import { json, startProvider } from '../messaging/fake-provider.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

for (const engine of testEngines) {
  describe(`telling an application of a sign-out on ${engine}`, () => {
    let shopServer: FakeProvider
    let deskServer: FakeProvider
    let server: TestServer
    let shop: RelyingParty
    let desk: RelyingParty
    let person: Person
    beforeAll(async () => {
      ;[shopServer, deskServer] = await Promise.all([startProvider(), startProvider()])
      server = await startTestServer(engine, { ...QUICK, OUTBOUND_INTERNAL_HOSTS: `${shopServer.host},${deskServer.host}` })
      shop = await registerRelyingParty(server, { backchannel_logout_uri: `${shopServer.url}/logout` })
      desk = await registerRelyingParty(server, { name: 'Desk', backchannel_logout_uri: `${deskServer.url}/logout` })
      person = await signUp(server)
    })
    afterAll(async () => {
      await server.close()
      await Promise.all([shopServer.close(), deskServer.close()])
    })
    afterEach(async () => {
      shopServer.answer = json(200, {})
      server.clock.advance(DAY)
      await deliverLogouts(server)
      shopServer.received.length = deskServer.received.length = 0
    })

    async function signOutOf(client: RelyingParty): Promise<void> {
      const browser = await signIn(server, person)
      await signInAt(browser, client)
      expect((await browser.api('POST', '/sessions/logout')).statusCode).toBe(204)
    }
    const entriesOf = async (client: RelyingParty) => (await server.app.outbox.list(DEFAULT_TENANT_ID, { limit: 100 })).filter((entry) => entry.recipient === client.clientId)
    const deadOf = async (client: RelyingParty) => (await eventsOf(server, null, 'outbox.dead')).filter(({ data }) => data['client_id'] === client.clientId)

    test('that answers 500 is tried again with growing pauses, each time by a token of its own, then given up, which is recorded, and can be tried once more', async () => {
      shopServer.answer = json(500, {})
      await signOutOf(shop)
      const pauses: number[] = []
      for (let attempt = 1; attempt <= 12; attempt += 1) {
        await deliverLogouts(server)
        expect(shopServer.received).toHaveLength(attempt)
        const tried = await verifyLogoutToken(server, logoutTokensAt(shopServer)[attempt - 1]!, shop)
        expect(server.clock.now() / 1_000 - tried.claims.iat!).toBeLessThan(30)
        const [entry] = await entriesOf(shop)
        expect([entry?.attempts, entry?.state]).toEqual([attempt, attempt === 12 ? 'dead' : 'pending'])
        if (attempt === 12) break
        const pause = entry!.nextAttemptAt - server.clock.now()
        pauses.push(pause)
        server.clock.advance(Math.floor(pause / 2))
        await deliverLogouts(server)
        expect(shopServer.received).toHaveLength(attempt)
        server.clock.advance(Math.ceil(pause / 2) + 1_000)
      }
      expect(pauses.slice(0, 8)).toEqual(pauses.slice(0, 8).toSorted((a, b) => a - b))
      expect(new Set(logoutTokensAt(shopServer)).size).toBe(12)
      expect(await deadOf(shop)).toMatchObject([{ data: { reason: 'the client answered 500' } }])
      server.clock.advance(30 * DAY)
      await deliverLogouts(server)
      expect(shopServer.received).toHaveLength(12)

      shopServer.answer = json(204, undefined)
      const [entry] = await entriesOf(shop)
      expect(await server.app.outbox.retry(DEFAULT_TENANT_ID, entry!.id)).toBe(true)
      await deliverLogouts(server)
      expect(shopServer.received).toHaveLength(13)
      expect((await entriesOf(shop))[0]?.state).toBe('delivered')
    })

    test.each([
      ['refuses the token', json(400, { error: 'invalid_request' }), 'the client answered 400'],
      ['redirects', json(302, {}, { location: '/elsewhere' }), 'the client answered 302'],
    ])('that %s is asked once, and what it says is kept nowhere', async (_what, answer, reason) => {
      shopServer.answer = answer
      const before = (await deadOf(shop)).length
      await signOutOf(shop)
      await deliverLogouts(server)
      server.clock.advance(DAY)
      await deliverLogouts(server)
      expect(shopServer.received.map(({ path }) => path)).toEqual(['/logout'])
      const dead = (await deadOf(shop)).slice(before)
      expect(dead).toMatchObject([{ data: { reason } }])
      expect((await entriesOf(shop))[0]).toMatchObject({ state: 'dead', lastError: reason })
    })

    test('that has moved inside, where nothing is excepted any more, is not asked', async () => {
      const strict = await server.sibling({ OUTBOUND_INTERNAL_HOSTS: '' })
      await signOutOf(shop)
      await deliverLogouts(strict)
      expect(shopServer.received).toEqual([])
      expect((await entriesOf(shop))[0]).toMatchObject({ state: 'dead', lastError: 'the client could not be asked (not_https)' })
      await strict.close()
    })

    test('happens once, however many servers look', async () => {
      const siblings = [server, await server.sibling(), await server.sibling()]
      for (let count = 0; count < 5; count += 1) await signOutOf(shop)
      await Promise.all(siblings.map((one) => deliverLogouts(one)))
      expect(shopServer.received).toHaveLength(5)
      expect(new Set(logoutTokensAt(shopServer)).size).toBe(5)
      for (const one of siblings.slice(1)) await one.close()
    })

    test('that never answers keeps nobody waiting: not who signs out, no other application, and no mail', async () => {
      shopServer.answer = () => undefined
      for (let count = 0; count < 25; count += 1) await signOutOf(shop)
      const jobs = [startLogoutDelivery(server.app), startOutboxDelivery(server.app)]
      onTestFinished(async () => void (await Promise.all(jobs.map((job) => job.stop()))))
      for (const job of jobs) job.wake()
      await expect.poll(() => shopServer.received.length, { timeout: 10_000 }).toBeGreaterThan(0)
      const startedAt = performance.now()
      const email = newAddress()
      await server.browser().api('POST', '/signup/challenges', { email, password: person.password })
      await signOutOf(desk)
      await expect.poll(() => deskServer.received.length, { timeout: 4_000, interval: 20 }).toBe(1)
      await expect.poll(async () => (await server.app.outbox.list(DEFAULT_TENANT_ID, { limit: 100 })).find(({ mail }) => mail?.to === email)?.state, { timeout: 4_000 }).toBe('delivered')
      // Less than the time after which a client is not waited for any longer.
      expect(performance.now() - startedAt).toBeLessThan(4_500)
      expect((await entriesOf(shop)).filter(({ state }) => state === 'pending')).toHaveLength(25)
    })
  })
}
