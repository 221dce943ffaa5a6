/** Which clients have access to an account: by grants that stand, or by what was agreed to. */
import type { Kysely } from 'kysely'
import type { GrantId, OAuthClientId, SessionId, TenantId, UserId } from '../../domain/ids.ts'
import type { Schema } from '../schema.ts'

export interface StandingGrant {
  readonly id: GrantId
  readonly sessionId: SessionId | null
  readonly clientId: OAuthClientId
  /** JSON, as the provider keeps it. */
  readonly payload: string
  readonly createdAt: number
  /** When the newest code or token was issued under it; null where none is kept any more. */
  readonly issuedAt: number | null
}

/**
 * Grants that something may still be had by: of a session that goes on, or with something issued that outlives it. Of one
 * that was ended there are none.
 */
export async function listStandingGrants(db: Kysely<Schema>, tenantId: TenantId, userId: UserId, now: number): Promise<StandingGrant[]> {
  return db
    .selectFrom('oauth_grant as g')
    .leftJoin('session as s', 's.id', 'g.session_id')
    .select((its) => [
      'g.id',
      'g.session_id as sessionId',
      'g.client_id as clientId',
      'g.payload',
      'g.created_at as createdAt',
      its.selectFrom('oauth_artifact as a').select((of) => of.fn.max('a.created_at').as('issued')).whereRef('a.grant_id', '=', 'g.id').as('issuedAt'),
    ])
    .where('g.tenant_id', '=', tenantId)
    .where('g.user_id', '=', userId)
    .where('g.expires_at', '>', now)
    .where('s.ended_at', 'is', null)
    .where((its) =>
      its.or([
        its.and([its('s.idle_expires_at', '>', now), its('s.expires_at', '>', now)]),
        its.exists(
          its.selectFrom('oauth_artifact as o').select('o.key').whereRef('o.grant_id', '=', 'g.id').where('o.outlives_session', '=', 1).where('o.expires_at', '>', now).where('o.consumed_at', 'is', null),
        ),
      ]),
    )
    .orderBy('g.created_at')
    .execute()
}
