import { setTimeout as wait } from 'node:timers/promises'
import { DatabaseUnavailable, toDatabaseUnavailable } from '../failures.ts'
import type { Random } from '../../platform/random.ts'
import { BUSY_TIMEOUT_MILLISECONDS, type SqliteConnection } from './sqlite-connection.ts'
import { isSqliteBusy } from './sqlite-failures.ts'

/** Transactions that share one commit at most; bounds what one failed commit takes with it. */
const GROUP_SIZE_LIMIT = 64

/** How long a transaction waits for its turn; and whose turn it is, for a lock that another process holds. */
export const WRITE_WAIT_MILLISECONDS = 5_000

const LOCK_RETRY_MILLISECONDS = { least: 4, most: 24 }

interface Group {
  size: number
  settled: PromiseWithResolvers<void>
}

/** Brings what was committed before the call to the disk. */
export type SyncLog = () => Promise<void>

/**
 * One writer at a time, many transactions a commit, many commits a sync.
 *
 * Transactions run one after another, each inside a savepoint of one `begin immediate`, and those that arrived in the
 * same turn of the event loop share its commit. `commit` resolves when the log is on disk: the sync runs beside the event
 * loop, and all that is committed while one runs shares the next. One that rolls back returns to its savepoint and leaves
 * the others as they are; a failed commit fails all of the group, a failed sync all that waited for it.
 */
export class GroupCommit {
  readonly #connection: SqliteConnection
  readonly #random: Random
  readonly #syncLog: SyncLog
  readonly #waitMilliseconds: number
  #unsynced: Group[] = []
  #syncing: Promise<void> | undefined
  readonly #waiting: (() => void)[] = []
  #turnTaken = false
  #group: Group | undefined
  #commitScheduled = false

  constructor(connection: SqliteConnection, options: { random: Random; syncLog: SyncLog; waitMilliseconds?: number }) {
    this.#connection = connection
    this.#random = options.random
    this.#syncLog = options.syncLog
    this.#waitMilliseconds = options.waitMilliseconds ?? WRITE_WAIT_MILLISECONDS
  }

  /** @throws DatabaseUnavailable when the turn or the file's lock is not had in time */
  async begin(): Promise<void> {
    await this.#takeTurn()
    try {
      this.#group ??= await this.#openGroup()
      this.#connection.run('savepoint grouped', [])
      this.#group.size++
    } catch (error) {
      this.#passTurn()
      throw error
    }
  }

  /** Resolves when the transaction is on disk. */
  async commit(): Promise<void> {
    const group = this.#group
    if (group === undefined) throw toDatabaseUnavailable('the transaction is gone')
    try {
      this.#connection.run('release grouped', [])
    } catch (error) {
      this.#loseGroup(error)
    }
    this.#passTurn()
    await group.settled.promise
  }

  rollback(): void {
    try {
      this.#connection.run('rollback to grouped', [])
      this.#connection.run('release grouped', [])
    } catch (error) {
      this.#loseGroup(error)
    }
    this.#passTurn()
  }

  /** Commits what is only waiting for company, and waits for the disk; for closing. */
  async flush(): Promise<void> {
    if (!this.#turnTaken) this.#commitGroup()
    while (this.#syncing) await this.#syncing
  }

  async #takeTurn(): Promise<void> {
    if (!this.#turnTaken) {
      this.#turnTaken = true
      return
    }
    await new Promise<void>((resolve, reject) => {
      const take = (): void => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1)
        reject(toDatabaseUnavailable(`no turn to write within ${this.#waitMilliseconds} ms`))
      }, this.#waitMilliseconds)
      this.#waiting.push(take)
    })
  }

  #passTurn(): void {
    const next = this.#waiting.shift()
    if (next !== undefined) {
      if (this.#group !== undefined && this.#group.size >= GROUP_SIZE_LIMIT) this.#commitGroup()
      next()
      return
    }
    this.#turnTaken = false
    if (this.#group === undefined || this.#commitScheduled) return
    // After the I/O that is ready now was read: whatever it starts may still join.
    this.#commitScheduled = true
    setImmediate(() => {
      this.#commitScheduled = false
      if (!this.#turnTaken) this.#commitGroup()
    })
  }

  async #openGroup(): Promise<Group> {
    for (let waited = 0; ; ) {
      try {
        this.#connection.run('begin immediate', [])
        break
      } catch (error) {
        if (!isSqliteBusy(error)) throw toDatabaseUnavailable('cannot begin', error)
        if (waited >= this.#waitMilliseconds) throw toDatabaseUnavailable('another process holds the lock', error)
        const delay = this.#lockRetryDelay()
        await wait(delay)
        waited += delay + BUSY_TIMEOUT_MILLISECONDS
      }
    }
    const settled = Promise.withResolvers<void>()
    // All of the group may have rolled back, and then nobody waits for it.
    settled.promise.catch(() => {})
    return { size: 0, settled }
  }

  #commitGroup(): void {
    const group = this.#group
    if (group === undefined) return
    try {
      this.#connection.run('commit', [])
      this.#group = undefined
      this.#unsynced.push(group)
      this.#syncing ??= this.#syncAll()
    } catch (error) {
      this.#loseGroup(error)
    }
  }

  /** Never rejects: whoever waits for a group is told. */
  async #syncAll(): Promise<void> {
    while (this.#unsynced.length > 0) {
      const groups = this.#unsynced
      this.#unsynced = []
      try {
        await this.#syncLog()
        for (const group of groups) group.settled.resolve()
      } catch (error) {
        // What the disk took of it is not known: whoever reads on sees the change, and nobody was told that it was made.
        for (const group of groups) group.settled.reject(toDatabaseUnavailable('the commit did not reach the disk', error))
      }
    }
    this.#syncing = undefined
  }

  /** After some failures (disk full, I/O) SQLite has rolled back by itself, savepoints and all. */
  #loseGroup(error: unknown): void {
    const group = this.#group
    this.#group = undefined
    try {
      if (this.#connection.inTransaction) this.#connection.run('rollback', [])
    } catch (rollbackError) {
      error = new DatabaseUnavailable('database unavailable: cannot roll back', { cause: rollbackError })
    }
    group?.settled.reject(toDatabaseUnavailable('the commit failed', error))
  }

  #lockRetryDelay(): number {
    const { least, most } = LOCK_RETRY_MILLISECONDS
    return least + ((this.#random.bytes(1)[0] ?? 0) / 255) * (most - least)
  }
}
