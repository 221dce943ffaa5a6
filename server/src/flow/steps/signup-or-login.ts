import type { Policy } from '../policy.ts'
import { isAdmitted } from '../admission.ts'
import { deviceOf, isOutOfBand } from '../awaited-code.ts'
import { signupIdentifications } from '../signup-identity.ts'
import type { Authentication, FlowState, Identified, OutOfBandAuthentication } from '../state.ts'

/** How each identity of a new account is proven. */
const SIGNUP_PROOFS = [
  { identification: 'email', authentication: 'primary_oob_otp_email' },
  { identification: 'phone', authentication: 'primary_oob_otp_sms' },
] as const

/** What who was named can do now. Whether the code makes an account is not told before it came back. */
export function offeredAuthentications({ type }: FlowState, policy: Policy): readonly Authentication[] {
  const { login, signup } = policy
  const isBoth = type === 'signup_login' && signup.isOpen && signup.admission?.by !== 'invitation'
  if (!isBoth) return login.authentications
  const added = SIGNUP_PROOFS.filter((one) => signupIdentifications(policy).includes(one.identification) && !login.authentications.includes(one.authentication))
  return [...login.authentications, ...added.map((one) => one.authentication)]
}

/**
 * Whether the code that is asked for is never made: for a stranger who may have no account, and, where codes do not sign in,
 * for who has one; they are told by mail or message, as at sign-up.
 */
export function isCodeDecoy(state: FlowState, identified: Identified, policy: Policy): boolean {
  if (state.type !== 'signup_login') return identified.userId === null
  const chosen: OutOfBandAuthentication | null = state.chosen !== null && isOutOfBand(state.chosen) ? state.chosen : null
  if (identified.userId !== null) return chosen !== null && !policy.login.authentications.some((one) => one === chosen)
  const { identification } = identified
  const mayBegin = signupIdentifications(policy).some((one) => one === identification) && chosen !== null && deviceOf(chosen) === identification
  return !mayBegin || !policy.signup.isOpen || !isAdmitted(state, policy.signup)
}

/** From the first right proof on the flow is what it turned out to be; a stranger's is the code that went to their address or number. */
export function settleType(state: FlowState): FlowState {
  if (state.type !== 'signup_login' || !state.identified) return state
  return { ...state, type: state.identified.userId === null ? 'signup' : 'login' }
}
