import type { Kysely, Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { Schema } from '../schema.ts'

/** When the person last said "not now", milliseconds UTC. */
export async function findPasskeyPromptSkippedAt(db: Kysely<Schema>, userId: UserId): Promise<number | undefined> {
  const row = await db.selectFrom('passkey_prompt').select('skipped_at').where('user_id', '=', userId).executeTakeFirst()
  return row?.skipped_at
}

/** Throws a unique violation when another transaction remembered it for the first time meanwhile. */
export async function putPasskeyPromptSkippedAt(tx: Transaction<Schema>, skipped: { userId: UserId; tenantId: TenantId; at: number }): Promise<void> {
  const updated = await tx.updateTable('passkey_prompt').set({ skipped_at: skipped.at }).where('user_id', '=', skipped.userId).executeTakeFirst()
  if (updated.numUpdatedRows > 0n) return
  await tx.insertInto('passkey_prompt').values({ user_id: skipped.userId, tenant_id: skipped.tenantId, skipped_at: skipped.at }).execute()
}
