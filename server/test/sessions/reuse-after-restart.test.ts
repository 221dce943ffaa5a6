import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../harness/engines.ts'
import { freshDatabase, testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, newAddress } from '../harness/people.ts'
import type { SpawnedServer } from '../harness/spawned-server.ts'
import { makeWorkingFolder, runGatepost, SPAWN_KEY, spawnServer } from '../harness/spawned-server.ts'
import type { Database } from '../../src/persistence/index.ts'
import { openDatabase } from '../../src/persistence/index.ts'
import { sha256 } from '../../src/platform/digest.ts'
import { systemRandom } from '../../src/platform/random.ts'

type Tokens = { access_token: string; refresh_token: string }

/** A busy machine takes its time to start processes. */
const PROCESSES_TIMEOUT_MS = 120_000

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
  // security case E4, with a process that dies without a chance to tidy up
  describe(`sessions after kill -9 and restart on ${engine}`, () => {
    let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
    let place: TestDatabase
    let database: Database
    let second: SpawnedServer
    let beside: SpawnedServer
    const before: Record<'reused' | 'rotated' | 'repeated' | 'left', Tokens[]> = { reused: [], rotated: [], repeated: [], left: [] }

    const start = () => {
      const settings = { NODE_ENV: 'test', MIGRATE_ON_START: 'off', API_TOKENS_IN_BODY: 'on' }
      return spawnServer({ cwd: folder.path, env: { ...settings, DATABASE_URL: place.url } })
    }
    async function end(server: SpawnedServer, signal: NodeJS.Signals): Promise<void> {
      server.kill(signal)
      await server.ended()
    }
    /** Stands for the time between the rotation and now: a restart takes as long as the machine is busy. */
    async function setRotatedAt(session: readonly Tokens[], at: number): Promise<void> {
      const hashes = session.map((tokens) => sha256(tokens.refresh_token))
      await database.transaction(async (tx) => {
        await tx.updateTable('refresh_token').set({ rotated_at: at }).where('secret_hash', 'in', hashes).where('rotated_at', 'is not', null).execute()
      })
    }

    beforeAll(async () => {
      folder = await makeWorkingFolder()
      place = await freshDatabase(engine)
      database = await openDatabase({ url: place.url, random: systemRandom })
      await writeFile(join(folder.path, 'settings.yaml'), 'signup: { verification: off }\n')
      const applied = await runGatepost(['settings', 'apply', 'settings.yaml'], { cwd: folder.path, env: { ENCRYPTION_KEY: SPAWN_KEY, DATABASE_URL: place.url } })
      if (applied.code !== 0) throw new Error(applied.stderr)
      const first = await start()
      for (const session of Object.values(before)) {
        const begun = await signUpDirect(first)
        session.push(begun, await renew(first, begun.refresh_token))
      }
      const { reused, left } = before
      reused.push(await renew(first, reused[1]!.refresh_token))
      if ((await call(first, '/sessions/logout', undefined, { authorization: `Bearer ${left[1]!.access_token}` })).status !== 204) throw new Error('not left')
      if ((await refresh(first, reused[0]!.refresh_token)).status !== 401) throw new Error('the reuse was not refused')
      await end(first, 'SIGKILL')
      second = await start()
      beside = await start()
    }, PROCESSES_TIMEOUT_MS)
    afterAll(async () => {
      await end(second, 'SIGKILL')
      await end(beside, 'SIGKILL')
      await database.close()
      await place.drop()
      await folder.remove()
    })

    async function expectOver(session: readonly Tokens[]): Promise<void> {
      for (const server of [second, beside]) {
        for (const tokens of session) {
          expect((await refresh(server, tokens.refresh_token)).status).toBe(401)
          expect(await statusWith(server, tokens.access_token)).toBe(401)
        }
      }
    }

    test('a session that ended by reuse stays ended when the process was killed right after its answer', async () => {
      await expectOver(before.reused)
      const reused = await database.read.selectFrom('event').select('id').where('type', '=', 'session.refresh_token_reused').execute()
      expect(reused).toHaveLength(1)
      expect(await database.read.selectFrom('outbox').select('id').execute()).toHaveLength(1)
    })

    test('a sign-out answered before the kill holds after it', async () => {
      await expectOver(before.left)
    })

    test('inside the window a new process gives the successor that the killed one gave', async () => {
      const [spent, live] = before.repeated
      await setRotatedAt(before.repeated, Date.now())
      expect((await renew(beside, spent!.refresh_token)).refresh_token).toBe(live!.refresh_token)
      expect((await refresh(second, live!.refresh_token)).status).toBe(200)
    })

    test('after the window the spent token ends the session in the new process and in the one beside it', async () => {
      const [spent, live] = before.rotated
      expect(await statusWith(second, live!.access_token)).toBe(200)
      await setRotatedAt(before.rotated, Date.now() - 11_000)
      expect((await refresh(second, spent!.refresh_token)).status).toBe(401)
      await expectOver(before.rotated)
    })
  })
}
