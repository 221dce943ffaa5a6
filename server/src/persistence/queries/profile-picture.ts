import type { Kysely, Transaction } from 'kysely'
import type { UserId } from '../../domain/ids.ts'
import type { ProfilePictureTable, Schema } from '../schema.ts'

export type ProfilePictureRecord = ProfilePictureTable

/** In the place of an earlier one. Whoever writes holds the account (`lockUser`). */
export async function putProfilePicture(tx: Transaction<Schema>, picture: ProfilePictureTable): Promise<void> {
  await deleteProfilePicture(tx, picture.user_id)
  await tx.insertInto('profile_picture').values(picture).execute()
}

export async function deleteProfilePicture(tx: Transaction<Schema>, userId: UserId): Promise<boolean> {
  const deleted = await tx.deleteFrom('profile_picture').where('user_id', '=', userId).executeTakeFirst()
  return deleted.numDeletedRows === 1n
}

export async function findProfilePicture(db: Kysely<Schema>, id: string): Promise<ProfilePictureRecord | undefined> {
  return db.selectFrom('profile_picture').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Its id alone, without the content. */
export async function findProfilePictureId(db: Kysely<Schema>, userId: UserId): Promise<string | undefined> {
  return (await db.selectFrom('profile_picture').select('id').where('user_id', '=', userId).executeTakeFirst())?.id
}
