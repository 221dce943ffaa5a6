import type { Kysely, Transaction } from 'kysely'
import type { TenantId } from '../../domain/ids.ts'
import type { FoundArtifact } from '../../persistence/queries/oauth-artifact.ts'
import { consumeArtifact, findArtifact, updateArtifact } from '../../persistence/queries/oauth-artifact.ts'
import type { Schema } from '../../persistence/schema.ts'
import { keyOf } from './artifact-key.ts'

/** What the provider keeps of a request that waits for a person, as far as it matters here. */
export interface Interaction {
  readonly returnTo: string
  readonly prompt: { readonly name: string; readonly details: { readonly asked_scopes?: readonly string[] } }
  readonly params: { readonly client_id: string; readonly redirect_uri: string }
  readonly session?: { readonly uid?: string; readonly accountId?: string }
  /** It came by a device, whose person is asked elsewhere. */
  readonly deviceCode?: string
}

export interface WaitingInteraction {
  readonly row: FoundArtifact
  readonly interaction: Interaction
}

/** Undefined also for one that is over, or was answered. `now`: milliseconds UTC. */
export async function findWaiting(db: Kysely<Schema>, tenantId: TenantId, uid: string, now: number): Promise<WaitingInteraction | undefined> {
  const row = await findArtifact(db, keyOf('interaction', uid))
  if (!row || row.tenant_id !== tenantId || row.consumed_at !== null || row.expires_at <= now) return undefined
  return { row, interaction: JSON.parse(row.payload) as Interaction }
}

/** Lets it go on, as it is now: true for exactly one of any number of parallel tries. */
export async function letGoOn(tx: Transaction<Schema>, { row }: WaitingInteraction, answered: object, now: number): Promise<boolean> {
  if (!(await consumeArtifact(tx, row.key, now))) return false
  const { expires_at, grant_id, session_id, outlives_session } = row
  return updateArtifact(tx, row.key, { payload: JSON.stringify(answered), expires_at, grant_id, session_id, outlives_session })
}

/** As though nobody had been signed in when it arrived: the provider then takes whoever comes back. */
export function withoutSession({ session: _session, ...others }: Interaction): object {
  return others
}
