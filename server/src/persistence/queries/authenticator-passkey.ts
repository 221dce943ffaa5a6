import type { Kysely, Transaction } from 'kysely'
import type { PasskeyId, TenantId, UserId } from '../../domain/ids.ts'
import type { AuthenticatorPasskeyTable, Schema } from '../schema.ts'

export type PasskeyRecord = AuthenticatorPasskeyTable

/** Throws a unique violation when the credential is known, whoever has it. */
export async function insertPasskey(tx: Transaction<Schema>, passkey: PasskeyRecord): Promise<void> {
  await tx.insertInto('authenticator_passkey').values(passkey).execute()
}

/** By the hash of the credential id, together with the handle its account is known by. */
export async function findPasskeyByCredential(
  db: Kysely<Schema>,
  tenantId: TenantId,
  credentialIdHash: string,
): Promise<(PasskeyRecord & { userHandle: string }) | undefined> {
  const row = await db
    .selectFrom('authenticator_passkey as p')
    .innerJoin('webauthn_user_handle as h', 'h.user_id', 'p.user_id')
    .where('p.tenant_id', '=', tenantId)
    .where('p.credential_id_hash', '=', credentialIdHash)
    .selectAll('p')
    .select('h.handle as userHandle')
    .executeTakeFirst()
  return row
}

/** Oldest first. */
export async function listPasskeys(db: Kysely<Schema>, userId: UserId): Promise<PasskeyRecord[]> {
  return db.selectFrom('authenticator_passkey').selectAll().where('user_id', '=', userId).orderBy('id').execute()
}

export async function countPasskeys(db: Kysely<Schema>, userId: UserId): Promise<number> {
  const row = await db
    .selectFrom('authenticator_passkey')
    .select((select) => select.fn.countAll<number | string>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

export async function hasAnyPasskey(db: Kysely<Schema>, userId: UserId): Promise<boolean> {
  return (await db.selectFrom('authenticator_passkey').select('id').where('user_id', '=', userId).limit(1).executeTakeFirst()) !== undefined
}

export async function hasPasskey(db: Kysely<Schema>, userId: UserId, id: PasskeyId): Promise<boolean> {
  const row = await db.selectFrom('authenticator_passkey').select('id').where('user_id', '=', userId).where('id', '=', id).executeTakeFirst()
  return row !== undefined
}

/**
 * Keeps what an assertion told. The guard is in the statement: of two assertions with one signature counter only the first
 * is kept (section 6.1.1; authenticators without a counter always say zero).
 * @returns false when the counter did not rise
 */
export async function markPasskeyUsed(
  tx: Transaction<Schema>,
  id: PasskeyId,
  use: { signCount: number; isBackedUp: boolean; at: number },
): Promise<boolean> {
  const result = await tx
    .updateTable('authenticator_passkey')
    .set({ sign_count: use.signCount, is_backed_up: use.isBackedUp ? 1 : 0, last_used_at: use.at })
    .where('id', '=', id)
    .where((where) =>
      use.signCount === 0 ? where('sign_count', '=', 0) : where('sign_count', '<', use.signCount),
    )
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function renamePasskey(tx: Transaction<Schema>, userId: UserId, id: PasskeyId, name: string): Promise<boolean> {
  const result = await tx
    .updateTable('authenticator_passkey')
    .set({ name })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function deletePasskey(tx: Transaction<Schema>, userId: UserId, id: PasskeyId): Promise<boolean> {
  const result = await tx.deleteFrom('authenticator_passkey').where('user_id', '=', userId).where('id', '=', id).executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** Every passkey of the account; how many. */
export async function deletePasskeysOfUser(tx: Transaction<Schema>, userId: UserId): Promise<number> {
  const result = await tx.deleteFrom('authenticator_passkey').where('user_id', '=', userId).executeTakeFirst()
  return Number(result.numDeletedRows)
}
