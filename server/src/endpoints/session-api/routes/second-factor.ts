import { z } from 'zod'
import { refuse } from '../../../http/error-codes.ts'
import type { FlowInput } from '../../../services/flows/index.ts'
import { refuseField } from '../flow-answers.ts'
import { route } from '../route.ts'
import { AuthSession, codeText } from '../shapes.ts'
import { answerWithSession } from './login.ts'
import { answerChallenge } from './reauthenticate.ts'

const recoveryCodeText = z.string().min(1).max(40)
const challengeText = z.string().min(1).max(4_096)
const Proof = z.strictObject({ authentication_challenge_id: challengeText, totp_code: codeText.optional(), recovery_code: recoveryCodeText.optional() })
const ProofAtSignIn = Proof.extend({ remember_device: z.boolean().optional() })

/** Exactly one proof; undefined otherwise. */
function inputOf(body: z.infer<typeof ProofAtSignIn>): FlowInput | undefined {
  const { totp_code: totp, recovery_code: recovery, remember_device: trustsDevice = false } = body
  if (totp !== undefined && recovery === undefined) return { input: 'totp', code: totp, trustsDevice }
  if (recovery !== undefined && totp === undefined) return { input: 'recovery_code', code: recovery, trustsDevice }
  return undefined
}

const refuseCount = () => refuseField('body', 'invalid_proof', 'Send either totp_code or recovery_code.')

export const proveSecondFactor = route({
  method: 'POST',
  path: '/second-factor',
  operationId: 'proveSecondFactor',
  summary: 'Answers `second_factor_required` of a sign-in or sign-up, and signs in.',
  access: 'public',
  needsCsrf: true,
  body: ProofAtSignIn,
  success: { status: 200, body: AuthSession },
  setsCookies: 'session',
  errors: ['forbidden', 'unauthorized', 'password_change_required', 'rate_limited'],
  async handle(call) {
    const { deps, body, client, deviceSecret } = call
    const input = inputOf(body)
    if (!input) return refuseCount()
    const answer = await deps.flows.submit(body.authentication_challenge_id, '', [input], client, deviceSecret)
    if (answer.kind === 'refused' && (answer.refusal === 'invalid_state' || answer.refusal === 'unexpected_input')) {
      return refuseField('authentication_challenge_id', 'invalid_challenge', 'The challenge is unknown, used or too old; begin again.')
    }
    if (answer.kind === 'screen' && answer.screen.failure?.code === 'wrong_code') return refuse('unauthorized')
    return answerWithSession(call, answer, 200)
  },
})

export const reauthenticateWithSecondFactor = route({
  method: 'POST',
  path: '/reauthenticate/second-factor',
  operationId: 'reauthenticateWithSecondFactor',
  summary: 'Answers `second_factor_required` of a re-authentication; the session gets new tokens.',
  access: 'user',
  needsCsrf: true,
  body: Proof,
  success: { status: 204 },
  setsCookies: 'session',
  errors: ['invalid_authentication_challenge', 'rate_limited'],
  handle(call) {
    const input = inputOf(call.body)
    return input ? answerChallenge(call, call.body.authentication_challenge_id, input) : Promise.resolve(refuseCount())
  },
})
