import type { Kysely, Transaction } from 'kysely'
import type { TenantId, UserId } from '../../domain/ids.ts'
import { fixedQuery } from '../fixed-query.ts'
import { insertUnlessTaken } from '../transaction.ts'
import type { Schema } from '../schema.ts'

const selectReset = fixedQuery((db, its: { userId: UserId }) => db.selectFrom('known_device_reset').select('reset_at').where('user_id', '=', its.userId))

/** Milliseconds UTC; 0 when there never was one. */
export async function findKnownDeviceReset(db: Kysely<Schema>, userId: UserId): Promise<number> {
  return (await selectReset(db, { userId })).rows[0]?.reset_at ?? 0
}

export async function putKnownDeviceReset(tx: Transaction<Schema>, reset: { tenantId: TenantId; userId: UserId; at: number }): Promise<void> {
  const row = { user_id: reset.userId, tenant_id: reset.tenantId, reset_at: reset.at }
  if (await insertUnlessTaken(tx, () => tx.insertInto('known_device_reset').values(row).execute())) return
  await tx.updateTable('known_device_reset').set({ reset_at: reset.at }).where('user_id', '=', reset.userId).execute()
}
