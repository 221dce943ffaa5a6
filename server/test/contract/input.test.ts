import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, QUICK } from '../harness/tokens.ts'
import type { DocumentedOperation, Schema } from './document.ts'
import { isForSignedIn, SESSION_API_OPERATIONS } from './document.ts'

const UNKNOWN_ID = '00000000-0000-7000-8000-00000000abcd'
const nameOf = ({ method, path }: DocumentedOperation) => `${method} ${path}`
const bodyOf = ({ operation }: DocumentedOperation): Schema | undefined => operation.requestBody?.content['application/json']?.schema
const queryOf = ({ operation }: DocumentedOperation) => (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map((parameter) => parameter.name)

interface ErrorAnswer {
  readonly error: { readonly code: string; readonly details?: { readonly fields: readonly { readonly field: string; readonly code: string }[] } }
}

// Input is read before a database is asked: one engine.
describe('input of the API', () => {
  let server: TestServer
  let ada: Person
  beforeAll(async () => {
    server = await startTestServer(testEngines[0]!, QUICK)
    ada = await signUp(server)
  })
  afterAll(() => server.close())

  async function call(operation: DocumentedOperation, input: { query?: string; body?: unknown; payload?: string; type?: string }) {
    const browser = isForSignedIn(operation) ? ada.browser.copy() : server.browser()
    await browser.api('GET', '/csrf')
    const payload = input.payload ?? (input.body === undefined ? undefined : JSON.stringify(input.body))
    const answer = await browser.raw({
      method: operation.method,
      url: `/auth${operation.path.replace('{id}', UNKNOWN_ID)}${input.query ?? ''}`,
      headers: { 'sec-fetch-site': 'same-origin', 'x-csrf-token': cookieOf(browser, 'csrf'), ...(payload === undefined ? {} : { 'content-type': input.type ?? 'application/json' }) },
      ...(payload === undefined ? {} : { payload }),
    })
    const { error } = answer.statusCode === 204 ? ({ error: { code: '' } }) : answer.json<ErrorAnswer>()
    return { status: answer.statusCode, code: error?.code, fields: (error?.details?.fields ?? []).map(({ field }) => field) }
  }

  test('that is not known is refused and named, beside what is missing', async () => {
    for (const operation of SESSION_API_OPERATIONS.filter(bodyOf)) {
      const { status, code, fields } = await call(operation, { body: { is_admin: true, also_unknown: 1 } })
      expect([nameOf(operation), status, code]).toEqual([nameOf(operation), 400, 'invalid_request'])
      expect(fields, nameOf(operation)).toEqual(expect.arrayContaining(['is_admin', 'also_unknown', ...(bodyOf(operation)?.required ?? [])]))
    }
  })

  test('that is missing is named, field by field', async () => {
    for (const operation of SESSION_API_OPERATIONS.filter(bodyOf)) {
      const { status, fields } = await call(operation, { body: {} })
      expect([nameOf(operation), status]).toEqual([nameOf(operation), 400])
      expect(fields, nameOf(operation)).toEqual(expect.arrayContaining([...(bodyOf(operation)?.required ?? [])]))
    }
  })

  test('of another type than the field has is refused and named', async () => {
    for (const operation of SESSION_API_OPERATIONS.filter(bodyOf)) {
      for (const [name, { type }] of Object.entries(bodyOf(operation)?.properties ?? {})) {
        for (const value of [1, type === 'boolean' ? 'true' : true, null, ['x'], type === 'object' ? 'x' : { x: 1 }]) {
          const { status, fields } = await call(operation, { body: { [name]: value } })
          expect([nameOf(operation), name, value, status]).toEqual([nameOf(operation), name, value, 400])
          // Of a list, which of its members.
          expect(fields.some((field) => field === name || field.startsWith(`${name}.`)), `${nameOf(operation)} ${name}: ${fields.join()}`).toBe(true)
        }
      }
    }
  })

  test('as a body that is no JSON object, no JSON at all or in another format is refused', async () => {
    const bodies = [
      { payload: '{' },
      { payload: '{"email":"a@b.example","email":"c@d.example"}' },
      { payload: '{"__proto__":{"x":1}}' },
      { payload: '[]' },
      { payload: '"text"' },
      { payload: 'null' },
      { payload: '\ufeff{}' },
      { payload: '{"email":"\\ud800"}' },
      { payload: 'email=a%40b.example', type: 'application/x-www-form-urlencoded' },
      { payload: '{}', type: 'text/plain' },
      { payload: '<a/>', type: 'application/xml' },
      { payload: '--x--', type: 'multipart/form-data; boundary=x' },
    ]
    for (const operation of SESSION_API_OPERATIONS.filter(bodyOf)) {
      for (const body of bodies) {
        const { status, code } = await call(operation, body)
        expect([nameOf(operation), body, status, code]).toEqual([nameOf(operation), body, 400, 'invalid_request'])
      }
    }
  })

  test('as a body is refused where none is taken', async () => {
    for (const operation of SESSION_API_OPERATIONS.filter((one) => !bodyOf(one) && one.method !== 'GET')) {
      const { status, code, fields } = await call(operation, { body: { all: true } })
      expect([nameOf(operation), status, code, fields]).toEqual([nameOf(operation), 400, 'invalid_request', ['body']])
    }
  })

  test('as an unknown, repeated or badly filled query parameter is refused', async () => {
    for (const operation of SESSION_API_OPERATIONS) {
      const queries = ['?no_such_parameter=1', '?__proto__=1', '?a[]=1', '?x=1&x=2', ...queryOf(operation).flatMap((name) => [`?${name}=`, `?${name}=%00`, `?${name}=0`])]
      for (const query of queries) {
        const { status, code } = await call(operation, { query, ...(bodyOf(operation) ? { body: {} } : {}) })
        expect([nameOf(operation), query, status, code]).toEqual([nameOf(operation), query, 400, 'invalid_request'])
      }
    }
  })

  test('as a path parameter that is no id of ours is refused, not looked up', async () => {
    for (const id of ['x', '1', UNKNOWN_ID.toUpperCase(), `${UNKNOWN_ID}0`, '%00', '..%2f', "'or'1"]) {
      const answer = await ada.browser.api('DELETE', `/account/sessions/${id}`)
      expect([id, answer.statusCode]).toEqual([id, 400])
    }
    expect((await ada.browser.api('DELETE', `/account/sessions/${UNKNOWN_ID}`)).statusCode).toBe(404)
    for (const id of ['%00', 'a%00b', '%20', 'caf%C3%A9', 'x'.repeat(256)]) expect([id, (await ada.browser.api('DELETE', `/applications/${id}`)).statusCode]).toEqual([id, 400])
    for (const id of ["'or'1", encodeURIComponent('https://app.example.com/client.json')]) expect([id, (await ada.browser.api('DELETE', `/applications/${id}`)).statusCode]).toEqual([id, 404])
  })

  test('too large is refused with 413 before it is read, for every operation that may carry a body', async () => {
    for (const operation of SESSION_API_OPERATIONS.filter(({ method }) => method !== 'GET')) {
      const { status, code } = await call(operation, { payload: JSON.stringify({ filler: 'x'.repeat(64 * 1024) }) })
      expect([nameOf(operation), status, code]).toEqual([nameOf(operation), 413, 'payload_too_large'])
    }
  })
})
