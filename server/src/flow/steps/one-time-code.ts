import { maskEmail } from '../../domain/email.ts'
import type { E164 } from '../../domain/phone.ts'
import { maskPhone } from '../../domain/phone.ts'
import type { Device } from '../awaited-code.ts'
import { addressOf, channelFor, codePurposeOf, destinationOf, emailCodeForm, isOutOfBand } from '../awaited-code.ts'
import type { Policy } from '../policy.ts'
import type { Proof } from '../proof.ts'
import type { Screen, ScreenFailure } from '../screen.ts'
import { makesAccount } from '../state.ts'
import type { CodeChannel, FlowState } from '../state.ts'
import { isCodeDecoy } from './signup-or-login.ts'
import { settleChannel } from './select-channel.ts'
import type { Accepted } from './step.ts'

/** What every step that waits for a code shares: sending it, the screen, and what the proofs mean. */
type CodeProof = Extract<Proof, { kind: 'one_time_code' | 'code_sent_again' }>

export function isCodeProof(proof: Proof): proof is CodeProof {
  return proof.kind === 'one_time_code' || proof.kind === 'code_sent_again'
}

/** Sends the first code of a flow. To whom there is nothing to write to it is sent in vain. */
export function sendCode(state: FlowState, device: Device, policy: Policy, wanted?: CodeChannel): Accepted {
  const { identified } = state
  if (!identified) return { state }
  const channel = channelFor(device, policy, wanted)
  const destination = addressOf(identified, device)
  const { userId } = identified
  return {
    state: { ...settleChannel(state), codeChannel: channel, codeDestination: destinationOf(identified, device) },
    effects: [{ effect: 'send_code', purpose: codePurposeOf(state.type), channel, userId, destination, isDecoy: isCodeDecoy(state, identified, policy) || destination === null }],
  }
}

export function askForCode(state: FlowState, policy: Policy, failure: ScreenFailure | null): { screen: Extract<Screen, { screen: 'enter_one_time_code' }> } {
  const isSignIn = !makesAccount(state.type) && state.type !== 'account_recovery'
  const authentication = isSignIn && state.chosen !== null && isOutOfBand(state.chosen) ? state.chosen : null
  return {
    screen: {
      screen: 'enter_one_time_code',
      flow: state.type,
      authentication,
      channel: state.codeChannel,
      form: emailCodeForm(state, policy),
      otherChannels: otherChannels(state.codeChannel, policy),
      maskedDestination: maskedDestination(state),
      alternatives: [],
      isOptional: false,
      trustDays: 0,
      failure,
    },
  }
}

/** By what else a code to a telephone could be sent. */
export function otherChannels(channel: CodeChannel, policy: Policy): CodeChannel[] {
  return channel === 'email' ? [] : policy.messaging.channels.filter((one) => one !== channel)
}

/** A person who identified by something else is not told the account's address or number, nor whether there is one. */
function maskedDestination({ type, identified, codeChannel, codeDestination }: FlowState): string {
  const destination = codeDestination ?? ''
  if (codeChannel === 'email') return identified?.identification === 'email' ? maskEmail(destination) : ''
  const isTheirs = identified?.identification === 'phone' || type === 'reauth'
  return isTheirs && destination.startsWith('+') ? maskPhone(destination as E164) : ''
}

/** The right code proves where it was sent to; a stranger's code is never right, whatever the service found. */
export function takeCodeProof(state: FlowState, proof: CodeProof, proven: (state: FlowState) => FlowState): Accepted {
  if (proof.kind === 'code_sent_again') return takeResend(state, proof)
  switch (proof.outcome) {
    case 'right':
      // There is nobody whose address it would prove; only a new account begins without one.
      if (!makesAccount(state.type) && state.type !== 'signup_login' && !state.identified?.userId) return { state, failure: { code: 'wrong_code' } }
      return { state: proven(state.codeChannel === 'email' ? { ...state, isEmailProven: true } : { ...state, provenPhone: state.codeDestination as E164 }) }
    case 'awaited':
      return { state }
    case 'wrong':
      return { state, failure: { code: 'wrong_code' } }
    case 'exhausted':
      return { state, failure: { code: 'code_exhausted' } }
  }
}

export function takeResend(state: FlowState, { wasTooSoon, channel }: Extract<Proof, { kind: 'code_sent_again' }>): Accepted {
  if (wasTooSoon) return { state, failure: { code: 'resend_too_soon' } }
  return { state: channel === undefined ? state : { ...state, codeChannel: channel } }
}
