import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type Provider from 'oidc-provider'
import type { TenantId } from '../../domain/ids.ts'
import { requesterOf } from '../../http/requester.ts'
import type { CookieJar } from '../../http/cookies.ts'
import { parseFields } from '../../http/parse-form.ts'
import { withFrames } from '../../http/security-headers.ts'
import type { Sealer } from '../../platform/sealing.ts'
import type { Frontchannel } from '../../services/client-logouts/index.ts'
import type { Clients, RegisteredClient } from '../../services/clients/index.ts'
import type { Grants } from '../../services/grants/index.ts'
import type { Sessions, SignedIn } from '../../services/sessions/index.ts'
import type { Subjects } from '../../services/subjects/index.ts'

export interface EndSessionDeps {
  readonly basePath: string
  readonly tenantId: TenantId
  readonly sealer: Sealer
  readonly sessions: Sessions
  readonly subjects: Subjects
  readonly clients: Clients
  readonly grants: Grants
  readonly jar: CookieJar
  readonly clock: { now(): number }
  readonly frontchannel: Frontchannel
  readonly pages: {
    renderSigningOut(request: FastifyRequest, model: { frames: readonly string[]; to: string }): Promise<string>
  }
}

interface Doors {
  readonly provider: () => Promise<Provider>
  readonly caller: (request: FastifyRequest, reply: FastifyReply) => Promise<SignedIn | undefined>
}

const PATH = '/oauth2/end_session'
const DONE_PATH = `${PATH}/done`
const REQUEST_PURPOSE = 'end-session-request'
const RETURN_PURPOSE = 'end-session-return'
/** As long as the page that asks may stand open. */
const REFERENCE_TTL_MS = 20 * 60 * 1_000
const PARAMETERS = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state', 'logout_hint', 'ui_locales'] as const

/** OpenID Connect Back-Channel Logout 1.0 section 2.1, Front-Channel Logout 1.0 section 3. */
export const LOGOUT_METADATA = {
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
  frontchannel_logout_supported: true,
  frontchannel_logout_session_supported: true,
} as const

type Parameters = Partial<Record<(typeof PARAMETERS)[number], string>>

/** Who asks for the sign-out, and where the browser goes afterwards. */
interface Asked {
  readonly client: RegisteredClient | undefined
  readonly hint: { readonly sub: string; readonly sid: string | undefined } | undefined
  readonly returnTo: string | undefined
}

/**
 * RP-Initiated Logout 1.0. Whose ID token is of this very session, and whose application is ours, is signed out at once;
 * everybody else is asked first, on our page (section 2), since anybody can write such an address.
 */
export function mountEndSession(listener: FastifyInstance, deps: EndSessionDeps, doors: Doors): void {
  const { basePath, sealer, sessions, subjects, clients, grants, jar, clock, tenantId, frontchannel, pages } = deps

  const seal = (purpose: string, value: object) => sealer.seal(purpose, JSON.stringify({ ...value, at: clock.now() }))
  function open<T>(purpose: string, sealed: string | undefined): T | undefined {
    const text = sealed === undefined ? undefined : sealer.open(purpose, sealed)
    const value = text === undefined ? undefined : (JSON.parse(text) as T & { at: number })
    return value && clock.now() - value.at <= REFERENCE_TTL_MS ? value : undefined
  }

  async function understand(parameters: Parameters): Promise<Asked> {
    const { id_token_hint: token, client_id: named, post_logout_redirect_uri: uri, state } = parameters
    const payload = token === undefined ? undefined : readPayload(token)
    if (token !== undefined && !payload) throw malformed('id_token_hint is no ID token')
    const clientId = payload ? [payload['aud']].flat()[0] : named
    if (payload && named !== undefined && named !== clientId) throw malformed('client_id is not whom the id_token_hint was made for')
    const client = clientId === undefined ? undefined : await clients.find(String(clientId))
    if (clientId !== undefined && !client) throw malformed('there is no such client')
    if (token !== undefined && client && !(await isOurIdToken(await doors.provider(), token, client))) throw malformed('id_token_hint was not made here')
    if (uri !== undefined && client && !client.metadata.post_logout_redirect_uris.includes(uri)) throw malformed('post_logout_redirect_uri is not registered')
    return {
      client,
      hint: payload && { sub: String(payload['sub']), sid: payload['sid'] === undefined ? undefined : String(payload['sid']) },
      // Without a client that registered it, an address is anybody's (section 3); so it is where anybody registers, unless an ID token shows that somebody signed in there.
      returnTo: uri === undefined || !client || (client.provenance !== 'operator' && !payload) ? undefined : withState(uri, state),
    }
  }

  async function isOfThisSession({ client, hint }: Asked, { user, session }: SignedIn): Promise<boolean> {
    if (!client?.isFirstParty || !hint || hint.sub !== (await subjects.subjectFor(user.id, client))) return false
    const standing = (await grants.clientSessions(session.id)).find((one) => one.clientId === (client.clientId))
    return standing !== undefined && (hint.sid === undefined || hint.sid === standing.sid)
  }

  async function signOut(request: FastifyRequest, reply: FastifyReply, parameters: Parameters): Promise<FastifyReply> {
    const asked = await understand(parameters)
    const caller = await doors.caller(request, reply)
    const after = asked.returnTo ?? `${basePath}/signed_out`
    if (!caller) return reply.code(303).header('location', after).send()
    if (await isOfThisSession(asked, caller)) {
      const frames = await frontchannel.framesOf(caller.session.id)
      await sessions.end({ tenantId, userId: caller.user.id }, caller.session.id, 'logout', requesterOf(request))
      reply.header('set-cookie', jar.cleared())
      if (frames.length === 0) return reply.code(303).header('location', after).send()
      reply.header('content-security-policy', withFrames(String(reply.getHeader('content-security-policy')), frames))
      return reply.type('text/html; charset=utf-8').send(await pages.renderSigningOut(request, { frames, to: after }))
    }
    const back = asked.returnTo === undefined ? '' : `?return_to=${encodeURIComponent(`${basePath}${DONE_PATH}?ref=${seal(RETURN_PURPOSE, { to: asked.returnTo })}`)}`
    return reply.code(303).header('location', `${basePath}/logout${back}`).send()
  }

  listener.get(`${basePath}${PATH}`, async (request, reply) => {
    const query = parseFields(request.url.split('?')[1] ?? '')
    if (!query) throw malformed('a parameter is given twice, or is not in UTF-8')
    const kept = 'ref' in query ? open<Parameters>(REQUEST_PURPOSE, query['ref']) : pick(query)
    if (!kept) throw malformed('the request has expired')
    return signOut(request, reply, kept)
  })
  // Posted from another site it comes without our cookies; what it said is kept out of the address that it is led to.
  listener.post(`${basePath}${PATH}`, async (request, reply) => {
    const fields = pick((request.body ?? {}) as Record<string, string>)
    return reply.code(303).header('location', `${basePath}${PATH}?ref=${seal(REQUEST_PURPOSE, fields)}`).send()
  })
  listener.get(`${basePath}${DONE_PATH}`, async (request, reply) => {
    const { ref } = parseFields(request.url.split('?')[1] ?? '') ?? {}
    const kept = open<{ to: string }>(RETURN_PURPOSE, ref)
    return reply.code(303).header('location', kept?.to ?? `${basePath}/signed_out`).send()
  })
}

function pick(given: Readonly<Record<string, unknown>>): Parameters {
  return Object.fromEntries(PARAMETERS.flatMap((name) => (typeof given[name] === 'string' ? [[name, given[name]]] : [])))
}

function withState(uri: string, state: string | undefined): string {
  if (state === undefined) return uri
  const url = new URL(uri)
  url.searchParams.set('state', state)
  return url.href
}

/** Not verified yet. */
function readPayload(token: string): Record<string, unknown> | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
    return typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Signed by a key that is published; that it has expired does not matter (section 2). */
async function isOurIdToken(provider: Provider, token: string, { clientId }: RegisteredClient): Promise<boolean> {
  try {
    const client = await provider.Client.find(clientId)
    if (!client) return false
    await (provider.IdToken as unknown as { validate(token: string, client: object): Promise<unknown> }).validate(token, client)
    return true
  } catch {
    return false
  }
}

function malformed(message: string): Error {
  return Object.assign(new Error(message), { statusCode: 400 })
}
