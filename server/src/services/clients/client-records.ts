/** What changes of a client write: its row, its secrets and the event, inside a change of clients. */
import type { Transaction } from 'kysely'
import type { OAuthClientId, TenantId } from '../../domain/ids.ts'
import type { OAuthClientType } from '../../domain/oauth-client.ts'
import { deleteClient, insertClient, updateClient } from '../../persistence/queries/oauth-client.ts'
import { deleteClientSecrets } from '../../persistence/queries/oauth-client-secret.ts'
import { deleteConsentsOfClient } from '../../persistence/queries/oauth-consent.ts'
import { deleteClientSessionsOfClient, deleteGrantsOfClient } from '../../persistence/queries/oauth-grant.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Events } from '../events/index.ts'
import { listDifferences } from '../settings/index.ts'
import { completeMetadata, usesSecret } from './metadata/client-metadata.ts'
import type { DeclaredClient } from './metadata/read-client.ts'
import type { RegisteredClient } from './registered-client.ts'

type ChangeDeps = { readonly clock: Clock; readonly events: Events; readonly tenantId: TenantId }

/** Of a client that did not register itself. */
const BY_AN_OPERATOR = { registered_at: null, registration_token_hash: null, software_statement: null, last_used_at: null }

export function describeTypeChange(type: OAuthClientType): string {
  return `type: cannot be changed, and is ${type}: delete the client and make another`
}

/** False when the client id is taken. */
export async function insertDeclaredClient(tx: Transaction<Schema>, { clock, events, tenantId }: ChangeDeps, clientId: OAuthClientId, { name, type, declared }: DeclaredClient): Promise<boolean> {
  const now = clock.now()
  const row = { tenant_id: tenantId, client_id: clientId, name, type, metadata: JSON.stringify(declared), created_at: now, updated_at: now, ...BY_AN_OPERATOR }
  if (!(await insertClient(tx, row))) return false
  await events.record(tx, { type: 'client.created', tenantId, data: { client_id: clientId, name, type } })
  return true
}

/** Secrets of a client that shows none any more end. True when something changed. */
export async function updateDeclaredClient(tx: Transaction<Schema>, { clock, events, tenantId }: ChangeDeps, before: RegisteredClient, after: DeclaredClient): Promise<boolean> {
  const { clientId } = before
  const differences = listDifferences({ name: before.name, ...before.declared }, { name: after.name, ...after.declared })
  if (differences.length === 0) return false
  await updateClient(tx, { tenant_id: tenantId, client_id: clientId, name: after.name, metadata: JSON.stringify(after.declared), updated_at: clock.now() })
  if (!usesSecret(completeMetadata(after.type, after.declared))) await deleteClientSecrets(tx, tenantId, clientId)
  await events.record(tx, { type: 'client.updated', tenantId, data: { client_id: clientId, differences: differences.join('; ') } })
  return true
}

/** With everything that it was given: tokens, who is signed in at it, what people agreed to. */
export async function deleteRegisteredClient(tx: Transaction<Schema>, { events, tenantId }: ChangeDeps, { clientId, name }: RegisteredClient, reason?: 'unused' | 'asked_by_itself'): Promise<void> {
  await deleteConsentsOfClient(tx, tenantId, clientId)
  await deleteGrantsOfClient(tx, tenantId, clientId)
  await deleteClientSessionsOfClient(tx, tenantId, clientId)
  await deleteClientSecrets(tx, tenantId, clientId)
  await deleteClient(tx, tenantId, clientId)
  await events.record(tx, { type: 'client.deleted', tenantId, data: { client_id: clientId, name, ...(reason === undefined ? {} : { reason }) } })
}
