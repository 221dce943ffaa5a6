import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import { parseEmail } from '../../domain/email.ts'
import type { TenantId, UserId } from '../../domain/ids.ts'
import { isUuid } from '../../domain/ids.ts'
import { languageFor } from '../../domain/mail.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { ADMIN_ROLE } from '../../domain/roles.ts'
import type { Database } from '../../persistence/index.ts'
import { isUniqueViolation } from '../../persistence/index.ts'
import { findAccountDeletion } from '../../persistence/queries/account-deletion.ts'
import type { EmailRecord } from '../../persistence/queries/email-identity.ts'
import { listEmails } from '../../persistence/queries/email-identity.ts'
import { findIdentity } from '../../persistence/queries/identity.ts'
import type { PhoneRecord } from '../../persistence/queries/phone-identity.ts'
import { listPhones } from '../../persistence/queries/phone-identity.ts'
import { insertSpent } from '../../persistence/queries/spent-once.ts'
import type { UserRecord } from '../../persistence/queries/user-account.ts'
import { findUser, setDisabled } from '../../persistence/queries/user-account.ts'
import { countOtherActiveUsersWithRole, deleteRole, hasAnyUserWithRole, hasRole, insertRole } from '../../persistence/queries/user-role.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Sealer } from '../../platform/sealing.ts'
import { parsePhone } from '../../protocols/phone-number.ts'
import type { Events } from '../events/index.ts'
import type { LimitRefusal, Limits } from '../limits/index.ts'
import { addressKey } from '../limits/index.ts'
import type { CountedFailures, Lockout } from '../lockout/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { Sessions, SignedIn } from '../sessions/index.ts'

export type AdminFailure = 'user_not_found' | 'already_so' | 'last_active_admin'

/** What an operator is told about an account. */
export interface AccountFacts {
  readonly user: UserRecord
  /** The primary one first. */
  readonly emails: readonly EmailRecord[]
  /** Verified, oldest first. */
  readonly phones: readonly PhoneRecord[]
  /** When its owner has it deleted, milliseconds UTC. */
  readonly deleteAt: number | null
  readonly failures: readonly CountedFailures[]
}

/** Accounts are named by an address, or by a number in international form. */
export interface Admins {
  /** `describe`, `disable` and `enable` take an id, too. */
  describe(name: string): Promise<Result<AccountFacts, 'user_not_found'>>
  grant(name: string): Promise<Result<UserId, AdminFailure>>
  revoke(name: string): Promise<Result<UserId, AdminFailure>>
  disable(name: string): Promise<Result<UserId, AdminFailure>>
  /** Lifts what wrong proofs closed. */
  unlock(name: string): Promise<Result<UserId, AdminFailure>>
  enable(name: string): Promise<Result<UserId, AdminFailure>>
  /** Undefined once an admin exists. The link's secret; whoever signs in with it first becomes the first admin. */
  createFirstAdminLink(): Promise<string | undefined>
  /** Whether the link can still make somebody admin; asking spends nothing. */
  isFirstAdminLinkOpen(secret: string): Promise<boolean>
  /** Exactly one of any number of parallel calls makes its user the admin. */
  useFirstAdminLink(signedIn: SignedIn, secret: string, requester: Requester): Promise<Result<undefined, { code: 'invalid_link' } | ({ code: 'rate_limited' } & LimitRefusal)>>
}

const SEALING_PURPOSE = 'first-admin-link'
/** Whoever just installed the server uses the link the same day; starting again prints a new one. */
const LINK_TTL_MS = 24 * 60 * 60 * 1_000

export function createAdmins(deps: {
  database: Database
  clock: Clock
  sealer: Sealer
  sessions: Sessions
  events: Events
  limits: Limits
  lockout: Lockout
  outbox: Outbox
  tenantId: TenantId
}): Admins {
  const { database, clock, sealer, sessions, events, limits, lockout, outbox, tenantId } = deps

  async function findByName(name: string): Promise<UserId | undefined> {
    const isEmail = name.includes('@')
    const parsed = isEmail ? parseEmail(name) : await parsePhone(name)
    return parsed.ok ? (await findIdentity(database.read, tenantId, isEmail ? 'email' : 'phone', parsed.value.key))?.userId : undefined
  }

  /** An id names an account that has neither. */
  async function findAccount(name: string): Promise<UserId | undefined> {
    return isUuid(name) ? (await findUser(database.read, tenantId, name as UserId))?.id : findByName(name)
  }

  /** Whoever may do more from now on hears of it, whoever decided so. */
  async function tell(tx: Transaction<Schema>, userId: UserId, requester: Partial<Requester> = {}): Promise<void> {
    const user = await findUser(tx, tenantId, userId)
    const { language } = requester
    if (user) await outbox.enqueueNotice(tx, tenantId, user, { template: 'admin_granted', at: clock.now(), language: languageFor(user, language === undefined ? {} : { language }) })
  }

  /** Ours, and not too old. */
  function isFresh(secret: string): boolean {
    const expiresAt = sealer.open(SEALING_PURPOSE, secret, tenantId)
    return expiresAt !== undefined && Number(expiresAt) > clock.now()
  }

  return {
    async grant(name) {
      const userId = await findByName(name)
      if (!userId) return fail('user_not_found')
      return database.transaction(async (tx) => {
        if (!(await insertRole(tx, { tenantId, userId, role: ADMIN_ROLE, at: clock.now() }))) return fail('already_so')
        await events.record(tx, { type: 'user.role_granted', tenantId, actorUserId: null, userId, data: { role: ADMIN_ROLE } })
        await tell(tx, userId)
        return succeed(userId)
      })
    },

    async revoke(name) {
      const userId = await findByName(name)
      if (!userId) return fail('user_not_found')
      return database.transaction(async (tx) => {
        if ((await countOtherActiveUsersWithRole(tx, tenantId, ADMIN_ROLE, userId)) === 0) return fail('last_active_admin')
        if (!(await deleteRole(tx, userId, ADMIN_ROLE))) return fail('already_so')
        await events.record(tx, { type: 'user.role_revoked', tenantId, actorUserId: null, userId, data: { role: ADMIN_ROLE } })
        // Tokens that carry the role must not outlive it.
        await sessions.endInTransaction(tx, { tenantId, userId }, { reason: 'role_changed', requester: null })
        return succeed(userId)
      })
    },

    async describe(name) {
      const userId = await findAccount(name)
      const user = userId && (await findUser(database.read, tenantId, userId))
      if (!user) return fail('user_not_found')
      const deletion = await findAccountDeletion(database.read, user.id)
      const failures = await lockout.describe(database.read, { tenantId, userId: user.id })
      const [emails, phones] = [await listEmails(database.read, user.id), await listPhones(database.read, user.id)]
      return succeed({ user, emails, phones, deleteAt: deletion?.delete_at ?? null, failures })
    },

    async disable(name) {
      const userId = await findAccount(name)
      if (!userId) return fail('user_not_found')
      return database.transaction(async (tx) => {
        const isLast = (await countOtherActiveUsersWithRole(tx, tenantId, ADMIN_ROLE, userId)) === 0
        if (isLast && (await hasRole(tx, userId, ADMIN_ROLE))) return fail('last_active_admin')
        if (!(await setDisabled(tx, userId, clock.now(), clock.now()))) return fail('already_so')
        await events.record(tx, { type: 'user.disabled', tenantId, actorUserId: null, userId })
        await sessions.endInTransaction(tx, { tenantId, userId }, { reason: 'user_disabled', requester: null })
        return succeed(userId)
      })
    },

    async enable(name) {
      const userId = await findAccount(name)
      if (!userId) return fail('user_not_found')
      return database.transaction(async (tx) => {
        if (!(await setDisabled(tx, userId, null, clock.now()))) return fail('already_so')
        await events.record(tx, { type: 'user.enabled', tenantId, actorUserId: null, userId })
        return succeed(userId)
      })
    },

    async unlock(name) {
      const userId = await findByName(name)
      if (!userId) return fail('user_not_found')
      return database.transaction(async (tx) => {
        if ((await lockout.unlock(tx, userId)) === 0) return fail('already_so')
        await events.record(tx, { type: 'user.unlocked', tenantId, actorUserId: null, userId })
        return succeed(userId)
      })
    },

    async createFirstAdminLink() {
      if (await hasAnyUserWithRole(database.read, tenantId, ADMIN_ROLE)) return undefined
      await database.transaction((tx) => events.record(tx, { type: 'first_admin_link.created', tenantId }))
      return sealer.seal(SEALING_PURPOSE, String(clock.now() + LINK_TTL_MS), tenantId)
    },

    async isFirstAdminLinkOpen(secret) {
      return isFresh(secret) && !(await hasAnyUserWithRole(database.read, tenantId, ADMIN_ROLE))
    },

    async useFirstAdminLink({ user, session }, secret, requester) {
      const refused = await limits.take('admin_link_failures_per_address', addressKey(requester.ip))
      if (refused) return fail({ code: 'rate_limited', ...refused })
      if (!isFresh(secret)) return fail({ code: 'invalid_link' })
      try {
        return await database.transaction(async (tx) => {
          if (await hasAnyUserWithRole(tx, tenantId, ADMIN_ROLE)) return fail({ code: 'invalid_link' })
          // One key for every link ever printed: the first admin is made once in the life of a tenant.
          await insertSpent(tx, { tenantId, purpose: 'first_admin', key: tenantId, at: clock.now(), expiresAt: Number.MAX_SAFE_INTEGER })
          await insertRole(tx, { tenantId, userId: user.id, role: ADMIN_ROLE, at: clock.now() })
          const about = { tenantId, userId: user.id, sessionId: session.id, requester }
          await events.record(tx, { type: 'first_admin_link.used', ...about })
          await events.record(tx, { type: 'user.role_granted', ...about, data: { role: ADMIN_ROLE } })
          await tell(tx, user.id, requester)
          return succeed(undefined)
        })
      } catch (error) {
        if (isUniqueViolation(error)) return fail({ code: 'invalid_link' })
        throw error
      }
    },
  }
}
