import type { Kysely, Transaction } from 'kysely'
import type { TenantId } from '../../domain/ids.ts'
import type { Schema, TenantSettingsTable } from '../schema.ts'

export async function findTenantSettings(db: Kysely<Schema>, tenantId: TenantId): Promise<TenantSettingsTable | undefined> {
  return db.selectFrom('tenant_settings').selectAll().where('tenant_id', '=', tenantId).executeTakeFirst()
}

/**
 * Follows version `after` (0: there was none); false when another change came first. Throws a unique violation when two
 * make the first.
 */
export async function putTenantSettings(
  tx: Transaction<Schema>,
  settings: { tenantId: TenantId; after: number; document: string; at: number },
): Promise<boolean> {
  const { tenantId, after, document, at } = settings
  const row = { version: after + 1, document, applied_at: at }
  if (after === 0) {
    await tx.insertInto('tenant_settings').values({ tenant_id: tenantId, ...row }).execute()
    return true
  }
  const updated = await tx.updateTable('tenant_settings').set(row).where('tenant_id', '=', tenantId).where('version', '=', after).executeTakeFirst()
  return updated.numUpdatedRows === 1n
}
