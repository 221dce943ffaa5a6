import type { Kysely, Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { ProfileAttributeTable, Schema } from '../schema.ts'

interface Owner {
  readonly tenantId: TenantId
  readonly userId: UserId
}

/** Everything that is stored, whether or not a setting still names it. */
export async function listProfileAttributes(db: Kysely<Schema>, userId: UserId): Promise<ProfileAttributeTable[]> {
  return db.selectFrom('profile_attribute').selectAll().where('user_id', '=', userId).orderBy('name').execute()
}

/** Puts a value in the place of the one before it. Whoever writes holds the account (`lockUser`). */
export async function putProfileAttribute(tx: Transaction<Schema>, { tenantId, userId }: Owner, name: string, valueJson: string, at: number): Promise<void> {
  await deleteProfileAttribute(tx, userId, name)
  await tx.insertInto('profile_attribute').values({ user_id: userId, name, tenant_id: tenantId, value_json: valueJson, updated_at: at }).execute()
}

export async function deleteProfileAttribute(tx: Transaction<Schema>, userId: UserId, name: string): Promise<void> {
  await tx.deleteFrom('profile_attribute').where('user_id', '=', userId).where('name', '=', name).execute()
}

/** Throws a unique violation when another account has the value: the key is the guard, not a read before it. */
export async function claimUniqueValue(tx: Transaction<Schema>, { tenantId, userId }: Owner, name: string, valueHash: string): Promise<void> {
  await tx.insertInto('profile_unique_value').values({ tenant_id: tenantId, name, value_hash: valueHash, user_id: userId }).execute()
}

export async function releaseUniqueValue(tx: Transaction<Schema>, userId: UserId, name: string): Promise<void> {
  await tx.deleteFrom('profile_unique_value').where('user_id', '=', userId).where('name', '=', name).execute()
}
