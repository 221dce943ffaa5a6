import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastify from 'fastify'
import { REPOSITORY } from './gatepost.ts'

export interface Schema {
  readonly $ref?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>
}

interface Operation {
  readonly operationId: string
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content & { readonly $ref?: string }>>
}

interface Document {
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>>; readonly responses: Readonly<Record<string, Content>> }
}

export interface Contract {
  /** @throws Error when the document has no such operation */
  find(operationId: string): { readonly method: string; readonly path: string }
  schema(name: string): Schema
  /** @throws Error when the body is not what the document promises for this operation and status */
  checkAnswer(operationId: string, status: number, body: unknown): Promise<void>
  /** @throws Error when the document says that the server would refuse this */
  checkRequest(operationId: string, body: unknown): Promise<void>
  close(): Promise<void>
}

/** contracts/openapi.json, read as any client reads it, with a validator that takes nothing for granted. */
export async function readContract(): Promise<Contract> {
  const document = JSON.parse(readFileSync(join(REPOSITORY, 'contracts/openapi.json'), 'utf8')) as Document
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path: `${document.servers[0]?.url}${path}`, operation })),
  )
  // A route for each body: the framework's validator (JSON Schema), as it would meet a request.
  const validator = fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: true, strict: false } } })
  validator.addSchema({ $id: 'contract', components: { schemas: document.components.schemas } })
  const known = new Set<string>()
  for (const { operation } of operations) {
    const { operationId, requestBody, responses } = operation
    addRoute(`/${operationId}/request`, requestBody)
    for (const [status, response] of Object.entries(responses)) {
      addRoute(`/${operationId}/${status}`, response.$ref === undefined ? response : document.components.responses[nameIn(response.$ref)])
    }
  }

  function addRoute(url: string, content: Content | undefined): void {
    const schema = content?.content?.['application/json']?.schema
    if (content === undefined) return
    known.add(url)
    const body = JSON.parse(JSON.stringify(schema ?? {}).replaceAll('"#/', '"contract#/')) as object
    validator.post(url, { schema: { body } }, () => 'as documented')
  }

  async function check(url: string, body: unknown): Promise<void> {
    if (!known.has(url)) throw new Error(`contracts/openapi.json says nothing of ${url}`)
    const { statusCode, body: problem } = await validator.inject({ method: 'POST', url, payload: body as object })
    if (statusCode !== 200) throw new Error(`${url} is not as contracts/openapi.json has it: ${problem}\n${JSON.stringify(body)}`)
  }

  await validator.ready()
  return {
    find(operationId) {
      const found = operations.find(({ operation }) => operation.operationId === operationId)
      if (found === undefined) throw new Error(`contracts/openapi.json has no operation ${operationId}`)
      return found
    },
    schema(name) {
      const found = document.components.schemas[name]
      if (found === undefined) throw new Error(`contracts/openapi.json has no schema ${name}`)
      return found
    },
    checkAnswer: (operationId, status, body) => check(`/${operationId}/${status}`, body),
    checkRequest: (operationId, body) => check(`/${operationId}/request`, body),
    close: () => validator.close(),
  }
}

const nameIn = (ref: string) => ref.split('/').at(-1) ?? ''
