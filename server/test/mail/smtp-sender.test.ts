import type { Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { SMTPServerOptions } from 'smtp-server'
import { parseSmtpUrl } from '../../src/outbound/mail/parse-smtp-url.ts'
import type { MailSender } from '../../src/outbound/mail/mail-sender.ts'
import { DEFAULT_WORDING } from '../../src/languages/index.ts'
import { renderMail } from '../../src/outbound/mail/render-mail.ts'
import { createSmtpSender } from '../../src/outbound/mail/smtp-sender.ts'
import { readMessage, startRawServer, startSmtpServer } from './smtp-fixture.ts'

const SETTINGS = { brandName: 'Acme', publicUrl: 'https://app.example.com', basePath: '/auth', codeLifetimeMinutes: 10 }
const OUTBOX_ID = '019ab000-0000-7000-8000-000000000001'
const CODE_MAIL = renderMail({ to: 'person@example.org', template: 'login_code', code: '402917' }, SETTINGS, DEFAULT_WORDING)
const AS_OUTBOX_ROW = { messageId: OUTBOX_ID }

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

function keep<T extends { close(): void | Promise<void> }>(part: T): T {
  cleanups.push(() => part.close())
  return part
}

function openSender(smtpUrl: string, timeoutMs = 5_000): MailSender {
  return keep(createSmtpSender({ smtpUrl, from: 'Acme <no-reply@mail.example.com>', timeoutMs }))
}

function refuseWith(responseCode: number, words = 'no') {
  return Object.assign(new Error(words), { responseCode })
}

const acceptAnyone: SMTPServerOptions['onAuth'] = (_auth, _session, done) => done(null, { user: 'relay' })

describe('a delivery', () => {
  test('hands a code mail with both parts to one recipient, marked as automatic', async () => {
    const server = keep(await startSmtpServer())
    expect(await openSender(`smtp://127.0.0.1:${server.port}`).send(CODE_MAIL, AS_OUTBOX_ROW)).toEqual({ outcome: 'delivered' })
    expect(server.received).toHaveLength(1)
    expect(server.received[0]!.recipients).toEqual(['person@example.org'])
    const { headers, parts } = readMessage(server.received[0]!.raw)
    expect(headers.get('to')).toEqual(['person@example.org'])
    expect(headers.get('from')).toEqual(['Acme <no-reply@mail.example.com>'])
    expect(headers.get('subject')).toEqual([CODE_MAIL.subject])
    expect(headers.get('auto-submitted')).toEqual(['auto-generated'])
    expect(headers.has('x-mailer')).toBe(false)
    expect([...parts.keys()]).toEqual(['text/plain', 'text/html'])
    expect(parts.get('text/plain')!.trim()).toBe(CODE_MAIL.text.trim())
    expect(parts.get('text/html')!.trim()).toBe(CODE_MAIL.html.trim())
  })

  test('tried again carries the same Message-ID, made of the outbox id and the domain of the sender', async () => {
    const server = keep(await startSmtpServer())
    const sender = openSender(`smtp://127.0.0.1:${server.port}`)
    await sender.send(CODE_MAIL, AS_OUTBOX_ROW)
    await sender.send(CODE_MAIL, AS_OUTBOX_ROW)
    const ids = server.received.map((mail) => readMessage(mail.raw).headers.get('message-id'))
    expect(ids).toEqual([[`<${OUTBOX_ID}@mail.example.com>`], [`<${OUTBOX_ID}@mail.example.com>`]])
  })

  test('of twenty mails at once reaches everyone over few connections', async () => {
    let connections = 0
    const server = keep(await startSmtpServer({ onConnect: (_session, done) => (connections++, done()) }))
    const sender = openSender(`smtp://127.0.0.1:${server.port}`)
    const people = Array.from({ length: 20 }, (_, index) => `person${index}@example.org`)
    const outcomes = await Promise.all(people.map((to, index) => sender.send({ ...CODE_MAIL, to }, { messageId: `row-${index}` })))
    expect(outcomes.every(({ outcome }) => outcome === 'delivered')).toBe(true)
    expect(server.received.flatMap((mail) => mail.recipients).sort()).toEqual(people.sort())
    expect(connections).toBeLessThanOrEqual(3)
  })

  test('cannot be given further headers or recipients by a line break in the subject', async () => {
    const server = keep(await startSmtpServer())
    const subject = 'Hello\r\nBcc: victim@example.net\r\n\r\nbody'
    await openSender(`smtp://127.0.0.1:${server.port}`).send({ ...CODE_MAIL, subject }, AS_OUTBOX_ROW)
    expect(server.received[0]!.recipients).toEqual(['person@example.org'])
    expect(readMessage(server.received[0]!.raw).headers.has('bcc')).toBe(false)
  })

  test.each([
    'person@example.org,victim@example.net',
    'person@example.org;victim@example.net',
    'person@example.org\r\nRCPT TO:<victim@example.net>',
    'person@example.org\n',
    'Person <person@example.org>',
    '"victim@example.net x"@example.org',
    'person@example.org victim@example.net',
    'person@victim.example@example.org',
    'group:person@example.org',
    'person(comment)@example.org',
    '',
  ])('to %j is refused for good and never reaches the server', async (to) => {
    const server = keep(await startSmtpServer())
    const outcome = await openSender(`smtp://127.0.0.1:${server.port}`).send({ ...CODE_MAIL, to }, AS_OUTBOX_ROW)
    expect(outcome).toMatchObject({ outcome: 'failed', isPermanent: true })
    expect(server.received).toEqual([])
  })
})

describe('a failure', () => {
  test.each([
    ['450 for the recipient', 450, false],
    ['451 for the recipient', 451, false],
    ['530 authentication required', 530, false],
    ['550 for the recipient', 550, true],
    ['554 for the recipient', 554, true],
  ])('of %s is permanent or not as it should be', async (_, code, isPermanent) => {
    const server = keep(await startSmtpServer({ onRcptTo: (_address, _session, done) => done(refuseWith(code)) }))
    const outcome = await openSender(`smtp://127.0.0.1:${server.port}`).send(CODE_MAIL, AS_OUTBOX_ROW)
    expect(outcome).toEqual({ outcome: 'failed', isPermanent, reason: expect.stringContaining(`${code}`) })
  })

  test('of the message itself is permanent with 5xx and temporary with 4xx', async () => {
    for (const [code, isPermanent] of [[552, true], [452, false]] as const) {
      const server = keep(
        await startSmtpServer({
          onData(stream, _session, done) {
            stream.resume()
            stream.on('end', () => done(refuseWith(code)))
          },
        }),
      )
      const outcome = await openSender(`smtp://127.0.0.1:${server.port}`).send(CODE_MAIL, AS_OUTBOX_ROW)
      expect(outcome).toMatchObject({ outcome: 'failed', isPermanent })
    }
  })

  test('of our own sender address is temporary, because an operator can mend it', async () => {
    const server = keep(await startSmtpServer({ onMailFrom: (_address, _session, done) => done(refuseWith(553)) }))
    const outcome = await openSender(`smtp://127.0.0.1:${server.port}`).send(CODE_MAIL, AS_OUTBOX_ROW)
    expect(outcome).toMatchObject({ outcome: 'failed', isPermanent: false })
  })

  test('to sign in is temporary', async () => {
    const onAuth: SMTPServerOptions['onAuth'] = (_auth, _session, done) => done(refuseWith(535))
    const server = keep(await startSmtpServer({ allowInsecureAuth: true, onAuth }))
    const outcome = await openSender(`smtp://relay:s3cret@127.0.0.1:${server.port}`).send(CODE_MAIL, AS_OUTBOX_ROW)
    expect(outcome).toMatchObject({ outcome: 'failed', isPermanent: false })
  })

  test('never repeats the words of the server, the mail or the password', async () => {
    const words = `s3cret 402917 ${CODE_MAIL.to} ${CODE_MAIL.subject}`
    const refusals: SMTPServerOptions[] = [
      { allowInsecureAuth: true, onAuth: acceptAnyone, onRcptTo: (_address, _session, done) => done(refuseWith(550, words)) },
      { allowInsecureAuth: true, onAuth: (_auth, _session, done) => done(refuseWith(535, words)) },
    ]
    for (const refusal of refusals) {
      const server = keep(await startSmtpServer(refusal))
      const outcome = await openSender(`smtp://relay:s3cret@127.0.0.1:${server.port}`).send(CODE_MAIL, AS_OUTBOX_ROW)
      expect(outcome).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(/answered (550|535)/) })
      expect(JSON.stringify(outcome)).not.toMatch(/s3cret|relay|402917|person@|sign in/)
    }
  })

  test('to connect is temporary, and the same sender succeeds once the server is back', async () => {
    const gone = await startSmtpServer()
    await gone.close()
    const sender = openSender(`smtp://127.0.0.1:${gone.port}`)
    const outcome = await sender.send(CODE_MAIL, AS_OUTBOX_ROW)
    keep(await startSmtpServer({}, gone.port))
    expect(await sender.send(CODE_MAIL, AS_OUTBOX_ROW)).toEqual({ outcome: 'delivered' })
    expect(outcome).toEqual({ outcome: 'failed', isPermanent: false, reason: expect.stringContaining('ECONNREFUSED') })
  })

  test.each([
    ['says nothing', () => undefined],
    ['hangs up before the greeting', (socket: Socket) => void socket.end()],
    [
      'trickles its answers without end',
      (socket: Socket) => {
        socket.write('220 hello\r\n')
        const timer = setInterval(() => socket.write('250-.\r\n'), 20)
        socket.on('close', () => clearInterval(timer))
      },
    ],
  ])('of a server that %s is temporary and bounded by the time limit', async (_, act) => {
    const server = keep(await startRawServer(act))
    const startedAt = performance.now()
    const outcome = await openSender(`smtp://127.0.0.1:${server.port}`, 400).send(CODE_MAIL, AS_OUTBOX_ROW)
    expect(outcome).toMatchObject({ outcome: 'failed', isPermanent: false })
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  test.each([0, 1])('after the sender was closed, with %d mails sent before, is temporary', async (sentBefore) => {
    const server = keep(await startSmtpServer())
    const sender = openSender(`smtp://127.0.0.1:${server.port}`)
    for (let sent = 0; sent < sentBefore; sent++) await sender.send(CODE_MAIL, AS_OUTBOX_ROW)
    sender.close()
    expect(await sender.send(CODE_MAIL, AS_OUTBOX_ROW)).toMatchObject({ outcome: 'failed', isPermanent: false })
    expect(server.received).toHaveLength(sentBefore)
  })
})

test('a sender with credentials signs in before it sends', async () => {
  const seen: unknown[] = []
  const onAuth: SMTPServerOptions['onAuth'] = (auth, _session, done) => {
    seen.push([auth.username, auth.password])
    done(null, { user: 'relay' })
  }
  const server = keep(await startSmtpServer({ authOptional: false, allowInsecureAuth: true, onAuth }))
  const outcome = await openSender(`smtp://relay%40x:p%3Aw@127.0.0.1:${server.port}`).send(CODE_MAIL, AS_OUTBOX_ROW)
  expect(outcome).toEqual({ outcome: 'delivered' })
  expect(seen).toEqual([['relay@x', 'p:w']])
})

describe('encryption', () => {
  test('is used when a loopback server offers STARTTLS', async () => {
    const server = keep(await startSmtpServer({ disabledCommands: [] }))
    expect(await openSender(`smtp://127.0.0.1:${server.port}`).send(CODE_MAIL, AS_OUTBOX_ROW)).toEqual({ outcome: 'delivered' })
    expect(server.received[0]!.isEncrypted).toBe(true)
  })

  test('that is required and missing, or has an unknown certificate, holds the mail back', async () => {
    for (const disabledCommands of [['STARTTLS'], []]) {
      const server = keep(await startSmtpServer({ disabledCommands }))
      const outcome = await openSender(`smtp://127.0.0.1:${server.port}?tls=required`).send(CODE_MAIL, AS_OUTBOX_ROW)
      expect(outcome).toMatchObject({ outcome: 'failed', isPermanent: false })
      expect(server.received).toEqual([])
    }
  })

  test('from the first byte (smtps) refuses an unknown certificate', async () => {
    const server = keep(await startSmtpServer({ secure: true }))
    const outcome = await openSender(`smtps://127.0.0.1:${server.port}`).send(CODE_MAIL, AS_OUTBOX_ROW)
    expect(outcome).toMatchObject({ outcome: 'failed', isPermanent: false })
    expect(server.received).toEqual([])
  })

  test.each([
    ['smtp://mail.example.com', { host: 'mail.example.com', port: 587, security: 'required' }],
    ['smtp://mail.example.com:25?insecure', { host: 'mail.example.com', port: 25, security: 'opportunistic' }],
    ['smtp://mail.example.com?insecure=false', { host: 'mail.example.com', port: 587, security: 'required' }],
    ['smtps://mail.example.com', { host: 'mail.example.com', port: 465, security: 'implicit' }],
    ['smtp://localhost:1025', { host: 'localhost', port: 1025, security: 'opportunistic' }],
    ['smtp://[::1]:1025', { host: '::1', port: 1025, security: 'opportunistic' }],
    ['smtp://localhost?tls=required', { host: 'localhost', port: 587, security: 'required' }],
    ['smtp://u%40x:p%3Aw@mail.example.com', expect.objectContaining({ credentials: { user: 'u@x', pass: 'p:w' } })],
  ])('of %s is read from the URL', (url, expected) => {
    expect(parseSmtpUrl(url)).toEqual({ ok: true, value: expected })
  })

  test.each([
    ['http://mail.example.com', 'not_a_smtp_url'],
    ['mail.example.com:25', 'not_a_smtp_url'],
    ['smtp://', 'host_missing'],
    ['smtp://u:%zz@mail.example.com', 'credentials_malformed'],
    ['smtp://mail.example.com?tls=maybe', 'unknown_parameter'],
    ['smtp://mail.example.com?debug=true', 'unknown_parameter'],
    ['smtp://mail.example.com?tls=required&insecure', 'contradicting_security'],
    ['smtps://mail.example.com?insecure', 'contradicting_security'],
  ])('of the unusable URL %s is refused without repeating it', (url, failure) => {
    expect(parseSmtpUrl(url)).toEqual({ ok: false, failure })
    const create = () => createSmtpSender({ smtpUrl: url, from: 'no-reply@example.com', timeoutMs: 1_000 })
    expect(create).toThrow(failure)
    expect(create).not.toThrow(url)
  })
})

const BAD_SENDERS = ['no address', 'a@example.com, b@example.com', 'Acme <a@example.com>\r\nBcc: b@example.com', '']

test.each(BAD_SENDERS)('the sender %j is refused', (from) => {
  expect(() => createSmtpSender({ smtpUrl: 'smtp://localhost', from, timeoutMs: 1_000 })).toThrow(TypeError)
})
