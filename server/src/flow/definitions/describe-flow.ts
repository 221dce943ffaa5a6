import type { Policy } from '../policy.ts'
import { signupIdentifications } from '../signup-identity.ts'
import { makesAccount } from '../state.ts'
import type { FlowType } from '../state.ts'
import type { DeclaredStepType } from './declared-flow.ts'
import { STEP_NAMES } from './declared-flow.ts'
import type { DefinedStep, Definition } from './definition.ts'
import { narrowPolicy } from './narrow-policy.ts'

/** A way on from a step: `next`, past the proof that is no longer needed, or out. */
export interface DescribedBranch {
  readonly when: string
  readonly to: 'next' | 'past_authenticate' | 'refused'
}

export interface DescribedStep {
  readonly name: DeclaredStepType
  /** What a name that stands for more than one step means here. */
  readonly about: string | undefined
  readonly branches: readonly DescribedBranch[]
}

export interface DescribedFlow {
  readonly type: FlowType
  readonly name: string
  readonly isGenerated: boolean
  readonly steps: readonly DescribedStep[]
  /** What the finish does. */
  readonly finish: string
}

const FINISHES: Readonly<Record<FlowType, string>> = {
  signup: 'the account is made and signed in',
  login: 'signed in',
  signup_login: 'signed in',
  promote: 'the anonymous account is its person\'s own, under the same id, and signed in anew',
  reauth: 'the session counts as just proven',
  account_recovery: 'the password is replaced and every session ended',
}

/** What a flow asks of whom, in words, for looking at it before it is in force. */
export function describeFlow(definition: Definition, given: Policy): DescribedFlow {
  const policy = narrowPolicy(given, definition)
  const { type, name } = definition
  const steps = definition.steps.map((step) => ({ name: STEP_NAMES[step.type], about: aboutStep(step, policy), branches: branchesOf(type, step, policy) }))
  return { type, name, isGenerated: definition.fingerprint === '', steps, finish: FINISHES[type] }
}

function aboutStep({ type, onlyFor }: DefinedStep, { secondFactor: { mode } }: Policy): string | undefined {
  if (onlyFor !== undefined) return `by ${onlyFor}`
  if (type === 'second_factor') return `second factor, ${mode}`
  return type === 'account_deletion' ? 'planned deletion' : undefined
}

const on = (when: string): DescribedBranch => ({ when, to: 'next' })
const out = (when: string): DescribedBranch => ({ when, to: 'refused' })

function branchesOf(flow: FlowType, { type }: DefinedStep, policy: Policy): readonly DescribedBranch[] {
  switch (type) {
    case 'identify':
      return identifyBranches(flow, policy)
    case 'authenticate':
      return policy.login.authentications.map(on)
    case 'create_authenticator':
      return [on('primary_password')]
    case 'fill_in_user_profile':
      return [on(policy.profile.requiredAtSignup.map(({ name }) => name).join(', '))]
    case 'verify':
      return [on(signupIdentifications(policy).includes('phone') ? 'the code that was sent' : 'the code that was mailed')]
    case 'check_account_status':
      return [on('the account is open'), out('it is disabled')]
    case 'second_factor':
      return factorBranches(flow, policy)
    case 'view_recovery_code':
      return [on('none were made'), on('the recovery codes of a second factor set up here are kept')]
    case 'account_deletion':
      return [on('none is planned'), on('it is taken back')]
    case 'change_password':
      return [on('nothing asks for another password'), on('a new password, where the old one is too old or was asked to be replaced')]
    case 'prompt_create_passkey':
      return [on('there is one, or the offer was declined lately'), on('a passkey is created'), on('not now')]
    case 'terminate_other_sessions':
      return [on('there is room for another session'), on('the sessions shown may end')]
    case 'select_destination':
      return policy.recovery.destinations.map(on)
    case 'verify_account_recovery_code':
      return [on('the code that was sent')]
    case 'reset_password':
      return [on('a new password')]
  }
}

function identifyBranches(flow: FlowType, policy: Policy): readonly DescribedBranch[] {
  const { login, signup, recovery } = policy
  switch (flow) {
    case 'signup_login':
    case 'login':
      return login.identifications.map((one) => (one === 'passkey' ? { when: 'passkey', to: 'past_authenticate' } : on(one)))
    case 'signup':
    case 'promote':
      if (!signup.isOpen) return [out('sign-up is closed')]
      return signup.admission?.by === 'invitation' ? [on('an invitation')] : [...signupIdentifications(policy).map(on), ...(signup.admission ? [out('an address that is not listed')] : [])]
    case 'reauth':
      return [on('the owner of the session')]
    case 'account_recovery':
      return [on('email'), ...(recovery.destinations.includes('phone') ? [on('phone')] : [])]
  }
}

function factorBranches(flow: FlowType, { secondFactor }: Policy): readonly DescribedBranch[] {
  const { mode, authentications, offered = authentications, trustedDeviceDays, graceUntil } = secondFactor
  if (mode === 'off') return [on('nobody is asked')]
  // A new account has none.
  const factors = makesAccount(flow) ? [] : offered
  const grace = graceUntil === null ? '' : ` from ${new Date(graceUntil).toISOString()} on`
  const isNarrowed = !makesAccount(flow) && offered.length < authentications.length
  return [
    ...factors.map(on),
    ...(makesAccount(flow) ? [] : [on('the first proof was a passkey')]),
    ...(flow === 'login' && trustedDeviceDays > 0 ? [on('a trusted device')] : []),
    ...(isNarrowed ? [out('the account has other second factors only')] : []),
    on(mode === 'required' ? `none: secondary_totp is set up${grace}` : 'the account has none'),
  ]
}
