import type { DatabaseConnection, Driver } from 'kysely'
import type { GroupCommit } from './group-commit.ts'
import { GuardedConnection, type Session } from './guarded-connection.ts'
import type { SqliteConnection } from './sqlite-connection.ts'

/** Reads on a connection of their own: they see the last commit and never wait for a writer. */
export class SqliteReadDriver implements Driver {
  readonly #connection: SqliteConnection

  constructor(connection: SqliteConnection) {
    this.#connection = connection
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new GuardedConnection(sessionOf(this.#connection))
  }

  async beginTransaction(): Promise<void> {
    throw new TypeError('the reader has no transactions; use Database.transaction')
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#connection.close()
  }
}

/** Transactions on the one writing connection, in the turns and groups of GroupCommit. */
export class SqliteWriteDriver implements Driver {
  readonly #connection: SqliteConnection
  readonly #groupCommit: GroupCommit
  readonly #finished = new WeakSet<DatabaseConnection>()

  constructor(connection: SqliteConnection, groupCommit: GroupCommit) {
    this.#connection = connection
    this.#groupCommit = groupCommit
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new GuardedConnection(sessionOf(this.#connection))
  }

  async beginTransaction(): Promise<void> {
    await this.#groupCommit.begin()
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof GuardedConnection) connection.throwIfFailed()
    this.#finished.add(connection)
    await this.#groupCommit.commit()
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A commit that failed has passed its turn on; the writer is another transaction's by now.
    if (this.#finished.has(connection)) return
    this.#finished.add(connection)
    this.#groupCommit.rollback()
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#connection.close()
  }
}

function sessionOf(connection: SqliteConnection): Session {
  return {
    alive: true,
    run: (sql, parameters) => connection.run(sql, parameters),
    close: async () => {},
  }
}
