import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { RefreshTokenId, SessionId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { languageFor } from '../../domain/mail.ts'
import type { Database } from '../../persistence/index.ts'
import type { PresentedRefreshToken } from '../../persistence/queries/refresh-token.ts'
import { findRefreshToken, findRefreshTokenByHash, insertRefreshToken, markRotated } from '../../persistence/queries/refresh-token.ts'
import type { SessionRecord } from '../../persistence/queries/session.ts'
import { touchSession } from '../../persistence/queries/session.ts'
import type { UserRecord } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/digest.ts'
import type { Random } from '../../platform/random.ts'
import { newId, newSecret } from '../../platform/random.ts'
import { openUnderSecret, sealUnderSecret } from '../../platform/sealing.ts'
import type { Events } from '../events/index.ts'
import type { Outbox } from '../outbox/index.ts'
import { MAX_CLOCK_SKEW_MS, REFRESH_REUSE_WINDOW_MS } from './lifetimes.ts'
import type { SessionEnds } from './session-ends.ts'
import type { SessionLengths } from './lengths.ts'
import { absoluteEnd, idleEnd } from './lengths.ts'
import type { EndReason, StartedSession } from './session-types.ts'

/** The person comes from the same look as the token: whoever disables them ends the session (`useSession`). */
type Rotated = Result<StartedSession & { readonly user: UserRecord }, 'invalid_refresh_token'>

/** The exact text form of our refresh tokens: anything else is refused before the database is asked. */
const REFRESH_TOKEN = /^[A-Za-z0-9_-]{43}$/
const SEALING_PURPOSE = 'refresh-successor'

/**
 * Refresh token rotation (RFC 9700 section 4.14.2). A spent token that comes back within the window, as the immediate
 * predecessor of the live one, gets that same live one; any other spent token was stolen or replayed, and its session
 * ends in a transaction that commits although the answer is a refusal.
 */
export function createRotation(deps: { database: Database; clock: Clock; random: Random; events: Events; outbox: Outbox; ends: Pick<SessionEnds, 'endOne'> }) {
  const { database, clock, random, events, outbox, ends } = deps

  function isUsable(token: PresentedRefreshToken, now: number): boolean {
    const { session } = token
    return session.ended_at === null && session.idle_expires_at > now && session.expires_at > now && token.user.disabledAt === null
  }

  async function spend(tx: Transaction<Schema>, token: PresentedRefreshToken, presented: string, lengths: SessionLengths): Promise<StartedSession | undefined> {
    const now = clock.now()
    const successor = newSecret(random)
    const successorSealed = sealUnderSecret(presented, SEALING_PURPOSE, successor, random)
    if (!(await markRotated(tx, token.id, { at: now, successorSealed }))) return undefined
    await insertRefreshToken(tx, {
      id: newId<RefreshTokenId>(clock, random),
      tenant_id: token.tenant_id,
      session_id: token.session_id,
      secret_hash: sha256(successor),
      created_at: now,
      expires_at: token.session.expires_at,
      rotated_at: null,
      successor_sealed: null,
    })
    const session = await useSession(tx, token, lengths)
    return session && { session, refreshToken: successor }
  }

  /** Undefined when it has ended since it was read: whoever ends it writes the same row, and is waited for. */
  async function useSession(tx: Transaction<Schema>, { session }: PresentedRefreshToken, lengths: SessionLengths): Promise<SessionRecord | undefined> {
    const now = clock.now()
    const idleExpiresAt = Math.min(idleEnd(now, lengths), session.expires_at, absoluteEnd(session.created_at, lengths))
    const isLive = await touchSession(tx, session.id, { at: now, idleExpiresAt })
    return isLive ? { ...session, last_used_at: now, idle_expires_at: idleExpiresAt } : undefined
  }

  function isOutlived({ created_at: createdAt, last_used_at: lastUsedAt }: PresentedRefreshToken['session'], lengths: SessionLengths): boolean {
    return Math.min(absoluteEnd(createdAt, lengths), idleEnd(lastUsedAt, lengths)) <= clock.now()
  }

  async function end(tx: Transaction<Schema>, { session }: PresentedRefreshToken, reason: EndReason, requester: Requester): Promise<boolean> {
    if (!(await ends.endOne(tx, { id: session.id, reason }))) return false
    const about = { tenantId: session.tenant_id, userId: session.user_id, sessionId: session.id, requester }
    await events.record(tx, { type: 'session.ended', ...about, data: { reason } })
    return true
  }

  /** The live successor, while the window is open and nothing came after it. */
  async function repeat(tx: Transaction<Schema>, token: PresentedRefreshToken, presented: string, lengths: SessionLengths): Promise<StartedSession | undefined> {
    const age = clock.now() - token.rotated_at!
    // Another instance's clock may run ahead: its fresh rotation is not a theft.
    if (age < -MAX_CLOCK_SKEW_MS || age > REFRESH_REUSE_WINDOW_MS || token.successor_sealed === null) return undefined
    const successor = openUnderSecret(presented, SEALING_PURPOSE, token.successor_sealed)
    const record = successor === undefined ? undefined : await findRefreshTokenByHash(tx, sha256(successor))
    if (successor === undefined || !record || record.rotated_at !== null) return undefined
    const session = await useSession(tx, token, lengths)
    return session && { session, refreshToken: successor }
  }

  async function endForReuse(tx: Transaction<Schema>, token: PresentedRefreshToken, requester: Requester): Promise<void> {
    const { session, user } = token
    if (!(await ends.endOne(tx, { id: session.id, reason: 'refresh_token_reuse' }))) return
    const about = { tenantId: session.tenant_id, userId: session.user_id, sessionId: session.id, requester }
    await events.record(tx, { type: 'session.refresh_token_reused', ...about })
    await events.record(tx, { type: 'session.ended', ...about, data: { reason: 'refresh_token_reuse' } })
    await outbox.enqueueNotice(tx, session.tenant_id, user, { template: 'refresh_token_reuse', at: clock.now(), ...requester, language: languageFor(user, requester) })
  }

  return {
    /** `lengths` are those of today: shorter ones than a session was begun under hold for it, too. */
    async rotate(presented: string, requester: Requester, lengths: SessionLengths): Promise<Rotated> {
      if (!REFRESH_TOKEN.test(presented)) return fail('invalid_refresh_token')
      return database.transaction(async (tx) => {
        const token = await findRefreshToken(tx, sha256(presented))
        if (!token || !isUsable(token, clock.now())) return fail('invalid_refresh_token')
        if (token.rotated_at === null) {
          if (isOutlived(token.session, lengths)) {
            await end(tx, token, 'lengths_changed', requester)
            return fail('invalid_refresh_token')
          }
          const spent = await spend(tx, token, presented, lengths)
          if (spent) return succeed({ ...spent, user: token.user })
        }
        // Spent, by an earlier request or by one that ran beside this one: read again what is committed now.
        const again = await findRefreshToken(tx, sha256(presented))
        if (!again || again.rotated_at === null || !isUsable(again, clock.now())) return fail('invalid_refresh_token')
        const repeated = await repeat(tx, again, presented, lengths)
        if (repeated) return succeed({ ...repeated, user: again.user })
        await endForReuse(tx, again, requester)
        return fail('invalid_refresh_token')
      })
    },

    async findSession(presented: string): Promise<SessionId | undefined> {
      return REFRESH_TOKEN.test(presented) ? (await findRefreshToken(database.read, sha256(presented)))?.session_id : undefined
    },

    async endByRefreshToken(presented: string, requester: Requester): Promise<boolean> {
      if (!REFRESH_TOKEN.test(presented)) return false
      return database.transaction(async (tx) => {
        const token = await findRefreshToken(tx, sha256(presented))
        if (!token || !(await end(tx, token, 'logout', requester))) return false
        return true
      })
    },
  }
}
