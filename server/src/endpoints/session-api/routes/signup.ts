import { z } from 'zod'
import { refuse } from '../../../http/error-codes.ts'
import { AttributeChanges } from '../profile-shapes.ts'
import { profileInput, refuseUnaskedProfile } from '../signup-profile.ts'
import { refuseFlow, refuseScreenFailure } from '../flow-answers.ts'
import type { Call } from '../route.ts'
import { route } from '../route.ts'
import { AuthSession, Challenge, codeText, identifierText, passwordText, uuidText } from '../shapes.ts'
import { answerWithSession, AudienceQuery } from './login.ts'
import type { ChallengeId } from '../../../domain/ids.ts'

const SignupBody = z.strictObject({ email: identifierText, password: passwordText, profile: AttributeChanges.optional() })
export const VerifyBody = z.strictObject({ challenge_id: uuidText, code: codeText })

const isVerified = async ({ deps }: Call<unknown, unknown, unknown>) => (await deps.settings.policy()).signup.verification === 'required'

async function submitSignup(call: Call<z.infer<typeof SignupBody>, unknown, unknown>) {
  const { deps, body, client } = call
  const started = await deps.flows.start({ type: 'signup', tenantId: deps.tenantId, binding: '', returnTo: '/' })
  if (started.kind !== 'screen') return started
  const inputs = [
    { input: 'identify', identifier: body.email },
    { input: 'new_password', password: body.password },
    ...(await profileInput(deps, body.profile)),
  ] as const
  return deps.flows.submit(started.stateToken, '', inputs, client, call)
}

export const signupDirect = route({
  method: 'POST',
  path: '/signup/direct',
  operationId: 'signupDirect',
  summary: 'Makes an account and signs in, without proof of the address. Only where the settings have `signup.verification: off`.',
  access: 'public',
  needsCsrf: true,
  body: SignupBody,
  query: AudienceQuery,
  success: { status: 201, body: AuthSession },
  setsCookies: 'session',
  errors: ['forbidden', 'not_found', 'second_factor_required', 'rate_limited'],
  async handle(call) {
    if (await isVerified(call)) return refuse('not_found')
    const unasked = await refuseUnaskedProfile(call.deps, call.body.profile)
    if (unasked) return unasked
    return answerWithSession(call, await submitSignup(call), 201)
  },
})

export const signupChallenge = route({
  method: 'POST',
  path: '/signup/challenges',
  operationId: 'createSignupChallenge',
  summary: 'Sends a code to the address of a new account. The answer is the same when the address has an account.',
  access: 'public',
  needsCsrf: true,
  body: SignupBody,
  success: { status: 202, body: Challenge },
  errors: ['forbidden', 'not_found', 'rate_limited'],
  async handle(call) {
    if (!(await isVerified(call))) return refuse('not_found')
    const unasked = await refuseUnaskedProfile(call.deps, call.body.profile)
    if (unasked) return unasked
    const answer = await submitSignup(call)
    if (answer.kind === 'refused') return refuseFlow(answer.refusal, answer.retryAfterSeconds)
    if (answer.kind === 'screen' && answer.challengeId) return { status: 202, body: { challenge_id: answer.challengeId } }
    if (answer.kind === 'screen' && answer.screen.failure) {
      return refuseScreenFailure(answer.screen.failure, { identifier: 'email', password: 'password' })
    }
    throw new Error('a sign-up with verification neither sent a code nor was refused')
  },
})

export const verifySignupChallenge = route({
  method: 'POST',
  path: '/signup/challenges/verify',
  operationId: 'verifySignupChallenge',
  summary: 'Makes the account once the emailed code is right, and signs in.',
  access: 'public',
  needsCsrf: true,
  body: VerifyBody,
  query: AudienceQuery,
  success: { status: 201, body: AuthSession },
  setsCookies: 'session',
  errors: ['forbidden', 'not_found', 'second_factor_required', 'rate_limited'],
  async handle(call) {
    const { deps, body, client } = call
    if (!(await isVerified(call))) return refuse('not_found')
    const inputs = [{ input: 'code', code: body.code }] as const
    return answerWithSession(call, await deps.flows.submitToChallenge(body.challenge_id as ChallengeId, 'signup', inputs, client, call), 201)
  },
})
