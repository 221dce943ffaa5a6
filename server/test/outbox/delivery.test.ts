import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_TENANT_ID } from '../../src/domain/ids.ts'
import { systemRandom } from '../../src/platform/random.ts'
import { createSealer } from '../../src/platform/sealing.ts'
import { createEvents } from '../../src/services/events/index.ts'
import { createOutbox } from '../../src/services/outbox/index.ts'
import { testEngines } from '../harness/engines.ts'
import { newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import type { SmtpFixture } from '../mail/smtp-fixture.ts'
import { readMessage, startSmtpServer } from '../mail/smtp-fixture.ts'

const MINUTE = 60_000
const FAST_HASHES = { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' }
const PRODUCTION = { NODE_ENV: 'production', RATE_LIMITS: 'on', PUBLIC_URL: 'https://example.com', MAIL_FROM: 'Gatepost <no-reply@example.com>' }

for (const engine of testEngines) {
  describe(`the outbox on ${engine}`, () => {
    let smtp: SmtpFixture
    let answer: ((recipient: string) => Error | undefined) | undefined
    let held: (() => void)[] = []
    let server: TestServer
    beforeAll(async () => {
      smtp = await startSmtpServer({
        onRcptTo(address, _session, done) {
          const isHeld = address.address.startsWith('slow')
          if (isHeld) held.push(() => done())
          else done(answer?.(address.address) ?? null)
        },
      })
      server = await startTestServer(engine, { ...FAST_HASHES, SMTP_URL: `smtp://127.0.0.1:${smtp.port}` })
    })
    afterAll(async () => {
      await server.close()
      await smtp.close()
    })
    afterEach(async () => {
      answer = undefined
      for (const release of held) release()
      held = []
      server.clock.advance(400 * MINUTE)
      while ((await server.app.outbox.deliverDue()) > 0);
      smtp.received.length = 0
    })

    const rowOf = (email: string, target = server) =>
      target.app.outbox.list(DEFAULT_TENANT_ID, { limit: 100 }).then((rows) => rows.find((row) => row.mail?.to === email))
    const receivedBy = (email: string) => smtp.received.filter((mail) => mail.recipients.includes(email))
    const messageIdOf = (raw: string) => readMessage(raw).headers.get('message-id')?.[0]

    test('delivers a mail once, however many workers look at it', async () => {
      const sibling = await server.sibling()
      const people = await Promise.all(Array.from({ length: 8 }, () => signUp(server)))
      await Promise.all([server, sibling, server, sibling].map(({ app }) => app.outbox.deliverDue()))
      for (const { email } of people) expect(receivedBy(email)).toHaveLength(1)
      await sibling.close()
    })

    test('sends nothing of a transaction that was rolled back', async () => {
      const email = newAddress()
      const rolledBack = server.app.database.transaction(async (tx) => {
        await server.app.outbox.enqueueMail(tx, DEFAULT_TENANT_ID, { template: 'signup_existing_account', to: email })
        throw new Error('rolled back')
      })
      await expect(rolledBack).rejects.toThrow('rolled back')
      await server.app.outbox.deliverDue()
      expect(await rowOf(email)).toBeUndefined()
      expect(receivedBy(email)).toEqual([])
    })

    test('tries again with growing pauses, and puts a mail aside after twelve tries, where it can be retried', async () => {
      const { email } = await signUp(server)
      answer = () => Object.assign(new Error('greylisted'), { responseCode: 451 })
      const pauses: number[] = []
      for (let attempt = 1; attempt <= 12; attempt += 1) {
        await server.app.outbox.deliverDue()
        const row = await rowOf(email)
        expect([row?.attempts, row?.state]).toEqual([attempt, attempt === 12 ? 'dead' : 'pending'])
        expect(row?.lastError).toMatch(/451|greylisted/)
        const before = server.clock.now()
        await server.app.outbox.deliverDue()
        expect((await rowOf(email))?.attempts).toBe(attempt)
        if (attempt < 12) {
          pauses.push((row?.nextAttemptAt ?? 0) - before)
          server.clock.advance(Math.max(0, (row?.nextAttemptAt ?? 0) - server.clock.now()) + 1)
        }
      }
      expect(pauses[0]).toBeLessThan(10_000)
      expect(pauses.at(-1)).toBeGreaterThan(5 * 60 * MINUTE)
      for (const [index, pause] of pauses.slice(1).entries()) expect(pause).toBeGreaterThanOrEqual((pauses[index] ?? 0) * 0.8)
      expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(3 * 24 * 60 * MINUTE)

      server.clock.advance(48 * 60 * MINUTE)
      await server.app.outbox.deliverDue()
      expect((await rowOf(email))?.state).toBe('dead')

      answer = undefined
      const { id } = (await rowOf(email))!
      expect(await server.app.outbox.retry(DEFAULT_TENANT_ID, id)).toBe(true)
      expect(await server.app.outbox.retry(DEFAULT_TENANT_ID, id)).toBe(false)
      await server.app.outbox.deliverDue()
      expect(receivedBy(email)).toHaveLength(1)
      expect((await rowOf(email))?.state).toBe('delivered')
    })

    test('puts a mail aside at once when the mail server refuses it for good', async () => {
      const { email } = await signUp(server)
      answer = () => Object.assign(new Error('no such mailbox'), { responseCode: 550 })
      await server.app.outbox.deliverDue()
      expect(await rowOf(email)).toMatchObject({ state: 'dead', attempts: 1 })
      const events = await server.app.database.read.selectFrom('event').select('data').where('type', '=', 'outbox.dead').execute()
      expect(events.length).toBeGreaterThan(0)
    })

    test('delivers again what a worker died over, with the same Message-ID', async () => {
      const { email } = await signUp(server)
      const { id } = (await rowOf(email))!
      await server.app.outbox.deliverDue()
      // What a worker leaves behind that was killed after the mail server took the mail, before it wrote that down.
      await server.app.database.transaction(async (tx) => {
        const claim = { state: 'pending', attempts: 1, claimed_until: server.clock.now() + MINUTE, settled_at: null } as const
        await tx.updateTable('outbox').set(claim).where('id', '=', id).execute()
      })
      await server.app.outbox.deliverDue()
      expect(receivedBy(email)).toHaveLength(1)
      server.clock.advance(2 * MINUTE)
      await server.app.outbox.deliverDue()
      const received = receivedBy(email)
      expect(received).toHaveLength(2)
      expect(messageIdOf(received[0]!.raw)).toBe(messageIdOf(received[1]!.raw))
      expect(messageIdOf(received[0]!.raw)).toContain(id)
    })

    test('lets a mail that hangs hold up itself alone', async () => {
      await signUp(server, { email: newAddress('slow') })
      const others = await Promise.all(Array.from({ length: 6 }, () => signUp(server)))
      const turn = server.app.outbox.deliverDue()
      await expect.poll(() => others.filter(({ email }) => receivedBy(email).length === 1).length, { timeout: 10_000 }).toBe(6)
      for (const release of held) release()
      await turn
    })

    test('puts a delivery that never comes to an end off, and goes on with the others', async () => {
      const delivered: string[] = []
      const outbox = createOutbox({
        database: server.app.database,
        clock: server.clock,
        random: systemRandom,
        sealer: createSealer(server.app.config.encryptionKeys, systemRandom),
        events: createEvents({ clock: server.clock, random: systemRandom }),
        logger: server.app.logger,
        sender: {
          async send({ to }) {
            if (to.startsWith('stuck')) await new Promise(() => undefined)
            delivered.push(to)
            return { outcome: 'delivered' }
          },
          close: () => undefined,
        },
        render: async ({ to }) => ({ to, subject: 'Hello', text: '', html: '' }),
        messages: server.app.messages,
        logoutTokens: { deliver: async () => ({ outcome: 'delivered' }) },
        codeLifetimeMs: MINUTE,
        keepsDelivered: true,
        deliveryDeadlineMs: 200,
      })
      // As many as go at once, so that nothing behind them is reached while they hang.
      const stuck = [newAddress('stuck'), newAddress('stuck'), newAddress('stuck')]
      const quick = newAddress()
      for (const to of [...stuck, quick]) await server.app.database.transaction((tx) => outbox.enqueueMail(tx, DEFAULT_TENANT_ID, { template: 'signup_existing_account', to }))
      const turn = outbox.deliverDue().then(() => 'ended')
      expect(await Promise.race([turn, new Promise((resolve) => void setTimeout(resolve, 10_000).unref())])).toBe('ended')
      expect(delivered).toEqual([quick])
      for (const to of stuck) expect(await rowOf(to)).toMatchObject({ state: 'pending', attempts: 1, lastError: 'the delivery did not come to an end' })
    })

    test('begins no further delivery once it is told to stop', async () => {
      const people = await Promise.all(Array.from({ length: 6 }, () => signUp(server)))
      expect(await server.app.outbox.deliverDue(() => true)).toBeGreaterThan(0)
      for (const { email } of people) expect(receivedBy(email)).toEqual([])
    })

    test('is not waited for by whoever asks for a mail', async () => {
      const email = newAddress('slow')
      const startedAt = performance.now()
      await signUp(server, { email })
      const turn = server.app.outbox.deliverDue()
      const person = await signUp(server)
      expect((await person.browser.api('GET', '/user')).statusCode).toBe(200)
      expect(performance.now() - startedAt).toBeLessThan(10_000)
      for (const release of held) release()
      await turn
    })

    test('keeps what it holds sealed in the table, and in production empties it once it is delivered', async () => {
      const production = await server.sibling({ ...PRODUCTION, SMTP_URL: `smtp://127.0.0.1:${smtp.port}` })
      const email = newAddress()
      await signUp(production, { email, browser: production.browser() })
      const sealed = await server.app.database.read.selectFrom('outbox').selectAll().execute()
      expect(JSON.stringify(sealed)).not.toContain(email)
      const { id } = (await rowOf(email, production))!
      await production.app.outbox.deliverDue()
      expect(receivedBy(email)).toHaveLength(1)
      const row = await server.app.database.read.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()
      expect(row).toMatchObject({ state: 'delivered', payload_sealed: '' })
      await production.close()
    })

    test('carries a mail for each thing its reader should know', async () => {
      const subjectsTo = (email: string) => receivedBy(email).map((mail) => readMessage(mail.raw).headers.get('subject')?.[0])
      const deliver = () => server.app.outbox.deliverDue()
      const person = await signUp(server)

      const sameBrowser = person.browser.copy()
      sameBrowser.cookies.delete('gatepost_refresh')
      await signIn(server, person, sameBrowser)
      await deliver()
      expect(subjectsTo(person.email)).toEqual([expect.stringContaining('create your Gatepost account')])

      await signIn(server, person, server.browser({ userAgent: 'Another/1.0 (Windows NT 10.0) Firefox/140' }))
      await server.browser().api('POST', '/signup/challenges', { email: person.email, password: person.password })
      await person.browser.api('PUT', '/account/password', { current_password: person.password, new_password: 'another horse entirely' })
      const next = newAddress()
      const { challenge_id } = (await person.browser.api('POST', '/account/email-change/challenges', { new_email: next })).json<{ challenge_id: string }>()
      const moved = await person.browser.api('POST', '/account/email-change/challenges/verify', { challenge_id, code: await server.codeFor(next) })
      expect(moved.statusCode).toBe(204)
      const stolen = person.browser.copy()
      expect((await person.browser.api('POST', '/sessions/refresh')).statusCode).toBeLessThan(300)
      server.clock.advance(MINUTE)
      expect((await stolen.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      const again = await signIn(server, { email: next, password: 'another horse entirely' })
      await server.browser().api('POST', '/password-reset/challenges', { email: next, new_password: 'a third horse now' })
      expect((await again.api('DELETE', '/account')).statusCode).toBe(204)
      while ((await deliver()) > 0);

      const expected = (subjects: string[]) => expect.arrayContaining(subjects.map((subject) => expect.stringContaining(subject) as string)) as string[]
      expect(subjectsTo(person.email)).toEqual(expected(['New sign-in', 'You already have', 'password was changed', 'email address was changed']))
      expect(subjectsTo(next)).toEqual(expected(['to use this address', 'email address was changed', 'We ended a session', 'reset your Gatepost password', 'account was deleted']))
    })
  })
}
