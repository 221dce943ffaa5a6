import type { UserId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { succeed } from '../../domain/result.ts'
import type { Database } from '../../persistence/index.ts'
import { deleteProfilePicture, findProfilePicture, findProfilePictureId, putProfilePicture } from '../../persistence/queries/profile-picture.ts'
import { lockUser } from '../../persistence/queries/user-account.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import { newSecret } from '../../platform/random.ts'
import type { ImageMediaType, ImageProblem } from '../../protocols/image/clean-image.ts'
import { cleanImage } from '../../protocols/image/clean-image.ts'
import type { Events } from '../events/index.ts'
import type { Actor } from '../sessions/index.ts'

export interface Picture {
  readonly mediaType: ImageMediaType
  readonly content: Buffer
}

export interface Pictures {
  /** The address of the new picture; that of the one before it is gone. */
  put(actor: Actor, bytes: Buffer): Promise<Result<string, ImageProblem>>
  /** False when there was none. */
  remove(actor: Actor): Promise<boolean>
  find(id: string): Promise<Picture | undefined>
  /** Null for somebody without one. */
  urlOf(userId: UserId): Promise<string | null>
}

/** What a small portrait of good quality needs, with room. */
export const PICTURE_MAX_BYTES = 1_024 * 1_024
/** 256 random bits, base64url. */
const PICTURE_ID = /^[A-Za-z0-9_-]{43}$/

export function createPictures(deps: { database: Database; clock: Clock; random: Random; events: Events; publicUrl: string; basePath: string }): Pictures {
  const { database, clock, random, events, publicUrl, basePath } = deps
  const about = ({ user, session, requester }: Actor) => ({ tenantId: session.tenant_id, actorUserId: user.id, userId: user.id, sessionId: session.id, requester })
  const urlFor = (id: string) => `${publicUrl}${basePath}/pictures/${id}`

  return {
    async put(actor, bytes) {
      const image = cleanImage(bytes)
      if (!image.ok) return image
      const { mediaType, width, height, content } = image.value
      const id = newSecret(random)
      const { tenantId, userId } = about(actor)
      await database.transaction(async (tx) => {
        await lockUser(tx, userId)
        const row = { user_id: userId, id, tenant_id: tenantId, media_type: mediaType, width, height, content_base64: content.toString('base64'), created_at: clock.now() }
        await putProfilePicture(tx, row)
        await events.record(tx, { type: 'user.picture_changed', ...about(actor), data: { media_type: mediaType, width, height } })
      })
      return succeed(urlFor(id))
    },

    remove: (actor) =>
      database.transaction(async (tx) => {
        await lockUser(tx, actor.user.id)
        if (!(await deleteProfilePicture(tx, actor.user.id))) return false
        await events.record(tx, { type: 'user.picture_removed', ...about(actor) })
        return true
      }),

    async find(id) {
      const row = PICTURE_ID.test(id) ? await findProfilePicture(database.read, id) : undefined
      return row && { mediaType: row.media_type, content: Buffer.from(row.content_base64, 'base64') }
    },

    async urlOf(userId) {
      const id = await findProfilePictureId(database.read, userId)
      return id === undefined ? null : urlFor(id)
    },
  }
}
