import type { Kysely, Transaction } from 'kysely'
import type { RefreshTokenId } from '../../domain/ids.ts'
import { fixedInsert, fixedQuery } from '../fixed-query.ts'
import type { RefreshTokenTable, Schema } from '../schema.ts'
import type { SessionOfUser } from './session.ts'
import { toSessionOfUser } from './session.ts'
import { USER_COLUMNS } from './user-account.ts'

export type RefreshTokenRecord = RefreshTokenTable
/** With the session it belongs to and that session's person, in one look. */
export type PresentedRefreshToken = RefreshTokenTable & SessionOfUser

const selectPresented = fixedQuery((db, its: { secretHash: string }) =>
  db
    .selectFrom('refresh_token as t')
    .innerJoin('session as s', 's.id', 't.session_id')
    .innerJoin('user_account as u', 'u.id', 's.user_id')
    .leftJoin('identity as i', 'i.user_id', 'u.id')
    .leftJoin('user_role as r', 'r.user_id', 'u.id')
    .leftJoin('primary_email as p', 'p.user_id', 'u.id')
    .selectAll('s')
    .select([
      't.id as token_id',
      't.created_at as token_created_at',
      't.expires_at as token_expires_at',
      't.rotated_at',
      't.successor_sealed',
      ...USER_COLUMNS,
    ])
    .where('t.secret_hash', '=', its.secretHash),
)

export async function findRefreshToken(db: Kysely<Schema>, secretHash: string): Promise<PresentedRefreshToken | undefined> {
  const { rows } = await selectPresented(db, { secretHash })
  const found = toSessionOfUser(rows)
  const [row] = rows
  if (!row || !found) return undefined
  return {
    id: row.token_id,
    tenant_id: row.tenant_id,
    session_id: row.id,
    secret_hash: secretHash,
    created_at: row.token_created_at,
    expires_at: row.token_expires_at,
    rotated_at: row.rotated_at,
    successor_sealed: row.successor_sealed,
    ...found,
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
