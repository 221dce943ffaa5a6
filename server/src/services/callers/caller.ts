import type { SessionId, UserId } from '../../domain/ids.ts'
import type { Result } from '../../domain/result.ts'
import type { Sessions } from '../sessions/index.ts'
import { acrOf, amrOf } from '../sessions/index.ts'
import { succeed } from '../../domain/result.ts'

/** Who stands behind an access token: what an application is told of them. */
export interface Caller {
  readonly userId: UserId
  /** An address or a number of theirs is proven. */
  readonly isVerified: boolean
  readonly isAnonymous: boolean
  readonly roles: readonly string[]
  readonly sessionId: SessionId
  readonly amr: readonly string[]
  /** Undefined where nothing was proven. */
  readonly acr: 'aal1' | 'aal2' | undefined
  /** Milliseconds UTC. */
  readonly authenticatedAt: number
  readonly organizationId?: string
  /** Of tokens that were given to a client: which one, and what for. */
  readonly clientId?: string
  readonly scope?: string
}

export interface FoundCaller {
  readonly caller: Caller
  /** When the database has to be asked again, whatever happens; milliseconds UTC. */
  readonly expiresAt: number
}

/**
 * Reads one kind of access token and asks the database who stands behind it. Another kind, tokens of OpenID Connect clients, is another
 * reader: it gives `clientId` and `scope`, and what ends such a token appends an event that names the user.
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
