import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkSchema, migrateDown, migrateUp, migrationStatus } from '../../src/persistence/index.ts'
import { MIGRATIONS } from '../../src/persistence/migrations/index.ts'
import { testEngines } from '../harness/engines.ts'
import { clock, insertSpent, openAgain, openFresh, spentKeys } from './open-fresh.ts'

const NAMES = MIGRATIONS.map(({ name }) => name)

function startMigrator(url: string, ...mode: string[]): ChildProcess {
  const program = fileURLToPath(new URL('migrate-in-process.ts', import.meta.url))
  const child = spawn(process.execPath, [program, url, ...mode], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function readFirstLine(child: ChildProcess): Promise<string> {
  const [chunk] = (await once(child.stdout!, 'data')) as [Buffer]
  return chunk.toString().trim()
}

for (const engine of testEngines) {
  describe(`migrations on ${engine}`, () => {
    it('go up, down and up again', async () => {
      const { db } = await openFresh(engine, { migrated: false })
      expect(await migrationStatus(db)).toEqual({ applied: [], pending: NAMES, unknown: [] })
      expect(await migrateDown(db)).toEqual({ ok: true, migrations: [] })

      expect(await migrateUp(db, { clock: { now: () => 42 } })).toEqual({ ok: true, migrations: NAMES })
      expect(await migrationStatus(db)).toEqual({ applied: NAMES.map((name) => ({ name, at: 42 })), pending: [], unknown: [] })
      await insertSpent(db, 'row')

      for (const name of NAMES.toReversed()) expect(await migrateDown(db)).toEqual({ ok: true, migrations: [name] })
      expect((await migrationStatus(db)).applied).toEqual([])

      expect(await migrateUp(db, { clock })).toEqual({ ok: true, migrations: NAMES })
      expect(await spentKeys(db)).toEqual([])
      const tenants = await db.read.selectFrom('tenant').select(['id', 'created_at']).execute()
      expect(tenants).toEqual([{ id: '00000000-0000-7000-8000-000000000001', created_at: 0 }])
    })

    it('do nothing when there is nothing to do', async () => {
      const { db } = await openFresh(engine)
      expect(await migrateUp(db, { clock })).toEqual({ ok: true, migrations: [] })
    })

    it('run once when two servers and a command start them at the same time', async () => {
      const { db, url } = await openFresh(engine, { migrated: false })
      const other = await openAgain(url)
      const child = startMigrator(url)
      const reports = await Promise.all([
        migrateUp(db, { clock }),
        migrateUp(other, { clock }),
        readFirstLine(child).then((line) => JSON.parse(line) as { migrations: string[] }),
      ])
      expect(reports.map((report) => ('migrations' in report ? report.migrations.length : -1)).toSorted()).toEqual([0, 0, NAMES.length])
      expect(await checkSchema(db)).toEqual({ ok: true })
    })

    it('wait for another process, and finish its work when it is killed half-way', async () => {
      const { db, url } = await openFresh(engine, { migrated: false })
      const child = startMigrator(url, 'hang')
      expect(await readFirstLine(child)).toBe('half')

      let done = false
      const migrating = migrateUp(db, { clock }).then((report) => {
        done = true
        return report
      })
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(done).toBe(false)

      child.kill('SIGKILL')
      expect(await migrating).toEqual({ ok: true, migrations: NAMES })
      expect(await checkSchema(db)).toEqual({ ok: true })
      await insertSpent(db, 'works')
    })

    it('tell a schema that is behind from one that is ahead, in one line, and change neither', async () => {
      const { db } = await openFresh(engine, { migrated: false })
      const empty = await checkSchema(db)
      expect(empty).toMatchObject({ ok: false, reason: 'behind', message: expect.stringMatching(/^.*gatepost migrate up$/) as string })

      const newer = { name: '9999-newer', up: async () => {}, down: async () => {} }
      await migrateUp(db, { clock, migrations: [...MIGRATIONS, newer] })
      expect(await checkSchema(db)).toMatchObject({ ok: false, reason: 'ahead', message: expect.stringMatching(/^.*9999-newer.*$/) as string })
      expect(await migrateUp(db, { clock })).toMatchObject({ ok: false, reason: 'ahead' })
      expect(await migrateDown(db)).toMatchObject({ ok: false, reason: 'ahead' })
      expect((await migrationStatus(db)).unknown).toEqual(['9999-newer'])
      await insertSpent(db, 'still there')
    })
  })
}
