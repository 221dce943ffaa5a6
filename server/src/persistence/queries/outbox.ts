import type { Kysely, Transaction } from 'kysely'
import type { OutboxId, TenantId } from '../../domain/ids.ts'
import { fixedInsert } from '../fixed-query.ts'
import type { OutboxTable, Schema } from '../schema.ts'

export type OutboxRecord = OutboxTable

const insert = fixedInsert('outbox')

export async function insertOutbox(tx: Transaction<Schema>, row: OutboxTable): Promise<void> {
  await insert(tx, row)
}

export async function findOutbox(db: Kysely<Schema>, id: OutboxId): Promise<OutboxRecord | undefined> {
  return db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Rows to this recipient, or to people (null), that are due and that no worker holds, oldest first. */
export async function listDueOutbox(db: Kysely<Schema>, recipient: string | null, at: number, limit: number): Promise<OutboxRecord[]> {
  return db
    .selectFrom('outbox')
    .selectAll()
    .where('state', '=', 'pending')
    .where('recipient', recipient === null ? 'is' : '=', recipient)
    .where('next_attempt_at', '<=', at)
    .where((or) => or.or([or('claimed_until', 'is', null), or('claimed_until', '<', at)]))
    .orderBy('next_attempt_at')
    .limit(limit)
    .execute()
}

/** To whom something is due, whoever has waited longest first. */
export async function listDueRecipients(db: Kysely<Schema>, at: number, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('outbox')
    .select((select) => ['recipient', select.fn.min('next_attempt_at').as('due_at')])
    .where('state', '=', 'pending')
    .where('recipient', 'is not', null)
    .where('next_attempt_at', '<=', at)
    .where((or) => or.or([or('claimed_until', 'is', null), or('claimed_until', '<', at)]))
    .groupBy('recipient')
    .orderBy('due_at')
    .limit(limit)
    .execute()
  return rows.flatMap(({ recipient }) => recipient ?? [])
}

/** Takes the row until `until`; true for exactly one of the workers that saw it. */
export async function claimOutbox(tx: Transaction<Schema>, id: OutboxId, claim: { at: number; until: number }): Promise<boolean> {
  const result = await tx
    .updateTable('outbox')
    .set((set) => ({ claimed_until: claim.until, attempts: set('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .where('next_attempt_at', '<=', claim.at)
    .where((or) => or.or([or('claimed_until', 'is', null), or('claimed_until', '<', claim.at)]))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function settleOutbox(
  tx: Transaction<Schema>,
  id: OutboxId,
  to: Partial<Pick<OutboxTable, 'state' | 'next_attempt_at' | 'last_error' | 'settled_at' | 'payload_sealed'>>,
): Promise<void> {
  await tx.updateTable('outbox').set({ ...to, claimed_until: null }).where('id', '=', id).execute()
}

/** Newest first, `limit` at most, older than `before` when paging. */
export async function listOutbox(
  db: Kysely<Schema>,
  tenantId: TenantId,
  filter: { state?: OutboxTable['state']; limit: number; before?: OutboxId },
): Promise<OutboxRecord[]> {
  let query = db.selectFrom('outbox').selectAll().where('tenant_id', '=', tenantId).orderBy('id', 'desc').limit(filter.limit)
  if (filter.state) query = query.where('state', '=', filter.state)
  if (filter.before) query = query.where('id', '<', filter.before)
  return query.execute()
}

/** Gives a dead row another life; false when it was not dead. */
export async function reviveOutbox(tx: Transaction<Schema>, id: OutboxId, at: number): Promise<boolean> {
  const result = await tx
    .updateTable('outbox')
    .set({ state: 'pending', attempts: 0, next_attempt_at: at, claimed_until: null, settled_at: null })
    .where('id', '=', id)
    .where('state', '=', 'dead')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Deliveries that are over, one way or the other, before the instants. */
export async function purgeOutbox(tx: Transaction<Schema>, before: { delivered: number; dead: number }): Promise<number> {
  const result = await tx
    .deleteFrom('outbox')
    .where((or) =>
      or.or([
        or.and([or('state', '=', 'delivered'), or('settled_at', '<', before.delivered)]),
        or.and([or('state', 'in', ['dead', 'expired']), or('settled_at', '<', before.dead)]),
      ]),
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
