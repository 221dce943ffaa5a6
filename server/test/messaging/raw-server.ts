import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:net'

export interface RawServer {
  /** `127.0.0.1:port`, as OUTBOUND_INTERNAL_HOSTS names it. */
  readonly host: string
  /** Connections that are not closed yet. */
  openSockets(): number
  close(): Promise<void>
}

/** A socket on loopback that answers the first bytes of each connection as it likes, which need not be HTTP. */
export async function startRawServer(answer: (socket: Socket) => void): Promise<RawServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.once('data', () => answer(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    openSockets: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
