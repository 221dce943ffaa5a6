import { z } from 'zod'
import { refuse } from '../../../http/error-codes.ts'
import { refuseFlow } from '../flow-answers.ts'
import { requireRecentAuthentication } from '../reauthentication.ts'
import { refuseForSecondFactor } from '../second-factor-answers.ts'
import { route } from '../route.ts'
import { sessionCookies } from '../session-cookies.ts'
import { passwordText } from '../shapes.ts'

export const checkReauthentication = route({
  method: 'POST',
  path: '/reauthenticate/check',
  operationId: 'checkReauthentication',
  summary: 'Whether the last proof is recent enough for sensitive changes; a challenge otherwise.',
  access: 'user',
  needsCsrf: true,
  success: { status: 204 },
  errors: ['recent_authentication_required'],
  async handle({ deps, caller }) {
    return deps.accounts.isRecentlyAuthenticated(caller!) ? { status: 204 } : requireRecentAuthentication(deps, caller!)
  },
})

export const reauthenticateWithPassword = route({
  method: 'POST',
  path: '/reauthenticate/password',
  operationId: 'reauthenticateWithPassword',
  summary: 'Answers a challenge with the password; the session gets new tokens.',
  access: 'user',
  needsCsrf: true,
  body: z.strictObject({ authentication_challenge_id: z.string().min(1).max(4_096), password: passwordText }),
  success: { status: 204 },
  setsCookies: 'session',
  errors: ['invalid_authentication_challenge', 'second_factor_required', 'rate_limited'],
  async handle({ deps, caller, body, client, refreshToken, csrfCookie }) {
    const inputs = [{ input: 'password', password: body.password }] as const
    const answer = await deps.flows.submit(body.authentication_challenge_id, caller!.session.id, inputs, client)
    if (answer.kind === 'screen') return refuseForSecondFactor(deps, answer.screen, answer.stateToken) ?? refuse('unauthorized')
    if (answer.kind === 'refused') {
      return answer.refusal === 'rate_limited' ? refuseFlow(answer.refusal, answer.retryAfterSeconds) : refuse('invalid_authentication_challenge')
    }
    // Fresh tokens after a proof (OWASP ASVS 5.0, 7.2.4); a caller without the cookie refreshes by itself.
    const refreshed = refreshToken === undefined ? undefined : await deps.sessions.refresh(refreshToken, client)
    return refreshed?.ok ? { status: 204, cookies: sessionCookies(deps, refreshed.value, csrfCookie) } : { status: 204 }
  },
})
