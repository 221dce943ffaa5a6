import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly method: string
  readonly url: string
  /** Names as they came, in small letters, and every value. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

export interface Application {
  readonly port: number
  /** What reached it since this was last asked. */
  received(): Received[]
  stop(): Promise<void>
}

/** An application that keeps what it is asked, and answers 200. */
export async function startApplication(): Promise<Application> {
  const kept: Received[] = []
  const keep = ({ method = '', url = '', rawHeaders }: IncomingMessage, body: string) => {
    const headers = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? ''] as const] : []))
    kept.push({ method, url, headers, body })
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      keep(request, Buffer.concat(chunks).toString())
      response.end('the application')
    })
  })
  // Whatever protocol is asked for: from then on the proxy sees nothing of what is said.
  server.on('upgrade', (request, socket) => {
    keep(request, '')
    socket.on('error', () => undefined)
    socket.end(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${request.headers.upgrade}\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    received: () => kept.splice(0),
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
