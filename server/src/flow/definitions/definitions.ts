import type { Effect } from '../effects.ts'
import type { Policy } from '../policy.ts'
import type { UserId } from '../../domain/ids.ts'
import type { Amr, FlowState } from '../state.ts'
import type { StepType } from '../steps/step.ts'

/** The order of steps and what happens at the end, as data. */
export interface Definition {
  readonly steps: readonly StepType[]
  /** Effects of the finish; only asked when every step is done. */
  finish(state: FlowState): readonly Effect[]
}

/** Where passkeys sign people in, and policy offers to create one. */
function promptSteps({ passkey, login }: Policy): StepType[] {
  const isOffered = passkey.prompt === 'optional' && login.authentications.includes('primary_passkey')
  return isOffered ? ['prompt_create_passkey'] : []
}

/** The definition a state follows, generated from policy. */
export function definitionFor(state: Pick<FlowState, 'type' | 'definition'>, policy: Policy): Definition {
  switch (state.type) {
    case 'signup':
      return {
        steps: ['identify', 'create_authenticator', ...(policy.signup.verification === 'required' ? (['verify'] as const) : []), 'second_factor', ...promptSteps(policy)],
        finish: finishSignup,
      }
    case 'login':
      return {
        steps: [
          'identify',
          'authenticate',
          'check_account_status',
          'second_factor',
          'account_deletion',
          'change_password',
          ...promptSteps(policy),
          ...(asksBeforeEnding(policy) ? (['terminate_other_sessions'] as const) : []),
        ],
        finish: finishLogin,
      }
    case 'reauth':
      return { steps: ['identify', 'authenticate', 'check_account_status', 'second_factor'], finish: finishReauth }
    case 'account_recovery':
      return {
        steps:
          state.definition === 'password_first'
            ? ['identify', 'reset_password', 'select_destination', 'verify_account_recovery_code']
            : ['identify', 'select_destination', 'verify_account_recovery_code', 'reset_password'],
        finish: finishRecovery,
      }
  }
}

function asksBeforeEnding({ session }: Policy): boolean {
  return session.maximumPerUser > 0 && session.whenFull === 'ask'
}

function finishSignup(state: FlowState): Effect[] {
  const identified = demand(state.identified)
  return [
    {
      effect: 'create_user',
      email: identified.key,
      emailDisplay: identified.display,
      isEmailProven: state.isEmailProven,
      passwordHash: demand(state.newPasswordHash),
    },
    ...(state.invitation ? [{ effect: 'accept_invitation', invitation: state.invitation } as const] : []),
    ...setUpFactor(state, 'created_user'),
    ...answerPrompt(state, 'created_user'),
    { effect: 'create_session', userId: 'created_user', amr: amrOfSignup(state) },
  ]
}

function setUpFactor(state: FlowState, userId: UserId | 'created_user'): Effect[] {
  if (state.secondFactor !== 'set_up') return []
  return [{ effect: 'create_totp', userId, key: demand(state.pendingTotpKey), step: demand(state.totpSetUpStep) }]
}

function answerPrompt(state: FlowState, userId: UserId | 'created_user'): Effect[] {
  if (state.newPasskey) return [{ effect: 'create_passkey', userId, passkey: state.newPasskey }]
  return state.passkeyPrompt === 'skipped' ? [{ effect: 'remember_passkey_prompt', userId }] : []
}

/** The password was made here and the address proven by its code; a second factor counts itself in. */
function amrOfSignup(state: FlowState): Amr[] {
  const first: Amr[] = state.isEmailProven && !state.invitation ? ['pwd', 'otp'] : ['pwd']
  return [...new Set([...first, ...state.amr])]
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
