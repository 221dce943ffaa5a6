import { isPasswordExpired } from '../../domain/password-rules.ts'
import type { Policy } from '../policy.ts'
import type { PasswordStanding } from '../proof.ts'
import type { Authentication, FlowState, PasswordChange } from '../state.ts'
import { addressOf, deviceOf, isOutOfBand } from '../awaited-code.ts'
import { askForCode, isCodeProof, sendCode, takeCodeProof } from './one-time-code.ts'
import { acceptPasskey } from './passkey.ts'
import { askChannel, asksChannel, channelScreen, chosenMessageChannel, settleChannel } from './select-channel.ts'
import { isCodeDecoy, offeredAuthentications, settleType } from './signup-or-login.ts'
import type { Step } from './step.ts'

/** Proof of who it is, by one of the primary authenticators that policy offers. */
export const authenticate: Step = {
  isDone: (state) => state.amr.length > 0,
  ask(state, policy, failure) {
    if (isCodeAwaited(state)) return askForCode(state, policy, failure)
    if (isChannelAsked(state)) {
      const isShown = state.identified?.identification === 'phone' || state.type === 'reauth'
      return channelScreen(state, policy, { authentication: 'primary_oob_otp_sms', phone: isShown ? (state.identified?.phone ?? null) : null, others: offersMail(state, policy) ? ['email'] : [], failure })
    }
    return {
      screen: {
        screen: 'authenticate',
        flow: state.type,
        displayIdentifier: state.identified?.display ?? '',
        authentications: offeredTo(state, policy),
        failure,
      },
    }
  },
  accept(state, proof, policy) {
    const identified = state.identified
    if (!identified) return undefined
    if (proof.kind === 'password' && policy.login.authentications.includes('primary_password')) {
      const isRight = proof.isRight && identified.userId !== null
      if (!isRight) return { state, failure: { code: 'invalid_credentials' } }
      const settled = settleType(state)
      const passwordChange = proof.standing ? changeNeeded(settled, proof.standing, policy) : null
      return { state: { ...settled, chosen: 'primary_password', amr: ['pwd'], matchedPassword: proof.matched ?? null, passwordChange } }
    }
    if (proof.kind === 'passkey') return acceptPasskey(state, proof, policy)
    if (proof.kind === 'chosen') {
      const chosen = offeredAuthentications(state, policy).find((one) => one === proof.authentication)
      if (chosen === undefined) return undefined
      if (!isOutOfBand(chosen)) return { state: settleChannel({ ...state, chosen }) }
      const device = deviceOf(chosen)
      return asksChannel(state, device, policy, proof.channel) ? { state: askChannel({ ...state, chosen }, policy) } : sendCode({ ...state, chosen }, device, policy, proof.channel)
    }
    if (proof.kind === 'channel_chosen') {
      if (!isChannelAsked(state)) return undefined
      if (proof.channel === 'email') return offersMail(state, policy) ? sendCode({ ...state, chosen: 'primary_oob_otp_email' }, 'email', policy) : undefined
      const channel = chosenMessageChannel(proof, policy)
      return channel && sendCode(state, 'phone', policy, channel)
    }
    if (isCodeAwaited(state) && isCodeProof(proof)) {
      const prove = (proven: FlowState) => settleType({ ...proven, amr: proven.codeChannel === 'email' ? ['otp'] : ['otp', 'sms'] })
      // Whose account was found only after the code for a new one was made.
      const isVain = proof.kind === 'one_time_code' && proof.outcome === 'right' && isCodeDecoy(state, identified, policy)
      return takeCodeProof(state, isVain ? { ...proof, outcome: 'wrong' } : proof, prove)
    }
    return undefined
  },
}

function isCodeAwaited({ chosen, codeDestination }: FlowState): boolean {
  return chosen !== null && isOutOfBand(chosen) && codeDestination !== null
}

function isChannelAsked({ chosen, channelChoice }: FlowState): boolean {
  return chosen === 'primary_oob_otp_sms' && channelChoice === 'asked'
}

/** Whether the code could go by mail as well. */
function offersMail(state: FlowState, policy: Policy): boolean {
  return offeredTo(state, policy).includes('primary_oob_otp_email')
}

/** Who is signed in is only offered what they have; before that nobody is known, and everybody is offered the same. */
function offeredTo(state: FlowState, policy: Policy): readonly Authentication[] {
  const offered = offeredAuthentications(state, policy)
  const { identified } = state
  if (state.type !== 'reauth' || !identified) return offered
  return offered.filter((one) => !isOutOfBand(one) || addressOf(identified, deviceOf(one)) !== null)
}

/** Only for who signs in: a session that exists already is neither ended nor prolonged by an old password. */
function changeNeeded(state: FlowState, { changedAt, isChangeRequired, at }: PasswordStanding, policy: Policy): PasswordChange | null {
  if (state.type !== 'login') return null
  if (isChangeRequired) return 'required'
  return isPasswordExpired(policy.password, changedAt, at) ? 'expired' : null
}
