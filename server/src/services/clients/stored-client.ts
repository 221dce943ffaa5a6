import type { OAuthClientId, TenantId } from '../../domain/ids.ts'
import type { OAuthClientSecretTable, OAuthClientTable, Reader } from '../../persistence/index.ts'
import { findClient } from '../../persistence/queries/oauth-client.ts'
import { listClientSecrets } from '../../persistence/queries/oauth-client-secret.ts'

/** A client and all its secrets, as they lie in the database. */
export interface StoredClient {
  readonly row: OAuthClientTable
  readonly secrets: readonly OAuthClientSecretTable[]
}

export async function loadClient(db: Reader, tenantId: TenantId, clientId: OAuthClientId): Promise<StoredClient | undefined> {
  const row = await findClient(db, tenantId, clientId)
  return row && { row, secrets: await listClientSecrets(db, tenantId, clientId) }
}
