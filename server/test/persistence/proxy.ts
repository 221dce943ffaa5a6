import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface Proxy {
  /** The database's URL, by way of the proxy. */
  readonly url: string
  /** Resets every connection, as a firewall or a server that died with something unread does. */
  reset(): void
  /** From now on takes connections and closes them, as a load balancer does whose database is away. */
  closeAtOnce(): void
  /** From now on leads to the database again. */
  leadOn(): void
  /** Connections taken so far. */
  taken(): number
  /** Connections to the database that are open now. */
  open(): number
}

/** A TCP proxy before a database; of what the server sends, each connection gets `answers` chunks and then nothing. */
export async function startProxy(url: string, { answers = Infinity } = {}): Promise<Proxy> {
  const target = new URL(url)
  const clients = new Set<Socket>()
  let closing = false
  let taken = 0
  const listener = createServer((client) => {
    taken++
    client.on('error', () => undefined)
    if (closing) return void client.end()
    const server = connect(Number(target.port), target.hostname)
    let left = answers
    server.on('error', () => client.destroy())
    server.on('close', () => client.destroy())
    client.on('close', () => {
      clients.delete(client)
      server.destroy()
    })
    clients.add(client)
    client.pipe(server)
    server.on('data', (chunk) => {
      if (left-- > 0) client.write(chunk)
    })
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const client of clients) client.destroy()
    listener.close()
  })
  const own = new URL(url)
  own.port = String((listener.address() as AddressInfo).port)
  return {
    url: own.href,
    reset() {
      for (const client of clients) client.resetAndDestroy()
    },
    closeAtOnce() {
      closing = true
    },
    leadOn() {
      closing = false
    },
    taken: () => taken,
    open: () => clients.size,
  }
}
