import type { Kysely, Transaction } from 'kysely'
import type { OAuthClientId, TenantId } from '../../domain/ids.ts'
import type { OAuthClientTable, Schema } from '../schema.ts'
import { insertUnlessTaken } from '../transaction.ts'

/** 0 while no client was ever made. */
export async function findClientVersion(db: Kysely<Schema>, tenantId: TenantId): Promise<number> {
  const row = await db.selectFrom('oauth_client_version').select('version').where('tenant_id', '=', tenantId).executeTakeFirst()
  return row?.version ?? 0
}

/**
 * Begins a change of any client of the tenant. Until this transaction ends no other change begins, so what is read after
 * this stands. With `after` only where that version is still the newest: false otherwise, and nothing is held.
 */
export async function beginClientChange(tx: Transaction<Schema>, tenantId: TenantId, after?: number): Promise<boolean> {
  const countUp = async () => {
    let query = tx.updateTable('oauth_client_version').set((row) => ({ version: row('version', '+', 1) })).where('tenant_id', '=', tenantId)
    if (after !== undefined) query = query.where('version', '=', after)
    return (await query.executeTakeFirst()).numUpdatedRows === 1n
  }
  if (await countUp()) return true
  if (after !== undefined && after !== 0) return false
  if (await insertUnlessTaken(tx, () => tx.insertInto('oauth_client_version').values({ tenant_id: tenantId, version: 1 }).execute())) return true
  return after === undefined && countUp()
}

export async function findClient(db: Kysely<Schema>, tenantId: TenantId, clientId: OAuthClientId): Promise<OAuthClientTable | undefined> {
  return db.selectFrom('oauth_client').selectAll().where('tenant_id', '=', tenantId).where('client_id', '=', clientId).executeTakeFirst()
}

/** By client id, after the given one when paging. */
export async function listClients(db: Kysely<Schema>, tenantId: TenantId, page: { limit: number; after?: OAuthClientId }): Promise<OAuthClientTable[]> {
  let query = db.selectFrom('oauth_client').selectAll().where('tenant_id', '=', tenantId).orderBy('client_id').limit(page.limit)
  if (page.after !== undefined) query = query.where('client_id', '>', page.after)
  return query.execute()
}

/** Of the clients that declared such a field, as far as a text can tell. */
export async function listMetadataWith(db: Kysely<Schema>, tenantId: TenantId, field: string): Promise<string[]> {
  const rows = await db.selectFrom('oauth_client').select('metadata').where('tenant_id', '=', tenantId).where('metadata', 'like', `%"${field}"%`).execute()
  return rows.map(({ metadata }) => metadata)
}

/** False when the client id is taken. */
export async function insertClient(tx: Transaction<Schema>, row: OAuthClientTable): Promise<boolean> {
  return insertUnlessTaken(tx, () => tx.insertInto('oauth_client').values(row).execute())
}

export async function updateClient(tx: Transaction<Schema>, row: Pick<OAuthClientTable, 'tenant_id' | 'client_id' | 'name' | 'metadata' | 'updated_at'>): Promise<void> {
  const { tenant_id: tenantId, client_id: clientId, ...changed } = row
  await tx.updateTable('oauth_client').set(changed).where('tenant_id', '=', tenantId).where('client_id', '=', clientId).execute()
}

/** Its secrets must be gone before. */
export async function deleteClient(tx: Transaction<Schema>, tenantId: TenantId, clientId: OAuthClientId): Promise<void> {
  await tx.deleteFrom('oauth_client').where('tenant_id', '=', tenantId).where('client_id', '=', clientId).execute()
}
