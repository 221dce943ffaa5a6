import type { Transaction } from 'kysely'
import type { GrantId, TenantId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import { fail, succeed } from '../../domain/result.ts'
import type { Database, OAuthArtifactTable } from '../../persistence/index.ts'
import { answerDeviceRequest, claimDeviceRequest, findDeviceRequest } from '../../persistence/queries/oauth-artifact.ts'
import { insertGrant } from '../../persistence/queries/oauth-grant.ts'
import { findSession } from '../../persistence/queries/session.ts'
import { lockUser } from '../../persistence/queries/user-account.ts'
import type { Schema } from '../../persistence/schema.ts'
import type { Clock } from '../../platform/clock.ts'
import { sha256 } from '../../platform/digest.ts'
import type { Random } from '../../platform/random.ts'
import { newSecret } from '../../platform/random.ts'
import type { Clients, RegisteredClient } from '../clients/index.ts'
import type { Events } from '../events/index.ts'
import { giveConsent } from '../grants/index.ts'
import type { Limits } from '../limits/index.ts'
import { addressKey, giveBackAll, takeAll } from '../limits/index.ts'
import type { Actor } from '../sessions/index.ts'
import { allowedRequest, describeGrant, refusedRequest, type WaitingRequest } from './answered-request.ts'
import type { DeviceAuthorization, DeviceAuthorizations, DeviceFailure } from './device-authorization-types.ts'
import { formatUserCode, readUserCode } from './user-code.ts'

interface Found {
  readonly row: OAuthArtifactTable
  readonly userCodeHash: string
  readonly request: WaitingRequest
  readonly client: RegisteredClient
  readonly authorization: DeviceAuthorization
}

/** The transaction is undone: the device was answered, or the session ended, a moment before. */
class TooLate extends Error {}

const UNKNOWN = fail({ code: 'unknown_code' } as const)

export function createDeviceAuthorizations(deps: {
  database: Database
  clock: Clock
  random: Random
  events: Events
  clients: Pick<Clients, 'find'>
  limits: Limits
  tenantId: TenantId
}): DeviceAuthorizations {
  const { database, clock, random, events, clients, limits, tenantId } = deps

  async function find(code: string): Promise<Found | undefined> {
    const userCodeHash = sha256(code)
    const row = await findDeviceRequest(database.read, userCodeHash)
    if (!row || row.kind !== 'device_code' || row.tenant_id !== tenantId || row.expires_at <= clock.now()) return undefined
    const client = row.client_id === null ? undefined : await clients.find(row.client_id)
    if (!client) return undefined
    const request = JSON.parse(row.payload) as WaitingRequest
    return { row, userCodeHash, request, client, authorization: { userCode: formatUserCode(code), client, scopes: request.deviceInfo.scopes, expiresAt: row.expires_at } }
  }

  /** Counts what was a guess; each try is taken before, so that tries at once cannot slip past the counter. */
  async function guess(typed: string, { user, session, requester }: Actor, work: (code: string) => Promise<Result<DeviceAuthorization, DeviceFailure>>): Promise<Result<DeviceAuthorization, DeviceFailure>> {
    const code = readUserCode(typed)
    if (code === undefined) return UNKNOWN
    const tries = [['device_code_failures_per_account', `${session.tenant_id}:${user.id}`], ['device_code_failures_per_address', addressKey(requester.ip)]] as const
    const refused = await takeAll(limits, tries)
    if (refused) return fail({ code: 'rate_limited', ...refused })
    const outcome = await work(code)
    if (outcome.ok) await giveBackAll(limits, tries)
    return outcome
  }

  async function allow(tx: Transaction<Schema>, { row, userCodeHash, request, client, authorization }: Found, { user, session, requester }: Actor): Promise<void> {
    const grantId = newSecret(random) as GrantId
    const granted = describeGrant(request, { user, client, now: clock.now() })
    const person = { tenantId, userId: user.id }
    const sessionId = granted.outlivesSession ? null : session.id
    await insertGrant(tx, { id: grantId, tenant_id: tenantId, client_id: client.clientId, user_id: user.id, session_id: sessionId, payload: JSON.stringify(granted.grant), created_at: clock.now(), expires_at: granted.expiresAt })
    const payload = JSON.stringify(allowedRequest(request, { grantId, session, outlivesSession: granted.outlivesSession }))
    const answered = { payload, grant_id: grantId, session_id: sessionId, outlives_session: granted.outlivesSession ? 1 : 0 }
    if (!(await answerDeviceRequest(tx, { key: row.key, userCodeHash, claimedBy: session.id }, answered))) throw new TooLate()
    if (!client.isFirstParty) await giveConsent(tx, { events, at: clock.now() }, person, client.clientId, authorization.scopes)
    await events.record(tx, { type: 'device.allowed', ...person, sessionId: session.id, requester, data: { client_id: client.clientId, scope: authorization.scopes.join(' ') } })
  }

  async function refuse(tx: Transaction<Schema>, { row, userCodeHash, request, client }: Found, { user, session, requester }: Actor): Promise<void> {
    // It waits for the device, whatever becomes of the session that refused.
    const answered = { payload: JSON.stringify(refusedRequest(request)), grant_id: null, session_id: null, outlives_session: 1 }
    if (!(await answerDeviceRequest(tx, { key: row.key, userCodeHash, claimedBy: session.id }, answered))) throw new TooLate()
    await events.record(tx, { type: 'device.refused', tenantId, userId: user.id, sessionId: session.id, requester, data: { client_id: client.clientId } })
  }

  return {
    lookUp: (typed, typist) =>
      guess(typed, typist, async (code) => {
        const found = await find(code)
        if (!found) return UNKNOWN
        const isClaimed = await database.transaction((tx) => claimDeviceRequest(tx, found.row.key, typist.session.id))
        return isClaimed ? succeed(found.authorization) : UNKNOWN
      }),

    answer: (typed, typist, answer) =>
      guess(typed, typist, async (code) => {
        const found = await find(code)
        if (!found) return UNKNOWN
        try {
          await database.transaction(async (tx) => {
            // Whoever ends the sessions of the account comes before this or after it.
            await lockUser(tx, typist.user.id)
            const session = await findSession(tx, typist.session.id)
            if (!session || session.ended_at !== null) throw new TooLate()
            await (answer === 'allow' ? allow(tx, found, typist) : refuse(tx, found, typist))
          })
        } catch (error) {
          if (error instanceof TooLate) return UNKNOWN
          throw error
        }
        return succeed(found.authorization)
      }),

    isPolledTooSoon: async (deviceCode) => (await limits.take('device_polls', deviceCode)) !== undefined,
  }
}
