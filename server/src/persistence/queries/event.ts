import type { Kysely, Transaction } from 'kysely'
import type { EventId, TenantId, UserId } from '../../domain/ids.ts'
import { fixedInsert, fixedQuery } from '../fixed-query.ts'
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

/** Frequent, and none of them changes who a signed-in caller is. */
const BESIDE_ACCOUNTS = ['session.created', 'authentication.failed', 'one_time_code.sent', 'user.imported'] as const

const selectAccountEvents = fixedQuery((db, its: { tenantId: TenantId; since: number; limit: number; first: string; second: string; third: string; fourth: string }) =>
  db
    .selectFrom('event')
    .select(['id', 'user_id'])
    .select((its) => its.case().when('user_id', 'is', null).then(its.ref('data')).end().as('data'))
    .where('tenant_id', '=', its.tenantId)
    .where('occurred_at', '>=', its.since)
    .where('type', 'not in', [its.first, its.second, its.third, its.fourth])
    .limit(its.limit),
)

/**
 * Which accounts, and by `data` which clients, something happened to since the instant, `limit` at most, in no order: anything that may change who their callers
 * are. Some happened to no account; a condition on that would lead engines to another index than that of the time.
 */
export async function listAccountEvents(db: Kysely<Schema>, since: { tenantId: TenantId; at: number; limit: number }): Promise<{ id: EventId; user_id: UserId | null; data: string | null }[]> {
  const [first, second, third, fourth] = BESIDE_ACCOUNTS
  return (await selectAccountEvents(db, { tenantId: since.tenantId, since: since.at, limit: since.limit, first, second, third, fourth })).rows
}
