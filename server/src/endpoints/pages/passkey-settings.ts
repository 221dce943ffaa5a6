import { isUuid } from '../../domain/ids.ts'
import type { PasskeyId } from '../../domain/ids.ts'
import { refuse } from '../../http/error-codes.ts'
import type { PasskeyFailure } from '../../services/passkeys/index.ts'
import { actorOf } from '../../services/sessions/index.ts'
import type { PageRoute } from './mount-page.ts'
import { saved, showSettings } from './settings.ts'
import type { TextId } from '../../languages/index.ts'
import type { Page, PageDeps, Visit } from './visit.ts'
import { reauthenticate } from './visit.ts'

const PROBLEMS = {
  invalid_passkey: 'problem.passkey_refused',
  invalid_passkey_name: 'problem.passkey_name_unusable',
  passkey_already_registered: 'problem.passkey_known',
  passkey_limit_reached: 'problem.passkey_limit',
  last_authenticator: 'problem.last_authenticator',
  last_required_factor: 'problem.last_required_factor',
} as const satisfies Partial<Record<PasskeyFailure['code'], TextId>>

/** The HTML rendering of what an operation on one's own passkeys may be refused for. */
function refusePasskey(visit: Visit, deps: PageDeps, failure: PasskeyFailure): Promise<Page> | Page {
  switch (failure.code) {
    case 'recent_authentication_required':
      return reauthenticate(deps, '/settings')
    case 'rate_limited':
      return { kind: 'refused', refusal: refuse('rate_limited', { retryAfterSeconds: failure.retryAfterSeconds }) }
    case 'not_found':
      return { kind: 'refused', refusal: refuse('not_found') }
    case 'invalid_passkey':
    case 'invalid_passkey_name':
    case 'passkey_already_registered':
    case 'passkey_limit_reached':
    case 'last_authenticator':
    case 'last_required_factor':
      return showSettings(visit, deps, { banner: { tone: 'error', text: visit.frame.say(PROBLEMS[failure.code]) } })
  }
}

function idIn(visit: Visit): PasskeyId | undefined {
  const id = visit.fields['passkey_id'] ?? ''
  return isUuid(id) ? (id as PasskeyId) : undefined
}

export const PASSKEY_SETTINGS_PAGES: readonly PageRoute[] = [
  {
    method: 'POST',
    path: '/settings/passkeys',
    access: 'user',
    async handle(visit, deps) {
      const { passkey_ceremony: ceremony = '', passkey_credential: credential = '', name = '' } = visit.fields
      const made = await deps.passkeys.finishRegistration(actorOf(visit), { ceremony, credential, name })
      return made.ok ? saved(deps, 'passkey_added') : refusePasskey(visit, deps, made.failure)
    },
  },
  {
    method: 'POST',
    path: '/settings/passkeys/rename',
    access: 'user',
    async handle(visit, deps) {
      const id = idIn(visit)
      if (!id) return { kind: 'refused', refusal: refuse('not_found') }
      const renamed = await deps.passkeys.rename(actorOf(visit), id, visit.fields['name'] ?? '')
      return renamed.ok ? saved(deps, 'passkey_renamed') : refusePasskey(visit, deps, renamed.failure)
    },
  },
  {
    method: 'POST',
    path: '/settings/passkeys/remove',
    access: 'user',
    async handle(visit, deps) {
      const id = idIn(visit)
      if (!id) return { kind: 'refused', refusal: refuse('not_found') }
      const removed = await deps.passkeys.remove(actorOf(visit), id)
      return removed.ok ? saved(deps, 'passkey_removed') : refusePasskey(visit, deps, removed.failure)
    },
  },
]
