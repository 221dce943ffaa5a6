import type { Kysely, Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { Schema } from '../schema.ts'

/** Puts these codes in the place of all earlier ones, used and unused. */
export async function replaceRecoveryCodes(
  tx: Transaction<Schema>,
  codes: { tenantId: TenantId; userId: UserId; hashes: readonly string[]; at: number },
): Promise<void> {
  await deleteRecoveryCodes(tx, codes.userId)
  const rows = codes.hashes.map((hash) => ({ user_id: codes.userId, code_hash: hash, tenant_id: codes.tenantId, used_at: null, created_at: codes.at }))
  await tx.insertInto('recovery_code').values(rows).execute()
}

export async function deleteRecoveryCodes(tx: Transaction<Schema>, userId: UserId): Promise<void> {
  await tx.deleteFrom('recovery_code').where('user_id', '=', userId).execute()
}

export async function countUnusedRecoveryCodes(db: Kysely<Schema>, userId: UserId): Promise<number> {
  const { count } = await db
    .selectFrom('recovery_code')
    .select((select) => select.fn.countAll().as('count'))
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** `hashes`: the one code under each key of the ring. True for exactly one of any number of parallel calls. */
export async function spendRecoveryCode(tx: Transaction<Schema>, userId: UserId, hashes: readonly string[], at: number): Promise<boolean> {
  const updated = await tx
    .updateTable('recovery_code')
    .set({ used_at: at })
    .where('user_id', '=', userId)
    .where('code_hash', 'in', hashes)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}
