import { maskEmail } from '../../domain/email.ts'
import { addressOf, awaitedCode, CHANNELS, chosenCodeFactor, isOutOfBand } from '../awaited-code.ts'
import type { Screen, ScreenFailure } from '../screen.ts'
import type { Authentication, EmailCodeForm, FlowState, SecondaryAuthentication } from '../state.ts'
import type { Accepted } from './step.ts'

/** The screen of a second factor whose code is on its way. Who proved the first factor may see where to, masked. */
export function askForFactorCode(
  state: FlowState,
  shown: { form: EmailCodeForm; authentications: readonly SecondaryAuthentication[]; trustDays: number; failure: ScreenFailure | null },
): { screen: Screen } {
  const { channel, destination } = awaitedCode(state)
  return {
    screen: {
      screen: 'enter_one_time_code',
      flow: state.type,
      authentication: chosenCodeFactor(state) ?? null,
      channel,
      form: shown.form,
      maskedDestination: maskEmail(destination),
      alternatives: shown.authentications.filter((one) => one !== state.chosenFactor),
      trustDays: shown.trustDays,
      failure: shown.failure,
    },
  }
}

/** One of the account's factors by name: a code is sent for those that need one. */
export function chooseFactor(state: FlowState, authentication: Authentication | SecondaryAuthentication): Accepted | undefined {
  const chosen = state.enrolledFactors.find((one) => one === authentication)
  if (chosen === undefined || !state.identified) return undefined
  const next = { ...state, chosenFactor: chosen }
  if (!isOutOfBand(chosen)) return { state: next }
  const channel = CHANNELS[chosen]
  const destination = addressOf(state.identified, channel)
  if (destination === null) return undefined
  const { userId } = state.identified
  return { state: next, effects: [{ effect: 'send_code', purpose: 'second_factor', channel, userId, destination, isDecoy: false }] }
}
