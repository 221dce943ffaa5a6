import type { Effect } from '../effects.ts'
import type { Policy } from '../policy.ts'
import type { NeededFact, Proof } from '../proof.ts'
import type { Screen, ScreenFailure } from '../screen.ts'
import type { FlowState } from '../state.ts'

/** One step of a flow: when it is done, what it asks, what it takes. Which one follows is the definition's to say. */
export interface Step {
  isDone(state: FlowState): boolean
  /** What this step needs to go on. `failure` is what the last proof got wrong, if it did. */
  ask(state: FlowState, policy: Policy, failure: ScreenFailure | null): { screen: Screen } | { fact: NeededFact }
  /** Undefined when the proof is not one this step takes. */
  accept(state: FlowState, proof: Proof, policy: Policy): Accepted | undefined
  /** What the step does by itself when it is reached, such as sending the code it will ask for. */
  enter?(state: FlowState, policy: Policy): Accepted | undefined
}

export interface Accepted {
  readonly state: FlowState
  readonly effects?: readonly Effect[]
  readonly failure?: ScreenFailure
  /** The flow is over without success, for a reason the person may be told. */
  readonly refusal?: 'account_disabled' | 'passkey_required' | 'password_required' | 'factor_not_offered' | 'signup_closed'
}
