import { unacceptable } from './new-password.ts'
import { askForCode, isCodeProof, takeCodeProof } from './one-time-code.ts'
import type { FlowState } from '../state.ts'
import type { Step } from './step.ts'

function isProven({ isEmailProven, provenPhone }: FlowState): boolean {
  return isEmailProven || provenPhone !== null
}

/** The code that stands in for the forgotten password. */
export const verifyAccountRecoveryCode: Step = {
  isDone: isProven,
  ask: (state, policy, failure) => askForCode(state, policy, failure),
  accept(state, proof, policy) {
    if (!isCodeProof(proof)) return undefined
    const taken = takeCodeProof(state, proof, (proven) => proven)
    // Where the password came first, nobody could be told before the address was proven that it was theirs before.
    if (!isProven(taken.state) || !state.isNewPasswordUsedBefore) return taken
    return { state, failure: unacceptable(['used_before'], policy) }
  },
}
