import type { Kysely, Transaction } from 'kysely'
import type { RefreshTokenId } from '../../domain/ids.ts'
import type { RefreshTokenTable, Schema, SessionTable } from '../schema.ts'

export type RefreshTokenRecord = RefreshTokenTable
export type PresentedRefreshToken = RefreshTokenTable & { session: SessionTable; userDisabledAt: number | null }

export async function findRefreshToken(db: Kysely<Schema>, secretHash: string): Promise<PresentedRefreshToken | undefined> {
  const token = await db.selectFrom('refresh_token').selectAll().where('secret_hash', '=', secretHash).executeTakeFirst()
  if (!token) return undefined
  const session = await db
    .selectFrom('session')
    .innerJoin('user_account', 'user_account.id', 'session.user_id')
    .selectAll('session')
    .select('user_account.disabled_at')
    .where('session.id', '=', token.session_id)
    .executeTakeFirst()
  return session && { ...token, session, userDisabledAt: session.disabled_at }
}

export async function insertRefreshToken(tx: Transaction<Schema>, token: RefreshTokenTable): Promise<void> {
  await tx.insertInto('refresh_token').values(token).execute()
}

/** Spends the token for its successor; true for exactly one of any number of parallel calls. */
export async function markRotated(
  tx: Transaction<Schema>,
  id: RefreshTokenId,
  rotation: { at: number; successorSealed: string },
): Promise<boolean> {
  const result = await tx
    .updateTable('refresh_token')
    .set({ rotated_at: rotation.at, successor_sealed: rotation.successorSealed })
    .where('id', '=', id)
    .where('rotated_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function findRefreshTokenByHash(db: Kysely<Schema>, secretHash: string): Promise<RefreshTokenRecord | undefined> {
  return db.selectFrom('refresh_token').selectAll().where('secret_hash', '=', secretHash).executeTakeFirst()
}

/** Rotated tokens are kept while reuse still has something to end; afterwards they are only weight. */
export async function purgeRefreshTokens(tx: Transaction<Schema>, before: number): Promise<number> {
  const result = await tx.deleteFrom('refresh_token').where('expires_at', '<', before).executeTakeFirst()
  return Number(result.numDeletedRows)
}
