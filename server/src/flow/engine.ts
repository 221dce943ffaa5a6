import { isAdmitted } from './admission.ts'
import type { Definition } from './definitions/definition.ts'
import { definitionOf, finishOf } from './definitions/definitions.ts'
import { narrowPolicy } from './definitions/narrow-policy.ts'
import type { Effect } from './effects.ts'
import type { Policy } from './policy.ts'
import type { NeededFact, Proof } from './proof.ts'
import type { Screen, ScreenFailure } from './screen.ts'
import { signupIdentificationOf } from './signup-identity.ts'
import { makesAccount } from './state.ts'
import type { FlowState } from './state.ts'
import { accountDeletion } from './steps/account-deletion.ts'
import { authenticate } from './steps/authenticate.ts'
import { changePassword } from './steps/change-password.ts'
import { checkAccountStatus } from './steps/check-account-status.ts'
import { createAuthenticator } from './steps/create-authenticator.ts'
import { fillInUserProfile } from './steps/fill-in-user-profile.ts'
import { identify } from './steps/identify.ts'
import { promptCreatePasskey } from './steps/prompt-create-passkey.ts'
import { resetPassword } from './steps/reset-password.ts'
import { secondFactor } from './steps/second-factor.ts'
import { terminateOtherSessions } from './steps/terminate-other-sessions.ts'
import { selectDestination } from './steps/select-destination.ts'
import type { Step } from './steps/step.ts'
import type { StepType } from './steps/step-type.ts'
import { viewRecoveryCode } from './steps/view-recovery-code.ts'
import { verifyAccountRecoveryCode } from './steps/verify-account-recovery-code.ts'
import { verify } from './steps/verify.ts'

const STEPS: Readonly<Record<StepType, Step>> = {
  identify,
  authenticate,
  create_authenticator: createAuthenticator,
  verify,
  fill_in_user_profile: fillInUserProfile,
  check_account_status: checkAccountStatus,
  second_factor: secondFactor,
  view_recovery_code: viewRecoveryCode,
  change_password: changePassword,
  terminate_other_sessions: terminateOtherSessions,
  prompt_create_passkey: promptCreatePasskey,
  account_deletion: accountDeletion,
  select_destination: selectDestination,
  verify_account_recovery_code: verifyAccountRecoveryCode,
  reset_password: resetPassword,
}

type EngineRefusal =
  | 'account_disabled'
  | 'passkey_required'
  | 'password_required'
  | 'factor_not_offered'
  | 'signup_closed'
  | 'too_many_sessions'
  | 'invalid_invitation'
  | 'unexpected_input'
  | 'invalid_state'

export type Advance = { readonly state: FlowState; readonly effects: readonly Effect[] } & (
  | { readonly next: 'screen'; readonly screen: Screen }
  | { readonly next: 'fact'; readonly fact: NeededFact }
  | { readonly next: 'finished' }
  | { readonly next: 'refused'; readonly refusal: EngineRefusal }
)

/**
 * The one dispatcher: reads the state, lets the current step take the proof, picks what follows. Pure: no I/O, no clock,
 * no throw for an expected failure. `proof` null asks where the flow stands; `given` is the tenant's policy.
 */
export function advance(state: FlowState, proof: Proof | null, given: Policy): Advance {
  const definition = definitionOf(state, given)
  // Walking it by another definition could leave out what this one demanded.
  if (!definition) return { next: 'refused', refusal: 'invalid_state', state, effects: [] }
  const policy = narrowPolicy(given, definition)
  if (makesAccount(state.type) && !policy.signup.isOpen) return { next: 'refused', refusal: 'signup_closed', state, effects: [] }
  // Who was let in by the policy of a while ago is asked again.
  if (makesAccount(state.type) && !isAdmitted(state, policy.signup)) return { next: 'refused', refusal: 'signup_closed', state, effects: [] }
  const rules = { definition, policy }
  if (!proof) return proceed(state, rules, [], null)
  const accepted = currentStep(state, definition)?.accept(state, proof, policy)
  if (!accepted) return { next: 'refused', refusal: 'unexpected_input', state, effects: [] }
  const effects = accepted.effects ?? []
  if (accepted.refusal) return { next: 'refused', refusal: accepted.refusal, state: accepted.state, effects }
  if (accepted.state.type === state.type) return proceed(accepted.state, rules, effects, accepted.failure ?? null)
  // What was one flow for both is now the one that it turned out to be.
  const turned = definitionOf(accepted.state, given)
  if (!turned) return { next: 'refused', refusal: 'invalid_state', state, effects: [] }
  return proceed(accepted.state, { definition: turned, policy: narrowPolicy(given, turned) }, effects, accepted.failure ?? null)
}

/** The tenant's policy as the flow of a state follows it; undefined when that flow is gone. */
export function policyFor(state: FlowState, given: Policy): Policy | undefined {
  const definition = definitionOf(state, given)
  return definition && narrowPolicy(given, definition)
}

interface Rules {
  readonly definition: Definition
  readonly policy: Policy
}

function proceed(state: FlowState, rules: Rules, effects: readonly Effect[], failure: ScreenFailure | null): Advance {
  const { definition, policy } = rules
  const step = currentStep(state, definition)
  if (!step) return { next: 'finished', state, effects: [...effects, ...finishOf(state)] }
  const entered = step.enter?.(state, policy)
  if (entered) return proceed(entered.state, rules, [...effects, ...(entered.effects ?? [])], failure)
  const ask = step.ask(state, policy, failure)
  return 'screen' in ask ? { next: 'screen', screen: ask.screen, state, effects } : { next: 'fact', fact: ask.fact, state, effects }
}

function currentStep(state: FlowState, { steps }: Definition): Step | undefined {
  const by = signupIdentificationOf(state)
  const next = steps.find((one) => (one.onlyFor === undefined || one.onlyFor === by) && !STEPS[one.type].isDone(state))
  return next && STEPS[next.type]
}
