import type { Transaction } from 'kysely'
import type { UserId } from '../../domain/ids.ts'
import type { Advance, CodeChannel, FlowState, Policy } from '../../flow/index.ts'
import { advance, codePurposeOf } from '../../flow/index.ts'
import { findPassword } from '../../persistence/queries/authenticator-password.ts'
import { findIdentity } from '../../persistence/queries/identity.ts'
import { findOneTimeCodeOfFlow } from '../../persistence/queries/one-time-code.ts'
import { findSession } from '../../persistence/queries/session.ts'
import { findUserHandle } from '../../persistence/queries/webauthn-user-handle.ts'
import type { Schema } from '../../persistence/schema.ts'
import { sha256 } from '../../platform/digest.ts'
import type { HeldAccounts } from './held-account.ts'

/**
 * Whether what a state looked up and proved still holds when it is acted upon. States live for minutes and passwords are
 * checked before the transaction: meanwhile the owner may have changed password or address, or been disabled. The account
 * is locked first; whoever changes any of this locks it too, so one of the two sees the other, and whoever changes what
 * proves the owner counts it in `protectionVersion`.
 */
export async function stillStands(tx: Transaction<Schema>, state: FlowState, accounts: HeldAccounts): Promise<boolean> {
  const { identified } = state
  if (state.type === 'promote') return isStillAnonymous(tx, state, accounts)
  if (state.type === 'signup' || !identified?.userId) return true
  const { userId } = identified
  const user = await accounts.find(userId)
  if (!user) return false
  // What was proven, or was not asked for, was so before the owner added, removed or replaced something.
  if (state.protectionVersion !== null && state.protectionVersion !== user.protectionVersion) return false
  const isOver = user.disabledAt !== null && state.type !== 'account_recovery'
  if (isOver || (state.isEmailProven && !(await isStillTheirs(tx, state, { channel: 'email', destination: identified.email })))) return false
  if (state.provenPhone !== null && !(await isStillTheirs(tx, state, { channel: 'sms', destination: state.provenPhone }))) return false
  // Deactivated meanwhile: its owner was not asked yet whether they changed their mind.
  const isAsked = state.type !== 'login' || state.deletion === 'cancelled'
  if (!isAsked && (await accounts.findDeletion(userId))) return false
  if (state.newPasskey !== null && !(await isHandleStillTheirs(tx, userId, state.newPasskey.userHandle))) return false
  const password = await findPassword(tx, userId)
  if (state.matchedPassword !== null) {
    // The operator may have asked for another password since this one was proven; a state of before is no way around it.
    const isStillAllowed = state.type !== 'login' || state.newPasswordHash !== null || !password?.isChangeRequired
    return password !== undefined && sha256(password.hash) === state.matchedPassword && isStillAllowed
  }
  if (state.passkeyId !== null) return true
  // A password set after the code was proven is the owner's answer to whoever proved it.
  const provenAt = await findCodeProofInstant(tx, state)
  return provenAt !== undefined && (password === undefined || password.updatedAt <= provenAt)
}

/** Whether the anonymous account may still become its person's own, by the session it was asked for in. */
async function isStillAnonymous(tx: Transaction<Schema>, { promotes, sessionId }: FlowState, accounts: HeldAccounts): Promise<boolean> {
  if (promotes === null || sessionId === null) return false
  const user = await accounts.find(promotes)
  const session = await findSession(tx, sessionId)
  return user?.isAnonymous === true && user.disabledAt === null && session?.user_id === promotes && session.ended_at === null
}

/** When the code came back that stands in for a password, milliseconds UTC; a sign-in may have begun where one also signs up. */
async function findCodeProofInstant(tx: Transaction<Schema>, { type, flowId, codeDestination }: FlowState): Promise<number | undefined> {
  const purposes = type === 'login' ? (['login', 'signup_login'] as const) : [codePurposeOf(type)]
  for (const purpose of purposes) {
    const code = await findOneTimeCodeOfFlow(tx, flowId, purpose, codeDestination ?? '')
    if (code && code.consumed_at !== null) return code.consumed_at
  }
  return undefined
}

/** A passkey is filed under the handle it was made for; an account that got another one meanwhile could not be found by it. */
async function isHandleStillTheirs(tx: Transaction<Schema>, userId: UserId, handle: string): Promise<boolean> {
  return ((await findUserHandle(tx, userId)) ?? handle) === handle
}

/** An outdated password is a wrong one; anything else that changed meanwhile ends the flow. */
export function undoneMeanwhile(before: FlowState, { matchedPassword }: FlowState, policy: Policy): Advance {
  const isPasswordAsked = matchedPassword !== null && before.matchedPassword === null
  if (isPasswordAsked) return advance(before, { kind: 'password', isRight: false }, policy)
  return { next: 'refused', refusal: 'invalid_state', state: before, effects: [] }
}

/** Whether the address or number a code is about to go to is (still) that of the account; the same question for a stranger. */
export async function isStillTheirs(tx: Transaction<Schema>, state: FlowState, { channel, destination }: { channel: CodeChannel; destination: string | null }): Promise<boolean> {
  const holder = await findIdentity(tx, state.tenantId, channel === 'email' ? 'email' : 'phone', destination ?? '')
  if (channel !== 'email' && holder?.verifiedAt === null) return false
  return (holder?.userId ?? null) === (state.identified?.userId ?? null)
}
