import type { Kysely, Transaction } from 'kysely'
import type { RefreshTokenId } from '../../domain/ids.ts'
import { fixedInsert, fixedQuery } from '../fixed-query.ts'
import type { RefreshTokenTable, Schema, SessionTable } from '../schema.ts'
import type { UserRecord } from './user-account.ts'
import { toUserRecord, USER_COLUMNS } from './user-account.ts'

export type RefreshTokenRecord = RefreshTokenTable
/** With the session it belongs to and that session's person, in one look. */
export type PresentedRefreshToken = RefreshTokenTable & { session: SessionTable; user: UserRecord }

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
      'u.created_at as user_created_at',
      ...USER_COLUMNS,
    ])
    .where('t.secret_hash', '=', its.secretHash),
)

export async function findRefreshToken(db: Kysely<Schema>, secretHash: string): Promise<PresentedRefreshToken | undefined> {
  const { rows } = await selectPresented(db, { secretHash })
  const user = toUserRecord(rows.map((row) => ({ ...row, id: row.user_id, created_at: row.user_created_at })))
  const [row] = rows
  if (!row || !user) return undefined
  return {
    id: row.token_id,
    tenant_id: row.tenant_id,
    session_id: row.id,
    secret_hash: secretHash,
    created_at: row.token_created_at,
    expires_at: row.token_expires_at,
    rotated_at: row.rotated_at,
    successor_sealed: row.successor_sealed,
    session: sessionIn(row),
    user,
  }
}

function sessionIn(row: SessionTable): SessionTable {
  return {
    id: row.id,
    tenant_id: row.tenant_id,
    user_id: row.user_id,
    authenticated_at: row.authenticated_at,
    amr: row.amr,
    user_agent: row.user_agent,
    ip: row.ip,
    created_at: row.created_at,
    last_used_at: row.last_used_at,
    idle_expires_at: row.idle_expires_at,
    expires_at: row.expires_at,
    ended_at: row.ended_at,
    ended_reason: row.ended_reason,
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
