import type { LightMyRequestResponse } from 'fastify'
import type { TestServer } from '../harness/server.ts'
import type { ResponseEntry } from './document.ts'
import { API, findPath, resolveRef, responseOf, schemaProblems } from './document.ts'

/** What passed between clients and the watched servers, held against the document. */
export interface Watch {
  /** Empty while every answer was as documented. */
  readonly problems: string[]
  /** `operationId status`, for every answer. */
  readonly answers: Set<string>
  /** Codes of errors that were answered. */
  readonly codes: Set<string>
}

/** From now on every answer of these servers is checked against the OpenAPI document. */
export function watchAnswers(...servers: TestServer[]): Watch {
  const watch: Watch = { problems: [], answers: new Set(), codes: new Set() }
  for (const { app } of servers) {
    const { listener } = app
    const inject = listener.inject.bind(listener) as (options: unknown) => Promise<LightMyRequestResponse>
    const watched = async (options: { method: string; url: string }) => {
      const answer = await inject(options)
      note(watch, app.config.basePath, options, answer)
      return answer
    }
    listener.inject = watched as never
  }
  return watch
}

function note(watch: Watch, basePath: string, request: { method: string; url: string }, answer: LightMyRequestResponse): void {
  const [path = ''] = request.url.slice(basePath.length).split('?', 1)
  const template = findPath(path)
  if (template === undefined && !path.startsWith('/api/')) return
  const say = (problem: string) => watch.problems.push(`${request.method} ${path} answered ${answer.statusCode}: ${problem}`)
  const isJson = String(answer.headers['content-type']).startsWith('application/json')
  const code = isJson && answer.statusCode >= 400 ? answer.json<{ error?: { code: string } }>().error?.code : undefined
  if (code) watch.codes.add(code)

  const operation = template === undefined ? undefined : API.paths[template]?.[request.method.toLowerCase()]
  if (operation) watch.answers.add(`${operation.operationId} ${answer.statusCode}`)
  const entry = operation ? responseOf(operation, answer.statusCode) : unknownOperation(template, request.method)
  if (!entry) return void say(`not documented: ${answer.body.slice(0, 200)}`)
  for (const problem of problemsOf(entry, answer)) say(problem)
}

/** HEAD goes with GET and has its status; another method of a known address is refused, an unknown address too. */
function unknownOperation(template: string | undefined, method: string): ResponseEntry | undefined {
  if (method === 'HEAD') return { description: '' }
  return resolveRef(`#/components/responses/${template === undefined ? 'NotFound' : 'MethodNotAllowed'}`) as ResponseEntry
}

function problemsOf(entry: ResponseEntry, answer: LightMyRequestResponse): string[] {
  const problems: string[] = []
  for (const [name, header] of Object.entries(entry.headers ?? {})) {
    if (header.required && answer.headers[name.toLowerCase()] === undefined) problems.push(`without ${name}`)
  }
  if (answer.headers['set-cookie'] !== undefined && !entry.headers?.['Set-Cookie']) problems.push('sets cookies that are not documented')
  const [documented] = Object.entries(entry.content ?? {})
  if (!documented) return answer.body === '' ? problems : [...problems, `a body that is not documented: ${answer.body.slice(0, 200)}`]
  const [mediaType, { schema }] = documented
  if (!String(answer.headers['content-type']).startsWith(mediaType)) return [...problems, `as ${answer.headers['content-type']}, not ${mediaType}`]
  return [...problems, ...schemaProblems(schema, mediaType === 'text/event-stream' ? answer.body : answer.json())]
}
