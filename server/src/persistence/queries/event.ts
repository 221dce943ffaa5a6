import type { Kysely, Transaction } from 'kysely'
import type { EventId, TenantId, UserId } from '../../domain/ids.ts'
import { fixedInsert } from '../fixed-query.ts'
import type { EventTable, Schema } from '../schema.ts'

const insert = fixedInsert('event')

export async function insertEvent(tx: Transaction<Schema>, event: EventTable): Promise<void> {
  await insert(tx, event)
}

/** What happened to one person, oldest first, `limit` at most, after the given one when paging. */
export async function listEventsOfUser(
  db: Kysely<Schema>,
  person: { tenantId: TenantId; userId: UserId },
  page: { limit: number; after: { id: EventId; occurred_at: number } | undefined },
): Promise<EventTable[]> {
  const { after } = page
  let query = db
    .selectFrom('event')
    .selectAll()
    .where('tenant_id', '=', person.tenantId)
    .where('user_id', '=', person.userId)
    .orderBy('occurred_at')
    .orderBy('id')
    .limit(page.limit)
  if (after) {
    query = query.where((or) => or.or([or('occurred_at', '>', after.occurred_at), or.and([or('occurred_at', '=', after.occurred_at), or('id', '>', after.id)])]))
  }
  return query.execute()
}
