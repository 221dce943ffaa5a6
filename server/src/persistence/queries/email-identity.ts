import type { Kysely, Transaction } from 'kysely'
import type { IdentityId, TenantId, UserId } from '../../domain/ids.ts'
import type { Schema } from '../schema.ts'

/** One of the addresses of an account. */
export interface EmailRecord {
  readonly id: IdentityId
  readonly key: string
  readonly display: string
  readonly verifiedAt: number | null
  readonly createdAt: number
  readonly isPrimary: boolean
}

/** The primary one first, then oldest first. An account has a handful at most. */
export async function listEmails(db: Kysely<Schema>, userId: UserId): Promise<EmailRecord[]> {
  const rows = await db
    .selectFrom('identity as i')
    .leftJoin('primary_email as p', 'p.identity_id', 'i.id')
    .where('i.user_id', '=', userId)
    .where('i.kind', '=', 'email')
    .orderBy('i.id')
    .select(['i.id', 'i.key_normalised', 'i.display', 'i.verified_at', 'i.created_at', 'p.identity_id'])
    .execute()
  const primary = rows.find((row) => row.identity_id !== null) ?? rows[0]
  const emails = rows.map((row) => ({
    id: row.id,
    key: row.key_normalised,
    display: row.display,
    verifiedAt: row.verified_at,
    createdAt: row.created_at,
    isPrimary: row === primary,
  }))
  return emails.toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary))
}

/** Whoever changes it holds the account (`lockUser`), so that two changes never meet here. */
export async function putPrimaryEmail(tx: Transaction<Schema>, primary: { tenantId: TenantId; userId: UserId; identityId: IdentityId }): Promise<void> {
  await tx.deleteFrom('primary_email').where('user_id', '=', primary.userId).execute()
  await tx.insertInto('primary_email').values({ user_id: primary.userId, tenant_id: primary.tenantId, identity_id: primary.identityId }).execute()
}

export async function deleteEmail(tx: Transaction<Schema>, userId: UserId, id: IdentityId): Promise<boolean> {
  const deleted = await tx.deleteFrom('identity').where('id', '=', id).where('user_id', '=', userId).where('kind', '=', 'email').executeTakeFirst()
  return deleted.numDeletedRows === 1n
}
