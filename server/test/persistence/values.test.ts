import { describe, expect, it } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { insertSpent, openFresh, spentKeys } from './open-fresh.ts'

for (const engine of testEngines) {
  describe(`values on ${engine}`, () => {
    it('compares text keys byte by byte: case, accents and width make another key', async () => {
      const { db } = await openFresh(engine)
      const keys = ['resume', 'Resume', 'resumé', 'resume\u0301', 'résumé', 'ｒesume', 'straße', 'strasse', 'I', 'ı', 'i']
      for (const key of keys) await insertSpent(db, key)
      expect(await spentKeys(db)).toHaveLength(keys.length)
      for (const key of keys) {
        const found = await db.read.selectFrom('spent_once').select('key').where('key', '=', key).execute()
        expect(found).toEqual([{ key }])
      }
    })

    it('gives text back as it was written', async () => {
      const { db } = await openFresh(engine)
      for (const text of ['👩‍👩‍👧 🗝️', '日本語', `quotes ' " \` \\ %_ -- ;`, 'tab\tline\nreturn\r', '\u202eرtl', ' blanks ', '\u{10FFFD}']) {
        await insertSpent(db, `key ${text}.`)
        const row = await db.read.selectFrom('spent_once').select('key').where('key', '=', `key ${text}.`).executeTakeFirst()
        expect(row?.key).toBe(`key ${text}.`)
      }
    })

    it('keeps 320 characters of a key, of four bytes each', async () => {
      const { db } = await openFresh(engine)
      const key = '🗝'.repeat(320)
      await insertSpent(db, key)
      expect(await spentKeys(db)).toEqual([key])
    })

    it('keeps a long sealed text whole', async () => {
      const { db } = await openFresh(engine)
      const payload = 'x🗝'.repeat(100_000)
      const tenant = await db.read.selectFrom('tenant').select('id').executeTakeFirstOrThrow()
      const row = { kind: 'mail', recipient: null, state: 'pending', attempts: 0, next_attempt_at: 0, claimed_until: null, last_error: null, created_at: 0, settled_at: null } as const
      await db.transaction((tx) => tx.insertInto('outbox').values({ id: 'o' as never, tenant_id: tenant.id, payload_sealed: payload, ...row }).execute())
      const found = await db.read.selectFrom('outbox').select('payload_sealed').executeTakeFirstOrThrow()
      expect(found.payload_sealed).toBe(payload)
    })

    it('gives instants and counts back as exact numbers', async () => {
      const { db } = await openFresh(engine)
      const instants = [0, 1, -1, 1_800_000_000_123, Number.MAX_SAFE_INTEGER]
      for (const instant of instants) await insertSpent(db, `at ${instant}`, { expires_at: instant })
      for (const instant of instants) {
        const rows = await db.read.selectFrom('spent_once').select(['key', 'expires_at']).where('expires_at', '=', instant).limit(10).execute()
        expect(rows).toEqual([{ key: `at ${instant}`, expires_at: instant }])
      }
      const { count } = await db.read.selectFrom('spent_once').select((select) => select.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
      expect(count).toBe(instants.length)
    })
  })
}
