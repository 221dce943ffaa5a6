import { z } from 'zod'
import { refuseField } from '../flow-answers.ts'
import { route } from '../route.ts'
import { AuthSession, passwordText } from '../shapes.ts'
import { answerWithSession } from './login.ts'

export const changePasswordAtLogin = route({
  method: 'POST',
  path: '/login/new-password',
  operationId: 'changePasswordAtLogin',
  summary: 'Answers `password_change_required` of a sign-in with another password, and signs in; other sessions end.',
  access: 'public',
  needsCsrf: true,
  body: z.strictObject({ authentication_challenge_id: z.string().min(1).max(4_096), new_password: passwordText }),
  success: { status: 200, body: AuthSession },
  setsCookies: 'session',
  errors: ['forbidden', 'session_limit_reached', 'rate_limited'],
  async handle(call) {
    const { deps, requester } = call
    const { authentication_challenge_id: challenge, new_password: password } = call.body
    const invalid = () => refuseField('authentication_challenge_id', 'invalid_challenge', 'The challenge is unknown, used or too old; begin again.')
    // A state of another flow takes a new password too, and ends without a session.
    if (deps.flows.typeOf(challenge) !== 'login') return invalid()
    const answer = await deps.flows.submit(challenge, '', [{ input: 'new_password', password }], requester, call)
    const isInvalid = answer.kind === 'refused' && (answer.refusal === 'invalid_state' || answer.refusal === 'unexpected_input')
    return isInvalid ? invalid() : answerWithSession(call, answer, 200, { identifier: 'email', password: 'new_password' })
  },
})
