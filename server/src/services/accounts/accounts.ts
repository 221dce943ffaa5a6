import type { PasswordRules } from '../../domain/password-rules.ts'
import { parseUsername } from '../../domain/username.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { isUniqueViolation } from '../../persistence/index.ts'
import { findPasswordHash } from '../../persistence/queries/authenticator-password.ts'
import { replaceIdentityKey } from '../../persistence/queries/identity.ts'
import { consumeOneTimeCodesOfUser } from '../../persistence/queries/one-time-code.ts'
import { findSession } from '../../persistence/queries/session.ts'
import { deleteTrustedDevicesOf } from '../../persistence/queries/trusted-device.ts'
import { lockUserForChange, updateDisplayName } from '../../persistence/queries/user-account.ts'
import { languageFor } from '../../domain/mail.ts'
import { CODES_VOIDED_BY_NEW_CREDENTIALS } from '../codes/index.ts'
import type { KnownDevice } from '../known-devices/index.ts'
import { giveBackAll, limitTaken, signInTries, takeAll } from '../limits/index.ts'
import type { Actor } from '../sessions/index.ts'
import type { AccountDeps } from './account-deps.ts'
import type { AccountFailure, Accounts } from './account-types.ts'
import { createCurrentPasswordCheck } from './check-current-password.ts'

import { createEmails } from './emails.ts'
import { parseDisplayName } from './display-name.ts'

export function createAccounts(deps: AccountDeps): Accounts {
  const { database, clock, passwords, sessions, limits, lockout, knownDevices, events, outbox, settings, deletions, isRecentlyProven, isSpared } = deps
  const isRightAndOpen = createCurrentPasswordCheck(deps)

  const about = (actor: Actor) => ({
    tenantId: actor.session.tenant_id,
    actorUserId: actor.user.id,
    userId: actor.user.id,
    sessionId: actor.session.id,
    requester: actor.requester,
  })

  async function hashNew({ user, session }: Actor, password: string, rules: PasswordRules): Promise<Result<string, AccountFailure>> {
    const identifiers = [user.email ?? '', user.phone ?? '', user.username ?? '', user.displayName ?? '']
    const hashed = await passwords.hashNew(password, { tenantId: session.tenant_id, rules, identifiers, earlier: { userId: user.id } })
    if (hashed.ok) return succeed(hashed.value.hash)
    return fail({ code: 'unacceptable_password', problems: hashed.failure, minimumLength: rules.minimumLength })
  }

  /** `from` is the hash that was just proven: of two changes at once the second finds another one and is refused. */
  async function replacePassword(
    actor: Actor,
    { from, to, rules, knownSecret }: { from: string | undefined; to: string; rules: PasswordRules; knownSecret: string | undefined },
    event: 'password.changed' | 'password.created',
  ): Promise<Result<KnownDevice, AccountFailure>> {
    const { tenantId, userId } = about(actor)
    const at = clock.now()
    return database.transaction(async (tx) => {
      await lockUserForChange(tx, userId)
      const isStillSignedIn = (await findSession(tx, actor.session.id))?.ended_at === null
      if (!isStillSignedIn || (await findPasswordHash(tx, userId)) !== from) return fail({ code: 'invalid_credentials' })
      await passwords.replace(tx, { userId, tenantId, hash: to, rules, at })
      await consumeOneTimeCodesOfUser(tx, userId, CODES_VOIDED_BY_NEW_CREDENTIALS, at)
      await deleteTrustedDevicesOf(tx, userId)
      // Guesses at the former password say nothing about the new one; those at the second factor stay counted.
      await lockout.unlock(tx, userId, 'password')
      await knownDevices.reset(tx, { tenantId, userId })
      await events.record(tx, { type: event, ...about(actor) })
      await sessions.endInTransaction(tx, { tenantId, userId }, { except: actor.session.id, reason: 'password_changed', requester: actor.requester })
      await outbox.enqueueNotice(tx, tenantId, actor.user, { template: 'password_changed', at, ip: actor.requester.ip, language: languageFor(actor.user, actor.requester) })
      return succeed(await knownDevices.remember(tx, { tenantId, userId }, knownSecret))
    })
  }

  return {
    isRecentlyAuthenticated: isRecentlyProven,
    hasPassword: async (actor) => (await findPasswordHash(database.read, actor.user.id)) !== undefined,
    ...createEmails({ ...deps, about }),

    async changeDisplayName(actor, text) {
      const displayName = parseDisplayName(text)
      if (!displayName.ok) return displayName
      await database.transaction(async (tx) => {
        await updateDisplayName(tx, actor.user.id, displayName.value, clock.now())
        await events.record(tx, { type: 'user.profile_changed', ...about(actor) })
      })
      return succeed(undefined)
    },

    async changeUsername(actor, text) {
      const username = parseUsername(text)
      if (!username.ok) return fail({ code: 'invalid_username' })
      const rename = async (): Promise<Result<undefined, AccountFailure>> => {
        try {
          await database.transaction(async (tx) => {
            await replaceIdentityKey(tx, actor.user.id, 'username', { ...username.value, verifiedAt: null })
            await events.record(tx, { type: 'user.username_changed', ...about(actor), data: { from: actor.user.username, to: username.value.display } })
          })
          return succeed(undefined)
        } catch (error) {
          if (isUniqueViolation(error)) return fail({ code: 'username_taken' })
          throw error
        }
      }
      return limitTaken(limits, actor, rename, ({ code }) => code === 'username_taken')
    },

    async changePassword(actor, { currentPassword, newPassword, knownSecret }) {
      if (await isSpared(actor)) return fail({ code: 'recent_authentication_required' })
      const tries = signInTries(actor.session.tenant_id, actor.user.id, actor.requester.ip, `session:${actor.session.id}`)
      const refused = await takeAll(limits, tries)
      if (refused) return fail({ code: 'rate_limited', ...refused })
      const current = await passwords.findMatch(actor.session.tenant_id, actor.user.id, currentPassword).catch(async (fault: unknown) => {
        await giveBackAll(limits, tries)
        throw fault
      })
      if (!(await isRightAndOpen(actor, current !== undefined)) || current === undefined) return fail({ code: 'invalid_credentials' })
      await giveBackAll(limits, tries)
      const { password: rules } = await settings.policy()
      const hashed = await hashNew(actor, newPassword, rules)
      if (!hashed.ok) return hashed
      const replaced = await replacePassword(actor, { from: current.hash, to: hashed.value, rules, knownSecret }, 'password.changed')
      if (replaced.ok) return replaced
      // A sign-in may have hashed the same password anew meanwhile; another password is refused for good.
      const rehashed = await passwords.findMatch(actor.session.tenant_id, actor.user.id, currentPassword)
      return rehashed === undefined ? replaced : replacePassword(actor, { from: rehashed.hash, to: hashed.value, rules, knownSecret }, 'password.changed')
    },

    async createPassword(actor, { newPassword, knownSecret }) {
      if (await findPasswordHash(database.read, actor.user.id)) return fail({ code: 'password_already_exists' })
      if (!(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const { password: rules } = await settings.policy()
      const hashed = await hashNew(actor, newPassword, rules)
      return hashed.ok ? replacePassword(actor, { from: undefined, to: hashed.value, rules, knownSecret }, 'password.created') : hashed
    },

    delete: (actor) => deletions.request(actor),
  }
}
