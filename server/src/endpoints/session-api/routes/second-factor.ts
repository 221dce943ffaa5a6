import { z } from 'zod'
import { refuse } from '../../../http/error-codes.ts'
import type { FlowInput } from '../../../services/flows/index.ts'
import { refuseField } from '../flow-answers.ts'
import { route } from '../route.ts'
import { CredentialBody } from '../passkey-shapes.ts'
import { AuthSession, codeText } from '../shapes.ts'
import { answerWithSession } from './login.ts'
import { challengeText } from './second-factor-requests.ts'
import { answerChallenge } from './reauthenticate.ts'

const recoveryCodeText = z.string().min(1).max(40)
const Proof = z.strictObject({
  authentication_challenge_id: challengeText,
  totp_code: codeText.optional(),
  email_code: codeText.optional(),
  sms_code: codeText.optional().meta({ description: 'A code sent to a telephone, whichever way.' }),
  passkey: CredentialBody.optional(),
  recovery_code: recoveryCodeText.optional(),
})
const ProofAtSignIn = Proof.extend({ remember_device: z.boolean().optional() })

/** Exactly one proof; undefined otherwise. */
function inputOf(body: z.infer<typeof ProofAtSignIn>): FlowInput | undefined {
  const { totp_code: totp, email_code: emailed, sms_code: messaged, passkey, recovery_code: recovery, remember_device: trustsDevice = false } = body
  const inputs: FlowInput[] = []
  if (totp !== undefined) inputs.push({ input: 'totp', code: totp, trustsDevice })
  if (emailed !== undefined) inputs.push({ input: 'code', code: emailed, trustsDevice })
  if (messaged !== undefined) inputs.push({ input: 'code', code: messaged, trustsDevice })
  // The flow is the binding.
  if (passkey !== undefined) inputs.push({ input: 'passkey', ...passkey, binding: '' })
  if (recovery !== undefined) inputs.push({ input: 'recovery_code', code: recovery, trustsDevice })
  return inputs.length === 1 ? inputs[0] : undefined
}

const refuseCount = () => refuseField('body', 'invalid_proof', 'Send one of totp_code, email_code, sms_code, passkey and recovery_code.')

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
  errors: ['forbidden', 'unauthorized', 'account_deletion_scheduled', 'password_change_required', 'session_limit_reached', 'rate_limited'],
  async handle(call) {
    const { deps, body, requester } = call
    const input = inputOf(body)
    if (!input) return refuseCount()
    const answer = await deps.flows.submit(body.authentication_challenge_id, '', [input], requester, call)
    if (answer.kind === 'refused' && (answer.refusal === 'invalid_state' || answer.refusal === 'unexpected_input')) {
      return refuseField('authentication_challenge_id', 'invalid_challenge', 'The challenge is unknown, used or too old; begin again.')
    }
    if (answer.kind === 'screen' && ['wrong_code', 'passkey_refused'].includes(answer.screen.failure?.code ?? '')) return refuse('unauthorized')
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
