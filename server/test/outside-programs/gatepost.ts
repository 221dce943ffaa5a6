import type { AddressInfo } from 'node:net'
import { testEngines } from '../harness/engines.ts'
import type { TestServer } from '../harness/server.ts'
import { findFreePort, startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

export interface ListeningGatepost {
  readonly server: TestServer
  readonly issuer: string
  /** Makes a client; its id and secret ('' where it has none). */
  register(fields: Record<string, unknown>): Promise<{ clientId: string; clientSecret: string }>
  stop(): Promise<void>
}

/**
 * Gatepost on a port, as programs of others reach it. What they do with its answers does not depend on the database: one engine.
 * It is `localhost` and they are `127.0.0.1`, since browsers do not tell the ports of a host apart where cookies go.
 */
export async function startListeningGatepost(): Promise<ListeningGatepost> {
  const port = await findFreePort()
  const origin = `http://localhost:${port}`
  const server = await startTestServer(testEngines[0]!, { ...QUICK, PUBLIC_URL: origin })
  await server.app.listener.listen({ host: '127.0.0.1', port })
  if ((server.app.listener.server.address() as AddressInfo).port !== port) throw new Error(`port ${port} was taken meanwhile`)
  return {
    server,
    issuer: `${origin}/auth`,
    async register(fields) {
      const created = await server.app.clients.create({ name: 'Orchard', type: 'web', ...fields })
      if (!created.ok) throw new Error(JSON.stringify(created.failure))
      return { clientId: created.value.client.clientId, clientSecret: created.value.secret ?? '' }
    },
    stop: () => server.close(),
  }
}
