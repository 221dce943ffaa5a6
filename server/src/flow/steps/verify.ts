import { addressOf, channelFor } from '../awaited-code.ts'
import { signupIdentificationOf } from '../signup-identity.ts'
import type { Policy } from '../policy.ts'
import type { FlowState } from '../state.ts'
import { askForCode, isCodeProof, takeCodeProof } from './one-time-code.ts'
import type { Step } from './step.ts'

/** An address may be proven later where policy says so; a number never. */
function mayBePutOff(state: FlowState, { signup }: Policy): boolean {
  return signup.verification === 'optional' && signupIdentificationOf(state) === 'email'
}

/**
 * A new account's address or number, proven before the account exists. One that has an account already walks the same way:
 * its owner is told by mail or message, the code that is asked for was never made.
 */
export const verify: Step = {
  isDone: (state) => (signupIdentificationOf(state) === 'phone' ? state.provenPhone !== null : state.isEmailProven || state.isVerificationPutOff),
  enter(state, policy) {
    const identified = state.identified
    if (!identified || state.codeDestination !== null) return undefined
    const device = signupIdentificationOf(state) ?? 'email'
    const channel = channelFor(device, policy)
    const destination = addressOf(identified, device)
    const { userId } = identified
    return {
      state: { ...state, codeChannel: channel, codeDestination: destination },
      effects: [{ effect: 'send_code', purpose: 'signup', channel, userId, destination, isDecoy: userId !== null }],
    }
  },
  ask: (state, policy, failure) => ({ screen: { ...askForCode(state, policy, failure).screen, isOptional: mayBePutOff(state, policy) } }),
  accept(state, proof, policy) {
    if (proof.kind === 'skipped') return mayBePutOff(state, policy) ? { state: { ...state, isVerificationPutOff: true } } : undefined
    return isCodeProof(proof) ? takeCodeProof(state, proof, (proven) => proven) : undefined
  },
}
