import { z } from 'zod'
import type { ChallengeId } from '../../../domain/ids.ts'
import type { Refusal } from '../../../http/error-codes.ts'
import { refuse } from '../../../http/error-codes.ts'
import { AttributeChanges } from '../profile-shapes.ts'
import { profileInput, refuseUnaskedProfile } from '../signup-profile.ts'
import { refuseField, refuseFlow, refuseScreenFailure } from '../flow-answers.ts'
import { refuseCountry } from '../phone-answers.ts'
import type { Call } from '../route.ts'
import { route } from '../route.ts'
import { AuthSession, Challenge, codeText, identifierText, passwordText, uuidText } from '../shapes.ts'
import { answerWithSession, AudienceQuery } from './login.ts'

const SignupBody = z.strictObject({ email: identifierText, password: passwordText, profile: AttributeChanges.optional() })
const ChallengeBody = z
  .strictObject({
    email: identifierText.optional(),
    phone: identifierText.optional().meta({ description: 'Where the settings have `phone` in `signup.identifications`.' }),
    password: passwordText.optional().meta({ description: 'Left out where passwords sign nobody in.' }),
    profile: AttributeChanges.optional(),
  })
  .refine((body) => (body.email === undefined) !== (body.phone === undefined), { message: 'give email or phone, not both', path: ['email'] })
  .meta({ oneOf: [{ required: ['email'] }, { required: ['phone'] }] })
export const VerifyBody = z.strictObject({ challenge_id: uuidText, code: codeText })

type Given = z.infer<typeof ChallengeBody>

const asksForCode = async ({ deps }: Call<unknown, unknown, unknown>) => (await deps.settings.policy()).signup.verification !== 'off'

async function submitSignup(call: Call<Given, unknown, unknown>) {
  const { deps, body, requester } = call
  const started = await deps.flows.start({ type: 'signup', tenantId: deps.tenantId, binding: '', returnTo: '/' })
  if (started.kind !== 'screen') return started
  const inputs = [
    { input: 'identify', identifier: body.email ?? body.phone ?? '' },
    ...(body.password === undefined ? [] : [{ input: 'new_password', password: body.password } as const]),
    ...(await profileInput(deps, body.profile)),
  ] as const
  return deps.flows.submit(started.stateToken, '', inputs, requester, call)
}

/** An address is given as one, and a number as one: what the field says is what is proven. */
async function refuseMisplaced({ deps, body }: Call<Given, unknown, unknown>): Promise<Refusal | undefined> {
  const identifier = body.phone === undefined ? 'email' : 'phone'
  const isAddress = (body.email ?? body.phone ?? '').includes('@')
  if (isAddress !== (identifier === 'email')) return refuseScreenFailure({ code: 'invalid_identifier' }, { identifier, password: 'password' })
  const { asksPassword: isAsked } = await deps.flows.signupBy(identifier)
  if (body.password === undefined) return isAsked ? refuseField('password', 'required', 'A password is needed.') : undefined
  return isAsked ? undefined : refuseField('password', 'not_taken', 'There is no password here: a code signs in.')
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
    if (await asksForCode(call)) return refuse('not_found')
    const unasked = (await refuseUnaskedProfile(call.deps, call.body.profile)) ?? (await refuseMisplaced(call))
    if (unasked) return unasked
    return answerWithSession(call, await submitSignup(call), 201)
  },
})

export const signupChallenge = route({
  method: 'POST',
  path: '/signup/challenges',
  operationId: 'createSignupChallenge',
  summary: 'Sends a code to the address or number of a new account. The answer is the same when there is an account.',
  access: 'public',
  needsCsrf: true,
  body: ChallengeBody,
  success: { status: 202, body: Challenge },
  errors: ['forbidden', 'not_found', 'rate_limited'],
  async handle(call) {
    const isOffered = call.body.phone === undefined ? await asksForCode(call) : (await call.deps.flows.signupBy('phone')).isOffered
    if (!isOffered) return refuse('not_found')
    const unasked = (await refuseUnaskedProfile(call.deps, call.body.profile)) ?? (await refuseMisplaced(call))
    if (unasked) return unasked
    const identifier = call.body.phone === undefined ? 'email' : 'phone'
    const answer = await submitSignup(call)
    if (answer.kind === 'refused') return answer.refusal === 'country_not_allowed' ? refuseCountry(identifier) : refuseFlow(answer.refusal, answer.retryAfterSeconds)
    if (answer.kind === 'screen' && answer.challengeId) return { status: 202, body: { challenge_id: answer.challengeId } }
    if (answer.kind === 'screen' && answer.screen.failure) {
      return refuseScreenFailure(answer.screen.failure, { identifier, password: 'password' })
    }
    throw new Error('a sign-up with verification neither sent a code nor was refused')
  },
})

export const verifySignupChallenge = route({
  method: 'POST',
  path: '/signup/challenges/verify',
  operationId: 'verifySignupChallenge',
  summary: 'Makes the account once the code that was sent is right, and signs in.',
  access: 'public',
  needsCsrf: true,
  body: VerifyBody,
  query: AudienceQuery,
  success: { status: 201, body: AuthSession },
  setsCookies: 'session',
  errors: ['forbidden', 'not_found', 'second_factor_required', 'rate_limited'],
  async handle(call) {
    const { deps, body, requester } = call
    if (!(await asksForCode(call)) && !(await deps.flows.signupBy('phone')).isOffered) return refuse('not_found')
    const inputs = [{ input: 'code', code: body.code }] as const
    return answerWithSession(call, await deps.flows.submitToChallenge(body.challenge_id as ChallengeId, 'signup', inputs, requester, call), 201)
  },
})
