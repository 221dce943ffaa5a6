import type { Kysely, Transaction } from 'kysely'
import type { TenantId } from '../../domain/ids.ts'
import type { Schema, TenantSecretTable } from '../schema.ts'
import { insertUnlessTaken } from '../transaction.ts'

export async function findTenantSecret(db: Kysely<Schema>, tenantId: TenantId, name: string): Promise<TenantSecretTable | undefined> {
  return db.selectFrom('tenant_secret').selectAll().where('tenant_id', '=', tenantId).where('name', '=', name).executeTakeFirst()
}

/** By name; a tenant has a handful. */
export async function listTenantSecrets(db: Kysely<Schema>, tenantId: TenantId): Promise<TenantSecretTable[]> {
  return db.selectFrom('tenant_secret').selectAll().where('tenant_id', '=', tenantId).orderBy('name').execute()
}

/** Takes the place of an earlier one of that name, should there be one. */
export async function putTenantSecret(tx: Transaction<Schema>, row: TenantSecretTable): Promise<void> {
  await tx.deleteFrom('tenant_secret').where('tenant_id', '=', row.tenant_id).where('name', '=', row.name).execute()
  await tx.insertInto('tenant_secret').values(row).execute()
}

/** False when there is one of that name. */
export async function insertTenantSecret(tx: Transaction<Schema>, row: TenantSecretTable): Promise<boolean> {
  return insertUnlessTaken(tx, () => tx.insertInto('tenant_secret').values(row).execute())
}

export async function deleteTenantSecret(tx: Transaction<Schema>, tenantId: TenantId, name: string): Promise<boolean> {
  const result = await tx.deleteFrom('tenant_secret').where('tenant_id', '=', tenantId).where('name', '=', name).executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** True unless it was replaced or removed meanwhile. */
export async function replaceSealedTenantSecret(
  tx: Transaction<Schema>,
  row: Pick<TenantSecretTable, 'tenant_id' | 'name' | 'value_sealed'>,
  sealed: string,
): Promise<boolean> {
  const result = await tx
    .updateTable('tenant_secret')
    .set({ value_sealed: sealed })
    .where('tenant_id', '=', row.tenant_id)
    .where('name', '=', row.name)
    .where('value_sealed', '=', row.value_sealed)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
