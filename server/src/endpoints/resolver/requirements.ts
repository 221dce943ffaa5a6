import type { Caller } from '../../services/callers/index.ts'
import type { ResolverQuery } from './resolver-query.ts'

const ACR_ORDER = ['aal1', 'aal2']

/**
 * Whether a token is taken here at all. A session's is; one that was given to a client is good for the resource that it is for
 * (RFC 9068 section 4) and for no other: for those that the query names, or else for the issuer, of clients of one's own. What a person let
 * somebody else's application read of them must not act as that person.
 */
export function isForHere({ client }: Caller, { resources }: ResolverQuery, issuer: string): boolean {
  if (client === undefined) return true
  const audience = client.audience ?? issuer
  return resources.length > 0 ? resources.includes(audience) : audience === issuer && client.isFirstParty
}

/** What the query asks for and the caller lacks, as a challenge (RFC 6750 section 3.1, RFC 9470 section 3); undefined when nothing. */
export function missingOf(caller: Caller, { roles, scopes, acr, maxAgeSeconds, resources }: ResolverQuery, now: number): string | undefined {
  const held = new Set(caller.client?.scope?.split(' '))
  if (!scopes.every((scope) => held.has(scope))) return `Bearer error="insufficient_scope", scope="${scopes.join(' ').replace(/[^\x20-\x7e]|["\\]/g, '')}"`
  if (!roles.every((role) => caller.roles.includes(role))) return 'Bearer error="insufficient_scope"'
  // Who is let in without further words is somebody: a client by itself is meant where its scope or resource is named.
  if (caller.userId === undefined && scopes.length === 0 && resources.length === 0) return 'Bearer error="insufficient_scope"'
  const level = caller.acr === undefined ? -1 : ACR_ORDER.indexOf(caller.acr)
  const lacksLevel = acr !== undefined && level < ACR_ORDER.indexOf(acr)
  const isOld = maxAgeSeconds !== undefined && (level < 0 || caller.authenticatedAt === undefined || now - caller.authenticatedAt > maxAgeSeconds * 1_000)
  if (!lacksLevel && !isOld) return undefined
  return `Bearer error="insufficient_user_authentication"${lacksLevel ? `, acr_values="${acr}"` : ''}${isOld ? `, max_age="${maxAgeSeconds}"` : ''}`
}
