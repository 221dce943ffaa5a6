import type { OAuthClientId } from '../../../domain/ids.ts'
import type { ClientSurroundings } from '../metadata/field.ts'
import { isOneOf } from '../metadata/uris.ts'

/** As long as a client id is in the database. */
const MAX_LENGTH = 255

/** Whether a client id means to be the address of a document at all. */
export const looksLikeAddress = (clientId: string) => /^https?:\/\//.test(clientId)

/**
 * draft-ietf-oauth-client-id-metadata-document section 3: https, with a path, in the one spelling that every parser reads
 * alike; no fragment, no user, no dot segment. In development also http, at a host that `OUTBOUND_INTERNAL_HOSTS` names.
 */
export function readDocumentAddress(text: string, { allowsLocalhost: isDevelopment, internalHosts, forbiddenHosts = [] }: ClientSurroundings): OAuthClientId | undefined {
  const url = text.length <= MAX_LENGTH && /^[\x21-\x7e]+$/.test(text) ? URL.parse(text) : null
  if (!url || url.href !== text || url.username !== '' || url.password !== '' || text.includes('#') || url.pathname === '/') return undefined
  // `href` has no dot segments any more, but keeps encoded ones.
  if (/%2e|%2f|%5c/i.test(url.pathname)) return undefined
  if (isOneOf(forbiddenHosts, url)) return undefined
  const isTried = isDevelopment && url.protocol === 'http:' && internalHosts.includes(url.host)
  return url.protocol === 'https:' || isTried ? (text as OAuthClientId) : undefined
}
