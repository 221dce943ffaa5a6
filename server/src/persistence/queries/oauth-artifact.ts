import type { Kysely, Transaction } from 'kysely'
import type { GrantId, SessionId } from '../../domain/ids.ts'
import { fixedQuery } from '../fixed-query.ts'
import type { OAuthArtifactTable, Schema } from '../schema.ts'
import { insertUnlessTaken } from '../transaction.ts'
import type { UserRecord } from './user-account.ts'
import { toUserRecord, USER_COLUMNS } from './user-account.ts'

/** An artifact with what it depends on. */
export interface FoundArtifact extends OAuthArtifactTable {
  readonly grant: { readonly id: GrantId; readonly payload: string; readonly expiresAt: number } | undefined
  /** Undefined where there is none, or none any more. */
  readonly session: { readonly id: SessionId; readonly endedAt: number | null; readonly runsOutAt: number } | undefined
  /** Whose grant it is. */
  readonly holder: UserRecord | undefined
}

/** With the account, which every use of a token asks for. */
const selectArtifact = fixedQuery((db, its: { key: string }) =>
  db
    .selectFrom('oauth_artifact as a')
    .leftJoin('oauth_grant as g', 'g.id', 'a.grant_id')
    .leftJoin('session as s', 's.id', 'a.session_id')
    .leftJoin('user_account as u', 'u.id', 'g.user_id')
    .leftJoin('identity as i', 'i.user_id', 'u.id')
    .leftJoin('user_role as r', 'r.user_id', 'u.id')
    .leftJoin('primary_email as p', 'p.user_id', 'u.id')
    .selectAll('a')
    .select(['g.payload as grant_payload', 'g.expires_at as grant_expires_at', 's.id as live_session_id', 's.ended_at', 's.idle_expires_at', 's.expires_at as session_expires_at'])
    .select(['u.id as user_id', ...USER_COLUMNS])
    .where('a.key', '=', its.key),
)

export async function findArtifact(db: Kysely<Schema>, key: string): Promise<FoundArtifact | undefined> {
  const { rows } = await selectArtifact(db, { key })
  const [row] = rows
  if (!row) return undefined
  const { tenant_id, kind, grant_id, client_id, session_id, outlives_session, user_code_hash, payload, created_at, expires_at, consumed_at } = row
  const { grant_payload: grantPayload, grant_expires_at: expiresAt, live_session_id: sessionId, ended_at: endedAt, idle_expires_at: idle, session_expires_at: absolute } = row
  return {
    ...{ key, tenant_id, kind, grant_id, client_id, session_id, outlives_session, user_code_hash, payload, created_at, expires_at, consumed_at },
    grant: grant_id !== null && grantPayload !== null && expiresAt !== null ? { id: grant_id, payload: grantPayload, expiresAt } : undefined,
    session: sessionId === null || idle === null || absolute === null ? undefined : { id: sessionId, endedAt, runsOutAt: Math.min(idle, absolute) },
    holder: toUserRecord(rows),
  }
}

export async function insertArtifacts(tx: Transaction<Schema>, rows: readonly OAuthArtifactTable[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto('oauth_artifact').values(rows).execute()
}

/** False when there is one of that key already. */
export async function insertArtifactOnce(tx: Transaction<Schema>, row: OAuthArtifactTable): Promise<boolean> {
  return insertUnlessTaken(tx, () => tx.insertInto('oauth_artifact').values(row).execute())
}

/** False when there is no such artifact any more. */
export async function updateArtifact(
  tx: Transaction<Schema>,
  key: string,
  changed: Pick<OAuthArtifactTable, 'payload' | 'expires_at' | 'grant_id' | 'session_id' | 'outlives_session'>,
): Promise<boolean> {
  const result = await tx.updateTable('oauth_artifact').set(changed).where('key', '=', key).executeTakeFirst()
  return result.numUpdatedRows === 1n
}

const updateConsumed = fixedQuery((db, its: { key: string; at: number }) =>
  db.updateTable('oauth_artifact').set({ consumed_at: its.at }).where('key', '=', its.key).where('consumed_at', 'is', null),
)

/** True for exactly one of any number of parallel calls. */
export async function consumeArtifact(tx: Transaction<Schema>, key: string, at: number): Promise<boolean> {
  return (await updateConsumed(tx, { key, at })).numAffectedRows === 1n
}

export async function deleteArtifact(tx: Transaction<Schema>, key: string): Promise<void> {
  await tx.deleteFrom('oauth_artifact').where('key', '=', key).execute()
}

export async function purgeArtifacts(tx: Transaction<Schema>, before: number): Promise<number> {
  const result = await tx.deleteFrom('oauth_artifact').where('expires_at', '<', before).executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** What was issued in sessions that ended by a sign-out or worse, before those are forgotten themselves. */
export async function deleteArtifactsOfEndedSessions(tx: Transaction<Schema>, endedBefore: number): Promise<number> {
  const ended = tx.selectFrom('session').select('id').where('ended_at', 'is not', null).where('ended_at', '<', endedBefore)
  const result = await tx.deleteFrom('oauth_artifact').where('session_id', 'in', ended).executeTakeFirst()
  return Number(result.numDeletedRows)
}


/** A request of a device (RFC 8628) that nobody answered yet, by the code that a person types: answering takes the code away. */
export async function findDeviceRequest(db: Kysely<Schema>, userCodeHash: string): Promise<OAuthArtifactTable | undefined> {
  return db.selectFrom('oauth_artifact').selectAll().where('user_code_hash', '=', userCodeHash).executeTakeFirst()
}

/** Binds a request to the session that typed its code; false when another one came first. */
export async function claimDeviceRequest(tx: Transaction<Schema>, key: string, sessionId: SessionId): Promise<boolean> {
  const result = await tx
    .updateTable('oauth_artifact')
    .set({ session_id: sessionId })
    .where('key', '=', key)
    .where('user_code_hash', 'is not', null)
    .where((its) => its.or([its('session_id', 'is', null), its('session_id', '=', sessionId)]))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** True for exactly one of any number of parallel answers: the code is spent by it. */
export async function answerDeviceRequest(
  tx: Transaction<Schema>,
  request: { readonly key: string; readonly userCodeHash: string; readonly claimedBy: SessionId },
  answered: Pick<OAuthArtifactTable, 'payload' | 'grant_id' | 'session_id' | 'outlives_session'>,
): Promise<boolean> {
  const result = await tx
    .updateTable('oauth_artifact')
    .set({ ...answered, user_code_hash: null })
    .where('key', '=', request.key)
    .where('user_code_hash', '=', request.userCodeHash)
    .where('session_id', '=', request.claimedBy)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
