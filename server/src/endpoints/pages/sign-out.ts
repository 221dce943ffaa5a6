import type { PageRoute } from './mount-page.ts'
import type { Look } from './branding/look.ts'
import type { PageDeps, Visit } from './visit.ts'
import { frameOf, redirectTo, showPage } from './visit.ts'
import type { SigningOutModel } from './views/index.ts'
import { renderLogout, renderMessage, renderSigningOut, shownOnce } from './views/index.ts'

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
      const frames = await framesOf(visit, deps)
      if (visit.refreshToken !== undefined) await deps.sessions.endByRefreshToken(visit.refreshToken, visit.requester)
      if (visit.caller) {
        const user = { tenantId: deps.tenantId, userId: visit.caller.user.id }
        await deps.sessions.end(user, visit.caller.session.id, 'logout', visit.requester)
      }
      const cookies = [...deps.jar.cleared(), deps.jar.csrf(deps.csrf.issue(undefined))]
      const isLed = visit.fields['return_to'] !== undefined && visit.returnTo !== deps.defaultReturnTo
      const to = isLed ? visit.returnTo : `${deps.basePath}/signed_out`
      // A script of the application's asked, which puts no page of ours in the place of its own.
      const isAskedByScript = visit.request.headers['hx-request'] === 'true'
      return frames.length === 0 || isAskedByScript ? redirectTo(to, cookies) : { ...showPage(renderSigningOut(shownOnce(visit.frame), { frames, to }), 200, cookies), frames }
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

/** Of every session that is about to end: an access token that ran out leaves the refresh token to tell which one that is. */
async function framesOf({ caller, refreshToken }: Visit, { sessions, frontchannel }: PageDeps): Promise<string[]> {
  const refreshed = refreshToken === undefined ? undefined : await sessions.findByRefreshToken(refreshToken)
  const ids = new Set([caller?.session.id, refreshed].filter((id) => id !== undefined))
  return (await Promise.all([...ids].map((id) => frontchannel.framesOf(id)))).flat()
}

/** The same page for a sign-out that another door did. */
export function renderSigningOutPage(deps: PageDeps, look: Look, model: SigningOutModel): string {
  return renderSigningOut(frameOf(deps, { csrfToken: '', returnTo: deps.defaultReturnTo, look }), model)
}
