import { sql, type Kysely, type Transaction } from 'kysely'
import type { SessionId, TenantId, UserId } from '../../domain/ids.ts'
import { fixedInsert, fixedQuery } from '../fixed-query.ts'
import type { Schema, SessionTable } from '../schema.ts'
import type { UserRecord, UserRow } from './user-account.ts'
import { toUserRecord, USER_COLUMNS } from './user-account.ts'

export type SessionRecord = SessionTable

const insert = fixedInsert('session')

export async function insertSession(tx: Transaction<Schema>, session: SessionTable): Promise<void> {
  await insert(tx, session)
}

const selectSession = fixedQuery((db, its: { id: SessionId }) => db.selectFrom('session').selectAll().where('id', '=', its.id))

export async function findSession(db: Kysely<Schema>, id: SessionId): Promise<SessionRecord | undefined> {
  return (await selectSession(db, { id })).rows[0]
}

export interface SessionOfUser {
  readonly session: SessionRecord
  readonly user: UserRecord
}

const selectSessionOfUser = fixedQuery((db, its: { id: SessionId }) =>
  db
    .selectFrom('session as s')
    .innerJoin('user_account as u', 'u.id', 's.user_id')
    .leftJoin('identity as i', 'i.user_id', 'u.id')
    .leftJoin('user_role as r', 'r.user_id', 'u.id')
    .leftJoin('primary_email as p', 'p.user_id', 'u.id')
    .selectAll('s')
    .select(USER_COLUMNS)
    .where('s.id', '=', its.id),
)

/** The session and its person in one look. */
export async function findSessionOfUser(db: Kysely<Schema>, id: SessionId): Promise<SessionOfUser | undefined> {
  return toSessionOfUser((await selectSessionOfUser(db, { id })).rows)
}

/** From one row for each pair of identity and role of the session's person. */
export function toSessionOfUser(rows: readonly (SessionTable & UserRow)[]): SessionOfUser | undefined {
  const user = toUserRecord(rows)
  const [row] = rows
  return row && user && { session: sessionIn(row), user }
}

function sessionIn(row: SessionTable): SessionTable {
  return {
    id: row.id,
    tenant_id: row.tenant_id,
    user_id: row.user_id,
    authenticated_at: row.authenticated_at,
    amr: row.amr,
    user_agent: row.user_agent,
    ip: row.ip,
    created_at: row.created_at,
    last_used_at: row.last_used_at,
    idle_expires_at: row.idle_expires_at,
    expires_at: row.expires_at,
    ended_at: row.ended_at,
    ended_reason: row.ended_reason,
  }
}

/** Live sessions of a user, newest sign-in first, `limit` at most, after the given one when paging. */
export async function listLiveSessions(
  db: Kysely<Schema>,
  userId: UserId,
  at: number,
  page: { limit: number; before?: SessionId },
): Promise<SessionRecord[]> {
  let query = db
    .selectFrom('session')
    .selectAll()
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('idle_expires_at', '>', at)
    .where('expires_at', '>', at)
    .orderBy('id', 'desc')
    .limit(page.limit)
  if (page.before) query = query.where('id', '<', page.before)
  return query.execute()
}

/** Live or over, newest sign-in first, `limit` at most, after the given one when paging. */
export async function listSessionsOfUser(db: Kysely<Schema>, userId: UserId, page: { limit: number; before: SessionId | undefined }): Promise<SessionRecord[]> {
  let query = db.selectFrom('session').selectAll().where('user_id', '=', userId).orderBy('id', 'desc').limit(page.limit)
  if (page.before) query = query.where('id', '<', page.before)
  return query.execute()
}

/** True for the call that ended it. */
export async function endSession(
  tx: Transaction<Schema>,
  session: { id: SessionId; userId?: UserId; reason: string; at: number },
): Promise<boolean> {
  let query = tx
    .updateTable('session')
    .set({ ended_at: session.at, ended_reason: session.reason })
    .where('id', '=', session.id)
    .where('ended_at', 'is', null)
  if (session.userId) query = query.where('user_id', '=', session.userId)
  const result = await query.executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** How many sessions this call ended. */
export async function endSessionsOfUser(
  tx: Transaction<Schema>,
  ending: { userId: UserId; except?: SessionId | undefined; reason: string; at: number },
): Promise<number> {
  let query = tx
    .updateTable('session')
    .set({ ended_at: ending.at, ended_reason: ending.reason })
    .where('user_id', '=', ending.userId)
    .where('ended_at', 'is', null)
  if (ending.except) query = query.where('id', '!=', ending.except)
  const result = await query.executeTakeFirst()
  return Number(result.numUpdatedRows)
}

interface SessionsThrough {
  readonly userId: UserId
  /** The newest of them; ids keep the order of sign-ins. */
  readonly through: SessionId
  readonly at: number
}

/** The live session with so many newer ones; undefined when there are not that many. */
export async function findLiveSessionAt(tx: Transaction<Schema>, userId: UserId, at: number, newer: number): Promise<SessionId | undefined> {
  const row = await tx
    .selectFrom('session')
    .select('id')
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('idle_expires_at', '>', at)
    .where('expires_at', '>', at)
    .orderBy('id', 'desc')
    .limit(1)
    .offset(newer)
    .executeTakeFirst()
  return row?.id
}

/** Oldest sign-in first. */
export async function listSessionsThrough(tx: Transaction<Schema>, { userId, through, at }: SessionsThrough, limit: number): Promise<SessionRecord[]> {
  return tx
    .selectFrom('session')
    .selectAll()
    .where('user_id', '=', userId)
    .where('id', '<=', through)
    .where('ended_at', 'is', null)
    .where('idle_expires_at', '>', at)
    .where('expires_at', '>', at)
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function countSessionsThrough(tx: Transaction<Schema>, { userId, through, at }: SessionsThrough): Promise<number> {
  const row = await tx
    .selectFrom('session')
    .where('user_id', '=', userId)
    .where('id', '<=', through)
    .where('ended_at', 'is', null)
    .where('idle_expires_at', '>', at)
    .where('expires_at', '>', at)
    .select((select) => select.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** How many sessions this call ended. */
export async function endSessionsThrough(tx: Transaction<Schema>, { userId, through, at }: SessionsThrough, reason: string): Promise<number> {
  const result = await tx
    .updateTable('session')
    .set({ ended_at: at, ended_reason: reason })
    .where('user_id', '=', userId)
    .where('id', '<=', through)
    .where('ended_at', 'is', null)
    .where('idle_expires_at', '>', at)
    .where('expires_at', '>', at)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

const updateUse = fixedQuery((db, its: { id: SessionId; at: number; idleExpiresAt: number }) =>
  db
    .updateTable('session')
    .set({ last_used_at: its.at, idle_expires_at: its.idleExpiresAt })
    .where('id', '=', its.id)
    .where('ended_at', 'is', null),
)

/** False when the session has ended. */
export async function touchSession(tx: Transaction<Schema>, id: SessionId, use: { at: number; idleExpiresAt: number }): Promise<boolean> {
  return (await updateUse(tx, { id, ...use })).numAffectedRows === 1n
}

export async function markReauthenticated(tx: Transaction<Schema>, id: SessionId, proof: { at: number; amr: string }): Promise<boolean> {
  const result = await tx
    .updateTable('session')
    .set({ authenticated_at: proof.at, amr: proof.amr })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * Deletes sessions that ended or ran out before the instant; their refresh tokens go with them. Those of anonymous accounts
 * go with the account: how long it was not used is counted from them.
 */
export async function purgeSessions(tx: Transaction<Schema>, before: number, tenantId: TenantId): Promise<number> {
  const result = await tx
    .deleteFrom('session')
    .where('tenant_id', '=', tenantId)
    .where((or) => or.or([or('expires_at', '<', before), or('idle_expires_at', '<', before), or('ended_at', '<', before)]))
    .where((where) => where.not(where.exists(where.selectFrom('user_account as u').select('u.id').whereRef('u.id', '=', 'session.user_id').where('u.anonymous_at', 'is not', null))))
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

const selectSessionFrom = fixedQuery((db, its: { userId: UserId; ip: string; userAgent: string }) =>
  db
    .selectFrom('session')
    .select('id')
    .where('user_id', '=', its.userId)
    .where('user_agent', '=', its.userAgent)
    .where('ip', '=', its.ip)
    .limit(sql.lit(1)),
)

/** True when the user has a session, live or over, from this very browser and address. */
export async function hasSignedInFrom(db: Kysely<Schema>, userId: UserId, { ip, userAgent }: { ip: string; userAgent: string }): Promise<boolean> {
  return (await selectSessionFrom(db, { userId, ip, userAgent })).rows.length > 0
}
