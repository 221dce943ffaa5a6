import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { WaitingRequest } from '../../services/hand-overs/index.ts'
import type { Route, SessionApiDeps } from './route.ts'

type Deps = Pick<SessionApiDeps, 'clients' | 'flows'> & { readonly ownOrigin: string }

/** Browsers ask again after that (Fetch Standard, CORS-preflight fetch). */
const PREFLIGHT_TTL_SECONDS = 600

/**
 * The authorization request that a call of a flow is for: named by the body, or by the state that it goes on from. Such a
 * call comes from a client's own screen, which has no cookie of ours, and gets none.
 */
export function referenceIn({ takesScreens }: Route, body: unknown, { flows }: Deps): string | undefined {
  if (!takesScreens || typeof body !== 'object' || body === null) return undefined
  const { request, state_token: stateToken } = body as { request?: unknown; state_token?: unknown }
  if (typeof request === 'string') return request
  return typeof stateToken === 'string' ? flows.requestOf(stateToken) : undefined
}

/** A browser says where it calls from; a screen that asks from its server has no origin. */
export function isOfScreen({ origin }: IncomingHttpHeaders, { screen }: WaitingRequest): boolean {
  return origin === undefined || origin === new URL(screen).origin
}

/** Lets the script of a client's own screen read the answer, without cookies (Fetch Standard, CORS protocol). */
export async function shareWithScreen({ headers: { origin } }: FastifyRequest, reply: FastifyReply, { clients, ownOrigin }: Deps): Promise<boolean> {
  reply.header('vary', 'Origin')
  if (origin === undefined || origin === ownOrigin || !(await clients.hasScreenAt(origin))) return false
  reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': 'Retry-After' })
  return true
}

/** Answers a preflight of a screen, at these paths; to everybody else they have no OPTIONS. */
export function answerPreflights(listener: FastifyInstance, paths: readonly string[], deps: Deps): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<boolean> => {
    if (!(await shareWithScreen(request, reply, deps))) return false
    reply.code(204).headers({ 'access-control-allow-methods': 'GET, POST', 'access-control-allow-headers': 'Content-Type', 'access-control-max-age': String(PREFLIGHT_TTL_SECONDS) })
    await reply.send()
    return true
  }
  listener.addHook('onRequest', (request, reply, done) => {
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined && paths.includes(request.url.split('?', 1)[0] ?? '')
    if (!isPreflight) return done()
    answer(request, reply).then((isAnswered) => void (isAnswered || done()), done)
  })
}
