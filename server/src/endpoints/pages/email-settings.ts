import { isUuid } from '../../domain/ids.ts'
import type { IdentityId } from '../../domain/ids.ts'
import { refuse } from '../../http/error-codes.ts'
import { actorOf } from '../../services/sessions/index.ts'
import type { PageRoute } from './mount-page.ts'
import { refuseAccount, saved } from './settings.ts'
import type { Page, PageDeps, Visit } from './visit.ts'

/** What is done with one of the addresses. */
async function changeEmail(visit: Visit, deps: PageDeps, change: 'makeEmailPrimary' | 'removeEmail'): Promise<Page> {
  const id = visit.fields['email_id'] ?? ''
  if (!isUuid(id)) return { kind: 'refused', refusal: refuse('not_found') }
  const changed = await deps.accounts[change](actorOf(visit), id as IdentityId)
  if (changed.ok) return saved(deps, change === 'removeEmail' ? 'email_removed' : 'email_primary')
  return changed.failure.code === 'not_found' ? { kind: 'refused', refusal: refuse('not_found') } : refuseAccount(visit, deps, changed.failure)
}

export const EMAIL_SETTINGS_PAGES: readonly PageRoute[] = [
  { method: 'POST', path: '/settings/email/primary', access: 'user', handle: (visit, deps) => changeEmail(visit, deps, 'makeEmailPrimary') },
  { method: 'POST', path: '/settings/email/remove', access: 'user', handle: (visit, deps) => changeEmail(visit, deps, 'removeEmail') },
]
