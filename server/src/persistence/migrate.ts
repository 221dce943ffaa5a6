/**
 * Brings the schema up and down, and tells where it is. Explicit, one process at a time, and a crash in the middle is
 * finished by the next run. Not Kysely's own migrator: it takes its lock only after creating its tables, and on SQLite
 * it takes none.
 */
import { sql, type Kysely } from 'kysely'
import type { Clock } from '../platform/clock.ts'
import { classifyFailure } from './failures.ts'
import { MIGRATIONS } from './migrations/index.ts'
import type { Migration } from './migrations/migration.ts'
import { engineOf, type Database } from './open-database.ts'

export interface MigrateOptions {
  clock: Clock
  /** Replaces the product's own list, in tests. */
  migrations?: readonly Migration[]
}

/** Names in the order in which they were run; nothing when there was nothing to do. */
export type MigrationReport = { ok: true; migrations: string[] } | { ok: false; reason: 'ahead'; message: string }

export interface MigrationStatus {
  applied: { name: string; at: number }[]
  pending: string[]
  /** Applied by a release that knows more than this one. */
  unknown: string[]
}

export type SchemaCheck = { ok: true } | { ok: false; reason: 'behind' | 'ahead'; message: string }

/** Applies what is pending. Waits for another process that does the same, and then finds nothing to do. */
export async function migrateUp(database: Database, options: MigrateOptions): Promise<MigrationReport> {
  const { clock, migrations = MIGRATIONS } = options
  const engine = engineOf(database)
  return engine.changeSchema(async (db) => {
    await engine.ddl
      .createTable(db, 'schema_migration')
      .addColumn('name', 'varchar(255)', (column) => column.primaryKey())
      .addColumn('applied_at', 'bigint', (column) => column.notNull())
      .execute()
    const status = compare(await readApplied(db), migrations)
    if (status.unknown.length > 0) return { ok: false, reason: 'ahead', message: describeAhead(status) }
    for (const migration of migrations.filter(({ name }) => status.pending.includes(name))) {
      await migration.up(db, engine.ddl)
      await sql`insert into schema_migration (name, applied_at) values (${migration.name}, ${clock.now()})`.execute(db)
    }
    return { ok: true, migrations: status.pending }
  })
}

/** Takes the last applied migration back. Its data is gone. */
export async function migrateDown(database: Database, options: { migrations?: readonly Migration[] } = {}): Promise<MigrationReport> {
  const { migrations = MIGRATIONS } = options
  return engineOf(database).changeSchema(async (db) => {
    const status = compare(await readAppliedIfAny(database, db), migrations)
    if (status.unknown.length > 0) return { ok: false, reason: 'ahead', message: describeAhead(status) }
    const last = migrations.findLast(({ name }) => status.applied.some((applied) => applied.name === name))
    if (last === undefined) return { ok: true, migrations: [] }
    await last.down(db, engineOf(database).ddl)
    await sql`delete from schema_migration where name = ${last.name}`.execute(db)
    return { ok: true, migrations: [last.name] }
  })
}

/** @throws DatabaseUnavailable */
export async function migrationStatus(database: Database, options: { migrations?: readonly Migration[] } = {}): Promise<MigrationStatus> {
  return compare(await readAppliedIfAny(database, database.read), options.migrations ?? MIGRATIONS)
}

/** Whether this release may serve this database; the message is one line for an operator. @throws DatabaseUnavailable */
export async function checkSchema(database: Database, options: { migrations?: readonly Migration[] } = {}): Promise<SchemaCheck> {
  const status = await migrationStatus(database, options)
  if (status.unknown.length > 0) return { ok: false, reason: 'ahead', message: describeAhead(status) }
  if (status.pending.length > 0) {
    const message = `the database schema is behind this release (missing: ${status.pending.join(', ')}); run: gatepost migrate up`
    return { ok: false, reason: 'behind', message }
  }
  return { ok: true }
}

function compare(applied: MigrationStatus['applied'], migrations: readonly Migration[]): MigrationStatus {
  const known = new Set(migrations.map(({ name }) => name))
  const done = new Set(applied.map(({ name }) => name))
  return {
    applied,
    pending: [...known].filter((name) => !done.has(name)),
    unknown: [...done].filter((name) => !known.has(name)),
  }
}

function describeAhead(status: MigrationStatus): string {
  return `the database schema is ahead of this release (unknown: ${status.unknown.join(', ')}); run the release that applied it, or a newer one`
}

async function readApplied<Tables>(db: Kysely<Tables>): Promise<MigrationStatus['applied']> {
  const { rows } = await sql<{ name: string; applied_at: number }>`select name, applied_at from schema_migration order by name`.execute(db)
  return rows.map((row) => ({ name: row.name, at: row.applied_at }))
}

/** A database that was never migrated has no table to read, which fails a transaction: so it is looked for outside of one. */
async function readAppliedIfAny<Tables>(database: Database, db: Kysely<Tables>): Promise<MigrationStatus['applied']> {
  try {
    await sql`select name from schema_migration where 1 = 0`.execute(database.read)
  } catch (error) {
    if (classifyFailure(error) === 'missing_table') return []
    throw error
  }
  return readApplied(db)
}
