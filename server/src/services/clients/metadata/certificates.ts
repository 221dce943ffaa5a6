/** What a client that shows certificates declares (RFC 8705). */
import { isIP } from 'node:net'
import { parseEmail } from '../../../domain/email.ts'
import { parseDistinguishedName } from '../../../protocols/certificate-names.ts'
import type { ClientMetadata } from './client-metadata.ts'
import type { ComplainOf, Field, FieldContext } from './field.ts'

const MAX_NAME_LENGTH = 1_000
const HOST = /^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62}\.)*[A-Za-z0-9_-]{0,62}[A-Za-z0-9]$|^[A-Za-z0-9]$/
/** Of these a client with `tls_client_auth` names one. */
export const SUBJECT_FIELDS = ['tls_client_auth_subject_dn', 'tls_client_auth_san_dns', 'tls_client_auth_san_uri', 'tls_client_auth_san_ip', 'tls_client_auth_san_email'] as const

const text = (isRight: (value: string) => boolean, problem: string): Field['check'] => (value, complain) => {
  if (typeof value !== 'string' || value.length > MAX_NAME_LENGTH || !isRight(value)) complain(problem)
}

export const CERTIFICATE_FIELDS = {
  tls_client_auth_subject_dn: { check: text((value) => parseDistinguishedName(value) !== undefined, 'must be a distinguished name, such as CN=client,O=Example,C=DE (RFC 4514)') },
  tls_client_auth_san_dns: { check: text((value) => HOST.test(value), 'must be a host name, without a wildcard') },
  tls_client_auth_san_uri: { check: text((value) => URL.canParse(value), 'must be a URI') },
  tls_client_auth_san_ip: { check: text((value) => isIP(value) !== 0, 'must be an address of IPv4 or IPv6') },
  tls_client_auth_san_email: { check: text((value) => parseEmail(value).ok, 'must be an email address') },
} as const satisfies Readonly<Record<string, Field>>

/** Why this installation cannot see what the method needs; undefined where it can. */
export function findMethodProblem(method: unknown, { clientCertificates }: FieldContext): string | undefined {
  if (method === 'self_signed_tls_client_auth' && clientCertificates === 'none') return 'cannot be self_signed_tls_client_auth: no proxy tells of certificates (TLS_CLIENT_CERTIFICATE_HEADER)'
  if (method === 'tls_client_auth' && clientCertificates !== 'verified') return 'cannot be tls_client_auth: no proxy tells of verified certificates (TLS_CLIENT_CERTIFICATE_HEADER, TLS_CLIENT_VERIFY_HEADER)'
  return undefined
}

export const boundTokens: Field['check'] = (value, complain, { clientCertificates }) => {
  if (typeof value !== 'boolean') return complain('must be true or false')
  if (value && clientCertificates === 'none') complain('cannot be true: no proxy tells of certificates (TLS_CLIENT_CERTIFICATE_HEADER)')
}

/** RFC 8705 sections 2.1.2 and 2.2.2. */
export function checkCertificates(client: ClientMetadata, _type: unknown, complain: ComplainOf): void {
  const { token_endpoint_auth_method: method, jwks, jwks_uri: jwksUri } = client
  const named = SUBJECT_FIELDS.filter((field) => client[field] !== undefined)
  if (method === 'tls_client_auth') {
    if (named.length !== 1) complain('token_endpoint_auth_method', `takes one of ${SUBJECT_FIELDS.join(', ')}, and no more`)
  } else for (const field of named) complain(field, 'must be left out without token_endpoint_auth_method: tls_client_auth')
  if (method === 'self_signed_tls_client_auth' && jwksUri === undefined && jwks?.keys.some((key) => key['x5c'] !== undefined) !== true) {
    complain('jwks', 'must have a key with x5c, its certificate, or there must be jwks_uri, with token_endpoint_auth_method: self_signed_tls_client_auth')
  }
  if (client.tls_client_certificate_bound_access_tokens && client.dpop_bound_access_tokens) complain('tls_client_certificate_bound_access_tokens', 'must not stand beside dpop_bound_access_tokens')
}

/** RFC 9101 section 10.5. */
export function checkRequestObjects(client: ClientMetadata, _type: unknown, complain: ComplainOf): void {
  const { require_signed_request_object: isRequired, request_object_signing_alg: algorithm, jwks, jwks_uri: jwksUri } = client
  if ((isRequired || algorithm !== undefined) && !jwks && jwksUri === undefined) complain('jwks', 'must be given, or jwks_uri, for signed request objects')
}
