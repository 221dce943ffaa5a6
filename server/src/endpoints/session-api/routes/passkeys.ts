import { z } from 'zod'
import type { PasskeyId } from '../../../domain/ids.ts'
import { actorOf } from '../../../services/sessions/index.ts'
import { refusePasskey } from '../passkey-answers.ts'
import { CreationCeremony, CredentialBody, Passkey, toCeremony, toPasskey } from '../passkey-shapes.ts'
import { route } from '../route.ts'
import { uuidText } from '../shapes.ts'

const Params = z.strictObject({ id: uuidText })
const nameText = z.string().max(400)

export const beginPasskey = route({
  method: 'POST',
  path: '/account/passkey/options',
  operationId: 'createPasskeyOptions',
  summary: 'What `navigator.credentials.create()` needs for a new passkey; wants a recent proof.',
  access: 'user',
  needsCsrf: true,
  success: { status: 200, body: CreationCeremony },
  errors: ['recent_authentication_required', 'passkey_limit_reached'],
  async handle(call) {
    const begun = await call.deps.passkeys.beginRegistration(actorOf(call))
    return begun.ok ? { status: 200, body: toCeremony(begun.value) } : refusePasskey(call.deps, actorOf(call), begun.failure)
  },
})

export const createPasskey = route({
  method: 'POST',
  path: '/account/passkeys',
  operationId: 'createPasskey',
  summary: 'Registers the passkey that the authenticator made; wants a recent proof. A ceremony is taken once.',
  access: 'user',
  needsCsrf: true,
  body: CredentialBody.extend({ name: nameText }),
  success: { status: 201, body: Passkey },
  errors: ['recent_authentication_required', 'passkey_already_registered', 'passkey_limit_reached'],
  async handle(call) {
    const made = await call.deps.passkeys.finishRegistration(actorOf(call), call.body)
    return made.ok ? { status: 201, body: toPasskey(made.value) } : refusePasskey(call.deps, actorOf(call), made.failure)
  },
})

export const listPasskeys = route({
  method: 'GET',
  path: '/account/passkeys',
  operationId: 'listPasskeys',
  summary: 'The passkeys of the account, oldest first, twenty at most.',
  access: 'user',
  needsCsrf: false,
  success: { status: 200, body: z.object({ passkeys: z.array(Passkey) }) },
  errors: [],
  async handle(call) {
    const passkeys = await call.deps.passkeys.list(actorOf(call))
    return { status: 200, body: { passkeys: passkeys.map(toPasskey) } }
  },
})

export const patchPasskey = route({
  method: 'PATCH',
  path: '/account/passkeys/:id',
  operationId: 'renamePasskey',
  summary: 'Gives a passkey another name.',
  access: 'user',
  needsCsrf: true,
  params: Params,
  body: z.strictObject({ name: nameText }),
  success: { status: 204 },
  errors: ['not_found'],
  async handle(call) {
    const renamed = await call.deps.passkeys.rename(actorOf(call), call.params.id as PasskeyId, call.body.name)
    return renamed.ok ? { status: 204 } : refusePasskey(call.deps, actorOf(call), renamed.failure)
  },
})

export const deletePasskey = route({
  method: 'DELETE',
  path: '/account/passkeys/:id',
  operationId: 'deletePasskey',
  summary: 'Removes a passkey and ends the other sessions; wants a recent proof.',
  access: 'user',
  needsCsrf: true,
  params: Params,
  success: { status: 204 },
  errors: ['not_found', 'recent_authentication_required', 'last_authenticator', 'last_required_factor'],
  async handle(call) {
    const removed = await call.deps.passkeys.remove(actorOf(call), call.params.id as PasskeyId)
    return removed.ok ? { status: 204 } : refusePasskey(call.deps, actorOf(call), removed.failure)
  },
})
