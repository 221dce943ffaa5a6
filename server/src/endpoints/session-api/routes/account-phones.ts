import { z } from 'zod'
import type { ChallengeId, IdentityId } from '../../../domain/ids.ts'
import { actorOf } from '../../../services/sessions/index.ts'
import { channelName, Phone, refusePhone, toPhone } from '../phone-answers.ts'
import { route } from '../route.ts'
import { Challenge, codeText, identifierText, uuidText } from '../shapes.ts'

const post = { method: 'POST', access: 'user', needsCsrf: true } as const

export const listPhones = route({
  method: 'GET',
  path: '/account/phones',
  operationId: 'listPhones',
  summary: 'The verified telephone numbers of the account, and the channels that codes can be sent by; oldest first.',
  access: 'user',
  needsCsrf: false,
  success: { status: 200, body: z.object({ phones: z.array(Phone), channels: z.array(channelName) }) },
  errors: [],
  async handle(call) {
    const phones = await call.deps.phones.list(actorOf(call))
    return { status: 200, body: { phones: phones.map(toPhone), channels: await call.deps.phones.channels() } }
  },
})

export const requestPhone = route({
  ...post,
  path: '/account/phone-challenges',
  operationId: 'createPhoneChallenge',
  summary: 'Sends a code to a telephone number; wants a recent proof. The answer is the same when another account has the number.',
  body: z.strictObject({ phone: identifierText, channel: channelName.optional() }),
  success: { status: 202, body: Challenge },
  errors: ['recent_authentication_required', 'phone_limit_reached', 'rate_limited'],
  async handle(call) {
    const requested = await call.deps.phones.request(actorOf(call), { number: call.body.phone, channel: call.body.channel })
    return requested.ok ? { status: 202, body: { challenge_id: requested.value.challengeId } } : refusePhone(call.deps, actorOf(call), requested.failure)
  },
})

export const resendPhoneCode = route({
  ...post,
  path: '/account/phone-challenges/resend',
  operationId: 'resendPhoneChallenge',
  summary: 'Sends the code again once its pause is over, by the same channel or another one; the earlier code is void then.',
  body: z.strictObject({ challenge_id: uuidText, channel: channelName.optional() }),
  success: { status: 204 },
  errors: ['not_found', 'rate_limited'],
  async handle(call) {
    const sent = await call.deps.phones.resend(actorOf(call), call.body.challenge_id as ChallengeId, call.body.channel)
    return sent.ok ? { status: 204 } : refusePhone(call.deps, actorOf(call), sent.failure)
  },
})

export const verifyPhone = route({
  ...post,
  path: '/account/phone-challenges/verify',
  operationId: 'verifyPhoneChallenge',
  summary: 'Adds the number once the code sent to it is right. The owner is told by mail.',
  body: z.strictObject({ challenge_id: uuidText, code: codeText }),
  success: { status: 204 },
  errors: ['recent_authentication_required', 'phone_limit_reached', 'rate_limited'],
  async handle(call) {
    const verified = await call.deps.phones.verify(actorOf(call), call.body.challenge_id as ChallengeId, call.body.code)
    return verified.ok ? { status: 204 } : refusePhone(call.deps, actorOf(call), verified.failure)
  },
})

export const removePhone = route({
  method: 'DELETE',
  path: '/account/phones/:id',
  operationId: 'removePhone',
  summary: 'Removes a number, never the last way to recover the account; wants a recent proof. The owner is told by mail.',
  access: 'user',
  needsCsrf: true,
  params: z.strictObject({ id: uuidText }),
  success: { status: 204 },
  errors: ['not_found', 'recent_authentication_required', 'last_phone', 'last_required_factor'],
  async handle(call) {
    const removed = await call.deps.phones.remove(actorOf(call), call.params.id as IdentityId)
    return removed.ok ? { status: 204 } : refusePhone(call.deps, actorOf(call), removed.failure)
  },
})
