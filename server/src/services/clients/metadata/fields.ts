import { parseEmail } from '../../../domain/email.ts'
import {
  CLIENT_MAX_AUTH_AGE_SECONDS,
  CLIENT_MAX_URIS,
  CLIENT_REFRESH_TOKEN_MAX_TTL_SECONDS,
  CLIENT_TOKEN_MAX_TTL_SECONDS,
  CLIENT_TOKEN_MIN_TTL_SECONDS,
} from '../lifetimes.ts'
import { boundTokens, CERTIFICATE_FIELDS, findMethodProblem } from './certificates.ts'
import type { ClientMetadata } from './client-metadata.ts'
import { APPLICATION_TYPES, AUTH_METHODS, AUTH_SIGNING_ALGORITHMS, GRANT_TYPES, ID_TOKEN_ALGORITHMS, PROFILES } from './client-metadata.ts'
import type { Complain, Field, FieldContext } from './field.ts'
import { checkKeySet } from './json-web-keys.ts'
import { checkExchangeSubject, checkTrustedIssuers } from './trusted-issuers.ts'
import { checkBrowserUri, checkHttpsUri, checkOutboundUri, checkRedirectUri, checkScreenUri } from './uris.ts'

const MAX_SCOPE_LENGTH = 2_000
const MAX_CONTACTS = 10
const MAX_RESOURCE_LENGTH = 2_048
/** RFC 6749 section 3.3. */
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/

type UriCheck = (text: string, context: FieldContext) => string | undefined

const oneOf = (values: readonly string[]): Field['check'] => (value, complain) => {
  if (typeof value !== 'string' || !values.includes(value)) complain(`must be ${listed(values)}`)
}

const flag: Field['check'] = (value, complain) => {
  if (typeof value !== 'boolean') complain('must be true or false')
}

const seconds = (least: number, most: number): Field['check'] => (value, complain) => {
  if (!Number.isSafeInteger(value) || (value as number) < least || (value as number) > most) complain(`must be a whole number of seconds from ${least} to ${most}`)
}

const uri = (check: UriCheck): Field['check'] => (value, complain, context) => {
  const problem = typeof value === 'string' ? check(value, context) : 'must be a URI'
  if (problem !== undefined) complain(problem)
}

/** A list of different texts, each checked. */
const list = (most: number, check: UriCheck): Field['check'] => (value, complain, context) => {
  if (!Array.isArray(value)) return complain('must be a list')
  if (value.length > most) return complain(`must have ${most} entries at most`)
  value.forEach((one: unknown, index) => {
    const problem = typeof one !== 'string' ? 'must be a text' : value.indexOf(one) < index ? 'stands there twice' : check(one, context)
    if (problem !== undefined) complain(problem, index)
  })
}

const redirectUri: UriCheck = (text, context) => {
  const { application_type: applicationType, token_endpoint_auth_method: method } = context.declared
  const isPublicThirdParty = context.type === 'third_party' && method === 'none' && applicationType !== 'web'
  const isNative = context.type === 'native' || applicationType === 'native'
  return checkRedirectUri(text, { customScheme: context.type === 'native' || isPublicThirdParty, claimedOnly: isNative }, context)
}

function checkScope(value: unknown, complain: Complain): void {
  if (typeof value !== 'string' || value.length > MAX_SCOPE_LENGTH) return complain(`must be names with spaces between, ${MAX_SCOPE_LENGTH} characters at most`)
  if (value === '') return
  const names = value.split(' ')
  const bad = names.find((name) => !SCOPE_TOKEN.test(name))
  if (bad !== undefined) complain(bad === '' ? 'must have one space between two names, and none around' : `"${bad}" is no name of a scope (RFC 6749 section 3.3)`)
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) < index)
  if (twice !== undefined) complain(`names ${twice} twice`)
}

const tokenLifetime = seconds(CLIENT_TOKEN_MIN_TTL_SECONDS, CLIENT_TOKEN_MAX_TTL_SECONDS)

/** Every field that a client may have, and what it takes alone; what two of them take together is in rules.ts. */
export const FIELDS: Readonly<Record<keyof ClientMetadata, Field>> = {
  redirect_uris: { check: list(CLIENT_MAX_URIS, redirectUri), isAboutPeople: true },
  post_logout_redirect_uris: { check: list(CLIENT_MAX_URIS, redirectUri), isAboutPeople: true },
  grant_types: { check: list(GRANT_TYPES.length, (text) => ((GRANT_TYPES as readonly string[]).includes(text) ? undefined : `must be ${listed(GRANT_TYPES)}`)) },
  scope: { check: checkScope },
  token_endpoint_auth_method: {
    check(value, complain, context) {
      const problem = findMethodProblem(value, context)
      if (problem !== undefined) return complain(problem)
      if (value === 'client_secret_jwt') return complain('cannot be client_secret_jwt: it needs the secret itself, and only its hash is kept; take private_key_jwt')
      if (!(AUTH_METHODS as readonly unknown[]).includes(value)) complain(`must be ${listed(AUTH_METHODS)}`)
    },
  },
  token_endpoint_auth_signing_alg: { check: oneOf(AUTH_SIGNING_ALGORITHMS) },
  application_type: {
    check(value, complain, context) {
      if (context.type !== 'third_party') complain('must be left out but for a client of type third_party: the others are what their type says')
      else oneOf(APPLICATION_TYPES)(value, complain, context)
    },
    isAboutPeople: true,
  },
  userinfo_signed_response_alg: { check: oneOf(ID_TOKEN_ALGORITHMS), isAboutPeople: true },
  id_token_signed_response_alg: { check: oneOf(ID_TOKEN_ALGORITHMS), isAboutPeople: true },
  jwks: { check: checkKeySet },
  jwks_uri: { check: uri(checkOutboundUri) },
  subject_type: { check: oneOf(['public', 'pairwise']), isAboutPeople: true },
  sector_identifier_uri: { check: uri((text, context) => checkHttpsUri(text) ?? checkOutboundUri(text, context)), isAboutPeople: true },
  access_token_format: { check: oneOf(['jwt', 'opaque']) },
  access_token_ttl_seconds: { check: tokenLifetime },
  id_token_ttl_seconds: { check: tokenLifetime, isAboutPeople: true },
  refresh_token_ttl_seconds: { check: seconds(CLIENT_TOKEN_MIN_TTL_SECONDS, CLIENT_REFRESH_TOKEN_MAX_TTL_SECONDS), isAboutPeople: true },
  backchannel_logout_uri: { check: uri(checkOutboundUri), isAboutPeople: true },
  backchannel_logout_session_required: { check: flag, isAboutPeople: true },
  frontchannel_logout_uri: { check: uri(checkBrowserUri), isAboutPeople: true },
  frontchannel_logout_session_required: { check: flag, isAboutPeople: true },
  initiate_login_uri: { check: uri(checkHttpsUri), isAboutPeople: true },
  custom_ui_uri: { check: uri(checkScreenUri), isAboutPeople: true },
  default_max_age: { check: seconds(0, CLIENT_MAX_AUTH_AGE_SECONDS), isAboutPeople: true },
  require_auth_time: { check: flag, isAboutPeople: true },
  require_pushed_authorization_requests: { check: flag, isAboutPeople: true },
  dpop_bound_access_tokens: { check: flag },
  request_object_signing_alg: { check: oneOf(AUTH_SIGNING_ALGORITHMS), isAboutPeople: true },
  require_signed_request_object: { check: flag, isAboutPeople: true },
  authorization_signed_response_alg: { check: oneOf(ID_TOKEN_ALGORITHMS), isAboutPeople: true },
  ...CERTIFICATE_FIELDS,
  tls_client_certificate_bound_access_tokens: { check: boundTokens },
  profile: { check: oneOf(PROFILES) },
  token_exchange_audiences: { check: list(CLIENT_MAX_URIS, (text) => (text.length <= MAX_RESOURCE_LENGTH && URL.canParse(text) && !text.includes('#') ? undefined : 'must be the whole URI of a resource, without a fragment')) },
  token_exchange_subjects: { check: list(CLIENT_MAX_URIS, checkExchangeSubject) },
  token_exchange_mode: { check: oneOf(['delegation', 'impersonation']) },
  trusted_issuers: { check: checkTrustedIssuers },
  client_uri: { check: uri(checkBrowserUri) },
  policy_uri: { check: uri(checkBrowserUri) },
  tos_uri: { check: uri(checkBrowserUri) },
  contacts: { check: list(MAX_CONTACTS, (text) => (parseEmail(text).ok ? undefined : 'must be an email address')) },
}

export function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join() : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}
