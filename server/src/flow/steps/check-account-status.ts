import type { Step } from './step.ts'

/** Only after the proof, so that nobody but the owner learns that an account is disabled. */
export const checkAccountStatus: Step = {
  isDone: (state) => state.isAccountActive,
  ask: () => ({ fact: 'account_status' }),
  accept(state, proof) {
    if (proof.kind !== 'account_status') return undefined
    return proof.isActive ? { state: { ...state, isAccountActive: true, protectionVersion: proof.protectionVersion } } : { state, refusal: 'account_disabled' }
  },
}
