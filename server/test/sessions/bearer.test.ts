import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { Person } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, QUICK, statusWith } from '../harness/tokens.ts'

// Which credential counts is decided from the headers: one engine stands for all.
const engine = testEngines[0]!
const API = '/auth/api/v1'

describe('a bearer token on the API', () => {
  let server: TestServer
  let ada: Person
  let bob: Person
  let token: string
  beforeAll(async () => {
    server = await startTestServer(engine, QUICK)
    ada = await signUp(server)
    bob = await signUp(server)
    token = cookieOf(ada.browser, 'access')
  })
  afterAll(() => server.close())

  const send = (method: string, path: string, authorization: string, more: { cookie?: string; payload?: string } = {}) =>
    server.browser().raw({
      method,
      url: `${API}${path}`,
      headers: {
        authorization,
        ...(more.cookie ? { cookie: more.cookie } : {}),
        ...(more.payload ? { 'content-type': 'application/json' } : {}),
      },
      ...(more.payload ? { payload: more.payload } : {}),
    })

  test('reads and changes without cookies and without a CSRF token', async () => {
    expect((await send('GET', '/user', `Bearer ${token}`)).json()).toMatchObject({ email: ada.email })
    const changed = await send('PATCH', '/account/profile', `Bearer ${token}`, { payload: '{"display_name":"Ada"}' })
    expect(changed.statusCode).toBe(204)
    expect((await send('GET', '/user', `bearer ${token}`)).json()).toMatchObject({ display_name: 'Ada' })
    expect(changed.headers['set-cookie']).toBeUndefined()
  })

  test('wins over the cookies of somebody else', async () => {
    const cookie = `gatepost_access=${cookieOf(bob.browser, 'access')}; gatepost_refresh=${cookieOf(bob.browser, 'refresh')}`
    expect((await send('GET', '/user', `Bearer ${token}`, { cookie })).json()).toMatchObject({ email: ada.email })
    await send('PATCH', '/account/profile', `Bearer ${token}`, { cookie, payload: '{"display_name":"Countess"}' })
    expect((await ada.browser.api('GET', '/user')).json()).toMatchObject({ display_name: 'Countess' })
    expect((await bob.browser.api('GET', '/user')).json()).toMatchObject({ display_name: null })
  })

  const MALFORMED: [string, (good: string) => string][] = [
    ['nothing', () => ''],
    ['the scheme alone', () => 'Bearer'],
    ['the scheme and a blank', () => 'Bearer '],
    ['another scheme', (good) => `Basic ${good}`],
    ['another scheme in front', (good) => `Basic x, Bearer ${good}`],
    ['the token without its scheme', (good) => good],
    ['two tokens', (good) => `Bearer ${good} ${good}`],
    ['two credentials', (good) => `Bearer ${good}, Bearer ${good}`],
    ['a quoted token', (good) => `Bearer "${good}"`],
    ['two blanks', (good) => `Bearer  ${good}`],
    ['a tab', (good) => `Bearer\t${good}`],
    ['no blank', (good) => `Bearer${good}`],
    ['a padded token', (good) => `Bearer ${good}=`],
    ['a token cut short', (good) => `Bearer ${good.slice(0, -3)}`],
    ['a word', () => 'Bearer undefined'],
    ['an oversized token', (good) => `Bearer ${good}${'A'.repeat(100_000)}`],
  ]
  test.each(MALFORMED)('an Authorization header with %s is denied, although the cookie is good', async (_name, spoil) => {
    const cookie = `gatepost_access=${cookieOf(ada.browser, 'access')}`
    expect((await send('GET', '/user', spoil(token))).statusCode).toBe(401)
    const answer = await send('GET', '/user', spoil(token), { cookie })
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  })

  test('a malformed one changes nothing, even beside a good cookie and CSRF token', async () => {
    const answer = await bob.browser.api('PATCH', '/account/profile', { display_name: 'Mallory' }, { authorization: 'Bearer x' })
    expect(answer.statusCode).toBe(401)
    expect((await bob.browser.api('GET', '/user')).json()).toMatchObject({ display_name: null })
  })

  test('a malformed one does not lift the CSRF check of public operations', async () => {
    const payload = JSON.stringify({ identifier: ada.email, password: ada.password })
    for (const authorization of ['Bearer x', 'Bearer', `Basic ${token}`]) {
      expect((await send('POST', '/login', authorization, { payload })).statusCode).toBe(403)
      expect((await send('POST', '/sessions/logout', authorization)).statusCode).toBe(403)
    }
  })

  test('is read from the header only, never from the address, the body or another header', async () => {
    for (const name of ['access_token', 'token', 'authorization']) {
      expect((await server.browser().raw({ method: 'GET', url: `${API}/user?${name}=${token}` })).statusCode).toBe(401)
    }
    for (const name of ['x-access-token', 'x-authorization', 'proxy-authorization']) {
      expect((await server.browser().raw({ method: 'GET', url: `${API}/user`, headers: { [name]: `Bearer ${token}` } })).statusCode).toBe(401)
    }
  })

  test('signs out its own session without a CSRF token and leaves the session of the cookies alone', async () => {
    const held = cookieOf(await signIn(server, ada), 'access')
    const beside = await signIn(server, bob)
    const cookie = `gatepost_access=${cookieOf(beside, 'access')}`
    expect((await send('POST', '/sessions/logout', `Bearer ${held}`, { cookie })).statusCode).toBe(204)
    expect(await statusWith(server, held)).toBe(401)
    expect(await statusWith(server, cookieOf(beside, 'access'))).toBe(200)
  })

  test('does not sign in the pages, which belong to browsers', async () => {
    const answer = await server.browser().raw({ method: 'GET', url: '/auth/settings', headers: { authorization: `Bearer ${token}`, accept: 'text/html' } })
    expect(answer.statusCode).toBe(303)
  })
})
