import type { Transaction } from 'kysely'
import type { OutboxTable, Schema } from '../../persistence/schema.ts'
import type { Events } from '../events/index.ts'
import type { Attempt } from '../messages/index.ts'

/** One event for each answer of a provider: without the number and without the code. */
export async function recordAttempts(tx: Transaction<Schema>, events: Events, row: OutboxTable, attempts: readonly Attempt[]): Promise<void> {
  for (const { sender, channel, failure } of attempts) {
    const data = { outbox_id: row.id, sender, channel, ...failure }
    await events.record(tx, { type: failure ? 'message.failed' : 'message.sent', tenantId: row.tenant_id, data })
  }
}
