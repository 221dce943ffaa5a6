import { GatepostError, readError } from './gatepost-error.ts'
import type { Page } from './page.ts'
import { createRenewals } from './renew-session.ts'
import { createSessionApi } from './session-api.ts'
import { createSessionEnd, type SessionEndListener } from './session-end.ts'
import { createSessionFetch } from './session-fetch.ts'
import { toUser, type User, type WireUser } from './user.ts'

export interface GatepostOptions {
  /** The server's `BASE_PATH`. Default `/auth`. */
  readonly basePath?: string
  /** The server's `COOKIE_PREFIX`. Default `gatepost`. */
  readonly cookiePrefix?: string
  readonly fetch?: typeof globalThis.fetch
}

export interface Gatepost {
  /** Where the JSON API is: origin, base path and `/api/v1`. */
  readonly apiUrl: string
  /** The token for header `X-CSRF-Token` or form field `csrf_token`. @throws GatepostError */
  csrfToken(): Promise<string>
  /** Who is signed in; null when nobody is. @throws GatepostError when that cannot be said. */
  currentUser(): Promise<User | null>
  /** Leaves for the sign-in page; `returnTo` is an address of this origin, the present one unless given. @throws TypeError for another origin */
  signIn(options?: { readonly returnTo?: string }): void
  /** Leaves for the sign-up page. @throws TypeError when `returnTo` is of another origin */
  signUp(options?: { readonly returnTo?: string }): void
  /** Ends the session, tells other tabs, and goes to `returnTo` when given. @throws GatepostError, TypeError */
  signOut(options?: { readonly returnTo?: string }): Promise<void>
  /**
   * Like the page's own `fetch`. To this origin, the CSRF token goes with every unsafe method, and after a 401 the session is refreshed
   * once and the request repeated once; a ReadableStream as body, or a Request that has one, is not repeated. A request to Gatepost's
   * own API whose CSRF token is no longer good is repeated once with a new one.
   */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>
  /** Calls back once when the session is found to have ended, here or in another tab. Returns what takes the listener away. */
  onSessionEnded(listener: SessionEndListener): () => void
}

export function createGatepostIn(page: Page, options: GatepostOptions = {}): Gatepost {
  const basePath = (options.basePath ?? '/auth').replace(/\/+$/, '')
  const cookiePrefix = options.cookiePrefix ?? 'gatepost'
  const baseUrl = page.origin + basePath
  // Called without a receiver: the browser's fetch wants none but window.
  const fetch: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const name = `${cookiePrefix}:${basePath}`

  const api = createSessionApi(page, { baseUrl, cookiePrefix, fetch })
  const renewals = createRenewals(page, api, name)
  const sessionEnd = createSessionEnd(page, name, () => {
    renewals.noteEnd()
    announceEnd()
  })
  const onEnd = () => {
    if (announceEnd()) sessionEnd.tellOtherTabs()
  }
  const sessionFetch = createSessionFetch({ page, api, renewals, fetch, basePath, onEnd })
  let hasUser = false
  /** The CSRF token when listeners last heard of an end: each end is told once. */
  let announcedWith: string | undefined

  function announceEnd(): boolean {
    const token = api.csrfCookie() ?? ''
    if (announcedWith === token) return false
    announcedWith = token
    hasUser = false
    sessionEnd.announce()
    return true
  }

  async function currentUser(): Promise<User | null> {
    const sentAt = page.now()
    let response = await api.get('user')
    if (response.status === 401) {
      const renewal = await renewals.renew(sentAt)
      if (renewal instanceof GatepostError) throw renewal
      if (renewal === 'renewed') response = await api.get('user')
    }
    if (response.status === 401) {
      // A page that never knew anybody has nothing to tell.
      if (hasUser) onEnd()
      return null
    }
    if (!response.ok) throw await readError(response)
    hasUser = true
    announcedWith = undefined
    return toUser((await response.json()) as WireUser)
  }

  async function signOut({ returnTo }: { readonly returnTo?: string } = {}): Promise<void> {
    const destination = returnTo === undefined ? undefined : localAddress(returnTo)
    // Not beside a refresh: its answer would set the cookies that this one clears.
    const response = await renewals.exclusively(() => api.post('sessions/logout'))
    if (!response.ok) throw await readError(response)
    hasUser = false
    announcedWith = api.csrfCookie() ?? ''
    renewals.noteEnd()
    sessionEnd.tellOtherTabs()
    if (destination !== undefined) page.navigate(page.origin + destination)
  }

  function leaveFor(door: 'login' | 'signup', returnTo = page.address()): void {
    page.navigate(`${baseUrl}/${door}?return_to=${encodeURIComponent(localAddress(returnTo))}`)
  }

  function localAddress(address: string): string {
    const url = new URL(address, page.baseUrl())
    if (url.origin !== page.origin) throw new TypeError('returnTo leaves this origin')
    return url.pathname + url.search + url.hash
  }

  return {
    apiUrl: `${baseUrl}/api/v1`,
    csrfToken: api.csrfToken,
    currentUser,
    signIn: (options) => leaveFor('login', options?.returnTo),
    signUp: (options) => leaveFor('signup', options?.returnTo),
    signOut,
    fetch: sessionFetch,
    onSessionEnded: (listener) => sessionEnd.listen(listener),
  }
}
