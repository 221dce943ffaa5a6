import type { Kysely, Transaction } from 'kysely'
import type { ChallengeId, FlowId, TenantId, UserId } from '../../domain/ids.ts'
import type { OneTimeCodeTable, Schema } from '../schema.ts'

export type OneTimeCodeRecord = OneTimeCodeTable

export async function insertOneTimeCode(tx: Transaction<Schema>, code: OneTimeCodeTable): Promise<void> {
  await tx.insertInto('one_time_code').values(code).execute()
}

export async function findOneTimeCode(db: Kysely<Schema>, id: ChallengeId): Promise<OneTimeCodeRecord | undefined> {
  return db.selectFrom('one_time_code').selectAll().where('id', '=', id).executeTakeFirst()
}

/**
 * The newest code of a flow for one destination. The destination is part of the key because older states of a flow stay
 * usable: a code for one address must never answer for another.
 */
export async function findOneTimeCodeOfFlow(
  db: Kysely<Schema>,
  flowId: FlowId,
  purpose: OneTimeCodeTable['purpose'],
  destination: string,
): Promise<OneTimeCodeRecord | undefined> {
  return db
    .selectFrom('one_time_code')
    .selectAll()
    .where('flow_id', '=', flowId)
    .where('purpose', '=', purpose)
    .where('destination', '=', destination)
    .orderBy('id', 'desc')
    .executeTakeFirst()
}

/** Takes one of the tries; false when none is left or the code is over. Counted before the code is compared. */
export async function countAttempt(tx: Transaction<Schema>, id: ChallengeId, limits: { maxAttempts: number; at: number }): Promise<boolean> {
  const result = await tx
    .updateTable('one_time_code')
    .set((set) => ({ attempts: set('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('attempts', '<', limits.maxAttempts)
    .where('consumed_at', 'is', null)
    .where('code_expires_at', '>', limits.at)
    .where('expires_at', '>', limits.at)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Spends the code; true for exactly one of any number of parallel calls, and only for the code that was compared. */
export async function consumeOneTimeCode(tx: Transaction<Schema>, id: ChallengeId, codeHash: string, at: number): Promise<boolean> {
  const result = await tx
    .updateTable('one_time_code')
    .set({ consumed_at: at })
    .where('id', '=', id)
    .where('code_hash', '=', codeHash)
    .where('consumed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Puts a new code, with tries of its own, in the place of the old one, which is void; false when a resend is not due. */
export async function replaceOneTimeCode(
  tx: Transaction<Schema>,
  id: ChallengeId,
  resend: { codeHash: string; linkHash: string | null; requestedIp: string | null; requestedUserAgent: string | null; channel: OneTimeCodeTable['channel']; at: number; codeExpiresAt: number; maxSends: number; lastSentBefore: number },
): Promise<boolean> {
  const result = await tx
    .updateTable('one_time_code')
    .set((set) => ({
      code_hash: resend.codeHash,
      link_hash: resend.linkHash,
      approved_at: null,
      requested_ip: resend.requestedIp,
      requested_user_agent: resend.requestedUserAgent,
      channel: resend.channel,
      code_expires_at: resend.codeExpiresAt,
      last_sent_at: resend.at,
      attempts: 0,
      sends: set('sends', '+', 1),
    }))
    .where('id', '=', id)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', resend.at)
    .where('sends', '<', resend.maxSends)
    .where('last_sent_at', '<=', resend.lastSentBefore)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Voids what is pending for a user, such as resets after the password was changed. */
export async function consumeOneTimeCodesOfUser(
  tx: Transaction<Schema>,
  userId: UserId,
  purposes: readonly OneTimeCodeTable['purpose'][],
  at: number,
): Promise<void> {
  await tx
    .updateTable('one_time_code')
    .set({ consumed_at: at })
    .where('user_id', '=', userId)
    .where('purpose', 'in', purposes)
    .where('consumed_at', 'is', null)
    .execute()
}

/** Removes what is kept of somebody who leaves: codes of the account, and those that were sent to its addresses. */
export async function deleteOneTimeCodesOf(tx: Transaction<Schema>, person: { tenantId: TenantId; userId: UserId; destinations: readonly string[] }): Promise<void> {
  await tx
    .deleteFrom('one_time_code')
    .where('tenant_id', '=', person.tenantId)
    .where((or) => or.or([or('user_id', '=', person.userId), ...(person.destinations.length > 0 ? [or('destination', 'in', person.destinations)] : [])]))
    .execute()
}

export async function purgeOneTimeCodes(tx: Transaction<Schema>, before: number): Promise<number> {
  const result = await tx.deleteFrom('one_time_code').where('expires_at', '<', before).executeTakeFirst()
  return Number(result.numDeletedRows)
}
