import { askForCode, isCodeProof, takeCodeProof } from './one-time-code.ts'
import type { Step } from './step.ts'

/** The emailed code that stands in for the forgotten password. */
export const verifyAccountRecoveryCode: Step = {
  isDone: (state) => state.isEmailProven,
  ask: (state, _policy, failure) => askForCode(state, failure),
  accept: (state, proof) => (isCodeProof(proof) ? takeCodeProof(state, proof, (proven) => proven) : undefined),
}
