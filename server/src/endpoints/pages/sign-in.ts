import type { PageRoute } from './mount-page.ts'
import { FLOW_NAME, showFlow, showStart, submitFlow } from './flow-page.ts'
import { showInvitation } from './invitation-page.ts'
import type { Page, PageDeps, Visit } from './visit.ts'
import { redirectTo, sessionCookies } from './visit.ts'

/** Signed in already, or still signed in by the refresh cookie: straight back. Otherwise the page, made by `show`. */
async function returnOrShow(visit: Visit, deps: PageDeps, show: () => Promise<Page>): Promise<Page> {
  // Who is here without an account may have one, or want one.
  if (visit.caller?.user.isAnonymous) return show()
  if (visit.caller) return redirectTo(visit.returnTo)
  const refreshed = await deps.sessions.refresh(visit.refreshToken, visit.requester)
  if (refreshed.ok) return redirectTo(refreshed.value.user.isAnonymous ? sameAddress(visit) : visit.returnTo, sessionCookies(deps, refreshed.value))
  const page = await show()
  // A refresh cookie that no longer works is taken away; one that was not looked at for want of tries stays.
  const isWorthless = visit.refreshToken !== undefined && refreshed.failure.code === 'invalid_refresh_token'
  return page.kind === 'html' && isWorthless ? { ...page, cookies: deps.jar.cleared() } : page
}

/** With new cookies the page is asked for again: its form has to be of the session. */
function sameAddress({ frame, query }: Visit, path = frame.here?.path ?? ''): string {
  const asked = new URLSearchParams(query).toString()
  return asked === '' ? path : `${path}?${asked}`
}

/** A new account; for who is here without one it is the anonymous one that they keep. A flow chosen by name is what was named. */
async function showSignup(visit: Visit, deps: PageDeps): Promise<Page> {
  const { invitation, [FLOW_NAME]: name } = visit.query
  if (visit.caller?.user.isAnonymous && name === undefined) return redirectTo(sameAddress(visit, `${deps.basePath}/promote`))
  return invitation === undefined ? showStart(visit, deps, 'signup') : showInvitation(visit, deps, invitation, 'signup')
}

/** Whether the sign-in page makes accounts, too; a flow that somebody chose by name signs in. */
async function typeOfLogin({ query }: Visit, { settings }: PageDeps): Promise<'login' | 'signup_login'> {
  if (query[FLOW_NAME] !== undefined) return 'login'
  return (await settings.policy()).signup.isWithLogin === true ? 'signup_login' : 'login'
}

export const SIGN_IN_PAGES: readonly PageRoute[] = [
  // The base path itself: whoever types it means their account.
  { method: 'GET', path: '/', access: 'public', handle: async (_visit, deps) => redirectTo(`${deps.basePath}/settings`) },
  {
    method: 'GET',
    path: '/login',
    access: 'public',
    handle: (visit, deps) =>
      returnOrShow(visit, deps, async () => {
        const isReset = visit.query['notice'] === 'password_changed'
        return showStart(visit, deps, await typeOfLogin(visit, deps), isReset ? { tone: 'success', text: visit.frame.say('flow.password_changed') } : undefined)
      }),
  },
  { method: 'POST', path: '/login', access: 'public', showsAgain: true, handle: async (visit, deps) => submitFlow(visit, deps, await typeOfLogin(visit, deps)) },
  {
    method: 'GET',
    path: '/signup',
    access: 'public',
    handle: (visit, deps) => returnOrShow(visit, deps, () => showSignup(visit, deps)),
  },
  { method: 'POST', path: '/signup', access: 'public', showsAgain: true, handle: (visit, deps) => submitFlow(visit, deps, 'signup') },
  {
    method: 'GET',
    path: '/verify',
    access: 'public',
    async handle(visit, deps) {
      const type = deps.flows.typeOf(visit.query['flow'] ?? '')
      return showFlow(visit, deps, type === 'login' || type === 'signup_login' ? type : 'signup')
    },
  },
  { method: 'POST', path: '/verify', access: 'public', showsAgain: true, handle: (visit, deps) => submitFlow(visit, deps, deps.flows.typeOf(visit.fields['state'] ?? '') ?? 'login') },
  {
    method: 'GET',
    path: '/reset_password',
    access: 'public',
    handle: (visit, deps) => (visit.query['flow'] === undefined ? showStart(visit, deps, 'account_recovery') : showFlow(visit, deps, 'account_recovery')),
  },
  { method: 'POST', path: '/reset_password', access: 'public', showsAgain: true, handle: (visit, deps) => submitFlow(visit, deps, 'account_recovery') },
  {
    method: 'GET',
    path: '/reauthenticate',
    access: 'user',
    handle: (visit, deps) => (visit.query['flow'] === undefined ? showStart(visit, deps, 'reauth') : showFlow(visit, deps, 'reauth')),
  },
  { method: 'POST', path: '/reauthenticate', access: 'user', showsAgain: true, handle: (visit, deps) => submitFlow(visit, deps, 'reauth') },
]
