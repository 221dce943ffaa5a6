import { describe, expect, it } from 'vitest'
import { DEFAULT_TENANT_ID, type UserId } from '../../src/domain/ids.ts'
import { insertUnlessTaken, isUniqueViolation } from '../../src/persistence/index.ts'
import { testEngines } from '../harness/engines.ts'
import { insertSpent, openFresh, spent, spentKeys } from './open-fresh.ts'

for (const engine of testEngines) {
  describe(`transactions on ${engine}`, () => {
    it('commits when the function returns, and gives its value back', async () => {
      const { db } = await openFresh(engine)
      const value = await db.transaction(async (tx) => {
        await tx.insertInto('spent_once').values(spent('kept')).execute()
        return 'value'
      })
      expect(value).toBe('value')
      expect(await spentKeys(db)).toEqual(['kept'])
    })

    it('rolls back when the function throws, and throws the same', async () => {
      const { db } = await openFresh(engine)
      const fault = new Error('fault')
      const attempt = db.transaction(async (tx) => {
        await tx.insertInto('spent_once').values(spent()).execute()
        throw fault
      })
      await expect(attempt).rejects.toBe(fault)
      expect(await spentKeys(db)).toEqual([])
    })

    it('shows a transaction its own writes, and a reader only what is committed', async () => {
      const { db } = await openFresh(engine)
      await db.transaction(async (tx) => {
        await tx.insertInto('spent_once').values(spent('own')).execute()
        expect(await tx.selectFrom('spent_once').select('key').execute()).toHaveLength(1)
        expect(await spentKeys(db)).toEqual([])
      })
      expect(await spentKeys(db)).toEqual(['own'])
    })

    it('refuses to write through the reader', async () => {
      const { db } = await openFresh(engine)
      await expect(db.read.insertInto('spent_once').values(spent()).execute()).rejects.toThrow('the reader only reads')
      await expect(db.read.deleteFrom('spent_once').execute()).rejects.toThrow('the reader only reads')
    })

    it('counts the rows that a condition matched, changed or not', async () => {
      const { db } = await openFresh(engine)
      await insertSpent(db, 'row', { spent_at: 5 })
      const setTo = (value: number, key: string): Promise<bigint> =>
        db.transaction(async (tx) => {
          const result = await tx.updateTable('spent_once').set({ spent_at: value }).where('key', '=', key).executeTakeFirstOrThrow()
          return result.numUpdatedRows
        })
      expect(await setTo(6, 'row')).toBe(1n)
      expect(await setTo(6, 'row')).toBe(1n)
      expect(await setTo(6, 'no such row')).toBe(0n)
      const deleted = await db.transaction((tx) => tx.deleteFrom('spent_once').executeTakeFirstOrThrow())
      expect(deleted.numDeletedRows).toBe(1n)
    })

    it('recognises a unique violation of a primary key and of a unique index, and nothing else', async () => {
      const { db } = await openFresh(engine)
      await insertSpent(db, 'twice')
      const again = await insertSpent(db, 'twice').catch((error: unknown) => error)
      expect(isUniqueViolation(again)).toBe(true)

      const token = { user_id: 'absent' as UserId, role: 'r', tenant_id: DEFAULT_TENANT_ID, granted_at: 0 }
      const orphan = await db.transaction((tx) => tx.insertInto('user_role').values(token).execute()).catch((error: unknown) => error)
      expect(orphan).toBeInstanceOf(Error)
      expect(isUniqueViolation(orphan)).toBe(false)
      expect(isUniqueViolation(new Error('other'))).toBe(false)
    })

    it('never commits a transaction in which a statement failed, even when its error was caught', async () => {
      const { db } = await openFresh(engine)
      await insertSpent(db, 'taken')
      const attempt = db.transaction(async (tx) => {
        await tx.insertInto('spent_once').values(spent('before')).execute()
        await tx
          .insertInto('spent_once')
          .values(spent('taken'))
          .execute()
          .catch(() => {})
        return 'swallowed'
      })
      expect(isUniqueViolation(await attempt.catch((error: unknown) => error))).toBe(true)
      expect(await spentKeys(db)).toEqual(['taken'])
    })

    it('goes on after an insert that found its key taken', async () => {
      const { db } = await openFresh(engine)
      await insertSpent(db, 'taken')
      const answers = await db.transaction(async (tx) => [
        await insertUnlessTaken(tx, () => tx.insertInto('spent_once').values(spent('a')).execute()),
        await insertUnlessTaken(tx, () => tx.insertInto('spent_once').values(spent('taken')).execute()),
        await insertUnlessTaken(tx, () => tx.insertInto('spent_once').values(spent('b')).execute()),
      ])
      expect(answers).toEqual([true, false, true])
      expect(await spentKeys(db)).toEqual(['a', 'b', 'taken'])
    })

    it('refuses a parameter that engines would bind differently', async () => {
      const { db } = await openFresh(engine)
      const crafted = { toString: () => 'x' } as unknown as string
      await expect(db.read.selectFrom('spent_once').selectAll().where('key', '=', crafted).execute()).rejects.toThrow(TypeError)
    })

    it('deletes with a user whatever is the user’s, and keeps the events', async () => {
      const { db } = await openFresh(engine)
      const id = '00000000-0000-7000-8000-00000000000a' as UserId
      const tenant_id = DEFAULT_TENANT_ID
      await db.transaction(async (tx) => {
        await tx.insertInto('user_account').values({ id, tenant_id, display_name: null, disabled_at: null, created_at: 0, updated_at: 0 }).execute()
        await tx.insertInto('user_role').values({ user_id: id, role: 'admin', tenant_id, granted_at: 0 }).execute()
        await tx.insertInto('authenticator_password').values({ user_id: id, tenant_id, hash: 'h', created_at: 0, updated_at: 0 }).execute()
        const event = { id: id as never, tenant_id, type: 'x', actor_user_id: id, user_id: id, session_id: null, ip: null, user_agent: null, data: '{}', occurred_at: 0 }
        await tx.insertInto('event').values(event).execute()
      })
      await db.transaction((tx) => tx.deleteFrom('user_account').where('id', '=', id).execute())
      expect(await db.read.selectFrom('user_role').selectAll().execute()).toEqual([])
      expect(await db.read.selectFrom('authenticator_password').selectAll().execute()).toEqual([])
      expect(await db.read.selectFrom('event').selectAll().execute()).toHaveLength(1)
    })
  })
}
