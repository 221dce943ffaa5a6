import * as oauth from 'oauth4webapi'
import { GatepostError } from '../gatepost-error.ts'
import { createAttempts } from './attempts.ts'
import type { OidcPage } from './oidc-page.ts'
import { createTokenEndpoint, type Tokens } from './token-endpoint.ts'

export interface OidcSessionOptions {
  /** `PUBLIC_URL` + base path of the server, e.g. `https://login.example.com/auth`. */
  readonly issuer: string
  /** A client of type `spa`. */
  readonly clientId: string
  /** The registered redirect URI, of this origin. Default: `/callback`. */
  readonly redirectUri?: string
  /** Default `openid profile email`. */
  readonly scope?: string
  /** Whom the access token is for (RFC 8707), where the API has an identifier of its own. */
  readonly resource?: string
  /** Origins that `fetch` shows the access token to. Default: none but this page's own. */
  readonly apis?: readonly string[]
  /** Binds the tokens to a key of this page (RFC 9449). Default false. */
  readonly dpop?: boolean
  readonly fetch?: typeof globalThis.fetch
}

export interface OidcUser {
  /** The `sub`. */
  readonly id: string
  /** What the scopes gave: `email`, `email_verified`, `name` ... */
  readonly claims: Readonly<Record<string, unknown>>
}

export interface OidcSignInOptions {
  /** Path of this application to come back to. Default: the present address. */
  readonly returnTo?: string
  readonly prompt?: 'login' | 'consent' | 'none' | 'select_account'
  readonly loginHint?: string
  /** Has who signed in longer ago prove it again. */
  readonly maxAgeSeconds?: number
}

export interface OidcSession {
  /** Call it first in every page: takes the answer of a sign-in where the address is one. Who is signed in; null when nobody is. @throws GatepostError */
  start(): Promise<OidcUser | null>
  /** Leaves for Gatepost, which asks nothing of who is signed in there. @throws GatepostError, TypeError when `returnTo` is of another origin */
  signIn(options?: OidcSignInOptions): Promise<void>
  /** Forgets the tokens and ends the session at Gatepost; comes back to `returnTo`, which has to be a registered post-logout redirect URI. @throws GatepostError */
  signOut(options?: { readonly returnTo?: string }): Promise<void>
  /** An access token that is good for half a minute at least. @throws GatepostError `signed_out` when there is none */
  accessToken(): Promise<string>
  /**
   * Like the page's own `fetch`, with the access token, to `apis` alone; after a 401 it is renewed once and the request repeated once.
   * Redirects are not followed. @throws GatepostError (`signed_out` when there is no token, or no other one is to be had), TypeError for another origin
   */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>
  /** Calls back when a renewal is refused: the session has ended. Returns what takes the listener away. */
  onSessionEnded(listener: () => void): () => void
}

const SPARE_MILLISECONDS = 30_000

export function createOidcSessionIn(page: OidcPage, options: OidcSessionOptions): OidcSession {
  const { issuer, clientId, scope = 'openid profile email', resource, apis = [page.origin], dpop: usesDpop = false } = options
  const redirectUri = new URL(options.redirectUri ?? '/callback', page.origin).href
  // Called without a receiver: the browser's fetch wants none but window.
  const fetch: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const endpoint = createTokenEndpoint({ issuer, clientId, usesDpop, resource, fetch, now: page.now })
  const attempts = createAttempts(page, clientId)
  const listeners = new Set<() => void>()
  let tokens: Tokens | undefined
  let user: OidcUser | null = null
  let starting: Promise<OidcUser | null> | undefined
  let renewing: Promise<Tokens> | undefined

  async function takeAnswer(): Promise<OidcUser | null> {
    const address = new URL(page.href())
    const state = address.searchParams.get('state')
    const isAnswer = address.href.startsWith(`${redirectUri}?`) && state !== null && (address.searchParams.has('code') || address.searchParams.has('error'))
    if (!isAnswer) return user
    const attempt = attempts.take(state)
    // Another site's, that would have somebody signed in as somebody else; or this page, loaded again.
    if (attempt === undefined) throw new GatepostError('sign_in_unknown', 'This sign-in was not begun in this tab.', { status: 0 })
    // The code leaves the address, and with it the history, whatever becomes of it.
    page.replaceAddress(attempt.returnTo)
    const redeemed = await endpoint.redeem(address, { ...attempt, redirectUri }).catch(refuse)
    const { sub, ...claims } = redeemed.claims
    const info = scope === 'openid' ? {} : await endpoint.userInfo(redeemed.tokens.accessToken, sub).catch(refuse)
    tokens = redeemed.tokens
    user = { id: sub, claims: { ...claims, ...info } }
    return user
  }

  async function signIn({ returnTo, prompt, loginHint, maxAgeSeconds }: OidcSignInOptions = {}): Promise<void> {
    const target = new URL(returnTo ?? page.href(), page.origin)
    if (target.origin !== page.origin) throw new TypeError('returnTo leaves this origin')
    const { authorization_endpoint: authorizationEndpoint } = await endpoint.server()
    const [state, nonce, codeVerifier] = [oauth.generateRandomState(), oauth.generateRandomNonce(), oauth.generateRandomCodeVerifier()]
    const url = new URL(authorizationEndpoint!)
    const parameters = {
      client_id: clientId, response_type: 'code', redirect_uri: redirectUri, scope, state, nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier), code_challenge_method: 'S256',
      ...(resource && { resource }), ...(prompt && { prompt }), ...(loginHint && { login_hint: loginHint }), ...(maxAgeSeconds !== undefined && { max_age: String(maxAgeSeconds) }),
    }
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
    attempts.keep({ state, nonce, codeVerifier, returnTo: target.pathname + target.search + target.hash, ...(maxAgeSeconds !== undefined && { maxAgeSeconds }) })
    page.navigate(url.href)
  }

  async function signOut({ returnTo = '/' }: { readonly returnTo?: string } = {}): Promise<void> {
    const destination = new URL(returnTo, page.origin).href
    const { end_session_endpoint: endSessionEndpoint } = await endpoint.server()
    const idToken = tokens?.idToken
    tokens = undefined
    user = null
    const url = new URL(endSessionEndpoint!)
    for (const [name, value] of Object.entries({ client_id: clientId, post_logout_redirect_uri: destination, ...(idToken && { id_token_hint: idToken }) })) url.searchParams.set(name, value)
    page.navigate(url.href)
  }

  /** One for all callers: a refresh token counts once. */
  function renew(before: Tokens): Promise<Tokens> {
    renewing ??= endpoint
      .renew(before)
      .catch(refuse)
      .then((renewed) => {
        if (tokens !== before) throw signedOut()
        tokens = renewed
        if (renewed !== undefined) return renewed
        user = null
        for (const listener of listeners) void Promise.resolve().then(listener)
        throw signedOut()
      })
      .finally(() => {
        renewing = undefined
      })
    return renewing
  }

  async function currentTokens(): Promise<Tokens> {
    if (tokens === undefined) throw signedOut()
    return tokens.expiresAt - SPARE_MILLISECONDS > page.now() ? tokens : renew(tokens)
  }

  async function fetchWithToken(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const request = new Request(input instanceof Request ? input : new URL(input, page.href()), init)
    // To whom a token was shown can use it.
    if (!apis.includes(new URL(request.url).origin)) throw new TypeError(`${new URL(request.url).origin} is not one of apis`)
    const used = await currentTokens()
    const answer = await endpoint.show(used.accessToken, request)
    if (answer.status !== 401 || tokens?.refreshToken === undefined) return answer
    const next = tokens === used ? await renew(used) : tokens
    return endpoint.show(next.accessToken, request)
  }

  return {
    start: () => {
      starting ??= takeAnswer().finally(() => {
        starting = undefined
      })
      return starting
    },
    signIn,
    signOut,
    accessToken: async () => (await currentTokens()).accessToken,
    fetch: fetchWithToken,
    onSessionEnded(listener) {
      const own = () => listener()
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}

function signedOut(): GatepostError {
  return new GatepostError('signed_out', 'Nobody is signed in.', { status: 0 })
}

/** @throws GatepostError: `unreachable`, the code of the server's own refusal, or `unexpected_answer` */
function refuse(cause: unknown): never {
  if (cause instanceof GatepostError) throw cause
  if (cause instanceof oauth.AuthorizationResponseError || cause instanceof oauth.ResponseBodyError) throw new GatepostError(cause.error, 'Signing in was refused.', { status: 0, cause })
  if (cause instanceof oauth.OperationProcessingError || cause instanceof oauth.UnsupportedOperationError) throw new GatepostError('unexpected_answer', 'The answer is not one to this sign-in.', { status: 0, cause })
  throw new GatepostError('unreachable', 'Gatepost cannot be reached.', { status: 0, cause })
}
