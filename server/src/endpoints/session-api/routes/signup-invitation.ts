import { z } from 'zod'
import { AttributeChanges } from '../profile-shapes.ts'
import { profileInput, refuseUnaskedProfile } from '../signup-profile.ts'
import { refuseFlow } from '../flow-answers.ts'
import { route } from '../route.ts'
import { AuthSession, passwordText } from '../shapes.ts'
import { invitationText } from '../authentication-flows/flow-input.ts'
import { answerWithSession } from './login.ts'

export const signupWithInvitation = route({
  method: 'POST',
  path: '/signup',
  operationId: 'signupWithInvitation',
  summary: 'Makes the account that somebody was invited to, for the address that the invitation was sent to, and signs in: the invitation proves the address.',
  access: 'public',
  needsCsrf: true,
  body: z.strictObject({ invitation: invitationText, password: passwordText, profile: AttributeChanges.optional() }),
  success: { status: 201, body: AuthSession },
  setsCookies: 'session',
  errors: ['forbidden', 'second_factor_required', 'rate_limited'],
  async handle(call) {
    const { deps, body, requester } = call
    const unasked = await refuseUnaskedProfile(deps, body.profile)
    if (unasked) return unasked
    const started = await deps.flows.start({ type: 'signup', tenantId: deps.tenantId, binding: '', returnTo: '/' })
    if (started.kind !== 'screen') return refuseFlow(started.kind === 'refused' ? started.refusal : 'unexpected_input', undefined)
    const inputs = [
      { input: 'invitation', secret: body.invitation },
      { input: 'new_password', password: body.password },
      ...(await profileInput(deps, body.profile)),
    ] as const
    return answerWithSession(call, await deps.flows.submit(started.stateToken, '', inputs, requester, call), 201)
  },
})
