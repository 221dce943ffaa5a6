import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLIENT_CACHE_MS } from '../../src/services/clients/lifetimes.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { follow, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { decodeToken, QUICK } from '../harness/tokens.ts'

const ORDERS = 'https://api.example.com/orders'
const STOCK = 'https://api.example.com/stock'
const SCOPE = 'openid profile email offline_access orders:read'

for (const engine of testEngines) {
  // RFC 8707
  describe(`a resource that a client asks for on ${engine}`, () => {
    let server: TestServer
    let browser: Browser
    let shop: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      browser = (await signUp(server)).browser
      const { resources } = server.app.clients
      for (const fields of [
        { identifier: ORDERS, name: 'Orders', scopes: { 'orders:read': 'See your orders', 'orders:write': 'Change your orders' }, access_token_ttl_seconds: 120 },
        { identifier: STOCK, name: 'Stock', scopes: { 'stock:read': 'See the stock' }, access_token_format: 'opaque' },
      ]) expect((await resources.create(fields)).ok).toBe(true)
      shop = await registerRelyingParty(server, { scope: SCOPE })
    })
    afterAll(() => server.close())

    async function authorize(client: RelyingParty, parameters: Record<string, string>) {
      const { path, checks } = await client.begin(parameters)
      return { ...(await follow(browser, path)), checks }
    }

    async function errorOf(client: RelyingParty, parameters: Record<string, string>): Promise<string | null> {
      return new URL((await authorize(client, parameters)).location!).searchParams.get('error')
    }

    const refusal = (promise: Promise<unknown>) => promise.then(() => undefined, (error: { error?: string }) => error.error)

    test('gets an access token for it alone, with the scopes that are the resource\'s as well as the client\'s', async () => {
      const { location, checks } = await authorize(shop, { resource: ORDERS, scope: 'openid orders:read orders:write' })
      const tokens = await oidc.authorizationCodeGrant(shop.config, new URL(location!), checks, { resource: ORDERS })
      expect(decodeToken(tokens.access_token).payload).toMatchObject({ aud: ORDERS, scope: 'orders:read', client_id: shop.clientId })
      expect(tokens.expires_in).toBe(120)
    })

    test('is not in the token where none is named to the token endpoint: that one is for UserInfo, without the scopes of a resource', async () => {
      const { location, checks } = await authorize(shop, { resource: ORDERS, scope: 'openid orders:read' })
      const tokens = await oidc.authorizationCodeGrant(shop.config, new URL(location!), checks)
      expect(tokens.access_token.split('.')).toHaveLength(1)
      expect(tokens.scope).toBe('openid')
    })

    test('is refused as invalid_target where it is unknown, another client\'s, not a URI, or has a fragment: at authorize, PAR and token', async () => {
      for (const resource of ['https://api.example.com/nothing', STOCK, `${ORDERS}/`, `${ORDERS}#part`, 'orders']) {
        expect(await errorOf(shop, { resource }), resource).toBe('invalid_target')
        const pushed = refusal(oidc.buildAuthorizationUrlWithPAR(shop.config, { redirect_uri: 'https://shop.example.com/callback', scope: 'openid', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256', resource }))
        expect(await pushed, resource).toBe('invalid_target')
      }
      const { location, checks } = await authorize(shop, { resource: ORDERS, scope: 'openid orders:read' })
      expect(await refusal(oidc.authorizationCodeGrant(shop.config, new URL(location!), checks, { resource: STOCK }))).toBe('invalid_target')
    })

    test('is asked for by a machine, which gets what is both its and the resource\'s', async () => {
      const machine = await registerRelyingParty(server, { name: 'Robot', type: 'machine', redirect_uris: undefined, scope: 'stock:read' })
      const tokens = await oidc.clientCredentialsGrant(machine.config, { resource: STOCK, scope: 'stock:read orders:write' })
      expect(tokens.scope).toBe('stock:read')
      expect(tokens.access_token.split('.')).toHaveLength(1)
      expect(await refusal(oidc.clientCredentialsGrant(machine.config, { resource: ORDERS, scope: 'orders:read' }))).toBe('invalid_target')
    })

    test('may be for some clients only, whatever scope others have', async () => {
      const resource = 'https://api.example.com/ledger'
      const chosen = await registerRelyingParty(server, { name: 'Chosen', type: 'machine', redirect_uris: undefined, scope: 'ledger' })
      const other = await registerRelyingParty(server, { name: 'Other', type: 'machine', redirect_uris: undefined, scope: 'ledger' })
      const without = await registerRelyingParty(server, { name: 'Without', type: 'machine', redirect_uris: undefined, scope: 'other' })
      await server.app.clients.resources.create({ identifier: resource, name: 'Ledger', scopes: { ledger: 'Read the ledger' }, clients: [chosen.clientId, without.clientId] })
      await server.app.clients.resources.create({ identifier: `${resource}/raw`, name: 'Raw', scopes: {}, clients: [without.clientId] })
      expect(await refusal(oidc.clientCredentialsGrant(without.config, { resource }))).toBe('invalid_target')
      expect(decodeToken((await oidc.clientCredentialsGrant(without.config, { resource: `${resource}/raw` })).access_token).payload['aud']).toBe(`${resource}/raw`)
      expect(await refusal(oidc.clientCredentialsGrant(chosen.config, { resource: `${resource}/raw` }))).toBe('invalid_target')
      expect((await oidc.clientCredentialsGrant(chosen.config, { resource, scope: 'ledger' })).scope).toBe('ledger')
      expect(await refusal(oidc.clientCredentialsGrant(other.config, { resource, scope: 'ledger' }))).toBe('invalid_target')
    })

    test('is described to the person whom a third party\'s client asks', async () => {
      const guest = await registerRelyingParty(server, { name: 'Guest', type: 'third_party', scope: SCOPE })
      const { answer } = await authorize(guest, { resource: ORDERS, scope: 'openid orders:read' })
      expect(answer.body).toContain('See your orders')
    })

    test('changes within a second in every running server, also for a refresh that is under way', async () => {
      const other = await server.sibling()
      const identifier = 'https://api.example.com/notes'
      const { resources } = server.app.clients
      await resources.create({ identifier, name: 'Notes', scopes: { 'notes:read': 'Read notes' } })
      const robot = await registerRelyingParty(server, { name: 'Notes robot', type: 'machine', redirect_uris: undefined, scope: 'notes:read' })
      const isGiven = async () => (await refusal(oidc.clientCredentialsGrant(robot.config, { resource: identifier, scope: 'notes:read' }))) === undefined
      expect(await isGiven()).toBe(true)
      expect(await other.app.clients.resources.find(identifier)).toMatchObject({ name: 'Notes' })
      await other.app.clients.resources.delete(identifier)
      server.clock.advance(CLIENT_CACHE_MS)
      expect(await isGiven()).toBe(false)
      await other.close()
    })
  })
}
