import { accountName } from '../../domain/account-name.ts'
import { refuse } from '../../http/error-codes.ts'
import type { PageRoute } from './mount-page.ts'
import type { Page, Visit } from './visit.ts'
import { sessionCookies, showPage } from './visit.ts'
import { renderFirstAdmin, renderMessage, shownOnce } from './views/index.ts'

export const FIRST_ADMIN_PAGES: readonly PageRoute[] = [
  {
    method: 'GET',
    path: '/first_admin',
    access: 'user',
    async handle(visit, deps) {
      const secret = visit.query['secret'] ?? ''
      if (!(await deps.admins.isFirstAdminLinkOpen(secret))) return message(visit, 'first_admin.invalid', 'error', 410)
      return showPage(renderFirstAdmin(visit.frame, { email: accountName(visit.caller!.user), secret }))
    },
  },
  {
    method: 'POST',
    path: '/first_admin',
    access: 'user',
    async handle(visit, deps) {
      const used = await deps.admins.useFirstAdminLink(visit.caller!, visit.fields['secret'] ?? '', visit.requester)
      if (!used.ok && used.failure.code === 'rate_limited') {
        return { kind: 'refused', refusal: refuse('rate_limited', { retryAfterSeconds: used.failure.retryAfterSeconds }) }
      }
      if (!used.ok) return message(visit, 'first_admin.invalid', 'error', 410)
      // Tokens carry roles: the browser gets new ones at once.
      const refreshed = visit.refreshToken === undefined ? undefined : await deps.sessions.refresh(visit.refreshToken, visit.requester)
      const page = message(visit, 'done.first_admin', 'success', 200)
      return refreshed?.ok ? { ...page, cookies: sessionCookies(deps, refreshed.value) } : page
    },
  },
]

function message(visit: Visit, id: 'first_admin.invalid' | 'done.first_admin', tone: 'error' | 'success', status: number): Page & { kind: 'html' } {
  const action = { href: `${visit.frame.basePath}/settings`, label: visit.frame.say('settings.title') }
  const html = renderMessage(tone === 'success' ? shownOnce(visit.frame) : visit.frame, { title: visit.frame.say(`${id}.title`), text: visit.frame.say(`${id}.text`), tone, action })
  return { kind: 'html', status, html }
}
