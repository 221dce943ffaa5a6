import { refuse } from '../../../http/error-codes.ts'
import type { AnonymousSignUpFailure } from '../../../services/anonymous-users/index.ts'
import type { IssuedTokens } from '../../../services/sessions/index.ts'
import type { Answer, Call } from '../route.ts'
import { route } from '../route.ts'
import { sessionCookies } from '../session-cookies.ts'
import { AuthSession, toAuthSession, toAuthUser } from '../shapes.ts'
import { AudienceQuery } from './login.ts'

export const signupAnonymously = route({
  method: 'POST',
  path: '/anonymous/signup',
  operationId: 'signupAnonymously',
  summary: 'Makes an account without any identity and signs in to it, where the settings have `anonymous.is_allowed`. Whoever is signed in already stays who they are.',
  access: 'public',
  needsCsrf: true,
  query: AudienceQuery,
  success: { status: 200, body: AuthSession },
  setsCookies: 'session',
  errors: ['forbidden', 'rate_limited'],
  async handle(call) {
    const { deps, caller, refreshToken, requester } = call
    const refreshed = refreshToken === undefined ? undefined : await deps.sessions.refresh(refreshToken, requester)
    if (refreshed?.ok) return answerWith(call, refreshed.value)
    if (caller) return { status: 200, body: { user: toAuthUser(caller.user) } }
    // A cookie that was not looked at for want of tries may be a good one: a second account would take its place.
    if (refreshed?.failure.code === 'rate_limited') return refuse('rate_limited', { retryAfterSeconds: refreshed.failure.retryAfterSeconds })
    const made = await deps.anonymousUsers.signUp(requester)
    return made.ok ? answerWith(call, made.value) : refuseSignUp(made.failure)
  },
})

function answerWith({ deps, csrfCookie }: Call<unknown, unknown, unknown>, tokens: IssuedTokens): Answer {
  return { status: 200, body: toAuthSession(tokens, deps.hasTokensInBody), cookies: sessionCookies(deps, tokens, csrfCookie) }
}

function refuseSignUp(failure: AnonymousSignUpFailure): Answer {
  if (failure.code === 'not_offered') return refuse('forbidden')
  return refuse('rate_limited', { retryAfterSeconds: failure.retryAfterSeconds })
}
