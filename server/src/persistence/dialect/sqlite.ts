/**
 * SQLite through node:sqlite: the file in WAL mode, one connection that writes and one that reads.
 */
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql, type Driver } from 'kysely'
import { toDatabaseUnavailable } from '../failures.ts'
import type { Random } from '../../platform/random.ts'
import type { Schema } from '../schema.ts'
import { MIGRATION_LOCK_WAIT_SECONDS, type DdlDialect, type Engine } from './engine.ts'
import { GroupCommit } from './group-commit.ts'
import { readOnlyPlugin } from './read-only-plugin.ts'
import { SqliteConnection } from './sqlite-connection.ts'
import { SqliteReadDriver, SqliteWriteDriver } from './sqlite-drivers.ts'
import { WriteAheadLog } from './write-ahead-log.ts'
import { isSqliteBusy } from './sqlite-failures.ts'

const OPEN_TRIES = 100
const OPEN_RETRY_MILLISECONDS = 50

const ddl: DdlDialect = {
  longText: 'text',
  createTable: (db, name) => db.schema.createTable(name).ifNotExists(),
  async addColumn(db, table, column, type, build = (its) => its) {
    const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(db)
    if (rows.some(({ name }) => name === column)) return
    await db.schema.alterTable(table).addColumn(column, type, build).execute()
  },
  createIndex: async (db, name, table, columns) => {
    await db.schema.createIndex(name).ifNotExists().on(table).columns([...columns]).execute()
  },
  dropIndex: async (db, name) => {
    await db.schema.dropIndex(name).ifExists().execute()
  },
}

/**
 * Makes the folder and the file when they are missing, readable by the owner alone.
 * @throws DatabaseUnavailable when the file cannot be opened
 */
export async function openSqlite(options: { path: string; random: Random }): Promise<Engine> {
  const path = resolve(options.path)
  const writer = await openWriter(path)
  const log = new WriteAheadLog(path)
  const reader = new SqliteConnection(path, { readOnly: true })
  const read = kyselyOver(new SqliteReadDriver(reader)).withPlugin(readOnlyPlugin)
  const groupCommit = new GroupCommit(writer, { random: options.random, syncLog: () => log.sync() })
  const write = kyselyOver(new SqliteWriteDriver(writer, groupCommit))
  return {
    name: 'sqlite',
    ddl,
    read,
    write,
    // A transaction holds the file's write lock, and the system frees it with the process.
    async changeSchema(change) {
      const connection = await openWriter(path)
      try {
        const turns = new GroupCommit(connection, { random: options.random, syncLog: () => log.sync(), waitMilliseconds: MIGRATION_LOCK_WAIT_SECONDS * 1000 })
        return await kyselyOver(new SqliteWriteDriver(connection, turns))
          .transaction()
          .execute((tx) => change(tx as unknown as Kysely<unknown>))
      } finally {
        connection.close()
      }
    },
    async close() {
      await groupCommit.flush()
      reader.close()
      writer.checkpoint()
      writer.close()
      await log.close()
    },
  }
}

async function openWriter(path: string): Promise<SqliteConnection> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    closeSync(openSync(path, 'a', 0o600))
    const connection = new SqliteConnection(path, { readOnly: false })
    await useWriteAheadLog(connection)
    return connection
  } catch (error) {
    throw toDatabaseUnavailable('cannot open the SQLite file', error)
  }
}

/** Two processes that open a new file at once both try to switch its mode, and one of them finds it locked. */
async function useWriteAheadLog(connection: SqliteConnection): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return connection.useWriteAheadLog()
    } catch (error) {
      if (!isSqliteBusy(error) || tries === OPEN_TRIES) {
        connection.close()
        throw error
      }
      await wait(OPEN_RETRY_MILLISECONDS)
    }
  }
}

function kyselyOver(driver: Driver): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SharedConnectionAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
}

/** Kysely would put a mutex around a single connection; turns are GroupCommit's, and a held mutex would forbid groups. */
class SharedConnectionAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}
