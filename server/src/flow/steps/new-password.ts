import type { PasswordProblem } from '../../domain/password-rules.ts'
import { rulesToShow } from '../../domain/password-rules.ts'
import type { Proof } from '../proof.ts'
import type { Screen, ScreenFailure } from '../screen.ts'
import type { FlowState } from '../state.ts'
import type { Policy } from '../policy.ts'
import type { Accepted } from './step.ts'

export function askForNewPassword(state: FlowState, policy: Policy, failure: ScreenFailure | null): { screen: Screen } {
  const displayIdentifier = state.identified?.display ?? ''
  return { screen: { screen: 'new_password', flow: state.type, displayIdentifier, passwordRules: rulesToShow(policy.password), failure } }
}

export function acceptNewPassword(state: FlowState, proof: Proof, policy: Policy): Accepted | undefined {
  if (proof.kind === 'unacceptable_password') return { state, failure: unacceptable(proof.problems, policy) }
  if (proof.kind === 'new_password') return { state: { ...state, newPasswordHash: proof.hash, isNewPasswordUsedBefore: proof.wasUsedBefore ?? false } }
  return undefined
}

export function unacceptable(problems: readonly PasswordProblem[], { password }: Policy): ScreenFailure {
  return { code: 'unacceptable_password', problems, minimumLength: password.minimumLength }
}
