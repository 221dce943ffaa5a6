import { parseEmail } from '../../domain/email.ts'
import type { TenantId, UserId } from '../../domain/ids.ts'
import { isUuid } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import { parseUsername } from '../../domain/username.ts'
import type { Database } from '../../persistence/index.ts'
import { isUniqueViolation } from '../../persistence/index.ts'
import { findPassword } from '../../persistence/queries/authenticator-password.ts'
import { findIdentity } from '../../persistence/queries/identity.ts'
import { insertRequiredChanges, listUsersNotAsked } from '../../persistence/queries/required-password-change.ts'
import { findUser, lockUserForChange } from '../../persistence/queries/user-account.ts'
import type { Clock } from '../../platform/clock.ts'
import { parsePhone } from '../../protocols/phone-number.ts'
import type { Events } from '../events/index.ts'

/** What an account is named by. */
export type NamedBy = 'email' | 'phone' | 'username' | 'id'

export interface PasswordChanges {
  /** From now on a sign-in by password asks for a new one; what is signed in stays so. */
  require(name: string, by?: NamedBy): Promise<Result<UserId, 'user_not_found' | 'no_password' | 'already_so'>>
  /** The same of everybody who has a password; how many were not asked before. */
  requireOfAll(): Promise<number>
}

/** Few enough that others do not wait for a lock. */
const BATCH_USERS = 500
/** Somebody else may ask of the same accounts at the same time. */
const MAX_BATCH_TRIES = 5

export function createPasswordChanges(deps: { database: Database; clock: Clock; events: Events; tenantId: TenantId }): PasswordChanges {
  const { database, clock, events, tenantId } = deps

  async function findNamed(name: string, by: NamedBy): Promise<UserId | undefined> {
    if (by === 'id') return isUuid(name) ? (await findUser(database.read, tenantId, name as UserId))?.id : undefined
    const parsed = by === 'email' ? parseEmail(name) : by === 'phone' ? await parsePhone(name) : parseUsername(name)
    return parsed.ok ? (await findIdentity(database.read, tenantId, by, parsed.value.key))?.userId : undefined
  }

  async function requireBatch(after: string): Promise<readonly UserId[]> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await database.transaction(async (tx) => {
          const userIds = await listUsersNotAsked(tx, tenantId, after, BATCH_USERS)
          if (userIds.length === 0) return userIds
          await insertRequiredChanges(tx, tenantId, userIds, clock.now())
          await events.record(tx, { type: 'password.change_required', tenantId, data: { count: userIds.length } })
          return userIds
        })
      } catch (error) {
        if (!isUniqueViolation(error) || tries === MAX_BATCH_TRIES) throw error
      }
    }
  }

  return {
    async require(name, by = 'email') {
      const userId = await findNamed(name, by)
      if (!userId) return fail('user_not_found')
      return database.transaction(async (tx) => {
        // A sign-in that is about to finish sees this, or was first.
        await lockUserForChange(tx, userId)
        const password = await findPassword(tx, userId)
        if (!password) return fail('no_password')
        if (password.isChangeRequired) return fail('already_so')
        await insertRequiredChanges(tx, tenantId, [userId], clock.now())
        await events.record(tx, { type: 'password.change_required', tenantId, actorUserId: null, userId })
        return succeed(userId)
      })
    },

    async requireOfAll() {
      let count = 0
      for (let after = ''; ; ) {
        const userIds = await requireBatch(after)
        count += userIds.length
        if (userIds.length < BATCH_USERS) return count
        after = userIds.at(-1) ?? after
      }
    },
  }
}
