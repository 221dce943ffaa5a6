/**
 * MariaDB 10.11 and MySQL 8 through `mysql2`, over our own pool.
 */
import { Kysely, MysqlAdapter, MysqlIntrospector, MysqlQueryCompiler, sql } from 'kysely'
import { toDatabaseUnavailable } from '../failures.ts'
import type { Schema } from '../schema.ts'
import { boundSession } from './bounded-session.ts'
import { ConnectionPool } from './connection-pool.ts'
import { MIGRATION_LOCK_WAIT_SECONDS, type DdlDialect, type Engine } from './engine.ts'
import { DUPLICATE_COLUMN_NAME, DUPLICATE_INDEX_NAME, mysqlErrorNumber, NOTHING_TO_DROP } from './mysql-failures.ts'
import { connectMysql } from './mysql-session.ts'
import { PooledDriver, type TransactionFrame } from './pooled-driver.ts'
import { readOnlyPlugin } from './read-only-plugin.ts'

const frame: TransactionFrame = { begin: 'start transaction', checkCommit: () => {} }

const ddl: DdlDialect = {
  longText: sql<string>`mediumtext`,
  createTable: (db, name) =>
    db.schema
      .createTable(name)
      .ifNotExists()
      .modifyEnd(sql`engine = InnoDB default character set utf8mb4 collate utf8mb4_bin`),
  async addColumn(db, table, column, type, build = (its) => its) {
    try {
      await db.schema.alterTable(table).addColumn(column, type, build).execute()
    } catch (error) {
      // MySQL has no `if not exists` for columns.
      if (mysqlErrorNumber(error) !== DUPLICATE_COLUMN_NAME) throw error
    }
  },
  async createIndex(db, name, table, columns) {
    try {
      await db.schema.createIndex(name).on(table).columns([...columns]).execute()
    } catch (error) {
      // MySQL has no `if not exists` for indexes.
      if (mysqlErrorNumber(error) !== DUPLICATE_INDEX_NAME) throw error
    }
  },
  async dropIndex(db, name, table) {
    try {
      await db.schema.dropIndex(name).on(table).execute()
    } catch (error) {
      // MySQL has no `if exists` for indexes.
      if (mysqlErrorNumber(error) !== NOTHING_TO_DROP) throw error
    }
  },
}

export function openMysql(options: { url: string; poolSize: number }): Engine {
  const pool = new ConnectionPool(async () => boundSession(await connectMysql(options.url)), options.poolSize)
  const write = kyselyOver(pool)
  return {
    name: 'mysql',
    ddl,
    read: write.withPlugin(readOnlyPlugin),
    write,
    // Definitions commit by themselves here, so the lock is the connection's and not a transaction's. The connection is
    // not bounded: a migration may take as long as it needs.
    async changeSchema(change) {
      const single = new ConnectionPool(() => connectMysql(options.url), 1)
      try {
        return await kyselyOver(single)
          .connection()
          .execute(async (db) => {
            await takeMigrationLock(db)
            return change(db as unknown as Kysely<unknown>)
          })
      } finally {
        // Closing the connection gives the lock back.
        await single.close()
      }
    },
    close: () => pool.close(),
  }
}

async function takeMigrationLock(db: Kysely<Schema>): Promise<void> {
  // A lock name is the server's, not the database's, and has 64 characters at most.
  const lock = sql`get_lock(concat('gatepost ', sha1(database())), ${sql.lit(MIGRATION_LOCK_WAIT_SECONDS)})`
  const { rows } = await sql<{ got: number | null }>`select ${lock} as got`.execute(db)
  if (rows[0]?.got !== 1) throw toDatabaseUnavailable('another process is migrating')
}

function kyselyOver(pool: ConnectionPool): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new MysqlAdapter(),
      createDriver: () => new PooledDriver(pool, frame),
      createIntrospector: (db) => new MysqlIntrospector(db),
      createQueryCompiler: () => new MysqlQueryCompiler(),
    },
  })
}
