import type { OAuthClientId } from '../../../domain/ids.ts'
import type { OAuthClientType } from '../../../domain/oauth-client.ts'
import { OAUTH_CLIENT_TYPES } from '../../../domain/oauth-client.ts'
import type { Result } from '../../../domain/result.ts'
import { fail, succeed } from '../../../domain/result.ts'
import type { ClientMetadata, DeclaredMetadata } from './client-metadata.ts'
import { completeMetadata } from './client-metadata.ts'
import type { ClientProblems, ClientSurroundings } from './field.ts'
import { FIELDS, listed } from './fields.ts'
import { RULES } from './rules.ts'

/** A client as somebody wrote it down, checked. */
export interface DeclaredClient {
  readonly name: string
  readonly type: OAuthClientType
  /** What was declared; the rest has its default. */
  readonly declared: DeclaredMetadata
}

const MAX_NAME_LENGTH = 100
/** Unreserved characters (RFC 3986 section 2.3): the same in a URL, a form and a Basic header, and no colon. */
const CLIENT_ID = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,254}$/

/** Checks everything a client may declare besides its id; every problem, each with its path. */
export function readClient(value: unknown, surroundings: ClientSurroundings): Result<DeclaredClient, ClientProblems> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail(['must be an object with name and type'])
  const { name, type, ...fields } = value as Readonly<Record<string, unknown>>
  const problems = [...checkName(name), ...checkType(type)]
  const wrong = new Set<string>()
  for (const [key, one] of Object.entries(fields)) {
    const complain = (message: string, ...path: readonly (string | number)[]) => {
      wrong.add(key)
      problems.push(`${[key, ...path].join('.')}: ${message}`)
    }
    checkField(key, one, { ...surroundings, type: type as OAuthClientType, declared: fields }, complain)
  }
  // Of what type it is decides over the rest.
  if (!isType(type)) return fail(problems)
  problems.push(...checkTogether(type, fields, wrong))
  return problems.length === 0 ? succeed({ name: name as string, type, declared: fields }) : fail(problems)
}

/** A client id that an operator chose, or what is wrong with it. */
export function readClientId(value: unknown): Result<OAuthClientId, string> {
  if (typeof value === 'string' && CLIENT_ID.test(value)) return succeed(value as OAuthClientId)
  return fail('must be up to 255 letters, digits, hyphens, dots, underscores and tildes, and begin with a letter or digit')
}

function checkField(key: string, value: unknown, context: Parameters<(typeof FIELDS)['scope']['check']>[2], complain: (message: string, ...path: readonly (string | number)[]) => void): void {
  const field = Object.hasOwn(FIELDS, key) ? FIELDS[key as keyof ClientMetadata] : undefined
  if (key === 'client_secret') return complain('is made by the server and shown once: gatepost clients rotate-secret')
  if (!field) return complain('is nothing that a client has')
  if (context.type === 'machine' && field.isAboutPeople) return complain('must be left out for a client of type machine: nobody signs in to it')
  field.check(value, complain, context)
}

function checkTogether(type: OAuthClientType, fields: DeclaredMetadata, wrong: ReadonlySet<string>): string[] {
  const sound = Object.fromEntries(Object.entries(fields).filter(([key]) => !wrong.has(key) && Object.hasOwn(FIELDS, key)))
  const client = completeMetadata(type, sound)
  const problems: string[] = []
  for (const [reads, check] of RULES) {
    if (!reads.some((field) => wrong.has(field))) check(client, type, (field, message) => void problems.push(`${field}: ${message}`))
  }
  return problems
}

/** What is wrong with a name that people are shown. */
export function checkName(name: unknown): string[] {
  const isName = typeof name === 'string' && name.trim() === name && name !== '' && name.length <= MAX_NAME_LENGTH && !/[\p{C}\p{Zl}\p{Zp}]/u.test(name)
  return isName ? [] : [`name: must be a text of 1 to ${MAX_NAME_LENGTH} characters, without spaces around it or characters that are not seen`]
}

function checkType(type: unknown): string[] {
  return isType(type) ? [] : [`type: must be ${listed(OAUTH_CLIENT_TYPES)}`]
}

function isType(type: unknown): type is OAuthClientType {
  return (OAUTH_CLIENT_TYPES as readonly unknown[]).includes(type)
}
