import { SETTINGS } from '../../server/src/app/config/settings.ts'
import type { Setting } from '../../server/src/app/config/setting.ts'
import { EVENT_TYPES } from '../../server/src/domain/event-types.ts'
import { ERROR_CODES } from '../../server/src/http/error-codes.ts'
import type { LimitRule } from '../../server/src/services/limits/rules.ts'
import { LIMIT_RULES } from '../../server/src/services/limits/rules.ts'
import { readNumbers } from './numbers.ts'
import { code, duration, page, table } from './tables.ts'

const GROUP_TITLES: Readonly<Record<Setting<unknown>['group'], string>> = {
  deployment: 'Deployment',
  database: 'Database and shared state',
  keys: 'Keys',
  mail: 'Mail',
  'sign-in': 'Sign-in',
  limits: 'Limits',
  logging: 'Logging',
}

/** Where the numbers live that are decided, not configured. */
const NUMBER_FILES = [
  ['Sessions and tokens', 'services/sessions/lifetimes.ts'],
  ['The resolver', 'services/callers/lifetimes.ts'],
  ['Signing keys', 'services/keys/lifetimes.ts'],
  ['One-time codes', 'services/codes/limits.ts'],
  ['Messages', 'services/messages/deliver-message.ts'],
  ['Webhooks', 'outbound/sms/sign-webhook.ts'],
  ['Passkeys', 'services/passkeys/limits.ts'],
  ['Flows', 'services/flows/state-token.ts'],
  ['Re-authentication', 'endpoints/session-api/reauthentication.ts'],
  ['Second factors', 'services/second-factors/lifetimes.ts'],
  ['Known devices', 'services/known-devices/lifetimes.ts'],
  ['Invitations', 'services/invitations/lifetimes.ts'],
  ['OAuth clients', 'services/clients/lifetimes.ts'],
  ['OAuth grants', 'services/grants/lifetimes.ts'],
  ['Devices without a browser', 'services/device-authorizations/lifetimes.ts'],
  ['Recovery codes', 'domain/recovery-code.ts'],
  ['One-time passwords (TOTP)', 'protocols/totp.ts'],
  ['Settings', 'services/settings/settings.ts'],
  ['First admin', 'services/admins/admins.ts'],
  ['Passwords', 'domain/password-rules.ts'],
  ['Password hashing', 'platform/password-hash.ts'],
  ['Imported password hashes', 'platform/foreign-hash/bounds.ts'],
  ['Mail delivery', 'services/outbox/retry-schedule.ts'],
  ['What is kept, and how long', 'services/retention/index.ts'],
  ['HTTP', 'http/listener.ts'],
  ['Cookies', 'http/cookies.ts'],
] as const

export function configPage(): string {
  const groups = Object.entries(GROUP_TITLES).map(([group, title]) => {
    const settings = Object.entries<Setting<unknown>>(SETTINGS).filter(([, setting]) => setting.group === group)
    const rows = settings.map(([name, setting]) => [
      code(name) + (setting.isSecret ? `, or ${code(`${name}_FILE`)}` : ''),
      setting.default === undefined ? 'unset' : setting.default === '' ? 'empty' : code(setting.default),
      setting.description,
      setting.why,
    ])
    return `## ${title}\n\n${table(['variable', 'default', 'meaning', 'why'], rows)}`
  })
  const introduction = [
    'Everything a process needs to start comes from environment variables, all checked at once: every problem is named and the server exits with 1.',
    'A variable with a `_FILE` twin may come from the file that the twin names instead, for secrets mounted by a platform; both at once are refused.',
    '`gatepost config check` checks the environment without starting anything. The same list as JSON Schema: `contracts/config.schema.json`.',
  ].join('\n')
  return page('Configuration', introduction, groups)
}

export function errorsPage(): string {
  const shape = [
    'Every JSON error has one shape:',
    '```json',
    '{ "error": { "code": "invalid_request", "message": "The request is malformed.", "request_id": "q1W2e3R4t5Y6u7I8",',
    '  "details": { "fields": [{ "field": "email", "code": "unknown", "message": "This field is not known." }] } } }',
    '```',
    'Decide by `code`, which comes from this closed list; `message` is for people and may change. `request_id` is made by the server and stands in its log.',
    '429 and 503 carry `Retry-After` in seconds, 401 carries `WWW-Authenticate`, 405 carries `Allow`. The list as data: `contracts/errors.json`.',
  ].join('\n')
  const rows = Object.entries(ERROR_CODES).map(([name, { status, message, when }]) => [code(name), String(status), message, when])
  return page('Errors', shape, [table(['code', 'status', 'message', 'when'], rows)])
}

export function eventsPage(): string {
  const introduction = 'Every change of state appends one of these in the transaction that makes it, so none is lost and none is invented. The list as data: `contracts/events.json`.'
  return page('Events', introduction, [table(['type', 'meaning'], Object.entries(EVENT_TYPES).map(([name, meaning]) => [code(name), meaning]))])
}

export function limitsPage(): string {
  const introduction = [
    'How often something may be tried. Where guessing is the threat, a try is taken before the proof is checked and given back when it was right: only failures fill the counter.',
    'An address is one IPv4 address or one IPv6 /64. Counters live in the process, or in Redis when `REDIS_URL` is set. What is refused is answered 429 with `Retry-After`.',
  ].join('\n')
  const rows = Object.entries<LimitRule>(LIMIT_RULES).map(([name, rule]) => [code(name), String(rule.tries), duration(rule.windowSeconds * 1_000), rule.reason])
  return page('Limits', introduction, [table(['limit', 'tries', 'within', 'why that many'], rows)])
}

export function numbersPage(): string {
  const parts = NUMBER_FILES.map(([title, path]) => {
    const numbers = readNumbers(new URL(`../../server/src/${path}`, import.meta.url))
    if (numbers.length === 0) throw new Error(`${path} names no number: take it off the list or comment its constants`)
    const rows = numbers.map(({ name, value, reason }) => [code(name), value, reason])
    return `## ${title}\n\n${table(['number', 'value', 'why'], rows)}`
  })
  return page('Numbers', 'Lifetimes and bounds that are decided, not configured, read from the source with the reason given there.', parts)
}
