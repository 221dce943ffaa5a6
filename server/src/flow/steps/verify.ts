import { askForCode, isCodeProof, takeCodeProof } from './one-time-code.ts'
import type { Step } from './step.ts'

/**
 * A new account's address, proven before the account exists. An address that has an account already walks the same way:
 * its owner is told by mail, the code that is asked for was never made.
 */
export const verify: Step = {
  isDone: (state) => state.isEmailProven,
  enter(state) {
    const identified = state.identified
    if (!identified || state.codeDestination !== null) return undefined
    return {
      state: { ...state, codeDestination: identified.email },
      effects: [
        {
          effect: 'send_code',
          purpose: 'signup',
          channel: 'email',
          userId: identified.userId,
          destination: identified.email,
          isDecoy: identified.userId !== null,
        },
      ],
    }
  },
  ask: (state, policy, failure) => askForCode(state, policy, failure),
  accept: (state, proof) => (isCodeProof(proof) ? takeCodeProof(state, proof, (proven) => proven) : undefined),
}
