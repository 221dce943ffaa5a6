import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { Policy, SessionsToEnd } from '../../flow/index.ts'
import { countSessionsThrough, findLiveSessionAt, listSessionsThrough } from '../../persistence/queries/session.ts'
import { lockUser } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Events } from '../events/index.ts'
import { ENDING_SESSIONS_SHOWN } from './lifetimes.ts'
import type { SessionEnds } from './session-ends.ts'

const NONE: SessionsToEnd = { count: 0, through: null, shown: [] }

/** How many sessions a person may have (OWASP ASVS 5.0, 7.1.2); the oldest sign-in is the first to end. */
export function createSessionLimit({ clock, events, ends }: { clock: Clock; events: Events; ends: Pick<SessionEnds, 'endThrough'> }) {
  /** The newest of the sessions that would have to end for one more. */
  async function findSurplus(tx: Transaction<Schema>, userId: UserId, { maximumPerUser }: Policy['session']) {
    return maximumPerUser === 0 ? undefined : findLiveSessionAt(tx, userId, clock.now(), maximumPerUser - 1)
  }

  return {
    async sessionsToEnd(tx: Transaction<Schema>, userId: UserId, rules: Policy['session']): Promise<SessionsToEnd> {
      const through = await findSurplus(tx, userId, rules)
      if (!through) return NONE
      const which = { userId, through, at: clock.now() }
      const sessions = await listSessionsThrough(tx, which, ENDING_SESSIONS_SHOWN)
      const shown = sessions.map((one) => ({ id: one.id, userAgent: one.user_agent, ip: one.ip, lastUsedAt: one.last_used_at }))
      return { count: await countSessionsThrough(tx, which), through, shown }
    },

    /** The account is held first: of two sign-ins at once the second counts the session of the first. */
    async makeRoom(tx: Transaction<Schema>, start: { tenantId: TenantId; userId: UserId; requester: Requester; rules: Policy['session'] }): Promise<void> {
      const { tenantId, userId, requester, rules } = start
      if (rules.maximumPerUser === 0) return
      await lockUser(tx, userId)
      const through = await findSurplus(tx, userId, rules)
      if (!through) return
      const reason = 'session_limit'
      const count = await ends.endThrough(tx, { userId, through, reason })
      await events.record(tx, { type: 'session.ended', tenantId, userId, requester, data: { reason, count } })
    },
  }
}
