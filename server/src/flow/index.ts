/**
 * The flow engine. Owns: which step follows which, what is asked, what happens at the end. Does not own: how a proof is
 * gathered, how an effect is applied, how a screen looks. Pure: imports only the domain.
 */
export { advance } from './engine.ts'
export type { Advance } from './engine.ts'
export type { Effect } from './effects.ts'
export { DEFAULT_POLICY } from './policy.ts'
export type { Policy } from './policy.ts'
export type { NeededFact, OneTimeCodeOutcome, Proof } from './proof.ts'
export type { Screen, ScreenFailure } from './screen.ts'
export { beginState } from './state.ts'
export type { Amr, Authentication, DefinitionName, FlowState, FlowType, Identification, Identified, PasswordChange, SecondaryAuthentication } from './state.ts'
