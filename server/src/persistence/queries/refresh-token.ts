import type { Kysely, Transaction } from 'kysely'
import type { RefreshTokenId } from '../../domain/ids.ts'
import { fixedInsert, fixedQuery } from '../fixed-query.ts'
import type { RefreshTokenTable, Schema, SessionTable } from '../schema.ts'

export type RefreshTokenRecord = RefreshTokenTable
export type PresentedRefreshToken = RefreshTokenTable & { session: SessionTable; userDisabledAt: number | null }

const selectPresented = fixedQuery((db, its: { secretHash: string }) =>
  db
    .selectFrom('refresh_token as t')
    .innerJoin('session as s', 's.id', 't.session_id')
    .innerJoin('user_account as u', 'u.id', 's.user_id')
    .selectAll('s')
    .select([
      't.id as token_id',
      't.created_at as token_created_at',
      't.expires_at as token_expires_at',
      't.rotated_at',
      't.successor_sealed',
      'u.disabled_at',
    ])
    .where('t.secret_hash', '=', its.secretHash),
)

export async function findRefreshToken(db: Kysely<Schema>, secretHash: string): Promise<PresentedRefreshToken | undefined> {
  const [row] = (await selectPresented(db, { secretHash })).rows
  if (!row) return undefined
  const { token_id, token_created_at, token_expires_at, rotated_at, successor_sealed, disabled_at, ...session } = row
  return {
    id: token_id,
    tenant_id: session.tenant_id,
    session_id: session.id,
    secret_hash: secretHash,
    created_at: token_created_at,
    expires_at: token_expires_at,
    rotated_at,
    successor_sealed,
    session,
    userDisabledAt: disabled_at,
  }
}

const insert = fixedInsert('refresh_token')

export async function insertRefreshToken(tx: Transaction<Schema>, token: RefreshTokenTable): Promise<void> {
  await insert(tx, token)
}

const updateRotated = fixedQuery((db, its: { id: RefreshTokenId; at: number; successorSealed: string }) =>
  db
    .updateTable('refresh_token')
    .set({ rotated_at: its.at, successor_sealed: its.successorSealed })
    .where('id', '=', its.id)
    .where('rotated_at', 'is', null),
)

/** Spends the token for its successor; true for exactly one of any number of parallel calls. */
export async function markRotated(
  tx: Transaction<Schema>,
  id: RefreshTokenId,
  rotation: { at: number; successorSealed: string },
): Promise<boolean> {
  return (await updateRotated(tx, { id, ...rotation })).numAffectedRows === 1n
}

export async function findRefreshTokenByHash(db: Kysely<Schema>, secretHash: string): Promise<RefreshTokenRecord | undefined> {
  return db.selectFrom('refresh_token').selectAll().where('secret_hash', '=', secretHash).executeTakeFirst()
}

/** Rotated tokens are kept while reuse still has something to end; afterwards they are only weight. */
export async function purgeRefreshTokens(tx: Transaction<Schema>, before: number): Promise<number> {
  const result = await tx.deleteFrom('refresh_token').where('expires_at', '<', before).executeTakeFirst()
  return Number(result.numDeletedRows)
}
