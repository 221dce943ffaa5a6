import type { Step } from './step.ts'

/**
 * Recovery codes that come with a second factor set up in this flow: shown before the finish, which makes both the account's. Whoever
 * leaves without having kept them has neither, and begins anew. Only where the screen can be shown; elsewhere the finish tells them.
 */
export const viewRecoveryCode: Step = {
  isDone: ({ secondFactor, showsRecoveryCodes, newRecoveryCodes, areRecoveryCodesKept }) =>
    secondFactor !== 'set_up' || !showsRecoveryCodes || areRecoveryCodesKept || newRecoveryCodes?.length === 0,
  ask(state, _policy, failure) {
    if (state.newRecoveryCodes === null) return { fact: 'recovery_codes' }
    return { screen: { screen: 'view_recovery_code', flow: state.type, recoveryCodes: state.newRecoveryCodes, failure } }
  },
  accept(state, proof) {
    if (state.newRecoveryCodes === null) return proof.kind === 'recovery_codes' ? { state: { ...state, newRecoveryCodes: proof.codes } } : undefined
    return proof.kind === 'recovery_codes_kept' ? { state: { ...state, areRecoveryCodesKept: true } } : undefined
  },
}
