import type { NamedAccount } from '../../domain/account-name.ts'
import { accountName } from '../../domain/account-name.ts'
import { refuse } from '../../http/error-codes.ts'
import { actorOf } from '../../services/sessions/index.ts'
import type { PageRoute } from './mount-page.ts'
import { refuseAccount } from './settings.ts'
import type { Page, PageDeps, Visit } from './visit.ts'
import { reauthenticate, redirectTo, showPage } from './visit.ts'
import { renderDeleteAccount, renderMessage } from './views/index.ts'

async function askForDeletion(visit: Visit, deps: PageDeps, error?: string): Promise<Page> {
  const { isOffered, graceDays } = await deps.deletions.offer()
  if (!isOffered) return { kind: 'refused', refusal: refuse('not_found') }
  const { user } = visit.caller!
  if (!user.isAnonymous && !(await deps.accounts.isRecentlyAuthenticated(visit.caller!))) return reauthenticate(deps, '/settings/delete')
  const name = user.isAnonymous ? null : accountName(user)
  const html = renderDeleteAccount(visit.frame, { name, isEmail: user.email !== null, graceDays: user.isAnonymous ? 0 : graceDays, ...(error === undefined ? {} : { error }) })
  return showPage(html, error === undefined ? 200 : 422)
}

/** A number is the same whatever stands between its digits. */
function isNamedIn(typed: string, user: NamedAccount): boolean {
  const isByNumber = user.email === null && user.phone !== null
  const plain = (text: string) => (isByNumber ? text.replace(/[^+\d]/g, '') : text.trim().toLowerCase())
  return plain(typed) === plain(accountName(user))
}

async function deleteAccount(visit: Visit, deps: PageDeps): Promise<Page> {
  const { user } = visit.caller!
  // Nothing to type for who has no name at all; the button is deliberate enough for what nobody could come back to.
  const isConfirmed = user.isAnonymous || isNamedIn(visit.fields['confirm_email'] ?? '', user)
  if (!isConfirmed) return askForDeletion(visit, deps, visit.frame.say(user.email === null ? 'problem.confirm_differs' : 'problem.confirm_email_differs'))
  const deleted = await deps.accounts.delete(actorOf(visit))
  if (deleted.ok) {
    const end = deleted.value.deleteAt === null ? '/account_deleted' : '/account_deactivated'
    return redirectTo(`${deps.basePath}${end}`, [...deps.jar.cleared(), deps.jar.csrf(deps.csrf.issue(undefined))])
  }
  return deleted.failure.code === 'recent_authentication_required' ? reauthenticate(deps, '/settings/delete') : refuseAccount(visit, deps, deleted.failure)
}

export const DELETE_ACCOUNT_PAGES: readonly PageRoute[] = [
  { method: 'GET', path: '/settings/delete', access: 'user', takesAnonymous: true, handle: (visit, deps) => askForDeletion(visit, deps) },
  { method: 'POST', path: '/settings/delete', access: 'user', takesAnonymous: true, handle: deleteAccount },
  {
    method: 'GET',
    path: '/account_deactivated',
    access: 'public',
    handle: async (visit, deps) =>
      showPage(
        renderMessage(visit.frame, {
          title: visit.frame.say('done.account_deactivated.title'),
          text: visit.frame.say('done.account_deactivated.text'),
          tone: 'success',
          action: { href: deps.defaultReturnTo, label: visit.frame.say('page.back_to_application') },
        }),
      ),
  },
]
