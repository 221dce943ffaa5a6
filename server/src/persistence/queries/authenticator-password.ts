import type { Kysely, Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import { fixedQuery } from '../fixed-query.ts'
import type { Schema } from '../schema.ts'

export interface StoredPassword {
  readonly hash: string
  /** When somebody set it, milliseconds UTC; hashing the same one anew does not count. */
  readonly updatedAt: number
  readonly isChangeRequired: boolean
}

export async function findPasswordHash(db: Kysely<Schema>, userId: UserId): Promise<string | undefined> {
  const row = await db.selectFrom('authenticator_password').select('hash').where('user_id', '=', userId).executeTakeFirst()
  return row?.hash
}

const selectPassword = fixedQuery((db, its: { userId: UserId }) =>
  db
    .selectFrom('authenticator_password as p')
    .leftJoin('required_password_change as r', 'r.user_id', 'p.user_id')
    .select(['p.hash', 'p.updated_at', 'r.required_at'])
    .where('p.user_id', '=', its.userId),
)

export async function findPassword(db: Kysely<Schema>, userId: UserId): Promise<StoredPassword | undefined> {
  const [row] = (await selectPassword(db, { userId })).rows
  return row && { hash: row.hash, updatedAt: row.updated_at, isChangeRequired: row.required_at !== null }
}

/** Sets the user's password, whether or not there was one; a change that was required is made with it. */
export async function putPasswordHash(
  tx: Transaction<Schema>,
  password: { userId: UserId; tenantId: TenantId; hash: string; at: number },
): Promise<void> {
  const updated = await tx
    .updateTable('authenticator_password')
    .set({ hash: password.hash, updated_at: password.at })
    .where('user_id', '=', password.userId)
    .executeTakeFirst()
  if (updated.numUpdatedRows > 0n) {
    await tx.deleteFrom('required_password_change').where('user_id', '=', password.userId).execute()
    return
  }
  await tx
    .insertInto('authenticator_password')
    .values({ user_id: password.userId, tenant_id: password.tenantId, hash: password.hash, created_at: password.at, updated_at: password.at })
    .execute()
}

/** Swaps a hash for a stronger one of the same password, unless the password was changed meanwhile. */
export async function replacePasswordHash(tx: Transaction<Schema>, userId: UserId, from: string, to: string): Promise<boolean> {
  const result = await tx
    .updateTable('authenticator_password')
    .set({ hash: to })
    .where('user_id', '=', userId)
    .where('hash', '=', from)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** With it goes what was known of it: former ones, and the wish for another. */
export async function deletePassword(tx: Transaction<Schema>, userId: UserId): Promise<void> {
  await tx.deleteFrom('former_password').where('user_id', '=', userId).execute()
  await tx.deleteFrom('required_password_change').where('user_id', '=', userId).execute()
  await tx.deleteFrom('authenticator_password').where('user_id', '=', userId).execute()
}
