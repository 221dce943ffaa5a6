import type { LinkViewer, UsedLink } from '../../services/flows/index.ts'
import { finish, furtherAddress, refuseFlow } from './flow-page.ts'
import type { PageRoute } from './mount-page.ts'
import { deviceText, renderLoginLink, renderMessage, shownOnce } from './views/index.ts'
import type { Page, PageDeps, Visit } from './visit.ts'
import { redirectTo, showPage } from './visit.ts'

/** The page behind a mailed link. Opening it changes nothing: mail scanners and previews open links, too. */
export const LOGIN_LINK_PAGES: readonly PageRoute[] = [
  {
    method: 'GET',
    path: '/login_link',
    access: 'public',
    async handle(visit, deps) {
      const link = visit.query['token'] ?? ''
      const found = await deps.flows.links.look(link, viewerOf(visit, deps))
      if (!found) return showOver(visit)
      const { requested, ...shown } = found
      return showPage(renderLoginLink(visit.frame, { ...shown, link, at: requested.at, ip: requested.ip, device: deviceText(visit.frame.say, requested.userAgent) }))
    },
  },
  {
    method: 'POST',
    path: '/login_link',
    access: 'public',
    async handle(visit, deps) {
      const used = await deps.flows.links.use(visit.fields['token'] ?? '', viewerOf(visit, deps), visit.requester, visit)
      switch (used.kind) {
        case 'continued':
          return goOn(visit, deps, used)
        case 'approved':
          return showPage(renderMessage(shownOnce(visit.frame), { title: visit.frame.say('link.approved.title'), text: visit.frame.say('link.approved.text'), tone: 'success' }))
        case 'over':
          return showOver(visit)
      }
    },
  },
]

const viewerOf = (visit: Visit, { tenantId }: PageDeps): LinkViewer => ({ tenantId, binding: visit.binding, userId: visit.caller?.user.id })

async function goOn(visit: Visit, deps: PageDeps, { answer }: Extract<UsedLink, { kind: 'continued' }>): Promise<Page> {
  switch (answer.kind) {
    case 'screen':
      return redirectTo(furtherAddress(deps, answer, false))
    case 'finished':
      return finish(visit, deps, answer)
    case 'refused':
      return refuseFlow(visit, deps, 'login', answer.refusal, answer.retryAfterSeconds)
  }
}

/** One answer for whatever is wrong with a link, so that it tells nothing. */
function showOver(visit: Visit): Page {
  const action = { href: `${visit.frame.basePath}/login`, label: visit.frame.say('done.sign_in') }
  return showPage(renderMessage(visit.frame, { title: visit.frame.say('link.over.title'), text: visit.frame.say('link.over.text'), tone: 'error', action }), 410)
}
