import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Random } from '../platform/random.ts'

/** What the HTTP parser of Node says of a request it could not read. */
interface ParserFailure extends Error {
  readonly code?: string
}

const STATUS_BY_CODE: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
}

/** Answers a request that never became one, with the headers and the shape of every other error, and hangs up. */
export function answerBrokenRequest(error: ParserFailure, socket: Socket, options: { headers: Readonly<Record<string, string>>; random: Random }): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status = STATUS_BY_CODE[error.code ?? ''] ?? 400
  const requestId = newRequestId(options.random)
  const body = JSON.stringify({ error: { code: 'invalid_request', message: 'The request is malformed.', request_id: requestId } })
  const fields = { ...options.headers, 'content-type': 'application/json; charset=utf-8', 'content-length': String(body.length), connection: 'close' }
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`)
}

/** Made here: an id taken from outside would let strangers write into our log. */
export function newRequestId(random: Random): string {
  return Buffer.from(random.bytes(12)).toString('base64url')
}
