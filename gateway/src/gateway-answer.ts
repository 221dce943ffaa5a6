import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** An answer the gateway gives itself. */
export interface GatewayAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const FAILURES = {
  bad_request: [400, 'This request cannot be read in only one way.'],
  bad_gateway: [502, 'The application broke off its answer. Try again shortly.'],
  service_unavailable: [503, 'The application cannot be reached at the moment. Try again shortly.'],
  gateway_timeout: [504, 'The application took too long to answer. Try again shortly.'],
} as const

export type GatewayFailure = keyof typeof FAILURES

const RETRY_AFTER_SECONDS = 5

/** A short page for a browser, JSON for everybody else. */
export function answerFailure(code: GatewayFailure, request: IncomingMessage): GatewayAnswer {
  const [status, message] = FAILURES[code]
  const isPage = (request.headers.accept ?? '').includes('text/html')
  return {
    status,
    headers: {
      'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(isPage && { 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" }),
      ...(status >= 500 && { 'retry-after': String(RETRY_AFTER_SECONDS) }),
    },
    body: isPage ? renderPage(status, message) : JSON.stringify({ error: { code, message } }),
  }
}

function renderPage(status: number, message: string): string {
  const title = STATUS_CODES[status] as string
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>`
  return `<!doctype html><html lang="en"><head>${head}</head><body><h1>${title}</h1><p>${message}</p></body></html>\n`
}

export function sendAnswer(response: ServerResponse, answer: GatewayAnswer): void {
  response.writeHead(answer.status, framed(answer))
  response.end(answer.body)
  // What the client is still sending is read and dropped: closing on it would reset the connection, and the answer could be lost.
  if (!response.req.complete) response.req.unpipe().resume()
}

/** The same on a socket that has left HTTP's hands (upgrades, unreadable requests). The connection ends with it. */
export function writeAnswer(socket: Duplex, answer: GatewayAnswer): void {
  if (socket.destroyed || !socket.writable) return
  const lines = Object.entries({ ...framed(answer), connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n${lines.join('')}\r\n${answer.body}`)
}

function framed(answer: GatewayAnswer): Record<string, string> {
  return { ...answer.headers, 'content-length': String(Buffer.byteLength(answer.body)) }
}
