import { z } from 'zod'
import { refuse } from '../../../http/error-codes.ts'
import type { FlowAnswer } from '../../../services/flows/index.ts'
import { refuseFlow, refuseScreenFailure } from '../flow-answers.ts'
import type { Answer, Call, SessionApiDeps } from '../route.ts'
import { CredentialBody, RequestCeremony, toCeremony } from '../passkey-shapes.ts'
import { route } from '../route.ts'
import { refuseForPasswordChange } from '../password-change-answers.ts'
import { refuseForSecondFactor } from '../second-factor-answers.ts'
import { knownCookie, sessionCookies } from '../session-cookies.ts'
import { refuseForSessionLimit } from '../session-limit-answers.ts'
import { AuthSession, identifierText, passwordText, toAuthSession } from '../shapes.ts'

const Body = z
  .strictObject({ identifier: identifierText.optional(), email: identifierText.optional(), password: passwordText })
  .refine((body) => (body.identifier === undefined) !== (body.email === undefined), { message: 'give identifier or email, not both', path: ['identifier'] })
  .meta({ oneOf: [{ required: ['identifier'] }, { required: ['email'] }] })

/** The audience of the application; there is no other, and a wish for one is refused rather than ignored. */
export const AudienceQuery = z.strictObject({ audience: z.literal('app').optional() })

export const login = route({
  method: 'POST',
  path: '/login',
  operationId: 'login',
  summary: 'Signs in with an email address or username and a password.',
  access: 'public',
  needsCsrf: true,
  body: Body,
  query: AudienceQuery,
  success: { status: 200, body: AuthSession },
  setsCookies: 'session',
  errors: ['unauthorized', 'second_factor_required', 'account_deletion_scheduled', 'password_change_required', 'forbidden', 'session_limit_reached', 'rate_limited'],
  async handle(call) {
    const { deps, body, requester } = call
    deps.flows.expectRoomForPassword()
    const started = await deps.flows.start({ type: 'login', tenantId: deps.tenantId, binding: '', returnTo: '/' })
    if (started.kind !== 'screen') return refuseFlow(started.kind === 'refused' ? started.refusal : 'unexpected_input', undefined)
    const identifier = body.identifier ?? body.email ?? ''
    const answer = await deps.flows.submit(
      started.stateToken,
      '',
      [
        { input: 'identify', identifier },
        { input: 'password', password: body.password },
      ],
      requester,
      call,
    )
    return answerWithSession(call, answer, 200)
  },
})

export const beginPasskeyLogin = route({
  method: 'POST',
  path: '/login/passkey/options',
  operationId: 'createPasskeyLoginOptions',
  summary: 'What `navigator.credentials.get()` needs to sign in with any passkey; the same for everybody.',
  access: 'public',
  needsCsrf: true,
  success: { status: 200, body: RequestCeremony },
  errors: ['forbidden', 'rate_limited'],
  async handle({ deps, csrfCookie, requester }) {
    const begun = await deps.passkeys.beginSignIn(deps.csrf.bindingOf(csrfCookie), requester)
    if (begun.ok) return { status: 200, body: toCeremony(begun.value) }
    return refuseFlow('rate_limited', begun.failure.code === 'rate_limited' ? begun.failure.retryAfterSeconds : undefined)
  },
})

export const loginWithPasskey = route({
  method: 'POST',
  path: '/login/passkey',
  operationId: 'loginWithPasskey',
  summary: 'Signs in with a passkey; a ceremony is taken once, by the browser it was begun in.',
  access: 'public',
  needsCsrf: true,
  body: CredentialBody,
  query: AudienceQuery,
  success: { status: 200, body: AuthSession },
  setsCookies: 'session',
  errors: ['unauthorized', 'account_deletion_scheduled', 'forbidden', 'session_limit_reached', 'rate_limited'],
  async handle(call) {
    const { deps, body, requester } = call
    const started = await deps.flows.start({ type: 'login', tenantId: deps.tenantId, binding: '', returnTo: '/' })
    if (started.kind !== 'screen') return refuseFlow(started.kind === 'refused' ? started.refusal : 'unexpected_input', undefined)
    const input = { input: 'passkey', ...body, binding: deps.csrf.bindingOf(call.csrfCookie) } as const
    return answerWithSession(call, await deps.flows.submit(started.stateToken, '', [input], requester, { deviceSecret: undefined, knownSecret: call.knownSecret }), 200)
  },
})

/** The end of every flow that signs somebody in. */
export async function answerWithSession(
  call: Call<unknown, unknown, unknown>,
  answer: FlowAnswer,
  status: 200 | 201,
  fields = { identifier: 'email', password: 'password' },
): Promise<Answer> {
  switch (answer.kind) {
    case 'finished':
      if (!answer.tokens) throw new Error('the flow finished without a session')
      // The caller's earlier session is replaced, not left behind alive.
      if (call.refreshToken !== undefined) await call.deps.sessions.endByRefreshToken(call.refreshToken, call.requester)
      return {
        status,
        body: { ...toAuthSession(answer.tokens, call.deps.hasTokensInBody), ...(answer.recoveryCodes ? { recovery_codes: answer.recoveryCodes } : {}) },
        cookies: [...sessionCookies(call.deps, answer.tokens, call.csrfCookie), ...deviceCookies(call.deps, answer)],
      }
    case 'refused':
      return refuseFlow(answer.refusal, answer.retryAfterSeconds)
    case 'screen':
      const { screen, stateToken } = answer
      const further =
        refuseForSecondFactor(call.deps, answer) ?? refuseForPasswordChange(call.deps, screen, stateToken) ?? refuseForSessionLimit(call.deps, screen, stateToken)
      if (further) return further
      // What is no address and no username belongs to nobody: the same answer as an unknown one.
      if (answer.screen.failure?.code === 'invalid_identifier' && answer.screen.flow === 'login') return refuse('unauthorized')
      if (answer.screen.failure) return refuseScreenFailure(answer.screen.failure, fields)
      return refuseFlow('unexpected_input', undefined)
  }
}

function deviceCookies(deps: SessionApiDeps, { deviceTrust, knownDevice }: Extract<FlowAnswer, { kind: 'finished' }>): string[] {
  const trust = deviceTrust ? [deps.jar.device(deviceTrust.secret, deviceTrust.expiresAt, deps.clock.now())] : []
  return knownDevice ? [...trust, knownCookie(deps, knownDevice)] : trust
}
