import { sql, type Kysely, type Transaction } from 'kysely'
import type { TotpId, UserId } from '../../domain/ids.ts'
import { fixedQuery } from '../fixed-query.ts'
import type { AuthenticatorTotpTable, Schema } from '../schema.ts'

export type TotpRecord = AuthenticatorTotpTable

export async function insertTotp(tx: Transaction<Schema>, totp: AuthenticatorTotpTable): Promise<void> {
  await tx.insertInto('authenticator_totp').values(totp).execute()
}

/** Oldest first. */
export async function listTotps(db: Kysely<Schema>, userId: UserId): Promise<TotpRecord[]> {
  return db.selectFrom('authenticator_totp').selectAll().where('user_id', '=', userId).orderBy('id').execute()
}

const selectAnyTotp = fixedQuery((db, its: { userId: UserId }) =>
  db.selectFrom('authenticator_totp').select('id').where('user_id', '=', its.userId).limit(sql.lit(1)),
)

export async function hasTotp(db: Kysely<Schema>, userId: UserId): Promise<boolean> {
  return (await selectAnyTotp(db, { userId })).rows.length > 0
}

/** Every tenant's, in the order of ids, for a walk over all of them. */
export async function listTotpsAfter(db: Kysely<Schema>, after: TotpId | '', limit: number): Promise<TotpRecord[]> {
  return db.selectFrom('authenticator_totp').selectAll().where('id', '>', after as TotpId).orderBy('id').limit(limit).execute()
}

/** False when the key was sealed anew, or the authenticator removed, by somebody else meanwhile. */
export async function replaceSealedTotpKey(tx: Transaction<Schema>, id: TotpId, from: string, to: string): Promise<boolean> {
  const updated = await tx.updateTable('authenticator_totp').set({ key_sealed: to }).where('id', '=', id).where('key_sealed', '=', from).executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

/** Spends a time step and every earlier one; true for exactly one of any number of parallel calls (RFC 6238 section 5.2). */
export async function spendTotpStep(tx: Transaction<Schema>, id: TotpId, step: number, at: number): Promise<boolean> {
  const updated = await tx
    .updateTable('authenticator_totp')
    .set({ last_step: step, last_used_at: at })
    .where('id', '=', id)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}

export async function deleteTotpsOf(tx: Transaction<Schema>, userId: UserId): Promise<void> {
  await tx.deleteFrom('authenticator_totp').where('user_id', '=', userId).execute()
}

export async function deleteTotp(tx: Transaction<Schema>, userId: UserId, id: TotpId): Promise<boolean> {
  const deleted = await tx.deleteFrom('authenticator_totp').where('id', '=', id).where('user_id', '=', userId).executeTakeFirst()
  return deleted.numDeletedRows === 1n
}
