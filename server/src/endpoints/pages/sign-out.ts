import type { PageRoute } from './mount-page.ts'
import { redirectTo, showPage } from './visit.ts'
import { renderLogout, renderMessage } from './views/index.ts'

export const SIGN_OUT_PAGES: readonly PageRoute[] = [
  {
    // Asking only: an image or link on another site must not sign anybody out (OWASP ASVS 5.0, 10.6.2).
    method: 'GET',
    path: '/logout',
    access: 'public',
    handle: async (visit) => showPage(renderLogout(visit.frame)),
  },
  {
    method: 'POST',
    path: '/logout',
    access: 'public',
    async handle(visit, deps) {
      if (visit.refreshToken !== undefined) await deps.sessions.endByRefreshToken(visit.refreshToken, visit.client)
      if (visit.caller) {
        const user = { tenantId: deps.tenantId, userId: visit.caller.user.id }
        await deps.sessions.end(user, visit.caller.session.id, 'logout', visit.client)
      }
      const cookies = [...deps.jar.cleared(), deps.jar.csrf(deps.csrf.issue(undefined))]
      if (visit.fields['return_to'] !== undefined && visit.returnTo !== deps.defaultReturnTo) return redirectTo(visit.returnTo, cookies)
      return redirectTo(`${deps.basePath}/signed_out`, cookies)
    },
  },
  {
    method: 'GET',
    path: '/signed_out',
    access: 'public',
    handle: async (visit, deps) =>
      showPage(
        renderMessage(visit.frame, {
          title: visit.frame.say('done.signed_out.title'),
          text: visit.frame.say('done.signed_out.text'),
          tone: 'success',
          action: { href: `${deps.basePath}/login`, label: visit.frame.say('done.sign_in') },
        }),
      ),
  },
  {
    method: 'GET',
    path: '/account_deleted',
    access: 'public',
    handle: async (visit, deps) =>
      showPage(
        renderMessage(visit.frame, {
          title: visit.frame.say('done.account_deleted.title'),
          text: visit.frame.say('done.account_deleted.text'),
          tone: 'success',
          action: { href: deps.defaultReturnTo, label: visit.frame.say('page.back_to_application') },
        }),
      ),
  },
]
