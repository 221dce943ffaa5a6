import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { QueryResult } from 'kysely'

/**
 * node:sqlite waits for a lock by blocking the whole process, so the engine itself hardly waits; whoever can wait longer
 * does so between tries (group-commit.ts).
 */
export const BUSY_TIMEOUT_MILLISECONDS = 10

/** Distinct statements kept prepared; the server has a few hundred. */
const STATEMENT_CACHE_SIZE = 500

interface CachedStatement {
  statement: StatementSync
  returnsRows: boolean
}

/** One connection to the file, with its prepared statements. Synchronous. */
export class SqliteConnection {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, CachedStatement>()

  constructor(path: string, options: { readOnly: boolean }) {
    this.#database = new DatabaseSync(path, {
      readOnly: options.readOnly,
      timeout: BUSY_TIMEOUT_MILLISECONDS,
      enableForeignKeyConstraints: true,
    })
    // In WAL mode NORMAL syncs where the order of writes matters; what is committed is synced by write-ahead-log.ts.
    this.#database.exec('pragma synchronous = normal')
    this.#database.exec('pragma trusted_schema = off')
  }

  /** Readers never wait for the writer in this mode. It is a property of the file and needs its lock when it changes. */
  useWriteAheadLog(): void {
    this.#database.exec('pragma journal_mode = wal')
  }

  /** Moves the log into the file, so that the file alone is the database; as far as other processes let it. */
  checkpoint(): void {
    try {
      this.#database.exec('pragma wal_checkpoint(truncate)')
    } catch {
      // The log stays beside the file, and the next connection reads it.
    }
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction
  }

  run(sql: string, parameters: readonly unknown[]): QueryResult<unknown> {
    const { statement, returnsRows } = this.#prepare(sql)
    // The driver refuses what it cannot bind; nothing is coerced here.
    const values = parameters as SQLInputValue[]
    if (returnsRows) return { rows: statement.all(...values) }
    return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) }
  }

  close(): void {
    this.#statements.clear()
    if (this.#database.isOpen) this.#database.close()
  }

  #prepare(sql: string): CachedStatement {
    const cached = this.#statements.get(sql)
    if (cached !== undefined) {
      // A Map keeps insertion order: reinserting makes the first key the least recently used.
      this.#statements.delete(sql)
      this.#statements.set(sql, cached)
      return cached
    }
    const statement = this.#database.prepare(sql)
    const prepared = { statement, returnsRows: statement.columns().length > 0 }
    this.#statements.set(sql, prepared)
    if (this.#statements.size > STATEMENT_CACHE_SIZE) this.#statements.delete(this.#statements.keys().next().value!)
    return prepared
  }
}
