import { describe, expect, test } from 'vitest'
import type { AttributeDefinition, ClaimType } from './attribute.ts'
import { checkAttribute, uniqueSpelling } from './check-attribute.ts'
import { parseTyped } from './parse-typed.ts'

const access = { person: 'write', token: 'read', admin: 'write' } as const
const of = (type: ClaimType, more: Partial<AttributeDefinition> = {}): AttributeDefinition => ({
  name: 'it',
  label: null,
  type,
  minimum: null,
  maximum: null,
  values: [],
  isUnique: false,
  isRequiredAtSignup: false,
  access,
  ...more,
})
const check = (definition: AttributeDefinition, value: unknown) => {
  const checked = checkAttribute(definition, value)
  return checked.ok ? checked.value : `! ${checked.failure}`
}

describe('an attribute of a profile', () => {
  test.each<[ClaimType, unknown, unknown]>([
    ['string', '  Zoë 李 ', 'Zoë 李'],
    ['string', '', '! too_short'],
    ['string', 'a\u202eb', '! unusable_text'],
    ['string', 'a\nb', '! unusable_text'],
    ['string', 'a\u034fb', '! unusable_text'],
    ['string', '\u3164', '! unusable_text'],
    ['string', '\u200d\ufe0f', '! unusable_text'],
    ['string', 'Ada ❤\ufe0f', 'Ada ❤\ufe0f'],
    ['string', '葛\u{e0100}城', '葛\u{e0100}城'],
    ['string', 'x'.repeat(1_001), '! too_long'],
    ['string', 7, '! wrong_type'],
    ['number', 1.5, 1.5],
    ['number', -0, 0],
    ['number', Infinity, '! wrong_type'],
    ['number', '1', '! wrong_type'],
    ['integer', 7, 7],
    ['integer', 7.5, '! not_whole'],
    ['integer', 2 ** 53, '! not_whole'],
    ['boolean', false, false],
    ['boolean', 'false', '! wrong_type'],
    ['date', '2024-02-29', '2024-02-29'],
    ['date', '2023-02-29', '! not_a_date'],
    ['date', '1900-02-29', '! not_a_date'],
    ['date', '2023-13-01', '! not_a_date'],
    ['date', '0000-01-01', '! not_a_date'],
    ['birthdate', '0000-02-29', '0000-02-29'],
    ['birthdate', '1815', '1815'],
    ['birthdate', '1815-12-10', '1815-12-10'],
    ['birthdate', '10.12.1815', '! not_a_date'],
    ['phone', '+44 (20) 7946-0000', '+442079460000'],
    ['phone', '020 7946 0000', '! not_a_phone_number'],
    ['phone', '+0044', '! not_a_phone_number'],
    ['email', ' Ada@Example.com ', 'Ada@example.com'],
    ['email', 'ada', '! not_an_email'],
    ['url', 'https://example.com/~ada', 'https://example.com/~ada'],
    ['url', 'javascript:alert(1)', '! not_a_url'],
    ['url', 'https:example.com', '! not_a_url'],
    ['url', 'https://ada:secret@example.com', '! not_a_url'],
    ['country', 'de', 'DE'],
    ['country', 'EU', '! not_a_country'],
    ['time_zone', 'Europe/London', 'Europe/London'],
    ['time_zone', '+01:00', '! not_a_time_zone'],
    ['time_zone', 'Mars/Base', '! not_a_time_zone'],
    ['language', 'en_gb', 'en-GB'],
    ['language', 'not a tag', '! not_a_language'],
    ['address', { locality: ' London ', region: '' }, { locality: 'London' }],
    ['address', { formatted: '12 St James\r\nLondon' }, { formatted: '12 St James\nLondon' }],
    ['address', { locality: ' ' }, '! too_short'],
    ['address', { planet: 'Earth' }, '! wrong_type'],
    ['address', ['London'], '! wrong_type'],
  ])('%s: %j becomes %j', (type, given, expected) => {
    expect(check(of(type), given)).toEqual(expected)
  })

  test('is held to the bounds and values that were declared', () => {
    expect(check(of('integer', { minimum: 1, maximum: 3 }), 0)).toBe('! too_small')
    expect(check(of('integer', { minimum: 1, maximum: 3 }), 4)).toBe('! too_large')
    expect(check(of('string', { minimum: 2, maximum: 3 }), '👩‍💻')).toBe('👩‍💻')
    expect(check(of('string', { minimum: 2, maximum: 3 }), 'a')).toBe('! too_short')
    expect(check(of('string', { minimum: 2, maximum: 3 }), 'abcd')).toBe('! too_long')
    expect(check(of('enum', { values: ['S', 'M'] }), 'M')).toBe('M')
    expect(check(of('enum', { values: ['S', 'M'] }), 'm')).toBe('! not_listed')
  })

  test('has one spelling when it must be unique', () => {
    expect(uniqueSpelling('ＡBC')).toBe(uniqueSpelling('abc'))
    for (const unseen of ['a\u200dbc', 'abc\ufe0f', 'a\u034fbc', '\u{e0100}abc', 'ab\u3164c', 'ab\u00adc']) expect(uniqueSpelling(unseen)).toBe('abc')
    expect(uniqueSpelling('a\u034f\u0301')).toBe(uniqueSpelling('á'))
    expect(uniqueSpelling(7)).not.toBe(uniqueSpelling(70))
  })

  test('is read from the fields of a form as JSON would have said it', () => {
    expect(parseTyped(of('integer'), { it: ' 42 ' })).toBe(42)
    expect(parseTyped(of('number'), { it: '0x10' })).toBe('0x10')
    expect(parseTyped(of('boolean'), { it: 'no' })).toBe(false)
    expect(parseTyped(of('string'), { it: '  ' })).toBe(null)
    expect(parseTyped(of('string'), {})).toBe(undefined)
    expect(parseTyped(of('address'), { 'it.locality': 'London', 'it.region': '' })).toEqual({ locality: 'London', region: '' })
    expect(parseTyped(of('address'), { 'it.locality': '', 'it.region': '' })).toBe(null)
  })
})
