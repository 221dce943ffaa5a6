import { describe, expect, test } from 'vitest'
import { SETTINGS } from '../../src/app/config/settings.ts'
import { EVENT_TYPES } from '../../src/domain/event-types.ts'
import { ERROR_CODES } from '../../src/http/error-codes.ts'
import type { Schema } from './document.ts'
import { API, OPERATIONS, readRepositoryFile, resolveRef, responseOf } from './document.ts'

/** What the browser made and a client passes on. */
const CREDENTIAL_DESCRIPTION = '`PublicKeyCredential.toJSON()` of WebAuthn Level 3, section 5.1.'

/** No server runs here: the published documents are read as a client's tools would read them. */

describe('the OpenAPI document', () => {
  test('is of version 3.1 and gives every operation an id of its own, a summary and one known tag', () => {
    expect(API.openapi).toMatch(/^3\.1\.\d+$/)
    const ids = OPERATIONS.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    const tags = API.tags.map((tag) => tag.name)
    for (const { operation } of OPERATIONS) {
      expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/)
      expect(operation.summary.length, operation.operationId).toBeGreaterThan(10)
      expect(operation.tags.length, operation.operationId).toBe(1)
      expect(tags).toContain(operation.tags[0])
    }
  })

  test('resolves every reference and uses every component', () => {
    const text = JSON.stringify(API)
    const refs = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref))
    for (const ref of refs) expect(() => resolveRef(ref)).not.toThrow()
    const schemas = Object.keys(API.components['schemas'] ?? {}).map((name) => `#/components/schemas/${name}`)
    expect(schemas.filter((name) => !refs.has(name))).toEqual([])
    const schemes = Object.keys(API.components['securitySchemes'] ?? {})
    const used = new Set(OPERATIONS.flatMap(({ operation }) => operation.security.flatMap((requirement) => Object.keys(requirement))))
    expect([...used].sort()).toEqual(schemes.sort())
  })

  test('declares each parameter of a path, and no other in the path', () => {
    for (const { path, operation } of OPERATIONS) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)
      expect(declared, operation.operationId).toEqual(inPath)
    }
  })

  test('gives every operation exactly one success (a deletion may also be scheduled), no default, and the refusals that any address may give', () => {
    for (const { path, operation } of OPERATIONS) {
      const statuses = Object.keys(operation.responses)
      expect(statuses.filter((status) => status.startsWith('2')), operation.operationId).toHaveLength(operation.operationId === 'deleteAccount' ? 2 : 1)
      expect(statuses).not.toContain('default')
      const everywhere = path.startsWith('/api/') ? ['400', '405', '500', '503'] : ['405', '500']
      for (const status of everywhere) expect(statuses, operation.operationId).toContain(status)
    }
  })

  test('promises Retry-After with every 429 and 503', () => {
    for (const { operation } of OPERATIONS) {
      for (const status of [429, 503]) {
        const entry = responseOf(operation, status)
        if (entry) expect(Object.keys(entry.headers ?? {}), `${operation.operationId} ${status}`).toContain('Retry-After')
      }
    }
  })

  test('closes every object that a request body holds, at any depth, but the answer that a browser made', () => {
    const open: string[] = []
    const look = (schema: Schema, where: string): void => {
      const one = schema.$ref ? (resolveRef(schema.$ref) as Schema) : schema
      // `PublicKeyCredential.toJSON()` grows with browsers, and is looked at only once its ceremony is spent.
      const isBrowserMade = one.description === CREDENTIAL_DESCRIPTION
      if (one.type === 'object' && one.additionalProperties !== false && !isBrowserMade) open.push(where)
      for (const [name, property] of Object.entries(one.properties ?? {})) look(property, `${where}.${name}`)
      if (one.items) look(one.items, `${where}[]`)
    }
    for (const { operation } of OPERATIONS) {
      const schema = operation.requestBody?.content['application/json']?.schema
      if (schema) look(schema, operation.operationId)
    }
    expect(open).toEqual([])
  })
})

describe('the published lists', () => {
  const firstColumn = (page: string) => [...readRepositoryFile(page).matchAll(/^\| `(\w[\w.]*)`/gm)].map(([, name]) => name)
  const json = (path: string) => JSON.parse(readRepositoryFile(path)) as Record<string, unknown>

  test('name every error code with its status, and none that does not exist', () => {
    expect(json('contracts/errors.json')).toEqual(ERROR_CODES)
    expect(firstColumn('docs/reference/errors.md')).toEqual(Object.keys(ERROR_CODES))
    const page = readRepositoryFile('docs/reference/errors.md')
    for (const [code, { status }] of Object.entries(ERROR_CODES)) expect(page).toContain(`| \`${code}\` | ${status} |`)
  })

  test('name every event type, and none that does not exist', () => {
    expect(json('contracts/events.json')).toEqual(EVENT_TYPES)
    expect(firstColumn('docs/reference/events.md')).toEqual(Object.keys(EVENT_TYPES))
  })

  test('name every setting with its twin for files, and none that does not exist', () => {
    const names = Object.keys(SETTINGS)
    expect(firstColumn('docs/reference/config.md').sort()).toEqual([...names].sort())
    const twins = Object.entries(SETTINGS).flatMap(([name, setting]) => (setting.isSecret ? [`${name}_FILE`] : []))
    const schema = json('contracts/config.schema.json') as unknown as { properties: Record<string, { default?: string }> }
    expect(Object.keys(schema.properties).sort()).toEqual([...names, ...twins].sort())
    for (const twin of twins) expect(readRepositoryFile('docs/reference/config.md')).toContain(`\`${twin}\``)
    for (const [name, setting] of Object.entries(SETTINGS)) expect(schema.properties[name]?.default, name).toBe(setting.default)
  })
})
