import { maskPhone } from '../../domain/phone.ts'
import type { Device } from '../awaited-code.ts'
import { channelFor } from '../awaited-code.ts'
import type { Policy } from '../policy.ts'
import type { Proof } from '../proof.ts'
import type { Screen, ScreenFailure } from '../screen.ts'
import type { CodeChannel, FlowState, OutOfBandAuthentication } from '../state.ts'

/** What every step shares that sends a code to a telephone: asking by which channel, of who can show that and named none. */
export function asksChannel({ channelChoice }: FlowState, device: Device, { messaging }: Policy, wanted?: CodeChannel): boolean {
  return channelChoice !== 'none' && device === 'phone' && wanted === undefined && messaging.channels.length > 1
}

/** Nothing was sent yet: a code of before is none of what is asked now. */
export function askChannel(state: FlowState, policy: Policy): FlowState {
  return { ...state, channelChoice: 'asked', codeChannel: channelFor('phone', policy), codeDestination: null }
}

/** Once a code is on its way, or something else was chosen. */
export function settleChannel<State extends FlowState>(state: State): State {
  return state.channelChoice === 'asked' ? { ...state, channelChoice: 'offered' } : state
}

/** `others`: by what else than a message the same proof could be given. */
export function channelScreen(state: FlowState, policy: Policy, shown: { authentication: OutOfBandAuthentication | null; phone: string | null; others?: readonly CodeChannel[]; failure: ScreenFailure | null }): { screen: Screen } {
  const { authentication, phone, others = [], failure } = shown
  const maskedDestination = phone?.startsWith('+') ? maskPhone(phone as Parameters<typeof maskPhone>[0]) : ''
  return { screen: { screen: 'select_channel', flow: state.type, authentication, channels: [...policy.messaging.channels, ...others], maskedDestination, failure } }
}

/** The chosen channel where it is one of a telephone's that policy has; undefined for everything else. */
export function chosenMessageChannel(proof: Proof, { messaging }: Policy): CodeChannel | undefined {
  return proof.kind === 'channel_chosen' ? messaging.channels.find((one) => one === proof.channel) : undefined
}
