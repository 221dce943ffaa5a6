import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../harness/engines.ts'
import { freshDatabase, testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, newAddress } from '../harness/people.ts'
import type { SpawnedServer } from '../harness/spawned-server.ts'
import { makeWorkingFolder, spawnServer } from '../harness/spawned-server.ts'
import type { Database } from '../../src/persistence/index.ts'
import { openDatabase } from '../../src/persistence/index.ts'
import { systemRandom } from '../../src/platform/random.ts'

type Tokens = { access_token: string; refresh_token: string }

/** A busy machine takes its time to start processes, and each test starts two or three. */
const PROCESSES_TIMEOUT_MS = 90_000

async function call(server: SpawnedServer, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const init = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }
  return fetch(`${server.url}/auth/api/v1${path}`, init)
}
const refresh = (server: SpawnedServer, token: string) => call(server, '/tokens/refresh', { refresh_token: token })
const renew = async (server: SpawnedServer, token: string) => (await (await refresh(server, token)).json()) as Tokens
const statusWith = async (server: SpawnedServer, token: string) =>
  (await fetch(`${server.url}/auth/api/v1/user`, { headers: { authorization: `Bearer ${token}` } })).status

async function signUpDirect(server: SpawnedServer): Promise<Tokens> {
  const csrf = await fetch(`${server.url}/auth/api/v1/csrf`)
  const cookie = csrf.headers.getSetCookie()[0]!.split(';')[0]!
  const token = decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1))
  const headers = { cookie, 'x-csrf-token': token, origin: 'http://localhost:3000' }
  const made = await call(server, '/signup/direct', { email: newAddress(), password: GOOD_PASSWORD }, headers)
  if (made.status !== 201) throw new Error(`sign-up was answered ${made.status}: ${await made.text()}`)
  return (await made.json()) as Tokens
}

for (const engine of testEngines) {
  // security case E4, with processes that die without a chance to tidy up
  describe(`reuse of a refresh token and kill -9 on ${engine}`, { timeout: PROCESSES_TIMEOUT_MS }, () => {
    let place: TestDatabase
    let database: Database
    let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
    const start = () => {
      const settings = { NODE_ENV: 'test', MIGRATE_ON_START: 'off', SIGNUP_VERIFICATION: 'off', API_TOKENS_IN_BODY: 'on' }
      return spawnServer({ cwd: folder.path, env: { ...settings, DATABASE_URL: place.url } })
    }
    async function end(server: SpawnedServer, signal: NodeJS.Signals): Promise<void> {
      server.kill(signal)
      await server.ended()
    }
    beforeAll(async () => {
      folder = await makeWorkingFolder()
      place = await freshDatabase(engine)
      database = await openDatabase({ url: place.url, random: systemRandom })
    })
    afterAll(async () => {
      await database.close()
      await place.drop()
      await folder.remove()
    })

    test('a session that ended by reuse stays ended when the process is killed right after its answer', async () => {
      const first = await start()
      const one = await signUpDirect(first)
      const two = await renew(first, one.refresh_token)
      const three = await renew(first, two.refresh_token)
      expect(await statusWith(first, three.access_token)).toBe(200)
      expect((await refresh(first, one.refresh_token)).status).toBe(401)
      await end(first, 'SIGKILL')

      const second = await start()
      for (const { refresh_token: token } of [one, two, three]) expect((await refresh(second, token)).status).toBe(401)
      for (const { access_token: token } of [one, two, three]) expect(await statusWith(second, token)).toBe(401)
      const reused = await database.read.selectFrom('event').select('id').where('type', '=', 'session.refresh_token_reused').execute()
      expect(reused).toHaveLength(1)
      const mails = await database.read.selectFrom('outbox').select('id').execute()
      expect(mails).toHaveLength(1)
      await end(second, 'SIGTERM')
    })

    test('a rotation answered before the kill is remembered: the live token works, the spent one ends the session', async () => {
      const first = await start()
      const one = await signUpDirect(first)
      const two = await renew(first, one.refresh_token)
      await end(first, 'SIGKILL')
      // The restart took longer than the window is open.
      await database.transaction(async (tx) => {
        await tx.updateTable('refresh_token').set((set) => ({ rotated_at: set('rotated_at', '-', 11_000) })).where('rotated_at', 'is not', null).execute()
      })

      const second = await start()
      const beside = await start()
      expect(await statusWith(second, two.access_token)).toBe(200)
      expect((await refresh(second, one.refresh_token)).status).toBe(401)
      for (const server of [beside, second]) {
        expect((await refresh(server, two.refresh_token)).status).toBe(401)
        expect(await statusWith(server, two.access_token)).toBe(401)
      }
      await end(second, 'SIGKILL')
      await end(beside, 'SIGTERM')
    })

    test('inside the window a new process gives the successor that the killed one gave', async () => {
      const first = await start()
      const one = await signUpDirect(first)
      const two = await renew(first, one.refresh_token)
      await end(first, 'SIGKILL')
      // The restart took no time at all.
      await database.transaction(async (tx) => {
        await tx.updateTable('refresh_token').set({ rotated_at: Date.now() }).where('rotated_at', 'is not', null).execute()
      })
      const second = await start()
      expect((await renew(second, one.refresh_token)).refresh_token).toBe(two.refresh_token)
      expect((await refresh(second, two.refresh_token)).status).toBe(200)
      await end(second, 'SIGTERM')
    })

    test('a sign-out answered before the kill holds after it', async () => {
      const first = await start()
      const one = await signUpDirect(first)
      const left = await call(first, '/sessions/logout', undefined, { authorization: `Bearer ${one.access_token}` })
      expect(left.status).toBe(204)
      await end(first, 'SIGKILL')
      const second = await start()
      expect(await statusWith(second, one.access_token)).toBe(401)
      expect((await refresh(second, one.refresh_token)).status).toBe(401)
      await end(second, 'SIGTERM')
    })
  })
}
