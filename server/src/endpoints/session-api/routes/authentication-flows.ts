import { z } from 'zod'
import type { FlowType } from '../../../flow/index.ts'
import { returnPath } from '../../../http/local-path.ts'
import type { Refusal } from '../../../http/error-codes.ts'
import { refuse } from '../../../http/error-codes.ts'
import type { FlowAnswer, FlowCeremony, FlowInput } from '../../../services/flows/index.ts'
import { FlowAction, toFlowAction } from '../authentication-flows/flow-action.ts'
import { FlowInputBody, toFlowInput } from '../authentication-flows/flow-input.ts'
import { refuseField, refuseFlow, refuseScreenFailure } from '../flow-answers.ts'
import { eventsUrlOf } from '../authentication-flows/events.ts'
import type { Answer, Call, SessionApiDeps } from '../route.ts'
import { route } from '../route.ts'
import { sessionCookies } from '../session-cookies.ts'
import { answerWithSession } from './login.ts'

/** As many as a flow has steps, with room. */
const MAX_BATCH = 10
const FlowTypeName = z.enum(['signup', 'login', 'signup_login', 'promote', 'reauth', 'account_recovery'])
const stateTokenText = z.string().min(1).max(8_192)
const Batch = z.array(FlowInputBody).min(1).max(MAX_BATCH)

const FlowState = z
  .object({
    state_token: z.string().optional().meta({ description: 'Immutable: each input gives a new one, and an earlier one goes back. Absent once the flow is finished.' }),
    type: FlowTypeName,
    name: z.string(),
    action: FlowAction,
  })
  .meta({ id: 'AuthenticationFlow' })

const errors = ['unauthorized', 'promotion_required', 'second_factor_required', 'forbidden', 'session_limit_reached', 'rate_limited'] as const

export const createAuthenticationFlow = route({
  method: 'POST',
  path: '/authentication_flows',
  operationId: 'createAuthenticationFlow',
  summary: 'Begins a flow for a custom screen, and walks as far as `batch_input` leads.',
  access: 'public',
  needsCsrf: true,
  takesScreens: true,
  body: z.strictObject({
    request: z
      .string()
      .max(64)
      .optional()
      .meta({ description: 'The `request` that a custom sign-in screen was opened with. Then no cookie has a part, no CSRF token is needed, `finish_redirect_uri` is where the browser goes to be signed in, and `promote` and `return_to` are refused.' }),
    type: FlowTypeName,
    name: z.string().min(1).max(40).meta({ description: '`default`, or a flow of this type that the settings declare.' }),
    return_to: z.string().max(2_048).optional().meta({ description: 'A local path; comes back as `finish_redirect_uri`, unless there is a `request`.' }),
    batch_input: Batch.optional(),
    channel_choice: z.boolean().optional().meta({ description: 'This screen can show `select_oob_otp_channels_data`: it is asked wherever a telephone can be written to by several channels and the input named none. Otherwise the first is taken.' }),
    passkey_support: z.boolean().optional().meta({ description: 'This browser can create passkeys: a sign-up or sign-in may then end with `prompt_create_passkey`.' }),
  }),
  success: { status: 200, body: FlowState },
  setsCookies: 'session_if_finished',
  errors: [...errors, 'not_found'],
  async handle(call) {
    const { deps, body, caller, waiting } = call
    if (waiting && body.return_to !== undefined) return refuseField('return_to', 'unexpected', 'The request says where the browser goes back to.')
    const isOfSession = belongsToSession(body.type)
    const session = waiting ? waiting.session : caller && { id: caller.session.id, userId: caller.user.id }
    if (waiting && body.type === 'promote') return refuse('forbidden')
    if (isOfSession && !session) return refuse('unauthorized')
    if (body.type === 'reauth' && caller?.user.isAnonymous) return refuse('promotion_required')
    if (body.type === 'promote' && !caller?.user.isAnonymous) return refuse('forbidden')
    const started = await deps.flows.start({
      type: body.type,
      name: body.name,
      tenantId: deps.tenantId,
      binding: bindingOf(body.type, call),
      returnTo: waiting?.resumePath ?? returnPath(body.return_to, { refusedPaths: [], fallback: '/' }),
      ...(waiting ? { request: waiting.uid } : {}),
      showsPasskeyPrompt: body.passkey_support ?? false,
      awaitsLinks: true,
      showsRecoveryCodes: true,
      showsChannels: body.channel_choice ?? false,
      ...(isOfSession && session ? { session } : {}),
    })
    if (started.kind !== 'screen' || !body.batch_input) return show(call, started)
    return submit(call, started.stateToken, body.batch_input)
  },
})

export const inputAuthenticationFlow = route({
  method: 'POST',
  path: '/authentication_flows/states/input',
  operationId: 'inputAuthenticationFlow',
  summary: 'Takes one input, or several in order up to the first that is refused; the state they were sent to stays usable.',
  access: 'public',
  needsCsrf: true,
  takesScreens: true,
  body: z
    .strictObject({ state_token: stateTokenText, input: FlowInputBody.optional(), batch_input: Batch.optional() })
    .refine((body) => (body.input === undefined) !== (body.batch_input === undefined), { message: 'give input or batch_input, not both', path: ['input'] }),
  success: { status: 200, body: FlowState },
  setsCookies: 'session_if_finished',
  errors,
  handle: (call) => submit(call, call.body.state_token, call.body.batch_input ?? [call.body.input!]),
})

export const getAuthenticationFlow = route({
  method: 'POST',
  path: '/authentication_flows/states',
  operationId: 'getAuthenticationFlow',
  summary: 'Where a state stands; changes nothing.',
  access: 'public',
  needsCsrf: true,
  takesScreens: true,
  body: z.strictObject({ state_token: stateTokenText }),
  success: { status: 200, body: FlowState },
  errors: ['unauthorized', 'forbidden'],
  async handle(call) {
    const { state_token: token } = call.body
    return show(call, await call.deps.flows.look(token, bindingOf(call.deps.flows.typeOf(token), call)))
  },
})

type AnyCall = Call<unknown, unknown, unknown>

/** Whether a flow is about who is signed in. */
const belongsToSession = (type: FlowType | undefined) => type === 'reauth' || type === 'promote'

/**
 * A flow about who is signed in belongs to the session, one for an authorization request to that request; any other state is
 * known by its unguessable token alone.
 */
function bindingOf(type: FlowType | undefined, { caller, waiting }: AnyCall): string {
  if (waiting) return `request:${waiting.uid}`
  return belongsToSession(type) ? (caller?.session.id ?? '') : ''
}

async function submit(call: AnyCall, stateToken: string, batch: z.infer<typeof Batch>): Promise<Answer> {
  const browser = call.deps.csrf.bindingOf(call.csrfCookie)
  const inputs: FlowInput[] = batch.map((one) => toFlowInput(one, browser))
  const binding = bindingOf(call.deps.flows.typeOf(stateToken), call)
  return show(call, await call.deps.flows.submit(stateToken, binding, inputs, call.requester, call))
}

async function show(call: AnyCall, answer: FlowAnswer): Promise<Answer> {
  if (answer.kind === 'refused') return refuseState(answer)
  if (answer.kind === 'finished') return finish(call, answer)
  const { failure, flow } = answer.screen
  if (failure?.code === 'invalid_identifier' && flow === 'login') return refuse('unauthorized')
  if (failure) return refuseScreenFailure(failure, { identifier: 'login_id', password: 'new_password', profile: 'attributes' })
  const ceremony = await ceremonyFor(call, answer)
  if (ceremony?.kind === 'refused') return refuseState(ceremony)
  const { messaging, login } = await call.deps.settings.policy()
  const beside = { canResendAt: await resendInstant(call.deps, answer), eventsUrl: await eventsUrlOf(call.deps, answer), mailedForm: login.emailCodeForm ?? 'code', channels: messaging.channels, ceremony }
  return { status: 200, body: { state_token: answer.stateToken, type: flow, name: answer.name, action: toFlowAction(call.deps, answer.screen, beside) } }
}

/** Where the step takes an answer of an authenticator that is bound to the flow. */
async function ceremonyFor(call: AnyCall, { screen, stateToken }: Extract<FlowAnswer, { kind: 'screen' }>): Promise<FlowCeremony | undefined> {
  const isTaken = screen.screen === 'prompt_create_passkey' || (screen.screen === 'authenticate_second_factor' && screen.authentications.includes('secondary_passkey'))
  return isTaken ? call.deps.flows.beginCeremony(stateToken, [bindingOf(screen.flow, call)], call.requester) : undefined
}

async function resendInstant(deps: SessionApiDeps, answer: Extract<FlowAnswer, { kind: 'screen' }>): Promise<number> {
  return answer.screen.screen === 'enter_one_time_code' ? deps.flows.canResendAt(answer.stateToken) : 0
}

async function finish(call: AnyCall, answer: Extract<FlowAnswer, { kind: 'finished' }>): Promise<Answer> {
  const { recoveryCodes } = answer
  const data = { type: 'finished_data', finish_redirect_uri: finishUriOf(call, answer), ...(recoveryCodes ? { recovery_codes: recoveryCodes } : {}) } as const
  const body = { type: answer.flow, name: answer.name, action: { type: 'finished', data } }
  if (call.waiting) return { status: 200, body }
  if (answer.tokens) return { ...(await answerWithSession(call, answer, 200)), body }
  if (answer.flow !== 'reauth' || call.refreshToken === undefined) return { status: 200, body }
  // Fresh tokens after a proof (OWASP ASVS 5.0, 7.2.4).
  const refreshed = await call.deps.sessions.refresh(call.refreshToken, call.requester)
  return { status: 200, body, ...(refreshed.ok ? { cookies: sessionCookies(call.deps, refreshed.value, call.csrfCookie) } : {}) }
}

/** Where the browser goes: to be signed in where the request waits, or, with a new password, to the screen once more. */
function finishUriOf({ deps, waiting }: AnyCall, { ticket, returnTo }: Extract<FlowAnswer, { kind: 'finished' }>): string {
  if (!waiting) return returnTo
  return ticket === undefined ? deps.handOvers.screenAfterReset(waiting) : deps.handOvers.finishUri(waiting, ticket)
}

function refuseState({ refusal, retryAfterSeconds }: Extract<FlowAnswer, { kind: 'refused' }>): Refusal {
  switch (refusal) {
    case 'invalid_state':
      return refuseField('state_token', 'invalid_state', 'The state is unknown, too old, or its flow is finished; begin again.')
    case 'unexpected_input':
      return refuseField('input', 'unexpected_input', 'This step does not take this input.')
    case 'country_not_allowed':
    case 'passkey_required':
    case 'password_required':
    case 'factor_not_offered':
    case 'unknown_flow':
    case 'account_disabled':
    case 'signup_closed':
    case 'invalid_invitation':
    case 'too_many_sessions':
    case 'identifier_taken':
    case 'rate_limited':
      return refuseFlow(refusal, retryAfterSeconds)
  }
}
