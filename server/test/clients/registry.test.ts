// What the OpenID provider asks of the registry, on two instances of one database; what an operator does is in commands.test.ts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLIENT_CACHE_MS, CLIENT_SECRET_OVERLAP_MS } from '../../src/services/clients/lifetimes.ts'
import { testEngines } from '../harness/engines.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const WEB = { name: 'Shop', type: 'web', redirect_uris: ['https://shop.example.com/callback'] }
const PARALLEL = 50

for (const engine of testEngines) {
  describe(`the registry of clients on ${engine}`, () => {
    let server: TestServer
    let other: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine)
      other = await server.sibling()
    })
    afterAll(async () => {
      await other.close()
      await server.close()
    })

    async function create(more: Record<string, unknown> = {}) {
      const made = await server.app.clients.create({ ...WEB, ...more })
      if (!made.ok) throw new Error(JSON.stringify(made.failure))
      return { clientId: made.value.client.clientId as string, secret: made.value.secret! }
    }

    test('finds a client in every instance with its type, its defaults and the hash of its secret alone', async () => {
      const { clientId, secret } = await create()
      for (const { app } of [server, other]) {
        const found = await app.clients.find(clientId)
        expect(found).toMatchObject({ name: 'Shop', type: 'web', isFirstParty: true, isPublic: false, metadata: { token_endpoint_auth_method: 'client_secret_basic', grant_types: ['authorization_code', 'refresh_token'] } })
        expect(found?.secrets).toHaveLength(1)
        expect(JSON.stringify(found)).not.toContain(secret)
      }
      const rows = await server.app.database.read.selectFrom('event').select('data').where('type', '=', 'client.created').execute()
      expect(rows.length).toBeGreaterThan(0)
      for (const { data } of rows) expect(data).not.toContain(secret)
    })

    test('knows who is trusted and who keeps no secret by the type', async () => {
      const kinds = { web: [true, false], spa: [true, true], native: [true, true], machine: [true, false], third_party: [false, false] } as const
      for (const [type, [isFirstParty, isPublic]] of Object.entries(kinds)) {
        const { clientId } = await create({ type, ...(type === 'machine' ? { redirect_uris: undefined } : {}) })
        expect(await other.app.clients.find(clientId)).toMatchObject({ type, isFirstParty, isPublic })
      }
    })

    test('is current in the other instance within a second of a change, a rotation and a deletion', async () => {
      const { clientId, secret } = await create()
      const clients = other.app.clients
      expect(await clients.find(clientId)).toBeDefined()
      expect(await clients.verifySecret(clientId, secret)).toBe(true)
      await server.app.clients.update(clientId, { redirect_uris: ['https://new.example.com/callback'] })
      server.clock.advance(CLIENT_CACHE_MS)
      expect((await clients.find(clientId))?.metadata.redirect_uris).toEqual(['https://new.example.com/callback'])
      await server.app.clients.rotateSecret(clientId, { endsOthersNow: true })
      server.clock.advance(CLIENT_CACHE_MS)
      expect(await clients.verifySecret(clientId, secret)).toBe(false)
      await server.app.clients.delete(clientId)
      server.clock.advance(CLIENT_CACHE_MS)
      expect(await clients.find(clientId)).toBeUndefined()
    })

    test('answers in the instance that made the change at once', async () => {
      const { clientId } = await create()
      expect(await server.app.clients.find(clientId)).toBeDefined()
      await server.app.clients.update(clientId, { name: 'Renamed' })
      expect((await server.app.clients.find(clientId))?.name).toBe('Renamed')
      await server.app.clients.delete(clientId)
      expect(await server.app.clients.find(clientId)).toBeUndefined()
    })

    test('asks the database nothing for a client it knows, but for one number each half second', async () => {
      const { clientId } = await create()
      const asked = { count: 0 }
      const database = other.app.database.read
      const executor = database.getExecutor()
      const original = executor.executeQuery.bind(executor)
      executor.executeQuery = (query) => {
        asked.count += 1
        return original(query)
      }
      try {
        await other.app.clients.find(clientId)
        server.clock.advance(CLIENT_CACHE_MS)
        await other.app.clients.find(clientId)
        asked.count = 0
        server.clock.advance(CLIENT_CACHE_MS)
        await Promise.all(Array.from({ length: PARALLEL }, () => other.app.clients.find(clientId)))
        expect(asked.count).toBe(1)
      } finally {
        executor.executeQuery = original
      }
    })

    test('takes two secrets during the overlap, the new one alone afterwards, and never a third', async () => {
      const { clientId, secret } = await create()
      const secrets = [secret]
      for (let count = 0; count < 2; count += 1) {
        const rotated = await server.app.clients.rotateSecret(clientId)
        secrets.push(rotated.ok ? rotated.value.secret : '')
      }
      const taken = () => Promise.all(secrets.map((one) => server.app.clients.verifySecret(clientId, one)))
      expect(await taken()).toEqual([false, true, true])
      server.clock.advance(CLIENT_SECRET_OVERLAP_MS)
      expect(await taken()).toEqual([false, false, true])
      const ended = await server.app.clients.rotateSecret(clientId, { endsOthersNow: true })
      secrets.push(ended.ok ? ended.value.secret : '')
      expect(await taken()).toEqual([false, false, false, true])
    })

    test('takes no secret of another client, no hash in the place of one, and nothing for whoever does not exist', async () => {
      const [one, two] = [await create(), await create()]
      const { secrets } = (await server.app.clients.find(one.clientId))!
      for (const wrong of [two.secret, secrets[0]!.hash, '', `${one.secret} `, one.secret.slice(0, -1)]) expect(await server.app.clients.verifySecret(one.clientId, wrong)).toBe(false)
      expect(await server.app.clients.verifySecret(one.clientId.toUpperCase(), one.secret)).toBe(false)
      for (const nobody of ['nobody', '', 'a'.repeat(300), "' or 1=1", '__proto__']) expect(await server.app.clients.verifySecret(nobody, '')).toBe(false)
      const spa = await create({ type: 'spa' })
      for (const wrong of ['', 'anything']) expect(await server.app.clients.verifySecret(spa.clientId, wrong)).toBe(false)
    })

    test('leaves two live secrets after fifty rotations at once on two instances', async () => {
      const { clientId } = await create()
      const rotations = await Promise.all(Array.from({ length: PARALLEL }, (_, index) => (index % 2 === 0 ? server : other).app.clients.rotateSecret(clientId)))
      expect(rotations.filter((one) => one.ok)).toHaveLength(PARALLEL)
      server.clock.advance(CLIENT_CACHE_MS)
      const taken = await Promise.all(rotations.map((one) => server.app.clients.verifySecret(clientId, one.ok ? one.value.secret : '')))
      expect(taken.filter(Boolean)).toHaveLength(2)
      const rows = await server.app.database.read.selectFrom('oauth_client_secret').selectAll().where('client_id', '=', clientId as never).execute()
      expect(rows).toHaveLength(2)
    })

    test('gives a client id to one of fifty that ask for it at once', async () => {
      const made = await Promise.all(Array.from({ length: PARALLEL }, (_, index) => (index % 2 === 0 ? server : other).app.clients.create({ ...WEB, client_id: 'contested' })))
      expect(made.filter((one) => one.ok)).toHaveLength(1)
      expect(made.filter((one) => !one.ok && one.failure === 'client_id_taken')).toHaveLength(PARALLEL - 1)
    })

    test('ends the secrets of a client that shows none any more', async () => {
      const { clientId, secret } = await create({ type: 'third_party' })
      await server.app.clients.update(clientId, { token_endpoint_auth_method: 'none' })
      expect(await server.app.clients.verifySecret(clientId, secret)).toBe(false)
      expect(await server.app.clients.rotateSecret(clientId)).toEqual({ ok: false, failure: 'has_no_secret' })
      await server.app.clients.update(clientId, { token_endpoint_auth_method: 'client_secret_post' })
      expect(await server.app.clients.verifySecret(clientId, secret)).toBe(false)
    })
  })
}
