import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { DatabaseUnavailable, type Database } from '../../src/persistence/index.ts'
import { testEngines } from '../harness/engines.ts'
import { insertSpent, openAgain, openFresh, spent, spentKeys } from './open-fresh.ts'
import { startProxy } from './proxy.ts'

/** What a connection may take. */
const CONNECT_TIMEOUT_MS = 2_000
/** With room for a busy machine. */
const BOUND_MS = 5_000

/** What the server says until a connection is ready: its greeting or the steps of SCRAM, and an answer to each thing that is set or asked. */
const ANSWERS_TO_CONNECT = { postgres: 4, mariadb: 7 } as const

const failed = { status: 'rejected', reason: expect.any(DatabaseUnavailable) as DatabaseUnavailable }

/** Settles within the bound, whichever way: `late` otherwise. */
async function settled(attempt: Promise<unknown>): Promise<PromiseSettledResult<unknown> | 'late'> {
  const late = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => late.resolve('late'), BOUND_MS)
  const [result] = await Promise.race([Promise.allSettled([attempt]), late.promise.then((text) => [text] as const)])
  clearTimeout(timer)
  return result
}

for (const engine of ['postgres', 'mariadb'] as const) {
  describe.runIf(testEngines.includes(engine))(`over a connection to ${engine} that breaks`, () => {
    async function openBehindProxy(): Promise<{ db: Database; proxy: Awaited<ReturnType<typeof startProxy>> }> {
      const { url } = await openFresh(engine)
      const proxy = await startProxy(url)
      return { db: await openAgain(proxy.url), proxy }
    }

    it('a transaction fails at once when it is reset between two statements, and the next one is done', async () => {
      const { db, proxy } = await openBehindProxy()
      const broken = db.transaction(async (tx) => {
        await tx.insertInto('spent_once').values(spent('first half')).execute()
        proxy.reset()
        await tx.insertInto('spent_once').values(spent('second half')).execute()
      })
      expect(await settled(broken)).toMatchObject(failed)
      await insertSpent(db, 'after')
      expect(await spentKeys(db)).toEqual(['after'])
    })

    it('every query is answered or fails at once, in whichever moment it comes', async () => {
      const { db, proxy } = await openBehindProxy()
      await Promise.all(Array.from({ length: 10 }, () => spentKeys(db)))
      proxy.reset()
      const attempts: Promise<unknown>[] = []
      for (let turns = 0; turns < 50; turns++) {
        attempts.push(settled(turns % 2 === 0 ? spentKeys(db) : insertSpent(db)))
        await turn()
      }
      expect(await Promise.all(attempts)).not.toContain('late')
      await insertSpent(db, 'after')
    })

    it('a query says within its time that what takes connections only closes them, and stops asking', async () => {
      const { db, proxy } = await openBehindProxy()
      proxy.closeAtOnce()
      expect(await settled(spentKeys(db))).toMatchObject(failed)
      const taken = proxy.taken()
      await new Promise((resolve) => setTimeout(resolve, 200))
      expect(proxy.taken() - taken).toBeLessThanOrEqual(1)
    })

    it('no connection is left behind by a database that comes back while one is being given up', async () => {
      const { url } = await openFresh(engine)
      const waits = Array.from({ length: 24 }, (_, index) => CONNECT_TIMEOUT_MS - 12 + index)
      const tried = await Promise.all(
        waits.map(async (wait) => {
          const proxy = await startProxy(url)
          const db = await openAgain(proxy.url)
          proxy.closeAtOnce()
          setTimeout(() => proxy.leadOn(), wait)
          await settled(spentKeys(db))
          await db.close()
          return proxy
        }),
      )
      await expect.poll(() => tried.reduce((sum, proxy) => sum + proxy.open(), 0), { timeout: BOUND_MS }).toBe(0)
    })

    it('a query says within its time that the server fell silent, wherever in the making of a connection', async () => {
      const { url } = await openFresh(engine)
      const attempts = Array.from({ length: ANSWERS_TO_CONNECT[engine] }, async (_, answers) => {
        const proxy = await startProxy(url, { answers })
        return settled(spentKeys(await openAgain(proxy.url)))
      })
      for (const result of await Promise.all(attempts)) expect(result).toMatchObject(failed)
    })
  })
}
