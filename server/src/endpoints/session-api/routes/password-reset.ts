import { z } from 'zod'
import type { ChallengeId } from '../../../domain/ids.ts'
import { refuseFlow, refuseScreenFailure } from '../flow-answers.ts'
import { refuseCountry } from '../phone-answers.ts'
import { route } from '../route.ts'
import { Challenge, identifierText, passwordText, uuidText } from '../shapes.ts'
import { VerifyBody } from './signup.ts'

const FIELDS = { identifier: 'email', password: 'new_password' }

export const passwordResetChallenge = route({
  method: 'POST',
  path: '/password-reset/challenges',
  operationId: 'createPasswordResetChallenge',
  summary: 'Takes the new password and sends a code to the address or number; says nothing of whether there is an account.',
  access: 'public',
  needsCsrf: true,
  body: z
    .strictObject({
      email: identifierText.optional(),
      phone: identifierText.optional().meta({ description: 'Where the settings have `phone` in `recovery.destinations`.' }),
      new_password: passwordText,
    })
    .refine((body) => (body.email === undefined) !== (body.phone === undefined), { message: 'give email or phone, not both', path: ['email'] })
    .meta({ oneOf: [{ required: ['email', 'new_password'] }, { required: ['phone', 'new_password'] }] }),
  success: { status: 202, body: Challenge },
  errors: ['forbidden', 'rate_limited'],
  async handle({ deps, body, requester }) {
    const start = { type: 'account_recovery', definition: 'password_first', tenantId: deps.tenantId, binding: '', returnTo: '/' } as const
    const started = await deps.flows.start(start)
    if (started.kind !== 'screen') return refuseFlow('unexpected_input', undefined)
    const inputs = [
      { input: 'identify', identifier: body.email ?? body.phone ?? '' },
      { input: 'new_password', password: body.new_password },
    ] as const
    const answer = await deps.flows.submit(started.stateToken, '', inputs, requester)
    const identifier = body.phone === undefined ? 'email' : 'phone'
    if (answer.kind === 'refused') return answer.refusal === 'country_not_allowed' ? refuseCountry(identifier) : refuseFlow(answer.refusal, answer.retryAfterSeconds)
    if (answer.kind === 'screen' && answer.challengeId) return { status: 202, body: { challenge_id: answer.challengeId } }
    if (answer.kind === 'screen' && answer.screen.failure) return refuseScreenFailure(answer.screen.failure, { ...FIELDS, identifier })
    throw new Error('a recovery neither sent a code nor was refused')
  },
})

export const verifyPasswordResetChallenge = route({
  method: 'POST',
  path: '/password-reset/challenges/verify',
  operationId: 'verifyPasswordResetChallenge',
  summary: 'Sets the new password once the code that was sent is right, and ends every session of the account.',
  access: 'public',
  needsCsrf: true,
  body: VerifyBody,
  success: { status: 204 },
  errors: ['forbidden', 'rate_limited'],
  async handle(call) {
    const inputs = [{ input: 'code', code: call.body.code }] as const
    const answer = await call.deps.flows.submitToChallenge(call.body.challenge_id as ChallengeId, 'account_recovery', inputs, call.requester, { deviceSecret: undefined, knownSecret: call.knownSecret })
    if (answer.kind === 'finished') return { status: 204 }
    if (answer.kind === 'refused') return refuseFlow(answer.refusal, answer.retryAfterSeconds)
    return answer.screen.failure ? refuseScreenFailure(answer.screen.failure, FIELDS) : refuseFlow('unexpected_input', undefined)
  },
})

export const resendChallenge = route({
  method: 'POST',
  path: '/challenges/resend',
  operationId: 'resendChallenge',
  summary: 'Sends a new code for a challenge and voids the old one; silent about challenges that are not.',
  access: 'public',
  needsCsrf: true,
  body: z.strictObject({ challenge_id: uuidText }),
  success: { status: 204 },
  errors: ['forbidden', 'rate_limited'],
  async handle(call) {
    const { retryAfterSeconds } = await call.deps.flows.resendChallenge(call.body.challenge_id as ChallengeId, call.requester, call)
    return retryAfterSeconds === undefined ? { status: 204 } : refuseFlow('rate_limited', retryAfterSeconds)
  },
})
