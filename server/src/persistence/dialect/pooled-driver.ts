import { CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from 'kysely'
import type { ConnectionPool } from './connection-pool.ts'
import { GuardedConnection, type Session } from './guarded-connection.ts'

/** How a client/server engine spells the frame of a transaction. */
export interface TransactionFrame {
  readonly begin: string
  /** Throws when the server's answer to `commit` says that it rolled back. */
  checkCommit(result: QueryResult<unknown> & { readonly command?: string }): void
}

/** Kysely's driver over our pool, for the engines that live in another process. */
export class PooledDriver implements Driver {
  readonly #pool: ConnectionPool
  readonly #frame: TransactionFrame
  readonly #unusable = new WeakSet<Session>()

  constructor(pool: ConnectionPool, frame: TransactionFrame) {
    this.#pool = pool
    this.#frame = frame
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new GuardedConnection(await this.#pool.acquire())
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    asGuarded(connection).beginWith(this.#frame.begin)
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const guarded = asGuarded(connection)
    guarded.throwIfFailed()
    if (!guarded.hasBegun) return
    this.#frame.checkCommit(await guarded.executeQuery(CompiledQuery.raw('commit')))
  }

  /** Never throws: the reason for rolling back is what the caller must see. A connection that cannot roll back is closed, which does. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    const { session, hasBegun } = asGuarded(connection)
    try {
      if (session.alive && hasBegun) await session.run('rollback', [])
    } catch {
      this.#unusable.add(session)
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const { session } = asGuarded(connection)
    this.#pool.release(session, !this.#unusable.has(session))
  }

  async destroy(): Promise<void> {
    await this.#pool.close()
  }
}

function asGuarded(connection: DatabaseConnection): GuardedConnection {
  if (!(connection instanceof GuardedConnection)) throw new TypeError('a connection of another driver')
  return connection
}
