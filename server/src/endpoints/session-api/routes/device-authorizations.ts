import { z } from 'zod'
import type { Refusal } from '../../../http/error-codes.ts'
import { refuse } from '../../../http/error-codes.ts'
import type { DeviceAuthorization, DeviceFailure } from '../../../services/device-authorizations/index.ts'
import { actorOf } from '../../../services/sessions/index.ts'
import { route } from '../route.ts'
import { iso } from '../shapes.ts'

const USER_CODE_MAX_LENGTH = 40

const Asked = z.strictObject({ user_code: z.string().min(1).max(USER_CODE_MAX_LENGTH).meta({ description: 'As the device shows it; case, hyphens and blanks do not count.' }) })

const Device = z
  .object({
    user_code: z.string().meta({ description: 'To be compared with what the device shows.' }),
    client_id: z.string(),
    name: z.string(),
    first_party: z.boolean(),
    scopes: z.array(z.string()),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: 'DeviceAuthorization' })

/** The code is in the body, and never in an address that would be logged. */
export const lookUpDeviceAuthorization = route({
  method: 'POST',
  path: '/device-authorizations',
  operationId: 'lookUpDeviceAuthorization',
  summary: 'Finds a device that waits for an answer (RFC 8628) by the code it shows; no other session can answer it afterwards. Say who asks, and that only a person who began this themselves should allow it.',
  access: 'user',
  needsCsrf: true,
  body: Asked,
  success: { status: 200, body: Device },
  errors: ['not_found', 'rate_limited'],
  async handle(call) {
    const found = await call.deps.deviceAuthorizations.lookUp(call.body.user_code, actorOf(call))
    return found.ok ? { status: 200, body: describe(found.value) } : refuseDevice(found.failure)
  },
})

export const answerDeviceAuthorization = route({
  method: 'POST',
  path: '/device-authorizations/answer',
  operationId: 'answerDeviceAuthorization',
  summary: 'Lets a device in that was looked up in this session, or refuses it; once.',
  access: 'user',
  needsCsrf: true,
  body: Asked.extend({ answer: z.enum(['allow', 'refuse']) }),
  success: { status: 204 },
  errors: ['not_found', 'rate_limited'],
  async handle(call) {
    const answered = await call.deps.deviceAuthorizations.answer(call.body.user_code, actorOf(call), call.body.answer)
    return answered.ok ? { status: 204 } : refuseDevice(answered.failure)
  },
})

function describe({ userCode, client, scopes, expiresAt }: DeviceAuthorization): z.input<typeof Device> {
  return { user_code: userCode, client_id: client.clientId, name: client.name, first_party: client.isFirstParty, scopes: [...scopes], expires_at: iso(expiresAt) }
}

function refuseDevice(failure: DeviceFailure): Refusal {
  return failure.code === 'rate_limited' ? refuse('rate_limited', { retryAfterSeconds: failure.retryAfterSeconds }) : refuse('not_found')
}
