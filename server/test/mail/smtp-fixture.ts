import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'
import type { SMTPServerOptions } from 'smtp-server'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  readonly recipients: string[]
  readonly isEncrypted: boolean
  readonly raw: string
}

export interface SmtpFixture {
  readonly port: number
  readonly received: ReceivedMail[]
  close(): Promise<void>
}

/** A real SMTP server on a port of the system's choice (unless one is named), keeping what it is given. */
export async function startSmtpServer(options: SMTPServerOptions = {}, onPort = 0): Promise<SmtpFixture> {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 50,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const recipients = session.envelope.rcptTo.map((recipient) => recipient.address)
        received.push({ recipients, isEncrypted: session.secure, raw: Buffer.concat(chunks).toString('utf8') })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(onPort, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo
  return { port, received, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

/** A port that accepts connections and then does `act` with them: silence, or an answer drop by drop. */
export async function startRawServer(act: (socket: Socket) => void): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    act(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** Headers (unfolded, by lower-case name, every occurrence) and the decoded parts of a multipart message. */
export function readMessage(raw: string): { headers: Map<string, string[]>; parts: Map<string, string> } {
  const { headers, body } = splitHead(raw)
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type')?.[0] ?? '')?.[1] ?? ''
  const parts = new Map<string, string>()
  for (const section of body.split(`--${boundary}`).slice(1, -1)) {
    const part = splitHead(section.replace(/^\r\n/, ''))
    const type = (part.headers.get('content-type')?.[0] ?? '').split(';')[0] ?? ''
    parts.set(type, decodeBody(part.body, part.headers.get('content-transfer-encoding')?.[0] ?? '7bit').replace(/\r\n/g, '\n'))
  }
  return { headers, parts }
}

function splitHead(text: string): { headers: Map<string, string[]>; body: string } {
  const end = text.indexOf('\r\n\r\n')
  const headers = new Map<string, string[]>()
  for (const line of text.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()])
  }
  return { headers, body: text.slice(end + 4) }
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  if (encoding !== 'quoted-printable') return body
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
