/** Where sessions that are over were signed in. Whoever tells a client of it takes the row away, and so nobody else tells it. */
import type { Kysely, Transaction } from 'kysely'
import type { OAuthClientId, SessionId, TenantId, UserId } from '../../domain/ids.ts'
import type { Schema } from '../schema.ts'

export interface ClientOfSession {
  readonly sessionId: SessionId
  readonly clientId: OAuthClientId
  readonly tenantId: TenantId
  readonly userId: UserId
  readonly sid: string
  /** JSON, as it was declared; null where the client has no row. */
  readonly metadata: string | null
}

/** In one order everywhere: transactions that end the same sessions at once wait for each other and not in a circle. */
function selectClients(db: Kysely<Schema>) {
  return db
    .selectFrom('oauth_client_session as at')
    .innerJoin('session as s', 's.id', 'at.session_id')
    .leftJoin('oauth_client as c', (join) => join.onRef('c.tenant_id', '=', 'at.tenant_id').onRef('c.client_id', '=', 'at.client_id'))
    .select(['at.session_id as sessionId', 'at.client_id as clientId', 'at.tenant_id as tenantId', 's.user_id as userId', 'at.sid', 'c.metadata'])
    .orderBy('at.session_id')
    .orderBy('at.client_id')
}

export async function listClientsOfSession(db: Kysely<Schema>, sessionId: SessionId): Promise<ClientOfSession[]> {
  return selectClients(db).where('at.session_id', '=', sessionId).execute()
}

export async function listClientsOfUser(db: Kysely<Schema>, userId: UserId, sessions: 'ended' | 'all'): Promise<ClientOfSession[]> {
  const ofUser = selectClients(db).where('s.user_id', '=', userId)
  return (sessions === 'all' ? ofUser : ofUser.where('s.ended_at', 'is not', null)).execute()
}

/** Of sessions that ran out by themselves before the instant; or were ended by a server that told nobody. */
export async function listClientsOfRunOutSessions(db: Kysely<Schema>, tenantId: TenantId, before: number, limit: number): Promise<ClientOfSession[]> {
  return selectClients(db)
    .where('at.tenant_id', '=', tenantId)
    .where((or) => or.or([or('s.idle_expires_at', '<', before), or('s.expires_at', '<', before), or('s.ended_at', '<', before)]))
    .limit(limit)
    .execute()
}

/** True for exactly one of any number of parallel calls. */
export async function takeClientSession(tx: Transaction<Schema>, sessionId: SessionId, clientId: OAuthClientId): Promise<boolean> {
  const result = await tx.deleteFrom('oauth_client_session').where('session_id', '=', sessionId).where('client_id', '=', clientId).executeTakeFirst()
  return result.numDeletedRows === 1n
}
