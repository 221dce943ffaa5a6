import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, makePostgresTemplate } from '../../../scripts/test-services/create-test-database.ts'
import type { TestService } from '../../../scripts/test-services/service.ts'
import { startMariadb } from '../../../scripts/test-services/start-mariadb.ts'
import { startPostgres } from '../../../scripts/test-services/start-postgres.ts'
import type { HttpClient } from '../harness/http-client.ts'
import { createHttpClient } from '../harness/http-client.ts'
import { freshDatabase, testEngines } from '../harness/engines.ts'
import type { SpawnedServer } from '../harness/spawned-server.ts'
import { makeWorkingFolder, runGatepost, spawnServer } from '../harness/spawned-server.ts'
import type { SmtpFixture } from '../mail/smtp-fixture.ts'
import { startSmtpServer } from '../mail/smtp-fixture.ts'
import { signUpByMail } from './sign-up-by-mail.ts'

const START = { postgres: startPostgres, mariadb: startMariadb } as const
/** A request waits at most this long for a connection; the rest is room for a busy machine. */
const BOUND_MS = 6_000
const CALLBACK = 'https://shop.example.com/callback'

/** Everything a signed-in browser can ask that needs the database. */
async function askAll(client: HttpClient) {
  return Promise.all([
    client.api('GET', '/user'),
    client.api('GET', '/account'),
    client.api('POST', '/login', { identifier: 'a@example.com', password: 'some password here' }),
    client.api('POST', '/signup/challenges', { email: 'new@example.com', password: 'some password here' }),
    client.api('POST', '/password-reset/challenges', { email: 'a@example.com', new_password: 'some password here' }),
    client.api('POST', '/sessions/refresh'),
    client.api('PATCH', '/account/profile', { display_name: 'x' }),
  ])
}

async function askPages(client: HttpClient) {
  return Promise.all([client.get('/auth/settings'), client.post('/auth/login', { intent: 'password', identifier: 'a@example.com', password: 'some password here' })])
}

function expectUnavailable(answers: readonly { status: number; headers: { 'retry-after'?: string | undefined }; body: string }[], shape: RegExp) {
  for (const answer of answers) {
    expect(answer.status).toBe(503)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect(answer.body).toMatch(shape)
    expect(answer.body).not.toMatch(/ECONN|SQLITE|postgres|mysql|127\.0\.0\.1|select /i)
  }
}

/** A client of its own, its token request, and an authorization request that has to be parked until somebody signs in. */
async function askProvider(port: number, { client_id: id, client_secret: secret }: { client_id: string; client_secret: string }) {
  const origin = `http://127.0.0.1:${port}/auth/oauth2`
  const query = new URLSearchParams({ client_id: id, response_type: 'code', scope: 'openid', redirect_uri: CALLBACK, code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' })
  const answers = await Promise.all([
    fetch(`${origin}/token`, { method: 'POST', headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` }, body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x', redirect_uri: CALLBACK, code_verifier: 'a'.repeat(43) }) }),
    fetch(`${origin}/authorize?${query.toString()}`, { redirect: 'manual', headers: { accept: 'text/html' } }),
  ])
  const [token, page] = await Promise.all(answers.map(async (answer) => ({ status: answer.status, headers: { 'retry-after': answer.headers.get('retry-after') ?? undefined }, body: await answer.text() })))
  return { token: token!, page: page! }
}

async function createClient(cwd: string, url: string) {
  const { code, stdout, stderr } = await runGatepost(['clients', 'create', '--json', '--name', 'Shop', '--type', 'web', '--redirect-uri', CALLBACK], { cwd, env: { DATABASE_URL: url } })
  if (code !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as { client_id: string; client_secret: string }
}

for (const engine of ['postgres', 'mariadb'] as const) {
  describe.runIf(testEngines.includes(engine))(`a server whose ${engine} goes away`, { timeout: 120_000 }, () => {
    let service: TestService
    let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
    let smtp: SmtpFixture
    let server: SpawnedServer
    let shop: Awaited<ReturnType<typeof createClient>>
    beforeAll(async () => {
      service = await START[engine]()
      if (engine === 'postgres') await makePostgresTemplate(service.url)
      const { url } = await createTestDatabase(engine, service.url)
      folder = await makeWorkingFolder()
      shop = await createClient(folder.path, url)
      smtp = await startSmtpServer()
      server = await spawnServer({ cwd: folder.path, env: { DATABASE_URL: url, RATE_LIMITS: 'off', SMTP_URL: `smtp://127.0.0.1:${smtp.port}` } })
    })
    afterAll(async () => {
      server.kill('SIGKILL')
      await server.ended()
      await smtp.close()
      await service.stop()
      await folder.remove()
    })

    test('answers 503 with Retry-After everywhere, in the shape of the door, and works again when it is back', async () => {
      const client = createHttpClient(server.port)
      await signUpByMail(client, smtp, 'ada@example.com')
      expect(await askProvider(server.port, shop)).toMatchObject({ token: { status: 400 }, page: { status: 303 } })
      await service.kill('SIGKILL')
      const startedAt = performance.now()
      expectUnavailable(await askAll(client), /"code":"service_unavailable"/)
      expectUnavailable(await askPages(client), /<html/)
      const { token, page } = await askProvider(server.port, shop)
      expectUnavailable([token], /"error":"temporarily_unavailable"/)
      expectUnavailable([page], /<html/)
      for (const path of ['/health', '/health/ready']) {
        const health = await client.get(path)
        expect([health.status, health.headers['retry-after']]).toEqual([503, '5'])
        expect(health.body).toContain('"database":"failing"')
      }
      expect((await client.get('/health/live')).status).toBe(200)
      expect((await createHttpClient(server.port).get('/auth/login')).status).toBe(200)
      expect(performance.now() - startedAt).toBeLessThan(4 * BOUND_MS)

      await service.start()
      await expect.poll(async () => (await client.get('/health/ready')).status, { timeout: 10_000 }).toBe(200)
      expect((await client.api('GET', '/user')).status).toBe(200)
      expect((await client.api('POST', '/sessions/refresh')).status).toBeLessThan(300)
      await signUpByMail(createHttpClient(server.port), smtp, 'bob@example.com')
    })
  })
}

describe.runIf(testEngines.includes('sqlite'))('a server whose SQLite file another process holds', { timeout: 120_000 }, () => {
  test('answers 503 with Retry-After to what must write, still reads, and goes on when the file is free', async () => {
    const database = await freshDatabase('sqlite')
    const folder = await makeWorkingFolder()
    const smtp = await startSmtpServer()
    const server = await spawnServer({ cwd: folder.path, env: { DATABASE_URL: database.url, RATE_LIMITS: 'off', SMTP_URL: `smtp://127.0.0.1:${smtp.port}` } })
    const other = new DatabaseSync(database.url.slice('sqlite:'.length))
    try {
      const client = createHttpClient(server.port)
      await signUpByMail(client, smtp, 'ada@example.com')
      const shop = await createClient(folder.path, database.url)
      expect(await askProvider(server.port, shop)).toMatchObject({ token: { status: 400 }, page: { status: 303 } })
      other.exec('begin immediate')
      const blocked = await client.api('PATCH', '/account/profile', { display_name: 'Ada' })
      expectUnavailable([blocked], /"code":"service_unavailable"/)
      expectUnavailable([(await askProvider(server.port, shop)).page], /<html/)
      expect((await client.api('GET', '/user')).status).toBe(200)
      other.exec('rollback')
      expect((await client.api('PATCH', '/account/profile', { display_name: 'Ada' })).status).toBe(204)
    } finally {
      other.close()
      server.kill('SIGTERM')
      expect((await server.ended()).code).toBe(0)
      await smtp.close()
      await folder.remove()
      await database.drop()
    }
  })
})
