import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** The parts of an OpenAPI document that the contract tests look at. */
export interface Schema {
  readonly [keyword: string]: unknown
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly additionalProperties?: boolean
}

export interface Content {
  readonly [mediaType: string]: { readonly schema: Schema }
}

export interface ResponseEntry {
  readonly description: string
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>
  readonly content?: Content
}

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly ({ readonly $ref?: string; readonly in?: string; readonly name?: string } & Readonly<Record<string, unknown>>)[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, ResponseEntry | { readonly $ref: string }>>
}

export interface DocumentedOperation {
  readonly method: string
  /** Below the base path, parameters in braces. */
  readonly path: string
  readonly operation: Operation
}

export interface ApiDocument {
  readonly openapi: string
  readonly info: { readonly version: string }
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const root = new URL('../../../', import.meta.url)

export function readRepositoryFile(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}

export const API = JSON.parse(readRepositoryFile('contracts/openapi.json')) as ApiDocument

export const OPERATIONS: readonly DocumentedOperation[] = Object.entries(API.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
)

/** The operations of the session API; keys and health beside it take no input. */
export const SESSION_API_OPERATIONS = OPERATIONS.filter(({ path }) => path.startsWith('/api/v1/'))

export const needsCsrf = ({ operation }: DocumentedOperation) =>
  (operation.parameters ?? []).some((parameter) => parameter.$ref === '#/components/parameters/CsrfToken')

export const isForSignedIn = ({ operation }: DocumentedOperation) => operation.security.some((requirement) => 'accessCookie' in requirement)

/** The documented path that a concrete one (without base path and query) belongs to: the literal one before the one with a parameter. */
export function findPath(path: string): string | undefined {
  const templates = Object.keys(API.paths).toSorted((a, b) => Number(a.includes('{')) - Number(b.includes('{')))
  return templates.find((template) => new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path))
}

/** What a `$ref` names; throws when there is nothing. */
export function resolveRef(ref: string): unknown {
  const parts = ref.replace(/^#\//, '').split('/')
  const found = parts.reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], API)
  if (found === undefined) throw new Error(`${ref} names nothing`)
  return found
}

export function responseOf(operation: Operation, status: number): ResponseEntry | undefined {
  const entry = operation.responses[String(status)]
  return entry && '$ref' in entry ? (resolveRef(entry.$ref) as ResponseEntry) : entry
}

const validators = new Map<Schema, z.ZodType>()

/** What is wrong with a body, read strictly: an answer with a field the document does not name is wrong too. */
export function schemaProblems(schema: Schema, value: unknown): string[] {
  const validator = validators.get(schema) ?? z.fromJSONSchema(inline(schema, true) as never)
  validators.set(schema, validator)
  const parsed = validator.safeParse(value)
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

/** The schema without references; `isStrict` closes every object. The parts of `allOf` only add to one another, so just the named one is closed. */
function inline(schema: Schema, isStrict: boolean): Schema {
  if (schema.$ref) return inline(resolveRef(schema.$ref) as Schema, isStrict)
  const properties = schema.properties && Object.fromEntries(Object.entries(schema.properties).map(([name, one]) => [name, inline(one, isStrict)]))
  return {
    ...schema,
    ...(properties ? { properties } : {}),
    ...(properties && isStrict ? { additionalProperties: false } : {}),
    ...(schema.items ? { items: inline(schema.items, isStrict) } : {}),
    ...(schema.anyOf ? { anyOf: schema.anyOf.map((one) => inline(one, isStrict)) } : {}),
    ...(schema.oneOf ? { oneOf: schema.oneOf.map((one) => inline(one, isStrict)) } : {}),
    ...(schema.allOf ? { allOf: schema.allOf.map((one) => inline(one, isStrict && one.$ref !== undefined)) } : {}),
  }
}
