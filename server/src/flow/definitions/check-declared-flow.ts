import type { Policy } from '../policy.ts'
import { asksPassword, signupIdentifications } from '../signup-identity.ts'
import { makesAccount } from '../state.ts'
import type { StepType } from '../steps/step-type.ts'
import type { DeclaredFlow, DeclaredFlowType, DeclaredStep } from './declared-flow.ts'
import { isSecondary, STEP_NAMES, stepTypesOf } from './declared-flow.ts'
import type { Branch } from './definition.ts'
import { asksBeforeEnding } from './definitions.ts'

/** What is wrong with a declaration, and where in it. */
export interface FlowProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

type Declared = readonly { readonly type: StepType; readonly step: DeclaredStep }[]

interface StepRule {
  readonly type: StepType
  /** What it stands on: comes before it wherever the flow has it. */
  readonly after: readonly StepType[]
  /** Why a flow without this step is refused; undefined where it may be left out. */
  readonly demandedBy: (policy: Policy, steps: Declared) => string | undefined
}

const always = (reason: string) => () => reason
const never = () => undefined
const unlessOff = ({ secondFactor: { mode } }: Policy) => (mode === 'off' ? undefined : `a second authenticate step must be there: second_factor.mode is ${mode}`)
const whereRequired = (policy: Policy) => (policy.secondFactor.mode === 'required' ? unlessOff(policy) : undefined)
const takesPasswords = (policy: Policy, steps: Declared) => {
  const offered = steps.find(({ type }) => type === 'authenticate')?.step.oneOf ?? policy.login.authentications
  return offered.includes('primary_password') ? 'change_password must be there: a password may be too old, or asked to be replaced' : undefined
}
const beginsWith = (policy: Policy, steps: Declared) => {
  const oneOf = steps.find(({ type }) => type === 'identify')?.step.oneOf
  return signupIdentifications(policy).filter((one) => oneOf === undefined || oneOf.includes(one))
}
const whereVerified = (policy: Policy, steps: Declared) => {
  if (policy.signup.verification === 'required') return 'verify must be there: signup.verification is required'
  return beginsWith(policy, steps).includes('phone') ? 'verify must be there: a number is always proven' : undefined
}
const wherePasswords = (policy: Policy, steps: Declared) =>
  beginsWith(policy, steps).some((one) => asksPassword(one, policy)) ? 'create_authenticator must be there: the account could not be signed in to' : undefined
const isTold = ({ profile }: Policy) => profile.requiredAtSignup.length > 0
const whereTold = (policy: Policy) => (isTold(policy) ? 'fill_in_user_profile must be there: an attribute is required_at_signup' : undefined)
const whereAsked = (policy: Policy) => (asksBeforeEnding(policy) ? 'terminate_other_sessions must be there: session.when_full is ask' : undefined)

const IDENTIFY: StepRule = { type: 'identify', after: [], demandedBy: always('identify must be there: nobody is known without it') }
const PROVE: readonly StepRule[] = [
  IDENTIFY,
  { type: 'authenticate', after: ['identify'], demandedBy: always('authenticate must be there: the flow could finish without a proof') },
  { type: 'check_account_status', after: ['authenticate'], demandedBy: always('check_account_status must be there: a disabled account could sign in') },
  { type: 'second_factor', after: ['identify', 'authenticate', 'check_account_status'], demandedBy: unlessOff },
]
const VIEW_CODES: StepRule = { type: 'view_recovery_code', after: ['second_factor'], demandedBy: never }
const PROVEN = PROVE.map(({ type }) => type)

const MAKE_ACCOUNT: readonly StepRule[] = [
  IDENTIFY,
  { type: 'create_authenticator', after: ['identify'], demandedBy: wherePasswords },
  { type: 'fill_in_user_profile', after: ['identify', 'create_authenticator'], demandedBy: whereTold },
  { type: 'verify', after: ['identify', 'create_authenticator', 'fill_in_user_profile'], demandedBy: whereVerified },
  { type: 'second_factor', after: ['identify', 'create_authenticator', 'fill_in_user_profile', 'verify'], demandedBy: whereRequired },
  VIEW_CODES,
  { type: 'prompt_create_passkey', after: ['identify', 'create_authenticator', 'fill_in_user_profile', 'verify', 'second_factor'], demandedBy: never },
]

/** The steps of each type of flow. Everything that is only offered stands on every proof there is. */
const RULES: Readonly<Record<DeclaredFlowType, readonly StepRule[]>> = {
  login: [
    ...PROVE,
    VIEW_CODES,
    { type: 'change_password', after: PROVEN, demandedBy: takesPasswords },
    { type: 'prompt_create_passkey', after: PROVEN, demandedBy: never },
    { type: 'terminate_other_sessions', after: PROVEN, demandedBy: whereAsked },
  ],
  reauth: [...PROVE, VIEW_CODES],
  signup: MAKE_ACCOUNT,
  promote: MAKE_ACCOUNT,
  account_recovery: [
    IDENTIFY,
    { type: 'select_destination', after: ['identify'], demandedBy: always('select_destination must be there: no code would be sent') },
    { type: 'verify_account_recovery_code', after: ['identify', 'select_destination'], demandedBy: always('verify_account_recovery_code must be there: the flow could finish without a proof') },
    { type: 'reset_password', after: ['identify', 'select_destination', 'verify_account_recovery_code'], demandedBy: always('reset_password must be there: nothing else comes of it') },
  ],
}

/** What a step may offer under this policy, and where that is decided; undefined where there is nothing to choose. */
function choicesOf(flow: DeclaredFlowType, step: StepType, policy: Policy): { readonly among: readonly Branch[]; readonly setting: string } | undefined {
  if (step === 'identify' && flow === 'login') return { among: policy.login.identifications, setting: 'login.identifications' }
  if (step === 'identify' && makesAccount(flow)) return { among: signupIdentifications(policy), setting: 'signup.identifications' }
  if (step === 'authenticate') return { among: policy.login.authentications, setting: 'login.authentications' }
  if (step === 'second_factor') return { among: policy.secondFactor.authentications, setting: 'second_factor.authentications' }
  return step === 'create_authenticator' ? { among: ['primary_password'], setting: 'primary_password' } : undefined
}

/**
 * Everything by which a declared flow would protect an account less than the generated one of its type, or could not be
 * walked at all. `policy` is the one it is declared beside.
 */
export function checkDeclaredFlow(flow: DeclaredFlow, policy: Policy): FlowProblem[] {
  const types = stepTypesOf(flow.type, flow.steps)
  const steps: Declared = flow.steps.map((step, index) => ({ step, type: types[index]! }))
  const missing = RULES[flow.type].flatMap((rule): FlowProblem[] => {
    const reason = types.includes(rule.type) ? undefined : rule.demandedBy(policy, steps)
    return reason === undefined ? [] : [{ path: ['steps'], message: reason }]
  })
  const wrong = steps.flatMap(({ step, type }, index) =>
    [...checkPlace(flow.type, types, index), ...checkProfile(type, policy), ...checkChoices({ flow: flow.type, step, type }, policy), ...(type === 'second_factor' ? checkFactor(step, policy) : checkNoFactor(step))].map(
      ({ path, message }) => ({ path: ['steps', index, ...path], message }),
    ),
  )
  return [...missing, ...wrong, ...checkPasskeyName(steps, policy)]
}

function checkPlace(flow: DeclaredFlowType, types: readonly StepType[], index: number): FlowProblem[] {
  const type = types[index]!
  const name = STEP_NAMES[type]
  const rule = RULES[flow].find((one) => one.type === type)
  if (!rule) return [{ path: ['type'], message: `${name} is no step of a ${flow} flow` }]
  if (types.indexOf(type) < index) return [{ path: ['type'], message: `${name} is there twice` }]
  const late = rule.after.filter((one) => types.indexOf(one) > index)
  return late.map((one) => ({ path: ['type'], message: `${name} must come after ${one === 'second_factor' ? 'the second authenticate' : STEP_NAMES[one]}` }))
}

function checkProfile(type: StepType, policy: Policy): FlowProblem[] {
  return type !== 'fill_in_user_profile' || isTold(policy) ? [] : [{ path: ['type'], message: 'there is nothing to fill in: no attribute is required_at_signup' }]
}

function checkChoices({ flow, step, type }: { flow: DeclaredFlowType; step: DeclaredStep; type: StepType }, policy: Policy): FlowProblem[] {
  if (!step.oneOf) return []
  const choices = choicesOf(flow, type, policy)
  if (!choices) return [{ path: ['one_of'], message: `there is nothing to choose in ${step.type} of a ${flow} flow` }]
  if (type === 'second_factor' && !step.oneOf.every(isSecondary)) return [{ path: ['one_of'], message: 'first and second proofs are steps of their own' }]
  return step.oneOf.flatMap((one, at) => (choices.among.includes(one) ? [] : [{ path: ['one_of', at], message: `${one} is not among ${choices.setting}` }]))
}

function checkFactor({ oneOf, isRequired }: DeclaredStep, { secondFactor: { mode } }: Policy): FlowProblem[] {
  if (mode === 'off') return [{ path: ['type'], message: 'there are no second factors: second_factor.mode is off' }]
  const isDemanded = isRequired === true || mode === 'required'
  const problems: FlowProblem[] = []
  if (isRequired === false && mode === 'required') problems.push({ path: ['required'], message: 'second_factor.mode is required' })
  if (oneOf?.every((one) => one === 'recovery_code')) problems.push({ path: ['one_of'], message: 'recovery_code alone is no second factor' })
  if (isDemanded && oneOf && !oneOf.includes('secondary_totp')) problems.push({ path: ['one_of'], message: 'must name secondary_totp where a second factor is required: it is the one that everybody can set up' })
  return problems
}

function checkNoFactor({ isRequired }: DeclaredStep): FlowProblem[] {
  return isRequired === undefined ? [] : [{ path: ['required'], message: 'only a second authenticate step can be required' }]
}

/** Whoever is recognised by a passkey is proven by it. */
function checkPasskeyName(steps: Declared, policy: Policy): FlowProblem[] {
  const index = steps.findIndex(({ type }) => type === 'identify')
  const proofs = steps.find(({ type }) => type === 'authenticate')?.step.oneOf ?? policy.login.authentications
  const at = steps[index]?.step.oneOf?.indexOf('passkey') ?? -1
  return at < 0 || proofs.includes('primary_passkey') ? [] : [{ path: ['steps', index, 'one_of', at], message: 'passkey needs primary_passkey in the authenticate step' }]
}
