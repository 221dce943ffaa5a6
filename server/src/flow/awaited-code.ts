import type { E164 } from '../domain/phone.ts'
import type { CodePurpose } from './effects.ts'
import type { Policy } from './policy.ts'
import { makesAccount } from './state.ts'
import type { Authentication, CodeChannel, EmailCodeForm, FlowState, FlowType, Identified, OutOfBandAuthentication, SecondaryAuthentication } from './state.ts'

/** A code that a state waits for: what it is for, by which channel it was sent and where to (normalised). */
export interface AwaitedCode {
  readonly purpose: CodePurpose
  readonly channel: CodeChannel
  readonly destination: string
}

/** Whether a code goes to a mailbox or to a telephone. */
export type Device = 'email' | 'phone'

const DEVICES = {
  primary_oob_otp_email: 'email',
  primary_oob_otp_sms: 'phone',
  secondary_oob_otp_email: 'email',
  secondary_oob_otp_sms: 'phone',
} as const satisfies Record<OutOfBandAuthentication, Device>

export function deviceOf(authentication: OutOfBandAuthentication): Device {
  return DEVICES[authentication]
}

/** The channel that was asked for where there is a choice, else the first one. */
export function channelFor(device: Device, policy: Policy, wanted?: CodeChannel): CodeChannel {
  if (device === 'email') return 'email'
  const { channels } = policy.messaging
  return channels.find((one) => one === wanted) ?? channels[0] ?? 'sms'
}

/** Where the first code goes; null where there is nothing to write to. */
export function addressOf(identified: Identified, device: Device): string | null {
  return device === 'email' ? identified.email : identified.phone
}

/**
 * What a code is filed under that goes nowhere: a username without an account has no address, somebody without a number no
 * telephone. Never the same for both devices: a code for one answers for the other nowhere.
 */
export function destinationOf(identified: Identified, device: Device): string {
  return addressOf(identified, device) ?? (device === 'email' ? identified.display : `tel:${identified.display}`)
}

/** The second factor that was picked, when it is a code that is sent. */
export function chosenCodeFactor(state: Pick<FlowState, 'secondFactor' | 'chosenFactor'>): OutOfBandAuthentication | undefined {
  return state.secondFactor === 'needed' && state.chosenFactor !== null && isOutOfBand(state.chosenFactor) ? state.chosenFactor : undefined
}

export function isOutOfBand<Proof extends Authentication | SecondaryAuthentication>(authentication: Proof): authentication is Extract<Proof, OutOfBandAuthentication> {
  return authentication in DEVICES
}

/** Where the code of a second factor goes. */
export function factorAddressOf(state: Pick<FlowState, 'identified' | 'factorPhone'>, device: Device): string | E164 | null {
  return device === 'email' ? (state.identified?.email ?? null) : state.factorPhone
}

/** What the first code of a flow is for. */
export function codePurposeOf(type: FlowType): CodePurpose {
  return type === 'promote' ? 'signup' : type
}

/**
 * The code of a state. That of the second factor has a purpose of its own: a code which was asked for as the first proof,
 * in whichever state of the flow, never answers for the second.
 */
export function awaitedCode(state: FlowState): AwaitedCode {
  const factor = chosenCodeFactor(state)
  if (!factor || !state.identified) return { purpose: codePurposeOf(state.type), channel: state.codeChannel, destination: state.codeDestination ?? '' }
  const device = deviceOf(factor)
  return { purpose: 'second_factor', channel: state.codeChannel, destination: factorAddressOf(state, device) ?? '' }
}

/** Where an awaited code may be written to: as it was typed or is displayed; null where it is awaited in vain. */
export function recipientOf(state: FlowState): string | null {
  const { channel, destination } = awaitedCode(state)
  if (channel === 'email') return state.identified?.emailDisplay ?? null
  return destination.startsWith('+') ? destination : null
}

/**
 * What the mail of a state carries. Signing up is by digits alone: whoever only clicks must not prove an address for an
 * account whose password somebody else chose.
 */
export function emailCodeForm(state: FlowState, policy: Policy): EmailCodeForm {
  const takesLinks = state.awaitsLinks && !makesAccount(state.type) && state.type !== 'signup_login' && awaitedCode(state).channel === 'email'
  return takesLinks ? (policy.login.emailCodeForm ?? 'code') : 'code'
}

/** The second factor whose code can be sent without being asked for: there is nothing else to choose. */
export function codeFactorToSend(state: FlowState): OutOfBandAuthentication | undefined {
  const [only, ...others] = state.enrolledFactors
  const isWaiting = state.secondFactor === 'needed' && state.chosenFactor === null && others.length === 0
  return isWaiting && only !== undefined && isOutOfBand(only) ? only : undefined
}
