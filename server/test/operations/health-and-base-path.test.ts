import { afterEach, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const FAST = { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' }

for (const engine of testEngines) {
  describe(`a server on ${engine}`, () => {
    let server: TestServer
    afterEach(() => server.close())

    test.each([['/', ''], ['/auth', '/auth'], ['/accounts/sign-in', '/accounts/sign-in']])('with the base path %s serves pages, API, assets, keys and health below it', async (setting, base) => {
      server = await startTestServer(engine, { ...FAST, BASE_PATH: setting })
      for (const path of [...['/health', '/health/live', '/health/ready'].flatMap((one) => [one, `${base}${one}`]), `${base}/.well-known/jwks.json`]) {
        expect([path, (await server.browser().get(path)).statusCode]).toEqual([path, 200])
      }
      const visitor = server.browser()
      const login = await visitor.get(`${base}/login?return_to=/notes`)
      const links = [...login.body.matchAll(/(?:href|src|action)="([^"#]+)/g)].map((match) => match[1] ?? '')
      for (const link of links.filter((one) => one.startsWith('/') && one !== '/notes' && one !== '/')) {
        expect(link.startsWith(`${base}/`)).toBe(true)
        expect([link, (await visitor.get(link.replace(/&amp;|&#38;/g, '&'))).statusCode]).toEqual([link, 200])
      }
      const person = await signUp(server)
      const signedIn = await server.browser().api('POST', '/login', { identifier: person.email, password: person.password })
      const refresh = [signedIn.headers['set-cookie'] ?? []].flat().find((cookie) => cookie.startsWith('gatepost_refresh='))
      expect(refresh).toMatch(new RegExp(`; Path=${base === '' ? '/' : base}(;|$)`))
      const claims = JSON.parse(Buffer.from((person.browser.cookies.get('gatepost_access') ?? '').split('.')[1] ?? '', 'base64url').toString()) as { iss: string }
      expect(claims.iss).toBe(`http://localhost:3000${base}`)
      expect((await server.browser().get(`${base}/settings`)).headers.location).toMatch(new RegExp(`^${base}/login`))
      if (base !== '') expect((await server.browser().get('/login')).statusCode).toBe(404)
    })

    test('is not ready while it drains, and says so', async () => {
      server = await startTestServer(engine, FAST)
      server.app.health.drain()
      for (const path of ['/health', '/health/ready', '/auth/health/ready']) {
        const answer = await server.browser().get(path)
        expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5'])
        expect(answer.json()).toMatchObject({ status: 'unavailable', checks: { database: 'ok', schema: 'ok', keys: 'ok', draining: true } })
      }
      expect((await server.browser().get('/health/live')).statusCode).toBe(200)
    })

    test('is not ready when the schema is behind or ahead of it, and live all the same', async () => {
      server = await startTestServer(engine, FAST)
      const applied = (tx: Parameters<Parameters<typeof server.app.database.transaction>[0]>[0]) => tx.withTables<{ schema_migration: { name: string; applied_at: number } }>()
      await server.app.database.transaction((tx) => applied(tx).insertInto('schema_migration').values({ name: '9999-future', applied_at: 1 }).execute())
      const ahead = await server.browser().get('/health/ready')
      expect([ahead.statusCode, ahead.json()]).toMatchObject([503, { checks: { database: 'ok', schema: 'failing' } }])
      await server.app.database.transaction((tx) => applied(tx).deleteFrom('schema_migration').where('name', '=', '9999-future').execute())
      expect((await server.browser().get('/health/ready')).statusCode).toBe(200)
      await server.app.database.transaction((tx) => applied(tx).deleteFrom('schema_migration').execute())
      expect((await server.browser().get('/health/ready')).statusCode).toBe(503)
      expect((await server.browser().get('/health/live')).statusCode).toBe(200)
    })

    test('that has no room for another hash says 503 with Retry-After at once, while refresh and user stay fast', async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off', PASSWORD_HASH_LANES: '1', ARGON2_MEMORY_KIB: '65536', ARGON2_PASSES: '3' })
      const person = await signUp(server, { email: newAddress() })
      const flood = Promise.all(Array.from({ length: 60 }, () => server.browser().api('POST', '/login', { identifier: person.email, password: person.password })))
      const waits: number[] = []
      for (let round = 0; round < 10; round += 1) {
        const startedAt = performance.now()
        expect((await person.browser.api('GET', '/user')).statusCode).toBe(200)
        expect((await person.browser.api('POST', '/sessions/refresh')).statusCode).toBeLessThan(300)
        waits.push(performance.now() - startedAt)
      }
      const answers = await flood
      const refused = answers.filter((answer) => answer.statusCode === 503)
      expect(answers.every((answer) => answer.statusCode === 200 || answer.statusCode === 503)).toBe(true)
      expect(refused.length).toBeGreaterThan(20)
      for (const answer of refused) {
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
        expect(answer.json()).toMatchObject({ error: { code: 'service_unavailable' } })
      }
      // Sixty hashes on one lane take many seconds; nobody else waits for them.
      expect(waits.sort((a, b) => a - b)[5]).toBeLessThan(500)
      await signIn(server, person)
    })
  })
}
