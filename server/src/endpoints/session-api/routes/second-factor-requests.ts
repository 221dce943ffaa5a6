import { z } from 'zod'
import type { FlowAnswer, FlowCeremony, FlowInput } from '../../../services/flows/index.ts'
import { channelName } from '../phone-answers.ts'
import { MESSAGE_CHANNELS } from '../../../domain/message.ts'
import { refuseField, refuseFlow, refuseScreenFailure } from '../flow-answers.ts'
import { CreationCeremony, RequestCeremony, toCeremony } from '../passkey-shapes.ts'
import type { Answer, Call } from '../route.ts'
import { route } from '../route.ts'
import { iso } from '../shapes.ts'

/** What a caller of the API has to ask for before it can answer a challenge: that a code is sent, or options for an authenticator. */
export const challengeText = z.string().min(1).max(4_096)
const Body = z.strictObject({ authentication_challenge_id: challengeText })
const CodeBody = Body.extend({
  authentication: z.enum(['email_code', 'sms_code']),
  channel: channelName.optional().meta({ description: 'How a telephone is written to; otherwise as the settings prefer.' }),
  resend: z.boolean().optional().meta({ description: 'Voids the code of this challenge and sends another, once its pause is over.' }),
})

const SentCode = z
  .object({
    authentication_challenge: z.object({ id: z.string(), expires_at: z.iso.datetime() }).meta({ description: 'The challenge that the code answers.' }),
    masked_destination: z.string(),
    channel: z.enum(['email', ...MESSAGE_CHANNELS]),
    can_resend_at: z.iso.datetime(),
  })
  .meta({ id: 'SecondFactorCode' })

const BY_NAME = { email_code: 'secondary_oob_otp_email', sms_code: 'secondary_oob_otp_sms' } as const
const shared = { method: 'POST', needsCsrf: true } as const

export const sendSecondFactorCode = route({
  ...shared,
  path: '/second-factor/code',
  operationId: 'sendSecondFactorCode',
  summary: 'Sends the code that is to be the second factor of a sign-in.',
  access: 'public',
  body: CodeBody,
  success: { status: 202, body: SentCode },
  errors: ['forbidden', 'rate_limited'],
  handle: (call) => sendCode(call, ''),
})

export const sendReauthenticationCode = route({
  ...shared,
  path: '/reauthenticate/second-factor/code',
  operationId: 'sendReauthenticationCode',
  summary: 'Sends the code that is to be the second factor of a re-authentication.',
  access: 'user',
  body: CodeBody,
  success: { status: 202, body: SentCode },
  errors: ['rate_limited'],
  handle: (call) => sendCode(call, call.caller!.session.id),
})

export const beginSecondFactorPasskey = route({
  ...shared,
  path: '/second-factor/passkey/options',
  operationId: 'createSecondFactorPasskeyOptions',
  summary: 'What `navigator.credentials.get()` needs to answer a challenge by a passkey of the account.',
  access: 'public',
  body: Body,
  success: { status: 200, body: RequestCeremony },
  errors: ['forbidden', 'rate_limited'],
  async handle(call) {
    const ceremony = await begin(call)
    return ceremony.kind === 'request' ? { status: 200, body: toCeremony(ceremony.begun) } : refuseCeremony(ceremony)
  },
})

export const beginPromptedPasskey = route({
  ...shared,
  path: '/passkey-prompt/options',
  operationId: 'createPromptedPasskeyOptions',
  summary: 'What `navigator.credentials.create()` needs where a page offers to create a passkey at the end of a sign-in.',
  access: 'public',
  body: Body,
  success: { status: 200, body: CreationCeremony },
  errors: ['forbidden', 'rate_limited'],
  async handle(call) {
    const ceremony = await begin(call)
    return ceremony.kind === 'creation' ? { status: 200, body: toCeremony(ceremony.begun) } : refuseCeremony(ceremony)
  },
})

/** By the caller that the flow was begun for: an API client, this browser, or this session. */
function begin({ deps, body, csrfCookie, caller, requester }: Call<z.infer<typeof Body>, unknown, unknown>): Promise<FlowCeremony> {
  const bindings = ['', deps.csrf.bindingOf(csrfCookie), ...(caller ? [caller.session.id] : [])]
  return deps.flows.beginCeremony(body.authentication_challenge_id, bindings, requester)
}

async function sendCode(call: Call<z.infer<typeof CodeBody>, unknown, unknown>, binding: string): Promise<Answer> {
  const { deps, body, requester } = call
  const { channel } = body
  const authentication = BY_NAME[body.authentication]
  const input: FlowInput = body.resend === true ? { input: 'resend', channel } : { input: 'choose', authentication, channel }
  return answerSent(deps, await deps.flows.submit(body.authentication_challenge_id, binding, [input], requester, call), authentication)
}

async function answerSent(deps: Call<unknown, unknown, unknown>['deps'], answer: FlowAnswer, authentication: (typeof BY_NAME)[keyof typeof BY_NAME]): Promise<Answer> {
  if (answer.kind === 'refused') return refuseBegin(answer)
  if (answer.kind !== 'screen' || answer.screen.screen !== 'enter_one_time_code' || answer.screen.authentication !== authentication) return refuseChallenge()
  if (answer.screen.failure) return refuseScreenFailure(answer.screen.failure, { identifier: 'email', password: 'password' })
  const canResendAt = await deps.flows.canResendAt(answer.stateToken)
  const challenge = { id: answer.stateToken, expires_at: iso(answer.expiresAt) }
  return { status: 202, body: { authentication_challenge: challenge, masked_destination: answer.screen.maskedDestination, channel: answer.screen.channel, can_resend_at: iso(canResendAt) } }
}

function refuseCeremony(ceremony: FlowCeremony): Answer {
  return ceremony.kind === 'refused' ? refuseBegin(ceremony) : refuseChallenge()
}

function refuseBegin({ refusal, retryAfterSeconds }: Extract<FlowAnswer, { kind: 'refused' }>): Answer {
  return refusal === 'invalid_state' || refusal === 'unexpected_input' ? refuseChallenge() : refuseFlow(refusal, retryAfterSeconds)
}

const refuseChallenge = () => refuseField('authentication_challenge_id', 'invalid_challenge', 'The challenge is unknown, used or too old, or takes no such proof; begin again.')
