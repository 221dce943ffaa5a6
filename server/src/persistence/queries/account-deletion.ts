import type { Kysely, Transaction } from 'kysely'
import type { UserId } from '../../domain/ids.ts'
import { fixedQuery } from '../fixed-query.ts'
import type { AccountDeletionTable, Schema } from '../schema.ts'

export type AccountDeletionRecord = AccountDeletionTable

export async function insertAccountDeletion(tx: Transaction<Schema>, deletion: AccountDeletionTable): Promise<void> {
  await tx.insertInto('account_deletion').values(deletion).execute()
}

const selectDeletion = fixedQuery((db, its: { userId: UserId }) => db.selectFrom('account_deletion').selectAll().where('user_id', '=', its.userId))

export async function findAccountDeletion(db: Kysely<Schema>, userId: UserId): Promise<AccountDeletionRecord | undefined> {
  return (await selectDeletion(db, { userId })).rows[0]
}

/** True for exactly one of any number of parallel calls, be it the owner who cancels or the job that deletes. */
export async function takeAccountDeletion(tx: Transaction<Schema>, userId: UserId, dueBy?: number): Promise<boolean> {
  let query = tx.deleteFrom('account_deletion').where('user_id', '=', userId)
  if (dueBy !== undefined) query = query.where('delete_at', '<=', dueBy)
  const deleted = await query.executeTakeFirst()
  return deleted.numDeletedRows === 1n
}

/** Those whose time is over, oldest first. */
export async function listDueDeletions(db: Kysely<Schema>, at: number, limit: number): Promise<AccountDeletionRecord[]> {
  return db.selectFrom('account_deletion').selectAll().where('delete_at', '<=', at).orderBy('delete_at').limit(limit).execute()
}

/** Those that want a reminder and are not due themselves. */
export async function listDueReminders(db: Kysely<Schema>, at: number, limit: number): Promise<AccountDeletionRecord[]> {
  return db
    .selectFrom('account_deletion')
    .selectAll()
    .where('reminded_at', 'is', null)
    .where('remind_at', '<=', at)
    .where('delete_at', '>', at)
    .orderBy('delete_at')
    .limit(limit)
    .execute()
}

/** True for exactly one of any number of parallel calls. */
export async function markReminded(tx: Transaction<Schema>, userId: UserId, at: number): Promise<boolean> {
  const updated = await tx.updateTable('account_deletion').set({ reminded_at: at }).where('user_id', '=', userId).where('reminded_at', 'is', null).executeTakeFirst()
  return updated.numUpdatedRows === 1n
}
