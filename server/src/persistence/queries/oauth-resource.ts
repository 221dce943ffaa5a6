import type { Kysely, Transaction } from 'kysely'
import type { ResourceIdentifier, TenantId } from '../../domain/ids.ts'
import type { OAuthResourceTable, Schema } from '../schema.ts'
import { insertUnlessTaken } from '../transaction.ts'

export async function findResource(db: Kysely<Schema>, tenantId: TenantId, identifier: ResourceIdentifier): Promise<OAuthResourceTable | undefined> {
  return db.selectFrom('oauth_resource').selectAll().where('tenant_id', '=', tenantId).where('identifier', '=', identifier).executeTakeFirst()
}

/** All of them, by identifier: there are few. */
export async function listResources(db: Kysely<Schema>, tenantId: TenantId): Promise<OAuthResourceTable[]> {
  return db.selectFrom('oauth_resource').selectAll().where('tenant_id', '=', tenantId).orderBy('identifier').execute()
}

/** False when there is one of that identifier. */
export async function insertResource(tx: Transaction<Schema>, row: OAuthResourceTable): Promise<boolean> {
  return insertUnlessTaken(tx, () => tx.insertInto('oauth_resource').values(row).execute())
}

export async function updateResource(tx: Transaction<Schema>, row: Pick<OAuthResourceTable, 'tenant_id' | 'identifier' | 'name' | 'declared' | 'updated_at'>): Promise<void> {
  const { tenant_id: tenantId, identifier, ...changed } = row
  await tx.updateTable('oauth_resource').set(changed).where('tenant_id', '=', tenantId).where('identifier', '=', identifier).execute()
}

export async function deleteResource(tx: Transaction<Schema>, tenantId: TenantId, identifier: ResourceIdentifier): Promise<void> {
  await tx.deleteFrom('oauth_resource').where('tenant_id', '=', tenantId).where('identifier', '=', identifier).execute()
}
