import { readFileSync } from 'node:fs'
import type { ClientMetadata } from '../services/clients/index.ts'
import { InputProblem } from './command.ts'

/** How the value of a field is written on the command line; `many` may be given several times, `words` becomes one text. */
type Kind = 'text' | 'many' | 'words' | 'flag' | 'number' | 'json_file'

/** Every field of a client, by the option that sets it. */
const FIELD_OF: Readonly<Record<string, readonly [field: string, kind: Kind]>> = {
  name: ['name', 'text'],
  ...fieldFlags({
    redirect_uris: 'many',
    post_logout_redirect_uris: 'many',
    grant_types: 'many',
    scope: 'words',
    token_endpoint_auth_method: 'text',
    token_endpoint_auth_signing_alg: 'text',
    application_type: 'text',
    userinfo_signed_response_alg: 'text',
    id_token_signed_response_alg: 'text',
    jwks: 'json_file',
    jwks_uri: 'text',
    subject_type: 'text',
    sector_identifier_uri: 'text',
    access_token_format: 'text',
    access_token_ttl_seconds: 'number',
    id_token_ttl_seconds: 'number',
    refresh_token_ttl_seconds: 'number',
    backchannel_logout_uri: 'text',
    backchannel_logout_session_required: 'flag',
    frontchannel_logout_uri: 'text',
    frontchannel_logout_session_required: 'flag',
    initiate_login_uri: 'text',
    default_max_age: 'number',
    require_auth_time: 'flag',
    require_pushed_authorization_requests: 'flag',
    dpop_bound_access_tokens: 'flag',
    request_object_signing_alg: 'text',
    require_signed_request_object: 'flag',
    authorization_signed_response_alg: 'text',
    tls_client_auth_subject_dn: 'text',
    tls_client_auth_san_dns: 'text',
    tls_client_auth_san_uri: 'text',
    tls_client_auth_san_ip: 'text',
    tls_client_auth_san_email: 'text',
    tls_client_certificate_bound_access_tokens: 'flag',
    profile: 'text',
    token_exchange_audiences: 'many',
    token_exchange_subjects: 'many',
    token_exchange_mode: 'text',
    trusted_issuers: 'json_file',
    client_uri: 'text',
    policy_uri: 'text',
    tos_uri: 'text',
    contacts: 'many',
  }),
}

/** Options with their values, in the order given; `--json` and its like have none. */
export type Options = ReadonlyMap<string, readonly string[]>

/** `--name value`, `--name value value` and `--name` again; whatever is not known is refused. */
export function readManyOptions(args: readonly string[], known: { single?: readonly string[]; bare?: readonly string[]; fields?: boolean }): Options {
  const { single = [], bare = [], fields = false } = known
  const options = new Map<string, string[]>()
  let current: string | undefined
  for (const arg of args) {
    if (arg.startsWith('--')) {
      current = arg.slice(2)
      const isKnown = single.includes(current) || bare.includes(current) || (fields && (Object.hasOwn(FIELD_OF, current) || current === 'reset'))
      if (!isKnown) throw new InputProblem([`"${arg}" is not an option here; try: gatepost clients --help`])
      if (!options.has(current)) options.set(current, [])
    } else if (current === undefined || bare.includes(current)) {
      throw new InputProblem([`"${arg}" is not an option here; try: gatepost clients --help`])
    } else {
      options.get(current)?.push(arg)
    }
  }
  for (const [name, values] of options) {
    const takesMany = Object.hasOwn(FIELD_OF, name) ? ['many', 'words'].includes(FIELD_OF[name]![1]) : name === 'reset'
    if (!bare.includes(name) && values.length === 0) throw new InputProblem([`--${name} needs a value`])
    if (!takesMany && values.length > 1) throw new InputProblem([`--${name} takes one value`])
  }
  return options
}

/** What the options say of a client; `--reset redirect-uri` gives a field its default back. What each value may be is the service's to say. */
export function fieldsOf(options: Options): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [name, values] of options) {
    if (!Object.hasOwn(FIELD_OF, name)) continue
    const [field, kind] = FIELD_OF[name]!
    fields[field] = valueOf(kind, values, name)
  }
  for (const name of options.get('reset') ?? []) {
    const field = Object.hasOwn(FIELD_OF, name) && name !== 'name' ? FIELD_OF[name] : undefined
    if (!field) throw new InputProblem([`--reset takes the name of an option, such as scope; not ${name}`])
    fields[field[0]] = null
  }
  return fields
}

/** For the help, in the order of the table. */
export function listFieldOptions(): string[] {
  const placeholders: Readonly<Record<Kind, string>> = { text: 'VALUE', many: 'VALUE...', words: 'VALUE...', flag: 'true|false', number: 'NUMBER', json_file: 'FILE' }
  return Object.entries(FIELD_OF).map(([name, [, kind]]) => `--${name} ${placeholders[kind]}`)
}

function valueOf(kind: Kind, values: readonly string[], name: string): unknown {
  const value = values[0] ?? ''
  if (kind === 'many') return values
  if (kind === 'words') return values.join(' ')
  if (kind === 'flag') return value === 'true' || (value === 'false' ? false : value)
  if (kind === 'number') return /^\d{1,15}$/.test(value) ? Number(value) : value
  return kind === 'json_file' ? readJson(value, name) : value
}

function readJson(file: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'))
  } catch (error) {
    throw new InputProblem([`--${name}: cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? 'it is not JSON'}`])
  }
}

/** An option has the name of its field; of a list, the name of one of it. */
function fieldFlags(kinds: Readonly<Record<keyof ClientMetadata, Kind>>): Record<string, [string, Kind]> {
  return Object.fromEntries(Object.entries(kinds).map(([field, kind]) => [(kind === 'many' ? field.replace(/s$/, '') : field).replaceAll('_', '-'), [field, kind]]))
}
