import type { AttributeFault } from '../../domain/profile/attribute.ts'
import { parseTyped } from '../../domain/profile/parse-typed.ts'
import { actorOf } from '../../services/sessions/index.ts'
import type { PageRoute } from './mount-page.ts'
import { refuseAccount, saved } from './settings.ts'
import type { Page, PageDeps, Visit } from './visit.ts'
import { showPage } from './visit.ts'
import { renderDetails } from './views/index.ts'

async function showDetails(visit: Visit, deps: PageDeps, faults: readonly AttributeFault[] = []): Promise<Page> {
  const entries = await deps.profiles.list(visit.caller!.user.id)
  return showPage(renderDetails(visit.frame, { entries, faults, typed: visit.fields }), faults.length > 0 ? 422 : 200)
}

/** What the form does not ask is left as it is. */
async function saveDetails(visit: Visit, deps: PageDeps): Promise<Page> {
  const entries = await deps.profiles.list(visit.caller!.user.id)
  const typed = entries.flatMap(({ definition, value }) => {
    const given = definition.access.person === 'write' ? parseTyped(definition, visit.fields) : undefined
    return given === undefined || (given === null && value === null) ? [] : [[definition.name, given] as const]
  })
  const changed = await deps.profiles.change(actorOf(visit), Object.fromEntries(typed))
  if (changed.ok) return saved(deps, 'details_saved')
  return changed.failure.code === 'rate_limited' ? refuseAccount(visit, deps, changed.failure) : showDetails(visit, deps, changed.failure.faults)
}

export const DETAILS_SETTINGS_PAGES: readonly PageRoute[] = [
  { method: 'GET', path: '/settings/details', access: 'user', handle: (visit, deps) => showDetails(visit, deps) },
  { method: 'POST', path: '/settings/details', access: 'user', handle: saveDetails },
]
