import { createServer } from 'node:http'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface FakeProvider {
  /** `127.0.0.1:port`, as OUTBOUND_INTERNAL_HOSTS names it. */
  readonly host: string
  readonly url: string
  readonly received: ReceivedRequest[]
  /** How many sockets were opened, whether or not a request came over them. */
  connections(): number
  /** What it answers from now on. */
  answer: (response: ServerResponse, request: ReceivedRequest) => void
  close(): Promise<void>
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): FakeProvider['answer'] {
  return (response) => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** A real HTTP server on loopback, keeping what it is sent. */
export async function startProvider(answer: FakeProvider['answer'] = json(200, {})): Promise<FakeProvider> {
  let connections = 0
  const received: ReceivedRequest[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString('utf8') }
      received.push(one)
      provider.answer(response, one)
    })
  })
  server.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider: FakeProvider = {
    host,
    url: `http://${host}`,
    received,
    connections: () => connections,
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return provider
}
