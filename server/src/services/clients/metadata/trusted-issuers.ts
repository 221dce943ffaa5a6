import type { Complain, FieldContext } from './field.ts'
import { checkKeySet } from './json-web-keys.ts'
import { checkOutboundUri } from './uris.ts'

const MAX_TRUSTED_ISSUERS = 10
const MAX_ISSUER_LENGTH = 2_048
const SUBJECTS: readonly unknown[] = ['user_id', 'email', 'client']
const PARTS = ['issuer', 'jwks', 'jwks_uri', 'subject']

/** In the place of a client, none of which has this id: the token of a session of ours. */
export const OF_A_SESSION = 'gatepost:session'

/** A client whose tokens may be exchanged, or `gatepost:session`. It need not be there yet. */
export function checkExchangeSubject(text: string): string | undefined {
  return /^[\x21-\x7e]{1,2048}$/.test(text) ? undefined : `must be a client id, or ${OF_A_SESSION}`
}

/** Whose assertions a client may show: each with its keys and what its `sub` means. */
export function checkTrustedIssuers(value: unknown, complain: Complain, context: FieldContext): void {
  if (!Array.isArray(value)) return complain('must be a list')
  if (value.length > MAX_TRUSTED_ISSUERS) return complain(`must have ${MAX_TRUSTED_ISSUERS} entries at most`)
  const seen = new Set<unknown>()
  value.forEach((one: unknown, index) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return complain('must be an object with issuer, jwks or jwks_uri, and subject', index)
    const { issuer, jwks, jwks_uri: uri, subject, ...others } = one as Readonly<Record<string, unknown>>
    for (const name of Object.keys(others)) complain(`must be ${PARTS.join(', ')}`, index, name)
    if (typeof issuer !== 'string' || issuer === '' || issuer.length > MAX_ISSUER_LENGTH) complain('must be the iss of its assertions', index, 'issuer')
    else if (seen.has(issuer)) complain('stands there twice', index, 'issuer')
    seen.add(issuer)
    if (!SUBJECTS.includes(subject)) complain('must be user_id, email or client', index, 'subject')
    if (subject === 'client' && context.type !== 'machine') complain('must be user_id or email: only a machine acts as itself', index, 'subject')
    if ((jwks === undefined) === (uri === undefined)) complain('must have jwks or jwks_uri, and not both', index)
    if (jwks !== undefined) checkKeySet(jwks, (message, ...path) => complain(message, index, 'jwks', ...path))
    const problem = uri === undefined ? undefined : typeof uri === 'string' ? checkOutboundUri(uri, context) : 'must be a URI'
    if (problem !== undefined) complain(problem, index, 'jwks_uri')
  })
}
