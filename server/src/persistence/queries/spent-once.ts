import type { Kysely, Transaction } from 'kysely'
import type { TenantId } from '../../domain/ids.ts'
import { fixedQuery } from '../fixed-query.ts'
import type { Schema } from '../schema.ts'

const insert = fixedQuery((db, its: { tenantId: TenantId; purpose: string; key: string; at: number; expiresAt: number }) =>
  db.insertInto('spent_once').values({ tenant_id: its.tenantId, purpose: its.purpose, key: its.key, spent_at: its.at, expires_at: its.expiresAt }),
)

/** Throws a unique violation when it was spent before: the primary key is the guard. */
export async function insertSpent(
  tx: Transaction<Schema>,
  spent: { tenantId: TenantId; purpose: string; key: string; at: number; expiresAt: number },
): Promise<void> {
  await insert(tx, spent)
}

export async function isSpent(db: Kysely<Schema>, spent: { purpose: string; key: string }): Promise<boolean> {
  const row = await db.selectFrom('spent_once').select('key').where('purpose', '=', spent.purpose).where('key', '=', spent.key).executeTakeFirst()
  return row !== undefined
}

export async function purgeSpent(tx: Transaction<Schema>, before: number): Promise<number> {
  const result = await tx.deleteFrom('spent_once').where('expires_at', '<', before).executeTakeFirst()
  return Number(result.numDeletedRows)
}
