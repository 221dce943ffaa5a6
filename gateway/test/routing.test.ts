import { describe, expect, it } from 'vitest'
import { routeTarget } from '../src/route-target.ts'
import { sendRaw, startScene, statusOfRaw } from './gateway-under-test.ts'

describe('the gateway', () => {
  it.each([
    ['/auth', 'gatepost'],
    ['/.well-known/oauth-authorization-server/auth', 'gatepost'],
    ['/.well-known/openid-configuration/auth', 'gatepost'],
    ['/.well-known/oauth-authorization-server', 'app'],
    ['/.well-known/oauth-authorization-server/auth/x', 'app'],
    ['/.well-known/oauth-protected-resource', 'app'],
    ['/auth/', 'gatepost'],
    ['/auth/login?return_to=%2Fa%2F..%2Fb', 'gatepost'],
    ['/auth?x=1', 'gatepost'],
    ['/', 'app'],
    ['/authors', 'app'],
    ['/auth.html', 'app'],
    ['/x/auth/login', 'app'],
    ['/?next=/auth/../x', 'app'],
    ['/.well-known/anything/auth', 'app'],
    ['/files/a%20b%2Fc;v=1/100%25/%C3%A4?q=%zz', 'app'],
    ['/.hidden/...', 'app'],
  ])('routes %s to %s, unchanged', async (target, name) => {
    const { gateway } = await startScene()
    const answer = await sendRaw(gateway, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    expect(answer).toContain(JSON.stringify({ name, url: target }))
  })

  it.each([
    '/auth/../x',
    '/.well-known//openid-configuration/auth',
    '/auth/..',
    '/x/../auth/login',
    '/./auth',
    '/x/.',
    '//auth/login',
    '//evil.example/',
    '/%61uth/login',
    '/aut%68',
    '/%2561uth/login',
    '/auth%2flogin',
    '/%2fauth/login',
    '/auth/%2e%2e/x',
    '/auth/%2E./x',
    '/auth/..%2fx',
    '/auth/%252e%252e/x',
    '/auth;v=1/login',
    '/auth/..;/x',
    '/auth/..;v=1/x',
    '/;x/auth/login',
    '/auth\\login',
    '/auth%5clogin',
    '/\\auth',
    '/x%00',
    '/auth%0d%0aX: y',
    '/auth%c0%af..',
    '/%',
    '/auth#x',
    '/x\xe4',
    'http://x/auth/login',
    'https://x/',
    'auth/login',
    '*',
  ])('refuses %s, which can be read in two ways', async (target) => {
    const { gateway, gatepost, app } = await startScene()
    expect(await statusOfRaw(gateway, `OPTIONS ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toBe(400)
    expect([...gatepost.seen, ...app.seen]).toEqual([])
  })

  it('serves no CONNECT', async () => {
    const { gateway } = await startScene()
    expect(await statusOfRaw(gateway, 'CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n')).toBe(400)
  })

  it('follows another base path', () => {
    expect(routeTarget('/account/sign-in/login', '/account/sign-in')).toBe('gatepost')
    expect(routeTarget('/account', '/account/sign-in')).toBe('app')
    expect(routeTarget('/auth/login', '/account/sign-in')).toBe('app')
    expect(routeTarget('/login', '/')).toBe('gatepost')
  })
})
