import type { Transaction } from 'kysely'
import type { Client } from '../../domain/client.ts'
import { NOBODY_ID } from '../../domain/ids.ts'
import type { FlowState, NeededFact, Policy, Proof } from '../../flow/index.ts'
import { findUser } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { SecondFactors } from '../second-factors/index.ts'
import type { Sessions } from '../sessions/index.ts'
import type { DeviceSecrets } from './flow-types.ts'

/** Who sends an input, and what their browser's cookies say about it. */
export interface Presented extends DeviceSecrets {
  readonly client: Client
}

/** Facts no person can supply, looked up in the transaction that acts on them. */
export function createFactLookUp({ clock, secondFactors, sessions }: { clock: Clock; secondFactors: SecondFactors; sessions: Sessions }) {
  return async function lookUp(tx: Transaction<Schema>, state: FlowState, fact: NeededFact, from: Presented, policy: Policy): Promise<Proof> {
    const userId = state.identified?.userId ?? null
    switch (fact) {
      case 'account_status': {
        const user = userId === null ? undefined : await findUser(tx, state.tenantId, userId)
        return { kind: 'account_status', isActive: !!user && user.disabledAt === null }
      }
      case 'second_factors': {
        const none = { enrolled: [], hasPasskey: false, isTrustedDevice: false }
        // Whoever registered this address without proving it must not keep its owner out by a factor of their own.
        const isFirstProof = userId !== null && state.isEmailProven && (await findUser(tx, state.tenantId, userId))?.emailVerifiedAt === null
        const found = userId === null || state.type === 'signup' || isFirstProof ? none : await secondFactors.lookUp(tx, userId, { ...from, policy })
        return { kind: 'second_factors', ...found, at: clock.now() }
      }
      case 'sessions_to_end':
        return { kind: 'sessions_to_end', sessions: await sessions.sessionsToEnd(tx, userId ?? NOBODY_ID, policy.session) }
      case 'totp_key':
        return { kind: 'totp_key', key: secondFactors.totps.newKey() }
    }
  }
}
