import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANONYMOUS, signUpAnonymously } from '../harness/anonymous.ts'
import { testEngines } from '../harness/engines.ts'
import { signUpWithTotp } from '../harness/factors.ts'
import { signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, QUICK, setCookiesOf } from '../harness/tokens.ts'
import { ask, askWith, identityOf, RESOLVER } from './resolver.ts'

for (const engine of testEngines) {
  describe(`the resolver on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    test('tells by cookie and by bearer token who is calling, in headers alone', async () => {
      const person = await signUp(server)
      const token = cookieOf(person.browser, 'access')
      const { payload } = decodeToken(token)
      for (const answer of [await ask(person.browser), await askWith(server, token), await ask(person.browser, '?mode=enforce')]) {
        expect([answer.statusCode, answer.body, answer.headers['cache-control']]).toEqual([200, '', 'no-store'])
        expect(identityOf(answer)).toEqual({
          'session-valid': 'true',
          'user-id': person.id,
          'user-verified': 'true',
          'user-anonymous': 'false',
          'session-id': payload['sid'],
          'session-amr': (payload['amr'] as string[]).join(' '),
          'session-authenticated-at': String(payload['auth_time']),
        })
      }
    })

    test('answers HEAD as GET, and no other method', async () => {
      const { browser } = await signUp(server)
      const [get, head] = [await ask(browser), await browser.raw({ method: 'HEAD', url: RESOLVER })]
      expect([head.statusCode, identityOf(head), head.body]).toEqual([200, identityOf(get), ''])
      const posted = await browser.raw({ method: 'POST', url: RESOLVER })
      expect([posted.statusCode, posted.headers['allow']]).toEqual([405, 'GET, HEAD'])
    })

    test('tells nothing of who shows nothing, and that a session is over of who shows one that is', async () => {
      expect(identityOf(await ask(server.browser()))).toEqual({})
      const { browser } = await signUp(server)
      const before = browser.copy()
      await browser.api('POST', '/sessions/logout')
      const answer = await ask(before)
      expect([answer.statusCode, identityOf(answer)]).toEqual([200, { 'session-valid': 'false' }])
      expect((await ask(before, '?mode=enforce')).statusCode).toBe(401)
    })

    test('names roles, second factors and anonymous people', async () => {
      const admin = await signUp(server)
      await server.app.admins.grant(admin.email)
      expect(identityOf(await ask(admin.browser))['user-roles']).toBe('admin')
      const careful = await signUpWithTotp(server)
      await careful.browser.api('POST', '/sessions/refresh')
      expect(identityOf(await ask(careful.browser))['session-amr']).toMatch(/\bpwd\b.*\bmfa\b/)
      const open = await server.sibling({}, ANONYMOUS)
      const nobody = await signUpAnonymously(open)
      expect(identityOf(await ask(nobody.browser))).toMatchObject({ 'user-id': nobody.id, 'user-anonymous': 'true', 'user-verified': 'false' })
      expect((await ask(nobody.browser, '?mode=enforce')).statusCode).toBe(200)
      expect((await ask(nobody.browser, '?mode=enforce&acr=aal1')).statusCode).toBe(403)
      await open.close()
    })

    test('names its headers as the setting says', async () => {
      const other = await server.sibling({ RESOLVER_HEADER_PREFIX: 'X-Authgear-' })
      const { browser, id } = await signUp(other)
      const answer = await ask(browser)
      expect([identityOf(answer), identityOf(answer, 'x-authgear-')['user-id']]).toEqual([{}, id])
      await other.close()
    })

    test('refuses an invalid bearer token in both modes, whatever cookie comes along', async () => {
      const { browser } = await signUp(server)
      const good = cookieOf(browser, 'access')
      const [head, payload, signature] = good.split('.') as [string, string, string]
      const refresh = cookieOf(browser, 'refresh')
      const forged = [`${head}.${payload}.${'A'.repeat(86)}`, `${head}.${payload}.`, good.slice(0, -2), `${good}x`, refresh, 'abc', `${head}.${Buffer.from('{}').toString('base64url')}.${signature}`]
      for (const query of ['', '?mode=enforce', '?cookies=passed']) {
        for (const token of forged) {
          const answer = await ask(browser, query, { authorization: `Bearer ${token}` })
          expect([token.slice(0, 12), answer.statusCode, answer.headers['www-authenticate'], identityOf(answer)]).toEqual([token.slice(0, 12), 401, 'Bearer error="invalid_token"', {}])
          expect(answer.headers['set-cookie']).toBeUndefined()
        }
        for (const authorization of ['Bearer', 'Bearer ', 'Basic YTpi', `Bearer ${good} ${good}`, `Bearer, ${good}`]) {
          const answer = await ask(browser, query, { authorization })
          expect([authorization, answer.statusCode, answer.headers['www-authenticate']]).toEqual([authorization, 401, 'Bearer'])
        }
      }
    })

    test('refuses a bearer token that ran out', async () => {
      const { browser } = await signUp(server)
      const token = cookieOf(browser, 'access')
      expect((await askWith(server, token)).statusCode).toBe(200)
      server.clock.advance(11 * 60_000)
      expect((await askWith(server, token)).statusCode).toBe(401)
    })

    test('renews a session whose access token ran out only for a proxy that hands cookies back', async () => {
      const { browser, id } = await signUp(server)
      server.clock.advance(11 * 60_000)
      const spent = browser.copy()
      const untold = await ask(browser)
      expect([identityOf(untold), untold.headers['set-cookie']]).toEqual([{ 'session-valid': 'false' }, undefined])
      const answer = await ask(browser, '?mode=enforce&cookies=passed')
      expect([answer.statusCode, identityOf(answer)['user-id']]).toEqual([200, id])
      expect(setCookiesOf(answer).map(({ name }) => name)).toEqual(['gatepost_access', 'gatepost_refresh'])
      expect((await ask(browser, '?mode=enforce')).statusCode).toBe(200)
      // The tabs beside it, which still hold the token before, get the same successor.
      const beside = await ask(spent, '?cookies=passed')
      expect(setCookiesOf(beside)[1]?.value).toBe(cookieOf(browser, 'refresh'))
      // Without any access cookie, too: browsers drop it with its time.
      browser.cookies.delete('gatepost_access')
      browser.cookies.delete('gatepost_csrf')
      expect(setCookiesOf(await ask(browser, '?cookies=passed')).map(({ name }) => name)).toEqual(['gatepost_access', 'gatepost_refresh', 'gatepost_csrf'])
    })
  })
}
