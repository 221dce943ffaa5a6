import type { Policy } from '../policy.ts'
import type { Proof } from '../proof.ts'
import { makesAccount } from '../state.ts'
import type { FlowState } from '../state.ts'
import type { Accepted } from './step.ts'

/** Whether this sign-up is for nobody but the invited. */
export function isByInvitationOnly({ type }: FlowState, { signup }: Policy): boolean {
  return makesAccount(type) && signup.admission?.by === 'invitation'
}

/** Names who signs up, for good, and proves the address: the secret was written to it and to nobody else. */
export function acceptInvitation(state: FlowState, proof: Extract<Proof, { kind: 'invited' | 'unusable_invitation' }>): Accepted {
  if (proof.kind === 'unusable_invitation') return { state, failure: { code: 'invalid_invitation' } }
  if (proof.identified.userId !== null) return { state, failure: { code: 'invited_has_account' } }
  return { state: { ...state, identified: proof.identified, invitation: proof.invitation, isEmailProven: true } }
}
