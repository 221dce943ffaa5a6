import type { Kysely, Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { Schema } from '../schema.ts'

interface UnusedBefore {
  readonly tenantId: TenantId
  /** Since when no session was alive, milliseconds UTC. */
  readonly before: number
}

/** Anonymous accounts whose last session was over before the instant, the oldest first. */
export async function listUnusedAnonymousUsers(db: Kysely<Schema>, { tenantId, before }: UnusedBefore, limit: number): Promise<UserId[]> {
  const rows = await db
    .selectFrom('user_account as u')
    .select('u.id')
    .where('u.tenant_id', '=', tenantId)
    .where('u.anonymous_at', '<', before)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('session as s')
            .select('s.id')
            .whereRef('s.user_id', '=', 'u.id')
            .where('s.idle_expires_at', '>=', before)
            .where('s.expires_at', '>=', before)
            .where((or) => or.or([or('s.ended_at', 'is', null), or('s.ended_at', '>=', before)])),
        ),
      ),
    )
    .orderBy('u.anonymous_at')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Everything of the account goes with it. False when it has an identity by now, or is gone. */
export async function deleteAnonymousUser(tx: Transaction<Schema>, tenantId: TenantId, userId: UserId): Promise<boolean> {
  const deleted = await tx.deleteFrom('user_account').where('tenant_id', '=', tenantId).where('id', '=', userId).where('anonymous_at', 'is not', null).executeTakeFirst()
  return deleted.numDeletedRows === 1n
}

/** True for the one call that made the account its person's own. */
export async function endAnonymity(tx: Transaction<Schema>, userId: UserId, { language, at }: { language: string | undefined; at: number }): Promise<boolean> {
  const updated = await tx
    .updateTable('user_account')
    .set({ anonymous_at: null, updated_at: at, ...(language === undefined ? {} : { language }) })
    .where('id', '=', userId)
    .where('anonymous_at', 'is not', null)
    .executeTakeFirst()
  return updated.numUpdatedRows === 1n
}
