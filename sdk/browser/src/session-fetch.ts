import type { Page } from './page.ts'
import type { Renewals } from './renew-session.ts'
import type { SessionApi } from './session-api.ts'

interface SessionFetchDeps {
  readonly page: Page
  readonly api: SessionApi
  readonly renewals: Renewals
  readonly fetch: typeof fetch
  /** Path of Gatepost on this origin, e.g. `/auth`. */
  readonly basePath: string
  readonly onEnd: () => void
}

/** A 401 of these is about a password, a code, a passkey or a refresh token, never about the access token. */
const PROVING_OPERATIONS =
  /^((login|signup|second-factor|passkey-prompt|password-reset|challenges|authentication_flows|sessions|tokens|reauthenticate\/(password|second-factor))(\/|$)|reauthenticate\/passkey$)/
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']
/** When a new token did not help either, the fault lies elsewhere, and refreshing for each request would only add load. */
const FUTILE_FOR_MILLISECONDS = 5_000

/** `fetch` for an application behind Gatepost: the CSRF token goes along, and an access token that expired is renewed once. */
export function createSessionFetch({ page, api, renewals, fetch, basePath, onEnd }: SessionFetchDeps): typeof globalThis.fetch {
  const apiPath = `${basePath}/api/v1/`
  let futileAt = Number.NEGATIVE_INFINITY

  return async function sessionFetch(input, init = {}) {
    const request = input instanceof Request ? input : undefined
    const url = new URL(request?.url ?? (input as string | URL), page.baseUrl())
    if (url.origin !== page.origin) return fetch(input, init)

    const headers = new Headers(init.headers ?? request?.headers)
    const isUnsafe = !SAFE_METHODS.includes((init.method ?? request?.method ?? 'GET').toUpperCase())
    const hasOwnCsrfToken = headers.has('x-csrf-token')

    async function send(): Promise<Response> {
      if (!isUnsafe) return fetch(request ?? url, init)
      // Read again for the second try: a refresh may have changed it.
      const token = hasOwnCsrfToken ? undefined : await api.csrfToken().catch(() => undefined)
      if (token !== undefined) headers.set('x-csrf-token', token)
      // A redirect must not carry the token to another origin.
      const post = () => fetch(request ?? url, { ...init, headers, mode: 'same-origin' })
      const response = await post()
      // The cookie may be of another session or another key; what the application forbids is the application's.
      if (response.status !== 403 || token === undefined || !url.pathname.startsWith(apiPath) || isSentOnce()) return response
      const confirmed = await api.confirmCsrfToken().catch(() => token)
      if (confirmed === token) return response
      await response.body?.cancel()
      headers.set('x-csrf-token', confirmed)
      return post()
    }

    /** A stream is gone once it was sent, and so is the body of a Request. */
    const isSentOnce = () => init.body instanceof ReadableStream || request?.bodyUsed === true

    const sentAt = page.now()
    const response = await send()
    const isAboutAccessToken = response.status === 401 && !headers.has('authorization') && !isProof(url)
    const hasCookies = (init.credentials ?? request?.credentials) !== 'omit'
    if (!isAboutAccessToken || !hasCookies || page.now() - futileAt < FUTILE_FOR_MILLISECONDS) return response
    const renewal = await renewals.renew(sentAt)
    if (renewal === 'ended') onEnd()
    if (renewal !== 'renewed' || isSentOnce()) return response
    await response.body?.cancel()
    const repeated = await send()
    if (repeated.status === 401) futileAt = page.now()
    return repeated
  }

  function isProof({ pathname }: URL): boolean {
    return pathname.startsWith(apiPath) && PROVING_OPERATIONS.test(pathname.slice(apiPath.length))
  }
}
