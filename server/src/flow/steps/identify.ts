import { rulesToShow } from '../../domain/password-rules.ts'
import { isAdmitted } from '../admission.ts'
import type { FlowState } from '../state.ts'
import { acceptInvitation, isByInvitationOnly } from './invitation.ts'
import { acceptPasskey } from './passkey.ts'
import { offeredAuthentications } from './signup-or-login.ts'
import type { Step } from './step.ts'

/** Who is it? Never fails for an unknown identifier: a stranger goes on and fails at the proof, like a wrong password. */
export const identify: Step = {
  isDone: (state) => state.identified !== null,
  ask: (state, policy, failure) => ({
    screen: {
      screen: 'identify',
      flow: state.type,
      identifications: signsIn(state) ? policy.login.identifications : isByInvitationOnly(state, policy) ? ['invitation'] : ['email'],
      authentications: signsIn(state) ? offeredAuthentications(state, policy) : [],
      passwordRules: rulesToShow(policy.password),
      asksNewPassword: (state.type === 'signup' && !isByInvitationOnly(state, policy)) || state.definition === 'password_first',
      failure,
    },
  }),
  accept(state, proof, policy) {
    if (proof.kind === 'unusable_identifier') return { state, failure: { code: 'invalid_identifier' } }
    if (state.type === 'signup' && (proof.kind === 'invited' || proof.kind === 'unusable_invitation')) return acceptInvitation(state, proof)
    if (proof.kind === 'passkey') return signsIn(state) ? acceptPasskey(state, proof, policy) : undefined
    if (proof.kind !== 'identified') return undefined
    if (isByInvitationOnly(state, policy)) return { state, refusal: 'signup_closed' }
    const allowed = signsIn(state) ? policy.login.identifications : (['email'] as const)
    if (!allowed.some((one) => one === proof.identified.identification)) return { state, failure: { code: 'invalid_identifier' } }
    const named = { ...state, identified: proof.identified }
    if (state.type === 'signup' && !isAdmitted(named, policy.signup)) return { state, failure: { code: 'address_not_allowed' } }
    return { state: named }
  },
}

function signsIn({ type }: FlowState): boolean {
  return type === 'login' || type === 'signup_login'
}
