import { maskEmail } from '../../domain/email.ts'
import { maskPhone } from '../../domain/phone.ts'
import type { Policy, RecoveryDestination } from '../policy.ts'
import type { FlowState } from '../state.ts'
import { sendCode } from './one-time-code.ts'
import type { Step } from './step.ts'

/**
 * Where the recovery code goes. What can be chosen is a matter of policy and of what was typed, never of the account: a
 * choice that only some accounts have would tell who has one.
 */
export const selectDestination: Step = {
  isDone: (state) => state.codeDestination !== null,
  enter(state, policy) {
    if (!state.identified || state.codeDestination !== null) return undefined
    const settled = settledDestination(state, policy)
    return settled && sendCode(state, settled, policy)
  },
  ask: (state, policy, failure) => ({
    screen: {
      screen: 'select_destination',
      flow: state.type,
      destinations: policy.recovery.destinations.map((destination) => ({ destination, masked: maskedTyped(state, destination) })),
      channels: policy.messaging.channels,
      failure,
    },
  }),
  accept(state, proof, policy) {
    if (proof.kind !== 'destination_chosen' || !policy.recovery.destinations.includes(proof.destination)) return undefined
    return sendCode(state, proof.destination, policy, proof.channel)
  },
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
