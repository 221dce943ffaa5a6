import type { Route } from '../../server/src/endpoints/session-api/route.ts'
import { ROUTES } from '../../server/src/endpoints/session-api/routes/index.ts'
import { errorCodesOf } from './error-responses.ts'
import type { describeApi } from './openapi.ts'
import { code, page, table } from './tables.ts'

type Document = ReturnType<typeof describeApi>

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly parameters?: readonly { name?: string; in?: string; required?: boolean; schema?: Schema }[]
  readonly requestBody?: { content: Record<string, { schema: Schema }> }
  readonly responses: Readonly<Record<string, { description?: string; headers?: Record<string, { description?: string }>; content?: Record<string, { schema: Schema }> }>>
}

interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly enum?: readonly string[]
  readonly const?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

/** The API for readers: one section an operation, from the same document that machines read. */
export function apiPage(document: Document): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
  const overview = table(
    ['operation', 'who', 'CSRF token', 'what'],
    operations.map(({ method, path, operation }) => {
      const route = routeOf(operation.operationId)
      const who = route?.access === 'user' ? 'signed in' : 'anybody'
      return [`[${code(`${method} ${path}`)}](#${operation.operationId.toLowerCase()})`, who, route?.needsCsrf ? 'yes' : 'no', operation.summary]
    }),
  )
  const sections = (document.tags ?? []).map((tag) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(tag.name))
    return [`## ${tag.name}`, tag.description ?? '', ...own.map(describeOperation)].join('\n\n')
  })
  return page('API', `${document.info.description ?? ''}\n\nThe same as data: \`contracts/openapi.json\`. What each error means: [errors](errors.md).`, [overview, ...sections])
}

function routeOf(operationId: string): Route | undefined {
  return ROUTES.find((route) => route.operationId === operationId)
}

function describeOperation({ method, path, operation }: { method: string; path: string; operation: Operation }): string {
  const route = routeOf(operation.operationId)
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.name !== undefined)
  const body = operation.requestBody?.content['application/json']?.schema
  const inputs = [
    ...parameters.map(({ name = '', in: place = '', required, schema }) => [code(name), place, required ? 'yes' : 'no', describeSchema(schema)]),
    ...Object.entries(body?.properties ?? {}).map(([name, schema]) => [code(name), 'body', body?.required?.includes(name) ? 'yes' : 'no', describeSchema(schema)]),
  ]
  const successes = Object.entries(operation.responses).filter(([one]) => one.startsWith('2'))
  const answers = successes.map(([status, { content }]) => {
    const shape = Object.values(content ?? {})[0]?.schema
    return `${status}${shape ? ` with ${describeSchema(shape)}` : ', no body'}`
  })
  const cookies = successes[0]?.[1].headers?.['Set-Cookie']?.description
  const errors = route ? errorCodesOf(route).map(code).join(', ') : Object.keys(operation.responses).filter((one) => !one.startsWith('2')).join(', ')
  return [
    `### ${operation.operationId}`,
    `${code(`${method} ${path}`)}: ${operation.summary}`,
    ...(inputs.length > 0 ? [table(['field', 'in', 'required', 'what'], inputs)] : []),
    `Answers ${answers.join('; or ')}.${cookies ? ` ${cookies}` : ''} Errors: ${errors}.`,
  ].join('\n\n')
}

function describeSchema(schema: Schema | undefined): string {
  if (schema?.$ref) return code(schema.$ref.split('/').at(-1) ?? '')
  if (schema?.const !== undefined) return code(JSON.stringify(schema.const))
  if (schema?.enum) return schema.enum.map((value) => code(JSON.stringify(value))).join(' or ')
  if (schema?.properties) return `an object with ${Object.keys(schema.properties).map(code).join(', ')}`
  const bounds = [schema?.minLength !== undefined ? `from ${schema.minLength}` : '', schema?.maxLength !== undefined ? `up to ${schema.maxLength} characters` : '']
  return [schema?.type ?? 'any', ...bounds.filter((bound) => bound !== ''), schema?.pattern ? code(schema.pattern) : '', schema?.description ?? '']
    .filter((part) => part !== '')
    .join(' ')
}
