import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../../scripts/test-services/create-test-database.ts'
import { childrenOf, type TestService } from '../../../scripts/test-services/service.ts'
import { startMariadb } from '../../../scripts/test-services/start-mariadb.ts'
import { startPostgres } from '../../../scripts/test-services/start-postgres.ts'
import { DatabaseUnavailable, migrateUp } from '../../src/persistence/index.ts'
import { testEngines } from '../harness/engines.ts'
import { clock, insertSpent, openAgain, spent, spentKeys } from './open-fresh.ts'

const ENGINES = {
  // To PostgreSQL, SIGTERM means waiting for its clients to leave first.
  postgres: { start: startPostgres, shutdown: 'SIGINT' },
  mariadb: { start: startMariadb, shutdown: 'SIGTERM' },
} as const

for (const engine of ['postgres', 'mariadb'] as const) {
  describe.runIf(testEngines.includes(engine))(`when ${engine} is away`, () => {
    let service: TestService

    beforeAll(async () => {
      service = await ENGINES[engine].start()
    }, 60_000)

    afterAll(() => service.stop())

    async function openOwn(): Promise<Awaited<ReturnType<typeof openAgain>>> {
      const { url } = await createTestDatabase(engine, service.url, { migrated: false })
      const db = await openAgain(url)
      await migrateUp(db, { clock })
      return db
    }

    for (const signal of ['SIGKILL', ENGINES[engine].shutdown] as const) {
      it(`says so within three seconds, and serves again when it is back, after ${signal}`, async () => {
        const db = await openOwn()
        await insertSpent(db, 'before')
        await Promise.all(Array.from({ length: 10 }, () => spentKeys(db)))
        await service.kill(signal)

        const started = performance.now()
        const attempts = [db.ping(), spentKeys(db), insertSpent(db, 'lost')]
        for (const attempt of await Promise.allSettled(attempts)) {
          expect(attempt).toMatchObject({ status: 'rejected', reason: expect.any(DatabaseUnavailable) as DatabaseUnavailable })
        }
        expect(performance.now() - started).toBeLessThan(3_000)

        await service.start()
        await db.ping()
        await insertSpent(db, 'after')
        expect(await spentKeys(db)).toEqual(['after', 'before'])
      })
    }

    it.runIf(engine === 'postgres')('answers or says so at once when processes that outlive it for a moment leave queries unread', async () => {
      const db = await openOwn()
      await Promise.all(Array.from({ length: 10 }, () => spentKeys(db)))
      const { pid } = service
      const children = childrenOf(pid)
      for (const child of children) process.kill(child, 'SIGSTOP')
      const away = service.kill('SIGKILL')
      await expect.poll(() => existsSync(`/proc/${pid}`)).toBe(false)
      const started = performance.now()
      const attempts = [spentKeys(db), insertSpent(db, 'lost')]
      // A moment, in which the queries arrive.
      await wait(100)
      for (const child of children) process.kill(child, 'SIGCONT')
      await Promise.allSettled(attempts)
      expect(performance.now() - started).toBeLessThan(3_000)
      await away
      await service.start()
    })

    it('loses a transaction that the restart interrupted, whole, and never runs the rest of it on another connection', async () => {
      const db = await openOwn()
      const interrupted = db.transaction(async (tx) => {
        await tx.insertInto('spent_once').values(spent('first half')).execute()
        await service.kill('SIGKILL')
        await service.start()
        await tx.insertInto('spent_once').values(spent('second half')).execute()
      })
      await expect(interrupted).rejects.toBeInstanceOf(DatabaseUnavailable)
      expect(await spentKeys(db)).toEqual([])
    })

    it('opens while it is away, and works once it is there', async () => {
      const { url } = await createTestDatabase(engine, service.url, { migrated: false })
      await service.kill(ENGINES[engine].shutdown)
      const db = await openAgain(url)
      await expect(db.ping()).rejects.toBeInstanceOf(DatabaseUnavailable)
      await service.start()
      await migrateUp(db, { clock })
      expect(await spentKeys(db)).toEqual([])
    })

    it('says so within the wait of a ping when it is frozen, and serves again when it thaws', async () => {
      const db = await openOwn()
      await db.ping()
      // PostgreSQL answers from a process of its own for each connection; all of them are frozen.
      const pids = [service.pid, ...childrenOf(service.pid)]
      for (const pid of pids) process.kill(pid, 'SIGSTOP')
      try {
        await expect.poll(() => pids.flatMap(threadStates), { timeout: 10_000 }).toSatisfy((states: string[]) => states.every((state) => state === 'T'))
        await expect(db.ping()).rejects.toBeInstanceOf(DatabaseUnavailable)
      } finally {
        for (const pid of pids) process.kill(pid, 'SIGCONT')
      }
      await db.ping()
    })
  })
}

/** A signal stops a thread when that thread next looks: on a busy machine one may still answer meanwhile. */
function threadStates(pid: number): string[] {
  const tasks = `/proc/${pid}/task`
  return readdirSync(tasks).map((thread) => /^\d+ \(.*\) (\w)/s.exec(readFileSync(`${tasks}/${thread}/stat`, 'utf8'))?.[1] ?? '')
}
