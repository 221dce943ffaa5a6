// One engine: what goes over the wire does not depend on it.
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { E164 } from '../../src/domain/phone.ts'
import { WEBHOOK_REPLAY_WINDOW_SECONDS } from '../../src/outbound/sms/sign-webhook.ts'
import { testEngines } from '../harness/engines.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import type { FakeProvider, ReceivedRequest } from './fake-provider.ts'
import { json, startProvider } from './fake-provider.ts'
import { declareMessaging, enqueue, FAST, messageEvents, newNumber, rowOf, SECRET } from './messaging.ts'

const ACCOUNT_SID = `AC${'0123456789abcdef'.repeat(2)}`
const SERVICE_SID = `MG${'0123456789abcdef'.repeat(2)}`
const TEN_MINUTES_MS = 600_000

describe('a sender of messages', () => {
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
  beforeEach(() => {
    provider.received.length = 0
  })

  const TWILIO = () => ({ type: 'twilio', account_sid: ACCOUNT_SID, auth_token: { secret: 'PROVIDER' }, messaging_service_sid: SERVICE_SID, base_url: provider.url })
  const VONAGE = () => ({ type: 'vonage', api_key: 'abcd1234', api_secret: { secret: 'PROVIDER' }, from: 'Gatepost', base_url: provider.url })
  const WHATSAPP = () => ({ type: 'whatsapp_cloud', phone_number_id: '105954558954427', access_token: { secret: 'PROVIDER' }, template: 'login_code', languages: { en: 'en_US', de: 'de' }, base_url: provider.url })
  const WEBHOOK = () => ({ type: 'webhook', url: `${provider.url}/hook?tenant=a`, signing_secret: { secret: 'PROVIDER' } })

  /** One message through this sender alone; what the provider got, and what became of the row. */
  async function sendThrough(sender: object, answer: FakeProvider['answer'], request: { to?: E164; language?: string } = {}): Promise<{ request: ReceivedRequest; row: Awaited<ReturnType<typeof rowOf>>; to: E164 }> {
    await declareMessaging(server, { senders: [sender], allowed_countries: ['CH'] })
    provider.answer = answer
    const to = request.to ?? newNumber()
    await enqueue(server, { ...request, to })
    await server.app.outbox.deliverDue()
    expect(provider.received).toHaveLength(1)
    return { request: provider.received.pop()!, row: await rowOf(server, to), to }
  }

  /** What became of one message when the provider answered so: the row, and the kind in the event. */
  async function outcomeOf(sender: object, answer: FakeProvider['answer']): Promise<[string | undefined, unknown]> {
    const { row } = await sendThrough(sender, answer)
    server.clock.advance(2 * TEN_MINUTES_MS)
    await server.app.outbox.deliverDue()
    const events = (await messageEvents(server)).filter(({ data }) => data['outbox_id'] === row?.id)
    return [row?.state, events[0]?.data['kind']]
  }

  describe('at Twilio', () => {
    test('posts a form to the account, with its credentials and how long the code lives', async () => {
      const { request, row, to } = await sendThrough(TWILIO(), json(201, { sid: 'SM1', status: 'accepted' }))
      expect([request.method, request.path]).toEqual(['POST', `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`])
      expect(request.headers.authorization).toBe(`Basic ${Buffer.from(`${ACCOUNT_SID}:${SECRET}`).toString('base64')}`)
      expect(request.headers['content-type']).toBe('application/x-www-form-urlencoded')
      const form = Object.fromEntries(new URLSearchParams(request.body))
      expect(form).toEqual({ To: to, MessagingServiceSid: SERVICE_SID, Body: '123456 is your code to sign in to Gatepost. Never pass it on.\n\n@localhost #123456', ValidityPeriod: expect.stringMatching(/^(600|59\d)$/) as string })
      expect(row?.state).toBe('delivered')
    })

    test('may send from a number in the place of a service', async () => {
      const { messaging_service_sid: _, ...account } = TWILIO()
      const { request } = await sendThrough({ ...account, from: '+15005550006' }, json(201, {}))
      const form = new URLSearchParams(request.body)
      expect([form.get('From'), form.get('MessagingServiceSid')]).toEqual(['+15005550006', null])
    })

    test.each([
      [400, 21211, 'dead', 'rejected_number'],
      [400, 21610, 'dead', 'rejected_number'],
      [400, 21408, 'dead', 'permanent'],
      [401, 20003, 'dead', 'permanent'],
      [404, 20404, 'dead', 'permanent'],
      [429, 20429, 'pending', 'temporary'],
      [400, 21611, 'pending', 'temporary'],
      [503, undefined, 'pending', 'temporary'],
      [302, undefined, 'dead', 'permanent'],
    ])('takes %i with code %s as %s, %s', async (status, code, state, kind) => {
      expect(await outcomeOf(TWILIO(), json(status, { code, message: 'in their words', status }))).toEqual([state, kind])
    })
  })

  describe('at Vonage', () => {
    const answering = (status: string) => json(200, { 'message-count': '1', messages: [{ to: '41790000000', 'message-id': 'x', status, 'error-text': 'in their words' }] })

    test('posts a form with key and secret, the number without its plus sign, and how long the code lives', async () => {
      const { request, row, to } = await sendThrough(VONAGE(), answering('0'))
      expect([request.method, request.path, request.headers['content-type']]).toEqual(['POST', '/sms/json', 'application/x-www-form-urlencoded'])
      expect(Object.fromEntries(new URLSearchParams(request.body))).toEqual({
        api_key: 'abcd1234',
        api_secret: SECRET,
        from: 'Gatepost',
        to: to.slice(1),
        text: expect.stringMatching(/^123456 is your code .*@localhost #123456$/s) as string,
        ttl: expect.stringMatching(/^(600|59\d)\d{3}$/) as string,
        'client-ref': row?.id,
      })
      expect(row?.state).toBe('delivered')
    })

    test.each([
      ['1', 'pending', 'temporary'],
      ['5', 'pending', 'temporary'],
      ['10', 'pending', 'temporary'],
      ['4', 'dead', 'permanent'],
      ['9', 'dead', 'permanent'],
      ['29', 'dead', 'permanent'],
      ['6', 'dead', 'rejected_number'],
      ['7', 'dead', 'rejected_number'],
    ])('takes status %s within an answer of 200 as %s, %s', async (status, state, kind) => {
      expect(await outcomeOf(VONAGE(), answering(status))).toEqual([state, kind])
    })

    test('believes no answer that says nothing', async () => {
      expect(await outcomeOf(VONAGE(), (response) => void response.end('<html>fine</html>'))).toEqual(['pending', 'temporary'])
      expect(await outcomeOf(VONAGE(), json(500, {}))).toEqual(['pending', 'temporary'])
    })
  })

  describe('at WhatsApp', () => {
    const refusing = (status: number, code: number) => json(status, { error: { message: 'in their words', type: 'OAuthException', code, fbtrace_id: 'x' } })

    test('posts an authentication template with the code for its body and for its copy-code button', async () => {
      const { request, row, to } = await sendThrough(WHATSAPP(), json(200, { messaging_product: 'whatsapp', messages: [{ id: 'wamid.1' }] }))
      expect([request.method, request.path]).toEqual(['POST', '/v23.0/105954558954427/messages'])
      expect(request.headers.authorization).toBe(`Bearer ${SECRET}`)
      const parameters = [{ type: 'text', text: '123456' }]
      expect(JSON.parse(request.body)).toEqual({
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to,
        type: 'template',
        template: {
          name: 'login_code',
          language: { code: 'en_US' },
          components: [
            { type: 'body', parameters },
            { type: 'button', sub_type: 'url', index: '0', parameters },
          ],
        },
      })
      expect(row?.state).toBe('delivered')
    })

    test.each([['de', 'de'], ['de-CH', 'de'], ['en', 'en_US'], ['ar', 'en_US']])('speaks %s by the template of %s', async (language, code) => {
      const { request } = await sendThrough(WHATSAPP(), json(200, {}), { language })
      expect(JSON.parse(request.body)).toMatchObject({ template: { language: { code } } })
    })

    test.each([
      [400, 131026, 'dead', 'rejected_number'],
      [401, 190, 'dead', 'permanent'],
      [404, 132001, 'dead', 'permanent'],
      [400, 130429, 'pending', 'temporary'],
      [500, 131000, 'pending', 'temporary'],
    ])('takes %i with code %i as %s, %s', async (status, code, state, kind) => {
      expect(await outcomeOf(WHATSAPP(), refusing(status, code))).toEqual([state, kind])
    })
  })

  describe('of the operator’s own, behind a webhook', () => {
    const partsOf = (header: unknown) => String(header).split(',').map((part) => part.split('=') as [string, string])
    const signatureOf = (secret: string, t: string, body: string) => createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')

    test('posts JSON that is signed together with its time, and names the same id at every try', async () => {
      const { request, row, to } = await sendThrough(WEBHOOK(), json(503, {}))
      expect([request.method, request.path, request.headers['content-type']]).toEqual(['POST', '/hook?tenant=a', 'application/json'])
      expect(JSON.parse(request.body)).toEqual({
        id: row?.id,
        to,
        channel: 'sms',
        template: 'login_code',
        code: '123456',
        text: expect.stringContaining('123456 is your code') as string,
        language: 'en',
        expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      })
      const [[, t], [name, signature]] = partsOf(request.headers['gatepost-signature']) as [[string, string], [string, string]]
      expect(Math.abs(Number(t) * 1_000 - server.clock.now())).toBeLessThan(WEBHOOK_REPLAY_WINDOW_SECONDS * 1_000)
      expect([name, signature]).toEqual(['v1', signatureOf(SECRET, t, request.body)])

      provider.answer = json(200, {})
      server.clock.advance(20_000)
      await server.app.outbox.deliverDue()
      const again = provider.received.pop()!
      expect((JSON.parse(again.body) as { id: string }).id).toBe(row?.id)
      expect(again.headers['gatepost-signature']).not.toBe(request.headers['gatepost-signature'])
    })

    test('is signed with both secrets while one takes the place of the other', async () => {
      await server.app.secrets.set('EARLIER', 'the secret before')
      const { request } = await sendThrough({ ...WEBHOOK(), previous_signing_secret: { secret: 'EARLIER' } }, json(204, {}))
      const [[, t], ...signatures] = partsOf(request.headers['gatepost-signature']) as [[string, string], ...[string, string][]]
      expect(signatures).toEqual([['v1', signatureOf(SECRET, t, request.body)], ['v1', signatureOf('the secret before', t, request.body)]])
    })

    test.each([
      [422, 'dead', 'rejected_number'],
      [400, 'dead', 'permanent'],
      [301, 'dead', 'permanent'],
      [408, 'pending', 'temporary'],
      [429, 'pending', 'temporary'],
      [502, 'pending', 'temporary'],
    ])('takes %i as %s, %s', async (status, state, kind) => {
      expect(await outcomeOf(WEBHOOK(), json(status, {}, { location: provider.url }))).toEqual([state, kind])
    })
  })

  test('puts neither the number, the code, the credential nor the words of a provider into events, rows or errors', async () => {
    const { to, row } = await sendThrough(TWILIO(), json(400, { code: 21211, message: 'the number +41790000000 with 123456 is in their words' }))
    const told = JSON.stringify([await messageEvents(server), row?.lastError, await server.app.database.read.selectFrom('outbox').selectAll().execute()])
    for (const secret of [to, to.slice(1), '123456 is', 'in their words', SECRET]) expect(told).not.toContain(secret)
  })
})
