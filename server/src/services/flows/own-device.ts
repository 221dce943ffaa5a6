import type { Kysely } from 'kysely'
import type { FlowState } from '../../flow/index.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { KnownDevices } from '../known-devices/index.ts'
import type { DeviceSecrets } from './flow-answer.ts'

/** What counts its wrong proofs for itself: the session that proves again who it is, or a browser that the account knows. */
export function createOwnDeviceLookUp({ knownDevices }: { knownDevices: KnownDevices }) {
  return async function ownDeviceOf(db: Kysely<Schema>, state: FlowState, { knownSecret }: DeviceSecrets): Promise<string | undefined> {
    const { tenantId, sessionId, identified } = state
    if (sessionId !== null) return `session:${sessionId}`
    if (!identified?.userId) return undefined
    const deviceId = await knownDevices.find(db, { tenantId, userId: identified.userId }, knownSecret)
    return deviceId === undefined ? undefined : `device:${deviceId}`
  }
}
