import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLIENT_CACHE_MS } from '../../src/services/clients/lifetimes.ts'
import { testEngines } from '../harness/engines.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { makeWorkingFolder } from '../harness/spawned-server.ts'
import { operatorOf } from './operator.ts'

const DECLARED = `
clients:
  - client_id: storefront
    name: Storefront
    type: web
    redirect_uris: [https://shop.example.com/callback]
    access_token_ttl_seconds: 300
  - client_id: catalogue
    name: Catalogue
    type: spa
    redirect_uris: [https://catalogue.example.com/]
`

for (const engine of testEngines) {
  describe(`a declared file of clients on ${engine}`, () => {
    let server: TestServer
    let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
    let operator: ReturnType<typeof operatorOf>
    beforeAll(async () => {
      folder = await makeWorkingFolder()
      server = await startTestServer(engine)
      operator = operatorOf(server)
    })
    afterAll(async () => {
      await server.close()
      await folder.remove()
    })
    async function declare(action: 'plan' | 'apply', text: string) {
      const file = join(folder.path, 'clients.yaml')
      await writeFile(file, text)
      return operator.run([action, file])
    }
    const inForce = (clientId: string) => {
      server.clock.advance(CLIENT_CACHE_MS)
      return server.app.clients.find(clientId)
    }

    test('is shown as a difference by plan, changes nothing until it is applied, and then nothing more', async () => {
      const lines = [
        '  catalogue.name: (unset) -> Catalogue',
        '  catalogue.redirect_uris: (unset) -> [https://catalogue.example.com/]',
        '  catalogue.type: (unset) -> spa',
        '  storefront.access_token_ttl_seconds: (unset) -> 300',
        '  storefront.name: (unset) -> Storefront',
        '  storefront.redirect_uris: (unset) -> [https://shop.example.com/callback]',
        '  storefront.type: (unset) -> web',
      ]
      const noSecret = 'gatepost: storefront has no secret yet: gatepost clients rotate-secret storefront\n'
      expect(await declare('plan', DECLARED)).toEqual({ code: 0, stdout: `${lines.join('\n')}\n7 to change; apply makes it so\n`, stderr: noSecret })
      expect(await inForce('storefront')).toBeUndefined()
      expect(await declare('apply', DECLARED)).toEqual({ code: 0, stdout: `${lines.join('\n')}\n7 changed; in force within a second\n`, stderr: noSecret })
      expect(await inForce('storefront')).toMatchObject({ name: 'Storefront', metadata: { access_token_ttl_seconds: 300 }, secrets: [] })
      expect(await declare('apply', DECLARED)).toEqual({ code: 0, stdout: 'nothing changes\n', stderr: noSecret })
      const events = await server.app.database.read.selectFrom('event').select('type').where('type', 'in', ['client.created', 'client.updated']).execute()
      expect(events.map(({ type }) => type)).toEqual(['client.created', 'client.created'])
    })

    test('gives a client no secret, and takes none away', async () => {
      expect(await server.app.clients.verifySecret('storefront', '')).toBe(false)
      const { client_secret: secret } = await operator.json('rotate-secret', 'storefront')
      expect((await declare('apply', DECLARED.replace('300', '600'))).stderr).toBe('')
      expect((await inForce('storefront'))?.metadata.access_token_ttl_seconds).toBe(600)
      expect(await server.app.clients.verifySecret('storefront', String(secret))).toBe(true)
    })

    test('may be JSON, leaves clients alone that it does not name, and removes those that it says are gone', async () => {
      await server.app.clients.create({ client_id: 'by-hand', name: 'By hand', type: 'machine' })
      const json = JSON.stringify({ clients: [{ client_id: 'catalogue', name: 'Catalogue', type: 'spa', redirect_uris: ['https://new.example.com/'] }], removed: ['storefront', 'never-was'] })
      const applied = await declare('apply', json)
      expect(applied).toMatchObject({ code: 0, stderr: '' })
      expect(applied.stdout).toMatch(/^ {2}catalogue\.redirect_uris: \[https:\/\/catalogue\.example\.com\/\] -> \[https:\/\/new\.example\.com\/\]\n {2}storefront\.\S+: .* -> \(unset\)$/m)
      expect(await inForce('storefront')).toBeUndefined()
      expect(await inForce('by-hand')).toMatchObject({ name: 'By hand' })
    })

    test('changes nothing when anything in it is wrong, and names every problem with its path', async () => {
      const refused = await declare('apply', `
clients:
  - { client_id: good, name: Good, type: machine }
  - { client_id: good, name: Twice, type: machine }
  - { client_id: 'a b', name: Spaced, type: machine, client_secret: hunter2hunter2 }
  - { name: Nameless, type: robot, colour: red }
  - { client_id: catalogue, name: Catalogue, type: spa, redirect_uris: ['http://catalogue.example.com/'] }
  - just a text
removed: [good, 7]
secrets: { good: x }
`)
      expect(refused).toMatchObject({ code: 1, stdout: '' })
      expect(refused.stderr.trimEnd().split('\n')).toEqual([
        expect.stringMatching(/^gatepost: secrets: must be left out/),
        'gatepost: clients.1.client_id: names a client twice',
        expect.stringMatching(/^gatepost: clients\.2\.client_id: must be up to 255 letters/),
        'gatepost: clients.2.client_secret: is made by the server and shown once: gatepost clients rotate-secret',
        expect.stringMatching(/^gatepost: clients\.3\.client_id: must be/),
        expect.stringMatching(/^gatepost: clients\.3\.type: must be web, spa, native, machine or third_party/),
        'gatepost: clients.3.colour: is nothing that a client has',
        expect.stringMatching(/^gatepost: clients\.4\.redirect_uris\.0: must be https/),
        expect.stringMatching(/^gatepost: clients\.5\.client_id: must be/),
        expect.stringMatching(/^gatepost: clients\.5\.name: must be/),
        expect.stringMatching(/^gatepost: clients\.5\.type: must be/),
        'gatepost: removed.0: names a client twice',
        expect.stringMatching(/^gatepost: removed\.1: must be up to 255 letters/),
      ])
      expect(refused.stderr).not.toContain('hunter2')
      expect(await inForce('good')).toBeUndefined()
      const retyped = await declare('apply', "clients: [{ client_id: better, name: Better, type: machine }, { client_id: catalogue, name: Catalogue, type: web, redirect_uris: ['https://a.example.com/'] }]")
      expect(retyped).toEqual({ code: 1, stdout: '', stderr: 'gatepost: clients.1.type: cannot be changed, and is spa: delete the client and make another\n' })
      expect(await inForce('better')).toBeUndefined()
    })

    test('that cannot be read is refused', async () => {
      for (const [text, line] of [
        ['clients: [', /gatepost: /],
        ['- a list', /the file: must have clients, resources, removed, or several of them/],
        ['clients: 3', /clients: must be a list/],
        ['a: &a [1]\nclients: *a', /aliases/],
        [`# ${'x'.repeat(520 * 1_024)}`, /larger than 512 KiB/],
      ] as const) {
        expect(await declare('plan', text)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(line) as string })
      }
    })

    test('is applied once where many apply different ones at the same time', async () => {
      const all = await Promise.all(Array.from({ length: 10 }, (_, index) => server.app.clients.apply(`clients: [{ client_id: raced, name: Number ${index}, type: machine }]`)))
      expect(all.filter((one) => !one.ok && one.failure === 'conflict')).toHaveLength(all.filter((one) => !one.ok).length)
      // What a plan said was changed is what was changed: each begins where another one ended.
      const begins = all.flatMap((one) => (one.ok ? [/^raced\.name: (.*) -> /.exec(one.value.differences[0] ?? '')?.[1]] : []))
      expect(begins).toContain('(unset)')
      expect(new Set(begins).size).toBe(begins.length)
      const rows = await server.app.database.read.selectFrom('event').select('data').where('type', 'in', ['client.created', 'client.updated']).execute()
      expect(rows.filter(({ data }) => data.includes('"raced"'))).toHaveLength(all.filter((one) => one.ok).length)
    })
  })
}
