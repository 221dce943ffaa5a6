import type { Kysely, Transaction } from 'kysely'
import type { AttemptKind } from '../../domain/attempt-kind.ts'
import type { TenantId, UserId } from '../../domain/ids.ts'
import { fixedQuery } from '../fixed-query.ts'
import { insertUnlessTaken } from '../transaction.ts'
import type { FailedAttemptsTable, Schema } from '../schema.ts'

export type FailedAttemptsRecord = FailedAttemptsTable

const selectFailedAttempts = fixedQuery((db, its: { subject: string }) => db.selectFrom('failed_attempts').selectAll().where('subject', '=', its.subject))

export async function findFailedAttempts(db: Kysely<Schema>, subject: string): Promise<FailedAttemptsRecord | undefined> {
  return (await selectFailedAttempts(db, { subject })).rows[0]
}

/** Every counter of the user that still counts. */
export async function listFailedAttemptsOf(db: Kysely<Schema>, userId: UserId, at: number): Promise<FailedAttemptsRecord[]> {
  return db.selectFrom('failed_attempts').selectAll().where('user_id', '=', userId).where('forget_at', '>', at).orderBy('kind').orderBy('failures', 'desc').execute()
}

export interface Failure {
  readonly subject: string
  readonly tenantId: TenantId
  readonly userId: UserId | null
  readonly kind: AttemptKind
  readonly at: number
  readonly forgetAt: number
}

/**
 * Counts one failure and holds the row until the transaction ends. Undefined while the subject is locked: what comes then
 * is not counted, so that nobody who keeps trying keeps the lock from ending.
 */
export async function countFailure(tx: Transaction<Schema>, failure: Failure): Promise<number | undefined> {
  if (await addFailure(tx, failure)) return countOf(tx, failure.subject)
  const first = { subject: failure.subject, tenant_id: failure.tenantId, user_id: failure.userId, kind: failure.kind, failures: 1, locked_until: 0, forget_at: failure.forgetAt }
  const isFirst = await insertUnlessTaken(tx, () => tx.insertInto('failed_attempts').values(first).execute())
  if (isFirst || (await beginAgain(tx, failure))) return 1
  // It is locked, or another transaction made the row meanwhile.
  return (await addFailure(tx, failure)) ? countOf(tx, failure.subject) : undefined
}

async function addFailure(tx: Transaction<Schema>, { subject, at, forgetAt }: Failure): Promise<boolean> {
  const result = await tx
    .updateTable('failed_attempts')
    .set((set) => ({ failures: set('failures', '+', 1), forget_at: forgetAt }))
    .where('subject', '=', subject)
    .where('locked_until', '<=', at)
    .where('forget_at', '>', at)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** What was long ago is forgotten. */
async function beginAgain(tx: Transaction<Schema>, { subject, at, forgetAt }: Failure): Promise<boolean> {
  const result = await tx
    .updateTable('failed_attempts')
    .set({ failures: 1, locked_until: 0, forget_at: forgetAt })
    .where('subject', '=', subject)
    .where('forget_at', '<=', at)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

async function countOf(tx: Transaction<Schema>, subject: string): Promise<number> {
  const row = await tx.selectFrom('failed_attempts').select('failures').where('subject', '=', subject).executeTakeFirstOrThrow()
  return row.failures
}

export async function lockSubject(tx: Transaction<Schema>, subject: string, lock: { until: number; forgetAt: number }): Promise<void> {
  await tx.updateTable('failed_attempts').set({ locked_until: lock.until, forget_at: lock.forgetAt }).where('subject', '=', subject).execute()
}

/** Forgets the failures unless the subject is locked; whether it did. */
export async function forgetFailures(tx: Transaction<Schema>, subject: string, at: number): Promise<boolean> {
  const result = await tx.deleteFrom('failed_attempts').where('subject', '=', subject).where('locked_until', '<=', at).executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** How many counters of the user, of one kind or of both, this call did away with. */
export async function deleteFailedAttemptsOf(tx: Transaction<Schema>, userId: UserId, kind?: AttemptKind): Promise<number> {
  const query = tx.deleteFrom('failed_attempts').where('user_id', '=', userId)
  const result = await (kind === undefined ? query : query.where('kind', '=', kind)).executeTakeFirst()
  return Number(result.numDeletedRows)
}

export async function purgeFailedAttempts(tx: Transaction<Schema>, before: number): Promise<number> {
  const result = await tx.deleteFrom('failed_attempts').where('forget_at', '<', before).executeTakeFirst()
  return Number(result.numDeletedRows)
}
