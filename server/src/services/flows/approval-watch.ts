import type { ChallengeId } from '../../domain/ids.ts'
import type { Database } from '../../persistence/index.ts'
import { listApproved } from '../../persistence/queries/email-link.ts'
import type { Clock } from '../../platform/clock.ts'
import { addressKey } from '../limits/index.ts'
import type { ApprovalListener, Listening } from './link-types.ts'

/** How soon who waits hears of an approval, wherever it was given. */
const POLL_MS = 1_000
/** Tabs that one address may have waiting; a page without its connection still has its button. */
const MAX_PER_ADDRESS = 20
/** For one instance: each costs an open socket and nothing else. */
const MAX_LISTENERS = 5_000
/** Ids asked for in one statement. */
const BATCH_SIZE = 500

interface Waiting {
  readonly id: ChallengeId
  /** Milliseconds UTC. */
  readonly expiresAt: number
  readonly listener: ApprovalListener
}

/**
 * Everybody who waits at this instance for an approval, asked for together: one read of the primary key a second, none
 * while nobody waits. The database is what all instances share; a message bus would only be a second way for the news.
 */
export function createApprovalWatch({ database, clock }: { database: Database; clock: Clock }) {
  const all = new Set<Waiting>()
  const perAddress = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let isPolling = false
  let isClosed = false

  function remove(waiting: Waiting): boolean {
    if (!all.delete(waiting)) return false
    const key = addressKey(waiting.listener.ip)
    const left = (perAddress.get(key) ?? 1) - 1
    if (left > 0) perAddress.set(key, left)
    else perAddress.delete(key)
    if (all.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
    return true
  }

  async function poll(): Promise<void> {
    if (isPolling) return
    isPolling = true
    try {
      const now = clock.now()
      for (const waiting of all) if (waiting.expiresAt <= now && remove(waiting)) waiting.listener.onClosed()
      const ids = [...new Set([...all].map(({ id }) => id))]
      for (let start = 0; start < ids.length; start += BATCH_SIZE) {
        const approved = new Set(await listApproved(database.read, ids.slice(start, start + BATCH_SIZE)))
        for (const waiting of all) if (approved.has(waiting.id) && remove(waiting)) waiting.listener.onApproved()
      }
    } catch {
      // The database is away, which every other request says: the next second asks again.
    } finally {
      isPolling = false
    }
  }

  return {
    add({ id, expiresAt, isApproved }: { id: ChallengeId; expiresAt: number; isApproved: boolean }, listener: ApprovalListener): Listening | 'over' | 'too_many' {
      if (isClosed) return 'over'
      const key = addressKey(listener.ip)
      const count = perAddress.get(key) ?? 0
      if (count >= MAX_PER_ADDRESS || all.size >= MAX_LISTENERS) return 'too_many'
      if (isApproved) {
        listener.onApproved()
        return { stop: () => {} }
      }
      const waiting: Waiting = { id, expiresAt, listener }
      all.add(waiting)
      perAddress.set(key, count + 1)
      timer ??= setInterval(() => void poll(), POLL_MS).unref()
      return { stop: () => void remove(waiting) }
    },

    close(): void {
      isClosed = true
      for (const waiting of all) if (remove(waiting)) waiting.listener.onClosed()
    },
  }
}
