import type { TenantId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Logger } from '../../platform/logger.ts'
import type { Clients } from '../clients/index.ts'
import type { Events } from '../events/index.ts'
import type { Grants } from '../grants/index.ts'
import type { Keys } from '../keys/index.ts'
import type { Sessions } from '../sessions/index.ts'
import { ACCESS_TOKEN_TTL_SECONDS } from '../sessions/index.ts'
import type { Caller, CallerReader, FoundCaller } from './caller.ts'
import { createSessionReader } from './caller.ts'
import { createClientTokenReader } from './client-token.ts'
import { OWN_CHANGE_HOLD_MS, REMEMBERED_CALLERS } from './lifetimes.ts'
import type { Subject } from './subjects.ts'
import { subjectOf, subjectsOf } from './subjects.ts'
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
 * A token that was verified and found alive is answered from memory until something happens to its account or client, and never when the
 * last look at what happened is older than a second. A change made in this very process counts at once.
 */
export function createCallers(deps: {
  database: Database
  clock: Clock
  monotonicNow: () => number
  logger: Logger
  events: Pick<Events, 'listen'>
  sessions: Pick<Sessions, 'authenticate'>
  issuer: string
  keys: Pick<Keys, 'findVerificationKey'>
  grants: Pick<Grants, 'find'>
  clients: Pick<Clients, 'show'>
  tenantId: TenantId
}): Callers {
  const { clock, monotonicNow, events } = deps
  const readers: readonly CallerReader[] = [createSessionReader(deps.sessions), createClientTokenReader(deps)]
  const remembered = new Map<string, FoundCaller>()
  const tokensBySubject = new Map<Subject, Set<string>>()
  /** Accounts and clients that this process is changing, until when (monotonic) their callers are not remembered. */
  const held = new Map<Subject, number>()

  function forget(accessToken: string, { caller }: FoundCaller): void {
    remembered.delete(accessToken)
    for (const subject of subjectsOf(caller)) {
      const tokens = tokensBySubject.get(subject)
      tokens?.delete(accessToken)
      if (tokens?.size === 0) tokensBySubject.delete(subject)
    }
  }

  function forgetSubject(subject: Subject): void {
    for (const accessToken of [...(tokensBySubject.get(subject) ?? [])]) {
      const known = remembered.get(accessToken)
      if (known) forget(accessToken, known)
    }
  }

  function isHeld(subject: Subject): boolean {
    const until = held.get(subject)
    if (until === undefined) return false
    if (until > monotonicNow()) return true
    held.delete(subject)
    return false
  }

  function remember(accessToken: string, found: FoundCaller): void {
    // A Map keeps insertion order: its first key is the oldest.
    const [oldest] = remembered.size >= REMEMBERED_CALLERS ? remembered : []
    if (oldest) forget(...oldest)
    // No longer than a token of ours lives, whatever it says: then its signature is verified again.
    remembered.set(accessToken, { ...found, expiresAt: Math.min(found.expiresAt, clock.now() + ACCESS_TOKEN_TTL_SECONDS * 1_000) })
    for (const subject of subjectsOf(found.caller)) {
      const tokens = tokensBySubject.get(subject)
      if (tokens) tokens.add(accessToken)
      else tokensBySubject.set(subject, new Set([accessToken]))
    }
  }

  const watch = createChangeWatch({
    ...deps,
    onChange(subjects) {
      for (const subject of subjects) forgetSubject(subject)
      // Asking is enough: whatever is over goes.
      for (const subject of held.keys()) isHeld(subject)
    },
    onLost() {
      remembered.clear()
      tokensBySubject.clear()
      held.clear()
    },
  })

  events.listen(({ userId, data }) => {
    const subject = subjectOf(userId, data)
    if (subject === undefined) return
    forgetSubject(subject)
    // In the order of their ends: what is over goes, also where nobody asks.
    held.delete(subject)
    for (const [first] of held) if (isHeld(first)) break
    held.set(subject, monotonicNow() + OWN_CHANGE_HOLD_MS)
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
      const isUnchanged = turn === watch.turn() && !subjectsOf(found.value.caller).some(isHeld)
      if (isCurrent && isUnchanged) remember(accessToken, found.value)
      return succeed(found.value.caller)
    },

    stop: () => watch.stop(),
  }
}
