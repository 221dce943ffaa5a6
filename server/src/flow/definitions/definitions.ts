import type { Effect } from '../effects.ts'
import type { Policy } from '../policy.ts'
import type { UserId } from '../../domain/ids.ts'
import { asksPassword, signupIdentifications } from '../signup-identity.ts'
import type { Amr, DefinitionName, FlowState, FlowType, Identified } from '../state.ts'
import type { DefinedStep, Definition } from './definition.ts'

/** Where passkeys sign people in, and policy offers to create one. */
function promptSteps({ passkey, login }: Policy): DefinedStep[] {
  const isOffered = passkey.prompt === 'optional' && login.authentications.includes('primary_passkey')
  return isOffered ? [{ type: 'prompt_create_passkey' }] : []
}

/** Where somebody may have to set up a second factor. */
function factorSteps({ secondFactor: { mode, authentications } }: Policy): DefinedStep[] {
  const second: DefinedStep = { type: 'second_factor', oneOf: authentications }
  return mode === 'required' ? [second, { type: 'view_recovery_code' }] : [second]
}

/** Before the code, so that everything about the account is sent at once. */
function profileSteps({ profile }: Policy): DefinedStep[] {
  return profile.requiredAtSignup.length > 0 ? [{ type: 'fill_in_user_profile' }] : []
}

/** A password, of whoever may sign in by one. */
function passwordSteps(policy: Policy): DefinedStep[] {
  const asked = signupIdentifications(policy).filter((one) => asksPassword(one, policy))
  const [only] = asked
  return asked.length === signupIdentifications(policy).length ? [{ type: 'create_authenticator' }] : only === undefined ? [] : [{ type: 'create_authenticator', onlyFor: only }]
}

/** A number is proven always: a message to it is what makes it somebody's. */
function verifySteps(policy: Policy): DefinedStep[] {
  if (policy.signup.verification === 'required') return [{ type: 'verify' }]
  if (policy.signup.verification === 'optional') return [{ type: 'verify', isOptional: true }]
  return signupIdentifications(policy).includes('phone') ? [{ type: 'verify', onlyFor: 'phone' }] : []
}

const GENERATED: Readonly<Record<FlowType, readonly DefinitionName[]>> = {
  signup: ['default'],
  login: ['default'],
  signup_login: ['default'],
  promote: ['default'],
  reauth: ['default'],
  account_recovery: ['default', 'password_first'],
}

/** Whether a name is taken by what policy generates. */
export function isGeneratedName(name: DefinitionName): boolean {
  return Object.values(GENERATED).some((names) => names.includes(name))
}

/** Every definition there is: what policy generates, and what is declared. */
export function listDefinitions(policy: Policy): Definition[] {
  const types = Object.keys(GENERATED) as FlowType[]
  const generated = types.flatMap((type) => GENERATED[type].map((name): Definition => ({ type, name, fingerprint: '', steps: generateSteps(type, name, policy) })))
  return [...generated, ...(policy.flows ?? [])]
}

/** The definition of that name as it stands now. */
export function findDefinition(type: FlowType, name: DefinitionName, policy: Policy): Definition | undefined {
  if (GENERATED[type].includes(name)) return { type, name, fingerprint: '', steps: generateSteps(type, name, policy) }
  return policy.flows?.find((one) => one.type === type && one.name === name)
}

/** The definition a state follows; undefined when it was removed or declared otherwise since the flow began. */
export function definitionOf(state: Pick<FlowState, 'type' | 'definition' | 'fingerprint'>, policy: Policy): Definition | undefined {
  const found = findDefinition(state.type, state.definition, policy)
  return found?.fingerprint === state.fingerprint ? found : undefined
}

function generateSteps(type: FlowType, name: DefinitionName, policy: Policy): DefinedStep[] {
  const { login } = policy
  const authenticate: DefinedStep = { type: 'authenticate', oneOf: login.authentications }
  switch (type) {
    case 'signup':
    case 'promote':
      return [
        { type: 'identify' },
        ...passwordSteps(policy),
        ...profileSteps(policy),
        ...verifySteps(policy),
        ...factorSteps(policy),
        ...promptSteps(policy),
      ]
    case 'signup_login':
    case 'login':
      return [
        { type: 'identify', oneOf: login.identifications },
        authenticate,
        { type: 'check_account_status' },
        ...factorSteps(policy),
        { type: 'account_deletion' },
        { type: 'change_password' },
        ...promptSteps(policy),
        ...(asksBeforeEnding(policy) ? ([{ type: 'terminate_other_sessions' }] as const) : []),
      ]
    case 'reauth':
      return [{ type: 'identify' }, authenticate, { type: 'check_account_status' }, ...factorSteps(policy)]
    case 'account_recovery': {
      const byCode = [{ type: 'select_destination' }, { type: 'verify_account_recovery_code' }] as const
      const newPassword = { type: 'reset_password' } as const
      return [{ type: 'identify' }, ...(name === 'password_first' ? [newPassword, ...byCode] : [...byCode, newPassword])]
    }
  }
}

/** Effects of the finish; only asked when every step is done. */
export function finishOf(state: FlowState): Effect[] {
  switch (state.type) {
    case 'signup':
    case 'promote':
      return finishSignup(state)
    case 'signup_login':
    case 'login':
      return finishLogin(state)
    case 'reauth':
      return finishReauth(state)
    case 'account_recovery':
      return finishRecovery(state)
  }
}

/** Whether a sign-in beyond the limit shows first what it ends. */
export function asksBeforeEnding({ session }: Policy): boolean {
  return session.maximumPerUser > 0 && session.whenFull === 'ask'
}

function finishSignup(state: FlowState): Effect[] {
  const identified = demand(state.identified)
  return [
    {
      effect: 'create_user',
      ...newIdentity(state, identified),
      passwordHash: state.newPasswordHash,
      ...(state.type === 'promote' ? { promotes: demand(state.promotes) } : {}),
      ...(state.profile ? { profile: state.profile } : {}),
    },
    ...(state.invitation ? [{ effect: 'accept_invitation', invitation: state.invitation } as const] : []),
    ...setUpFactor(state, 'created_user'),
    ...answerPrompt(state, 'created_user'),
    ...leaveAnonymity(state),
    { effect: 'create_session', userId: 'created_user', amr: amrOfSignup(state) },
  ]
}

function newIdentity(state: FlowState, { identification, key, display }: Identified) {
  if (identification !== 'phone') return { email: key, emailDisplay: display, isEmailProven: state.isEmailProven }
  return { email: null, phone: demand(state.provenPhone), phoneDisplay: display }
}

/** Whoever else holds the anonymous session, planted perhaps, must not hold the account that it became. */
function leaveAnonymity({ promotes }: FlowState): Effect[] {
  return promotes === null ? [] : [{ effect: 'end_sessions', userId: promotes, reason: 'promoted' }]
}

function setUpFactor(state: FlowState, userId: UserId | 'created_user'): Effect[] {
  if (state.secondFactor !== 'set_up') return []
  return [{ effect: 'create_totp', userId, key: demand(state.pendingTotpKey), step: demand(state.totpSetUpStep), recoveryCodes: state.areRecoveryCodesKept ? state.newRecoveryCodes : null }]
}

function answerPrompt(state: FlowState, userId: UserId | 'created_user'): Effect[] {
  if (state.newPasskey) return [{ effect: 'create_passkey', userId, passkey: state.newPasskey }]
  return state.passkeyPrompt === 'skipped' ? [{ effect: 'remember_passkey_prompt', userId }] : []
}

/** The password was made here and the address or number proven by its code; a second factor counts itself in. */
function amrOfSignup(state: FlowState): Amr[] {
  const password: Amr[] = state.newPasswordHash === null ? [] : ['pwd']
  const code: Amr[] = state.provenPhone !== null ? ['otp', 'sms'] : state.isEmailProven && !state.invitation ? ['otp'] : []
  return [...new Set([...password, ...code, ...state.amr])]
}

function finishLogin(state: FlowState): Effect[] {
  const identified = demand(state.identified)
  const userId = demand(identified.userId)
  const proven: Effect[] = state.isEmailProven ? [{ effect: 'prove_email', userId, email: demand(identified.email) }] : []
  const trust: Effect[] = state.wantsTrust ? [{ effect: 'trust_device', userId }] : []
  const kept: Effect[] = state.deletion === 'cancelled' ? [{ effect: 'cancel_account_deletion', userId }] : []
  return [...proven, ...setUpFactor(state, userId), ...kept, ...replacePassword(state, userId), ...answerPrompt(state, userId), ...trust, { effect: 'create_session', userId, amr: state.amr }]
}

/** Comes before the browser is trusted and signed in: a new password voids what went before it. */
function replacePassword(state: FlowState, userId: UserId): Effect[] {
  if (!state.passwordChange) return []
  return [
    { effect: 'set_password', userId, hash: demand(state.newPasswordHash), how: 'changed' },
    { effect: 'end_sessions', userId, reason: 'password_changed' },
  ]
}

function finishReauth(state: FlowState): Effect[] {
  const userId = demand(demand(state.identified).userId)
  return [...setUpFactor(state, userId), { effect: 'refresh_authentication', sessionId: demand(state.sessionId), amr: state.amr }]
}

function finishRecovery(state: FlowState): Effect[] {
  const identified = demand(state.identified)
  const userId = demand(identified.userId)
  // A session an intruder still holds must not survive the owner's reset.
  return [
    ...(state.isEmailProven ? [{ effect: 'prove_email', userId, email: demand(identified.email) } as const] : []),
    { effect: 'set_password', userId, hash: demand(state.newPasswordHash), how: 'reset' },
    { effect: 'end_sessions', userId, reason: 'password_reset' },
  ]
}

/** A finish is only asked for when every step is done; a missing fact is then a fault of the definition. */
function demand<Value>(value: Value | null): Value {
  if (value === null) throw new Error('a flow was finished without a fact its steps must supply')
  return value
}
