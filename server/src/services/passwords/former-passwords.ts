import type { Transaction } from 'kysely'
import type { FormerPasswordId, TenantId, UserId } from '../../domain/ids.ts'
import type { PasswordRules } from '../../domain/password-rules.ts'
import type { Database } from '../../persistence/index.ts'
import { findPasswordHash } from '../../persistence/queries/authenticator-password.ts'
import { insertFormerPassword, listFormerPasswords, trimFormerPasswords } from '../../persistence/queries/former-password.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import type { PasswordHasher } from '../../platform/password-hash.ts'
import type { Random } from '../../platform/random.ts'
import { newId } from '../../platform/random.ts'

/** Whose passwords of before a new one must differ from. */
export interface Earlier {
  /** Null for a stranger. */
  readonly userId: UserId | null
  /** Differs at least from the present one, whatever the rules say: a change that was demanded has to be one. */
  readonly isChangeDemanded?: boolean
  /** Nobody has proven to be the owner: neither the answer nor the time of it may depend on what there is. */
  readonly isToldLater?: boolean
}

export function createFormerPasswords(deps: { database: Database; clock: Clock; random: Random; hasher: PasswordHasher }) {
  const { database, clock, random, hasher } = deps

  return {
    /**
     * Whether the password is one of the last ones: one verification each, one after the other, so that the lanes stay free
     * for others, and no further than the first match.
     */
    async include(normalised: string, { userId, isChangeDemanded = false, isToldLater = false }: Earlier, { history }: PasswordRules): Promise<boolean> {
      const count = Math.max(history, isChangeDemanded ? 1 : 0)
      const hashes = userId === null ? [] : await lastOf(userId, count)
      let isIncluded = false
      for (let nth = 0; nth < (isToldLater ? count : hashes.length); nth += 1) {
        const stored = hashes[nth]
        const matches = stored === undefined ? await hasher.verifyNothing(normalised) : (await hasher.verify(stored, normalised)).matches
        if (matches && !isToldLater) return true
        isIncluded ||= matches
      }
      return isIncluded
    },

    /** Keeps the password that is about to be replaced, and no more of them than the rules ask for. */
    async remember(
      tx: Transaction<Schema>,
      { tenantId, userId, current, at }: { tenantId: TenantId; userId: UserId; current: string | undefined; at: number },
      { history }: PasswordRules,
    ): Promise<void> {
      const keep = formerToKeep(history)
      if (keep === 0) return
      if (current !== undefined) await insertFormerPassword(tx, { id: newId<FormerPasswordId>(clock, random), tenantId, userId, hash: current, at })
      await trimFormerPasswords(tx, userId, keep)
    },
  }

  async function lastOf(userId: UserId, count: number): Promise<string[]> {
    if (count === 0) return []
    const current = await findPasswordHash(database.read, userId)
    return [...(current === undefined ? [] : [current]), ...(await listFormerPasswords(database.read, userId, formerToKeep(count)))]
  }
}

/** The present password is one of the history's; it is kept where it always is. */
export function formerToKeep(history: number): number {
  return Math.max(history - 1, 0)
}
