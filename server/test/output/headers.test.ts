// One engine is enough: headers do not depend on it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { sendRaw } from '../harness/http-client.ts'
import { signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

describe('the headers of every answer', () => {
  let server: TestServer
  let secure: TestServer
  beforeAll(async () => {
    const engine = testEngines[0] ?? 'sqlite'
    server = await startTestServer(engine, { RATE_LIMITS: 'off' })
    secure = await startTestServer(engine, { RATE_LIMITS: 'off', PUBLIC_URL: 'https://example.com' })
  })
  afterAll(async () => {
    await server.close()
    await secure.close()
  })

  async function answersOf(target: TestServer) {
    const visitor = target.browser()
    const { browser: member } = await signUp(target)
    const login = await visitor.get('/auth/login')
    const assets = [...login.body.matchAll(/(?:href|src)="([^"]*\/assets\/[^"#]+)/g)].map((match) => match[1] ?? '')
    expect(assets.length).toBeGreaterThan(1)
    const calls = [
      ...['/auth/login', '/auth/signup', '/auth/reset_password', '/auth/verify', '/auth/logout', '/auth/signed_out', '/auth/account_deleted', '/auth/nowhere', '/nowhere', '/'],
      ...['/auth/.well-known/jwks.json', '/health', '/health/live', '/auth/health/ready', '/auth/api/v1/csrf', '/auth/api/v1/user', '/auth/api/v1/nowhere', '/auth/dev/mailbox', '/auth/%zz', ...assets],
    ].map((url) => visitor.get(url))
    const more = [
      member.get('/auth/settings'),
      member.get('/auth/login'),
      member.api('GET', '/user'),
      member.api('GET', '/account'),
      visitor.raw({ method: 'PUT', url: '/auth/login' }),
      visitor.raw({ method: 'HEAD', url: '/auth/login' }),
      visitor.raw({ method: 'POST', url: '/auth/api/v1/login', headers: { 'content-type': 'application/json' }, payload: '{' }),
      visitor.raw({ method: 'POST', url: '/auth/api/v1/login', headers: { 'content-type': 'application/json' }, payload: 'x'.repeat(70_000) }),
      visitor.raw({ method: 'POST', url: '/auth/login', headers: { 'content-type': 'text/plain' }, payload: 'x' }),
      visitor.post('/auth/login', { intent: 'password', identifier: 'nobody@example.com', password: 'wrong password' }),
      visitor.post('/auth/login', { intent: 'nothing' }, { origin: 'https://evil.example' }),
    ]
    return Promise.all([...calls, ...more])
  }

  // Security case Q3.
  test('forbid framing, sniffing, referrers and sharing, errors and assets included', async () => {
    for (const answer of await answersOf(server)) {
      const { headers } = answer
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("base-uri 'none'")
      expect(policy).toContain("form-action 'self'")
      expect(policy).not.toMatch(/unsafe-|\*|data:|https?:/)
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  test('forbid caching, but for assets with a digest in their name and for public keys', async () => {
    for (const answer of await answersOf(server)) {
      const { url } = answer.raw.req as unknown as { url: string }
      const cache = String(answer.headers['cache-control'])
      if (url.includes('/assets/')) expect(cache).toContain('immutable')
      else if (url.endsWith('/jwks.json')) expect(cache).toMatch(/^public, max-age=\d+$/)
      else expect([url, cache]).toEqual([url, 'no-store'])
    }
  })

  test('promise https for a year when the public address is https, and only then', async () => {
    for (const answer of await answersOf(secure)) expect(answer.headers['strict-transport-security']).toMatch(/^max-age=31536000/)
    for (const answer of await answersOf(server)) expect(answer.headers['strict-transport-security']).toBeUndefined()
  })

  test('and bodies name neither the software that serves them nor its version', async () => {
    for (const answer of await answersOf(server)) {
      expect(answer.headers['server']).toBeUndefined()
      expect(answer.headers['x-powered-by']).toBeUndefined()
      expect(`${JSON.stringify(answer.headers)} ${answer.body}`).not.toMatch(/fastify|node\.js|FST_ERR|node_modules|\.ts:\d|at [A-Za-z]+ \(/i)
    }
  })

  test('are there as well when the parser of HTTP gives up', async () => {
    await server.app.listener.listen({ host: '127.0.0.1', port: 0 })
    const { port } = server.app.listener.server.address() as { port: number }
    for (const bytes of ['nonsense\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', `GET /auth/login HTTP/1.1\r\nhost: x\r\na: ${'x'.repeat(20_000)}\r\n\r\n`, 'GET /auth/%zz HTTP/1.1\r\nhost: x\r\n\r\n']) {
      const { headers, text } = await sendRaw(port, [bytes])
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('cache-control')).toBe('no-store')
      expect(text).toMatch(/"code":"invalid_request"/)
      expect(text).not.toMatch(/Client Error|FST_ERR|fastify/i)
    }
  })

  test('no page holds a script or a style of its own, so that the policy can forbid them', async () => {
    const visitor = server.browser()
    const { browser: member } = await signUp(server)
    const pages = await Promise.all([...['/auth/login', '/auth/signup', '/auth/reset_password', '/auth/nowhere', '/auth/dev/mailbox'].map((url) => visitor.get(url)), member.get('/auth/settings'), member.get('/auth/logout')])
    for (const { body } of pages) {
      expect(body).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle="|\son[a-z]+="|javascript:/i)
    }
  })
})
