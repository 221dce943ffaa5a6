import { CompiledQuery, type DatabaseConnection, type QueryResult } from 'kysely'
import { classifyFailure, toDatabaseUnavailable } from '../failures.ts'

/** One connection as its engine's file gives it. */
export interface Session {
  /** False as soon as the connection is known to be gone; it is never used again. */
  readonly alive: boolean
  run(sql: string, parameters: readonly unknown[]): Promise<QueryResult<unknown>> | QueryResult<unknown>
  close(): Promise<void>
}

/** Undoes one failed statement; see transaction.ts. */
export const SAVE_ATTEMPT = 'savepoint attempt'
export const UNDO_ATTEMPT = 'rollback to savepoint attempt'
export const KEEP_ATTEMPT = 'release savepoint attempt'

/**
 * A connection on loan for one query or one transaction. It gives every engine the same two rules:
 *
 * - A statement that failed fails the transaction, even when its error was caught. PostgreSQL would turn the commit into
 *   a silent rollback, MariaDB would go on outside the transaction after a deadlock, SQLite would keep the rest.
 * - After a lost connection nothing more is sent: a driver that reconnects by itself would run the rest of the
 *   transaction without one.
 */
export class GuardedConnection implements DatabaseConnection {
  readonly session: Session
  #begin: string | undefined
  #failure: Error | undefined
  #lost = false

  constructor(session: Session) {
    this.session = session
  }

  /** Begins a transaction with the first statement: on a driver that does not wait between the two, a read travels along. */
  beginWith(sql: string): void {
    this.#begin = sql
  }

  /** False while nothing was sent since `beginWith`: there is nothing to commit, and nothing to roll back. */
  get hasBegun(): boolean {
    return this.#begin === undefined
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const begin = this.#begin
    if (begin === undefined) return this.#send(query)
    this.#begin = undefined
    const begun = this.#send(CompiledQuery.raw(begin))
    // Where the begin fails, a read was a read; a write would stand without its transaction.
    if (!query.sql.startsWith('select ')) await begun
    const [, result] = await Promise.all([begun, this.#send<R>(query)])
    return result
  }

  async #send<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#lost || !this.session.alive) throw (this.#failure = toDatabaseUnavailable('connection lost', this.#failure))
    try {
      query.parameters.forEach(refuseUnbindable)
      const result = await this.session.run(query.sql, query.parameters)
      if (query.sql === UNDO_ATTEMPT) this.#failure = undefined
      return result as QueryResult<R>
    } catch (error) {
      const failure = this.#translate(error)
      this.#failure ??= failure
      throw failure
    }
  }

  /** The first failure that was not undone; a commit must not happen when there is one. */
  throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure
  }

  /** True when it is unknown what state the connection is in. */
  get lost(): boolean {
    return this.#lost || !this.session.alive
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query)
  }

  #translate(error: unknown): Error {
    const kind = classifyFailure(error)
    // A deadlock has rolled everything back, savepoints included: this transaction can only start again.
    if (kind === 'retry' || kind === 'unavailable') this.#lost = true
    if (kind === 'unavailable') return toDatabaseUnavailable('query failed', error)
    return error instanceof Error ? error : new Error('the driver threw something else than an error', { cause: error })
  }
}

/** An object would be named parameters to one driver, JSON to the next and `[object Object]` to the third. */
function refuseUnbindable(value: unknown): void {
  const bindable = value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
  if (!bindable && !(value instanceof Uint8Array)) throw new TypeError(`a query parameter cannot be of type ${typeof value}`)
}
