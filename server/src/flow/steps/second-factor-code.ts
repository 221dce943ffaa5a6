import { maskEmail } from '../../domain/email.ts'
import type { E164 } from '../../domain/phone.ts'
import { maskPhone } from '../../domain/phone.ts'
import { awaitedCode, channelFor, chosenCodeFactor, deviceOf, emailCodeForm, factorAddressOf, isOutOfBand } from '../awaited-code.ts'
import type { Policy } from '../policy.ts'
import type { Screen, ScreenFailure } from '../screen.ts'
import type { CodeChannel, FlowState, SecondaryAuthentication } from '../state.ts'
import type { Proof } from '../proof.ts'
import { otherChannels } from './one-time-code.ts'
import { asksChannel, channelScreen, settleChannel } from './select-channel.ts'
import type { Accepted } from './step.ts'

/** The screen of a second factor whose code is on its way. Who proved the first factor may see where to, masked. */
export function askForFactorCode(
  state: FlowState,
  policy: Policy,
  shown: { authentications: readonly SecondaryAuthentication[]; trustDays: number; failure: ScreenFailure | null },
): { screen: Screen } {
  const { channel, destination } = awaitedCode(state)
  if (state.channelChoice === 'asked' && state.chosenFactor === 'secondary_oob_otp_sms') {
    return channelScreen(state, policy, { authentication: state.chosenFactor, phone: destination, others: shown.authentications.includes('secondary_oob_otp_email') ? ['email'] : [], failure: shown.failure })
  }
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
export function chooseFactor(state: FlowState, { authentication, channel: wanted }: Pick<Extract<Proof, { kind: 'chosen' }>, 'authentication' | 'channel'>, policy: Policy): Accepted | undefined {
  const chosen = state.enrolledFactors.find((one) => one === authentication)
  if (chosen === undefined || !state.identified) return undefined
  if (!isOutOfBand(chosen)) return { state: settleChannel({ ...state, chosenFactor: chosen }) }
  const device = deviceOf(chosen)
  const destination = factorAddressOf(state, device)
  if (destination === null) return undefined
  if (asksChannel(state, device, policy, wanted)) return { state: { ...state, chosenFactor: chosen, channelChoice: 'asked', codeChannel: channelFor(device, policy) } }
  const { userId } = state.identified
  const channel = channelFor(device, policy, wanted)
  return { state: { ...settleChannel(state), chosenFactor: chosen, codeChannel: channel }, effects: [{ effect: 'send_code', purpose: 'second_factor', channel, userId, destination, isDecoy: false }] }
}

/** The channel of a code to the telephone, where that is asked; mail is another of the account's factors. */
export function chooseFactorChannel(state: FlowState, { channel }: Extract<Proof, { kind: 'channel_chosen' }>, policy: Policy): Accepted | undefined {
  if (state.channelChoice !== 'asked' || state.chosenFactor !== 'secondary_oob_otp_sms') return undefined
  if (channel === 'email') return chooseFactor(state, { authentication: 'secondary_oob_otp_email' }, policy)
  return policy.messaging.channels.includes(channel) ? chooseFactor(state, { authentication: 'secondary_oob_otp_sms', channel }, policy) : undefined
}
