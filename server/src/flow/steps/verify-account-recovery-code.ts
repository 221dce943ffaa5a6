import { unacceptable } from './new-password.ts'
import { askForCode, isCodeProof, takeCodeProof } from './one-time-code.ts'
import type { Step } from './step.ts'

/** The emailed code that stands in for the forgotten password. */
export const verifyAccountRecoveryCode: Step = {
  isDone: (state) => state.isEmailProven,
  ask: askForCode,
  accept(state, proof, policy) {
    if (!isCodeProof(proof)) return undefined
    const taken = takeCodeProof(state, proof, (proven) => proven)
    // Where the password came first, nobody could be told before the address was proven that it was theirs before.
    if (!taken.state.isEmailProven || !state.isNewPasswordUsedBefore) return taken
    return { state, failure: unacceptable(['used_before'], policy) }
  },
}
