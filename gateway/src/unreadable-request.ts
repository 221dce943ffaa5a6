import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { writeAnswer } from './gateway-answer.ts'

const STATUS_OF: Record<string, number> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431, HPE_CHUNK_EXTENSIONS_OVERFLOW: 413 }

/** Answers what the HTTP parser refused, or a client that was too slow, and ends the connection: nothing after it can be trusted. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  // Behind an earlier answer, perhaps half sent, another one would only be read as part of it.
  const isFirstAnswer = (socket as Socket).bytesWritten === 0
  if (error.code === 'ECONNRESET' || !socket.writable || !isFirstAnswer) return void socket.destroy()
  const body = '{"error":{"code":"bad_request","message":"The request could not be read."}}'
  writeAnswer(socket, { status: STATUS_OF[error.code ?? ''] ?? 400, headers: { 'content-type': 'application/json; charset=utf-8' }, body })
  socket.once('finish', () => socket.destroy())
}
