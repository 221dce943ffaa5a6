import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { signUpWithTotp } from '../harness/factors.ts'
import { sendRaw } from '../harness/http-client.ts'
import { signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer, TEST_ORIGIN } from '../harness/server.ts'
import { cookieOf, QUICK } from '../harness/tokens.ts'
import { ask, identityOf } from './resolver.ts'

const PAGE = { accept: 'text/html,application/xhtml+xml' }
const SIGN_IN = `${TEST_ORIGIN}/auth/login`

for (const engine of testEngines) {
  describe(`the resolver that enforces on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { ...QUICK, TRUSTED_PROXIES: '192.0.2.1,2001:db8::/32' })
    })
    afterAll(() => server.close())
    const proxied = (headers: Record<string, string>, query = '?mode=enforce&sign_in=redirect', ip = '192.0.2.1') => ask(server.browser({ ip }), query, { ...PAGE, ...headers })

    test('refuses strangers, and sends those who want a page to sign in where it was told to', async () => {
      const stranger = server.browser()
      const refused = await ask(stranger, '?mode=enforce&sign_in=redirect', { accept: 'application/json' })
      expect([refused.statusCode, refused.headers['www-authenticate'], refused.headers['location'], refused.json<{ error: { code: string } }>().error.code]).toEqual([401, 'Bearer', undefined, 'unauthorized'])
      const sent = await ask(stranger, '?mode=enforce&sign_in=redirect', PAGE)
      expect([sent.statusCode, sent.headers['location'], sent.body]).toEqual([302, SIGN_IN, ''])
      const named = await ask(stranger, '?mode=enforce', PAGE)
      expect([named.statusCode, named.headers['location']]).toEqual([401, SIGN_IN])
    })

    test.each([
      [{ 'x-forwarded-uri': '/notes?page=2&sort=a' }],
      [{ 'x-original-uri': '/notes?page=2&sort=a', 'x-original-method': 'GET' }],
      [{ 'x-original-url': `${TEST_ORIGIN}/notes?page=2&sort=a` }],
      [{ 'x-forwarded-uri': '/notes?page=2&sort=a', 'x-forwarded-host': 'localhost:3000', 'x-forwarded-proto': 'http', 'x-forwarded-method': 'HEAD' }],
      [{ 'x-forwarded-uri': '/notes?page=2&sort=a', 'x-original-uri': '/notes?page=2&sort=a' }],
    ])('a trusted proxy tells where the sign-in leads back to: %j', async (headers) => {
      for (const ip of ['192.0.2.1', '::ffff:192.0.2.1', '2001:db8::7']) {
        const sent = await proxied(headers, undefined, ip)
        expect([sent.statusCode, sent.headers['location']]).toEqual([302, `${SIGN_IN}?return_to=%2Fnotes%3Fpage%3D2%26sort%3Da`])
      }
      const believed = await proxied(headers, undefined, '192.0.2.2')
      expect(believed.headers['location']).toBe(SIGN_IN)
    })

    // security case A3
    test.each([
      '//evil.example/notes', '/\\evil.example', 'https://evil.example/', 'javascript:alert(1)', '\\/evil.example', '/%2F..//evil.example/..//', '', 'notes', '/a b', '/a, /b',
      '/auth/login', '/auth/login?return_to=/auth/login', '/auth/logout', `${TEST_ORIGIN}@evil.example/`, '/a\tb', `/${'a'.repeat(3_000)}`,
    ])('a path that leads elsewhere or in a circle is left out: %s', async (path) => {
      for (const name of ['x-forwarded-uri', 'x-original-uri', 'x-original-url']) {
        const sent = await proxied({ [name]: path })
        const location = String(sent.headers['location'])
        expect([sent.statusCode, new URL(location).origin, new URL(location).pathname]).toEqual([302, TEST_ORIGIN, '/auth/login'])
        const back = new URL(location).searchParams.get('return_to')
        if (back !== null) expect(new URL(back, TEST_ORIGIN).origin).toBe(TEST_ORIGIN)
        expect(back ?? '').not.toContain('/auth/log')
      }
    })

    test('of two proxies\' words that differ neither counts, nor does a path on another host', async () => {
      expect((await proxied({ 'x-forwarded-uri': '/a', 'x-original-uri': '/b' })).headers['location']).toBe(SIGN_IN)
      expect((await proxied({ 'x-forwarded-uri': '/a', 'x-forwarded-host': 'evil.example' })).headers['location']).toBe(SIGN_IN)
      expect((await proxied({ 'x-original-url': 'https://evil.example/a' })).headers['location']).toBe(SIGN_IN)
    })

    test('of two headers of a kind neither counts', async () => {
      const other = await server.sibling({ TRUSTED_PROXIES: '127.0.0.1' })
      await other.app.listener.listen({ host: '127.0.0.1', port: 0 })
      const { port } = other.app.listener.server.address() as AddressInfo
      const { browser } = await signUp(other)
      const good = cookieOf(browser, 'access')
      const send = (...lines: string[]) => sendRaw(port, [['GET /auth/_resolver/resolve?mode=enforce&sign_in=redirect HTTP/1.1', 'Host: localhost', 'Connection: close', ...lines, '', ''].join('\r\n')])
      expect((await send(`Authorization: Bearer ${good}`)).status).toBe(200)
      for (const second of [good, 'abc', '']) {
        for (const name of ['Authorization', 'AUTHORIZATION']) {
          const answer = await send(`Authorization: Bearer ${good}`, `${name}: Bearer ${second}`)
          expect([answer.status, answer.headers.get('x-gatepost-user-id')]).toEqual([400, undefined])
        }
      }
      for (const second of [good, 'abc']) expect((await send(`Cookie: gatepost_access=${good}`, `Cookie: gatepost_access=${second}`)).status).toBe(401)
      const twice = await send('Accept: text/html', 'X-Forwarded-Uri: /a', 'X-Forwarded-Uri: /b')
      expect([twice.status, twice.headers.get('location')]).toEqual([302, SIGN_IN])
      await other.close()
    })

    test('what was no request for a page is refused, not sent away', async () => {
      for (const method of ['POST', 'PUT', 'DELETE', 'get']) expect((await proxied({ 'x-forwarded-method': method, 'x-forwarded-uri': '/a' })).statusCode).toBe(401)
    })

    test('asks for roles, all of them, as they are now', async () => {
      const person = await signUp(server)
      for (const role of ['admin', 'admin,editor', 'Admin', 'adm']) {
        const refused = await ask(person.browser, `?mode=enforce&role=${role}`, PAGE)
        expect([refused.statusCode, refused.headers['www-authenticate'], identityOf(refused)]).toEqual([403, 'Bearer error="insufficient_scope"', {}])
      }
      await server.app.admins.grant(person.email)
      expect((await ask(person.browser, '?mode=enforce&role=admin')).statusCode).toBe(200)
      expect((await ask(person.browser, '?mode=enforce&role=admin%20editor')).statusCode).toBe(403)
    })

    test('asks for a level of authentication, and for scopes that no session has', async () => {
      const person = await signUp(server)
      expect((await ask(person.browser, '?mode=enforce&acr=aal1')).statusCode).toBe(200)
      const refused = await ask(person.browser, '?mode=enforce&acr=aal2')
      expect([refused.statusCode, refused.headers['www-authenticate']]).toEqual([403, 'Bearer error="insufficient_user_authentication", acr_values="aal2"'])
      expect((await ask((await signUpWithTotp(server)).browser, '?mode=enforce&acr=aal2')).statusCode).toBe(200)
      const scoped = await ask(person.browser, '?mode=enforce&scope=notes:read+notes:write')
      expect([scoped.statusCode, scoped.headers['www-authenticate']]).toEqual([403, 'Bearer error="insufficient_scope", scope="notes:read notes:write"'])
    })

    test.each([
      'mode=enforc', 'mode=', 'mode=enforce&mode=inform', 'mode=inform&mode=enforce', 'mode[]=enforce', 'role=admin', 'acr=aal2', 'scope=a', 'sign_in=redirect', 'mode=enforce&roles=admin', 'mode=enforce&role=',
      'mode=enforce&role=,', 'mode=enforce&acr=aal9', 'mode=enforce&acr=', 'mode=enforce&sign_in=no', 'mode=enforce&cookies=yes', 'mode=%ff', '__proto__=1', 'mode=enforce&role=admin&role=editor',
    ])('lets nobody in where it is asked wrongly: %s', async (query) => {
      const { browser } = await signUp(server)
      const answer = await ask(browser, `?${query}`)
      expect([answer.statusCode, identityOf(answer)]).toEqual([400, {}])
    })
  })
}
