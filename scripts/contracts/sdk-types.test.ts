import { describe, expect, test } from 'vitest'
import { sdkTypes } from './sdk-types.ts'

/** The least document that has what the SDK names. */
function documentWith(input: object) {
  const empty = { type: 'object', properties: {} }
  const schemas = { AuthenticationFlow: empty, AuthenticationFlowInput: input, Passkey: empty, PasskeyCreation: empty, PasskeyRequest: empty, ScheduledDeletion: empty, Error: empty, Named: { type: 'string' }, Other: { type: 'number' } }
  const content = { 'application/json': { schema: empty } }
  return { components: { schemas }, paths: { '/flows': { post: { operationId: 'createAuthenticationFlow', requestBody: { content } } } } } as unknown as Parameters<typeof sdkTypes>[0]
}

describe('the types of the SDK', () => {
  test.each([
    ['a choice of objects', { anyOf: [{ type: 'object', properties: { a: { const: true } }, required: ['a'] }, { type: 'object', properties: { b: { type: 'integer' } } }] }, '{ readonly a: true } | { readonly b?: number }'],
    ['a list of words', { type: 'array', items: { enum: ['x', "it's"] } }, "readonly ('x' | 'it\\'s')[]"],
    ['what may be absent', { type: ['string', 'null'] }, 'string | null'],
    ['any object', { type: 'object', additionalProperties: {} }, 'Readonly<Record<string, unknown>>'],
    ['another schema', { $ref: '#/components/schemas/Named' }, 'Named'],
    ['what has two shapes at once', { allOf: [{ $ref: '#/components/schemas/Named' }, { type: 'null' }] }, 'Named & null'],
    ['anything', {}, 'unknown'],
  ])('say %s', (_name, schema, type) => {
    expect(sdkTypes(documentWith(schema))).toContain(`export type AuthenticationFlowInput = ${type}\n`)
  })

  test('hold what is named and nothing else, with what the document says of it', () => {
    const text = sdkTypes(documentWith({ type: 'object', properties: { a: { $ref: '#/components/schemas/Named', description: 'Why.' } } }))
    expect(text).toContain('  /** Why. */\n  readonly a?: Named\n')
    expect(text).toContain('export type Named = string\n')
    expect(text).not.toContain('Other')
    expect(text).toContain('export type ErrorAnswer =')
  })

  test('are not made of a document that lacks one', () => {
    expect(() => sdkTypes(documentWith({ $ref: '#/components/schemas/Gone' }))).toThrow('no schema Gone')
  })
})
