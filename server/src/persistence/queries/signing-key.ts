import type { Kysely, Transaction } from 'kysely'
import type { SigningKeyId, TenantId } from '../../domain/ids.ts'
import type { Schema, SigningKeyTable } from '../schema.ts'

export type SigningKeyRecord = SigningKeyTable

/** Every key that may still verify something, oldest first. */
export async function listSigningKeys(db: Kysely<Schema>, tenantId: TenantId, at: number): Promise<SigningKeyRecord[]> {
  return db
    .selectFrom('signing_key')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where((or) => or.or([or('expires_at', 'is', null), or('expires_at', '>', at)]))
    .orderBy('activates_at')
    .orderBy('id')
    .execute()
}

export async function insertSigningKey(tx: Transaction<Schema>, key: SigningKeyTable): Promise<void> {
  await tx.insertInto('signing_key').values(key).execute()
}

/** Ends the signing of every key of the algorithm but the new one; they verify until `expiresAt`. */
export async function retireOtherSigningKeys(
  tx: Transaction<Schema>,
  retirement: { tenantId: TenantId; algorithm: SigningKeyTable['algorithm']; keep: SigningKeyId; retiredAt: number; expiresAt: number },
): Promise<number> {
  const result = await tx
    .updateTable('signing_key')
    .set({ retired_at: retirement.retiredAt, expires_at: retirement.expiresAt })
    .where('tenant_id', '=', retirement.tenantId)
    .where('algorithm', '=', retirement.algorithm)
    .where('id', '!=', retirement.keep)
    .where('retired_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

export async function replaceSealedSigningKey(tx: Transaction<Schema>, id: SigningKeyId, from: string, to: string): Promise<boolean> {
  const result = await tx
    .updateTable('signing_key')
    .set({ private_jwk_sealed: to })
    .where('id', '=', id)
    .where('private_jwk_sealed', '=', from)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function purgeSigningKeys(tx: Transaction<Schema>, before: number): Promise<number> {
  const result = await tx.deleteFrom('signing_key').where('expires_at', '<', before).executeTakeFirst()
  return Number(result.numDeletedRows)
}
