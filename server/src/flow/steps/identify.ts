import { rulesToShow } from '../../domain/password-rules.ts'
import { acceptPasskey } from './passkey.ts'
import type { Step } from './step.ts'

/** Who is it? Never fails for an unknown identifier: a stranger goes on and fails at the proof, like a wrong password. */
export const identify: Step = {
  isDone: (state) => state.identified !== null,
  ask: (state, policy, failure) => ({
    screen: {
      screen: 'identify',
      flow: state.type,
      identifications: state.type === 'login' ? policy.login.identifications : ['email'],
      authentications: state.type === 'login' ? policy.login.authentications : [],
      asksNewPassword: state.type === 'signup' || state.definition === 'password_first',
      passwordRules: rulesToShow(policy.password),
      failure,
    },
  }),
  accept(state, proof, policy) {
    if (proof.kind === 'unusable_identifier') return { state, failure: { code: 'invalid_identifier' } }
    if (proof.kind === 'passkey') return state.type === 'login' ? acceptPasskey(state, proof, policy) : undefined
    if (proof.kind !== 'identified') return undefined
    const allowed = state.type === 'login' ? policy.login.identifications : (['email'] as const)
    if (!allowed.some((one) => one === proof.identified.identification)) return { state, failure: { code: 'invalid_identifier' } }
    return { state: { ...state, identified: proof.identified } }
  },
}
