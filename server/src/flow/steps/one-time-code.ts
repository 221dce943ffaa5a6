import { maskEmail } from '../../domain/email.ts'
import { emailCodeForm } from '../awaited-code.ts'
import type { Policy } from '../policy.ts'
import type { Proof } from '../proof.ts'
import type { Screen, ScreenFailure } from '../screen.ts'
import type { FlowState } from '../state.ts'
import type { Accepted } from './step.ts'

/** What every step that waits for an emailed code shares: the screen and what the proofs mean. */
type CodeProof = Extract<Proof, { kind: 'one_time_code' | 'code_sent_again' }>

export function isCodeProof(proof: Proof): proof is CodeProof {
  return proof.kind === 'one_time_code' || proof.kind === 'code_sent_again'
}

export function askForCode(state: FlowState, policy: Policy, failure: ScreenFailure | null): { screen: Screen } {
  // A person who identified by username is not told the account's address, nor whether there is one.
  const isAddressTheirs = state.identified?.identification === 'email'
  const maskedDestination = isAddressTheirs ? maskEmail(state.codeDestination ?? '') : ''
  const authentication = state.type === 'login' || state.type === 'reauth' ? 'primary_oob_otp_email' : null
  const form = emailCodeForm(state, policy)
  return { screen: { screen: 'enter_one_time_code', flow: state.type, authentication, channel: 'email', form, maskedDestination, alternatives: [], trustDays: 0, failure } }
}

/** The right code proves the address; a stranger's code is never right, whatever the service found. */
export function takeCodeProof(state: FlowState, proof: CodeProof, proven: (state: FlowState) => FlowState): Accepted {
  if (proof.kind === 'code_sent_again') {
    return proof.wasTooSoon ? { state, failure: { code: 'resend_too_soon' } } : { state }
  }
  switch (proof.outcome) {
    case 'right':
      // There is nobody whose address it would prove; only a new account begins without one.
      if (state.type !== 'signup' && !state.identified?.userId) return { state, failure: { code: 'wrong_code' } }
      return { state: proven({ ...state, isEmailProven: true }) }
    case 'awaited':
      return { state }
    case 'wrong':
      return { state, failure: { code: 'wrong_code' } }
    case 'exhausted':
      return { state, failure: { code: 'code_exhausted' } }
  }
}
