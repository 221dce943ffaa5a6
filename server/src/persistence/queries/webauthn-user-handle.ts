import type { Kysely, Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { Schema } from '../schema.ts'

export async function findUserHandle(db: Kysely<Schema>, userId: UserId): Promise<string | undefined> {
  const row = await db.selectFrom('webauthn_user_handle').select('handle').where('user_id', '=', userId).executeTakeFirst()
  return row?.handle
}

/** Throws a unique violation when the account has one. */
export async function insertUserHandle(tx: Transaction<Schema>, its: { userId: UserId; tenantId: TenantId; handle: string }): Promise<void> {
  await tx.insertInto('webauthn_user_handle').values({ user_id: its.userId, tenant_id: its.tenantId, handle: its.handle }).execute()
}
