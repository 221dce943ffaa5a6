import type { Kysely, Transaction } from 'kysely'
import type { TrustedDeviceId, UserId } from '../../domain/ids.ts'
import type { Schema, TrustedDeviceTable } from '../schema.ts'

export type TrustedDeviceRecord = TrustedDeviceTable

export async function insertTrustedDevice(tx: Transaction<Schema>, device: TrustedDeviceTable): Promise<void> {
  await tx.insertInto('trusted_device').values(device).execute()
}

export async function findTrustedDevice(db: Kysely<Schema>, userId: UserId, secretHash: string): Promise<TrustedDeviceRecord | undefined> {
  return db.selectFrom('trusted_device').selectAll().where('secret_hash', '=', secretHash).where('user_id', '=', userId).executeTakeFirst()
}

export async function touchTrustedDevice(tx: Transaction<Schema>, id: TrustedDeviceId, use: { at: number; ip: string; userAgent: string }): Promise<void> {
  await tx.updateTable('trusted_device').set({ last_used_at: use.at, ip: use.ip, user_agent: use.userAgent }).where('id', '=', id).execute()
}

/** Live ones, newest first. */
export async function listTrustedDevices(db: Kysely<Schema>, userId: UserId, now: number, limit: number): Promise<TrustedDeviceRecord[]> {
  return db
    .selectFrom('trusted_device')
    .selectAll()
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

export async function deleteTrustedDevice(tx: Transaction<Schema>, userId: UserId, id: TrustedDeviceId): Promise<boolean> {
  const deleted = await tx.deleteFrom('trusted_device').where('id', '=', id).where('user_id', '=', userId).executeTakeFirst()
  return deleted.numDeletedRows === 1n
}

export async function deleteTrustedDevicesOf(tx: Transaction<Schema>, userId: UserId): Promise<number> {
  const deleted = await tx.deleteFrom('trusted_device').where('user_id', '=', userId).executeTakeFirst()
  return Number(deleted.numDeletedRows)
}

export async function purgeTrustedDevices(tx: Transaction<Schema>, before: number): Promise<number> {
  const deleted = await tx.deleteFrom('trusted_device').where('expires_at', '<', before).executeTakeFirst()
  return Number(deleted.numDeletedRows)
}
