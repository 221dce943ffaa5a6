import { maskEmail } from '../../domain/email.ts'
import { maskPhone } from '../../domain/phone.ts'
import type { Policy, RecoveryDestination } from '../policy.ts'
import type { CodeChannel, FlowState } from '../state.ts'
import { sendCode } from './one-time-code.ts'
import { askChannel, asksChannel, channelScreen, chosenMessageChannel } from './select-channel.ts'
import type { Accepted, Step } from './step.ts'

/**
 * Where the recovery code goes. What can be chosen is a matter of policy and of what was typed, never of the account: a
 * choice that only some accounts have would tell who has one.
 */
export const selectDestination: Step = {
  isDone: (state) => state.codeDestination !== null,
  enter(state, policy) {
    if (!state.identified || state.codeDestination !== null || state.channelChoice === 'asked') return undefined
    const settled = settledDestination(state, policy)
    return settled && sendOrAsk(state, settled, policy)
  },
  ask(state, policy, failure) {
    if (state.channelChoice === 'asked') return channelScreen(state, policy, { authentication: null, phone: state.identified?.identification === 'phone' ? state.identified.phone : null, failure })
    const destinations = policy.recovery.destinations.map((destination) => ({ destination, masked: maskedTyped(state, destination) }))
    return { screen: { screen: 'select_destination', flow: state.type, destinations, channels: policy.messaging.channels, failure } }
  },
  accept(state, proof, policy) {
    if (state.channelChoice === 'asked') {
      const channel = chosenMessageChannel(proof, policy)
      return channel && sendCode(state, 'phone', policy, channel)
    }
    if (proof.kind !== 'destination_chosen' || !policy.recovery.destinations.includes(proof.destination)) return undefined
    return sendOrAsk(state, proof.destination, policy, proof.channel)
  },
}

function sendOrAsk(state: FlowState, destination: RecoveryDestination, policy: Policy, wanted?: CodeChannel): Accepted {
  return asksChannel(state, destination, policy, wanted) ? { state: askChannel(state, policy) } : sendCode(state, destination, policy, wanted)
}

/** Where there is one there is nothing to choose; where the password came first, it is what was typed. */
function settledDestination({ definition, identified }: FlowState, { recovery: { destinations } }: Policy): RecoveryDestination | undefined {
  const [first = 'email', ...others] = destinations
  if (others.length === 0) return first
  if (definition !== 'password_first') return undefined
  return identified?.identification === 'phone' ? 'phone' : 'email'
}

function maskedTyped({ identified }: FlowState, destination: RecoveryDestination): string {
  if (identified?.identification !== destination) return ''
  return destination === 'email' ? maskEmail(identified.display) : identified.phone === null ? '' : maskPhone(identified.phone)
}
