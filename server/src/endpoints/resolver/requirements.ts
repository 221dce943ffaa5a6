import type { Caller } from '../../services/callers/index.ts'
import type { ResolverQuery } from './resolver-query.ts'

const ACR_ORDER = ['aal1', 'aal2']

/** What the query asks for and the caller lacks, as a challenge (RFC 6750 section 3.1, RFC 9470 section 3); undefined when nothing. */
export function missingOf(caller: Caller, { roles, scopes, acr }: ResolverQuery): string | undefined {
  const held = new Set(caller.scope?.split(' '))
  if (!scopes.every((scope) => held.has(scope))) return `Bearer error="insufficient_scope", scope="${scopes.join(' ').replace(/[^\x20-\x7e]|["\\]/g, '')}"`
  if (!roles.every((role) => caller.roles.includes(role))) return 'Bearer error="insufficient_scope"'
  const level = caller.acr === undefined ? -1 : ACR_ORDER.indexOf(caller.acr)
  if (acr !== undefined && level < ACR_ORDER.indexOf(acr)) return `Bearer error="insufficient_user_authentication", acr_values="${acr}"`
  return undefined
}
