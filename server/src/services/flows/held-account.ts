import type { Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { AccountDeletionRecord } from '../../persistence/queries/account-deletion.ts'
import { findAccountDeletion } from '../../persistence/queries/account-deletion.ts'
import type { UserRecord } from '../../persistence/queries/user-account.ts'
import { findUser, lockUser } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'

/** Accounts as one transaction found them: locked before they were read, and read once, since nobody else changes them now. */
export interface HeldAccounts {
  find(userId: UserId): Promise<UserRecord | undefined>
  findDeletion(userId: UserId): Promise<AccountDeletionRecord | undefined>
}

export function holdAccounts(tx: Transaction<Schema>, tenantId: TenantId): HeldAccounts {
  const users = new Map<UserId, UserRecord | undefined>()
  const deletions = new Map<UserId, AccountDeletionRecord | undefined>()

  async function find(userId: UserId): Promise<UserRecord | undefined> {
    if (!users.has(userId)) {
      await lockUser(tx, userId)
      users.set(userId, await findUser(tx, tenantId, userId))
    }
    return users.get(userId)
  }

  return {
    find,
    async findDeletion(userId) {
      await find(userId)
      if (!deletions.has(userId)) deletions.set(userId, await findAccountDeletion(tx, userId))
      return deletions.get(userId)
    },
  }
}
