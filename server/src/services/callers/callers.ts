import type { TenantId, UserId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Logger } from '../../platform/logger.ts'
import type { Events } from '../events/index.ts'
import type { Sessions } from '../sessions/index.ts'
import { ACCESS_TOKEN_TTL_SECONDS } from '../sessions/index.ts'
import type { Caller, CallerReader, FoundCaller } from './caller.ts'
import { createSessionReader } from './caller.ts'
import { OWN_CHANGE_HOLD_MS, REMEMBERED_CALLERS } from './lifetimes.ts'
import { createChangeWatch } from './watch-changes.ts'

export interface Callers {
  /** From memory alone, in no time; undefined where the database has to be asked. */
  recall(accessToken: string): Caller | undefined
  /** Asks the database, and remembers the answer. */
  find(accessToken: string): Promise<Result<Caller, 'invalid_token'>>
  /** No more timers. */
  stop(): void
}

/**
 * A token that was verified and found alive is answered from memory until something happens to its account, and never when the
 * last look at what happened is older than a second. A change made in this very process counts at once.
 */
export function createCallers(deps: {
  database: Database
  clock: Clock
  monotonicNow: () => number
  logger: Logger
  events: Pick<Events, 'listen'>
  sessions: Pick<Sessions, 'authenticate'>
  tenantId: TenantId
}): Callers {
  const { clock, monotonicNow, events } = deps
  const readers: readonly CallerReader[] = [createSessionReader(deps.sessions)]
  const remembered = new Map<string, FoundCaller>()
  const tokensByUser = new Map<UserId, Set<string>>()
  /** Accounts that this process is changing, until when (monotonic) their callers are not remembered. */
  const held = new Map<UserId, number>()

  function forget(accessToken: string, { caller }: FoundCaller): void {
    remembered.delete(accessToken)
    const tokens = tokensByUser.get(caller.userId)
    tokens?.delete(accessToken)
    if (tokens?.size === 0) tokensByUser.delete(caller.userId)
  }

  function forgetUser(userId: UserId): void {
    for (const accessToken of tokensByUser.get(userId) ?? []) remembered.delete(accessToken)
    tokensByUser.delete(userId)
  }

  function isHeld(userId: UserId): boolean {
    const until = held.get(userId)
    if (until === undefined) return false
    if (until > monotonicNow()) return true
    held.delete(userId)
    return false
  }

  function remember(accessToken: string, found: FoundCaller): void {
    // A Map keeps insertion order: its first key is the oldest.
    const [oldest] = remembered.size >= REMEMBERED_CALLERS ? remembered : []
    if (oldest) forget(...oldest)
    const { userId } = found.caller
    // No longer than a token of ours lives, whatever it says: then its signature is verified again.
    remembered.set(accessToken, { ...found, expiresAt: Math.min(found.expiresAt, clock.now() + ACCESS_TOKEN_TTL_SECONDS * 1_000) })
    const tokens = tokensByUser.get(userId)
    if (tokens) tokens.add(accessToken)
    else tokensByUser.set(userId, new Set([accessToken]))
  }

  const watch = createChangeWatch({
    ...deps,
    onChange(userIds) {
      for (const userId of userIds) forgetUser(userId)
      // Asking is enough: whatever is over goes.
      for (const userId of held.keys()) isHeld(userId)
    },
    onLost() {
      remembered.clear()
      tokensByUser.clear()
      held.clear()
    },
  })

  events.listen(({ userId }) => {
    if (!userId) return
    forgetUser(userId)
    held.set(userId, monotonicNow() + OWN_CHANGE_HOLD_MS)
  })

  async function read(accessToken: string): Promise<Result<FoundCaller, 'invalid_token'>> {
    for (const reader of readers) {
      const found = await reader(accessToken)
      if (found.ok) return found
    }
    return fail('invalid_token')
  }

  return {
    recall(accessToken) {
      const known = remembered.get(accessToken)
      if (known === undefined || !watch.isCurrent()) return undefined
      if (known.expiresAt > clock.now()) return known.caller
      forget(accessToken, known)
      return undefined
    },

    async find(accessToken) {
      const isCurrent = watch.isCurrent()
      const turn = watch.turn()
      const found = await read(accessToken)
      if (!found.ok) return found
      const isUnchanged = turn === watch.turn() && !isHeld(found.value.caller.userId)
      if (isCurrent && isUnchanged) remember(accessToken, found.value)
      return succeed(found.value.caller)
    },

    stop: () => watch.stop(),
  }
}
