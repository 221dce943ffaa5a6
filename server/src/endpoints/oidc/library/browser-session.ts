import type Provider from 'oidc-provider'
import type { SessionId } from '../../../domain/ids.ts'
import type { Grants } from '../../../services/grants/index.ts'
import { amrOf, acrOf } from '../../../services/sessions/index.ts'
import type { Sessions, SignedIn } from '../../../services/sessions/index.ts'
import { unitOfWork } from './unit-of-work.ts'

/** Of the library's session, what we read and write of it. */
interface LibrarySession {
  uid: string
  authorizations?: Record<string, { sid?: string; grantId?: string; persistsLogout?: boolean }>
}

/**
 * Puts our sessions in the place of the library's: it has no cookie and no store of its own, nobody signs in to it, and
 * what ends a session of ours ends what was granted in it.
 */
export function useOurSessions(provider: Provider, { grants, sessions }: { grants: Grants; sessions: Sessions }): void {
  const Session = provider.Session as unknown as {
    new (payload?: object): LibrarySession & object
    get(ctx: { oidc: { entity(name: string, value: unknown): void } }): Promise<object>
    findByUid(uid: string): Promise<object | undefined>
    prototype: Record<string, unknown>
  }

  async function describe({ user, session }: SignedIn): Promise<object> {
    const standing = await grants.clientSessions(session.id)
    const authorizations = Object.fromEntries(standing.map(({ clientId, sid, grantId }) => [clientId, { sid, ...(grantId === null ? {} : { grantId }) }]))
    const amr = amrOf(session)
    const described = new Session({ jti: session.id, uid: session.id, accountId: user.id, loginTs: Math.floor(session.authenticated_at / 1_000), amr, acr: acrOf(amr), authorizations })
    return settled(described)
  }

  Session.get = async (ctx) => {
    const { caller } = unitOfWork()
    const session = caller ? await describe(caller) : settled(new Session())
    ctx.oidc.entity('Session', session)
    return session
  }
  Session.findByUid = async (uid) => {
    const seen = unitOfWork().known.get(`Session:${uid}`)
    // Found with what is bound to it, and alive.
    if (seen) return settled(new Session({ jti: uid, uid, accountId: seen['accountId'], authorizations: { [String(seen['clientId'])]: { grantId: seen['grantId'] } } }))
    const live = await sessions.findLive(uid as SessionId)
    return live && describe(live)
  }
  // It keeps our id, whatever happens at the provider, and what changed of it is written by `noteStanding`.
  Session.prototype['resetIdentifier'] = () => undefined
  Session.prototype['save'] = async () => undefined
  Session.prototype['persist'] = async () => undefined
}

/** The library writes a session, and a cookie for it, once something in it was touched: of ours nothing ever is. */
function settled<T extends object>(session: T): T {
  Object.defineProperty(session, 'new', { value: true })
  Object.defineProperty(session, 'touched', { value: false, writable: false, configurable: false })
  return session
}

/** Notes where the session stands at a client after a request that may have changed it. */
export function noteStanding(session: object | undefined, clientId: string | undefined): void {
  const { caller, changes } = unitOfWork()
  const standing = clientId === undefined ? undefined : (session as LibrarySession | undefined)?.authorizations?.[clientId]
  if (!caller || !standing?.sid) return
  changes.push({ change: 'put_client_session', sessionId: caller.session.id, clientId: clientId as never, sid: standing.sid, grantId: (standing.grantId as never) ?? null })
}
