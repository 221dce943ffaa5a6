import type { Kysely, Transaction } from 'kysely'
import type { ClientSecretId, OAuthClientId, TenantId } from '../../domain/ids.ts'
import type { OAuthClientSecretTable, Schema } from '../schema.ts'

/** Newest first; those that expired may be among them. */
export async function listClientSecrets(db: Kysely<Schema>, tenantId: TenantId, clientId: OAuthClientId): Promise<OAuthClientSecretTable[]> {
  return db
    .selectFrom('oauth_client_secret')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('client_id', '=', clientId)
    .orderBy('id', 'desc')
    .execute()
}

export async function insertClientSecret(tx: Transaction<Schema>, row: OAuthClientSecretTable): Promise<void> {
  await tx.insertInto('oauth_client_secret').values(row).execute()
}

export async function expireClientSecret(tx: Transaction<Schema>, id: ClientSecretId, expiresAt: number): Promise<void> {
  await tx.updateTable('oauth_client_secret').set({ expires_at: expiresAt }).where('id', '=', id).execute()
}

/** Every secret of the client but the kept one. */
export async function deleteClientSecrets(tx: Transaction<Schema>, tenantId: TenantId, clientId: OAuthClientId, keep?: ClientSecretId): Promise<void> {
  let query = tx.deleteFrom('oauth_client_secret').where('tenant_id', '=', tenantId).where('client_id', '=', clientId)
  if (keep !== undefined) query = query.where('id', '!=', keep)
  await query.execute()
}
