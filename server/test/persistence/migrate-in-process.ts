/**
 * Run as a process of its own by migrations.test.ts: `migrate-in-process.ts <url> [hang]`. Prints the names that it
 * applied; with `hang` it stops in the middle of the first migration, holding the lock, and prints `half`.
 */
import { randomBytes } from 'node:crypto'
import { migrateUp, openDatabase } from '../../src/persistence/index.ts'
import { foundation } from '../../src/persistence/migrations/0001-foundation.ts'

const [url = '', mode] = process.argv.slice(2)

const half: typeof foundation = {
  ...foundation,
  async up(db, ddl) {
    await ddl.createTable(db, 'tenant').addColumn('id', 'varchar(36)', (column) => column.primaryKey()).addColumn('name', 'varchar(200)', (column) => column.notNull()).addColumn('created_at', 'bigint', (column) => column.notNull()).execute()
    process.stdout.write('half\n')
    await new Promise((resolve) => setTimeout(resolve, 60_000))
  },
}

const db = await openDatabase({ url, random: { bytes: (length) => randomBytes(length) } })
const report = await migrateUp(db, { clock: { now: () => Date.now() }, ...(mode === 'hang' ? { migrations: [half] } : {}) })
await db.close()
process.stdout.write(`${JSON.stringify(report)}\n`)
