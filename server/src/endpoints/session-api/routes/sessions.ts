import { z } from 'zod'
import type { Refusal } from '../../../http/error-codes.ts'
import { refuse } from '../../../http/error-codes.ts'
import type { RefreshFailure } from '../../../services/sessions/index.ts'
import { route } from '../route.ts'
import { sessionCookies } from '../session-cookies.ts'
import { Tokens } from '../shapes.ts'
import { AudienceQuery } from './login.ts'

export const logout = route({
  method: 'POST',
  path: '/sessions/logout',
  operationId: 'logout',
  summary: 'Ends the session and clears its cookies; succeeds with or without one.',
  access: 'public',
  needsCsrf: true,
  success: { status: 204 },
  setsCookies: 'cleared_and_csrf',
  errors: ['forbidden'],
  async handle({ deps, caller, refreshToken, requester }) {
    if (refreshToken !== undefined) await deps.sessions.endByRefreshToken(refreshToken, requester)
    if (caller) await deps.sessions.end({ tenantId: deps.tenantId, userId: caller.user.id }, caller.session.id, 'logout', requester)
    return { status: 204, cookies: [...deps.jar.cleared(), deps.jar.csrf(deps.csrf.issue(undefined))] }
  },
})

export const refreshSession = route({
  method: 'POST',
  path: '/sessions/refresh',
  operationId: 'refreshSession',
  summary: 'Rotates the refresh cookie and sets a new access cookie, the body stays empty; a refused token clears the cookies.',
  access: 'public',
  needsCsrf: true,
  query: AudienceQuery,
  success: { status: 200 },
  setsCookies: 'session',
  readsRefreshCookie: true,
  errors: ['unauthorized', 'forbidden', 'rate_limited'],
  async handle({ deps, refreshToken, requester, csrfCookie }) {
    const refreshed = await deps.sessions.refresh(refreshToken, requester)
    if (refreshed.ok) return { status: 200, cookies: sessionCookies(deps, refreshed.value, csrfCookie) }
    const refusal = refuseRefresh(refreshed.failure)
    // A cookie that was not looked at for want of tries may be a good one.
    return refusal.code === 'rate_limited' ? refusal : { ...refusal, cookies: deps.jar.cleared() }
  },
})

export const refreshTokens = route({
  method: 'POST',
  path: '/tokens/refresh',
  operationId: 'refreshTokens',
  summary: 'Rotates a refresh token given in the body, for clients without cookies; sets none.',
  access: 'public',
  needsCsrf: false,
  body: z.strictObject({ refresh_token: z.string().min(1).max(1_024), audience: z.literal('app').optional() }),
  success: { status: 200, body: Tokens },
  errors: ['unauthorized', 'rate_limited'],
  async handle({ deps, body, requester }) {
    const refreshed = await deps.sessions.refresh(body.refresh_token, requester)
    if (!refreshed.ok) return refuseRefresh(refreshed.failure)
    return { status: 200, body: { access_token: refreshed.value.accessToken, refresh_token: refreshed.value.refreshToken } }
  },
})

function refuseRefresh(failure: RefreshFailure): Refusal {
  if (failure.code === 'invalid_refresh_token') return refuse('unauthorized')
  return refuse('rate_limited', { retryAfterSeconds: failure.retryAfterSeconds })
}
