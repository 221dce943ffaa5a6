import type { Transaction } from 'kysely'
import { makesAccount } from '../../flow/index.ts'
import type { FlowState } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import { findIdentity } from '../../persistence/queries/identity.ts'
import { insertSpent, isSpent } from '../../persistence/queries/spent-once.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'

/** A finish happens once, whichever of the flow's states it is reached from. */
export function createFinish({ database, clock }: { database: Database; clock: Clock }) {
  return {
    /** Throws a unique violation when the flow was finished before. */
    async spend(tx: Transaction<Schema>, state: FlowState): Promise<void> {
      await insertSpent(tx, { tenantId: state.tenantId, purpose: 'flow', key: state.flowId, at: clock.now(), expiresAt: state.expiresAt })
    },

    /**
     * Why a unique index refused: the flow was finished before, or the address or number got an account; else try again. Who
     * begins again with a number that got one is written so. Read where
     * writes are made: what refused may be a row that waits with others for their commit (SQLite) and is in no other view.
     */
    async explainConflict(state: FlowState): Promise<'invalid_state' | 'identifier_taken' | undefined> {
      return database.transaction(async (tx) => {
        if (await isSpent(tx, { purpose: 'flow', key: state.flowId })) return 'invalid_state'
        if (!makesAccount(state.type) || !state.identified) return undefined
        const { identification, key } = state.identified
        if (identification === 'phone') return (await findIdentity(tx, state.tenantId, 'phone', key)) ? 'invalid_state' : undefined
        return (await findIdentity(tx, state.tenantId, 'email', key)) ? 'identifier_taken' : undefined
      })
    },
  }
}
