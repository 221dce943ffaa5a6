import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLocalPath, returnPath } from './local-path.ts'

const OURS = { refusedPaths: ['/auth/login', '/auth/verify'], fallback: '/home' }

describe('a path to return to', () => {
  test.each(['/', '/notes', '/notes?page=2&sort=a', '/notes#top', '/a/b/../c', '/%2e%2e/x', '/notes?next=https://evil.example', '/@evil', '/a:b', '/notes//twice'])(
    '%s stays on this origin',
    (path) => {
      expect(isLocalPath(path)).toBe(true)
    },
  )

  // security case A3
  test.each([
    'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', '\u0000javascript:alert(1)', '\tjavascript:alert(1)', 'data:text/html,x',
    'vbscript:x', 'blob:https://a/b', 'https://evil.example', 'http:evil.example', '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example',
    '/\t/evil.example', '/\n/evil.example', '/\r\n/evil.example', '\n/notes', ' /notes', '/notes ', '/no\u0000tes', '/no\u00a0tes', '/no\u2028tes', '/.//evil.example',
    '/x/..//evil.example', '/./\\evil.example', '', 'notes', '?x', '#x', '.', './notes', '../notes', '/\ud800', `/${'a'.repeat(2_048)}`,
  ])('%j is refused', (path) => {
    expect(isLocalPath(path)).toBe(false)
    expect(returnPath(path, OURS)).toBe('/home')
  })

  test.each(['/auth/login', '/auth/login?x=1', '/auth/verify?flow=x#y', '/auth/./login', '/x/../auth/login'])(
    '%s leads where nobody may return to',
    (path) => {
      expect(returnPath(path, OURS)).toBe('/home')
    },
  )

  test('without one the default is used', () => {
    expect(returnPath(undefined, OURS)).toBe('/home')
  })

  test('whatever is accepted, a browser stays on the origin and the value fits a header', () => {
    const pieces = fc.constantFrom('/', '\\', '.', '..', ':', '@', '%2f', '%5c', '\t', '\n', ' ', 'evil.example', 'javascript:', 'é', '日', '?', '#', 'a')
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const path = returnPath(`/${parts.join('')}`, OURS)
        expect(new URL(path, 'https://app.example').origin).toBe('https://app.example')
        expect(path).toMatch(/^[\u0021-\u007e]+$/)
      }),
      { numRuns: 3_000 },
    )
  })
})
