import { isPasswordExpired } from '../../domain/password-rules.ts'
import type { Policy } from '../policy.ts'
import type { PasswordStanding } from '../proof.ts'
import type { FlowState, PasswordChange } from '../state.ts'
import { askForCode, isCodeProof, takeCodeProof } from './one-time-code.ts'
import { acceptPasskey } from './passkey.ts'
import type { Step } from './step.ts'

/** Proof of who it is, by one of the primary authenticators that policy offers. */
export const authenticate: Step = {
  isDone: (state) => state.amr.length > 0,
  ask(state, policy, failure) {
    if (state.chosen === 'primary_oob_otp_email' && state.codeDestination !== null) return askForCode(state, policy, failure)
    return {
      screen: {
        screen: 'authenticate',
        flow: state.type,
        displayIdentifier: state.identified?.display ?? '',
        authentications: policy.login.authentications,
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
      const passwordChange = proof.standing ? changeNeeded(state, proof.standing, policy) : null
      return { state: { ...state, chosen: 'primary_password', amr: ['pwd'], matchedPassword: proof.matched ?? null, passwordChange } }
    }
    if (proof.kind === 'passkey') return acceptPasskey(state, proof, policy)
    if (proof.kind === 'chosen') {
      const chosen = policy.login.authentications.find((one) => one === proof.authentication)
      if (chosen === undefined) return undefined
      if (chosen !== 'primary_oob_otp_email') return { state: { ...state, chosen } }
      return {
        // A username without an account has no address; what is shown then is masked beyond recognition anyway.
        state: { ...state, chosen: 'primary_oob_otp_email', codeDestination: identified.email ?? identified.display },
        effects: [
          {
            effect: 'send_code',
            purpose: state.type,
            channel: 'email',
            userId: identified.userId,
            destination: identified.email,
            isDecoy: identified.userId === null,
          },
        ],
      }
    }
    if (state.chosen === 'primary_oob_otp_email' && isCodeProof(proof)) {
      return takeCodeProof(state, proof, (proven) => ({ ...proven, amr: ['otp'] }))
    }
    return undefined
  },
}

/** Only for who signs in: a session that exists already is neither ended nor prolonged by an old password. */
function changeNeeded(state: FlowState, { changedAt, isChangeRequired, at }: PasswordStanding, policy: Policy): PasswordChange | null {
  if (state.type !== 'login') return null
  if (isChangeRequired) return 'required'
  return isPasswordExpired(policy.password, changedAt, at) ? 'expired' : null
}
