import { GatepostError, readError } from './gatepost-error.ts'
import type { Page } from './page.ts'

/** A stalled request must not hold up every tab that waits for it. */
const TIMEOUT_MILLISECONDS = 10_000

/** The few operations of `{base}/api/v1` that this package itself calls. */
export interface SessionApi {
  /** The CSRF token of the cookie; undefined when there is none, or one too many. */
  csrfCookie(): string | undefined
  csrfToken(): Promise<string>
  /** Asks the server, which answers with the token at hand while that is good. @throws GatepostError */
  confirmCsrfToken(): Promise<string>
  /** @throws GatepostError `unreachable` */
  get(path: string): Promise<Response>
  /** POST without a body. @throws GatepostError `unreachable` */
  post(path: string): Promise<Response>
}

export function createSessionApi(page: Page, options: { readonly baseUrl: string; readonly cookiePrefix: string; readonly fetch: typeof fetch }): SessionApi {
  // Over https only the cookie that a sibling host cannot have set (RFC 6265bis, section 4.1.3.2).
  const cookieName = `${page.origin.startsWith('https:') ? '__Host-' : ''}${options.cookiePrefix}_csrf=`
  let asking: Promise<string> | undefined

  function csrfCookie(): string | undefined {
    const values = page
      .cookies()
      .split('; ')
      .filter((cookie) => cookie.startsWith(cookieName))
    return values.length === 1 ? values[0]?.slice(cookieName.length) : undefined
  }

  async function call(path: string, init: RequestInit): Promise<Response> {
    try {
      return await options.fetch(`${options.baseUrl}/api/v1/${path}`, { ...init, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) })
    } catch (cause) {
      throw new GatepostError('unreachable', 'Gatepost cannot be reached.', { status: 0, cause })
    }
  }

  /** One at a time: each answer sets the cookie anew, and a token that is no longer in the cookie is worth nothing. */
  function askForCsrfToken(): Promise<string> {
    asking ??= requestCsrfToken().finally(() => {
      asking = undefined
    })
    return asking
  }

  async function requestCsrfToken(): Promise<string> {
    const response = await call('csrf', {})
    if (!response.ok) throw await readError(response)
    return ((await response.json()) as { csrf_token: string }).csrf_token
  }

  return {
    csrfCookie,
    csrfToken: async () => csrfCookie() ?? askForCsrfToken(),
    confirmCsrfToken: askForCsrfToken,
    get: (path) => call(path, {}),
    async post(path) {
      const send = (token: string) => call(path, { method: 'POST', headers: { 'x-csrf-token': token } })
      const response = await send(csrfCookie() ?? (await askForCsrfToken()))
      // The cookie may be of another session or another key: the server then gives a new one to whoever asks.
      return response.status === 403 ? send(await askForCsrfToken()) : response
    },
  }
}
