/**
 * PostgreSQL 15 and newer through `postgres`, one driver instance a connection: our pool lends them, because the
 * driver's own pool reconnects a reserved connection by itself, in the middle of a transaction.
 */
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql as kyselySql, type ColumnDefinitionBuilderCallback } from 'kysely'
import postgres from 'postgres'
import { toDatabaseUnavailable } from '../failures.ts'
import type { Schema } from '../schema.ts'
import { boundSession } from './bounded-session.ts'
import { ConnectionPool } from './connection-pool.ts'
import type { DdlDialect, Engine } from './engine.ts'
import type { Session } from './guarded-connection.ts'
import { PooledDriver, type TransactionFrame } from './pooled-driver.ts'
import { readOnlyPlugin } from './read-only-plugin.ts'

const CONNECT_TIMEOUT_SECONDS = 2
const STATEMENT_TIMEOUT_MILLISECONDS = 30_000
const IDLE_IN_TRANSACTION_TIMEOUT_MILLISECONDS = 30_000

const INT8_OID = 20

/** Without the second, a query that has no parameters would be sent anew as text each time; the driver's types do not know it. */
const PREPARED: postgres.UnsafeQueryOptions & { simple: boolean } = { prepare: true, simple: false }

/** Any number that only we use: two servers that migrate one database meet at this advisory lock. */
const MIGRATION_LOCK_KEY = 7_311_403_519

const frame: TransactionFrame = {
  begin: 'begin isolation level read committed',
  checkCommit(result) {
    // The server answers a commit after a failed statement with a rollback, and calls that a success.
    if (result.command === 'ROLLBACK') throw toDatabaseUnavailable('the commit was answered with a rollback')
  },
}

const asIs: ColumnDefinitionBuilderCallback = (column) => column

const ddl: DdlDialect = {
  longText: 'text',
  createTable: (db, name) => db.schema.createTable(name).ifNotExists(),
  addColumn: async (db, table, column, type, build = asIs) => {
    await db.schema.alterTable(table).addColumn(column, type, (its) => build(its).ifNotExists()).execute()
  },
  createIndex: async (db, name, table, columns) => {
    await db.schema.createIndex(name).ifNotExists().on(table).columns([...columns]).execute()
  },
  dropIndex: async (db, name) => {
    await db.schema.dropIndex(name).ifExists().execute()
  },
}

export function openPostgres(options: { url: string; poolSize: number }): Engine {
  const pool = new ConnectionPool(async () => boundSession(await connect(options.url)), options.poolSize)
  const write = kyselyOver(pool)
  return {
    name: 'postgres',
    ddl,
    read: write.withPlugin(readOnlyPlugin),
    write,
    // The transaction holds the lock. Its connection is not bounded: a migration may take as long as it needs.
    async changeSchema(change) {
      const single = new ConnectionPool(() => connect(options.url), 1)
      try {
        return await kyselyOver(single)
          .transaction()
          .execute(async (tx) => {
            await kyselySql`set local statement_timeout = 0`.execute(tx)
            await kyselySql`set local idle_in_transaction_session_timeout = 0`.execute(tx)
            await kyselySql`select pg_advisory_xact_lock(${kyselySql.lit(MIGRATION_LOCK_KEY)})`.execute(tx)
            return change(tx as unknown as Kysely<unknown>)
          })
      } finally {
        await single.close()
      }
    },
    close: () => pool.close(),
  }
}

function kyselyOver(pool: ConnectionPool): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new PooledDriver(pool, frame),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}

/** Unlike `end`, it closes again what was opened since; the driver's types do not know it. */
function closeAll(client: postgres.Sql<{ int8: number }>): Promise<void> {
  return (client as unknown as { close(): Promise<void> }).close()
}

/**
 * One connection. Two things the driver leaves open for ever, and both end here: a connection that is closed again and again before it
 * is ready (it tries anew each time), and a query that comes between the error of its socket and the socket's close.
 */
async function connect(url: string): Promise<Session> {
  let alive = true
  const unanswered = new Set<(reason: Error) => void>()
  const client = postgres(url, {
    max: 1,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    // The pool decides how long a connection lives.
    max_lifetime: null,
    backoff: () => 0,
    fetch_types: false,
    types: { int8: { to: INT8_OID, from: [INT8_OID], parse: Number, serialize: String } },
    connection: {
      application_name: 'gatepost',
      statement_timeout: STATEMENT_TIMEOUT_MILLISECONDS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MILLISECONDS,
    },
    onnotice: () => {},
    onclose: () => {
      alive = false
      for (const reject of unanswered) reject(toDatabaseUnavailable('the connection was closed'))
    },
  })
  // Ending the client rejects what it has not answered.
  const deadline = setTimeout(() => void client.end({ timeout: 0 }).catch(() => {}), CONNECT_TIMEOUT_SECONDS * 1_000)
  try {
    await client.unsafe('select 1')
  } catch (error) {
    void client.end({ timeout: 0 }).catch(() => {})
    // Where it was about to try anew it still does, and may get a connection that nobody would ever end.
    setTimeout(() => void closeAll(client).catch(() => {}), CONNECT_TIMEOUT_SECONDS * 1_000).unref()
    throw error
  } finally {
    clearTimeout(deadline)
  }
  return {
    get alive() {
      return alive
    },
    async run(sql, parameters) {
      const closed = Promise.withResolvers<never>()
      unanswered.add(closed.reject)
      try {
        const result = await Promise.race([client.unsafe(sql, parameters as postgres.ParameterOrJSON<never>[], PREPARED), closed.promise])
        return { rows: [...result], numAffectedRows: BigInt(result.count ?? 0), command: result.command }
      } catch (error) {
        // Nothing more goes over a connection that failed otherwise than by the server's answer.
        if (!(error instanceof postgres.PostgresError)) alive = false
        throw error
      } finally {
        unanswered.delete(closed.reject)
      }
    },
    async close() {
      alive = false
      await client.end({ timeout: 1 })
    },
  }
}
