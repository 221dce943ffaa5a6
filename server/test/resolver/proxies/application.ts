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
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { rawHeaders } = request
      const headers = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), rawHeaders[index + 1] ?? ''] as const] : []))
      kept.push({ method: request.method ?? '', url: request.url ?? '', headers, body: Buffer.concat(chunks).toString() })
      response.end('the application')
    })
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
