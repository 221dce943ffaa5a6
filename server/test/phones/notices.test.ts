// How news of an account without an address travels: as text, by senders that carry text, and no more often than codes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_TENANT_ID } from '../../src/domain/ids.ts'
import type { E164 } from '../../src/domain/phone.ts'
import { testEngines } from '../harness/engines.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import type { FakeProvider } from '../messaging/fake-provider.ts'
import { startProvider } from '../messaging/fake-provider.ts'
import { declareMessaging, FAST, messageEvents, newNumber, rowOf } from '../messaging/messaging.ts'

const HOUR_MS = 60 * 60 * 1_000

// One engine: what goes over the wire does not depend on it.
describe('a notice to a telephone', () => {
  let provider: FakeProvider
  let server: TestServer
  beforeAll(async () => {
    provider = await startProvider()
    server = await startTestServer(testEngines[0]!, { ...FAST, OUTBOUND_INTERNAL_HOSTS: provider.host })
  })
  afterAll(async () => {
    await server.close()
    await provider.close()
  })

  const hook = () => ({ type: 'webhook', url: `${provider.url}/hook`, signing_secret: { secret: 'PROVIDER' } })
  const whatsapp = () => ({ type: 'whatsapp_cloud', phone_number_id: '105954558954427', access_token: { secret: 'PROVIDER' }, template: 'login_code', base_url: provider.url })
  const tell = (to: E164, instance = server) =>
    instance.app.database.transaction((tx) => instance.app.outbox.enqueueNotice(tx, DEFAULT_TENANT_ID, { email: null, phoneKey: to }, { template: 'password_changed', at: 0, ip: '192.0.2.1', language: 'de' }))

  // security case H3
  test('is posted as text in the language of its owner, without a code', async () => {
    await declareMessaging(server, { senders: [hook()], allowed_countries: ['CH'] })
    const to = newNumber()
    await tell(to)
    await server.app.outbox.deliverDue()
    const body = JSON.parse(provider.received.pop()!.body) as Record<string, unknown>
    expect(body).toMatchObject({ to, channel: 'sms', template: 'password_changed', language: 'de', text: expect.stringMatching(/Passwort.+\n\S+\/auth\/settings$/) as string })
    expect(body).not.toHaveProperty('code')
    expect((await rowOf(server, to))?.state).not.toBe('dead')
  })

  test('passes by a sender that carries codes alone', async () => {
    await declareMessaging(server, { senders: [whatsapp(), hook()], allowed_countries: ['CH'] })
    provider.received.length = 0
    await tell(newNumber())
    await server.app.outbox.deliverDue()
    expect(provider.received.map(({ path }) => path)).toEqual(['/hook'])
  })

  test('that nothing carries is put aside where operators see it', async () => {
    await declareMessaging(server, { senders: [whatsapp()], allowed_countries: ['CH'] })
    const to = newNumber()
    provider.received.length = 0
    await tell(to)
    await server.app.outbox.deliverDue()
    expect([provider.received, await rowOf(server, to)]).toEqual([[], expect.objectContaining({ state: 'dead' })])
  })

  test('waits when the number was written to as often as the settings allow, and goes to no country that they do not name', async () => {
    const strict = await server.sibling({ RATE_LIMITS: 'on' })
    try {
      await declareMessaging(server, { senders: [hook()], allowed_countries: ['CH'], limits: { per_recipient_hour: 1 } })
      server.clock.advance(2_000)
      const to = newNumber()
      provider.received.length = 0
      await tell(to, strict)
      await tell(to, strict)
      await tell('+12025550123' as E164, strict)
      await strict.app.outbox.deliverDue()
      expect(provider.received).toHaveLength(1)
      expect(await rowOf(strict, to)).toMatchObject({ state: 'pending', lastError: expect.stringContaining('as many messages') as string })
      expect(await rowOf(strict, '+12025550123' as E164)).toMatchObject({ state: 'dead' })
      const sent = (await messageEvents(server)).filter(({ type }) => type === 'message.sent')
      expect(sent.every(({ data }) => !JSON.stringify(data).includes(to))).toBe(true)
      // A day later it is no news.
      server.clock.advance(25 * HOUR_MS)
      await strict.app.outbox.deliverDue()
      expect((await messageEvents(server)).at(-1)).toMatchObject({ type: 'message.failed', data: { kind: 'expired', reason: 'the notice was too old to be sent' } })
    } finally {
      await strict.close()
    }
  })
})
