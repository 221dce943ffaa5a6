import { makesAccount } from '../state.ts'
import type { FlowType } from '../state.ts'
import type { StepType } from '../steps/step-type.ts'
import type { Branch, DefinedStep, Definition } from './definition.ts'

/** The steps a declaration knows, in the order in which the engine's own come first. */
export const DECLARED_STEPS = [
  'identify',
  'authenticate',
  'check_account_status',
  'create_authenticator',
  'fill_in_user_profile',
  'verify',
  'view_recovery_code',
  'change_password',
  'terminate_other_sessions',
  'prompt_create_passkey',
  'select_destination',
  'verify_account_recovery_code',
  'reset_password',
] as const
export type DeclaredStepType = (typeof DECLARED_STEPS)[number]

/** What turns out to be a sign-up or a sign-in goes on as the generated one of the two. */
export type DeclaredFlowType = Exclude<FlowType, 'signup_login'>

export interface DeclaredStep {
  readonly type: DeclaredStepType
  readonly oneOf?: readonly Branch[]
  readonly isRequired?: boolean
}

/** A flow as an operator writes it down. */
export interface DeclaredFlow {
  readonly type: DeclaredFlowType
  readonly name: string
  readonly steps: readonly DeclaredStep[]
}

/** What a declaration calls the engine's steps: what becomes of a planned deletion is part of the account's status. */
export const STEP_NAMES: Readonly<Record<StepType, DeclaredStepType>> = {
  identify: 'identify',
  authenticate: 'authenticate',
  create_authenticator: 'create_authenticator',
  verify: 'verify',
  fill_in_user_profile: 'fill_in_user_profile',
  check_account_status: 'check_account_status',
  second_factor: 'authenticate',
  view_recovery_code: 'view_recovery_code',
  change_password: 'change_password',
  terminate_other_sessions: 'terminate_other_sessions',
  prompt_create_passkey: 'prompt_create_passkey',
  account_deletion: 'check_account_status',
  select_destination: 'select_destination',
  verify_account_recovery_code: 'verify_account_recovery_code',
  reset_password: 'reset_password',
}

export const isSecondary = (branch: Branch): boolean => branch.startsWith('secondary_') || branch === 'recovery_code'

/** Which step of the engine a declared one is: `authenticate` is the second factor when second factors are what it offers, or when it follows another. */
export function stepTypesOf(type: DeclaredFlowType, steps: readonly DeclaredStep[]): StepType[] {
  let wasAuthenticated = makesAccount(type) || type === 'account_recovery'
  return steps.map((step) => {
    if (step.type !== 'authenticate') return step.type
    const isSecond = step.oneOf ? step.oneOf.some(isSecondary) : wasAuthenticated
    wasAuthenticated = true
    return isSecond ? 'second_factor' : 'authenticate'
  })
}

/** A declaration that was checked, as the engine walks it. `fingerprint` tells it from what the name stood for before. */
export function defineFlow({ type, name, steps }: DeclaredFlow, fingerprint: string): Definition {
  const types = stepTypesOf(type, steps)
  const defined = steps.map((step, index): DefinedStep => {
    const stepType = types[index]!
    return { type: stepType, ...(step.oneOf ? { oneOf: step.oneOf } : {}), ...(step.isRequired === true ? { isRequired: true } : {}) }
  })
  const shown = withRecoveryCodes(defined)
  return { type, name, fingerprint, steps: type === 'login' ? withAccountDeletion(shown) : shown }
}

/** Whoever sets a second factor up sees the codes that come with it, wherever they are not declared elsewhere. */
function withRecoveryCodes(steps: readonly DefinedStep[]): readonly DefinedStep[] {
  if (steps.some(({ type }) => type === 'view_recovery_code')) return steps
  return steps.flatMap((step): DefinedStep[] => (step.type === 'second_factor' ? [step, { type: 'view_recovery_code' }] : [step]))
}

/** Asked as soon as everything is proven, and before anything is offered. */
function withAccountDeletion(steps: readonly DefinedStep[]): DefinedStep[] {
  const last = steps.findLastIndex(({ type }) => type === 'second_factor' || type === 'view_recovery_code' || type === 'check_account_status')
  return [...steps.slice(0, last + 1), { type: 'account_deletion' }, ...steps.slice(last + 1)]
}
