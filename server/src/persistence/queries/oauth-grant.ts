import type { Kysely, Transaction } from 'kysely'
import type { GrantId, OAuthClientId, SessionId, TenantId, UserId } from '../../domain/ids.ts'
import { fixedInsert } from '../fixed-query.ts'
import type { OAuthClientSessionTable, OAuthGrantTable, Schema } from '../schema.ts'

export async function findGrant(db: Kysely<Schema>, id: GrantId): Promise<OAuthGrantTable | undefined> {
  return db.selectFrom('oauth_grant').selectAll().where('id', '=', id).executeTakeFirst()
}

const insert = fixedInsert('oauth_grant')

export async function insertGrant(tx: Transaction<Schema>, grant: OAuthGrantTable): Promise<void> {
  await insert(tx, grant)
}

/** False when there is no such grant any more: what was revoked does not come back. */
export async function updateGrant(tx: Transaction<Schema>, id: GrantId, changed: Pick<OAuthGrantTable, 'payload' | 'expires_at'>): Promise<boolean> {
  const result = await tx.updateTable('oauth_grant').set(changed).where('id', '=', id).executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** With everything that was issued under it. */
export async function deleteGrant(tx: Transaction<Schema>, id: GrantId): Promise<void> {
  await tx.deleteFrom('oauth_grant').where('id', '=', id).execute()
}

export async function deleteGrantsOfClient(tx: Transaction<Schema>, tenantId: TenantId, clientId: OAuthClientId): Promise<void> {
  await tx.deleteFrom('oauth_grant').where('tenant_id', '=', tenantId).where('client_id', '=', clientId).execute()
}

/** All that a person granted the client, in whatever session; how many grants that were. */
export async function deleteGrantsTo(tx: Transaction<Schema>, userId: UserId, clientId: OAuthClientId): Promise<number> {
  const result = await tx.deleteFrom('oauth_grant').where('user_id', '=', userId).where('client_id', '=', clientId).executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** What a person granted that no session of a browser ends: to devices that stay signed in. How many grants that were. */
export async function deleteGrantsOutsideSessions(tx: Transaction<Schema>, userId: UserId): Promise<number> {
  const result = await tx.deleteFrom('oauth_grant').where('user_id', '=', userId).where('session_id', 'is', null).executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** What was granted in sessions that were ended, with everything that was issued under it: it is good for nothing any more. */
export async function deleteGrantsOfEndedSessions(tx: Transaction<Schema>): Promise<number> {
  const ended = tx.selectFrom('session').select('id').where('ended_at', 'is not', null)
  const result = await tx.deleteFrom('oauth_grant').where('session_id', 'in', ended).executeTakeFirst()
  return Number(result.numDeletedRows)
}

export async function purgeGrants(tx: Transaction<Schema>, before: number): Promise<number> {
  const result = await tx.deleteFrom('oauth_grant').where('expires_at', '<', before).executeTakeFirst()
  return Number(result.numDeletedRows)
}

export async function listClientSessions(db: Kysely<Schema>, sessionId: SessionId): Promise<OAuthClientSessionTable[]> {
  return db.selectFrom('oauth_client_session').selectAll().where('session_id', '=', sessionId).execute()
}

/** Sets where the session stands at the client, whether or not it was there before. */
export async function putClientSession(tx: Transaction<Schema>, row: OAuthClientSessionTable): Promise<void> {
  const update = tx.updateTable('oauth_client_session').set({ sid: row.sid, grant_id: row.grant_id }).where('session_id', '=', row.session_id).where('client_id', '=', row.client_id)
  if ((await update.executeTakeFirst()).numUpdatedRows === 1n) return
  await tx.insertInto('oauth_client_session').values(row).execute()
}

export async function deleteClientSessionsOfClient(tx: Transaction<Schema>, tenantId: TenantId, clientId: OAuthClientId): Promise<void> {
  await tx.deleteFrom('oauth_client_session').where('tenant_id', '=', tenantId).where('client_id', '=', clientId).execute()
}
