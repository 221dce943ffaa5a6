import { systemClock, type Clock } from '../clock.ts'
import { refuseStranger, type GuardedRequest, type Refusal } from '../decide-access.ts'
import { readIssuer } from '../issuer-address.ts'
import { createKeySource } from '../key-source.ts'
import { readHeader, type RequestHeaders } from '../read-header.ts'
import { localReturnTo } from '../return-to.ts'
import { CLOCK_LEEWAY_SECONDS, createJwtVerifier } from '../verify-jwt.ts'
import { createCookies, type SetCookie } from './cookies.ts'
import { createEndedSessions, type EndedSessions } from './ended-sessions.ts'
import { readLogoutToken } from './logout-token.ts'
import { createProvider } from './provider.ts'
import type { SignedIn, SignInTokens } from './signed-in.ts'

export interface SignInPaths {
  /** Begins a sign-in; `?return_to=` names a path of this application. Default `/sign-in`. */
  readonly signIn: string
  /** The redirect URI to register. Default `/sign-in/callback`. */
  readonly callback: string
  /** Ends the session here and at Gatepost. Default `/sign-out`. */
  readonly signOut: string
  /** The back-channel logout URI to register. Default `/sign-out/back-channel`. */
  readonly backChannelLogout: string
  /** Where a sign-out ends: the post-logout redirect URI to register. Default `/`. */
  readonly signedOut: string
}

/** A session that the application has anyway; `request` is the framework's own (for Hono its context). */
export interface ApplicationSession {
  read(request: object): Promise<SignedIn | undefined> | SignedIn | undefined
  /** Who signed in, with their tokens, for a session under a new id; undefined when it ends. */
  write(request: object, signedIn: SignedIn | undefined, tokens: SignInTokens | undefined): Promise<void> | void
}

export interface SignInOptions {
  /** `PUBLIC_URL` + base path of the server, e.g. `https://login.example.com/auth`. */
  readonly issuer: string
  readonly clientId: string
  /** Left out for a public client. */
  readonly clientSecret?: string
  /** Scheme, host and port of this application as browsers have it, e.g. `https://shop.example.com`. Never taken from a request. */
  readonly origin: string
  /** Encrypts the cookies: 32 characters or more of chance. Of several, the first one is used for new cookies. */
  readonly cookieSecret: string | readonly string[]
  /** Default `app_session`, behind `__Host-` over https. */
  readonly cookieName?: string
  /** Default `openid profile email`. */
  readonly scope?: string
  /** How long a session here lasts. Default 8 hours. */
  readonly sessionSeconds?: number
  readonly paths?: Partial<SignInPaths>
  /** In the place of the cookie session. */
  readonly session?: ApplicationSession
  /** Default: in the memory of this process. */
  readonly endedSessions?: EndedSessions
  /** Hears of what went wrong, for a log; people are told no more than that it did. */
  readonly onError?: (error: unknown) => void
  readonly clock?: Clock
  readonly fetch?: typeof globalThis.fetch
}

export interface SignInRequest extends GuardedRequest {
  /** The framework's own request, for a session of the application's. */
  readonly native: object
  /** The fields of a form that was posted. */
  form(): Promise<URLSearchParams>
}

export interface SignInAnswer {
  readonly status: number
  /** Names in lower case; `set-cookie` several times. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

export interface SignInDemands {
  /** How long ago the person may have proved who they are; longer ago, they are asked again. */
  readonly maxAgeSeconds?: number
  /** One of these must be how they did (`acr`), e.g. `['aal2']`. */
  readonly acrValues?: readonly string[]
}

export type SignInAccess = { readonly isAllowed: true; readonly person: SignedIn } | { readonly isAllowed: false; readonly refusal: Refusal }

export interface SignIn {
  /** Answers what is asked of its own paths; undefined for everything else. */
  handle(request: SignInRequest): Promise<SignInAnswer | undefined>
  /** Who is signed in; undefined when nobody is. */
  find(request: Pick<SignInRequest, 'headers' | 'native'>): Promise<SignedIn | undefined>
  /** Decides whether a request may pass; a page of a stranger leads to sign in and back. */
  decide(request: Omit<SignInRequest, 'form'>, demands?: SignInDemands): Promise<SignInAccess>
}

const PATHS: SignInPaths = { signIn: '/sign-in', callback: '/sign-in/callback', signOut: '/sign-out', backChannelLogout: '/sign-out/back-channel', signedOut: '/' }
const SESSION_SECONDS = 8 * 60 * 60
/** What a link to the sign-in may ask of Gatepost (OpenID Connect Core 1.0, section 3.1.2.1). */
const PASSED_ON = ['prompt', 'max_age', 'login_hint', 'ui_locales']
const NO_STORE = ['cache-control', 'no-store'] as const

/** @throws TypeError when `issuer` or `origin` is not an http(s) URL, `clientId` is missing, or the cookie secret is missing or short. */
export function createSignIn(options: SignInOptions): SignIn {
  const { issuer, clientId, scope = 'openid profile email', sessionSeconds = SESSION_SECONDS, clock = systemClock, fetch = globalThis.fetch, onError = () => undefined } = options
  // From an environment that is not set, say: it would be refused only when somebody signs in.
  if (typeof clientId !== 'string' || clientId === '') throw new TypeError('clientId is missing')
  const { jwksUrl } = readIssuer(issuer)
  const origin = originOf(options.origin)
  const paths = { ...PATHS, ...options.paths }
  const cookies = createCookies({ name: options.cookieName ?? 'app_session', isSecure: origin.startsWith('https:'), secrets: [options.cookieSecret].flat(), of: { issuer, clientId }, clock })
  const ended = options.endedSessions ?? createEndedSessions(clock)
  const provider = createProvider({ issuer, clientId, clientSecret: options.clientSecret, redirectUri: `${origin}${paths.callback}`, scope, sessionSeconds, clock, fetch }, onError)
  const verifyJwt = createJwtVerifier({ keys: createKeySource({ jwksUrl, fetch, clock }), clock })

  async function find({ headers, native }: { readonly headers: RequestHeaders; readonly native: object }): Promise<SignedIn | undefined> {
    const found = options.session === undefined ? await cookies.readSession(headers) : await options.session.read(native)
    if (found === undefined || found.expiresAt <= clock.now() || (await ended.hasEnded(found))) return undefined
    return found
  }

  async function keep(request: SignInRequest, signedIn: SignedIn | undefined, tokens?: SignInTokens): Promise<readonly SetCookie[]> {
    if (options.session === undefined) return [signedIn === undefined ? cookies.clearSession() : await cookies.writeSession(signedIn)]
    await options.session.write(request.native, signedIn, tokens)
    return []
  }

  async function begin(request: SignInRequest, query: URLSearchParams): Promise<SignInAnswer> {
    // OpenID Connect Core 1.0, section 4: somebody else may have begun it, and names us and where to go.
    if (query.has('iss') && query.get('iss') !== issuer) return say(400, 'Another issuer was named.')
    const more = Object.fromEntries(PASSED_ON.flatMap((name) => (query.has(name) ? [[name, query.get(name)!] as const] : [])))
    const acrValues = query.get('acr_values')?.split(' ')
    // As a wish it could come back unheard, and who is then sent again goes in a circle (section 5.5.1.1).
    const claims = acrValues && { claims: JSON.stringify({ id_token: { acr: { essential: true, values: acrValues } } }) }
    const begun = await provider.begin(returnToOf(query), { ...more, ...claims })
    if (begun === undefined) return unavailable()
    return redirect(begun.location, await cookies.writeAttempt(request.headers, begun.attempt))
  }

  function returnToOf(query: URLSearchParams): string {
    const target = query.get('target_link_uri')
    if (target === null || !URL.canParse(target) || new URL(target).origin !== origin) return localReturnTo(query.get('return_to') ?? '/')
    const { pathname, search } = new URL(target)
    return localReturnTo(`${pathname}${search}`)
  }

  async function takeAnswer(request: SignInRequest, query: URLSearchParams): Promise<SignInAnswer> {
    const state = query.get('state') ?? ''
    const attempt = await cookies.readAttempt(request.headers, state)
    // Begun in another browser, or by another site that would have somebody signed in as somebody else.
    if (attempt === undefined) return say(400, 'This sign-in was not begun here, or too long ago. Start again.')
    const redeemed = await provider.redeem(new URL(`${origin}${paths.callback}?${query.toString()}`), attempt)
    const clear = cookies.clearAttempt(state)
    if (!redeemed.ok) return redeemed.failure === 'refused' ? say(403, 'Signing in was refused. Start again.', [clear]) : say(502, 'Signing in did not succeed. Start again.', [clear])
    const { signedIn, tokens } = redeemed.value
    return redirect(attempt.returnTo, [clear, ...(await keep(request, signedIn, tokens))])
  }

  async function leave(request: SignInRequest): Promise<SignInAnswer> {
    const [site] = readHeader(request.headers, 'sec-fetch-site')
    // Else any page could sign people out by a picture.
    if (site !== undefined && site !== 'same-origin' && site !== 'none') return say(403, 'Signing out was asked for by another site.')
    const person = await find(request)
    const cleared = await keep(request, undefined)
    const away = person && (await provider.endSession(person.idToken, `${origin}${paths.signedOut}`))
    return redirect(away ?? paths.signedOut, cleared)
  }

  /** OpenID Connect Back-Channel Logout 1.0, section 2.8. */
  async function endFromOutside(request: SignInRequest): Promise<SignInAnswer> {
    const token = (await request.form()).get('logout_token')
    const read = await readLogoutToken(token ?? '', { issuer, clientId, verifyJwt })
    if (!read.ok && read.failure === 'keys_unavailable') return unavailable()
    if (!read.ok) return { status: 400, headers: [NO_STORE, ['content-type', 'application/json']], body: JSON.stringify({ error: 'invalid_request' }) }
    await ended.end(read.value, clock.now() + sessionSeconds * 1_000)
    return { status: 200, headers: [NO_STORE], body: '' }
  }

  return {
    find,
    async handle(request) {
      if (!URL.canParse(request.target, origin)) return undefined
      const { pathname, searchParams } = new URL(request.target, origin)
      const isRead = request.method === 'GET'
      if (pathname === paths.signIn && isRead) return begin(request, searchParams)
      if (pathname === paths.callback && isRead) return takeAnswer(request, searchParams)
      if (pathname === paths.signOut && (isRead || request.method === 'POST')) return leave(request)
      if (pathname === paths.backChannelLogout && request.method === 'POST') return endFromOutside(request)
      return undefined
    },
    async decide(request, { maxAgeSeconds, acrValues } = {}) {
      const person = await find(request)
      const isRecent = maxAgeSeconds === undefined || (person?.authenticatedAt !== undefined && clock.now() - person.authenticatedAt <= (maxAgeSeconds + CLOCK_LEEWAY_SECONDS) * 1_000)
      const isStrong = acrValues === undefined || (person?.acr !== undefined && acrValues.includes(person.acr))
      if (person !== undefined && isRecent && isStrong) return { isAllowed: true, person }
      const asked = new URLSearchParams({ ...(maxAgeSeconds !== undefined && { max_age: String(maxAgeSeconds) }), ...(acrValues && { acr_values: acrValues.join(' ') }) }).toString()
      return { isAllowed: false, refusal: refuseStranger(asked === '' ? paths.signIn : `${paths.signIn}?${asked}`, request, 'no_credentials') }
    },
  }
}

function redirect(location: string, cookies: readonly SetCookie[]): SignInAnswer {
  return { status: 303, headers: [NO_STORE, ['location', location], ...cookies], body: '' }
}

function say(status: number, text: string, more: SignInAnswer['headers'] = []): SignInAnswer {
  return { status, headers: [NO_STORE, ['content-type', 'text/plain; charset=utf-8'], ...more], body: `${text}\n` }
}

function unavailable(): SignInAnswer {
  return say(503, 'Signing in is not possible at the moment. Try again shortly.', [['retry-after', '5']])
}

function originOf(origin: string): string {
  if (!URL.canParse(origin) || !['http:', 'https:'].includes(new URL(origin).protocol)) throw new TypeError(`origin is not an http(s) URL: ${origin}`)
  return new URL(origin).origin
}
