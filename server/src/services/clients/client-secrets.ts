import type { Transaction } from 'kysely'
import type { ClientSecretId, OAuthClientId, TenantId } from '../../domain/ids.ts'
import {
  deleteClientSecrets,
  expireClientSecret,
  insertClientSecret,
  listClientSecrets,
} from '../../persistence/queries/oauth-client-secret.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { equalInConstantTime, sha256 } from '../../platform/digest.ts'
import type { Random } from '../../platform/random.ts'
import { newId, newSecret } from '../../platform/random.ts'
import { CLIENT_SECRET_OVERLAP_MS } from './lifetimes.ts'
import type { RegisteredClient } from './registered-client.ts'

export interface NewClientSecret {
  /** Shown this once; only its hash is kept. */
  readonly secret: string
  /** Until when the one before is taken; null where there was none or it ended at once. */
  readonly previousUntil: number | null
}

/**
 * Puts a new secret beside the newest one, which lives on for a while, and ends any other: two at most are live. Inside a
 * change of clients, so that no other one reads the same secrets meanwhile.
 */
export async function addClientSecret(
  tx: Transaction<Schema>,
  deps: { clock: Clock; random: Random; tenantId: TenantId },
  change: { clientId: OAuthClientId; endsOthersNow: boolean },
): Promise<NewClientSecret> {
  const { clock, random, tenantId } = deps
  const { clientId, endsOthersNow } = change
  const now = clock.now()
  const newest = (await listClientSecrets(tx, tenantId, clientId)).find((one) => one.expires_at === null)
  const kept = endsOthersNow ? undefined : newest
  await deleteClientSecrets(tx, tenantId, clientId, kept?.id)
  if (kept) await expireClientSecret(tx, kept.id, now + CLIENT_SECRET_OVERLAP_MS)
  const secret = newSecret(random)
  await insertClientSecret(tx, { id: newId<ClientSecretId>(clock, random), tenant_id: tenantId, client_id: clientId, secret_hash: sha256(secret), created_at: now, expires_at: null })
  return { secret, previousUntil: kept ? now + CLIENT_SECRET_OVERLAP_MS : null }
}

/** As many comparisons for a client without a secret, or for none, as for one with two. */
export function matchesSecret(client: RegisteredClient | undefined, presented: string): boolean {
  const hash = sha256(presented)
  const [newest, previous] = [0, 1].map((index) => {
    const secret = client?.secrets[index]
    return equalInConstantTime(secret?.hash ?? '', hash) && secret !== undefined
  })
  return (newest ?? false) || (previous ?? false)
}
