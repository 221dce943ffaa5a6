import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'

export interface Listening {
  stop(): Promise<void>
}

/** An application on a port of 127.0.0.1. What its listener rejects with is answered, so that a test shows it. */
export async function listen(port: number, listener: (...args: Parameters<RequestListener>) => unknown): Promise<Listening> {
  const server = createServer((request, response) => {
    Promise.resolve()
      .then(() => listener(request, response))
      .catch((error: unknown) => response.writeHead(500).end(error instanceof Error ? (error.stack ?? error.message) : String(error)))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
