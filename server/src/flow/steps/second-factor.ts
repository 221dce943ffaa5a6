import { chosenCodeFactor } from '../awaited-code.ts'
import { isPasskeyCounted, isSecondFactorRequired, type Policy } from '../policy.ts'
import type { Proof } from '../proof.ts'
import { makesAccount } from '../state.ts'
import type { Amr, FlowState, SecondaryAuthentication } from '../state.ts'
import { takeResend } from './one-time-code.ts'
import { askForFactorCode, chooseFactor, chooseFactorChannel } from './second-factor-code.ts'
import type { Accepted, Step } from './step.ts'

/**
 * The second proof, after the first one was right and the account is known to be open: nobody else learns whether a
 * second factor is set up. It is settled once, by a proof, by a browser that was trusted before, by having none where none
 * is required, or by setting one up.
 */
export const secondFactor: Step = {
  isDone: (state) => state.secondFactor === 'spared' || state.secondFactor === 'proven' || state.secondFactor === 'set_up',
  ask(state, policy, failure) {
    if (state.secondFactor === null) return { fact: 'second_factors' }
    if (state.secondFactor === 'to_set_up') {
      if (state.pendingTotpKey === null) return { fact: 'totp_key' }
      return { screen: { screen: 'set_up_totp', flow: state.type, key: state.pendingTotpKey, displayIdentifier: state.identified?.display ?? '', failure } }
    }
    const authentications = policy.secondFactor.authentications.filter((one) => state.enrolledFactors.includes(one))
    const trustDays = mayTrust(state) ? policy.secondFactor.trustedDeviceDays : 0
    if (chosenCodeFactor(state)) return askForFactorCode(state, policy, { authentications, trustDays, failure })
    return { screen: { screen: 'authenticate_second_factor', flow: state.type, authentications, trustDays, failure } }
  },
  accept(state, proof, policy) {
    if (state.secondFactor === null) return proof.kind === 'second_factors' ? settle(state, proof, policy) : undefined
    if (state.secondFactor === 'to_set_up') return setUp(state, proof)
    return state.secondFactor === 'needed' ? prove(state, proof, policy) : undefined
  },
}

function settle(state: FlowState, found: Extract<Proof, { kind: 'second_factors' }>, policy: Policy): Accepted {
  const { mode, authentications } = policy.secondFactor
  const listed = found.enrolled.filter((one) => authentications.includes(one))
  // The mailbox or telephone that was the first proof is no second one.
  const factorPhone = found.phones.find((one) => one !== state.provenPhone) ?? null
  const isShown = (one: SecondaryAuthentication) => (one === 'secondary_oob_otp_email' && state.isEmailProven) || (one === 'secondary_oob_otp_sms' && factorPhone === null)
  const enrolled = listed.filter((one) => !isShown(one))
  // A recovery code stands in for a lost factor; alone it is none. A passkey is taken wherever there is one, and asked for by policy.
  const isAsked = (one: SecondaryAuthentication) => one !== 'recovery_code' && (one !== 'secondary_passkey' || isPasskeyCounted(policy, found.at))
  // A passkey with user verification is two factors in one (NIST SP 800-63B-4 section 3.2.2).
  const isSpared = mode === 'off' || state.amr.includes('mfa') || (found.isTrustedDevice && state.type === 'login')
  if (isSpared) return { state: { ...state, secondFactor: 'spared' } }
  const offered = policy.secondFactor.offered ?? authentications
  const takenHere = enrolled.filter((one) => offered.includes(one))
  if (takenHere.some(isAsked)) return { state: { ...state, secondFactor: 'needed', enrolledFactors: takenHere, factorPhone } }
  // A flow that takes fewer factors is none in which those it does not take are worth nothing.
  if (enrolled.some(isAsked)) return { state, refusal: 'factor_not_offered' }
  const isRequired = isSecondFactorRequired(policy, found.at)
  // Whoever signs up chose the password and gave the emailed code: where that is the second factor, both were just shown.
  const isShownBySignup = makesAccount(state.type) && state.newPasswordHash !== null && state.isEmailProven && offered.includes('secondary_oob_otp_email')
  if (isShownBySignup) return { state: { ...state, secondFactor: 'proven', amr: ['pwd', 'otp', 'mfa'] } }
  // The same for a number; without a password beside it the code was the first proof, and never the second.
  const isShownByPhone = makesAccount(state.type) && state.provenPhone !== null && state.newPasswordHash !== null && offered.includes('secondary_oob_otp_sms')
  if (isShownByPhone) return { state: { ...state, secondFactor: 'proven', amr: ['pwd', 'otp', 'sms', 'mfa'] } }
  // A factor is bound at the strength the account has (NIST SP 800-63B-4 section 4.1.2): not by a password beside a passkey
  // that cannot be asserted here, and not by the mailbox alone beside a password.
  if (isRequired && found.hasPasskey) return { state, refusal: 'passkey_required' }
  if (isRequired && found.hasPassword && listed.length > enrolled.length) return { state, refusal: 'password_required' }
  return { state: { ...state, secondFactor: isRequired ? 'to_set_up' : 'spared' } }
}

function setUp(state: FlowState, proof: Proof): Accepted | undefined {
  if (proof.kind === 'totp_key') return { state: { ...state, pendingTotpKey: proof.key } }
  if (proof.kind !== 'totp_set_up' || state.pendingTotpKey === null) return undefined
  if (proof.step === null) return { state, failure: { code: 'wrong_code' } }
  return { state: { ...state, secondFactor: 'set_up', totpSetUpStep: proof.step, amr: [...state.amr, 'otp', 'mfa'] } }
}

function prove(state: FlowState, proof: Proof, policy: Policy): Accepted | undefined {
  if (proof.kind === 'chosen') return chooseFactor(state, proof, policy)
  if (proof.kind === 'channel_chosen') return chooseFactorChannel(state, proof, policy)
  if (proof.kind === 'second_factor') return proveByText(state, proof)
  if (proof.kind === 'passkey') return proveByPasskey(state, proof)
  const factor = chosenCodeFactor(state)
  if (factor === undefined || state.chosenFactor === null) return undefined
  if (proof.kind === 'code_sent_again') return takeResend(state, proof)
  if (proof.kind !== 'one_time_code') return undefined
  if (proof.outcome === 'awaited') return { state }
  if (proof.outcome !== 'right') return { state, failure: { code: proof.outcome === 'wrong' ? 'wrong_code' : 'code_exhausted' } }
  return { state: pass(state, { by: state.chosenFactor, amr: state.chosenFactor === 'secondary_oob_otp_sms' ? ['otp', 'sms'] : ['otp'], wantsTrust: proof.wantsTrust ?? false }) }
}

function proveByText(state: FlowState, proof: Extract<Proof, { kind: 'second_factor' }>): Accepted | undefined {
  if (!state.enrolledFactors.includes(proof.authentication)) return undefined
  if (!proof.isRight) return { state, failure: { code: 'wrong_code' } }
  // A recovery code is for the day on which the app is lost, not for sparing it from then on.
  return { state: pass(state, { by: proof.authentication, amr: ['otp'], wantsTrust: proof.wantsTrust && proof.authentication !== 'recovery_code' }) }
}

function proveByPasskey(state: FlowState, proof: Extract<Proof, { kind: 'passkey' }>): Accepted | undefined {
  if (!state.enrolledFactors.includes('secondary_passkey')) return undefined
  if (!proof.isRight || proof.identified.userId !== state.identified?.userId) return { state, failure: { code: 'passkey_refused' } }
  return { state: { ...pass(state, { by: 'secondary_passkey', amr: proof.amr, wantsTrust: false }), passkeyId: proof.passkeyId } }
}

function pass(state: FlowState, shown: { by: SecondaryAuthentication; amr: readonly Amr[]; wantsTrust: boolean }): FlowState {
  const amr = [...new Set<Amr>([...state.amr, ...shown.amr, 'mfa'])]
  return { ...state, secondFactor: 'proven', chosenFactor: shown.by, wantsTrust: shown.wantsTrust && mayTrust(state), amr }
}

/** Whoever walks at a client's own screen is not in the browser that would be trusted. */
function mayTrust({ type, request }: FlowState): boolean {
  return type === 'login' && request === null
}
