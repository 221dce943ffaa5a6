import type { Transaction } from 'kysely'
import type { Requester } from '../../domain/requester.ts'
import { languageFor } from '../../domain/mail.ts'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { ADMIN_ROLE } from '../../domain/roles.ts'
import type { Database } from '../../persistence/index.ts'
import {
  findAccountDeletion,
  insertAccountDeletion,
  listDueDeletions,
  listDueReminders,
  markReminded,
  takeAccountDeletion,
} from '../../persistence/queries/account-deletion.ts'
import { listPhones } from '../../persistence/queries/phone-identity.ts'
import { listEmails } from '../../persistence/queries/email-identity.ts'
import { consumeOneTimeCodesOfUser, deleteOneTimeCodesOf } from '../../persistence/queries/one-time-code.ts'
import { deleteUser, findUser, lockUser } from '../../persistence/queries/user-account.ts'
import { countOtherActiveUsersWithRole, hasRole } from '../../persistence/queries/user-role.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { CODES_VOIDED_BY_NEW_CREDENTIALS } from '../codes/index.ts'
import type { Events } from '../events/index.ts'
import type { Outbox } from '../outbox/index.ts'
import type { RecentProof } from '../recent-proof/index.ts'
import type { Actor, Sessions } from '../sessions/index.ts'
import type { Settings } from '../settings/index.ts'
import { DAY_MS, remindAtOf } from './reminder.ts'

export type DeletionFailure = { readonly code: 'recent_authentication_required' } | { readonly code: 'last_active_admin' } | { readonly code: 'not_found' } | { readonly code: 'deletion_not_offered' }

interface Owner {
  readonly tenantId: TenantId
  readonly userId: UserId
}

export interface Deletions {
  offer(): Promise<{ readonly isOffered: boolean; readonly graceDays: number }>
  /** Deletes at once, or deactivates the account until the given instant (milliseconds UTC); its sessions end either way. */
  request(actor: Actor): Promise<Result<{ readonly deleteAt: number | null }, DeletionFailure>>
  /** When the account will be deleted; null when nothing of the kind is planned. */
  deleteAtOf(userId: UserId): Promise<number | null>
  /** True for exactly one of any number of parallel calls; to be called only for a person who proved who they are. */
  cancel(tx: Transaction<Schema>, owner: Owner, requester: Requester): Promise<boolean>
  /** Reminds and deletes whoever is due; safe to run anywhere, any number of times. */
  carryOut(isStopped?: () => boolean): Promise<void>
}

/** Few enough that a turn is over soon; the next one takes the rest. */
const BATCH_SIZE = 50

export function createDeletions(deps: {
  database: Database
  clock: Clock
  settings: Settings
  sessions: Sessions
  events: Events
  outbox: Outbox
  isRecentlyProven: RecentProof
}): Deletions {
  const { database, clock, settings, sessions, events, outbox, isRecentlyProven } = deps

  async function remove(tx: Transaction<Schema>, { tenantId, userId }: Owner, by: { actorUserId: UserId | null; requester: Requester | null }): Promise<boolean> {
    const emails = await listEmails(tx, userId)
    const phones = await listPhones(tx, userId)
    const language = (await findUser(tx, tenantId, userId))?.language ?? by.requester?.language
    await sessions.tellBeforeDeletion(tx, userId)
    if (!(await deleteUser(tx, tenantId, userId))) return false
    await deleteOneTimeCodesOf(tx, { tenantId, userId, destinations: [...emails, ...phones].map((one) => one.key) })
    await events.record(tx, { type: 'user.deleted', tenantId, userId, ...by })
    const [[primary], [number]] = [emails, phones]
    await outbox.enqueueNotice(tx, tenantId, { email: primary?.display ?? null, phoneKey: number?.key ?? null }, { template: 'account_deleted', at: clock.now(), language })
    return true
  }

  async function schedule(tx: Transaction<Schema>, { tenantId, userId }: Owner, graceDays: number, actor: Actor): Promise<number> {
    const known = await findAccountDeletion(tx, userId)
    if (known) return known.delete_at
    const now = clock.now()
    const deleteAt = now + graceDays * DAY_MS
    await insertAccountDeletion(tx, { user_id: userId, tenant_id: tenantId, requested_at: now, remind_at: remindAtOf(now, deleteAt), delete_at: deleteAt, reminded_at: null })
    await consumeOneTimeCodesOfUser(tx, userId, CODES_VOIDED_BY_NEW_CREDENTIALS, now)
    const { requester, session } = actor
    await events.record(tx, { type: 'user.deletion_scheduled', tenantId, userId, sessionId: session.id, requester, data: { delete_at: deleteAt } })
    await sessions.endInTransaction(tx, { tenantId, userId }, { reason: 'user_deactivated', requester })
    await outbox.enqueueNotice(tx, tenantId, actor.user, { template: 'account_deletion_scheduled', deleteAt, language: languageFor(actor.user, requester) })
    return deleteAt
  }

  /** Everybody whose turn it is, one short transaction each. */
  async function forEachDue(
    list: typeof listDueDeletions,
    isStopped: () => boolean,
    act: (tx: Transaction<Schema>, owner: Owner, deleteAt: number) => Promise<unknown>,
  ): Promise<void> {
    for (const row of await list(database.read, clock.now(), BATCH_SIZE)) {
      if (isStopped()) return
      await database.transaction((tx) => act(tx, { tenantId: row.tenant_id, userId: row.user_id }, row.delete_at))
    }
  }

  return {
    async offer() {
      const { is_offered: isOffered, grace_days: graceDays } = (await settings.document()).account_deletion
      return { isOffered, graceDays }
    },

    async request(actor) {
      const { is_offered: isOffered, grace_days: graceDays } = (await settings.document()).account_deletion
      if (!isOffered) return fail({ code: 'deletion_not_offered' })
      const { isAnonymous } = actor.user
      if (!isAnonymous && !(await isRecentlyProven(actor))) return fail({ code: 'recent_authentication_required' })
      const owner = { tenantId: actor.session.tenant_id, userId: actor.user.id }
      return database.transaction(async (tx) => {
        const isAdmin = await hasRole(tx, owner.userId, ADMIN_ROLE)
        if (isAdmin && (await countOtherActiveUsersWithRole(tx, owner.tenantId, ADMIN_ROLE, owner.userId)) === 0) return fail({ code: 'last_active_admin' })
        await lockUser(tx, owner.userId)
        const now = await findUser(tx, owner.tenantId, owner.userId)
        // What was promoted meanwhile wants the proof that it has now.
        if (!now || now.isAnonymous !== isAnonymous) return fail({ code: 'not_found' })
        // Nobody can sign in to an anonymous account to change their mind.
        if (graceDays > 0 && !isAnonymous) return succeed({ deleteAt: await schedule(tx, owner, graceDays, actor) })
        const isRemoved = await remove(tx, owner, { actorUserId: owner.userId, requester: actor.requester })
        return isRemoved ? succeed({ deleteAt: null }) : fail({ code: 'not_found' })
      })
    },

    deleteAtOf: async (userId) => (await findAccountDeletion(database.read, userId))?.delete_at ?? null,

    async cancel(tx, { tenantId, userId }, requester) {
      if (!(await takeAccountDeletion(tx, userId))) return false
      await events.record(tx, { type: 'user.deletion_cancelled', tenantId, userId, requester })
      const user = await findUser(tx, tenantId, userId)
      if (user) await outbox.enqueueNotice(tx, tenantId, user, { template: 'account_deletion_cancelled', at: clock.now(), ...requester, language: languageFor(user, requester) })
      return true
    },

    async carryOut(isStopped = () => false) {
      await forEachDue(listDueReminders, isStopped, async (tx, { tenantId, userId }, deleteAt) => {
        if (!(await markReminded(tx, userId, clock.now()))) return
        const user = await findUser(tx, tenantId, userId)
        if (user) await outbox.enqueueNotice(tx, tenantId, user, { template: 'account_deletion_reminder', deleteAt, language: languageFor(user, {}) })
      })
      // Held before it is looked at again: the owner may be signing in to change their mind.
      await forEachDue(listDueDeletions, isStopped, async (tx, owner) => {
        await lockUser(tx, owner.userId)
        if (await takeAccountDeletion(tx, owner.userId, clock.now())) await remove(tx, owner, { actorUserId: null, requester: null })
      })
    },
  }
}
