import { EXPORT_FILE_NAME } from '../../services/exports/index.ts'
import { actorOf } from '../../services/sessions/index.ts'
import type { PageRoute } from './mount-page.ts'
import { reauthenticate } from './visit.ts'

export const EXPORT_PAGES: readonly PageRoute[] = [
  {
    method: 'GET',
    path: '/settings/export',
    access: 'user',
    takesAnonymous: true,
    async handle(visit, deps) {
      const begun = await deps.exports.begin(actorOf(visit))
      if (begun.ok) return { kind: 'file', content: begun.value, mediaType: 'application/json; charset=utf-8', fileName: EXPORT_FILE_NAME }
      return reauthenticate(deps, '/settings/export')
    },
  },
]
