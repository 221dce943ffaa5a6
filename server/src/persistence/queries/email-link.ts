import type { Kysely, Transaction } from 'kysely'
import type { ChallengeId, TenantId } from '../../domain/ids.ts'
import type { Schema } from '../schema.ts'
import type { OneTimeCodeRecord } from './one-time-code.ts'

/** What makes a link one that is over: its code was too often tried, or is too old. Instants in milliseconds UTC. */
export interface LinkLimits {
  readonly maxAttempts: number
  readonly at: number
}

/** The code whose mail carried this link, while the link can be used. */
export async function findOpenLink(db: Kysely<Schema>, tenantId: TenantId, linkHash: string, { maxAttempts, at }: LinkLimits): Promise<OneTimeCodeRecord | undefined> {
  return db
    .selectFrom('one_time_code')
    .selectAll()
    .where('link_hash', '=', linkHash)
    .where('tenant_id', '=', tenantId)
    .where('attempts', '<', maxAttempts)
    .where('approved_at', 'is', null)
    .where('consumed_at', 'is', null)
    .where('code_expires_at', '>', at)
    .where('expires_at', '>', at)
    .executeTakeFirst()
}

/** Spends the code by its link; true for exactly one of any number of parallel calls, approvals included. */
export async function consumeLink(tx: Transaction<Schema>, id: ChallengeId, linkHash: string, limits: LinkLimits): Promise<boolean> {
  return takeLink(tx, id, linkHash, limits, { consumed_at: limits.at })
}

/** Lets who waits go on; true for exactly one of any number of parallel calls. */
export async function approveLink(tx: Transaction<Schema>, id: ChallengeId, linkHash: string, limits: LinkLimits): Promise<boolean> {
  return takeLink(tx, id, linkHash, limits, { approved_at: limits.at })
}

async function takeLink(tx: Transaction<Schema>, id: ChallengeId, linkHash: string, { maxAttempts, at }: LinkLimits, set: { consumed_at: number } | { approved_at: number }): Promise<boolean> {
  const result = await tx
    .updateTable('one_time_code')
    .set(set)
    .where('id', '=', id)
    .where('link_hash', '=', linkHash)
    .where('attempts', '<', maxAttempts)
    .where('approved_at', 'is', null)
    .where('consumed_at', 'is', null)
    .where('code_expires_at', '>', at)
    .where('expires_at', '>', at)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Spends the code that was approved elsewhere; true for exactly one of any number of parallel calls. */
export async function consumeApproved(tx: Transaction<Schema>, id: ChallengeId, at: number): Promise<boolean> {
  const result = await tx
    .updateTable('one_time_code')
    .set({ consumed_at: at })
    .where('id', '=', id)
    .where('approved_at', 'is not', null)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Which of these codes were approved and wait to be collected. */
export async function listApproved(db: Kysely<Schema>, ids: readonly ChallengeId[]): Promise<ChallengeId[]> {
  const rows = await db.selectFrom('one_time_code').select('id').where('id', 'in', ids).where('approved_at', 'is not', null).where('consumed_at', 'is', null).execute()
  return rows.map(({ id }) => id)
}
