import { z } from 'zod'
import { refuse } from '../../../http/error-codes.ts'
import type { FlowInput } from '../../../services/flows/index.ts'
import { actorOf } from '../../../services/sessions/index.ts'
import { refuseFlow } from '../flow-answers.ts'
import { refusePasskey } from '../passkey-answers.ts'
import { CredentialBody, RequestCeremony, toCeremony } from '../passkey-shapes.ts'
import { requireRecentAuthentication } from '../reauthentication.ts'
import type { Answer, Call } from '../route.ts'
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
    return (await deps.accounts.isRecentlyAuthenticated(caller!)) ? { status: 204 } : requireRecentAuthentication(deps, caller!)
  },
})

const challengeText = z.string().min(1).max(4_096)

export const reauthenticateWithPassword = route({
  method: 'POST',
  path: '/reauthenticate/password',
  operationId: 'reauthenticateWithPassword',
  summary: 'Answers a challenge with the password; the session gets new tokens.',
  access: 'user',
  needsCsrf: true,
  body: z.strictObject({ authentication_challenge_id: challengeText, password: passwordText }),
  success: { status: 204 },
  setsCookies: 'session',
  errors: ['invalid_authentication_challenge', 'second_factor_required', 'rate_limited'],
  handle: (call) => answerChallenge(call, call.body.authentication_challenge_id, { input: 'password', password: call.body.password }),
})

export const beginPasskeyReauthentication = route({
  method: 'POST',
  path: '/reauthenticate/passkey/options',
  operationId: 'createPasskeyReauthenticationOptions',
  summary: 'What `navigator.credentials.get()` needs to prove again who is signed in; names the passkeys of the account.',
  access: 'user',
  needsCsrf: true,
  success: { status: 200, body: RequestCeremony },
  errors: ['rate_limited'],
  async handle(call) {
    const { deps } = call
    const actor = actorOf(call)
    const begun = await deps.passkeys.beginReauthentication(actor)
    return begun.ok ? { status: 200, body: toCeremony(begun.value) } : refusePasskey(deps, actor, begun.failure)
  },
})

export const reauthenticateWithPasskey = route({
  method: 'POST',
  path: '/reauthenticate/passkey',
  operationId: 'reauthenticateWithPasskey',
  summary: 'Answers a challenge with a passkey of the account; the session gets new tokens.',
  access: 'user',
  needsCsrf: true,
  body: CredentialBody.extend({ authentication_challenge_id: challengeText }),
  success: { status: 204 },
  setsCookies: 'session',
  errors: ['invalid_authentication_challenge', 'rate_limited'],
  handle: (call) => answerChallenge(call, call.body.authentication_challenge_id, {
      input: 'passkey',
      ceremony: call.body.ceremony,
      credential: call.body.credential,
      // The session is the binding.
      binding: '',
    }),
})

/** The end of every proof that answers a re-authentication challenge: new tokens, or what is asked next. */
export async function answerChallenge(call: Call<unknown, unknown, unknown>, challengeId: string, input: FlowInput): Promise<Answer> {
  const { deps, caller, requester, refreshToken, csrfCookie } = call
  const answer = await deps.flows.submit(challengeId, caller!.session.id, [input], requester)
  if (answer.kind === 'screen') return refuseForSecondFactor(deps, answer) ?? refuse('unauthorized')
  if (answer.kind === 'refused') {
    return answer.refusal === 'rate_limited' ? refuseFlow(answer.refusal, answer.retryAfterSeconds) : refuse('invalid_authentication_challenge')
  }
  // Fresh tokens after a proof (OWASP ASVS 5.0, 7.2.4); a caller without the cookie refreshes by itself.
  const refreshed = refreshToken === undefined ? undefined : await deps.sessions.refresh(refreshToken, requester)
  return refreshed?.ok ? { status: 204, cookies: sessionCookies(deps, refreshed.value, csrfCookie) } : { status: 204 }
}
