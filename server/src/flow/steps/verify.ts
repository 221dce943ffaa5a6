import type { Device } from '../awaited-code.ts'
import { addressOf, channelFor } from '../awaited-code.ts'
import { signupIdentificationOf } from '../signup-identity.ts'
import type { Policy } from '../policy.ts'
import type { CodeChannel, FlowState } from '../state.ts'
import { askForCode, isCodeProof, takeCodeProof } from './one-time-code.ts'
import { askChannel, asksChannel, channelScreen, chosenMessageChannel, settleChannel } from './select-channel.ts'
import type { Accepted, Step } from './step.ts'

/** An address may be proven later where policy says so; a number never. */
function mayBePutOff(state: FlowState, { signup }: Policy): boolean {
  return signup.verification === 'optional' && signupIdentificationOf(state) === 'email'
}

function deviceToProve(state: FlowState): Device {
  return signupIdentificationOf(state) ?? 'email'
}

function isChannelAsked(state: FlowState): boolean {
  return state.channelChoice === 'asked' && deviceToProve(state) === 'phone'
}

function send(state: FlowState, policy: Policy, wanted?: CodeChannel): Accepted | undefined {
  const { identified } = state
  if (!identified) return undefined
  const device = deviceToProve(state)
  const channel = channelFor(device, policy, wanted)
  const destination = addressOf(identified, device)
  const { userId } = identified
  return {
    state: { ...settleChannel(state), codeChannel: channel, codeDestination: destination },
    effects: [{ effect: 'send_code', purpose: 'signup', channel, userId, destination, isDecoy: userId !== null }],
  }
}

/**
 * A new account's address or number, proven before the account exists. One that has an account already walks the same way:
 * its owner is told by mail or message, the code that is asked for was never made.
 */
export const verify: Step = {
  isDone: (state) => (signupIdentificationOf(state) === 'phone' ? state.provenPhone !== null : state.isEmailProven || state.isVerificationPutOff),
  enter(state, policy) {
    if (!state.identified || state.codeDestination !== null || isChannelAsked(state)) return undefined
    return asksChannel(state, deviceToProve(state), policy) ? { state: askChannel(state, policy) } : send(state, policy)
  },
  ask(state, policy, failure) {
    if (isChannelAsked(state)) return channelScreen(state, policy, { authentication: null, phone: state.identified?.phone ?? null, failure })
    return { screen: { ...askForCode(state, policy, failure).screen, isOptional: mayBePutOff(state, policy) } }
  },
  accept(state, proof, policy) {
    if (proof.kind === 'skipped') return mayBePutOff(state, policy) ? { state: { ...state, isVerificationPutOff: true } } : undefined
    if (isChannelAsked(state)) {
      const channel = chosenMessageChannel(proof, policy)
      return channel && send(state, policy, channel)
    }
    return isCodeProof(proof) ? takeCodeProof(state, proof, (proven) => proven) : undefined
  },
}
