import type { Kysely, Transaction } from 'kysely'
import type { OAuthClientId, SessionId, TenantId, UserId } from '../../domain/ids.ts'
import type { Database } from '../../persistence/index.ts'
import type { FoundArtifact } from '../../persistence/queries/oauth-artifact.ts'
import { consumeArtifact, findArtifact, updateArtifact } from '../../persistence/queries/oauth-artifact.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { keyOf } from './artifact-key.ts'

/** An authorization request that waits for somebody to sign in, or to prove again who they are. */
export interface SignInRequest {
  readonly uid: string
  readonly clientId: OAuthClientId
  /** Who was signed in when it arrived. */
  readonly session: { readonly id: SessionId; readonly userId: UserId } | undefined
  /** Where the browser goes on, a path. */
  readonly resumePath: string
}

export interface SignInRequests {
  /** Undefined also for one that is over, was answered, or asks something else. */
  waitingSignIn(uid: string): Promise<SignInRequest | undefined>
  /**
   * Lets it go on, once: undefined for every other try. Whoever was signed in when it arrived has to be so again when the
   * browser comes back, unless `isReplaced`: then whoever signed in now is taken.
   */
  takeSignIn(tx: Transaction<Schema>, uid: string, options: { readonly isReplaced: boolean }): Promise<SignInRequest | undefined>
}

/** What the provider keeps of it, as far as it matters here. */
interface Interaction {
  readonly returnTo: string
  readonly prompt: { readonly name: string }
  readonly params: { readonly client_id: string }
  readonly session?: { readonly uid?: string; readonly accountId?: string }
  /** It came by a device, whose person is asked elsewhere. */
  readonly deviceCode?: string
}

export function createSignInRequests({ database, clock, tenantId }: { database: Database; clock: Clock; tenantId: TenantId }): SignInRequests {
  async function load(db: Kysely<Schema>, uid: string): Promise<{ row: FoundArtifact; interaction: Interaction; request: SignInRequest } | undefined> {
    const row = await findArtifact(db, keyOf('interaction', uid))
    if (!row || row.tenant_id !== tenantId || row.consumed_at !== null || row.expires_at <= clock.now()) return undefined
    const interaction = JSON.parse(row.payload) as Interaction
    if (interaction.prompt.name !== 'login' || interaction.deviceCode !== undefined) return undefined
    const { returnTo, params, session: { uid: sessionId, accountId } = {} } = interaction
    const session = sessionId === undefined || accountId === undefined ? undefined : { id: sessionId as SessionId, userId: accountId as UserId }
    return { row, interaction, request: { uid, clientId: params.client_id as OAuthClientId, session, resumePath: new URL(returnTo).pathname } }
  }

  return {
    waitingSignIn: async (uid) => (await load(database.read, uid))?.request,

    async takeSignIn(tx, uid, { isReplaced }) {
      const found = await load(tx, uid)
      if (!found || !(await consumeArtifact(tx, found.row.key, clock.now()))) return undefined
      if (isReplaced) {
        const { session: _session, ...payload } = found.interaction
        const { expires_at, grant_id, session_id, outlives_session } = found.row
        await updateArtifact(tx, found.row.key, { payload: JSON.stringify(payload), expires_at, grant_id, session_id, outlives_session })
      }
      return found.request
    },
  }
}
