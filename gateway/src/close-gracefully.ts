import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'

/**
 * Stops listening, ends what would never end by itself (browsers reopen WebSockets and event streams on their own), waits for the
 * requests in flight up to the bound, then ends whatever is left.
 */
export async function closeGracefully(server: Server, options: { endless: Iterable<Duplex>; drainMilliseconds: number }): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  for (const socket of options.endless) socket.destroy()
  server.closeIdleConnections()
  const bound = setTimeout(() => {
    for (const socket of options.endless) socket.destroy()
    server.closeAllConnections()
  }, options.drainMilliseconds)
  await closed
  clearTimeout(bound)
}
