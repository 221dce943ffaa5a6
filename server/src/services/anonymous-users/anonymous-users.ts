import type { Requester } from '../../domain/requester.ts'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import { deleteAnonymousUser, listUnusedAnonymousUsers } from '../../persistence/queries/anonymous-user.ts'
import { insertUser } from '../../persistence/queries/user-account.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import { newId } from '../../platform/random.ts'
import type { Events } from '../events/index.ts'
import type { LimitRefusal, Limits } from '../limits/index.ts'
import { addressKey } from '../limits/index.ts'
import type { IssuedTokens, Sessions } from '../sessions/index.ts'
import type { Settings } from '../settings/index.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** Deleted in one transaction: nobody waits long behind it. */
const BATCH_SIZE = 100
/** A run is over soon; the next one takes the rest. */
const BATCHES_A_RUN = 50

export type AnonymousSignUpFailure = { readonly code: 'not_offered' } | ({ readonly code: 'rate_limited' } & LimitRefusal)

export interface AnonymousUsers {
  /** An account without any identity, and a session of it. Whoever holds the session holds the account; nothing else leads to it. */
  signUp(requester: Requester): Promise<Result<IssuedTokens, AnonymousSignUpFailure>>
  /** Deletes those that had no living session for as long as the settings keep them; safe to run anywhere, any number of times. */
  purge(): Promise<void>
}

export function createAnonymousUsers(deps: {
  database: Database
  clock: Clock
  random: Random
  settings: Settings
  sessions: Sessions
  limits: Limits
  events: Events
  tenantId: TenantId
}): AnonymousUsers {
  const { database, clock, random, settings, sessions, limits, events, tenantId } = deps

  return {
    async signUp(requester) {
      if (!(await settings.document()).anonymous.is_allowed) return fail({ code: 'not_offered' })
      const refused = await limits.take('sign_ups_per_address', addressKey(requester.ip))
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const { session: rules } = await settings.policy()
      const started = await database.transaction(async (tx) => {
        const userId = newId<UserId>(clock, random)
        await insertUser(tx, { id: userId, tenantId, at: clock.now(), language: requester.language, isAnonymous: true })
        await events.record(tx, { type: 'user.created_anonymous', tenantId, userId, requester })
        return sessions.start(tx, { tenantId, userId, amr: [], requester, rules })
      })
      const issued = await sessions.issue(started)
      if (!issued.ok) throw new Error('the session of a new anonymous account was over at once')
      return issued
    },

    async purge() {
      const { keep_days: keepDays } = (await settings.document()).anonymous
      const before = clock.now() - keepDays * DAY_MS
      for (let batch = 0; batch < BATCHES_A_RUN; batch += 1) {
        const unused = await listUnusedAnonymousUsers(database.read, { tenantId, before }, BATCH_SIZE)
        if (unused.length === 0) return
        await database.transaction(async (tx) => {
          for (const userId of unused) {
            const isDeleted = await deleteAnonymousUser(tx, tenantId, userId)
            if (isDeleted) await events.record(tx, { type: 'user.deleted', tenantId, actorUserId: null, userId, data: { reason: 'unused' } })
          }
        })
      }
    },
  }
}
