import * as oidc from 'openid-client'
import type { Browser } from '../harness/browser.ts'
import { follow, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'

const ORDERS = 'https://api.example.com/orders'

/** A resource comes and goes; a client gives back what it was granted, and a machine a token of its own. */
export async function revokeTokens(server: TestServer, browser: Browser): Promise<void> {
  const { resources } = server.app.clients
  await resources.create({ identifier: ORDERS, name: 'Orders', scopes: { 'orders:read': 'See your orders' } })
  await resources.update(ORDERS, { name: 'All orders' })

  const shop = await registerRelyingParty(server)
  const { path, checks } = await shop.begin()
  const tokens = await shop.redeem((await follow(browser, path)).location!, checks)
  await oidc.tokenRevocation(shop.config, tokens.refresh_token!)

  const machine = await registerRelyingParty(server, { name: 'Robot', type: 'machine', redirect_uris: undefined, scope: 'orders:read' })
  const own = await oidc.clientCredentialsGrant(machine.config, { scope: 'orders:read' })
  await oidc.tokenRevocation(machine.config, own.access_token)
  await resources.delete(ORDERS)
}
