import { toDatabaseUnavailable } from '../failures.ts'
import type { Session } from './guarded-connection.ts'

/** A request that finds no connection within this time gets 503 instead of joining a growing queue. */
export const CONNECTION_WAIT_MILLISECONDS = 2_000

/** Connections are replaced after this age, so that a failover or a new address is found and statement caches stay small. */
const CONNECTION_LIFETIME_MILLISECONDS = 30 * 60_000

interface Waiter {
  grant(session: Promise<Session>): void
  timer: NodeJS.Timeout
}

/**
 * A bounded pool of connections, each lent to one query or one transaction at a time; the last one given back is lent
 * first. Nothing is connected before it is needed, and a connection that is gone is replaced at the next need, so the
 * server may start before its database and survives the database's restart.
 */
export class ConnectionPool {
  readonly #connect: () => Promise<Session>
  readonly #size: number
  readonly #idle: Session[] = []
  readonly #aged = new WeakSet<Session>()
  readonly #waiting: Waiter[] = []
  #lent = 0
  #closed = false

  constructor(connect: () => Promise<Session>, size: number) {
    this.#connect = connect
    this.#size = size
  }

  /** @throws DatabaseUnavailable when no connection is to be had within CONNECTION_WAIT_MILLISECONDS */
  async acquire(): Promise<Session> {
    if (this.#closed) throw toDatabaseUnavailable('the pool is closed')
    if (this.#lent < this.#size) {
      this.#lent++
      return this.#lend()
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        grant: (session) => {
          clearTimeout(waiter.timer)
          resolve(session)
        },
        timer: setTimeout(() => {
          this.#waiting.splice(this.#waiting.indexOf(waiter), 1)
          reject(toDatabaseUnavailable(`no free connection within ${CONNECTION_WAIT_MILLISECONDS} ms`))
        }, CONNECTION_WAIT_MILLISECONDS),
      }
      this.#waiting.push(waiter)
    })
  }

  /** `reusable` is false when the connection's state is not known. */
  release(session: Session, reusable: boolean): void {
    const keep = reusable && session.alive && !this.#closed && !this.#aged.has(session)
    if (keep) this.#idle.push(session)
    else void session.close().catch(() => {})
    this.#passOn()
  }

  /** Closes what is idle; what is lent is closed when it comes back. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#idle.splice(0).map((session) => session.close()))
  }

  async #lend(): Promise<Session> {
    for (let session = this.#idle.pop(); session !== undefined; session = this.#idle.pop()) {
      if (session.alive && !this.#aged.has(session)) return session
      void session.close().catch(() => {})
    }
    try {
      const session = await this.#connect()
      setTimeout(() => this.#aged.add(session), CONNECTION_LIFETIME_MILLISECONDS).unref()
      return session
    } catch (error) {
      this.#passOn()
      throw toDatabaseUnavailable('cannot connect', error)
    }
  }

  #passOn(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#lent--
    else next.grant(this.#lend())
  }
}
