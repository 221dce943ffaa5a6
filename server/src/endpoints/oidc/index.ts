/**
 * Owns: OpenID Connect and OAuth 2 at their addresses: `oidc-provider` behind this listener, with our sessions, clients,
 * grants and pages. Does not own: signing in (flows), the pages that ask (endpoints/pages), what is kept (services/grants).
 *
 * Here: the listener (index), the library's configuration (provider) and storage (adapter), what is done around it (finish-request,
 * discovery-additions), and sign-out, which is none of its (end-session). Below, each importing at most those that are named before it:
 *   library/        ours in the place of the library's: the session of the browser, its answers, clock and fetch, what is spent once; the unit of work
 *   tokens/         what tokens say, what they are bound to, who may ask about them, and what one says that is shown to us
 *   clients/        who a client is: its metadata, how it proves it, registration, when it was used, what FAPI 2.0 asks of it
 *   authorization/  what an authorization request asks for, whether and where its person is asked, and how it goes on from there
 *   grant-types/    of the token endpoint: devices, token exchange, assertions. Codes and refresh tokens are the library's (rotation: provider and
 *                   adapter), so is the check of a DPoP proof; that none is taken twice is library/one-time-ids
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type Provider from 'oidc-provider'
import { requesterOf } from '../../http/requester.ts'
import { presentedToken } from '../../http/credentials.ts'
import type { Logger } from '../../platform/logger.ts'
import { Unavailable } from '../../platform/unavailable.ts'
import type { Keys } from '../../services/keys/index.ts'
import type { Limits } from '../../services/limits/index.ts'
import { addressKey } from '../../services/limits/index.ts'
import type { SignedIn } from '../../services/sessions/index.ts'
import type { CustomScreenDeps } from './authorization/custom-screen.ts'
import { mountFinish } from './authorization/custom-screen.ts'
import type { EndSessionDeps } from './end-session.ts'
import { mountEndSession } from './end-session.ts'
import type { ProviderDeps } from './provider.ts'
import type { RegistrationDeps } from './clients/registration.ts'
import { mountRegistration } from './clients/registration.ts'
import type { ProviderPages } from './library/unit-of-work.ts'
import { runInUnit } from './library/unit-of-work.ts'

export interface OidcDeps extends Omit<ProviderDeps, 'signingKeys' | 'now'>, EndSessionDeps, RegistrationDeps, CustomScreenDeps {
  readonly keys: Keys
  readonly limits: Limits
  readonly logger: Logger
  /** Made elsewhere: this door has no look of its own. */
  readonly pages: {
    renderRefusal(request: FastifyRequest, status: number, problem: string): Promise<string>
    renderFormPost(request: FastifyRequest, to: { action: string; fields: Readonly<Record<string, string>> }): Promise<string>
    renderSigningOut(request: FastifyRequest, model: { frames: readonly string[]; to: string }): Promise<string>
  }
}

/** Each with the methods it answers to. */
const ROUTES = [
  ['/.well-known/openid-configuration', ['GET', 'OPTIONS']],
  ['/.well-known/oauth-authorization-server', ['GET', 'OPTIONS']],
  ['/oauth2/authorize', ['GET', 'POST']],
  ['/oauth2/authorize/:uid', ['GET']],
  ['/oauth2/token', ['POST', 'OPTIONS']],
  ['/oauth2/userinfo', ['GET', 'POST', 'OPTIONS']],
  ['/oauth2/jwks', ['GET', 'OPTIONS']],
  ['/oauth2/revoke', ['POST', 'OPTIONS']],
  ['/oauth2/introspect', ['POST', 'OPTIONS']],
  ['/oauth2/par', ['POST', 'OPTIONS']],
  ['/oauth2/device_authorization', ['POST', 'OPTIONS']],
] as const

/** RFC 8414 section 3.1: for an issuer with a path they are also asked for at the root, with that path behind the name. */
const DOCUMENTS = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server']

/** Where a browser comes by itself, with its cookies. */
const FOR_BROWSERS = new Set(['/oauth2/authorize', '/oauth2/authorize/:uid'])

export function mountOidc(listener: FastifyInstance, deps: OidcDeps): void {
  const { basePath, keys } = deps
  let made: { provider: Provider; kid: string } | undefined
  let rsaKey: Promise<void> | undefined

  /** Once a process: every provider can sign with RS256 (OpenID Connect Core 1.0 section 15.1), and says so in its metadata. */
  function ensureRsaKey(): Promise<void> {
    rsaKey ??= keys.ensureRsaKey().catch((error: unknown) => {
      rsaKey = undefined
      throw error
    })
    return rsaKey
  }

  /** Loaded with the first request, and made anew when another key signs. */
  async function currentProvider(): Promise<Provider> {
    await ensureRsaKey()
    const signingKeys = await keys.privateJwks()
    const kid = signingKeys.map((key) => key.kid).join(' ')
    if (made?.kid !== kid) {
      const { createProvider } = await import('./provider.ts')
      made = { provider: createProvider({ ...deps, signingKeys, now: () => deps.clock.now() }), kid }
    }
    return made.provider
  }

  mountRegistration(listener, deps)
  mountEndSession(listener, deps, { provider: currentProvider, caller: (request, reply) => callerOf(request, reply, deps) })
  mountFinish(listener, deps, { provider: currentProvider, caller: (request, reply) => callerOf(request, reply, deps) })
  void listener.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // The provider reads bodies itself, within its own bounds.
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    for (const [path, methods] of ROUTES) {
      scope.route({
        method: [...methods],
        url: `${basePath}${path}`,
        handler: async (request, reply) => {
          const provider = await currentProvider()
          const caller = FOR_BROWSERS.has(path) ? await callerOf(request, reply, deps) : undefined
          await handOver(provider, request, reply, { ...deps, caller, path: (request.raw.url ?? '').slice(basePath.length) || '/' })
        },
      })
    }
    for (const path of basePath === '' ? [] : DOCUMENTS) {
      scope.route({ method: ['GET', 'OPTIONS'], url: `${path}${basePath}`, handler: async (request, reply) => handOver(await currentProvider(), request, reply, { ...deps, caller: undefined, path }) })
    }
  })
}

/** Who is signed in in this browser; an access token that ran out is renewed with the refresh cookie. */
async function callerOf(request: FastifyRequest, reply: FastifyReply, deps: OidcDeps): Promise<SignedIn | undefined> {
  const { sessions, jar } = deps
  const presented = presentedToken(request, jar)
  const authenticated = presented?.source === 'cookie' ? await sessions.authenticate(presented.token) : undefined
  if (authenticated?.ok) return personOf(authenticated.value)
  const refreshed = await sessions.refresh(jar.read(request.headers.cookie, jar.refreshName), requesterOf(request))
  if (!refreshed.ok) return undefined
  const { user, session } = refreshed.value
  reply.header('set-cookie', deps.jar.session(refreshed.value, deps.clock.now()))
  return personOf({ user, session })
}

/** An anonymous account has nobody whom another application could be told of. */
function personOf(signedIn: SignedIn): SignedIn | undefined {
  return signedIn.user.isAnonymous ? undefined : signedIn
}

async function handOver(provider: Provider, request: FastifyRequest, reply: FastifyReply, { caller, pages, limits, logger, path }: OidcDeps & { caller: SignedIn | undefined; path: string }): Promise<void> {
  const { raw } = request
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value)
  reply.hijack()
  Object.assign(raw, { originalUrl: raw.url })
  raw.url = path
  const own: ProviderPages = {
    renderError: (status, problem) => pages.renderRefusal(request, status, problem),
    renderFormPost: (to) => pages.renderFormPost(request, to),
  }
  const takeParking = () => limits.take('parked_requests_per_address', addressKey(requesterOf(request).ip))
  const report = (fault: unknown) => logger[fault instanceof Unavailable ? 'warn' : 'error']({ request_id: request.id, err: fault }, 'a request failed')
  await runInUnit({ caller, pages: own, takeParking, report }, () => provider.callback()(raw, reply.raw))
}
