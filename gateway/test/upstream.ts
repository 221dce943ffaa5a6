import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'

export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: string
}

/** A real server behind the gateway that remembers every request it was sent. */
export interface TestUpstream {
  readonly name: string
  readonly origin: string
  readonly port: number
  readonly seen: SeenRequest[]
  /** How many connections it has accepted. */
  readonly connections: () => number
  close(): Promise<void>
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

/** Answers `{ name, url }` unless a handler of its own is given. WebSocket handshakes are accepted and their bytes echoed. */
export async function startUpstream(name: string, options: { handler?: Handler; port?: number } = {}): Promise<TestUpstream> {
  const seen: SeenRequest[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const answer: Handler = async (request, response) => {
    const { method = '', url = '', headers } = request
    const body = await text(request).catch(() => undefined)
    if (body === undefined) return response.destroy()
    seen.push({ method, url, headers, body })
    return response.setHeader('content-type', 'application/json').end(JSON.stringify({ name, url }))
  }
  const server: Server = createServer((request, response) => void (options.handler ?? answer)(request, response))
  server.on('connection', (socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
  })
  server.on('upgrade', (request, socket, head) => {
    const { method = '', url = '', headers } = request
    seen.push({ method, url, headers, body: '' })
    if (url.startsWith('/refused')) return socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nX-Reason: no\r\n\r\nno')
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n')
    if (head.length > 0) socket.unshift(head)
    return socket.pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    name,
    origin: `http://127.0.0.1:${port}`,
    port,
    seen,
    connections: () => connections,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
