import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { ChallengeId, IdentityId, UserId } from '../../domain/ids.ts'
import { ANY_USERNAME_DIGITS, anyUsername, suggestUsername, USERNAME_SUFFIX_DIGITS } from '../../domain/username.ts'
import { languageFor } from '../../domain/mail.ts'
import { awaitedCode, emailCodeForm, recipientOf } from '../../flow/index.ts'
import type { Effect, FlowState, Policy } from '../../flow/index.ts'
import { deletePasskeysOfUser } from '../../persistence/queries/authenticator-passkey.ts'
import { deletePassword, putPasswordHash } from '../../persistence/queries/authenticator-password.ts'
import { endAnonymity } from '../../persistence/queries/anonymous-user.ts'
import { insertIdentity, markIdentityVerified } from '../../persistence/queries/identity.ts'
import { consumeOneTimeCodesOfUser } from '../../persistence/queries/one-time-code.ts'
import { deletePhonesOf } from '../../persistence/queries/phone-identity.ts'
import { deleteTrustedDevicesOf } from '../../persistence/queries/trusted-device.ts'
import type { UserRecord } from '../../persistence/queries/user-account.ts'
import { findUser, insertUser } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Random } from '../../platform/random.ts'
import { newDigits, newId } from '../../platform/random.ts'
import type { Sealer } from '../../platform/sealing.ts'
import { CODES_VOIDED_BY_NEW_CREDENTIALS } from '../codes/index.ts'
import type { Codes } from '../codes/index.ts'
import type { Deletions } from '../deletions/index.ts'
import type { Events } from '../events/index.ts'
import type { Invitations } from '../invitations/index.ts'
import type { KnownDevice, KnownDevices } from '../known-devices/index.ts'
import type { Lockout } from '../lockout/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { Passwords } from '../passwords/index.ts'
import type { DeviceTrust, SecondFactors } from '../second-factors/index.ts'
import type { Passkeys } from '../passkeys/index.ts'
import type { Sessions, StartedSession } from '../sessions/index.ts'
import type { HeldAccounts } from './held-account.ts'
import type { Presented } from './look-up-fact.ts'
import { createPromptAnswer } from './answer-passkey-prompt.ts'
import type { ProvenSignIn } from './sign-in-ticket.ts'
import { createTickets } from './sign-in-ticket.ts'
import { createSessionStart } from './start-session.ts'
import { sealState } from './state-token.ts'
import { storeProfile } from './store-profile.ts'
import { isStillTheirs } from './still-stands.ts'

/** What the effects left behind that the caller has to know. */
export interface Applied {
  challengeId?: ChallengeId
  startedSession?: StartedSession
  /** Whose session it is, where nothing about them was changed. */
  sessionUser?: UserRecord | undefined
  deviceTrust?: DeviceTrust
  knownDevice?: KnownDevice
  /** What a session would begin with, or be proven again by, where the browser that waits for it is elsewhere. */
  proven?: ProvenSignIn
  ticket?: string
  recoveryCodes?: readonly string[]
}

/** Applies the engine's effects, in order, in the caller's transaction. */
export function createEffects(deps: {
  clock: Clock
  random: Random
  sealer: Sealer
  codes: Codes
  passwords: Passwords
  sessions: Sessions
  secondFactors: SecondFactors
  lockout: Lockout
  knownDevices: KnownDevices
  invitations: Invitations
  passkeys: Passkeys
  deletions: Deletions
  events: Events
  outbox: Outbox
}) {
  const { clock, random, sealer, codes, passwords, sessions, secondFactors, lockout, knownDevices, invitations, deletions, passkeys, events, outbox } = deps
  const startSession = createSessionStart({ clock, sessions, knownDevices, outbox })
  const sealTicket = createTickets({ clock, sealer })
  const answerPrompt = createPromptAnswer({ clock, passkeys, events, outbox })

  return async function apply(tx: Transaction<Schema>, state: FlowState, effects: readonly Effect[], rules: { policy: Policy; from: Presented; accounts: HeldAccounts; isWithheld?: boolean }): Promise<Applied> {
    const { requester } = rules.from
    const applied: Applied = {}
    let createdUserId: UserId | undefined
    for (const effect of effects) {
      switch (effect.effect) {
        case 'send_code':
          applied.challengeId = await sendCode(tx, state, effect, { requester, policy: rules.policy, isWithheld: rules.isWithheld ?? false })
          break
        case 'create_user':
          createdUserId = await createUser(tx, state, effect, requester)
          if (effect.profile) {
            const owner = { tenantId: state.tenantId, userId: createdUserId }
            const names = await storeProfile(tx, state, owner, { values: effect.profile, policy: rules.policy, at: clock.now() })
            await events.record(tx, { type: 'user.profile_changed', ...owner, actorUserId: createdUserId, requester, data: { attributes: names } })
          }
          break
        case 'accept_invitation':
          if (!createdUserId) throw new Error('an invitation was accepted before its user was made')
          await invitations.welcome(tx, { tenantId: state.tenantId, userId: createdUserId }, effect.invitation, requester)
          break
        case 'prove_email':
          await proveEmail(tx, state, effect, requester)
          break
        case 'set_password':
          await setPassword(tx, state, effect, rules)
          break
        case 'end_sessions':
          await sessions.endInTransaction(tx, { tenantId: state.tenantId, userId: effect.userId }, { reason: effect.reason, requester })
          break
        case 'create_totp': {
          const userId = effect.userId === 'created_user' ? createdUserId : effect.userId
          if (!userId) throw new Error('a second factor was asked for before its user')
          const totp = { key: effect.key, step: effect.step, name: '', recoveryCodes: effect.recoveryCodes }
          const codes = await secondFactors.add(tx, { tenantId: state.tenantId, userId }, totp, requester)
          if (effect.recoveryCodes === null) applied.recoveryCodes = codes
          break
        }
        case 'create_passkey':
        case 'remember_passkey_prompt': {
          const userId = effect.userId === 'created_user' ? createdUserId : effect.userId
          if (!userId) throw new Error('a passkey was made before its user')
          await answerPrompt(tx, { tenantId: state.tenantId, userId }, effect, requester)
          break
        }
        case 'trust_device': {
          const user = { tenantId: state.tenantId, userId: effect.userId }
          applied.deviceTrust = await secondFactors.trustedDevices.trust(tx, { ...user, days: rules.policy.secondFactor.trustedDeviceDays, requester })
          await events.record(tx, { type: 'trusted_device.created', ...user, requester })
          break
        }
        case 'cancel_account_deletion':
          await deletions.cancel(tx, { tenantId: state.tenantId, userId: effect.userId }, requester)
          break
        case 'create_session': {
          const isNewUser = effect.userId === 'created_user'
          const userId = effect.userId === 'created_user' ? createdUserId : effect.userId
          if (!userId) throw new Error('a session was asked for before its user')
          const facts = { tenantId: state.tenantId, userId, isNewUser, provenPhone: state.provenPhone, amr: effect.amr }
          if (state.request !== null) {
            applied.proven = { ...facts, sessionId: null }
            break
          }
          const { started, knownDevice, isKnown } = await startSession(tx, facts, { requester, rules: rules.policy.session, knownSecret: rules.from.knownSecret })
          if (isKnown && effects.length === 1) applied.sessionUser = await rules.accounts.find(userId)
          applied.startedSession = started
          applied.knownDevice = knownDevice
          break
        }
        case 'refresh_authentication': {
          const userId = state.identified?.userId ?? null
          if (state.request !== null && userId !== null) {
            applied.proven = { tenantId: state.tenantId, userId, isNewUser: false, provenPhone: null, amr: effect.amr, sessionId: effect.sessionId }
            break
          }
          await sessions.markReauthenticated(tx, effect.sessionId, effect.amr)
          await events.record(tx, { type: 'authentication.reauthenticated', tenantId: state.tenantId, userId, sessionId: effect.sessionId, requester })
          break
        }
      }
    }
    if (applied.proven) applied.ticket = await sealTicket(tx, state, applied.proven)
    return applied
  }

  async function sendCode(tx: Transaction<Schema>, state: FlowState, effect: Extract<Effect, { effect: 'send_code' }>, { requester, policy, isWithheld }: { requester: Requester; policy: Policy; isWithheld: boolean }) {
    const isForNewAccount = effect.purpose === 'signup' || effect.purpose === 'signup_login'
    const isOwnerToldInstead = effect.isDecoy && isForNewAccount && effect.userId !== null
    // The account may have moved to another address since it was looked up: the old one gets nothing. Asked of a stranger too,
    // who would be answered sooner otherwise.
    const isTheirs = effect.purpose === 'signup' || (await isStillTheirs(tx, state, effect))
    const isDecoy = effect.isDecoy || !isTheirs
    const issued = await codes.issue(
      tx,
      {
        tenantId: state.tenantId,
        purpose: effect.purpose,
        userId: effect.userId,
        sessionId: state.sessionId,
        flowId: state.flowId,
        channel: effect.channel,
        destination: awaitedCode(state).destination,
        sendTo: isDecoy || isWithheld ? null : recipientOf(state),
        isDecoy,
        isOwnerTold: isOwnerToldInstead,
        form: emailCodeForm(state, policy),
        requester,
      },
      () => sealState(sealer, state),
    )
    if (isOwnerToldInstead) await tellOwnerInstead(tx, state, { isToPhone: effect.channel !== 'email', isWithheld, requester })
    return issued.challengeId
  }

  /** In the place of the code: to where that was asked for, and as often as that may be written to. */
  async function tellOwnerInstead(tx: Transaction<Schema>, { tenantId, identified }: FlowState, { isToPhone, isWithheld, requester }: { isToPhone: boolean; isWithheld: boolean; requester: Requester }) {
    const phoneKey = isToPhone && identified?.identification === 'phone' ? identified.phone : null
    const owner = { email: isToPhone ? null : (identified?.emailDisplay ?? null), phoneKey }
    if (isWithheld || (owner.email === null && phoneKey === null)) return outbox.enqueueNothing(tx, tenantId)
    await outbox.enqueueNotice(tx, tenantId, owner, { template: 'signup_existing_account', language: requester.language })
  }

  async function createUser(tx: Transaction<Schema>, state: FlowState, effect: Extract<Effect, { effect: 'create_user' }>, requester: Requester) {
    const { tenantId } = state
    const at = clock.now()
    const { promotes } = effect
    const userId = promotes ?? newId<UserId>(clock, random)
    const username = effect.email === null ? anyUsername(newDigits(random, ANY_USERNAME_DIGITS)) : suggestUsername(effect.email, newDigits(random, USERNAME_SUFFIX_DIGITS))
    const identity = () => ({ id: newId<IdentityId>(clock, random), tenantId, userId, at })
    if (promotes === undefined) await insertUser(tx, { id: userId, tenantId, at, language: requester.language })
    else if (!(await endAnonymity(tx, promotes, { language: requester.language, at }))) throw new Error('an account was promoted that was not anonymous any more')
    if (effect.email === null) await insertIdentity(tx, { ...identity(), kind: 'phone', key: effect.phone, display: effect.phoneDisplay, verifiedAt: at })
    else await insertIdentity(tx, { ...identity(), kind: 'email', key: effect.email, display: effect.emailDisplay, verifiedAt: effect.isEmailProven ? at : null })
    await insertIdentity(tx, { ...identity(), kind: 'username', ...username, verifiedAt: null })
    if (effect.passwordHash !== null) await putPasswordHash(tx, { userId, tenantId, hash: effect.passwordHash, at })
    const data = effect.email === null ? { is_email_verified: false, is_phone_verified: true } : { is_email_verified: effect.isEmailProven }
    await events.record(tx, { type: promotes === undefined ? 'user.created' : 'user.promoted', tenantId, userId, requester, data })
    if (effect.passwordHash !== null) await events.record(tx, { type: 'password.created', tenantId, userId, requester })
    return userId
  }

  /**
   * The first proof of an address voids what was set up by whoever registered it unproven: their password, their
   * passkeys, their numbers and their sessions must not outlive the owner's arrival (account pre-hijacking).
   */
  async function proveEmail(tx: Transaction<Schema>, state: FlowState, effect: Extract<Effect, { effect: 'prove_email' }>, requester: Requester) {
    const { tenantId } = state
    const { userId } = effect
    if (!(await markIdentityVerified(tx, userId, effect.email, clock.now()))) return
    await events.record(tx, { type: 'user.email_verified', tenantId, userId, requester })
    await deletePassword(tx, userId)
    await events.record(tx, { type: 'password.removed', tenantId, userId, requester })
    const count = await deletePasskeysOfUser(tx, userId)
    if (count > 0) await events.record(tx, { type: 'passkey.removed', tenantId, userId, requester, data: { count, reason: 'unproven_before' } })
    const numbers = await deletePhonesOf(tx, userId)
    if (numbers > 0) await events.record(tx, { type: 'user.phone_removed', tenantId, userId, requester, data: { count: numbers, reason: 'unproven_before' } })
    await secondFactors.removeAll(tx, userId)
    await knownDevices.reset(tx, { tenantId, userId })
    await sessions.endInTransaction(tx, { tenantId, userId }, { reason: 'unproven_before', requester })
  }

  async function setPassword(
    tx: Transaction<Schema>,
    state: FlowState,
    effect: Extract<Effect, { effect: 'set_password' }>,
    { policy, from: { requester } }: { policy: Policy; from: Presented },
  ) {
    const { tenantId } = state
    const { userId } = effect
    const at = clock.now()
    await passwords.replace(tx, { userId, tenantId, hash: effect.hash, rules: policy.password, at })
    await consumeOneTimeCodesOfUser(tx, userId, CODES_VOIDED_BY_NEW_CREDENTIALS, at)
    // Whoever needs a new one may have lost the device, too.
    await deleteTrustedDevicesOf(tx, userId)
    await knownDevices.reset(tx, { tenantId, userId })
    // Whoever reads the mailbox is no guesser of passwords; at the second factor they may be one.
    await lockout.unlock(tx, userId, 'password')
    await events.record(tx, { type: `password.${effect.how}`, tenantId, userId, requester })
    const user = await findUser(tx, tenantId, userId)
    if (user) await outbox.enqueueNotice(tx, tenantId, user, { template: 'password_changed', at, ip: requester.ip, language: languageFor(user, requester) })
  }
}
