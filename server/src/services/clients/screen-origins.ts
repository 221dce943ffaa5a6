import type { TenantId } from '../../domain/ids.ts'
import type { Database } from '../../persistence/index.ts'
import { listMetadataWith } from '../../persistence/queries/oauth-client.ts'
import type { DeclaredMetadata } from './metadata/client-metadata.ts'

/** Origins of the sign-in screens that clients name. */
export async function loadScreenOrigins(db: Database['read'], tenantId: TenantId): Promise<ReadonlySet<string>> {
  const declared = await listMetadataWith(db, tenantId, 'custom_ui_uri')
  const uris = declared.map((text) => (JSON.parse(text) as DeclaredMetadata).custom_ui_uri)
  return new Set(uris.flatMap((uri) => (uri === undefined ? [] : [new URL(uri).origin])))
}
