import type { CodePurpose } from './effects.ts'
import type { Policy } from './policy.ts'
import type { CodeChannel, EmailCodeForm, FlowState, Identified, OutOfBandAuthentication, SecondaryAuthentication } from './state.ts'

/** A code that a state waits for: what it is for, by which channel it was sent and where to (normalised). */
export interface AwaitedCode {
  readonly purpose: CodePurpose
  readonly channel: CodeChannel
  readonly destination: string
}

export const CHANNELS = { primary_oob_otp_email: 'email', secondary_oob_otp_email: 'email' } as const satisfies Record<OutOfBandAuthentication, CodeChannel>

/** Where a channel reaches somebody; null where they have no address for it. */
export function addressOf(identified: Identified, channel: CodeChannel): string | null {
  switch (channel) {
    case 'email':
      return identified.email
  }
}

/** The second factor that was picked, when it is a code that is sent. */
export function chosenCodeFactor(state: Pick<FlowState, 'secondFactor' | 'chosenFactor'>): OutOfBandAuthentication | undefined {
  return state.secondFactor === 'needed' && state.chosenFactor !== null && isOutOfBand(state.chosenFactor) ? state.chosenFactor : undefined
}

export function isOutOfBand(authentication: SecondaryAuthentication): authentication is Extract<SecondaryAuthentication, OutOfBandAuthentication> {
  return authentication in CHANNELS
}

/**
 * The code of a state. That of the second factor has a purpose of its own: a code which was asked for as the first proof,
 * in whichever state of the flow, never answers for the second.
 */
export function awaitedCode(state: FlowState): AwaitedCode {
  const factor = chosenCodeFactor(state)
  if (!factor || !state.identified) return { purpose: state.type, channel: 'email', destination: state.codeDestination ?? '' }
  return { purpose: 'second_factor', channel: CHANNELS[factor], destination: addressOf(state.identified, CHANNELS[factor]) ?? '' }
}

/**
 * What the mail of a state carries. Signing up is by digits alone: whoever only clicks must not prove an address for an
 * account whose password somebody else chose.
 */
export function emailCodeForm(state: FlowState, policy: Policy): EmailCodeForm {
  return state.awaitsLinks && state.type !== 'signup' ? (policy.login.emailCodeForm ?? 'code') : 'code'
}

/** The second factor whose code can be sent without being asked for: there is nothing else to choose. */
export function codeFactorToSend(state: FlowState): OutOfBandAuthentication | undefined {
  const [only, ...others] = state.enrolledFactors
  const isWaiting = state.secondFactor === 'needed' && state.chosenFactor === null && others.length === 0
  return isWaiting && only !== undefined && isOutOfBand(only) ? only : undefined
}
