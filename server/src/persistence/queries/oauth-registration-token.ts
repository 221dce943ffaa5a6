import type { Kysely, Transaction } from 'kysely'
import type { RegistrationTokenId, TenantId } from '../../domain/ids.ts'
import type { OAuthRegistrationTokenTable, Schema } from '../schema.ts'

export async function insertRegistrationToken(tx: Transaction<Schema>, row: OAuthRegistrationTokenTable): Promise<void> {
  await tx.insertInto('oauth_registration_token').values(row).execute()
}

/** Whether there is one that can be used; it may be used up by somebody else before it is spent. */
export async function findUsableRegistrationToken(db: Kysely<Schema>, tenantId: TenantId, tokenHash: string, at: number): Promise<RegistrationTokenId | undefined> {
  const row = await db
    .selectFrom('oauth_registration_token')
    .select('id')
    .where('token_hash', '=', tokenHash)
    .where('tenant_id', '=', tenantId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .whereRef('used', '<', 'uses')
    .executeTakeFirst()
  return row?.id
}

/** Spends one use; true for no more parallel calls than it has uses. */
export async function spendRegistrationToken(tx: Transaction<Schema>, id: RegistrationTokenId, at: number): Promise<boolean> {
  const result = await tx
    .updateTable('oauth_registration_token')
    .set((row) => ({ used: row('used', '+', 1) }))
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .whereRef('used', '<', 'uses')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** False when it is not there, or was revoked before. */
export async function revokeRegistrationToken(tx: Transaction<Schema>, tenantId: TenantId, id: RegistrationTokenId, at: number): Promise<boolean> {
  const result = await tx
    .updateTable('oauth_registration_token')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('tenant_id', '=', tenantId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Newest first. */
export async function listRegistrationTokens(db: Kysely<Schema>, tenantId: TenantId, limit: number): Promise<OAuthRegistrationTokenTable[]> {
  return db.selectFrom('oauth_registration_token').selectAll().where('tenant_id', '=', tenantId).orderBy('id', 'desc').limit(limit).execute()
}

export async function purgeRegistrationTokens(tx: Transaction<Schema>, before: number): Promise<void> {
  await tx.deleteFrom('oauth_registration_token').where('expires_at', '<', before).execute()
}
