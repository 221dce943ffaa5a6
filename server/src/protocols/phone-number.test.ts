import { getCountries } from 'libphonenumber-js/max'
import { describe, expect, test } from 'vitest'
import { PHONE_COUNTRIES } from '../domain/country.ts'
import { maskPhone } from '../domain/phone.ts'
import { parsePhone } from './phone-number.ts'

describe('a telephone number', () => {
  test.each([
    ['+41791234567', '+41791234567', 'CH'],
    ['  +41 (79) 123.45-67 ', '+41791234567', 'CH'],
    ['079 123 45 67', '+41791234567', 'CH'],
    ['0041 79 123 45 67', '+41791234567', 'CH'],
    ['+41 (0)79 123 45 67', '+41791234567', 'CH'],
    ['＋４１７９１２３４５６７', '+41791234567', 'CH'],
    ['\u202a+41 79 123 45 67\u202c', '+41791234567', 'CH'],
    ['+41\u00a079\u2011123\u201145\u201167', '+41791234567', 'CH'],
    ['+٤١٧٩١٢٣٤٥٦٧', '+41791234567', 'CH'],
    ['+1 202-555-0123', '+12025550123', 'US'],
    ['+1 604 555 0123', '+16045550123', 'CA'],
    ['+447400123456', '+447400123456', 'GB'],
    ['+447781123456', '+447781123456', 'GG'],
    ['+49 30 123456', '+4930123456', 'DE'],
  ])('%s is %s of %s', async (typed, key, country) => {
    expect(await parsePhone(typed, 'CH')).toMatchObject({ ok: true, value: { key, country } })
  })

  test('is shown in the international form of its country', async () => {
    expect(await parsePhone('+41791234567')).toMatchObject({ value: { display: '+41 79 123 45 67' } })
  })

  test.each(['', '+', '123', '079 123 45 67', '+4179123456', '+417912345678', '+0791234567', '+999123456789', '+41 79 123 45 67 ext 5', '+41791234567;ext=5', 'tel:+41791234567', '+1800FLOWERS', '+41791234567, +41791234568', '++41791234567', '+881612345678', '+88299999999', `+41${' '.repeat(60)}791234567`, '+41791234567\u0000', "+41791234567' or 1=1"])(
    '%j is refused where no country is given',
    async (typed) => {
      expect(await parsePhone(typed)).toEqual({ ok: false, failure: 'invalid_phone' })
    },
  )

  test.each(['+41900123456', '+19005551234', '+3531520123456', '+448712345678', '+33892123456', '+979123456789', '+447012345678', '+41840123456'])('%s costs its caller and is refused', async (typed) => {
    expect(await parsePhone(typed)).toEqual({ ok: false, failure: 'premium_rate_phone' })
  })

  test('takes no country for one that is none', async () => {
    for (const country of ['ch', 'XX', '', '__proto__']) expect(await parsePhone('0791234567', country)).toEqual({ ok: false, failure: 'invalid_phone' })
  })

  test('is masked so that its owner knows it and nobody else learns it', async () => {
    const parsed = await parsePhone('+41791234567')
    expect(parsed.ok && maskPhone(parsed.value.key)).toBe('+41****67')
  })

  test('can be of each country that settings may allow, and of no other', () => {
    expect([...PHONE_COUNTRIES].sort()).toEqual([...getCountries()].sort())
  })
})
