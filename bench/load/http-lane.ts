import { connect } from 'node:net'

export interface HttpAnswer {
  readonly status: number
  /** Status line and header lines, as they came. */
  readonly head: string
  readonly body: string
}

/** One keep-alive connection with one request under way at a time, and as little work around it as possible. */
export interface HttpLane {
  send(request: string, onAnswer: (answer: HttpAnswer) => void): void
  close(): void
}

const READ_BUFFER_BYTES = 64 * 1024

/** Parses just enough of HTTP/1.1 (RFC 9112) for servers that are known: Content-Length or chunks, no trailers. */
export async function openLane(port: number, onFailure: (error: Error) => void): Promise<HttpLane> {
  let received = ''
  let waiting: ((answer: HttpAnswer) => void) | undefined
  let isClosing = false

  const read = (bytes: number, buffer: Uint8Array): boolean => {
    received += Buffer.from(buffer.buffer, buffer.byteOffset, bytes).toString('latin1')
    const answer = wholeAnswer(received)
    if (answer) {
      received = ''
      const done = waiting
      waiting = undefined
      try {
        done?.(answer)
      } catch (error) {
        onFailure(error as Error)
      }
    }
    return true
  }
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer: Buffer.allocUnsafe(READ_BUFFER_BYTES), callback: read } })
  const opened = new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  await opened
  const fail = (error: Error) => {
    if (!isClosing) onFailure(error)
  }
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server closed a connection')))
  return {
    send(request, onAnswer) {
      waiting = onAnswer
      socket.write(request, 'latin1')
    },
    close() {
      isClosing = true
      socket.destroy()
    },
  }
}

function wholeAnswer(text: string): HttpAnswer | undefined {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = text.slice(0, headEnd)
  const status = Number(head.slice(9, 12))
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  const bodyStart = headEnd + 4
  if (length !== undefined) return text.length >= bodyStart + Number(length) ? { status, head, body: text.slice(bodyStart) } : undefined
  const isChunked = /\r\ntransfer-encoding: *chunked/i.test(head)
  if (!isChunked) return { status, head, body: '' }
  return text.endsWith('0\r\n\r\n') ? { status, head, body: text.slice(bodyStart) } : undefined
}
