import { rulesToShow } from '../../domain/password-rules.ts'
import { isAdmitted } from '../admission.ts'
import { asksPassword, signupIdentifications } from '../signup-identity.ts'
import { makesAccount } from '../state.ts'
import type { FlowState, Identification } from '../state.ts'
import { acceptInvitation, isByInvitationOnly } from './invitation.ts'
import { acceptPasskey } from './passkey.ts'
import type { Policy } from '../policy.ts'
import { offeredAuthentications } from './signup-or-login.ts'
import type { Step } from './step.ts'

/** Who is it? Never fails for an unknown identifier: a stranger goes on and fails at the proof, like a wrong password. */
export const identify: Step = {
  isDone: (state) => state.identified !== null,
  ask: (state, policy, failure) => ({
    screen: {
      screen: 'identify',
      flow: state.type,
      identifications: isByInvitationOnly(state, policy) ? ['invitation'] : identificationsOf(state, policy),
      authentications: signsIn(state) ? offeredAuthentications(state, policy) : [],
      passwordRules: rulesToShow(policy.password),
      asksNewPassword: (makesAccount(state.type) && !isByInvitationOnly(state, policy) && signupIdentifications(policy).every((one) => asksPassword(one, policy))) || state.definition === 'password_first',
      failure,
    },
  }),
  accept(state, proof, policy) {
    if (proof.kind === 'unusable_identifier') return { state, failure: { code: 'invalid_identifier' } }
    if (makesAccount(state.type) && (proof.kind === 'invited' || proof.kind === 'unusable_invitation')) return acceptInvitation(state, proof)
    if (proof.kind === 'passkey') return signsIn(state) ? acceptPasskey(state, proof, policy) : undefined
    if (proof.kind !== 'identified') return undefined
    if (isByInvitationOnly(state, policy)) return { state, refusal: 'signup_closed' }
    const allowed = identificationsOf(state, policy)
    if (!allowed.some((one) => one === proof.identified.identification)) return { state, failure: { code: 'invalid_identifier' } }
    const named = { ...state, identified: proof.identified }
    if (makesAccount(state.type) && !isAdmitted(named, policy.signup)) return { state, failure: { code: 'address_not_allowed' } }
    return { state: named }
  },
}

/** A number recovers where codes may go to one. */
function identificationsOf({ type }: FlowState, policy: Policy): readonly Identification[] {
  const { login, recovery } = policy
  if (type === 'login' || type === 'signup_login') return login.identifications
  if (makesAccount(type)) return signupIdentifications(policy)
  return type === 'account_recovery' && recovery.destinations.includes('phone') ? ['email', 'phone'] : ['email']
}

function signsIn({ type }: FlowState): boolean {
  return type === 'login' || type === 'signup_login'
}
