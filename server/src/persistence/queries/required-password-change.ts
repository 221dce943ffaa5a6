import type { Kysely, Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { Schema } from '../schema.ts'

/** Asks the users, all of whom have a password and were not asked before, for a new one. */
export async function insertRequiredChanges(tx: Transaction<Schema>, tenantId: TenantId, userIds: readonly UserId[], at: number): Promise<void> {
  if (userIds.length === 0) return
  const rows = userIds.map((userId) => ({ user_id: userId, tenant_id: tenantId, required_at: at }))
  await tx.insertInto('required_password_change').values(rows).execute()
}

/** Users with a password who are not asked for a new one yet, in the order of their ids after `after`. */
export async function listUsersNotAsked(db: Kysely<Schema>, tenantId: TenantId, after: string, limit: number): Promise<UserId[]> {
  const rows = await db
    .selectFrom('authenticator_password as p')
    .leftJoin('required_password_change as r', 'r.user_id', 'p.user_id')
    .select('p.user_id')
    .where('p.tenant_id', '=', tenantId)
    .where('p.user_id', '>', after as UserId)
    .where('r.user_id', 'is', null)
    .orderBy('p.user_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.user_id)
}
