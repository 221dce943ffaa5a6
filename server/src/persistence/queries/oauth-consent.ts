import type { Kysely, Transaction } from 'kysely'
import type { OAuthClientId, TenantId, UserId } from '../../domain/ids.ts'
import type { OAuthConsentTable, Schema } from '../schema.ts'
import { insertUnlessTaken } from '../transaction.ts'

export async function findConsent(db: Kysely<Schema>, userId: UserId, clientId: OAuthClientId): Promise<OAuthConsentTable | undefined> {
  return db.selectFrom('oauth_consent').selectAll().where('user_id', '=', userId).where('client_id', '=', clientId).executeTakeFirst()
}

/** Newest first. */
export async function listConsents(db: Kysely<Schema>, userId: UserId): Promise<OAuthConsentTable[]> {
  return db.selectFrom('oauth_consent').selectAll().where('user_id', '=', userId).orderBy('updated_at', 'desc').execute()
}

export async function putConsent(tx: Transaction<Schema>, row: OAuthConsentTable): Promise<void> {
  if (await insertUnlessTaken(tx, () => tx.insertInto('oauth_consent').values(row).execute())) return
  await tx.updateTable('oauth_consent').set({ scope: row.scope, updated_at: row.updated_at }).where('user_id', '=', row.user_id).where('client_id', '=', row.client_id).execute()
}

/** True for the call that took it back. */
export async function deleteConsent(tx: Transaction<Schema>, userId: UserId, clientId: OAuthClientId): Promise<boolean> {
  const result = await tx.deleteFrom('oauth_consent').where('user_id', '=', userId).where('client_id', '=', clientId).executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** What anybody agreed to give the client. */
export async function deleteConsentsOfClient(tx: Transaction<Schema>, tenantId: TenantId, clientId: OAuthClientId): Promise<void> {
  await tx.deleteFrom('oauth_consent').where('tenant_id', '=', tenantId).where('client_id', '=', clientId).execute()
}
