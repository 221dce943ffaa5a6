import type { Authentication, DefinitionName, FlowType, Identification, SecondaryAuthentication, SignupIdentification } from '../state.ts'
import type { StepType } from '../steps/step-type.ts'

/** What a step may offer: a way to be recognised, or a way to prove it. */
export type Branch = Identification | Authentication | SecondaryAuthentication

/** One step of a flow and what is special about it here. */
export interface DefinedStep {
  readonly type: StepType
  /** What it offers, in order of preference; whatever policy allows when absent. */
  readonly oneOf?: readonly Branch[]
  /** Only whoever signs up by this has the step. */
  readonly onlyFor?: SignupIdentification
  /** Whoever walks the flow may put it off. */
  readonly isOptional?: true
  /** The second factor is demanded here, whatever policy says of other flows. */
  readonly isRequired?: true
}

/** Which steps a flow has, in which order: data, whether generated from policy or declared. */
export interface Definition {
  readonly type: FlowType
  readonly name: DefinitionName
  /** Tells one declaration of a name from a later one; empty for what is generated, which follows policy as it changes. */
  readonly fingerprint: string
  readonly steps: readonly DefinedStep[]
}
