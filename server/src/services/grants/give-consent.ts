import type { Transaction } from 'kysely'
import type { OAuthClientId, TenantId, UserId } from '../../domain/ids.ts'
import { findConsent, putConsent } from '../../persistence/queries/oauth-consent.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Events } from '../events/index.ts'

/** Adds to what the person agreed to give the client. `at`: milliseconds UTC. */
export async function giveConsent(
  tx: Transaction<Schema>,
  { events, at }: { events: Events; at: number },
  user: { readonly tenantId: TenantId; readonly userId: UserId },
  clientId: OAuthClientId,
  scopes: readonly string[],
): Promise<void> {
  const agreed = await findConsent(tx, user.userId, clientId)
  const scope = [...new Set([...(agreed?.scope.split(' ') ?? []), ...scopes])].join(' ')
  await putConsent(tx, { user_id: user.userId, client_id: clientId, tenant_id: user.tenantId, scope, created_at: agreed?.created_at ?? at, updated_at: at })
  await events.record(tx, { type: 'consent.given', ...user, data: { client_id: clientId, scope } })
}
