import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, QUICK, refreshWith, setCookiesOf } from '../harness/tokens.ts'

const SESSION_COOKIES = ['gatepost_access', 'gatepost_refresh']

// Cookies are made of configuration and tokens, not of rows: one engine.
describe('the cookies of the API', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer(testEngines[0]!, QUICK)
  })
  afterAll(() => server.close())

  const made = (answer: LightMyRequestResponse) => setCookiesOf(answer).filter((cookie) => cookie.attributes.get('max-age') !== '0').map((cookie) => cookie.name)
  const cleared = (answer: LightMyRequestResponse) => setCookiesOf(answer).filter((cookie) => cookie.attributes.get('max-age') === '0').map((cookie) => cookie.name)

  test('of a session are made by signing in, signing up, refreshing and proving again', async () => {
    const ada = await signUp(server)
    const browser = server.browser()
    await browser.api('GET', '/csrf')
    const login = await browser.api('POST', '/login', { email: ada.email, password: GOOD_PASSWORD })
    expect(made(login).sort()).toEqual(['gatepost_access', 'gatepost_csrf', 'gatepost_known', 'gatepost_refresh'])
    expect(made(await browser.api('POST', '/sessions/refresh'))).toEqual(SESSION_COOKIES)

    server.clock.advance(11 * 60_000)
    await browser.api('POST', '/sessions/refresh')
    const stale = await browser.api('POST', '/reauthenticate/check')
    const { id } = stale.json<{ error: { details: { authentication_challenge: { id: string } } } }>().error.details.authentication_challenge
    const proven = await browser.api('POST', '/reauthenticate/password', { authentication_challenge_id: id, password: GOOD_PASSWORD })
    expect(made(proven)).toEqual(SESSION_COOKIES)

    const newcomer = server.browser()
    const email = newAddress()
    const asked = await newcomer.api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD })
    expect(made(asked)).toEqual([])
    const { challenge_id } = asked.json<{ challenge_id: string }>()
    const verified = await newcomer.api('POST', '/signup/challenges/verify', { challenge_id, code: await server.codeFor(email) })
    expect(made(verified).sort()).toEqual(['gatepost_access', 'gatepost_csrf', 'gatepost_known', 'gatepost_refresh'])
  })

  test('of a session are cleared by signing out, ending this session, deleting the account and a refused refresh', async () => {
    const ada = await signUp(server)
    expect(cleared(await ada.browser.api('POST', '/sessions/logout'))).toEqual(SESSION_COOKIES)
    expect(cleared(await server.browser().api('POST', '/sessions/logout'))).toEqual(SESSION_COOKIES)
    expect(cleared(await server.browser().api('POST', '/sessions/refresh'))).toEqual(SESSION_COOKIES)

    const again = await signIn(server, ada)
    const other = await signIn(server, ada)
    const idOf = async (browser: typeof again) => (await browser.api('GET', '/user')).json<{ session_id: string }>().session_id
    expect(setCookiesOf(await again.api('DELETE', `/account/sessions/${await idOf(other)}`))).toEqual([])
    expect(cleared(await again.api('DELETE', `/account/sessions/${await idOf(again)}`))).toEqual(SESSION_COOKIES)

    const last = await signIn(server, ada)
    expect(cleared(await last.api('DELETE', '/account'))).toEqual(SESSION_COOKIES)
  })

  test('are neither made nor cleared by refreshing with a token in the body, and by reading', async () => {
    const { browser } = await signUp(server)
    const spare = browser.copy()
    for (const path of ['/user', '/account', '/capabilities', '/csrf']) expect(setCookiesOf(await browser.api('GET', path)), path).toEqual([])
    expect(setCookiesOf(await refreshWith(server, cookieOf(spare, 'refresh')))).toEqual([])
    expect(setCookiesOf(await refreshWith(server, 'worthless'))).toEqual([])
  })

  test('keep scripts away from tokens, go to our site only and last as long as what they hold', async () => {
    const ada = await signUp(server)
    const browser = server.browser()
    await browser.api('GET', '/csrf')
    const cookies = new Map(setCookiesOf(await browser.api('POST', '/login', { email: ada.email, password: GOOD_PASSWORD })).map((cookie) => [cookie.name, cookie.attributes]))
    const expected = [
      ['gatepost_access', '/', true, 600],
      ['gatepost_refresh', '/auth', true, 14 * 24 * 60 * 60],
      ['gatepost_csrf', '/', false, 30 * 24 * 60 * 60],
      ['gatepost_known', '/auth', true, 180 * 24 * 60 * 60],
    ] as const
    for (const [name, path, isHttpOnly, seconds] of expected) {
      const attributes = cookies.get(name)
      expect([name, attributes?.get('path'), attributes?.has('httponly'), attributes?.get('samesite'), attributes?.has('domain')]).toEqual([name, path, isHttpOnly, 'Lax', false])
      const age = Number(attributes?.get('max-age'))
      expect(age).toBeLessThanOrEqual(seconds)
      expect(age).toBeGreaterThan(seconds - 10)
    }
  })

  test('carry the strictest prefix they may over https, and the configured name', async () => {
    const secure = await server.sibling({ PUBLIC_URL: 'https://app.example.com', COOKIE_PREFIX: 'door' })
    const { browser } = await signUp(secure)
    expect([...browser.cookies.keys()].sort()).toEqual(['__Host-door_access', '__Host-door_csrf', '__Secure-door_known', '__Secure-door_refresh'])
    expect(setCookiesOf(await browser.api('POST', '/sessions/refresh')).every((cookie) => cookie.attributes.has('secure'))).toBe(true)
    await secure.close()

    const alone = await server.sibling({ PUBLIC_URL: 'https://auth.example.com', BASE_PATH: '/' })
    const { browser: visitor } = await signUp(alone)
    expect([...visitor.cookies.keys()].sort()).toEqual(['__Host-gatepost_access', '__Host-gatepost_csrf', '__Host-gatepost_known', '__Host-gatepost_refresh'])
    await alone.close()
  })

  test('given twice under one name are believed neither time', async () => {
    const { browser } = await signUp(server)
    const own = cookieOf(browser, 'access')
    const other = cookieOf((await signUp(server)).browser, 'access')
    for (const [first, second] of [[own, other], [other, own], [own, own]]) {
      const answer = await server.browser().raw({ method: 'GET', url: '/auth/api/v1/user', headers: { cookie: `gatepost_access=${first}; gatepost_access=${second}` } })
      expect(answer.statusCode).toBe(401)
    }
  })
})
