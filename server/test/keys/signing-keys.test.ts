import { generateKeyPairSync } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import type { JSONWebKeySet } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compose } from '../../src/app/compose.ts'
import { loadConfig } from '../../src/app/config/load-config.ts'
import { freshDatabase, testEngines } from '../harness/engines.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { Person } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, eventsOf, QUICK, refreshWith, statusWith } from '../harness/tokens.ts'
import { SPAWN_KEY } from '../harness/spawned-server.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const jwksOf = async (server: TestServer) => (await server.browser().get('/auth/.well-known/jwks.json')).json<JSONWebKeySet>()
const kidsOf = async (server: TestServer) => (await jwksOf(server)).keys.map((key) => key.kid)
const kidOf = (token: string) => String(decodeToken(token).header['kid'])

async function rotate(server: TestServer) {
  const rotated = await server.app.keys.rotate()
  if (!rotated.ok) throw new Error(rotated.failure)
  return rotated.value
}

for (const engine of testEngines) {
  describe(`the first signing key on ${engine}`, () => {
    test('is one key, however many instances make it at once', async () => {
      const database = await freshDatabase(engine)
      const loaded = loadConfig({ NODE_ENV: 'test', ENCRYPTION_KEY: SPAWN_KEY, DATABASE_URL: database.url, LOG_LEVEL: 'silent', MIGRATE_ON_START: 'off' })
      if (!loaded.ok) throw new Error(loaded.failure.join('; '))
      const apps = await Promise.all(Array.from({ length: 6 }, () => compose(loaded.value)))
      await Promise.all(apps.map((app) => app.keys.ensureFirstKey()))
      const rows = await apps[0]!.database.read.selectFrom('signing_key').selectAll().execute()
      expect(rows).toHaveLength(1)
      const signers = await Promise.all(apps.map((app) => app.keys.signer()))
      expect(new Set(signers.map((signer) => signer.kid))).toEqual(new Set([rows[0]!.id]))
      const made = await apps[0]!.database.read.selectFrom('event').select('id').where('type', '=', 'signing_key.created').execute()
      expect(made).toHaveLength(1)
      for (const app of apps) await app.close()
      await database.drop()
    })
  })

  describe(`rotating the signing key on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    let person: Person
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      sibling = await server.sibling()
      person = await signUp(server)
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })
    const newToken = async (on: TestServer) => cookieOf(await signIn(on, person), 'access')

    test('publishes the new key before it signs, keeps the old one while its tokens live, and then lets it go', async () => {
      const [oldKid = ''] = await kidsOf(server)
      const { kid: newKid, signsFrom } = await rotate(server)
      expect(signsFrom).toBeGreaterThan(server.clock.now() + 5 * MINUTE)

      // The other instance learns of it within its cache time.
      server.clock.advance(31_000)
      for (const instance of [server, sibling]) expect((await kidsOf(instance)).sort()).toEqual([oldKid, newKid].sort())
      for (const instance of [server, sibling]) expect(kidOf(await newToken(instance))).toBe(oldKid)

      server.clock.advance(signsFrom - server.clock.now() - 20_000)
      const lastOfOld = await newToken(server)
      expect(kidOf(lastOfOld)).toBe(oldKid)
      server.clock.advance(25_000)
      for (const instance of [server, sibling]) {
        const token = await newToken(instance)
        expect(kidOf(token)).toBe(newKid)
        for (const verifier of [server, sibling]) expect(await statusWith(verifier, token)).toBe(200)
      }
      // What the old key signed a moment ago is good for its ten minutes, here and by the published keys.
      for (const verifier of [server, sibling]) expect(await statusWith(verifier, lastOfOld)).toBe(200)
      server.clock.advance(9 * MINUTE)
      expect(await statusWith(sibling, lastOfOld)).toBe(200)
      const verified = await jwtVerify(lastOfOld, createLocalJWKSet(await jwksOf(sibling)), { currentDate: new Date(server.clock.now()) })
      expect(verified.payload.sub).toBe(person.id)

      server.clock.advance(HOUR + MINUTE)
      for (const instance of [server, sibling]) expect(await kidsOf(instance)).toEqual([newKid])
      expect(await eventsOf(server, null, 'signing_key.rotated')).toHaveLength(1)
    })

    test('twice in a row leaves one signer at a time and never none', async () => {
      const before = await kidsOf(server)
      const first = await rotate(server)
      const second = await rotate(sibling)
      for (let minute = 0; minute < 14; minute += 1) {
        server.clock.advance(MINUTE)
        for (const instance of [server, sibling]) {
          const token = await newToken(instance)
          expect(await kidsOf(instance)).toContain(kidOf(token))
          for (const verifier of [server, sibling]) expect(await statusWith(verifier, token)).toBe(200)
        }
      }
      expect(kidOf(await newToken(server))).toBe(second.kid)
      server.clock.advance(2 * HOUR)
      const after = await kidsOf(server)
      expect(after).toEqual([second.kid])
      expect([...before, first.kid]).not.toContain(second.kid)
    })

    test('keeps the sessions: refresh tokens outlive the keys', async () => {
      const browser = await signIn(server, person)
      await server.app.keys.rotate()
      server.clock.advance(3 * HOUR)
      const renewed = await refreshWith(sibling, cookieOf(browser, 'refresh'))
      expect(renewed.statusCode).toBe(200)
      expect(await statusWith(server, renewed.json<{ access_token: string }>().access_token)).toBe(200)
    })

    test('a token under an unknown key makes nobody ask the database for each of a thousand', async () => {
      const token = await newToken(server)
      const [, payload = '', signature = ''] = token.split('.')
      const startedAt = performance.now()
      for (let count = 0; count < 200; count += 1) {
        const header = Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: `unknown-${count}` })).toString('base64url')
        expect(await statusWith(server, `${header}.${payload}.${signature}`)).toBe(401)
      }
      expect(performance.now() - startedAt).toBeLessThan(10_000)
      expect(await statusWith(server, token)).toBe(200)
    })
  })
}

// A key that is not in the database is the same for every engine.
describe('a signing key brought by the operator', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const brought = (format: 'pkcs8' | 'sec1') => Buffer.from(privateKey.export({ type: format, format: 'pem' })).toString('base64')

  test('signs under its own name, is published beside the others, and tokens of before keep their time', async () => {
    const before = await startTestServer(testEngines[0]!, QUICK)
    const person = await signUp(before)
    const held = cookieOf(person.browser, 'access')
    const server = await before.sibling({ JWT_PRIVATE_KEY_BASE64: brought('pkcs8'), JWT_KID: 'ours-2026' })
    const token = cookieOf(await signIn(server, person), 'access')
    expect(decodeToken(token).header).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: 'ours-2026' })
    const jwks = await jwksOf(server)
    expect(jwks.keys.map((key) => key.kid)).toEqual(['ours-2026', kidOf(held)])
    for (const key of jwks.keys) expect(key).not.toHaveProperty('d')
    await jwtVerify(token, createLocalJWKSet(jwks), { currentDate: new Date(server.clock.now()), typ: 'at+jwt', audience: 'app' })
    expect(await statusWith(server, token)).toBe(200)
    expect(await statusWith(server, held)).toBe(200)
    expect(await statusWith(before, token), 'an instance without the key does not believe it').toBe(401)
    await server.close()
    await before.close()
  })

  test('without a name is called by its thumbprint, in whichever of the two PEM forms it comes', async () => {
    const server = await startTestServer(testEngines[0]!, QUICK)
    const names: unknown[] = []
    for (const format of ['pkcs8', 'sec1'] as const) {
      const instance = await server.sibling({ JWT_PRIVATE_KEY_BASE64: brought(format) })
      names.push((await kidsOf(instance))[0])
      await instance.close()
    }
    expect(names[0]).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(names[1]).toBe(names[0])
    await server.close()
  })
})
