/** Clients that registered themselves (RFC 7591, 7592). */
import type { Kysely, Transaction } from 'kysely'
import type { OAuthClientId, TenantId } from '../../domain/ids.ts'
import type { Schema } from '../schema.ts'

export async function countRegisteredClients(db: Kysely<Schema>, tenantId: TenantId): Promise<number> {
  const row = await db
    .selectFrom('oauth_client')
    .select((of) => of.fn.countAll<number | string | bigint>().as('count'))
    .where('tenant_id', '=', tenantId)
    .where('registered_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Those that were given nothing since then, a page of them. */
export async function listUnusedClients(db: Kysely<Schema>, tenantId: TenantId, since: number, limit: number): Promise<OAuthClientId[]> {
  const rows = await db
    .selectFrom('oauth_client')
    .select('client_id')
    .where('tenant_id', '=', tenantId)
    .where('registered_at', '<', since)
    .where((its) => its.or([its('last_used_at', 'is', null), its('last_used_at', '<', since)]))
    .orderBy('registered_at')
    .limit(limit)
    .execute()
  return rows.map((row) => row.client_id)
}

/** Puts another registration access token in the place of this one; true for exactly one of any number of parallel calls. */
export async function replaceRegistrationToken(tx: Transaction<Schema>, client: { tenantId: TenantId; clientId: OAuthClientId }, change: { from: string; to: string }): Promise<boolean> {
  const result = await tx
    .updateTable('oauth_client')
    .set({ registration_token_hash: change.to })
    .where('tenant_id', '=', client.tenantId)
    .where('client_id', '=', client.clientId)
    .where('registration_token_hash', '=', change.from)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function setSoftwareStatement(tx: Transaction<Schema>, tenantId: TenantId, clientId: OAuthClientId, statement: string | null): Promise<void> {
  await tx.updateTable('oauth_client').set({ software_statement: statement }).where('tenant_id', '=', tenantId).where('client_id', '=', clientId).execute()
}

/** Does nothing for a client that an operator made. */
export async function noteClientUse(tx: Transaction<Schema>, tenantId: TenantId, clientId: OAuthClientId, at: number): Promise<void> {
  await tx.updateTable('oauth_client').set({ last_used_at: at }).where('tenant_id', '=', tenantId).where('client_id', '=', clientId).where('registered_at', 'is not', null).execute()
}
