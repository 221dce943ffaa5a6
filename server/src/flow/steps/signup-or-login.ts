import type { Policy } from '../policy.ts'
import { isAdmitted } from '../admission.ts'
import type { Authentication, FlowState, Identified } from '../state.ts'

/** What who was named can do now. Whether the code makes an account is not told before it came back. */
export function offeredAuthentications({ type }: FlowState, { login, signup }: Policy): readonly Authentication[] {
  const isBoth = type === 'signup_login' && signup.isOpen && signup.admission?.by !== 'invitation'
  const isCodeAdded = isBoth && !login.authentications.includes('primary_oob_otp_email')
  return isCodeAdded ? [...login.authentications, 'primary_oob_otp_email'] : login.authentications
}

/**
 * Whether the code that is asked for is never made: for a stranger who may have no account, and, where codes do not sign in,
 * for who has one; they are told by mail, as at sign-up.
 */
export function isCodeDecoy(state: FlowState, identified: Identified, policy: Policy): boolean {
  if (state.type !== 'signup_login') return identified.userId === null
  if (identified.userId !== null) return state.chosen === 'primary_oob_otp_email' && !policy.login.authentications.includes('primary_oob_otp_email')
  return identified.identification !== 'email' || !policy.signup.isOpen || !isAdmitted(state, policy.signup)
}

/** From the first right proof on the flow is what it turned out to be; a stranger's is the code that went to their address. */
export function settleType(state: FlowState): FlowState {
  if (state.type !== 'signup_login' || !state.identified) return state
  return { ...state, type: state.identified.userId === null ? 'signup' : 'login' }
}
