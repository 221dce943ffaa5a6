import type { Step } from './step.ts'

/** Only after every proof: whoever knows half of them neither learns of the deletion nor undoes it. */
export const accountDeletion: Step = {
  isDone: (state) => state.deletion === 'none' || state.deletion === 'cancelled',
  ask(state, _policy, failure) {
    if (state.deletion !== 'pending' || state.deleteAt === null) return { fact: 'account_deletion' }
    return { screen: { screen: 'account_deletion_scheduled', flow: state.type, deleteAt: state.deleteAt, failure } }
  },
  accept(state, proof) {
    if (proof.kind === 'account_deletion') return { state: { ...state, deletion: proof.deleteAt === null ? 'none' : 'pending', deleteAt: proof.deleteAt } }
    return proof.kind === 'deletion_cancelled' && state.deletion === 'pending' ? { state: { ...state, deletion: 'cancelled' } } : undefined
  },
}
