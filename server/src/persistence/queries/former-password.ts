import { sql, type Kysely, type Transaction } from 'kysely'
import type { FormerPasswordId, TenantId, UserId } from '../../domain/ids.ts'
import type { Schema } from '../schema.ts'

/** The newest first, `limit` at most. */
export async function listFormerPasswords(db: Kysely<Schema>, userId: UserId, limit: number): Promise<string[]> {
  if (limit <= 0) return []
  const rows = await db.selectFrom('former_password').select('hash').where('user_id', '=', userId).orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => row.hash)
}

/** Ids rise with time: what is newest is told by the id. */
export async function insertFormerPassword(
  tx: Transaction<Schema>,
  former: { id: FormerPasswordId; tenantId: TenantId; userId: UserId; hash: string; at: number },
): Promise<void> {
  const row = { id: former.id, tenant_id: former.tenantId, user_id: former.userId, hash: former.hash, replaced_at: former.at }
  await tx.insertInto('former_password').values(row).execute()
}

/** Keeps the newest `keep` of one user. */
export async function trimFormerPasswords(tx: Transaction<Schema>, userId: UserId, keep: number): Promise<void> {
  const rows = await tx.selectFrom('former_password').select('id').where('user_id', '=', userId).orderBy('id', 'desc').execute()
  const surplus = rows.slice(Math.max(keep, 0)).map((row) => row.id)
  if (surplus.length > 0) await tx.deleteFrom('former_password').where('id', 'in', surplus).execute()
}

/** Keeps the newest `keep` of each user of the tenant: what a smaller setting no longer needs. */
export async function purgeFormerPasswords(tx: Transaction<Schema>, tenantId: TenantId, keep: number): Promise<void> {
  const surplus = tx
    .selectFrom((from) =>
      from
        .selectFrom('former_password')
        .select(['id', sql<number>`row_number() over (partition by user_id order by id desc)`.as('nth')])
        .where('tenant_id', '=', tenantId)
        .as('ranked'),
    )
    .select('ranked.id')
    .where('ranked.nth', '>', Math.max(keep, 0))
  await tx.deleteFrom('former_password').where('id', 'in', surplus).execute()
}
