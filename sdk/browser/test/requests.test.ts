import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBrowser } from './simulated-browser.ts'
import { startSimulatedGatepost, type SimulatedGatepost } from './simulated-gatepost.ts'

describe('requests of a page', () => {
  let server: SimulatedGatepost
  let elsewhere: SimulatedGatepost
  let browser: ReturnType<typeof createBrowser>

  beforeEach(async () => {
    server = await startSimulatedGatepost()
    elsewhere = await startSimulatedGatepost()
    browser = createBrowser(server.origin)
    browser.store(server.signIn())
  })
  afterEach(async () => {
    await server.stop()
    await elsewhere.stop()
  })

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'delete'])('carry the CSRF token when the method is %s', async (method) => {
    await browser.openTab().gatepost.fetch('/api/notes/1', { method })
    expect(server.seen[0]?.csrfToken).toBe(browser.jar.get('gatepost_csrf'))
  })

  test.each(['GET', 'HEAD'])('carry no CSRF token when the method is %s', async (method) => {
    await browser.openTab().gatepost.fetch('/api/notes', { method })
    expect(server.seen[0]?.csrfToken).toBeUndefined()
  })

  test('keep the headers they were given, the CSRF token among them', async () => {
    await browser.openTab().gatepost.fetch('/api/notes', { method: 'POST', headers: { 'X-CSRF-Token': 'mine' } })
    expect(server.seen[0]?.csrfToken).toBe('mine')
  })

  test('to another origin carry no token and cause no refresh', async () => {
    const { gatepost } = browser.openTab()
    const response = await gatepost.fetch(`${elsewhere.origin}/api/notes`, { method: 'POST', body: 'x' })
    expect(response.status).toBe(401)
    expect(elsewhere.seen).toEqual([{ method: 'POST', path: '/api/notes', csrfToken: undefined, body: 'x' }])
    expect(server.seen).toEqual([])
  })

  test('that carry the token may not be redirected to another origin', async () => {
    const modes: (RequestMode | undefined)[] = []
    const watched: typeof fetch = (input, init) => {
      modes.push(init?.mode)
      return browser.fetch(input, init)
    }
    const { gatepost } = browser.openTab({ fetch: watched })
    await gatepost.fetch('/api/notes', { method: 'POST' })
    await gatepost.fetch('/api/notes')
    expect(modes).toEqual(['same-origin', undefined])
  })

  test('ask for a CSRF token when the cookie is missing, once for several', async () => {
    browser.jar.delete('gatepost_csrf')
    const { gatepost } = browser.openTab()
    const tokens = await Promise.all([gatepost.csrfToken(), gatepost.csrfToken(), gatepost.csrfToken()])
    expect(new Set(tokens)).toEqual(new Set([browser.jar.get('gatepost_csrf')]))
    expect(server.requestsTo('/auth/api/v1/csrf')).toBe(1)
  })

  test('over https believe the cookie with the __Host- prefix only', async () => {
    const https = createBrowser('https://app.example')
    https.store(['gatepost_csrf=planted; Path=/', '__Host-gatepost_csrf=ours; Path=/'])
    expect(await https.openTab().gatepost.csrfToken()).toBe('ours')
  })

  test('reach a server with another base path and cookie prefix', async () => {
    const own = await startSimulatedGatepost({ basePath: '', prefix: 'acme' })
    const ownBrowser = createBrowser(own.origin)
    ownBrowser.store(own.signIn())
    own.expireAccessToken()
    const user = await ownBrowser.openTab({ basePath: '/', cookiePrefix: 'acme' }).gatepost.currentUser()
    expect(user).toEqual({
      id: '01990000-0000-7000-8000-000000000001',
      email: 'ann@example.com',
      isAnonymous: false,
      emailVerified: true,
      username: 'ann',
      displayName: null,
      roles: ['admin'],
      createdAt: Date.UTC(2026, 0, 2, 3, 4, 5),
      sessionId: '01990000-0000-7000-8000-000000000003',
      authenticatedAt: Date.UTC(2026, 0, 2, 3, 4, 6),
    })
    await own.stop()
  })

  test('lead to the sign-in and sign-up pages, and back to this page', () => {
    const { gatepost, navigations } = browser.openTab()
    gatepost.signIn()
    gatepost.signUp({ returnTo: '/welcome?a=b' })
    expect(navigations).toEqual([
      `${server.origin}/auth/login?return_to=${encodeURIComponent('/page?tab=1#top')}`,
      `${server.origin}/auth/signup?return_to=${encodeURIComponent('/welcome?a=b')}`,
    ])
  })

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])('never lead to %s', async (returnTo) => {
    const { gatepost, navigations } = browser.openTab()
    expect(() => gatepost.signIn({ returnTo })).toThrow(TypeError)
    await expect(gatepost.signOut({ returnTo })).rejects.toThrow(TypeError)
    expect(navigations).toEqual([])
    expect(server.seen).toEqual([])
  })

  test('stay on this origin even when dot segments fold into two slashes', async () => {
    const { gatepost, navigations } = browser.openTab()
    await gatepost.signOut({ returnTo: '/x/..//evil.example' })
    expect(navigations.map((url) => new URL(url).origin)).toEqual([server.origin])
  })
})
