import { describe, expect, test } from 'vitest'
import { createCookieJar } from './cookies.ts'

describe('cookies', () => {
  const secure = createCookieJar({ prefix: 'gatepost', basePath: '/auth', isSecure: true })

  test('over https the names carry the prefix whose rules they meet', () => {
    expect([secure.accessName, secure.refreshName, secure.csrfName]).toEqual(['__Host-gatepost_access', '__Secure-gatepost_refresh', '__Host-gatepost_csrf'])
    expect(createCookieJar({ prefix: 'gatepost', basePath: '', isSecure: true }).refreshName).toBe('__Host-gatepost_refresh')
  })

  test('over http they carry none, and are not Secure', () => {
    const plain = createCookieJar({ prefix: 'my', basePath: '/auth', isSecure: false })
    expect([plain.accessName, plain.refreshName, plain.csrfName]).toEqual(['my_access', 'my_refresh', 'my_csrf'])
    expect(plain.session({ accessToken: 'x', accessExpiresAt: 1_000, refreshToken: 'y', refreshExpiresAt: 1_000 }, 0).join()).not.toMatch(/Secure/)
  })

  test('scripts can read the CSRF token only, and none has a Domain', () => {
    const now = 1_000_000
    expect(secure.session({ accessToken: 'a', accessExpiresAt: now + 600_000, refreshToken: 'r', refreshExpiresAt: now + 60_000 }, now)).toEqual([
      '__Host-gatepost_access=a; Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Lax',
      '__Secure-gatepost_refresh=r; Max-Age=60; Path=/auth; HttpOnly; Secure; SameSite=Lax',
    ])
    expect(secure.csrf('t')).toBe('__Host-gatepost_csrf=t; Max-Age=2592000; Path=/; Secure; SameSite=Lax')
  })

  test('a cookie that is already over lives no second longer', () => {
    expect(secure.session({ accessToken: 'a', accessExpiresAt: 1_000, refreshToken: 'r', refreshExpiresAt: 1_000 }, 5_000).every((cookie) => /Max-Age=0;/.test(cookie))).toBe(true)
    expect(secure.cleared().every((cookie) => /=; Max-Age=0;/.test(cookie))).toBe(true)
  })

  // security case D5
  test('a name that is there twice is believed in neither value', () => {
    expect(secure.read('a=1; __Host-gatepost_access=x; b=2', secure.accessName)).toBe('x')
    expect(secure.read('__Host-gatepost_access=x; __Host-gatepost_access=y', secure.accessName)).toBeUndefined()
    expect(secure.read('__Host-gatepost_access=x;__Host-gatepost_access=x', secure.accessName)).toBeUndefined()
    expect(secure.read('gatepost_access=x', secure.accessName)).toBeUndefined()
    expect(secure.read(undefined, secure.accessName)).toBeUndefined()
  })
})
