import type { RefreshTokenId, SessionId, TenantId } from '../../domain/ids.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import { deleteGrantsOutsideSessions } from '../../persistence/queries/oauth-grant.ts'
import { insertRefreshToken } from '../../persistence/queries/refresh-token.ts'
import type { SessionRecord } from '../../persistence/queries/session.ts'
import { findSessionOfUser, insertSession, listLiveSessions, markReauthenticated } from '../../persistence/queries/session.ts'
import type { UserRecord } from '../../persistence/queries/user-account.ts'
import { findUser, lockUserForChange } from '../../persistence/queries/user-account.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/digest.ts'
import type { Random } from '../../platform/random.ts'
import { newId, newSecret } from '../../platform/random.ts'
import { signAccessToken } from '../../protocols/access-token.ts'
import type { Events } from '../events/index.ts'
import type { Keys } from '../keys/index.ts'
import type { Limits } from '../limits/index.ts'
import { addressKey } from '../limits/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { Settings } from '../settings/index.ts'
import { ACCESS_TOKEN_TTL_SECONDS, APP_AUDIENCE } from './lifetimes.ts'
import { absoluteEnd, idleEnd } from './lengths.ts'
import { createSessionEnds } from './session-ends.ts'
import { createSessionLimit } from './session-limit.ts'
import { createRotation } from './rotate-refresh-token.ts'
import type { Sessions } from './session-types.ts'
import { acrOf, amrOf } from './amr-of.ts'
import { createVerifiedTokens } from './verified-tokens.ts'

export function createSessions(deps: {
  database: Database
  clock: Clock
  random: Random
  keys: Keys
  events: Events
  outbox: Outbox
  limits: Limits
  settings: Pick<Settings, 'policy'>
  issuer: string
  tenantId: TenantId
}): Sessions {
  const { database, clock, random, keys, events, limits, settings, issuer, tenantId } = deps
  const ends = createSessionEnds(deps)
  const rotation = createRotation({ ...deps, ends })
  const limit = createSessionLimit({ ...deps, ends })
  const verify = createVerifiedTokens({ keys, clock, issuer })

  async function mintAccessToken(user: UserRecord, session: SessionRecord): Promise<{ accessToken: string; accessExpiresAt: number }> {
    const issuedAt = Math.floor(clock.now() / 1_000)
    const expiresAt = Math.min(issuedAt + ACCESS_TOKEN_TTL_SECONDS, Math.floor(session.expires_at / 1_000))
    const amr = amrOf(session)
    const accessToken = signAccessToken(
      {
        iss: issuer,
        sub: user.id,
        aud: APP_AUDIENCE,
        iat: issuedAt,
        exp: expiresAt,
        jti: newId(clock, random),
        sid: session.id,
        auth_time: Math.floor(session.authenticated_at / 1_000),
        amr,
        acr: acrOf(amr),
        roles: user.roles,
        email_verified: user.emailVerifiedAt !== null,
        ...(user.isAnonymous ? { is_anonymous: true } : {}),
      },
      await keys.signer(),
    )
    return { accessToken, accessExpiresAt: expiresAt * 1_000 }
  }

  const isLive = (session: SessionRecord) =>
    session.ended_at === null && session.idle_expires_at > clock.now() && session.expires_at > clock.now()

  /** An anonymous session ends with the promotion: whoever read it before that, and its account afterwards, is refused, too. */
  const isOpenTo = (user: UserRecord | undefined, session: SessionRecord): user is UserRecord =>
    user !== undefined && user.disabledAt === null && (user.isAnonymous || amrOf(session).length > 0)

  const findLive: Sessions['findLive'] = async (sessionId) => {
    const found = await findSessionOfUser(database.read, sessionId)
    return found && found.session.tenant_id === tenantId && isLive(found.session) && isOpenTo(found.user, found.session) ? found : undefined
  }

  const issue: Sessions['issue'] = async ({ session, refreshToken }, held) => {
    const user = held ?? (await findUser(database.read, session.tenant_id, session.user_id))
    if (!isOpenTo(user, session)) return fail('session_ended')
    const minted = await mintAccessToken(user, session)
    return succeed({ user, session, refreshToken, refreshExpiresAt: session.idle_expires_at, ...minted })
  }

  const endInTransaction: Sessions['endInTransaction'] = async (tx, user, ending) => {
    // Whoever ends the sessions of an account ends what is on the way to one.
    await lockUserForChange(tx, user.userId)
    const count = await ends.endOfUser(tx, { userId: user.userId, except: ending.except, reason: ending.reason })
    // A device that was connected for good is signed in, too, and no browser's session ends it.
    const devices = await deleteGrantsOutsideSessions(tx, user.userId)
    if (count > 0 || devices > 0) {
      await events.record(tx, {
        type: 'session.ended',
        tenantId: user.tenantId,
        userId: user.userId,
        requester: ending.requester,
        // Ended from no browser at all: it was an operator.
        ...(ending.requester === null ? { actorUserId: null } : {}),
        data: { reason: ending.reason, count },
      })
    }
    return count
  }

  return {
    async start(tx, facts) {
      const now = clock.now()
      await limit.makeRoom(tx, facts)
      const expiresAt = absoluteEnd(now, facts.rules)
      const session: SessionRecord = {
        id: newId<SessionId>(clock, random),
        tenant_id: facts.tenantId,
        user_id: facts.userId,
        authenticated_at: facts.authenticatedAt ?? now,
        amr: facts.amr.join(' '),
        user_agent: facts.requester.userAgent,
        ip: facts.requester.ip,
        created_at: now,
        last_used_at: now,
        idle_expires_at: Math.min(idleEnd(now, facts.rules), expiresAt),
        expires_at: expiresAt,
        ended_at: null,
        ended_reason: null,
      }
      const refreshToken = newSecret(random)
      await insertSession(tx, session)
      await insertRefreshToken(tx, {
        id: newId<RefreshTokenId>(clock, random),
        tenant_id: facts.tenantId,
        session_id: session.id,
        secret_hash: sha256(refreshToken),
        created_at: now,
        expires_at: session.expires_at,
        rotated_at: null,
        successor_sealed: null,
      })
      await events.record(tx, {
        type: 'session.created',
        tenantId: facts.tenantId,
        userId: facts.userId,
        sessionId: session.id,
        requester: facts.requester,
        data: { amr: session.amr },
      })
      return { session, refreshToken }
    },

    sessionsToEnd: limit.sessionsToEnd,

    issue,

    async refresh(refreshToken, requester) {
      // A stranger without a token guesses nothing: pages ask on every load whether somebody is signed in.
      if (refreshToken === undefined) return fail({ code: 'invalid_refresh_token' })
      const limitKey = addressKey(requester.ip)
      const refused = await limits.take('refresh_failures_per_address', limitKey)
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const rotated = await rotation.rotate(refreshToken, requester, (await settings.policy()).session)
      const issued = rotated.ok ? await issue(rotated.value, rotated.value.user) : rotated
      if (!issued.ok) return fail({ code: 'invalid_refresh_token' })
      await limits.giveBack('refresh_failures_per_address', limitKey)
      return issued
    },

    async authenticate(accessToken) {
      const verified = await verify(accessToken)
      if (!verified.ok) return verified
      const found = await findLive(verified.value.sid)
      if (!found || found.user.id !== verified.value.sub) return fail('session_ended')
      return succeed({ ...found, tokenExpiresAt: verified.value.exp * 1_000 })
    },

    findLive,

    list: (userId, page) => listLiveSessions(database.read, userId, clock.now(), page),

    end: (user, sessionId, reason, requester) =>
      database.transaction(async (tx) => {
        const isEnded = await ends.endOne(tx, { id: sessionId, userId: user.userId, reason })
        if (isEnded) {
          await events.record(tx, { type: 'session.ended', tenantId: user.tenantId, userId: user.userId, sessionId, requester, data: { reason } })
        }
        return isEnded
      }),

    endOthers: (user, keep, requester) =>
      database.transaction((tx) => endInTransaction(tx, user, { except: keep, reason: 'ended_by_user', requester })),

    endInTransaction,

    endByRefreshToken: (refreshToken, requester) => rotation.endByRefreshToken(refreshToken, requester),
    findByRefreshToken: (refreshToken) => rotation.findSession(refreshToken),

    tellBeforeDeletion: ends.tellBeforeDeletion,
    tellOfRunOut: ends.tellOfRunOut,

    markReauthenticated: (tx, sessionId, amr, at = clock.now()) => markReauthenticated(tx, sessionId, { at, amr: amr.join(' ') }),
  }
}
