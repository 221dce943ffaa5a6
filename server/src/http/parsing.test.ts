import { describe, expect, test } from 'vitest'
import { parseFields } from './parse-form.ts'
import { parseStrictJson } from '../domain/strict-json.ts'

describe('form fields', () => {
  test('are read as text, plus and percent decoded', () => {
    expect({ ...parseFields('a=1&b=x+y&c=%C3%A9&d') }).toEqual({ a: '1', b: 'x y', c: 'é', d: '' })
  })

  // security case A5
  test.each(['a=1&a=2', 'a=1&b=2&%61=3', 'a[]=1', 'a[0]=1', 'a[b]=1', '__proto__=1'])('%s is refused', (text) => {
    expect(parseFields(text)).toBeUndefined()
  })

  test('names of inherited properties are names like others', () => {
    const fields = parseFields('constructor=1&toString=2')
    expect([fields?.['constructor'], fields?.['toString']]).toEqual(['1', '2'])
    expect(fields?.['hasOwnProperty']).toBeUndefined()
  })
})

describe('strict JSON', () => {
  test('is read as usual', () => {
    expect(parseStrictJson('{"a":[{"b":"x:\\"y\\":"}],"c":null}')).toEqual({ a: [{ b: 'x:"y":' }], c: null })
  })

  test.each(['{"a":1,"a":2}', '{"a":{"b":1,"b":2}}', '[{"a":1,"\\u0061":2}]', '{"__proto__":1}', '{"a":{"constructor":1}}', '[{"prototype":{}}]', '{', 'undefined', '{"a":1}x', '\ufeff{}'])(
    '%s is refused',
    (text) => {
      expect(() => parseStrictJson(text)).toThrow(SyntaxError)
    },
  )
})
