import type { AuthenticationFailure, Verifier } from './create-verifier.ts'
import type { Identity } from './identity.ts'
import { readHeader, type RequestHeaders } from './read-header.ts'
import { localPageOf, localReturnTo } from './return-to.ts'

export interface GuardOptions {
  /** Roles the person must have, all of them. */
  readonly roles?: readonly string[]
}

export interface GuardedRequest {
  readonly method: string
  /** Path and query as the client sent them, before any router cut a prefix off. */
  readonly target: string
  readonly headers: RequestHeaders
}

/** An answer that stands in for the page; `headers` have lower-case names. */
export interface Refusal {
  readonly status: 303 | 400 | 401 | 403 | 503
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type Access = { readonly isAllowed: true; readonly identity: Identity } | { readonly isAllowed: false; readonly refusal: Refusal }

const RETRY_AFTER_SECONDS = 5
const PRIVATE_ANSWER = { 'cache-control': 'no-store', vary: 'Cookie, Authorization' }

/**
 * Decides whether a request may pass: it needs a valid access token and every role asked for.
 * A person without one is sent to sign in and back. An access token that merely expired takes the same road: the login page sees the
 * refresh cookie, which never reaches the application, renews both, and returns at once.
 */
export async function decideAccess(verifier: Verifier, request: GuardedRequest, options: GuardOptions = {}): Promise<Access> {
  const examined = await verifier.examine(request)
  if (!examined.ok) return { isAllowed: false, refusal: refuseStranger(verifier.loginPath, request, examined.failure) }
  const identity = examined.value
  const isPermitted = (options.roles ?? []).every((role) => identity.roles.includes(role))
  return isPermitted ? { isAllowed: true, identity } : { isAllowed: false, refusal: forbid(request) }
}

/** What is answered to who is not signed in: a page leads to `loginPath` and back, which may have a query of its own. */
export function refuseStranger(loginPath: string, request: GuardedRequest, failure: AuthenticationFailure): Refusal {
  if (failure === 'keys_unavailable') {
    const refusal = explain(request, 503, 'service_unavailable', 'Sign-in cannot be checked at the moment. Try again shortly.')
    return { ...refusal, headers: { ...refusal.headers, 'retry-after': String(RETRY_AFTER_SECONDS) } }
  }
  if (firstHeader(request, 'hx-request') === 'true') {
    const page = localPageOf(firstHeader(request, 'hx-current-url'), firstHeader(request, 'host'))
    const refusal = challenge(failure)
    return { ...refusal, headers: { ...refusal.headers, 'hx-redirect': loginLocation(loginPath, page ?? request.target) } }
  }
  if (isNavigation(request)) {
    return { status: 303, headers: { ...PRIVATE_ANSWER, location: loginLocation(loginPath, request.target) }, body: '' }
  }
  return challenge(failure)
}

/** RFC 6750, section 3.1: the error attribute is left out when the request carried no credentials at all. */
function challenge(failure: AuthenticationFailure): Refusal {
  const refusal = answerJson(401, 'unauthorized', 'Sign in to continue.')
  const scheme = failure === 'no_credentials' ? 'Bearer' : 'Bearer error="invalid_token"'
  return { ...refusal, headers: { ...refusal.headers, 'www-authenticate': scheme } }
}

function forbid(request: GuardedRequest): Refusal {
  return explain(request, 403, 'forbidden', 'Your account is not allowed to do this.')
}

function explain(request: GuardedRequest, status: 403 | 503, code: string, message: string): Refusal {
  if (!isNavigation(request)) return answerJson(status, code, message)
  return { status, headers: { ...PRIVATE_ANSWER, 'content-type': 'text/plain; charset=utf-8' }, body: `${message}\n` }
}

function answerJson(status: 401 | 403 | 503, code: string, message: string): Refusal {
  const headers = { ...PRIVATE_ANSWER, 'content-type': 'application/json; charset=utf-8' }
  return { status, headers, body: JSON.stringify({ error: { code, message } }) }
}

function loginLocation(loginPath: string, target: string): string {
  return `${loginPath}${loginPath.includes('?') ? '&' : '?'}return_to=${encodeURIComponent(localReturnTo(target))}`
}

function isNavigation(request: GuardedRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  return readHeader(request.headers, 'accept').some((accept) => accept.toLowerCase().includes('text/html'))
}

function firstHeader(request: GuardedRequest, name: string): string | undefined {
  return readHeader(request.headers, name)[0]
}
