/**
 * The types that sdk/browser has of the API: what its flow client and passkey ceremonies send and get, how a deletion is answered, and every schema these
 * name, from the document that other clients read. Objects are readonly; a field the document does not name is not typed.
 */
import type { describeApi } from './openapi.ts'

type Document = ReturnType<typeof describeApi>

interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly description?: string
}

/** What the SDK names; what these name in turn comes along. */
const SCHEMAS = ['AuthenticationFlow', 'AuthenticationFlowInput', 'Passkey', 'PasskeyCreation', 'PasskeyRequest', 'ScheduledDeletion', 'Error']
/** Request bodies that are no schema of their own. */
const BODIES: Readonly<Record<string, string>> = { createAuthenticationFlow: 'AuthenticationFlowStart' }
const PRIMITIVES: Readonly<Record<string, string>> = { integer: 'number', number: 'number', string: 'string', boolean: 'boolean', null: 'null' }
/** What fits on a line with its name. */
const SHORT = 100
/** Names that are JavaScript's already. */
const RENAMED: Readonly<Record<string, string>> = { Error: 'ErrorAnswer' }

const HEAD = [
  '/* eslint gatepost/max-lines: off -- generated: it is as long as the document is */',
  '/**',
  ' * The API as contracts/openapi.json says it. `npm run contracts` writes this file; what is changed by hand is lost.',
  ' * Names on the wire stay as they are.',
  ' */',
].join('\n')

/** The text of `sdk/browser/src/contract-types.ts`. @throws Error when the document has no such schema or operation */
export function sdkTypes(document: Document): string {
  const components = (document.components?.schemas ?? {}) as Readonly<Record<string, Schema>>
  const written = new Map<string, string>()

  function write(name: string): void {
    if (written.has(name)) return
    const schema = components[name]
    if (schema === undefined) throw new Error(`contracts/openapi.json has no schema ${name}`)
    // Taken before it is written: a schema may name itself.
    written.set(name, '')
    written.set(name, declaration(RENAMED[name] ?? name, schema))
    for (const named of namesIn(schema)) write(named)
  }

  for (const name of SCHEMAS) write(name)
  for (const [operationId, name] of Object.entries(BODIES)) {
    const body = bodyOf(document, operationId)
    for (const named of namesIn(body)) write(named)
    written.set(name, declaration(name, body))
  }
  const declarations = [...written].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text)
  return `${[HEAD, ...declarations].join('\n\n')}\n`
}

function bodyOf(document: Document, operationId: string): Schema {
  const operations = Object.values(document.paths ?? {}).flatMap((item) => Object.values(item as Record<string, Operation>))
  const schema = operations.find((one) => one.operationId === operationId)?.requestBody?.content['application/json']?.schema
  if (schema === undefined) throw new Error(`contracts/openapi.json has no body for ${operationId}`)
  return schema
}

interface Operation {
  readonly operationId?: string
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

const nameIn = (ref: string) => ref.split('/').at(-1) ?? ''

function namesIn(schema: Schema): string[] {
  return [...new Set([...JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => nameIn(ref)))]
}

function declaration(name: string, schema: Schema): string {
  return `${comment(schema, '')}export type ${name} =${afterSpace(typeOf(schema, ''))}`
}

function comment({ description }: Schema, indent: string): string {
  return description === undefined ? '' : `${indent}/** ${description.replaceAll('*/', '* /')} */\n`
}

function typeOf(schema: Schema, indent: string): string {
  if (schema.$ref !== undefined) return RENAMED[nameIn(schema.$ref)] ?? nameIn(schema.$ref)
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum) return union(schema.enum.map(literal), indent)
  const either = alternativesOf(schema)
  if (either) return union(either.map((one) => typeOf(one, `${indent}  `)), indent)
  if (schema.allOf) return schema.allOf.map((one) => typeOf(one, indent)).join(' & ')
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type }, indent)).join(' | ')
  if (schema.type === 'array') return `readonly ${elementOf(typeOf(schema.items ?? {}, indent))}[]`
  if (schema.type === 'object') return objectOf(schema, indent)
  return PRIMITIVES[schema.type as string] ?? 'unknown'
}

/** Alternatives inside of alternatives are more of them. */
function alternativesOf(schema: Schema): readonly Schema[] | undefined {
  return (schema.oneOf ?? schema.anyOf)?.flatMap((one) => alternativesOf(one) ?? [one])
}

/** Alternatives that begin on a line of their own want no space before it. */
const afterSpace = (type: string) => (type.startsWith('\n') ? type : ` ${type}`)

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'` : JSON.stringify(value)
}

function union(types: readonly string[], indent: string): string {
  const isShort = types.every((type) => !type.includes('\n')) && types.join(' | ').length < SHORT
  return isShort ? types.join(' | ') : types.map((type) => `\n${indent}  | ${type}`).join('')
}

function elementOf(type: string): string {
  return type.includes(' | ') && !type.startsWith('{') ? `(${type})` : type
}

function objectOf({ properties, required = [] }: Schema, indent: string): string {
  if (!properties) return 'Readonly<Record<string, unknown>>'
  const inner = `${indent}  `
  const fields = Object.entries(properties).map(([name, schema]) => ({
    above: comment(schema, inner),
    text: `readonly ${name}${required.includes(name) ? '' : '?'}:${afterSpace(typeOf(schema, inner))}`,
  }))
  const line = `{ ${fields.map(({ text }) => text).join('; ')} }`
  const isShort = line.length < SHORT && !line.includes('\n') && fields.every(({ above }) => above === '')
  return isShort ? line : `{\n${fields.map(({ above, text }) => `${above}${inner}${text}\n`).join('')}${indent}}`
}
