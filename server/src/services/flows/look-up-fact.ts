import type { Transaction } from 'kysely'
import type { Client } from '../../domain/client.ts'
import type { FlowState, NeededFact, Policy, Proof } from '../../flow/index.ts'
import { findAccountDeletion } from '../../persistence/queries/account-deletion.ts'
import { findUser } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { SecondFactors } from '../second-factors/index.ts'

/** Who sends an input, and what their browser showed of being trusted. */
export interface Presented {
  readonly client: Client
  readonly deviceSecret: string | undefined
}

/** Facts no person can supply, looked up in the transaction that acts on them. */
export function createFactLookUp({ clock, secondFactors }: { clock: Clock; secondFactors: SecondFactors }) {
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
      case 'account_deletion':
        return { kind: 'account_deletion', deleteAt: (userId === null ? undefined : await findAccountDeletion(tx, userId))?.delete_at ?? null }
      case 'totp_key':
        return { kind: 'totp_key', key: secondFactors.totps.newKey() }
    }
  }
}
