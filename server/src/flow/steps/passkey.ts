import type { Policy } from '../policy.ts'
import type { Proof } from '../proof.ts'
import type { FlowState } from '../state.ts'
import { settleType } from './signup-or-login.ts'
import type { Accepted } from './step.ts'

/**
 * What the steps that take a passkey share. Before anybody was named the assertion names them; afterwards it must be a
 * passkey of the same person.
 */
export function acceptPasskey(state: FlowState, proof: Extract<Proof, { kind: 'passkey' }>, policy: Policy): Accepted | undefined {
  if (!policy.login.authentications.includes('primary_passkey')) return undefined
  if (!state.identified && !policy.login.identifications.includes('passkey')) return undefined
  const isTheirs = proof.isRight && (!state.identified || state.identified.userId === proof.identified.userId)
  if (!isTheirs) return { state, failure: { code: 'passkey_refused' } }
  const identified = state.identified ?? proof.identified
  return { state: settleType({ ...state, identified, chosen: 'primary_passkey', amr: proof.amr, passkeyId: proof.passkeyId }) }
}
