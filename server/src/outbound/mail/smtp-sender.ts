import type { RenderedMail } from '../../domain/mail.ts'
import { parseEmail } from '../../domain/email.ts'
import { classifySmtpFailure } from './classify-smtp-failure.ts'
import type { MailOutcome, MailSender } from './mail-sender.ts'
import type { Sender } from './parse-sender.ts'
import { parseSender } from './parse-sender.ts'
import type { SmtpServer } from './parse-smtp-url.ts'
import { parseSmtpUrl } from './parse-smtp-url.ts'

const MAX_CONNECTIONS = 3
const IDLE_CONNECTION_MS = 30_000

/**
 * Sends over SMTP, on pooled connections. `timeoutMs` bounds each wait (name look-up, connection, greeting, silence) and
 * the delivery as a whole. The mail library is loaded at the first send, which keeps the start of the server fast.
 * @throws {TypeError} when the URL or sender is malformed; configuration checks them first with `parseSmtpUrl` and `parseSender`
 */
export function createSmtpSender(options: { smtpUrl: string; from: string; timeoutMs: number }): MailSender {
  const server = parseSmtpUrl(options.smtpUrl)
  // The URL carries a password, so the error names only what is wrong with it.
  if (!server.ok) throw new TypeError(`the SMTP URL is not usable: ${server.failure}`)
  const sender = parseSender(options.from)
  if (!sender.ok) throw new TypeError('the sender of mails must be one address, as in: Name <name@example.com>')

  let transport: ReturnType<typeof openTransport> | undefined
  let isClosed = false
  return {
    async send(mail, { messageId }) {
      const envelope = addressMail(mail, sender.value, messageId)
      if (!envelope) return { outcome: 'failed', isPermanent: true, reason: 'the recipient is not one plain address' }
      if (isClosed) return { outcome: 'failed', isPermanent: false, reason: 'the mail sender is closed' }
      transport ??= openTransport(server.value, options.timeoutMs)
      return deliver(await transport, envelope, mail, options.timeoutMs)
    },
    close() {
      isClosed = true
      void transport?.then((opened) => opened.close({ force: true }))
    },
  }
}

async function openTransport(server: SmtpServer, timeoutMs: number) {
  const { createTransport } = await import('nodemailer')
  const isOpportunistic = server.security === 'opportunistic'
  return createTransport({
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    idleTimeout: IDLE_CONNECTION_MS,
    // The outbox retries, with back-off and a count that operators see; a second hidden retry would only add duplicates.
    maxRequeues: 0,
    host: server.host,
    port: server.port,
    secure: server.security === 'implicit',
    requireTLS: server.security === 'required',
    // Where plain delivery is accepted, an unknown certificate is no worse than none.
    tls: { rejectUnauthorized: !isOpportunistic },
    allowInternalNetworkInterfaces: true,
    dnsTimeout: timeoutMs,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    socketCloseTimeout: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(server.credentials && { auth: server.credentials }),
  })
}

interface AddressedMail {
  readonly from: { readonly name: string; readonly address: string }
  readonly to: { readonly name: string; readonly address: string }
  readonly messageId: string
}

/** Undefined when `to` is anything but one address: a comma or quote in it could add recipients (CVE-2022-35924, CVE-2025-13033). */
function addressMail(mail: RenderedMail, sender: Sender, outboxId: string): AddressedMail | undefined {
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(outboxId)) throw new TypeError('a Message-ID is made of an outbox id')
  const recipient = parseEmail(mail.to)
  if (!recipient.ok || mail.to !== mail.to.trim()) return undefined
  return {
    from: { name: mail.senderName ?? sender.name, address: sender.address },
    to: { name: '', address: recipient.value.display },
    messageId: `<${outboxId}@${sender.domain}>`,
  }
}

async function deliver(
  transport: Awaited<ReturnType<typeof openTransport>>,
  envelope: AddressedMail,
  mail: RenderedMail,
  timeoutMs: number,
): Promise<MailOutcome> {
  try {
    await transport.sendMail({
      ...envelope,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      xMailer: false,
      // RFC 3834: no vacation responder answers this.
      headers: { 'Auto-Submitted': 'auto-generated' },
      // A server that trickles its answers never falls silent; this ends that too.
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { outcome: 'delivered' }
  } catch (error) {
    return classifySmtpFailure(error)
  }
}
