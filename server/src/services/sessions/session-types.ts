import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { SessionId, TenantId, UserId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import type { Amr, Policy, SessionsToEnd } from '../../flow/index.ts'
import type { SessionRecord } from '../../persistence/queries/session.ts'
import type { UserRecord } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { LimitRefusal } from '../limits/index.ts'

export type { SessionRecord, UserRecord }

export type EndReason =
  | 'logout'
  | 'ended_by_user'
  | 'password_changed'
  | 'password_reset'
  | 'passkey_removed'
  | 'unproven_before'
  | 'refresh_token_reuse'
  | 'user_disabled'
  | 'user_deactivated'
  | 'role_changed'
  /** The anonymous account became its person's own, who got a new session. */
  | 'promoted'
  /** The person had as many sessions as policy lets them. */
  | 'session_limit'
  /** Lengths that were set later are over. */
  | 'lengths_changed'

export type RefreshFailure = { readonly code: 'invalid_refresh_token' } | ({ readonly code: 'rate_limited' } & LimitRefusal)

export interface StartedSession {
  readonly session: SessionRecord
  readonly refreshToken: string
}

export interface IssuedTokens {
  readonly user: UserRecord
  readonly session: SessionRecord
  readonly accessToken: string
  readonly refreshToken: string
  /** Instants, milliseconds UTC; cookies end with them. */
  readonly accessExpiresAt: number
  readonly refreshExpiresAt: number
}

export interface SignedIn {
  readonly user: UserRecord
  readonly session: SessionRecord
}

export interface Authenticated extends SignedIn {
  /** `exp` of the access token, milliseconds UTC. */
  readonly tokenExpiresAt: number
}

export interface Sessions {
  /** Ends the oldest sessions beyond the limit, in the same transaction and one sign-in of the person after another. */
  start(
    tx: Transaction<Schema>,
    facts: { tenantId: TenantId; userId: UserId; amr: readonly Amr[]; /** When that was proven, milliseconds UTC; now unless given. */ authenticatedAt?: number; requester: Requester; rules: Policy['session'] },
  ): Promise<StartedSession>
  /** What a further session of the user would end. */
  sessionsToEnd(tx: Transaction<Schema>, userId: UserId, rules: Policy['session']): Promise<SessionsToEnd>
  /** Tokens for a session that was committed. `user`: as the transaction that committed it held them, if it did. */
  issue(started: StartedSession, user?: UserRecord): Promise<Result<IssuedTokens, 'session_ended'>>
  /** Rotation with the idempotent window; every refused token looks the same. Failures are counted per address. */
  refresh(refreshToken: string | undefined, requester: Requester): Promise<Result<IssuedTokens, RefreshFailure>>
  /** Who stands behind an access token, asked of the database: ended sessions are refused at once, everywhere. */
  authenticate(accessToken: string): Promise<Result<Authenticated, 'invalid_token' | 'expired_token' | 'session_ended'>>
  /** A session that is neither ended nor over, with its owner, unless they are disabled. */
  findLive(sessionId: SessionId): Promise<SignedIn | undefined>
  list(userId: UserId, page: { limit: number; before?: SessionId }): Promise<SessionRecord[]>
  /** False when there is no such live session of this user. */
  end(user: { tenantId: TenantId; userId: UserId }, sessionId: SessionId, reason: EndReason, requester: Requester): Promise<boolean>
  /** Every session of the user but the one that asks; how many. */
  endOthers(user: { tenantId: TenantId; userId: UserId }, keep: SessionId, requester: Requester): Promise<number>
  endInTransaction(
    tx: Transaction<Schema>,
    user: { tenantId: TenantId; userId: UserId },
    ending: { except?: SessionId | undefined; reason: EndReason; requester: Requester | null },
  ): Promise<number>
  /** Ends the session a refresh token belongs to, whatever its state. */
  endByRefreshToken(refreshToken: string, requester: Requester): Promise<boolean>
  /** The session a refresh token belongs to, whatever its state. */
  findByRefreshToken(refreshToken: string): Promise<SessionId | undefined>
  /** Tells the clients of an account that is about to be deleted that its sessions are over; its rows go with it. */
  tellBeforeDeletion(tx: Transaction<Schema>, userId: UserId): Promise<void>
  /** Tells the clients of sessions that ran out by themselves; safe to run anywhere, any number of times. */
  tellOfRunOut(): Promise<void>
  /** `at`: when that was proven, milliseconds UTC; now unless given. */
  markReauthenticated(tx: Transaction<Schema>, sessionId: SessionId, amr: readonly Amr[], at?: number): Promise<boolean>
}
