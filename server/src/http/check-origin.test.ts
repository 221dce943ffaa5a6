import { describe, expect, test } from 'vitest'
import { isTrustedOrigin } from './check-origin.ts'

const OWN = 'https://app.example'
const trust = (headers: Record<string, string>, isForm = true) => isTrustedOrigin(headers, { ownOrigin: OWN, isForm })

describe('where a state-changing request comes from', () => {
  test('our own pages are trusted, with either header or both', () => {
    expect(trust({ origin: OWN })).toBe(true)
    expect(trust({ 'sec-fetch-site': 'same-origin' })).toBe(true)
    expect(trust({ origin: OWN, 'sec-fetch-site': 'same-origin' })).toBe(true)
  })

  test.each([
    'https://evil.example', 'http://app.example', 'https://app.example:8443', 'https://app.example.evil.example', 'https://evilapp.example',
    'https://sub.app.example', 'https://APP.example/', '', 'https://app.example, https://evil.example',
  ])('origin %j is refused', (origin) => {
    expect(trust({ origin })).toBe(false)
    expect(trust({ origin }, false)).toBe(false)
    expect(trust({ origin, 'sec-fetch-site': 'same-origin' })).toBe(false)
  })

  test.each(['cross-site', 'same-site', 'CROSS-SITE', 'whatever', ''])('Sec-Fetch-Site %j is refused, whatever the origin says', (site) => {
    expect(trust({ 'sec-fetch-site': site, origin: OWN })).toBe(false)
    expect(trust({ 'sec-fetch-site': site }, false)).toBe(false)
  })

  test('an opaque origin needs a browser that vouches for it', () => {
    expect(trust({ origin: 'null' })).toBe(false)
    expect(trust({ origin: 'null', 'sec-fetch-site': 'none' })).toBe(false)
    expect(trust({ origin: 'null', 'sec-fetch-site': 'cross-site' })).toBe(false)
    expect(trust({ origin: 'null', 'sec-fetch-site': 'same-origin' })).toBe(true)
  })

  test('a form without either header is refused, a program may leave them out', () => {
    expect(trust({}, true)).toBe(false)
    expect(trust({}, false)).toBe(true)
  })
})
