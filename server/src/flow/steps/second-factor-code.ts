import { maskEmail } from '../../domain/email.ts'
import type { E164 } from '../../domain/phone.ts'
import { maskPhone } from '../../domain/phone.ts'
import { awaitedCode, channelFor, chosenCodeFactor, deviceOf, emailCodeForm, factorAddressOf, isOutOfBand } from '../awaited-code.ts'
import type { Policy } from '../policy.ts'
import type { Screen, ScreenFailure } from '../screen.ts'
import type { CodeChannel, FlowState, SecondaryAuthentication } from '../state.ts'
import type { Proof } from '../proof.ts'
import { otherChannels } from './one-time-code.ts'
import type { Accepted } from './step.ts'

/** The screen of a second factor whose code is on its way. Who proved the first factor may see where to, masked. */
export function askForFactorCode(
  state: FlowState,
  policy: Policy,
  shown: { authentications: readonly SecondaryAuthentication[]; trustDays: number; failure: ScreenFailure | null },
): { screen: Screen } {
  const { channel, destination } = awaitedCode(state)
  return {
    screen: {
      screen: 'enter_one_time_code',
      isOptional: false,
      flow: state.type,
      authentication: chosenCodeFactor(state) ?? null,
      channel,
      form: emailCodeForm(state, policy),
      otherChannels: otherChannels(channel, policy),
      maskedDestination: maskFor(channel, destination),
      alternatives: shown.authentications.filter((one) => one !== state.chosenFactor),
      trustDays: shown.trustDays,
      failure: shown.failure,
    },
  }
}

function maskFor(channel: CodeChannel, destination: string): string {
  return channel === 'email' ? maskEmail(destination) : maskPhone(destination as E164)
}

/** One of the account's factors by name: a code is sent for those that need one. */
export function chooseFactor(state: FlowState, { authentication, channel: wanted }: Extract<Proof, { kind: 'chosen' }>, policy: Policy): Accepted | undefined {
  const chosen = state.enrolledFactors.find((one) => one === authentication)
  if (chosen === undefined || !state.identified) return undefined
  if (!isOutOfBand(chosen)) return { state: { ...state, chosenFactor: chosen } }
  const device = deviceOf(chosen)
  const destination = factorAddressOf(state, device)
  if (destination === null) return undefined
  const { userId } = state.identified
  const channel = channelFor(device, policy, wanted)
  return { state: { ...state, chosenFactor: chosen, codeChannel: channel }, effects: [{ effect: 'send_code', purpose: 'second_factor', channel, userId, destination, isDecoy: false }] }
}
