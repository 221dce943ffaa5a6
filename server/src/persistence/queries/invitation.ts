import type { Kysely, Transaction } from 'kysely'
import type { InvitationId, TenantId, UserId } from '../../domain/ids.ts'
import type { InvitationTable, Schema } from '../schema.ts'

export type InvitationRecord = InvitationTable

export async function insertInvitation(tx: Transaction<Schema>, invitation: InvitationTable): Promise<void> {
  await tx.insertInto('invitation').values(invitation).execute()
}

/** The invitation of this secret while it can be accepted. */
export async function findOpenInvitation(db: Kysely<Schema>, tenantId: TenantId, secretHash: string, at: number): Promise<InvitationRecord | undefined> {
  return db
    .selectFrom('invitation')
    .selectAll()
    .where('secret_hash', '=', secretHash)
    .where('tenant_id', '=', tenantId)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst()
}

/** Spends the invitation; true for exactly one of any number of parallel calls. */
export async function acceptInvitation(tx: Transaction<Schema>, id: InvitationId, at: number): Promise<boolean> {
  const result = await tx
    .updateTable('invitation')
    .set({ accepted_at: at })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Whose invitation it was, once the account is made. */
export async function setInvitationUser(tx: Transaction<Schema>, id: InvitationId, userId: UserId): Promise<void> {
  await tx.updateTable('invitation').set({ user_id: userId }).where('id', '=', id).execute()
}

/** How many open invitations of the address this call took back. */
export async function revokeInvitationsOf(tx: Transaction<Schema>, tenantId: TenantId, email: string, at: number): Promise<number> {
  const result = await tx
    .updateTable('invitation')
    .set({ revoked_at: at })
    .where('tenant_id', '=', tenantId)
    .where('email_normalised', '=', email)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Newest first, after the given one when paging. */
export async function listInvitations(
  db: Kysely<Schema>,
  tenantId: TenantId,
  page: { limit: number; before?: InvitationId },
): Promise<InvitationRecord[]> {
  let query = db.selectFrom('invitation').selectAll().where('tenant_id', '=', tenantId).orderBy('id', 'desc').limit(page.limit)
  if (page.before) query = query.where('id', '<', page.before)
  return query.execute()
}

export async function purgeInvitations(tx: Transaction<Schema>, before: number): Promise<number> {
  const result = await tx.deleteFrom('invitation').where('expires_at', '<', before).executeTakeFirst()
  return Number(result.numDeletedRows)
}
