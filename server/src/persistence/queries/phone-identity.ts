import type { Kysely, Transaction } from 'kysely'
import type { IdentityId, UserId } from '../../domain/ids.ts'
import type { E164 } from '../../domain/phone.ts'
import type { Schema } from '../schema.ts'

/** One of the verified telephone numbers of an account. */
export interface PhoneRecord {
  readonly id: IdentityId
  readonly key: E164
  readonly display: string
  readonly verifiedAt: number
  readonly createdAt: number
}

/** Oldest first. A number that nobody proved is nobody's: it neither signs in nor receives a code. */
export async function listPhones(db: Kysely<Schema>, userId: UserId): Promise<PhoneRecord[]> {
  const rows = await db
    .selectFrom('identity')
    .where('user_id', '=', userId)
    .where('kind', '=', 'phone')
    .where('verified_at', 'is not', null)
    .orderBy('id')
    .select(['id', 'key_normalised', 'display', 'verified_at', 'created_at'])
    .execute()
  return rows.map((row) => ({ id: row.id, key: row.key_normalised as E164, display: row.display, verifiedAt: row.verified_at ?? 0, createdAt: row.created_at }))
}

export async function deletePhone(tx: Transaction<Schema>, userId: UserId, id: IdentityId): Promise<boolean> {
  const deleted = await tx.deleteFrom('identity').where('id', '=', id).where('user_id', '=', userId).where('kind', '=', 'phone').executeTakeFirst()
  return deleted.numDeletedRows === 1n
}

/** How many there were. */
export async function deletePhonesOf(tx: Transaction<Schema>, userId: UserId): Promise<number> {
  const deleted = await tx.deleteFrom('identity').where('user_id', '=', userId).where('kind', '=', 'phone').executeTakeFirst()
  return Number(deleted.numDeletedRows)
}
