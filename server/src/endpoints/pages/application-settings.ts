import { refuse } from '../../http/error-codes.ts'
import type { PageRoute } from './mount-page.ts'
import { saved } from './settings.ts'

export const APPLICATION_SETTINGS_PAGES: readonly PageRoute[] = [
  {
    method: 'POST',
    path: '/settings/applications/remove',
    access: 'user',
    async handle(visit, deps) {
      const isRemoved = await deps.applications.remove(visit.caller!.user.id, visit.fields['client_id'] ?? '', visit.requester)
      return isRemoved ? saved(deps, 'application_ended') : { kind: 'refused', refusal: refuse('not_found') }
    },
  },
]
