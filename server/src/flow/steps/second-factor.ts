import type { Policy } from '../policy.ts'
import type { Proof } from '../proof.ts'
import type { FlowState } from '../state.ts'
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
    return {
      screen: {
        screen: 'authenticate_second_factor',
        flow: state.type,
        authentications: policy.secondFactor.authentications.filter((one) => state.enrolledFactors.includes(one)),
        trustDays: state.type === 'login' ? policy.secondFactor.trustedDeviceDays : 0,
        failure,
      },
    }
  },
  accept(state, proof, policy) {
    if (state.secondFactor === null) return proof.kind === 'second_factors' ? settle(state, proof, policy) : undefined
    if (state.secondFactor === 'to_set_up') return setUp(state, proof)
    return state.secondFactor === 'needed' ? prove(state, proof) : undefined
  },
}

function settle(state: FlowState, found: Extract<Proof, { kind: 'second_factors' }>, policy: Policy): Accepted {
  const { mode, authentications, graceUntil } = policy.secondFactor
  const enrolled = found.enrolled.filter((one) => authentications.includes(one))
  // A recovery code stands in for a lost factor; alone it is none.
  const hasFactor = enrolled.some((one) => one !== 'recovery_code')
  // A passkey with user verification is two factors in one (NIST SP 800-63B-4 section 3.2.2).
  const isSpared = mode === 'off' || state.amr.includes('mfa') || (found.isTrustedDevice && state.type === 'login')
  if (isSpared) return { state: { ...state, secondFactor: 'spared' } }
  if (hasFactor) return { state: { ...state, secondFactor: 'needed', enrolledFactors: enrolled } }
  const isRequired = mode === 'required' && (graceUntil === null || found.at >= graceUntil)
  // A factor is bound at the strength the account has (NIST SP 800-63B-4 section 4.1.2): not by a password beside a passkey.
  if (isRequired && found.hasPasskey) return { state, refusal: 'passkey_required' }
  return { state: { ...state, secondFactor: isRequired ? 'to_set_up' : 'spared' } }
}

function setUp(state: FlowState, proof: Proof): Accepted | undefined {
  if (proof.kind === 'totp_key') return { state: { ...state, pendingTotpKey: proof.key } }
  if (proof.kind !== 'totp_set_up' || state.pendingTotpKey === null) return undefined
  if (proof.step === null) return { state, failure: { code: 'wrong_code' } }
  return { state: { ...state, secondFactor: 'set_up', totpSetUpStep: proof.step, amr: [...state.amr, 'otp', 'mfa'] } }
}

function prove(state: FlowState, proof: Proof): Accepted | undefined {
  if (proof.kind !== 'second_factor' || !state.enrolledFactors.includes(proof.authentication)) return undefined
  if (!proof.isRight) return { state, failure: { code: 'wrong_code' } }
  const amr = state.amr.includes('otp') ? state.amr : [...state.amr, 'otp' as const]
  // A recovery code is for the day on which the app is lost, not for sparing it from then on.
  const wantsTrust = proof.wantsTrust && state.type === 'login' && proof.authentication !== 'recovery_code'
  return { state: { ...state, secondFactor: 'proven', wantsTrust, amr: [...amr, 'mfa'] } }
}
