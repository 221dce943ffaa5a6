import { registerClient } from '../harness/registration.ts'
import type { TestServer } from '../harness/server.ts'

/** A client registers itself with a token, and another token is taken back. */
export async function registerClients(server: TestServer): Promise<void> {
  const at = await server.sibling({}, 'client_registration: {policy: token}')
  const [used, unused] = [await at.app.registrations.tokens.create({ lifetimeMs: 60_000, uses: 1 }), await at.app.registrations.tokens.create({ lifetimeMs: 60_000, uses: 1 })]
  await registerClient(at, {}, { token: used.token })
  await at.app.registrations.tokens.revoke(unused.id)
  await at.close()
}
