import type { Here } from './views/index.ts'
import { PROFILE_FIELD_PREFIX } from './views/index.ts'

type Fields = Readonly<Record<string, string>>

/** Forms of one step, on a page of the same address, whose query they keep in a field. */
const ASKED_BY = new Set(['/logout', '/login_link', '/first_admin', '/consent', '/device', '/settings/delete', '/settings/details', '/settings/email/verify', '/settings/phone/verify'])
/** Nothing that is a secret of the person's, or that is spent by being sent. */
const KEPT = new Set(['state', 'identifier', 'email', 'passkey_support', 'set_up', 'name', 'new_email', 'new_phone', 'username', 'display_name'])

/** Where what is shown can be asked for in another language; what answers a form, with what was typed into it. */
export function placeOf(
  route: { readonly method: 'GET' | 'POST'; readonly path: string; readonly showsAgain?: true },
  asked: { readonly path: string; readonly basePath: string; readonly query: Fields; readonly fields: Fields },
): Here {
  const { path, query, fields } = asked
  if (route.method === 'GET') return { path, query }
  if (route.showsAgain === true) return { path, query, typed: typedIn(fields) }
  if (ASKED_BY.has(route.path)) return { path, query: { ...fields, challenge: fields['challenge'] ?? fields['challenge_id'] ?? '' } }
  // The other forms of the settings have no page of their own.
  return { path: `${asked.basePath}/settings`, query: {}, typed: typedIn(fields) }
}

function typedIn(fields: Fields): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => KEPT.has(name) || name.startsWith(PROFILE_FIELD_PREFIX)))
}
