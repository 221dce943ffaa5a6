import type { Kysely, Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { Schema } from '../schema.ts'

/** False when the user already had the role. */
export async function insertRole(
  tx: Transaction<Schema>,
  grant: { tenantId: TenantId; userId: UserId; role: string; at: number },
): Promise<boolean> {
  const held = await tx
    .updateTable('user_role')
    .set({ tenant_id: grant.tenantId })
    .where('user_id', '=', grant.userId)
    .where('role', '=', grant.role)
    .executeTakeFirst()
  if (held.numUpdatedRows > 0n) return false
  await tx
    .insertInto('user_role')
    .values({ tenant_id: grant.tenantId, user_id: grant.userId, role: grant.role, granted_at: grant.at })
    .execute()
  return true
}

export async function deleteRole(tx: Transaction<Schema>, userId: UserId, role: string): Promise<boolean> {
  const result = await tx.deleteFrom('user_role').where('user_id', '=', userId).where('role', '=', role).executeTakeFirst()
  return result.numDeletedRows === 1n
}

export async function hasRole(db: Kysely<Schema>, userId: UserId, role: string): Promise<boolean> {
  const row = await db.selectFrom('user_role').select('user_id').where('user_id', '=', userId).where('role', '=', role).executeTakeFirst()
  return row !== undefined
}

export async function hasAnyUserWithRole(db: Kysely<Schema>, tenantId: TenantId, role: string): Promise<boolean> {
  const row = await db
    .selectFrom('user_role')
    .select('user_id')
    .where('tenant_id', '=', tenantId)
    .where('role', '=', role)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Accounts other than this one that hold the role and may sign in. The holders' rows stay locked until the transaction
 * ends: of two last holders who leave at once, the second counts after the first is gone.
 */
export async function countOtherActiveUsersWithRole(tx: Transaction<Schema>, tenantId: TenantId, role: string, userId: UserId): Promise<number> {
  await tx.updateTable('user_role').set({ tenant_id: tenantId }).where('tenant_id', '=', tenantId).where('role', '=', role).execute()
  const row = await tx
    .selectFrom('user_role as r')
    .innerJoin('user_account as u', 'u.id', 'r.user_id')
    .where('r.tenant_id', '=', tenantId)
    .where('r.role', '=', role)
    .where('r.user_id', '!=', userId)
    .where('u.disabled_at', 'is', null)
    .leftJoin('account_deletion as d', 'd.user_id', 'u.id')
    .where('d.user_id', 'is', null)
    .select((select) => select.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  // A count is a string, a bigint or a number, depending on the driver.
  return Number(row.count)
}
