import type { Kysely, Transaction } from 'kysely'
import type { TenantId } from '../../domain/ids.ts'
import type { Schema } from '../schema.ts'

/** The files of one version, by their path. */
export async function listSettingsFileRows(db: Kysely<Schema>, tenantId: TenantId, version: number): Promise<Map<string, Buffer>> {
  const rows = await db.selectFrom('tenant_settings_file').select(['path', 'content_base64']).where('tenant_id', '=', tenantId).where('version', '=', version).execute()
  return new Map(rows.map((row) => [row.path, Buffer.from(row.content_base64, 'base64')]))
}

/** Keeps the files of a version, and those of the one before: whoever reads it at this moment still finds its own. */
export async function putSettingsFiles(
  tx: Transaction<Schema>,
  settings: { tenantId: TenantId; version: number; files: ReadonlyMap<string, Uint8Array> },
): Promise<void> {
  const { tenantId, version, files } = settings
  const rows = [...files].map(([path, content]) => ({ tenant_id: tenantId, version, path, content_base64: Buffer.from(content).toString('base64') }))
  await tx.deleteFrom('tenant_settings_file').where('tenant_id', '=', tenantId).where('version', '<', version - 1).execute()
  if (rows.length > 0) await tx.insertInto('tenant_settings_file').values(rows).execute()
}
