import type { Transaction } from 'kysely'
import type { EventTable, Schema } from '../schema.ts'

export async function insertEvent(tx: Transaction<Schema>, event: EventTable): Promise<void> {
  await tx.insertInto('event').values(event).execute()
}
