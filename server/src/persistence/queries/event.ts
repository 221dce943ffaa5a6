import type { Kysely, Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import type { EventTable, Schema } from '../schema.ts'

export type EventRecord = EventTable

export async function insertEvent(tx: Transaction<Schema>, event: EventTable): Promise<void> {
  await tx.insertInto('event').values(event).execute()
}

/** Newest first. */
export async function listEventsOfUser(db: Kysely<Schema>, tenantId: TenantId, userId: UserId, limit: number): Promise<EventRecord[]> {
  return db
    .selectFrom('event')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
