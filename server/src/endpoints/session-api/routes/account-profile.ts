import { z } from 'zod'
import { parseDisplayName } from '../../../services/accounts/index.ts'
import { actorOf } from '../../../services/sessions/index.ts'
import { refuseAccount } from '../account-answers.ts'
import { AttributeChanges, Profile, refuseAttributes, toProfileAttribute } from '../profile-shapes.ts'
import { route } from '../route.ts'

export const getProfile = route({
  method: 'GET',
  path: '/account/profile',
  operationId: 'getProfile',
  summary: 'What the person told about themself: the attributes they may read, and which of them they may change.',
  access: 'user',
  takesAnonymous: true,
  needsCsrf: false,
  success: { status: 200, body: Profile },
  errors: [],
  async handle({ deps, caller }) {
    const { user } = caller!
    const attributes = (await deps.profiles.list(user.id)).map(toProfileAttribute)
    return { status: 200, body: { display_name: user.displayName, picture_url: await deps.pictures.urlOf(user.id), attributes } }
  },
})

export const patchProfile = route({
  method: 'PATCH',
  path: '/account/profile',
  operationId: 'updateProfile',
  summary: 'Changes the display name, which an empty one removes, and attributes of the profile.',
  access: 'user',
  needsCsrf: true,
  body: z
    .strictObject({ display_name: z.string().max(400).optional(), attributes: AttributeChanges.optional() })
    .refine((body) => body.display_name !== undefined || body.attributes !== undefined, { message: 'give display_name or attributes', path: ['display_name'] })
    .meta({ minProperties: 1 }),
  success: { status: 204 },
  errors: ['rate_limited'],
  async handle(call) {
    const { deps, body } = call
    const actor = actorOf(call)
    const name = parseDisplayName(body.display_name ?? '')
    if (!name.ok) return refuseAccount(deps, actor, name.failure)
    if (body.attributes) {
      const changed = await deps.profiles.change(actor, Object.fromEntries(body.attributes.map((one) => [one.name, one.value])))
      if (!changed.ok) return changed.failure.code === 'rate_limited' ? refuseAccount(deps, actor, changed.failure) : refuseAttributes(changed.failure.faults)
    }
    const named = body.display_name === undefined ? undefined : await deps.accounts.changeDisplayName(actor, body.display_name)
    return named?.ok === false ? refuseAccount(deps, actor, named.failure) : { status: 204 }
  },
})
