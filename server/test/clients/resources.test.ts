// What an operator does with resources; what the provider makes of them is in oidc/resources.test.ts.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLIENT_CACHE_MS } from '../../src/services/clients/lifetimes.ts'
import { testEngines } from '../harness/engines.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { makeWorkingFolder } from '../harness/spawned-server.ts'
import { operatorOf } from './operator.ts'

const ORDERS = 'https://api.example.com/orders'
const DECLARED = `
resources:
  - identifier: https://api.example.com/stock
    name: Stock
    scopes:
      stock:read: See the stock
    access_token_format: opaque
    clients: [warehouse]
clients:
  - client_id: warehouse
    name: Warehouse
    type: machine
    scope: stock:read
`

for (const engine of testEngines) {
  describe(`an operator of resources on ${engine}`, () => {
    let server: TestServer
    let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
    let operator: ReturnType<typeof operatorOf>
    let ofClients: ReturnType<typeof operatorOf>
    beforeAll(async () => {
      folder = await makeWorkingFolder()
      server = await startTestServer(engine)
      operator = operatorOf(server, {}, 'resources')
      ofClients = operatorOf(server)
    })
    afterAll(async () => {
      await server.close()
      await folder.remove()
    })
    /** What the running server goes by, half a second later. */
    const inForce = (identifier: string) => {
      server.clock.advance(CLIENT_CACHE_MS)
      return server.app.clients.resources.find(identifier)
    }
    async function declare(action: 'plan' | 'apply', text: string) {
      const file = join(folder.path, 'clients.yaml')
      await writeFile(file, text)
      return ofClients.run([action, file])
    }

    test('makes one, sees it, changes it and deletes it, each in force in the running server', async () => {
      const made = await operator.run(['create', '--identifier', ORDERS, '--name', 'Orders', '--scope', 'orders:read=See orders', 'orders:write=Change orders = all of them', '--access-token-ttl-seconds', '300'])
      expect(made).toEqual({ code: 0, stdout: `${ORDERS} is registered; in force within a second\n`, stderr: '' })
      const scopes = { 'orders:read': 'See orders', 'orders:write': 'Change orders = all of them' }
      expect(await inForce(ORDERS)).toMatchObject({ name: 'Orders', scopes, accessTokenTtlSeconds: 300, clients: undefined })
      expect(await operator.json('show', ORDERS)).toMatchObject({ identifier: ORDERS, scopes, access_token_ttl_seconds: 300, clients: null })
      expect((await operator.run(['show', ORDERS])).stdout).toMatch(/^name: Orders\naccess_token_ttl_seconds: 300$[\s\S]*^scope: orders:read: See orders$/m)
      expect((await operator.run(['list'])).stdout).toContain(`${ORDERS}  Orders\n`)

      expect(await operator.json('update', ORDERS, '--access-token-format', 'opaque', '--client', 'shop', 'till', '--reset', 'access-token-ttl-seconds')).toMatchObject({ access_token_format: 'opaque', access_token_ttl_seconds: null, clients: ['shop', 'till'], scopes })
      expect(await inForce(ORDERS)).toMatchObject({ accessTokenFormat: 'opaque', clients: ['shop', 'till'] })
      expect(await operator.run(['delete', ORDERS])).toMatchObject({ code: 0, stdout: `${ORDERS} is deleted\n` })
      expect(await inForce(ORDERS)).toBeUndefined()
      expect((await operator.run(['delete', ORDERS])).stderr).toContain(`there is no resource ${ORDERS}`)
      const events = await server.app.database.read.selectFrom('event').select(['type', 'data']).where('type', 'like', 'resource.%').orderBy('id').execute()
      expect(events.map(({ type }) => type)).toEqual(['resource.created', 'resource.updated', 'resource.deleted'])
    })

    test('declares them beside clients, in one file that is applied whole', async () => {
      const planned = await declare('plan', DECLARED)
      expect(planned.stdout).toContain('https://api.example.com/stock.scopes')
      expect(await inForce('https://api.example.com/stock')).toBeUndefined()
      expect((await declare('apply', DECLARED)).code).toBe(0)
      expect(await inForce('https://api.example.com/stock')).toMatchObject({ accessTokenFormat: 'opaque', clients: ['warehouse'] })
      expect(await server.app.clients.find('warehouse')).toBeDefined()
      expect((await declare('apply', DECLARED)).stdout).toBe('nothing changes\n')
      expect((await declare('apply', 'removed: [warehouse, "https://api.example.com/stock"]')).code).toBe(0)
      expect(await inForce('https://api.example.com/stock')).toBeUndefined()
      expect(await server.app.clients.find('warehouse')).toBeUndefined()
    })

    test('is told every problem at once, and nothing is changed', async () => {
      const wrong = await declare('plan', `
resources:
  - identifier: /orders
    name: Orders
    scopes: { openid: Sign in, "two words": No, fine: "" }
    access_token_format: paseto
    access_token_ttl_seconds: 7200
    clients: ["not an id", shop, shop]
    colour: red
  - identifier: https://one.example.com
    name: One
    scopes: { shared: Of both }
  - identifier: https://one.example.com
    name: Two
    scopes: { shared: Of both }
`)
      expect(wrong.code).toBe(1)
      for (const line of [
        'resources.0.identifier: must be an absolute URI',
        'resources.0.colour: is nothing that a resource has',
        'resources.0.scopes.openid: means the same at every resource',
        'resources.0.scopes.two words: is no name of a scope',
        'resources.0.scopes.fine: must be a description',
        'resources.0.access_token_format: must be jwt or opaque',
        'resources.0.access_token_ttl_seconds: must be a whole number of seconds from 60 to 3600',
        'resources.0.clients.0: must be up to 255 letters',
        'resources.0.clients.2: stands there twice',
        'resources.2.identifier: names a resource twice',
      ]) expect(wrong.stderr).toContain(line)
      for (const identifier of ['https://api.example.com/#part', 'http://localhost:3000/auth', 'api', '//api.example.com', `https://api.example.com/${'x'.repeat(300)}`, 'https://api.example.com/ ']) {
        expect(await operator.run(['create', '--identifier', identifier, '--name', 'Wrong']), identifier).toMatchObject({ code: 1, stdout: '' })
      }
      expect(await server.app.clients.resources.list()).toEqual([])
    })

    test('cannot give one scope to two resources, by command or file: who agrees to it agrees to one thing', async () => {
      const one = { identifier: 'https://one.example.com', name: 'One', scopes: { shared: 'Of one' } }
      expect((await server.app.clients.resources.create(one)).ok).toBe(true)
      const two = await operator.run(['create', '--identifier', 'https://two.example.com', '--name', 'Two', '--scope', 'shared=Of two'])
      expect(two).toMatchObject({ code: 1, stderr: expect.stringContaining('scopes.shared: is of https://one.example.com already') as string })
      const declared = 'resources: [{ identifier: "https://two.example.com", name: Two, scopes: { shared: Of two } }]'
      expect((await declare('apply', declared)).stderr).toContain('scopes.shared: is of https://one.example.com already')
      expect((await declare('apply', `${declared}\nremoved: ["https://one.example.com"]`)).code).toBe(0)
      const again = await server.app.clients.resources.create(one)
      expect(again).toMatchObject({ ok: false, failure: [expect.stringContaining('is of https://two.example.com already')] })
    })
  })
}
