/**
 * Owns: telling a reverse proxy who is calling (`/_resolver/resolve`), and whether to let them pass. Does not own: who stands
 * behind a token (services/callers), or what the proxy makes of the answer (deploy/reverse-proxy). It changes nothing but a session
 * that is renewed, so there is no CSRF token; every answer is `no-store`.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requesterOf } from '../../http/requester.ts'
import type { CookieJar } from '../../http/cookies.ts'
import { presentedToken } from '../../http/credentials.ts'
import type { Csrf } from '../../http/csrf.ts'
import type { ErrorCode } from '../../http/error-codes.ts'
import { errorBody, refuse } from '../../http/error-codes.ts'
import { sendRefusalHeaders } from '../../http/listener.ts'
import { returnPath } from '../../http/local-path.ts'
import type { TrustedPeers } from '../../http/trusted-peers.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Caller, Callers } from '../../services/callers/index.ts'
import type { Sessions } from '../../services/sessions/index.ts'
import { askedPage } from './asked-page.ts'
import { createIdentityHeaders } from './identity-headers.ts'
import { isForHere, missingOf } from './requirements.ts'
import type { ResolverQuery } from './resolver-query.ts'
import { createQueryReader } from './resolver-query.ts'

interface ResolverDeps {
  readonly basePath: string
  readonly ownOrigin: string
  readonly issuer: string
  readonly defaultReturnTo: string
  readonly headerPrefix: string
  readonly isTrusted: TrustedPeers
  readonly callers: Callers
  readonly sessions: Pick<Sessions, 'refresh'>
  readonly jar: CookieJar
  readonly csrf: Csrf
  readonly clock: Clock
}

export function mountResolver(listener: FastifyInstance, deps: ResolverDeps): void {
  const { basePath, ownOrigin, issuer, callers, sessions, jar, csrf, clock } = deps
  const signInUrl = `${ownOrigin}${basePath}/login`
  const readQuery = createQueryReader()
  const identity = createIdentityHeaders(deps.headerPrefix)

  listener.get(`${basePath}/_resolver/resolve`, (request, reply) => {
    const query = readQuery(request.url)
    if (!query || hasTwoAuthorizations(request)) return refuseWith(request, reply, 'invalid_request')
    const presented = presentedToken(request, jar)
    const known = presented && callers.recall(presented.token)
    return known && isTaken(presented, query, known) ? pass(request, reply, query, known) : ask(request, reply, query, presented, known)
  })

  /** A client shows its token itself: in a cookie it is nobody's session. */
  function isTaken(presented: ReturnType<typeof presentedToken>, query: ResolverQuery, caller: Caller): boolean {
    return (caller.client === undefined || presented?.source === 'bearer') && isForHere(caller, query, issuer)
  }

  /** `refused`: known, and not taken here. */
  async function ask(request: FastifyRequest, reply: FastifyReply, query: ResolverQuery, presented: ReturnType<typeof presentedToken>, refused: Caller | undefined): Promise<FastifyReply> {
    const found = presented?.token && !refused ? await callers.find(presented.token) : undefined
    if (found?.ok && isTaken(presented, query, found.value)) return pass(request, reply, query, found.value)
    // RFC 6750 section 3.1. Whoever sends a token means it: it never counts as nobody's, nor does a cookie stand in for it.
    if (presented?.source === 'bearer') return refuseWith(request, reply, 'unauthorized', presented.token === '' ? 'Bearer' : 'Bearer error="invalid_token"')
    const renewed = query.passesCookies ? await renew(request, reply) : undefined
    if (renewed) return pass(request, reply, query, renewed)
    if (query.mode === 'inform') return reply.headers(presented ? identity.invalid : {}).send()
    return sendAway(request, reply, query)
  }

  function pass(request: FastifyRequest, reply: FastifyReply, query: ResolverQuery, caller: Caller): FastifyReply {
    const challenge = query.mode === 'enforce' ? missingOf(caller, query, clock.now()) : undefined
    return challenge === undefined ? reply.headers(identity.of(caller)).send() : refuseWith(request, reply, 'forbidden', challenge)
  }

  /** Its cookies go back through the proxy; the window of rotation covers requests beside this one. */
  async function renew(request: FastifyRequest, reply: FastifyReply): Promise<Caller | undefined> {
    const refreshToken = jar.read(request.headers.cookie, jar.refreshName)
    const renewed = refreshToken === undefined ? undefined : await sessions.refresh(refreshToken, requesterOf(request))
    const found = renewed?.ok ? await callers.find(renewed.value.accessToken) : undefined
    if (!renewed?.ok || !found?.ok) return undefined
    const { session } = renewed.value
    const cookies = jar.session(renewed.value, clock.now())
    const isCurrent = csrf.isCurrent(jar.read(request.headers.cookie, jar.csrfName), session.id)
    reply.header('set-cookie', isCurrent ? cookies : [...cookies, jar.csrf(csrf.issue(session.id))])
    return found.value
  }

  /** Also without a redirect `Location` names the page to sign in on: nginx, which takes no redirect here, sends there itself. */
  function sendAway(request: FastifyRequest, reply: FastifyReply, query: ResolverQuery): FastifyReply {
    const { isPage, path } = askedPage(request, deps)
    if (!isPage) return refuseWith(request, reply, 'unauthorized')
    const returnTo = returnPath(path, { refusedPaths: [`${basePath}/login`, `${basePath}/logout`], fallback: deps.defaultReturnTo })
    reply.header('location', returnTo === deps.defaultReturnTo ? signInUrl : `${signInUrl}?return_to=${encodeURIComponent(returnTo)}`)
    return query.redirectsPages ? reply.code(302).send() : refuseWith(request, reply, 'unauthorized')
  }
}

function refuseWith(request: FastifyRequest, reply: FastifyReply, code: ErrorCode, challenge?: string): FastifyReply {
  const refusal = refuse(code)
  sendRefusalHeaders(reply, refusal)
  if (challenge !== undefined) reply.header('www-authenticate', challenge)
  return reply.send(errorBody(refusal, request.id))
}

/** Node keeps the first and an application may read the last: of two nobody knows which one was meant. */
function hasTwoAuthorizations({ headers, raw }: FastifyRequest): boolean {
  if (headers.authorization === undefined) return false
  return raw.rawHeaders.filter((text, index) => index % 2 === 0 && text.length === 13 && text.toLowerCase() === 'authorization').length > 1
}
