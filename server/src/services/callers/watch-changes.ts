import type { TenantId } from '../../domain/ids.ts'
import type { Database } from '../../persistence/index.ts'
import { listAccountEvents } from '../../persistence/queries/event.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Logger } from '../../platform/logger.ts'
import { MAX_CLOCK_SKEW_MS } from '../sessions/index.ts'
import type { Subject } from './subjects.ts'
import { subjectOf } from './subjects.ts'
import { CHANGES_FOLLOWED, CHANGES_MAX_AGE_MS, CHANGES_READ_EVERY_MS, LATE_COMMIT_MS, WATCHED_AFTER_LAST_QUESTION_MS } from './lifetimes.ts'

export interface ChangeWatch {
  /** True while whatever was committed a second ago is known here. Asking keeps the watch going. */
  isCurrent(): boolean
  /** Differs when anything was learned in between: what was read from the database meanwhile may be older than that. */
  turn(): number
  stop(): void
}

/**
 * Follows what happens to accounts and clients, whichever instance or command it happens in, by the event that every change of state appends in
 * its own transaction. Read are the events of the last two minutes, and those that were not there the last time are new: an
 * instance whose clock is behind, and a transaction that commits late, write into the past.
 */
export function createChangeWatch(deps: {
  database: Database
  clock: Clock
  monotonicNow: () => number
  logger: Logger
  tenantId: TenantId
  /** Something happened to these accounts and clients. */
  onChange: (subjects: Iterable<Subject>) => void
  /** Nobody asks any more, or too much happened to follow: whatever was learned before counts no longer. */
  onLost: () => void
}): ChangeWatch {
  const { database, clock, monotonicNow, logger, tenantId, onChange, onLost } = deps
  /** Events that were there at the last reading; undefined before the first. */
  let seen: ReadonlySet<string> | undefined
  let lastReadAt = Infinity
  let currentAsOf = -Infinity
  let lastAskedAt = -Infinity
  let turn = 0
  let timer: NodeJS.Timeout | undefined
  let isReading = false
  let isStopped = false

  function lose(): void {
    seen = undefined
    lastReadAt = Infinity
    currentAsOf = -Infinity
    turn += 1
    onLost()
  }

  async function read(): Promise<void> {
    const [startedAt, now] = [monotonicNow(), clock.now()]
    // From the last reading on, should the wall clock have been moved since.
    const since = Math.min(lastReadAt, now) - MAX_CLOCK_SKEW_MS - LATE_COMMIT_MS
    const events = await listAccountEvents(database.read, { tenantId, at: since, limit: CHANGES_FOLLOWED })
    if (isStopped) return
    if (events.length >= CHANGES_FOLLOWED) return lose()
    const before = seen
    const fresh = before === undefined ? [] : events.filter(({ id }) => !before.has(id))
    seen = new Set(events.map(({ id }) => id))
    if (before === undefined || fresh.length > 0) turn += 1
    onChange(fresh.flatMap(({ user_id: userId, data }) => subjectOf(userId, data === null ? undefined : (JSON.parse(data) as Record<string, unknown>)) ?? []))
    // What was committed before the reading began was read.
    currentAsOf = startedAt
    lastReadAt = now
  }

  async function run(): Promise<void> {
    isReading = true
    try {
      await read()
    } catch (error) {
      if (!isStopped) logger.warn({ err: error }, 'what happened to accounts could not be read: every caller is asked for in the database')
    }
    isReading = false
    if (isStopped) return
    if (monotonicNow() - lastAskedAt > WATCHED_AFTER_LAST_QUESTION_MS) return lose()
    timer = setTimeout(() => {
      timer = undefined
      void run()
    }, CHANGES_READ_EVERY_MS)
    timer.unref()
  }

  return {
    isCurrent() {
      const now = monotonicNow()
      lastAskedAt = now
      if (timer === undefined && !isReading && !isStopped) void run()
      return now - currentAsOf < CHANGES_MAX_AGE_MS
    },
    turn: () => turn,
    stop() {
      isStopped = true
      currentAsOf = -Infinity
      clearTimeout(timer)
    },
  }
}
