import type { Kysely, Transaction } from 'kysely'
import type { OAuthClientId, SessionId, TenantId, UserId } from '../../domain/ids.ts'
import type { Database } from '../../persistence/index.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { WaitingInteraction } from './waiting-interaction.ts'
import { findWaiting, letGoOn, withoutSession } from './waiting-interaction.ts'

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

export function createSignInRequests({ database, clock, tenantId }: { database: Database; clock: Clock; tenantId: TenantId }): SignInRequests {
  async function load(db: Kysely<Schema>, uid: string): Promise<{ waiting: WaitingInteraction; request: SignInRequest } | undefined> {
    const waiting = await findWaiting(db, tenantId, uid, clock.now())
    if (waiting?.interaction.prompt.name !== 'login' || waiting.interaction.deviceCode !== undefined) return undefined
    const { returnTo, params, session: { uid: sessionId, accountId } = {} } = waiting.interaction
    const session = sessionId === undefined || accountId === undefined ? undefined : { id: sessionId as SessionId, userId: accountId as UserId }
    return { waiting, request: { uid, clientId: params.client_id as OAuthClientId, session, resumePath: new URL(returnTo).pathname } }
  }

  return {
    waitingSignIn: async (uid) => (await load(database.read, uid))?.request,

    async takeSignIn(tx, uid, { isReplaced }) {
      const found = await load(tx, uid)
      if (!found) return undefined
      const { interaction } = found.waiting
      return (await letGoOn(tx, found.waiting, isReplaced ? withoutSession(interaction) : interaction, clock.now())) ? found.request : undefined
    },
  }
}
