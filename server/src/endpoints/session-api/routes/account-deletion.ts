import { z } from 'zod'
import { refuseField } from '../flow-answers.ts'
import { route } from '../route.ts'
import { AuthSession } from '../shapes.ts'
import { answerWithSession } from './login.ts'

export const cancelAccountDeletion = route({
  method: 'POST',
  path: '/login/cancel-deletion',
  operationId: 'cancelAccountDeletion',
  summary: 'Answers `account_deletion_scheduled` of a sign-in: keeps the account, and signs in.',
  access: 'public',
  needsCsrf: true,
  body: z.strictObject({ authentication_challenge_id: z.string().min(1).max(4_096) }),
  success: { status: 200, body: AuthSession },
  setsCookies: 'session',
  errors: ['forbidden', 'unauthorized', 'password_change_required', 'session_limit_reached'],
  async handle(call) {
    const { deps, body, requester } = call
    const answer = await deps.flows.submit(body.authentication_challenge_id, '', [{ input: 'cancel_deletion' }], requester, call)
    if (answer.kind === 'refused' && (answer.refusal === 'invalid_state' || answer.refusal === 'unexpected_input')) {
      return refuseField('authentication_challenge_id', 'invalid_challenge', 'The challenge is unknown, used or too old; begin again.')
    }
    return answerWithSession(call, answer, 200)
  },
})
