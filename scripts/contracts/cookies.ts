import type { CookieChange } from '../../server/src/endpoints/session-api/route.ts'

const TEXT: Readonly<Record<CookieChange, string>> = {
  csrf: 'sets the CSRF cookie when there is none that fits the session',
  session: 'sets the access and refresh cookies, and a CSRF cookie when the one at hand is not of this session',
  known: 'renews the cookie that an account knows this browser by',
  cleared: 'removes the access and refresh cookies',
  cleared_and_csrf: 'removes the access and refresh cookies and sets a new CSRF cookie',
  session_if_finished: 'sets the cookies of the session once the flow is finished',
  cleared_if_current: 'removes the access and refresh cookies when it was the session of this request',
}

/** The Set-Cookie header of a success. One header line a cookie, so no schema can say more than text. */
export function describeCookies(change: CookieChange): { description: string; schema: { type: 'string' } } {
  return { description: `This answer ${TEXT[change]}.`, schema: { type: 'string' } }
}
