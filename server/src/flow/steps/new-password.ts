import type { Proof } from '../proof.ts'
import type { Screen, ScreenFailure } from '../screen.ts'
import type { FlowState } from '../state.ts'
import type { Policy } from '../policy.ts'
import type { Accepted } from './step.ts'

export function askForNewPassword(state: FlowState, _policy: Policy, failure: ScreenFailure | null): { screen: Screen } {
  return { screen: { screen: 'new_password', flow: state.type, displayIdentifier: state.identified?.display ?? '', failure } }
}

export function acceptNewPassword(state: FlowState, proof: Proof): Accepted | undefined {
  if (proof.kind === 'unacceptable_password') return { state, failure: { code: 'unacceptable_password', problems: proof.problems } }
  if (proof.kind === 'new_password') return { state: { ...state, newPasswordHash: proof.hash } }
  return undefined
}
