import type { Transaction } from 'kysely'
import type { SessionId, TenantId, UserId } from '../../domain/ids.ts'
import type { Database } from '../../persistence/index.ts'
import type { ClientOfSession } from '../../persistence/queries/client-session.ts'
import { listClientsOfRunOutSessions, listClientsOfSession, listClientsOfUser, takeClientSession } from '../../persistence/queries/client-session.ts'
import { endSession, endSessionsOfUser, endSessionsThrough } from '../../persistence/queries/session.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Outbox } from '../outbox/index.ts'
import { MAX_CLOCK_SKEW_MS } from './lifetimes.ts'
import type { EndReason } from './session-types.ts'

/** Told in one transaction: nobody waits long behind it. */
const BATCH_SIZE = 100

/**
 * The one way in which sessions end: by whatever they do, the clients that they signed in to are told, in the same
 * transaction (OpenID Connect Back-Channel Logout 1.0).
 */
export interface SessionEnds {
  /** True for the call that ended it. `userId`: whose it must be. */
  endOne(tx: Transaction<Schema>, ending: { id: SessionId; userId?: UserId; reason: EndReason }): Promise<boolean>
  /** How many sessions this call ended. */
  endOfUser(tx: Transaction<Schema>, ending: { userId: UserId; except?: SessionId | undefined; reason: EndReason }): Promise<number>
  /** Those of the user up to this one, by age; how many. */
  endThrough(tx: Transaction<Schema>, ending: { userId: UserId; through: SessionId; reason: EndReason }): Promise<number>
  /** For an account that is about to be deleted, with every row that says where it was signed in. */
  tellBeforeDeletion(tx: Transaction<Schema>, userId: UserId): Promise<void>
  /** For sessions that ran out, which nothing ends; safe to run anywhere, any number of times. */
  tellOfRunOut(): Promise<void>
}

export function createSessionEnds(deps: { database: Database; clock: Clock; outbox: Pick<Outbox, 'enqueueLogout'>; tenantId: TenantId }): SessionEnds {
  const { database, clock, outbox, tenantId } = deps

  async function tell(tx: Transaction<Schema>, clients: readonly ClientOfSession[]): Promise<void> {
    for (const { sessionId, clientId, tenantId: of, userId, sid, metadata } of clients) {
      // Of transactions that saw the same session end, one finds the row still there.
      const isOurs = await takeClientSession(tx, sessionId, clientId)
      if (isOurs && mayBeTold(metadata)) await outbox.enqueueLogout(tx, of, { clientId, userId, sid })
    }
  }

  return {
    async endOne(tx, ending) {
      if (!(await endSession(tx, { ...ending, at: clock.now() }))) return false
      await tell(tx, await listClientsOfSession(tx, ending.id))
      return true
    },

    async endOfUser(tx, ending) {
      const count = await endSessionsOfUser(tx, { ...ending, at: clock.now() })
      if (count > 0) await tell(tx, await listClientsOfUser(tx, ending.userId, 'ended'))
      return count
    },

    async endThrough(tx, { reason, ...which }) {
      const count = await endSessionsThrough(tx, { ...which, at: clock.now() }, reason)
      if (count > 0) await tell(tx, await listClientsOfUser(tx, which.userId, 'ended'))
      return count
    },

    tellBeforeDeletion: async (tx, userId) => tell(tx, await listClientsOfUser(tx, userId, 'all')),

    async tellOfRunOut() {
      let isMore = true
      while (isMore) {
        // For an instance whose clock is behind, it may go on a moment longer.
        const clients = await listClientsOfRunOutSessions(database.read, tenantId, clock.now() - MAX_CLOCK_SKEW_MS, BATCH_SIZE)
        if (clients.length > 0) await database.transaction((tx) => tell(tx, clients))
        isMore = clients.length === BATCH_SIZE
      }
    },
  }
}

/** A client that has no row here is asked about where the token is made. */
function mayBeTold(metadata: string | null): boolean {
  return metadata === null || (JSON.parse(metadata) as { backchannel_logout_uri?: string }).backchannel_logout_uri !== undefined
}
