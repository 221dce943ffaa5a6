import { z } from 'zod'
import { MESSAGE_CHANNELS } from '../../domain/message.ts'
import type { Refusal } from '../../http/error-codes.ts'
import { refuse } from '../../http/error-codes.ts'
import type { PhoneChangeFailure, PhoneRecord } from '../../services/phones/index.ts'
import type { Actor } from '../../services/sessions/index.ts'
import { refuseField } from './flow-answers.ts'
import { requireRecentAuthentication } from './reauthentication.ts'
import type { SessionApiDeps } from './route.ts'
import { iso, uuidText } from './shapes.ts'

export const channelName = z.enum(MESSAGE_CHANNELS)
export const Phone = z.object({ id: uuidText, phone: z.string(), verified_at: z.iso.datetime(), created_at: z.iso.datetime() }).meta({ id: 'Phone' })

export function toPhone({ id, key, verifiedAt, createdAt }: PhoneRecord): z.infer<typeof Phone> {
  return { id, phone: key, verified_at: iso(verifiedAt), created_at: iso(createdAt) }
}

/** The JSON rendering of what a change of numbers may be refused for. */
export async function refusePhone(deps: SessionApiDeps, actor: Actor, failure: PhoneChangeFailure): Promise<Refusal> {
  switch (failure.code) {
    case 'recent_authentication_required':
      return requireRecentAuthentication(deps, actor)
    case 'invalid_phone':
      return refuseField('phone', 'invalid_phone', 'This number cannot be used.')
    case 'country_not_allowed':
      return refuseCountry('phone')
    case 'wrong_code':
      return refuseField('code', 'wrong_code', 'The code is not right.')
    case 'code_exhausted':
      return refuseField('code', 'code_exhausted', 'The code is used up or too old; ask for a new one.')
    case 'last_phone':
    case 'last_required_factor':
    case 'phone_limit_reached':
    case 'not_found':
      return refuse(failure.code)
    case 'rate_limited':
      return refuse('rate_limited', { retryAfterSeconds: failure.retryAfterSeconds })
  }
}

export function refuseCountry(field: string): Refusal {
  return refuseField(field, 'country_not_allowed', 'Numbers of this country are not written to.')
}
