import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer, TEST_ORIGIN } from '../harness/server.ts'

const FORM = 'application/x-www-form-urlencoded'
const ID = '01900000-0000-7000-8000-000000000000'

/** Every form of the pages. */
const FORMS: readonly [string, Record<string, string>][] = [
  ['/auth/login', { intent: 'password', identifier: 'a@example.com', password: 'x' }],
  ['/auth/login', { intent: 'code', identifier: 'a@example.com' }],
  ['/auth/signup', { intent: 'signup', email: 'a@example.com', new_password: 'x' }],
  ['/auth/verify', { intent: 'submit_code', state: 'x', code: '000000' }],
  ['/auth/reset_password', { intent: 'identify', email: 'a@example.com' }],
  ['/auth/reauthenticate', { intent: 'password', password: 'x' }],
  ['/auth/login', { intent: 'passkey', passkey_ceremony: 'x', passkey_credential: '{}' }],
  ['/auth/logout', {}],
  ['/auth/settings/profile', { display_name: 'Eve' }],
  ['/auth/settings/username', { username: 'eve' }],
  ['/auth/settings/password', { current_password: 'x', new_password: 'y' }],
  ['/auth/settings/email', { new_email: 'eve@example.com' }],
  ['/auth/settings/email/verify', { challenge_id: ID, code: '000000' }],
  ['/auth/settings/passkeys', { name: 'x', passkey_ceremony: 'x', passkey_credential: '{}' }],
  ['/auth/settings/passkeys/rename', { passkey_id: ID, name: 'x' }],
  ['/auth/settings/passkeys/remove', { passkey_id: ID }],
  ['/auth/settings/sessions/end', { session_id: ID }],
  ['/auth/settings/sessions/end_others', {}],
  ['/auth/settings/delete', { confirm_email: 'a@example.com' }],
  ['/auth/first_admin', { secret: 'x' }],
]

/** Every operation of the API that changes something by cookie. */
const OPERATIONS: readonly ['POST' | 'PUT' | 'PATCH' | 'DELETE', string, unknown][] = [
  ['POST', '/login', { identifier: 'a@example.com', password: 'x' }],
  ['POST', '/signup/direct', { email: 'a@example.com', password: 'x' }],
  ['POST', '/signup/challenges', { email: 'a@example.com', password: 'x' }],
  ['POST', '/signup/challenges/verify', { challenge_id: ID, code: '000000' }],
  ['POST', '/password-reset/challenges', { email: 'a@example.com', new_password: 'x' }],
  ['POST', '/password-reset/challenges/verify', { challenge_id: ID, code: '000000' }],
  ['POST', '/challenges/resend', { challenge_id: ID }],
  ['POST', '/sessions/logout', undefined],
  ['POST', '/sessions/refresh', undefined],
  ['PATCH', '/account/profile', { display_name: 'Eve' }],
  ['PATCH', '/account/username', { username: 'eve' }],
  ['PUT', '/account/password', { current_password: 'x', new_password: 'y' }],
  ['POST', '/account/password', { password: 'y' }],
  ['POST', '/account/email-change/challenges', { new_email: 'eve@example.com' }],
  ['POST', '/account/email-change/challenges/verify', { challenge_id: ID, code: '000000' }],
  ['DELETE', '/account/sessions/others', undefined],
  ['DELETE', `/account/sessions/${ID}`, undefined],
  ['DELETE', '/account', undefined],
  ['POST', '/login/passkey/options', undefined],
  ['POST', '/login/passkey', { ceremony: 'x', credential: {} }],
  ['POST', '/account/passkey/options', undefined],
  ['POST', '/account/passkeys', { ceremony: 'x', credential: {}, name: 'x' }],
  ['PATCH', `/account/passkeys/${ID}`, { name: 'x' }],
  ['DELETE', `/account/passkeys/${ID}`, undefined],
  ['POST', '/reauthenticate/passkey/options', undefined],
  ['POST', '/reauthenticate/passkey', { authentication_challenge_id: 'x', ceremony: 'x', credential: {} }],
  ['POST', '/reauthenticate/check', undefined],
  ['POST', '/reauthenticate/password', { authentication_challenge_id: 'x', password: 'x' }],
]

/** Where a hostile page's request would say it comes from. Security case C1. */
const FOREIGN: readonly Record<string, string>[] = [
  { origin: 'https://evil.example' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  { origin: TEST_ORIGIN, 'sec-fetch-site': 'cross-site' },
  { origin: TEST_ORIGIN, 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'cross-site' },
  { origin: 'null' },
  { origin: 'null', 'sec-fetch-site': 'cross-site' },
  { origin: 'http://localhost:3001' },
  { origin: 'https://localhost:3000' },
  { origin: 'http://localhost:3000.evil.example' },
  { origin: 'http://evil-localhost:3000' },
]

// One engine: requests are refused before the database has anything to do with them.
describe('a request that another site brought about', () => {
  let server: TestServer
  let person: Person
  beforeAll(async () => {
    server = await startTestServer(testEngines[0]!, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
    person = await signUp(server)
  })
  afterAll(() => server.close())

  const tokenOf = (browser: Browser) => browser.cookies.get('gatepost_csrf') ?? ''
  const postForm = (browser: Browser, url: string, fields: Record<string, string>, headers: Record<string, string>) =>
    browser.raw({ method: 'POST', url, headers: { 'content-type': FORM, accept: 'text/html', ...headers }, payload: new URLSearchParams(fields).toString() })
  const callApi = (browser: Browser, [method, path, body]: (typeof OPERATIONS)[number], headers: Record<string, string>) =>
    browser.raw({
      method,
      url: `/auth/api/v1${path}`,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
  const stillSignedIn = async () => expect((await person.browser.copy().api('GET', '/user')).json()).toMatchObject({ email: person.email, display_name: null })

  test.each(FORMS)('is refused at the form %s, even with the right token', async (url, fields) => {
    for (const headers of [...FOREIGN, {}]) {
      const browser = person.browser.copy()
      const answer = await postForm(browser, url, { ...fields, csrf_token: tokenOf(browser) }, headers)
      expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([403, undefined])
    }
    await stillSignedIn()
  })

  test.each(FORMS)('is refused at the form %s when its token is missing or another', async (url, fields) => {
    const own = { origin: TEST_ORIGIN, 'sec-fetch-site': 'same-origin' }
    const stranger = server.browser()
    await stranger.get('/auth/login')
    const other = await signIn(server, person)
    for (const token of [undefined, '', 'x', tokenOf(stranger), tokenOf(other), `${tokenOf(person.browser)}x`]) {
      const answer = await postForm(person.browser.copy(), url, { ...fields, ...(token === undefined ? {} : { csrf_token: token }) }, own)
      expect(answer.statusCode).toBe(403)
    }
    await stillSignedIn()
  })

  test.each(OPERATIONS)('is refused at %s %s, even with the right token', async (...operation) => {
    for (const headers of FOREIGN) {
      const browser = person.browser.copy()
      const answer = await callApi(browser, operation, { ...headers, 'x-csrf-token': tokenOf(browser) })
      expect([answer.statusCode, answer.json<{ error: { code: string } }>().error.code]).toEqual([403, 'forbidden'])
    }
    await stillSignedIn()
  })

  test.each(OPERATIONS)('is refused at %s %s without the token', async (...operation) => {
    const stranger = server.browser()
    await stranger.get('/auth/login')
    for (const token of [undefined, '', 'x', tokenOf(stranger)]) {
      const answer = await callApi(person.browser.copy(), operation, { origin: TEST_ORIGIN, ...(token === undefined ? {} : { 'x-csrf-token': token }) })
      expect(answer.statusCode).toBe(403)
    }
    await stillSignedIn()
  })

  test('is refused when a form is sent to the API, which a hostile page could do without asking', async () => {
    const browser = person.browser.copy()
    for (const type of [FORM, 'text/plain', 'multipart/form-data; boundary=x', 'application/jsonx']) {
      const answer = await browser.raw({
        method: 'POST',
        url: '/auth/api/v1/login',
        headers: { 'content-type': type, 'x-csrf-token': tokenOf(browser) },
        payload: 'identifier=a&password=b',
      })
      expect([400, 403, 415]).toContain(answer.statusCode)
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
  })

  // security case C6
  test('cannot have codes sent, with or without cookies', async () => {
    for (const headers of FOREIGN) {
      for (const operation of OPERATIONS.filter(([, path]) => /challenges$|resend$/.test(path) && !path.startsWith('/account'))) {
        expect((await callApi(server.browser(), operation, headers)).statusCode).toBe(403)
      }
    }
    expect(await server.mailTo('a@example.com')).toBeUndefined()
  })

  test('cannot sign its visitor in to an account of the attacker with a planted token', async () => {
    const attacker = server.browser()
    await attacker.get('/auth/login')
    const victim = server.browser()
    victim.cookies.set('gatepost_csrf', tokenOf(attacker))
    const fields = { intent: 'password', identifier: person.email, password: person.password, csrf_token: tokenOf(attacker) }
    for (const headers of [...FOREIGN, {}]) {
      const answer = await postForm(victim, '/auth/login', fields, headers)
      expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([403, undefined])
    }
  })

  test('a token of ours is needed even from our own origin: one that somebody made up is none', async () => {
    const victim = server.browser()
    victim.cookies.set('gatepost_csrf', 'planted.planted.planted')
    const answer = await postForm(victim, '/auth/login', { intent: 'password', identifier: person.email, password: person.password, csrf_token: 'planted.planted.planted' }, { origin: TEST_ORIGIN })
    expect(answer.statusCode).toBe(403)
  })

  test('needs no token where a bearer token is sent on purpose, and a wrong one opens nothing', async () => {
    const bearer = { authorization: `Bearer ${person.browser.cookies.get('gatepost_access')}` }
    const changed = await callApi(server.browser(), ['PATCH', '/account/profile', { display_name: '' }], bearer)
    expect(changed.statusCode).toBe(204)
    const wrong = await callApi(person.browser.copy(), ['PATCH', '/account/profile', { display_name: 'Eve' }], { authorization: 'Bearer x' })
    expect(wrong.statusCode).toBe(401)
    const logout = await callApi(person.browser.copy(), ['POST', '/sessions/logout', undefined], { authorization: 'Bearer x' })
    expect(logout.statusCode).toBe(403)
    await stillSignedIn()
  })

  // security case C9
  test('a link or an image cannot sign anybody out: GET and HEAD only ask', async () => {
    const browser = person.browser.copy()
    for (const headers of [{}, { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' }, { referer: 'https://evil.example/' }]) {
      const page = await browser.get('/auth/logout', headers)
      expect(page.statusCode).toBe(200)
      expect(String(page.headers['set-cookie'] ?? '')).not.toMatch(/_(access|refresh)=/)
      expect((await browser.raw({ method: 'HEAD', url: '/auth/logout', headers })).statusCode).toBe(200)
    }
    expect((await browser.get('/auth/api/v1/sessions/logout')).statusCode).toBe(405)
    await stillSignedIn()
  })

  // security case C8
  test('no answer lets another origin read it', async () => {
    const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-csrf-token, content-type' }
    for (const origin of ['https://evil.example', 'null', TEST_ORIGIN, 'http://localhost:3000.evil.example']) {
      for (const url of ['/auth/api/v1/user', '/auth/api/v1/csrf', '/auth/api/v1/login', '/auth/login', '/auth/settings', '/auth/.well-known/jwks.json', '/auth/health', '/nowhere']) {
        for (const method of ['GET', 'OPTIONS', 'POST']) {
          const answer = await person.browser.copy().raw({ method, url, headers: { origin, ...(method === 'OPTIONS' ? preflight : {}) } })
          const names = Object.keys(answer.headers).filter((name) => name.startsWith('access-control-') && url !== '/auth/.well-known/jwks.json')
          expect([url, names]).toEqual([url, []])
          expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
        }
      }
    }
  })

  test('the token is bound to the session: one from before signing in does not work afterwards', async () => {
    const browser = server.browser()
    await browser.get('/auth/login')
    const before = tokenOf(browser)
    await signIn(server, person, browser)
    expect(tokenOf(browser)).not.toBe(before)
    const answer = await browser.post('/auth/settings/profile', { display_name: 'Eve', csrf_token: before })
    expect(answer.statusCode).toBe(403)
    browser.cookies.set('gatepost_csrf', before)
    expect((await browser.post('/auth/settings/profile', { display_name: 'Eve', csrf_token: before })).statusCode).toBe(403)
  })
})
