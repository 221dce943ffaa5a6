import type { OAuthClientId, SessionId, UserId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import type { Sessions } from '../sessions/index.ts'
import { acrOf, amrOf } from '../sessions/index.ts'
import { succeed } from '../../domain/result.ts'

/** Who stands behind an access token: what an application is told of them. */
export interface Caller {
  /** Undefined, as is whatever only people have, where a client acts for itself. */
  readonly userId: UserId | undefined
  /** An address or a number of theirs is proven. */
  readonly isVerified: boolean
  readonly isAnonymous: boolean
  readonly roles: readonly string[]
  readonly sessionId: SessionId | undefined
  readonly amr: readonly string[]
  /** Undefined where nothing was proven. */
  readonly acr: 'aal1' | 'aal2' | undefined
  /** Milliseconds UTC. */
  readonly authenticatedAt: number | undefined
  readonly organizationId?: string
  /** Of a token that was given to a client: to which, what for, and for which resource; undefined: the issuer. */
  readonly client?: { readonly clientId: OAuthClientId; readonly isFirstParty: boolean; readonly scope: string | undefined; readonly audience: string | undefined }
}

export interface FoundCaller {
  readonly caller: Caller
  /** When the database has to be asked again, whatever happens; milliseconds UTC. */
  readonly expiresAt: number
}

/**
 * Reads one kind of access token and asks the database who stands behind it. Whatever ends a token of that kind appends an event that
 * names its user, or its client.
 */
export type CallerReader = (accessToken: string) => Promise<Result<FoundCaller, 'invalid_token'>>

/** The token of a session, by cookie or as bearer. */
export function createSessionReader(sessions: Pick<Sessions, 'authenticate'>): CallerReader {
  return async function readSessionToken(accessToken) {
    const found = await sessions.authenticate(accessToken)
    if (!found.ok) return { ok: false, failure: 'invalid_token' }
    const { user, session, tokenExpiresAt } = found.value
    const amr = amrOf(session)
    const caller: Caller = {
      userId: user.id,
      isVerified: user.emailVerifiedAt !== null || user.phone !== null,
      isAnonymous: user.isAnonymous,
      roles: user.roles,
      sessionId: session.id,
      amr,
      acr: amr.length === 0 ? undefined : acrOf(amr),
      authenticatedAt: session.authenticated_at,
    }
    return succeed({ caller, expiresAt: Math.min(tokenExpiresAt, session.idle_expires_at, session.expires_at) })
  }
}
