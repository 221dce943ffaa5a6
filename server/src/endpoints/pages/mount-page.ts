import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isTrustedOrigin } from '../../http/check-origin.ts'
import { requesterOf } from '../../http/requester.ts'
import { presentedToken } from '../../http/credentials.ts'
import { ERROR_CODES, refuse } from '../../http/error-codes.ts'
import { sendRefusalHeaders } from '../../http/listener.ts'
import { MultipartForm, parseMultipart } from '../../http/parse-multipart.ts'
import { parseFields } from '../../http/parse-form.ts'
import { withFrames } from '../../http/security-headers.ts'
import type { SignedIn } from '../../services/sessions/index.ts'
import { lookOf } from './branding/look.ts'
import { OWN_DOORS } from './own-doors.ts'
import { placeOf } from './place-of.ts'
import { renderRefusal } from './refusal-page.ts'
import { renderOnward } from './views/index.ts'
import type { Page, PageDeps, Visit } from './visit.ts'
import { frameOf, redirectTo, returnToOf, withReturnTo } from './visit.ts'

export interface PageRoute {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** `user` pages send strangers to sign in first and back afterwards. */
  readonly access: 'public' | 'user'
  /** With `user`: an anonymous session will do. Who has one is led to the promotion by every other page. */
  readonly takesAnonymous?: true
  /** Of a form: with the intent `language` it is shown again as it was typed. */
  readonly showsAgain?: true
  /** The form may hold a file of so many bytes. */
  readonly takesFileOfBytes?: number
  readonly handle: (visit: Visit, deps: PageDeps) => Promise<Page>
}

/** What the rest of such a form may take: its fields and the lines between them. */
const FORM_OVERHEAD_BYTES = 16 * 1_024

export function mountPage(listener: FastifyInstance, deps: PageDeps, route: PageRoute): void {
  const { takesFileOfBytes: bytes } = route
  if (bytes === undefined) return mountIn(listener, deps, route)
  // In a scope of its own, so that every other form goes on refusing files.
  void listener.register(async (scope) => {
    const options = { parseAs: 'buffer', bodyLimit: bytes + FORM_OVERHEAD_BYTES } as const
    scope.addContentTypeParser('multipart/form-data', options, async (request: FastifyRequest, body: Buffer) => parseMultipart(body, request.headers['content-type']))
    mountIn(scope, deps, route)
  })
}

function mountIn(listener: FastifyInstance, deps: PageDeps, route: PageRoute): void {
  listener.route({
    method: route.method,
    url: `${deps.basePath}${route.path}`,
    handler: async (request, reply) => {
      const read = await readVisit(request, deps, route)
      if ('page' in read) return send(deps, request, reply, read.page)
      if (read.cookies.length > 0) reply.header('set-cookie', read.cookies)
      const isRefused = route.method === 'POST' && !isFormAccepted(request, deps, read.visit)
      const page: Page = isRefused ? { kind: 'refused', refusal: refuse('forbidden') } : await route.handle(read.visit, deps)
      return send(deps, request, reply, page)
    },
  })
}

type Read = { visit: Visit; cookies: string[] } | { page: Page }

/** Reads a request; an access token that ran out is renewed with the refresh cookie, so that no form is lost to it. */
async function readVisit(request: FastifyRequest, deps: PageDeps, route: PageRoute): Promise<Read> {
  const { access, takesAnonymous } = route
  const query = parseFields(request.url.split('?')[1] ?? '')
  const isForm = request.body === undefined || (request.headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded')
  const upload = request.body instanceof MultipartForm ? request.body : undefined
  const fields = (upload?.fields ?? (isForm ? (request.body ?? {}) : {})) as Readonly<Record<string, string>>
  // A page takes forms alone: JSON could hold what is no text.
  if ((!isForm && !upload) || !query || ('return_to' in query && 'return_to' in fields)) return { page: { kind: 'refused', refusal: refuse('invalid_request') } }
  const look = await lookOf(request, deps)
  const cookieHeader = request.headers.cookie
  const remembered = deps.jar.read(cookieHeader, deps.jar.languageName)
  const requester = requesterOf(request, remembered)
  const refreshToken = deps.jar.read(cookieHeader, deps.jar.refreshName)
  const presented = presentedToken(request, deps.jar)
  const authenticated = presented?.source === 'cookie' ? await deps.sessions.authenticate(presented.token) : undefined
  let caller: SignedIn | undefined = authenticated?.ok ? authenticated.value : undefined
  // Asked for in the address, by the choice at the foot of a page or by an application: this browser keeps it.
  const isAsked = (request.method === 'POST' ? fields : query)['ui_locales'] !== undefined && remembered !== look.wording.language
  const cookies: string[] = isAsked ? [deps.jar.language(look.wording.language)] : []
  if (!caller && access === 'user' && refreshToken !== undefined) {
    const refreshed = await deps.sessions.refresh(refreshToken, requester)
    if (refreshed.ok) {
      caller = { user: refreshed.value.user, session: refreshed.value.session }
      cookies.push(...deps.jar.session(refreshed.value, deps.clock.now()))
    }
  }
  if (!caller && access === 'user') {
    return { page: redirectTo(withReturnTo(deps, '/login', returnToOf(deps, placeAfterLogin(request, query, deps)))) }
  }
  if (caller?.user.isAnonymous && access === 'user' && !takesAnonymous) {
    return { page: redirectTo(withReturnTo(deps, '/promote', returnToOf(deps, placeAfterLogin(request, query, deps))), cookies) }
  }
  const csrfCookie = deps.jar.read(cookieHeader, deps.jar.csrfName)
  const isCurrent = csrfCookie !== undefined && deps.csrf.isCurrent(csrfCookie, caller?.session.id)
  // Only a page that is shown may replace the token: replacing it on a post would break the other tabs' forms.
  const csrfToken = isCurrent || request.method !== 'GET' ? (csrfCookie ?? '') : deps.csrf.issue(caller?.session.id)
  if (!isCurrent && request.method === 'GET') cookies.push(deps.jar.csrf(csrfToken))
  const returnTo = returnToOf(deps, fields['return_to'] ?? query['return_to'])
  const here = placeOf(route, { path: pathOf(request.url), basePath: deps.basePath, query, fields })
  const shown = { csrfToken, returnTo, caller, look, here }
  return {
    cookies,
    visit: {
      request,
      requester,
      query,
      fields,
      file: upload?.file,
      refreshToken,
      deviceSecret: deps.jar.read(cookieHeader, deps.jar.deviceName),
      knownSecret: deps.jar.read(cookieHeader, deps.jar.knownName),
      binding: deps.csrf.bindingOf(csrfToken),
      frame: frameOf(deps, shown),
      ...shown,
    },
  }
}

/** Without the host that an absolute request target (RFC 9112 section 3.2.2) may name: it is the caller's word. */
function pathOf(target: string): string {
  return (target.split('?')[0] ?? '').replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '')
}

/** The page asked for; where a door of ours was asked for, the place it would have led to: signing in takes its part. */
function placeAfterLogin(request: FastifyRequest, query: Readonly<Record<string, string>>, { basePath }: PageDeps): string | undefined {
  if (request.method !== 'GET') return `${basePath}/settings`
  const isOwnDoor = OWN_DOORS.some((door) => request.routeOptions.url === `${basePath}${door}`)
  return isOwnDoor ? query['return_to'] : request.url
}

function isFormAccepted(request: FastifyRequest, deps: PageDeps, visit: Visit): boolean {
  const cookie = deps.jar.read(request.headers.cookie, deps.jar.csrfName)
  const header = request.headers['x-csrf-token']
  const submitted = typeof header === 'string' ? header : visit.fields['csrf_token']
  return isTrustedOrigin(request.headers, { ownOrigin: deps.ownOrigin, isForm: true }) && deps.csrf.isValid(cookie, submitted, visit.caller?.session.id)
}

async function send(deps: PageDeps, request: FastifyRequest, reply: FastifyReply, page: Page): Promise<FastifyReply> {
  switch (page.kind) {
    case 'redirect': {
      addCookies(reply, page.cookies)
      if (request.headers['hx-request'] === 'true') return reply.code(200).header('hx-redirect', page.to).send()
      // Onwards to another application: browsers take the redirects behind a form for a part of it, and our policy keeps forms here.
      if (request.method === 'POST' && page.to.startsWith(`${deps.basePath}/oauth2/`)) {
        const frame = frameOf(deps, { csrfToken: '', returnTo: deps.defaultReturnTo, look: await lookOf(request, deps) })
        return reply.code(200).type('text/html; charset=utf-8').send(renderOnward(frame, page.to))
      }
      return reply.code(303).header('location', page.to).send()
    }
    case 'html':
      addCookies(reply, page.cookies)
      if (page.retryAfterSeconds !== undefined) reply.header('retry-after', String(page.retryAfterSeconds))
      if (page.hasFrame === true) reply.header('content-security-policy', `${String(reply.getHeader('content-security-policy'))}; frame-src 'self'`)
      if (page.frames !== undefined) reply.header('content-security-policy', withFrames(String(reply.getHeader('content-security-policy')), page.frames))
      return reply.code(page.status).type('text/html; charset=utf-8').send(page.html)
    case 'file':
      return reply.header('content-disposition', `attachment; filename="${page.fileName}"`).type(page.mediaType).send(Readable.from(page.content))
    case 'refused':
      sendRefusalHeaders(reply, page.refusal)
      return reply.type('text/html; charset=utf-8').send(renderRefusal(deps, await lookOf(request, deps), request.id, ERROR_CODES[page.refusal.code].status))
  }
}

/** Later cookies of the same name win, so that a renewed session is not overwritten by the one it replaces. */
function addCookies(reply: FastifyReply, cookies: readonly string[] | undefined): void {
  if (!cookies || cookies.length === 0) return
  const nameOf = (cookie: string) => cookie.slice(0, cookie.indexOf('='))
  const earlier = [reply.getHeader('set-cookie') ?? []].flat().map(String)
  const names = new Set(cookies.map(nameOf))
  reply.removeHeader('set-cookie')
  reply.header('set-cookie', [...earlier.filter((cookie) => !names.has(nameOf(cookie))), ...cookies])
}
