import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_TENANT_ID } from '../../src/domain/ids.ts'
import { startOutboxDelivery } from '../../src/jobs/deliver-outbox.ts'
import type { IdentityId, UserId } from '../../src/domain/ids.ts'
import type { E164, PhoneNumber } from '../../src/domain/phone.ts'
import { isUniqueViolation } from '../../src/persistence/index.ts'
import { findIdentity, insertIdentity, markIdentityVerified } from '../../src/persistence/queries/identity.ts'
import { newId, systemRandom } from '../../src/platform/random.ts'
import { parsePhone } from '../../src/protocols/phone-number.ts'
import { testEngines } from '../harness/engines.ts'
import { signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import type { FakeProvider } from './fake-provider.ts'
import { json, startProvider } from './fake-provider.ts'
import { startRawServer } from './raw-server.ts'
import { declareMessaging, enqueue, FAST, messageEvents, newNumber, rowOf } from './messaging.ts'

const MINUTE = 60_000
const ACCOUNT_SID = `AC${'0123456789abcdef'.repeat(2)}`

async function phoneOf(text: string): Promise<PhoneNumber> {
  const parsed = await parsePhone(text)
  if (!parsed.ok) throw new Error(parsed.failure)
  return parsed.value
}

for (const engine of testEngines) {
  describe(`messages to telephones on ${engine}`, () => {
    let first: FakeProvider
    let second: FakeProvider
    let server: TestServer
    beforeAll(async () => {
      first = await startProvider()
      second = await startProvider()
      server = await startTestServer(engine, { ...FAST, RATE_LIMITS: 'on', OUTBOUND_INTERNAL_HOSTS: `${first.host}, ${second.host}` })
    })
    afterAll(async () => {
      await server.close()
      await first.close()
      await second.close()
    })
    beforeEach(async () => {
      server.clock.advance(60 * MINUTE)
      while ((await server.app.outbox.deliverDue()) > 0);
      for (const provider of [first, second]) {
        provider.received.length = 0
        provider.answer = json(201, {})
      }
    })

    const twilioAt = (provider: FakeProvider) => ({ type: 'twilio', account_sid: ACCOUNT_SID, auth_token: { secret: 'PROVIDER' }, from: '+15005550006', base_url: provider.url })
    const webhookAt = (provider: FakeProvider, channels = ['sms']) => ({ type: 'webhook', url: provider.url, signing_secret: { secret: 'PROVIDER' }, channels })
    const whatsappAt = (provider: FakeProvider) => ({ type: 'whatsapp_cloud', phone_number_id: '1', access_token: { secret: 'PROVIDER' }, template: 'code', base_url: provider.url })
    const counts = () => [first.received.length, second.received.length]
    const deliver = () => server.app.outbox.deliverDue()
    const eventsOf = async (id: string | undefined) =>
      (await messageEvents(server)).filter(({ data }) => data['outbox_id'] === id).map(({ type, data }) => [type, data['sender'], data['channel'], data['kind']])

    test('go to the next sender when one fails for now or for good, and stop at the first that takes them', async () => {
      await declareMessaging(server, { senders: [twilioAt(first), webhookAt(second)], allowed_countries: ['CH'] })
      for (const [status, kind] of [[503, 'temporary'], [401, 'permanent']] as const) {
        first.answer = json(status, {})
        const to = newNumber()
        await enqueue(server, { to })
        await deliver()
        const row = await rowOf(server, to)
        expect(row?.state).toBe('delivered')
        expect(await eventsOf(row?.id)).toEqual([
          ['message.failed', 'twilio', 'sms', kind],
          ['message.sent', 'webhook', 'sms', undefined],
        ])
      }
      first.answer = json(201, {})
      await enqueue(server, { to: newNumber() })
      await deliver()
      expect(counts()).toEqual([3, 2])
    })

    // security case N5
    test('that a sender never answers properly hold up neither mails nor the end of the process', async () => {
      const hostile = await startRawServer((socket) => void socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'))
      const other = await server.sibling({ OUTBOUND_INTERNAL_HOSTS: hostile.host })
      await declareMessaging(other, { senders: [{ type: 'webhook', url: `http://${hostile.host}`, signing_secret: { secret: 'PROVIDER' }, channels: ['sms'] }], allowed_countries: ['CH'] })
      const to = newNumber()
      await enqueue(other, { to })
      const person = await signUp(other)
      const job = startOutboxDelivery({ outbox: other.app.outbox, logger: other.app.logger })
      job.wake()
      const mails = async () => (await other.app.outbox.list(DEFAULT_TENANT_ID, { limit: 100 })).filter((row) => row.mail?.to === person.email).map(({ state }) => state)
      await expect.poll(mails, { timeout: 10_000 }).toEqual(['delivered'])
      await expect.poll(async () => (await rowOf(other, to))?.lastError, { timeout: 10_000 }).toContain('unreachable')
      expect(await Promise.race([job.stop().then(() => 'stopped'), new Promise((resolve) => void setTimeout(resolve, 5_000).unref())])).toBe('stopped')
      await other.close()
      await hostile.close()
    })

    test('try WhatsApp before SMS, and SMS when the number has no WhatsApp', async () => {
      await declareMessaging(server, { senders: [twilioAt(second), whatsappAt(first)], allowed_countries: ['CH'] })
      await enqueue(server, { to: newNumber() })
      await deliver()
      expect(counts()).toEqual([1, 0])
      first.answer = json(400, { error: { code: 131026 } })
      await enqueue(server, { to: newNumber() })
      await deliver()
      expect(counts()).toEqual([2, 1])
    })

    test('are not shown to a second sender of a channel when the first knows that the number is wrong', async () => {
      await declareMessaging(server, { senders: [twilioAt(first), webhookAt(second)], allowed_countries: ['CH'] })
      first.answer = json(400, { code: 21211 })
      const to = newNumber()
      await enqueue(server, { to })
      await deliver()
      expect([counts(), (await rowOf(server, to))?.state]).toEqual([[1, 0], 'dead'])
    })

    test('keep to the channel that was chosen', async () => {
      await declareMessaging(server, { senders: [whatsappAt(first), twilioAt(second)], allowed_countries: ['CH'] })
      expect(await server.app.messages.channels()).toEqual(['whatsapp', 'sms'])
      await enqueue(server, { to: newNumber(), channel: 'sms' })
      first.answer = json(500, {})
      const to = newNumber()
      await enqueue(server, { to, channel: 'whatsapp' })
      await deliver()
      expect([counts(), (await rowOf(server, to))?.state]).toEqual([[1, 1], 'pending'])
    })

    test('wait and are tried again while every sender fails for now, and are dead when all failed for good', async () => {
      await declareMessaging(server, { senders: [twilioAt(first), webhookAt(second)], allowed_countries: ['CH'] })
      first.answer = json(401, {})
      second.answer = json(503, {})
      const to = newNumber()
      await enqueue(server, { to })
      await deliver()
      expect(await rowOf(server, to)).toMatchObject({ state: 'pending', attempts: 1, lastError: 'twilio answered 401; the webhook answered 503' })
      second.answer = json(200, {})
      server.clock.advance(10_000)
      await deliver()
      expect(await rowOf(server, to)).toMatchObject({ state: 'delivered', attempts: 2 })

      second.answer = json(400, {})
      const hopeless = newNumber()
      await enqueue(server, { to: hopeless })
      await deliver()
      const row = await rowOf(server, hopeless)
      expect(row).toMatchObject({ state: 'dead', attempts: 1 })
      second.answer = json(200, {})
      expect(await server.app.outbox.retry(DEFAULT_TENANT_ID, row!.id)).toBe(true)
      await deliver()
      expect((await rowOf(server, hopeless))?.state).toBe('delivered')
    })

    test('are dropped, and leave no code behind, when the code has run out before anybody took it', async () => {
      await declareMessaging(server, { senders: [twilioAt(first)], allowed_countries: ['CH'] })
      first.answer = json(503, {})
      const to = newNumber()
      await enqueue(server, { to })
      await deliver()
      const id = (await rowOf(server, to))!.id
      first.answer = json(201, {})
      server.clock.advance(10 * MINUTE)
      await deliver()
      expect(first.received).toHaveLength(1)
      const row = await server.app.database.read.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()
      expect(row).toMatchObject({ state: 'expired', payload_sealed: '' })
      expect((await eventsOf(id)).at(-1)).toEqual(['message.failed', undefined, undefined, 'expired'])
      expect(await server.app.outbox.retry(DEFAULT_TENANT_ID, id)).toBe(false)
      server.clock.advance(31 * 24 * 60 * MINUTE)
      await server.app.retention.purge()
      expect(await server.app.outbox.find(id)).toBeUndefined()
    })

    test('are looked at once more at the end of the code, however long the next pause would be', async () => {
      await declareMessaging(server, { senders: [twilioAt(first)], allowed_countries: ['CH'] })
      first.answer = json(503, {})
      const to = newNumber()
      const startedAt = server.clock.now()
      await enqueue(server, { to })
      for (let row = await rowOf(server, to); row?.state === 'pending'; row = await rowOf(server, to)) {
        expect(row.nextAttemptAt - startedAt).toBeLessThan(10 * MINUTE + 5_000)
        server.clock.advance(Math.max(0, row.nextAttemptAt - server.clock.now()) + 1)
        await deliver()
      }
      expect(server.clock.now() - startedAt).toBeLessThan(11 * MINUTE)
    })

    test('reach no number of a country that is not allowed, not even one that was let in before', async () => {
      await declareMessaging(server, { senders: [twilioAt(first)], allowed_countries: ['DE', 'CH'] })
      expect(await server.app.messages.take(DEFAULT_TENANT_ID, await phoneOf('+41791112233'))).toBeUndefined()
      expect(await server.app.messages.take(DEFAULT_TENANT_ID, await phoneOf('+12025550123'))).toBe('country_not_allowed')
      const to = newNumber()
      await enqueue(server, { to })
      await declareMessaging(server, { senders: [twilioAt(first)], allowed_countries: ['DE'] })
      await enqueue(server, { to: '+12025550123' as E164 })
      await enqueue(server, { to: '+41900123456' as E164 })
      await deliver()
      expect(first.received).toEqual([])
      expect(await rowOf(server, to)).toMatchObject({ state: 'dead', lastError: 'the country of the number is not allowed' })
      expect(await rowOf(server, '+41900123456' as E164)).toMatchObject({ state: 'dead', lastError: 'the number is not usable' })
    })

    test('are limited for each number and for each country, by what the settings say, and by nothing else', async () => {
      await declareMessaging(server, { senders: [twilioAt(first)], allowed_countries: ['CH', 'DE'], limits: { per_recipient_hour: 2, per_country_hour: 4 } })
      const take = async (text: string) => server.app.messages.take(DEFAULT_TENANT_ID, await phoneOf(text))
      expect([await take('+41791110001'), await take('+41 79 111 00 01')]).toEqual([undefined, undefined])
      const refused = { retryAfterSeconds: expect.any(Number) as number }
      expect(await take('+41791110001')).toEqual(refused)
      expect([await take('+41791110002'), await take('+41791110003')]).toEqual([undefined, undefined])
      expect(await take('+41791110004')).toEqual(refused)
      expect(await take('+4915123456789')).toBeUndefined()
    })

    test('are read in the mailbox page while no sender is declared in development, whatever the country', async () => {
      await declareMessaging(server, {})
      expect(await server.app.messages.take(DEFAULT_TENANT_ID, await phoneOf('+12025550123'))).toBeUndefined()
      await enqueue(server, { to: '+12025550123' as E164, code: '918273', template: 'phone_change_code', channel: 'whatsapp' })
      await deliver()
      const row = await rowOf(server, '+12025550123' as E164)
      expect(row?.state).toBe('delivered')
      const list = await server.browser().get('/auth/dev/mailbox')
      expect(list.body).toContain('+12025550123')
      const opened = await server.browser().get(`/auth/dev/mailbox/${row?.id}`)
      expect(opened.body).toContain('<h2>WhatsApp message</h2>')
      expect(opened.body).toContain('918273 is your code to use this number at Gatepost.')
      expect(opened.body).toContain('@localhost #918273')
      expect(opened.body).not.toContain('<iframe')
      expect((await server.browser().get(`/auth/dev/mailbox/${row?.id}/html`)).statusCode).toBe(404)
    })

    test('go nowhere in production while no sender is declared', async () => {
      await declareMessaging(server, {})
      const production = await server.sibling({ NODE_ENV: 'production', PUBLIC_URL: 'https://example.com', SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@example.com' })
      expect(await production.app.messages.channels()).toEqual([])
      expect(await production.app.messages.take(DEFAULT_TENANT_ID, await phoneOf('+41791112233'))).toBe('country_not_allowed')
      const to = newNumber()
      await enqueue(production, { to })
      await production.app.outbox.deliverDue()
      expect((await rowOf(production, to))?.state).toBe('dead')
      await production.close()
    })

    test('leave nothing of a code in production once they are delivered', async () => {
      await declareMessaging(server, { senders: [twilioAt(first)], allowed_countries: ['CH'] })
      const production = await server.sibling({ NODE_ENV: 'production', PUBLIC_URL: 'https://auth.example.com', SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@example.com' })
      const to = newNumber()
      await enqueue(production, { to })
      const id = (await rowOf(production, to))!.id
      await production.app.outbox.deliverDue()
      expect(new URLSearchParams(first.received[0]?.body).get('Body')).toMatch(/\n@auth\.example\.com #123456$/)
      expect(await server.app.database.read.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()).toMatchObject({ state: 'delivered', payload_sealed: '' })
      await production.close()
    })

    test('have a number of their own: an identity is unique in its tenant, and proven once', async () => {
      await signUp(server)
      await signUp(server)
      const users = await server.app.database.read.selectFrom('user_account').select('id').limit(2).execute()
      const [one, other] = users.map(({ id }) => id) as [UserId, UserId]
      const number = await phoneOf('+41 79 999 88 77')
      const insert = (userId: UserId) =>
        server.app.database.transaction((tx) =>
          insertIdentity(tx, { id: newId<IdentityId>(server.clock, systemRandom), tenantId: DEFAULT_TENANT_ID, userId, kind: 'phone', key: number.key, display: number.display, verifiedAt: null, at: 1 }),
        )
      await insert(one)
      expect(isUniqueViolation(await insert(other).catch((error: unknown) => error))).toBe(true)
      const prove = (userId: UserId) => server.app.database.transaction((tx) => markIdentityVerified(tx, userId, number.key, 2, 'phone'))
      expect([await prove(other), await prove(one), await prove(one)]).toEqual([false, true, false])
      expect(await findIdentity(server.app.database.read, DEFAULT_TENANT_ID, 'phone', number.key)).toMatchObject({ userId: one, display: '+41 79 999 88 77', verifiedAt: 2 })
      expect(await findIdentity(server.app.database.read, DEFAULT_TENANT_ID, 'email', number.key)).toBeUndefined()
    })
  })
}
