import { z } from 'zod'
import { refuseField } from '../flow-answers.ts'
import { route } from '../route.ts'
import { AuthSession } from '../shapes.ts'
import { answerWithSession } from './login.ts'

export const endSessionsAtLogin = route({
  method: 'POST',
  path: '/login/end-sessions',
  operationId: 'endSessionsAtLogin',
  summary: 'Answers `session_limit_reached` of a sign-in: ends the sessions that were named, and signs in.',
  access: 'public',
  needsCsrf: true,
  body: z.strictObject({ authentication_challenge_id: z.string().min(1).max(8_192) }),
  success: { status: 200, body: AuthSession },
  setsCookies: 'session',
  errors: ['forbidden', 'session_limit_reached'],
  async handle(call) {
    const answer = await call.deps.flows.submit(call.body.authentication_challenge_id, '', [{ input: 'confirm_ending' }], call.requester, call)
    if (answer.kind === 'refused' && (answer.refusal === 'invalid_state' || answer.refusal === 'unexpected_input')) {
      return refuseField('authentication_challenge_id', 'invalid_challenge', 'The challenge is unknown, used or too old; begin again.')
    }
    return answerWithSession(call, answer, 200)
  },
})
