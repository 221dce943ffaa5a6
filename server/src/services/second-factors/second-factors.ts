import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import type { TenantId, TrustedDeviceId, UserId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { languageFor } from '../../domain/mail.ts'
import type { SecondFactorChange } from '../../domain/mail.ts'
import type { Amr } from '../../flow/index.ts'
import { isSecondFactorRequired } from '../../flow/index.ts'
import type { Database } from '../../persistence/index.ts'
import { insertUnlessTaken } from '../../persistence/index.ts'
import { hasAnyPasskey } from '../../persistence/queries/authenticator-passkey.ts'
import { deleteTotpsOf, hasTotp, listTotps } from '../../persistence/queries/authenticator-totp.ts'
import { findSession } from '../../persistence/queries/session.ts'
import { insertSpent } from '../../persistence/queries/spent-once.ts'
import { countUnusedRecoveryCodes, deleteRecoveryCodes } from '../../persistence/queries/recovery-code.ts'
import { deleteTrustedDevice, deleteTrustedDevicesOf, listTrustedDevices } from '../../persistence/queries/trusted-device.ts'
import { findUser, lockUserForChange } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/digest.ts'
import type { Random } from '../../platform/random.ts'
import type { Sealer } from '../../platform/sealing.ts'
import type { Events } from '../events/index.ts'
import type { Limits } from '../limits/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { RecentProof } from '../recent-proof/index.ts'
import type { Actor, Sessions } from '../sessions/index.ts'
import type { Settings } from '../settings/index.ts'
import { MAX_TOTPS, MAX_TRUSTED_DEVICES_SHOWN, TOTP_SET_UP_TTL_SECONDS } from './lifetimes.ts'
import { createFactorLookUp, hasFactorBeside } from './enrolled-factors.ts'
import { createRecoveryCodes } from './recovery-codes.ts'
import type { SecondFactorFailure, SecondFactors } from './second-factor-types.ts'
import { createTotps } from './totps.ts'
import { createTrustedDevices } from './trusted-devices.ts'

const SEALING_PURPOSE = 'totp-set-up'
const NAME_MAX_LENGTH = 60

export function createSecondFactors(deps: {
  database: Database
  clock: Clock
  random: Random
  sealer: Sealer
  events: Events
  outbox: Outbox
  limits: Limits
  sessions: Sessions
  settings: Settings
  isRecentlyProven: RecentProof
}): SecondFactors {
  const { database, clock, sealer, events, outbox, limits, sessions, settings, isRecentlyProven } = deps
  const totps = createTotps(deps)
  const recoveryCodes = createRecoveryCodes(deps)
  const trustedDevices = createTrustedDevices(deps)

  const about = ({ session, user, requester }: Actor) => ({ tenantId: session.tenant_id, actorUserId: user.id, userId: user.id, sessionId: session.id, requester })

  async function tell(tx: Transaction<Schema>, user: { tenantId: TenantId; userId: UserId }, change: SecondFactorChange, requester: Requester): Promise<void> {
    const found = await findUser(tx, user.tenantId, user.userId)
    if (found) await outbox.enqueueNotice(tx, user.tenantId, found, { template: 'second_factor_changed', change, at: clock.now(), ...requester, language: languageFor(found, requester) })
  }

  /** A generator, and with the first one recovery codes: whoever loses the telephone is not locked out. */
  const add: SecondFactors['add'] = async (tx, user, { recoveryCodes: shown, ...totp }, requester) => {
    const isFirst = !(await hasTotp(tx, user.userId))
    await lockUserForChange(tx, user.userId)
    await totps.add(tx, { ...user, ...totp, name: totp.name })
    await events.record(tx, { type: 'totp.created', ...user, requester })
    await tell(tx, user, 'totp_added', requester)
    if (!isFirst) return []
    await events.record(tx, { type: 'recovery_codes.created', ...user, requester })
    const codes = shown ?? recoveryCodes.make()
    await recoveryCodes.replace(tx, user, codes)
    return codes
  }

  /** What was set up for a second factor goes with the last one. */
  async function clean(tx: Transaction<Schema>, userId: UserId): Promise<void> {
    await deleteRecoveryCodes(tx, userId)
    await deleteTrustedDevicesOf(tx, userId)
  }

  /** In one transaction that holds the account: of two changes at once the second sees the first. */
  async function change<Value>(
    actor: Actor,
    work: (tx: Transaction<Schema>) => Promise<Result<Value, SecondFactorFailure>>,
  ): Promise<Result<Value, SecondFactorFailure>> {
    if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
    return database.transaction(async (tx) => {
      await lockUserForChange(tx, actor.user.id)
      // An end is an end: a request that was under way when the session ended changes nothing.
      const isStillSignedIn = (await findSession(tx, actor.session.id))?.ended_at === null
      return isStillSignedIn ? work(tx) : fail({ code: 'recent_authentication_required' })
    })
  }

  return {
    totps,
    recoveryCodes,
    trustedDevices,
    add,

    lookUp: createFactorLookUp({ clock, trustedDevices }),

    async canProveMore(user) {
      const policy = await settings.policy()
      if (isSecondFactorRequired(policy, clock.now())) return true
      // A passkey is two factors in one, also where no second one is asked for.
      const isOff = policy.secondFactor.mode === 'off'
      return database.transaction((tx) => (isOff ? hasAnyPasskey(tx, user.id) : hasFactorBeside(tx, user, 'recovery_code', policy)))
    },

    async tellRecoveryCodeUsed(tx, user, requester) {
      await events.record(tx, { type: 'recovery_code.used', ...user, requester })
      await tell(tx, user, 'recovery_code_used', requester)
    },

    async overview(userId) {
      const now = clock.now()
      const [generators, codesLeft, devices] = await Promise.all([
        listTotps(database.read, userId),
        countUnusedRecoveryCodes(database.read, userId),
        listTrustedDevices(database.read, userId, now, MAX_TRUSTED_DEVICES_SHOWN),
      ])
      return {
        isOffered: (await settings.policy()).secondFactor.mode !== 'off' && generators.length < MAX_TOTPS,
        totps: generators.map((one) => ({ id: one.id, name: one.name, createdAt: one.created_at, lastUsedAt: one.last_used_at })),
        recoveryCodesLeft: codesLeft,
        trustedDevices: devices.map((one) => ({ id: one.id, userAgent: one.user_agent, ip: one.ip, createdAt: one.created_at, lastUsedAt: one.last_used_at, expiresAt: one.expires_at })),
      }
    },

    async beginTotp(actor) {
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      if ((await settings.policy()).secondFactor.mode === 'off') return fail({ code: 'second_factors_off' })
      if ((await listTotps(database.read, actor.user.id)).length >= MAX_TOTPS) return fail({ code: 'too_many_authenticators' })
      const key = totps.newKey()
      const expiresAt = clock.now() + TOTP_SET_UP_TTL_SECONDS * 1_000
      return succeed({ key, setUp: sealer.seal(SEALING_PURPOSE, JSON.stringify({ key, expiresAt }), actor.session.id), expiresAt })
    },

    readTotpSetUp(actor, setUp) {
      const text = sealer.open(SEALING_PURPOSE, setUp, actor.session.id)
      const { key, expiresAt } = text === undefined ? { key: '', expiresAt: 0 } : (JSON.parse(text) as { key: string; expiresAt: number })
      return expiresAt > clock.now() ? key : undefined
    },

    async confirmTotp(actor, { setUp, code, name }) {
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const key = this.readTotpSetUp(actor, setUp)
      if (key === undefined) return fail({ code: 'set_up_expired' })
      const tries = ['second_factor_failures_per_account', `${actor.session.tenant_id}:${actor.user.id}`] as const
      const refused = await limits.take(...tries)
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const step = totps.stepOf(key, code)
      if (step === null) return fail({ code: 'wrong_code' })
      await limits.giveBack(...tries)
      return change(actor, async (tx) => {
        if ((await listTotps(tx, actor.user.id)).length >= MAX_TOTPS) return fail({ code: 'too_many_authenticators' })
        // A key is set up once: twice, each of its codes would be good twice.
        const at = clock.now()
        const spent = { tenantId: actor.session.tenant_id, purpose: SEALING_PURPOSE, key: sha256(setUp), at, expiresAt: at + TOTP_SET_UP_TTL_SECONDS * 1_000 }
        if (!(await insertUnlessTaken(tx, () => insertSpent(tx, spent)))) return fail({ code: 'set_up_expired' })
        const cleanName = [...name.normalize('NFC').replace(/[\p{C}]/gu, '').trim()].slice(0, NAME_MAX_LENGTH).join('')
        const { tenantId, userId } = about(actor)
        const codes = await add(tx, { tenantId, userId }, { key, step, name: cleanName, recoveryCodes: null }, actor.requester)
        // Its first code was this session's second proof.
        await sessions.markReauthenticated(tx, actor.session.id, withSecondFactor(actor.session.amr))
        return succeed({ recoveryCodes: codes })
      })
    },

    async removeTotp(actor, id) {
      const policy = await settings.policy()
      const isRequired = isSecondFactorRequired(policy, clock.now())
      return change(actor, async (tx) => {
        const all = await listTotps(tx, actor.user.id)
        if (!all.some((one) => one.id === id)) return fail({ code: 'not_found' })
        if (isRequired && all.length === 1 && !(await hasFactorBeside(tx, actor.user, 'secondary_totp', policy))) return fail({ code: 'last_required_factor' })
        await totps.remove(tx, actor.user.id, id)
        await events.record(tx, { type: 'totp.removed', ...about(actor) })
        if (all.length === 1) await clean(tx, actor.user.id)
        else await deleteTrustedDevicesOf(tx, actor.user.id)
        await tell(tx, about(actor), 'totp_removed', actor.requester)
        return succeed(undefined)
      })
    },

    makeRecoveryCodes: (actor) =>
      change(actor, async (tx) => {
        if (!(await hasTotp(tx, actor.user.id))) return fail({ code: 'not_found' })
        await events.record(tx, { type: 'recovery_codes.created', ...about(actor) })
        await deleteTrustedDevicesOf(tx, actor.user.id)
        await tell(tx, about(actor), 'recovery_codes_made', actor.requester)
        const codes = recoveryCodes.make()
        await recoveryCodes.replace(tx, about(actor), codes)
        return succeed({ recoveryCodes: codes })
      }),

    async forgetDevice(actor, id: TrustedDeviceId | 'all') {
      return database.transaction(async (tx) => {
        const { user } = actor
        const forgotten = id === 'all' ? await deleteTrustedDevicesOf(tx, user.id) : Number(await deleteTrustedDevice(tx, user.id, id))
        if (forgotten > 0) await events.record(tx, { type: 'trusted_device.removed', ...about(actor), data: { count: forgotten } })
        return forgotten
      })
    },

    async removeAll(tx, userId) {
      await deleteTotpsOf(tx, userId)
      await clean(tx, userId)
    },
  }
}

function withSecondFactor(amr: string): Amr[] {
  return [...new Set([...(amr.split(' ') as Amr[]), 'otp' as const, 'mfa' as const])]
}
