import { describe, expect, it } from 'vitest'
import { DatabaseUnavailable, type Database } from '../../src/persistence/index.ts'
import { testEngines } from '../harness/engines.ts'
import { insertSpent, openAgain, openFresh, spent, spentKeys } from './open-fresh.ts'

/** Spends the row once, by condition, as every one-time thing is spent. */
function spend(db: Database, key: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const result = await tx.updateTable('spent_once').set({ spent_at: 1 }).where('key', '=', key).where('spent_at', '=', 0).executeTakeFirstOrThrow()
    return result.numUpdatedRows === 1n
  })
}

for (const engine of testEngines) {
  describe(`races on ${engine}`, () => {
    it('lets exactly one of fifty parallel conditional updates win', async () => {
      const { db } = await openFresh(engine)
      await insertSpent(db, 'once')
      const wins = await Promise.all(Array.from({ length: 50 }, () => spend(db, 'once')))
      expect(wins.filter(Boolean)).toHaveLength(1)
    })

    it('lets exactly one of fifty win when they come from two servers', async () => {
      const { db, url } = await openFresh(engine)
      const other = await openAgain(url)
      for (let round = 0; round < 5; round++) {
        await insertSpent(db, `once ${round}`)
        const wins = await Promise.all(Array.from({ length: 50 }, (_, n) => spend(n % 2 === 0 ? db : other, `once ${round}`)))
        expect(wins.filter(Boolean)).toHaveLength(1)
      }
    })

    it('lets exactly one of fifty parallel inserts of one key win', async () => {
      const { db, url } = await openFresh(engine)
      const other = await openAgain(url)
      const tries = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => insertSpent(n % 2 === 0 ? db : other, 'key')))
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })

    it('runs 500 parallel transactions of several statements on ten connections', async () => {
      const { db } = await openFresh(engine, { poolSize: 10 })
      const runOne = async (n: number): Promise<void> => {
        try {
          await db.transaction(async (tx) => {
            await tx.insertInto('spent_once').values(spent(`key ${n}`)).execute()
            await tx.selectFrom('spent_once').selectAll().where('key', '=', `key ${n}`).executeTakeFirstOrThrow()
            await tx.updateTable('spent_once').set({ spent_at: n }).where('key', '=', `key ${n}`).execute()
          })
        } catch (error) {
          // On a slow machine the last ones wait too long for a connection, and come again as a client would.
          if (!(error instanceof DatabaseUnavailable)) throw error
          await runOne(n)
        }
      }
      await Promise.all(Array.from({ length: 500 }, (_, n) => runOne(n)))
      expect(await spentKeys(db)).toHaveLength(500)
    })

    it('runs transactions that deadlock again until each has happened', async () => {
      const { db } = await openFresh(engine)
      await insertSpent(db, 'a')
      await insertSpent(db, 'b')
      const addToBoth = (keys: [string, string]): Promise<void> =>
        db.transaction(async (tx) => {
          for (const key of keys) {
            await tx
              .updateTable('spent_once')
              .set((set) => ({ spent_at: set('spent_at', '+', 1) }))
              .where('key', '=', key)
              .execute()
          }
        })
      for (let round = 0; round < 5; round++) await Promise.all([addToBoth(['a', 'b']), addToBoth(['b', 'a'])])
      const rows = await db.read.selectFrom('spent_once').select('spent_at').execute()
      expect(rows.map(({ spent_at }) => spent_at)).toEqual([10, 10])
    })

    it('keeps what a transaction wrote whatever happens to the others that arrive with it', async () => {
      const { db } = await openFresh(engine)
      const results = await Promise.allSettled(
        Array.from({ length: 30 }, (_, n) =>
          db.transaction(async (tx) => {
            await tx.insertInto('spent_once').values(spent(`key ${String(n).padStart(2, '0')}`)).execute()
            if (n % 3 === 0) throw new Error('thrown')
          }),
        ),
      )
      expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(10)
      const kept = Array.from({ length: 30 }, (_, n) => n).filter((n) => n % 3 !== 0)
      expect(await spentKeys(db)).toEqual(kept.map((n) => `key ${String(n).padStart(2, '0')}`))
    })
  })
}

for (const engine of testEngines.filter((name) => name !== 'sqlite')) {
  describe(`the pool on ${engine}`, () => {
    it('refuses who finds no free connection within two seconds, and serves again afterwards', async () => {
      const { db } = await openFresh(engine, { poolSize: 2 })
      const release = Promise.withResolvers<void>()
      const held = [db.transaction(() => release.promise), db.transaction(() => release.promise)]
      const started = performance.now()
      await expect(db.ping()).rejects.toBeInstanceOf(DatabaseUnavailable)
      await expect(spentKeys(db)).rejects.toBeInstanceOf(DatabaseUnavailable)
      expect(performance.now() - started).toBeLessThan(6_000)
      release.resolve()
      await Promise.all(held)
      expect(await spentKeys(db)).toEqual([])
    })
  })
}
