import { showFlow, showStart, submitFlow } from './flow-page.ts'
import { showInvitation } from './invitation-page.ts'
import type { PageRoute } from './mount-page.ts'
import type { Page, PageDeps, Visit } from './visit.ts'
import { redirectTo } from './visit.ts'

/** Where an anonymous account becomes its person's own; whoever has an account goes straight back. */
async function showPromotion(visit: Visit, deps: PageDeps): Promise<Page> {
  if (!visit.caller?.user.isAnonymous) return redirectTo(visit.returnTo)
  if (visit.query['flow'] !== undefined) return showFlow(visit, deps, 'promote')
  const { invitation } = visit.query
  return invitation === undefined ? showStart(visit, deps, 'promote') : showInvitation(visit, deps, invitation, 'promote')
}

export const PROMOTE_PAGES: readonly PageRoute[] = [
  { method: 'GET', path: '/promote', access: 'user', takesAnonymous: true, handle: showPromotion },
  { method: 'POST', path: '/promote', access: 'user', takesAnonymous: true, showsAgain: true, handle: (visit, deps) => submitFlow(visit, deps, 'promote') },
]
