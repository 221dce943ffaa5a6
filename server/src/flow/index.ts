/**
 * The flow engine. Owns: which step follows which, what is asked, what happens at the end. Does not own: how a proof is
 * gathered, how an effect is applied, how a screen looks. Pure: imports only the domain.
 */
export { checkDeclaredFlow } from './definitions/check-declared-flow.ts'
export { DECLARED_STEPS, defineFlow } from './definitions/declared-flow.ts'
export type { DeclaredFlow } from './definitions/declared-flow.ts'
export type { Definition } from './definitions/definition.ts'
export { describeFlow } from './definitions/describe-flow.ts'
export type { DescribedBranch, DescribedFlow } from './definitions/describe-flow.ts'
export { findDefinition, isGeneratedName, listDefinitions } from './definitions/definitions.ts'
export { advance, policyFor } from './engine.ts'
export type { Advance } from './engine.ts'
export type { CodePurpose, Effect } from './effects.ts'
export { awaitedCode, codeFactorToSend, codePurposeOf, emailCodeForm, recipientOf } from './awaited-code.ts'
export type { AwaitedCode } from './awaited-code.ts'
export { DEFAULT_POLICY, isMailboxCounted, isPasskeyCounted, isPhoneCounted, isSecondFactorRequired } from './policy.ts'
export type { Policy, RecoveryDestination } from './policy.ts'
export type { NeededFact, OneTimeCodeOutcome, Proof } from './proof.ts'
export type { Screen, ScreenFailure } from './screen.ts'
export { asksPassword, signupIdentifications } from './signup-identity.ts'
export { beginState, makesAccount, UNTOUCHED_STATE } from './state.ts'
export type {
  Amr,
  Authentication,
  CodeChannel,
  DefinitionName,
  EmailCodeForm,
  EndingSession,
  FlowState,
  FlowType,
  Identification,
  Identified,
  Invitation,
  NewPasskey,
  OutOfBandAuthentication,
  PasswordChange,
  SecondaryAuthentication,
  SignupIdentification,
  SessionsToEnd,
} from './state.ts'
