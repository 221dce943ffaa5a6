import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type Provider from 'oidc-provider'
import { requesterOf } from '../../../http/requester.ts'
import type { CookieJar } from '../../../http/cookies.ts'
import type { Csrf } from '../../../http/csrf.ts'
import { parseFields } from '../../../http/parse-form.ts'
import type { FinishedHandOver, HandOvers } from '../../../services/hand-overs/index.ts'
import { screenUri } from '../../../services/hand-overs/index.ts'
import type { Sessions, SignedIn } from '../../../services/sessions/index.ts'

export interface CustomScreenDeps {
  readonly basePath: string
  readonly handOvers: HandOvers
  readonly sessions: Sessions
  readonly jar: CookieJar
  readonly csrf: Csrf
  readonly clock: { now(): number }
  readonly pages: { renderRefusal(request: FastifyRequest, status: number, problem: string): Promise<string> }
}

interface Doors {
  readonly provider: () => Promise<Provider>
  readonly caller: (request: FastifyRequest, reply: FastifyReply) => Promise<SignedIn | undefined>
}

/** Where the client's own screen asks to sign in; undefined where a page of ours asks. Consent is always asked on ours. */
export function screenFor({ oidc }: KoaContextWithOIDC, type: 'reauth' | 'login', { uid, prompt, params }: { uid: string; prompt: { name: string }; params: Readonly<Record<string, unknown>> }): string | undefined {
  const screen = oidc.client?.['gatepost_custom_ui_uri']
  // A device's person signs in where they typed its code.
  const isAuthorization = oidc.route === 'authorization' || oidc.route === 'resume'
  if (typeof screen !== 'string' || prompt.name !== 'login' || !isAuthorization) return undefined
  const said = (name: string) => (typeof params[name] === 'string' ? params[name] : undefined)
  return screenUri(screen, {
    request: uid,
    client_id: oidc.client!.clientId,
    type,
    login_hint: type === 'reauth' ? undefined : said('login_hint'),
    ui_locales: said('ui_locales'),
    prompt: said('prompt'),
  })
}

/**
 * Where the browser comes back to from a client's own screen: the one that the request waits in, by the cookie that the
 * provider gave it with the request. Only here it is signed in. A top-level navigation, so that a `Lax` cookie comes along.
 */
export function mountFinish(listener: FastifyInstance, deps: CustomScreenDeps, doors: Doors): void {
  const { basePath, handOvers, jar, pages } = deps

  /** The request that waits in this browser, below whose address we are. */
  async function waitingHere({ raw }: FastifyRequest, reply: FastifyReply): Promise<string | undefined> {
    const provider = await doors.provider()
    const name = provider.cookieName('resume')
    // One that is there twice was planted.
    return jar.read(raw.headers.cookie, name) === undefined ? undefined : provider.createContext(raw, reply.raw).cookies.get(name, { signed: true })
  }

  listener.route({
    method: 'GET',
    url: `${basePath}/oauth2/authorize/:uid/finish`,
    // It spends something.
    exposeHeadRoute: false,
    async handler(request, reply) {
      const { ticket } = parseFields(request.url.split('?')[1] ?? '') ?? {}
      const { uid } = request.params as { uid: string }
      const isHere = (await waitingHere(request, reply)) === uid
      const finished = isHere && ticket !== undefined ? await handOvers.finish(uid, ticket, browserOf(request, reply)) : undefined
      if (finished?.ok) return reply.code(303).header('set-cookie', await cookiesFor(finished.value, request)).header('location', finished.value.resumePath).send()
      const problem = finished?.failure === 'too_many_sessions' ? 'access_denied: there are as many sessions as the settings allow' : 'invalid_request: the request is over, or waits in another browser; begin again at the application'
      return reply.code(400).type('text/html; charset=utf-8').send(await pages.renderRefusal(request, 400, problem))
    },
  })

  const browserOf = (request: FastifyRequest, reply: FastifyReply) => ({
    requester: requesterOf(request, jar.read(request.headers.cookie, jar.languageName)),
    knownSecret: jar.read(request.headers.cookie, jar.knownName),
    session: async () => (await doors.caller(request, reply))?.session.id,
  })

  async function cookiesFor({ signedIn }: FinishedHandOver, request: FastifyRequest): Promise<string[]> {
    const { sessions, csrf, clock } = deps
    const requester = requesterOf(request)
    const refreshToken = jar.read(request.headers.cookie, jar.refreshName)
    const now = clock.now()
    if (signedIn) {
      // The browser's earlier session is replaced, not left behind alive.
      if (refreshToken !== undefined) await sessions.endByRefreshToken(refreshToken, requester)
      const { tokens, knownDevice } = signedIn
      return [...jar.session(tokens, now), jar.csrf(csrf.issue(tokens.session.id)), jar.known(knownDevice.secret, knownDevice.expiresAt, now)]
    }
    // Fresh tokens after a proof (OWASP ASVS 5.0, 7.2.4).
    const refreshed = await sessions.refresh(refreshToken, requester)
    return refreshed.ok ? jar.session(refreshed.value, clock.now()) : []
  }
}
