import type { GrantId } from '../../domain/ids.ts'
import type { RegisteredClient } from '../clients/index.ts'
import { GRANT_TTL_SECONDS } from '../grants/index.ts'
import type { SessionRecord, UserRecord } from '../sessions/index.ts'
import { acrOf, amrOf } from '../sessions/index.ts'

/** What a device asked for, as the provider noted it when it began. */
export interface AskedOfDevice {
  /** All of them. */
  readonly scopes: readonly string[]
  /** Those of OpenID Connect, separated by spaces. */
  readonly openid: string
  /** Those of each resource (RFC 8707), separated by spaces. */
  readonly resources: Readonly<Record<string, string>>
}

/** A device code as the provider keeps it, as far as it matters here. */
export interface WaitingRequest {
  readonly deviceInfo: AskedOfDevice
}

/**
 * The grant that an approval makes, as the provider keeps it. With `offline_access` it is the account's and not the
 * session's: it ends in the settings, and with whatever ends all sessions of the account.
 */
export function describeGrant({ deviceInfo: asked }: WaitingRequest, { user, client, now }: { user: UserRecord; client: RegisteredClient; now: number }) {
  const iat = Math.floor(now / 1_000)
  const grant = {
    kind: 'Grant',
    iat,
    exp: iat + GRANT_TTL_SECONDS,
    accountId: user.id,
    clientId: client.clientId,
    ...(asked.openid === '' ? {} : { openid: { scope: asked.openid } }),
    ...(Object.keys(asked.resources).length === 0 ? {} : { resources: asked.resources }),
  }
  return { grant, expiresAt: now + GRANT_TTL_SECONDS * 1_000, outlivesSession: asked.openid.split(' ').includes('offline_access') }
}

/** The device code with its answer, as the library's own pages would write it. */
export function allowedRequest(request: WaitingRequest, { grantId, session, outlivesSession }: { grantId: GrantId; session: SessionRecord; outlivesSession: boolean }): object {
  const { deviceInfo: asked } = request
  const amr = amrOf(session)
  const resources = Object.keys(asked.resources)
  return {
    ...request,
    accountId: session.user_id,
    grantId,
    amr,
    acr: acrOf(amr),
    authTime: Math.floor(session.authenticated_at / 1_000),
    scope: asked.scopes.join(' '),
    ...(resources.length === 0 ? {} : { resource: resources.length === 1 ? resources[0] : resources }),
    ...(outlivesSession ? {} : { sessionUid: session.id, expiresWithSession: true }),
  }
}

/** RFC 8628 section 3.5. */
export function refusedRequest(request: WaitingRequest): object {
  return { ...request, error: 'access_denied', errorDescription: 'the person refused' }
}
