import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { GOOD_PASSWORD, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer, TEST_ORIGIN } from '../harness/server.ts'
import { cookieOf, QUICK } from '../harness/tokens.ts'
import type { DocumentedOperation } from './document.ts'
import { isForSignedIn, needsCsrf, SESSION_API_OPERATIONS } from './document.ts'

const UNKNOWN_ID = '00000000-0000-7000-8000-00000000abcd'
const urlOf = ({ path }: DocumentedOperation) => `/auth${path.replace('{id}', UNKNOWN_ID)}`
const nameOf = ({ method, path }: DocumentedOperation) => `${method} ${path}`
/** Input that every operation refuses once it has let the caller in: nothing is changed by knocking. */
const REFUSED_INPUT = { 'content-type': 'application/json' }
const REFUSED_BODY = '{"no_such_field":1}'

// Who may call what is decided before any engine's difference could matter: one engine.
describe('access to the API', () => {
  let server: TestServer
  let ada: Person
  beforeAll(async () => {
    server = await startTestServer(testEngines[0]!, QUICK)
    ada = await signUp(server)
  })
  afterAll(() => server.close())

  const knock = (operation: DocumentedOperation, headers: Record<string, string>, cookies?: string) =>
    server.browser().raw({
      method: operation.method,
      url: `${urlOf(operation)}?no_such_parameter=1`,
      headers: { ...headers, ...(cookies === undefined ? {} : { cookie: cookies }), ...(operation.method === 'GET' ? {} : REFUSED_INPUT) },
      ...(operation.method === 'GET' ? {} : { payload: REFUSED_BODY }),
    })
  const cookiesOf = (browser: Person['browser']) => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const accessCookie = () => `gatepost_access=${cookieOf(ada.browser, 'access')}`
  const bearer = () => ({ authorization: `Bearer ${cookieOf(ada.browser, 'access')}` })

  test('is refused to strangers with 401 and a challenge, exactly where somebody must be signed in', async () => {
    for (const operation of SESSION_API_OPERATIONS) {
      const stranger = server.browser()
      const { csrf_token } = (await stranger.api('GET', '/csrf')).json<{ csrf_token: string }>()
      const answer = await knock(operation, { 'x-csrf-token': csrf_token }, cookiesOf(stranger))
      expect([nameOf(operation), answer.statusCode]).toEqual([nameOf(operation), isForSignedIn(operation) ? 401 : 400])
      expect(answer.headers['www-authenticate'], nameOf(operation)).toBe(isForSignedIn(operation) ? 'Bearer' : undefined)
    }
  })

  test('is refused for every token that is not one of ours, by cookie and by header', async () => {
    const token = cookieOf(ada.browser, 'access')
    const [header = '', payload = '', signature = ''] = token.split('.')
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
    const bad = ['', 'x', `${header}.${payload}`, `${header}.${payload}.`, `${header}.${payload}.${signature.slice(0, -4)}AAAA`, unsigned, cookieOf(ada.browser, 'refresh')]
    for (const one of bad) {
      for (const headers of [{ authorization: `Bearer ${one}` }, { cookie: `gatepost_access=${one}` }]) {
        const answer = await server.browser().raw({ method: 'GET', url: '/auth/api/v1/user', headers })
        expect([one, answer.statusCode, answer.headers['www-authenticate']]).toEqual([one, 401, 'Bearer'])
      }
    }
  })

  test('by a header counts alone: a bad one is not mended by a good cookie', async () => {
    for (const authorization of ['Bearer wrong', 'Basic YWRhOnB3', 'bearer', '']) {
      const answer = await server.browser().raw({ method: 'GET', url: '/auth/api/v1/user', headers: { authorization, cookie: accessCookie() } })
      expect([authorization, answer.statusCode]).toEqual([authorization, 401])
    }
  })

  test('needs a CSRF token exactly where the document says so', async () => {
    for (const operation of SESSION_API_OPERATIONS) {
      const answer = await knock(operation, {}, cookiesOf(ada.browser))
      expect([nameOf(operation), answer.statusCode]).toEqual([nameOf(operation), needsCsrf(operation) ? 403 : 400])
      if (!needsCsrf(operation)) continue
      expect(answer.json(), nameOf(operation)).toMatchObject({ error: { code: 'forbidden' } })
      const good = await knock(operation, { 'x-csrf-token': cookieOf(ada.browser, 'csrf') }, cookiesOf(ada.browser))
      expect([nameOf(operation), good.statusCode]).toEqual([nameOf(operation), 400])
    }
  })

  test('is refused with a CSRF token that is wrong, of another session, of nobody, only in the header or only in the cookie', async () => {
    const other = await signIn(server, ada)
    const stranger = server.browser()
    await stranger.api('GET', '/csrf')
    const own = cookieOf(ada.browser, 'csrf')
    const theirs = cookieOf(other, 'csrf')
    const anonymous = cookieOf(stranger, 'csrf')
    const forged = `${own.slice(0, -4)}AAAA`
    const pairs = [
      [own, theirs],
      [theirs, theirs],
      [anonymous, anonymous],
      [forged, forged],
      [own, forged],
      ['x', 'x'],
      ['', ''],
      [undefined, own],
      [own, undefined],
    ] as const
    for (const operation of SESSION_API_OPERATIONS.filter((one) => needsCsrf(one) && isForSignedIn(one))) {
      for (const [cookie, header] of pairs) {
        const cookies = cookie === undefined ? accessCookie() : `${accessCookie()}; gatepost_csrf=${cookie}`
        const answer = await knock(operation, header === undefined ? {} : { 'x-csrf-token': header }, cookies)
        expect([nameOf(operation), cookie, header, answer.statusCode]).toEqual([nameOf(operation), cookie, header, 403])
      }
    }
  })

  test('with a good CSRF token is refused when the browser says that another origin asks', async () => {
    const csrf = { 'x-csrf-token': cookieOf(ada.browser, 'csrf') }
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${TEST_ORIGIN}.evil.example` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: TEST_ORIGIN, 'sec-fetch-site': 'cross-site' },
    ]
    for (const operation of SESSION_API_OPERATIONS.filter(needsCsrf)) {
      for (const headers of foreign) {
        const answer = await knock(operation, { ...csrf, ...(headers as Record<string, string>) }, cookiesOf(ada.browser))
        expect([nameOf(operation), headers, answer.statusCode]).toEqual([nameOf(operation), headers, 403])
      }
    }
  })

  test('by a bearer token needs no CSRF token and no cookie, wherever somebody signed in is asked for', async () => {
    for (const operation of SESSION_API_OPERATIONS.filter(isForSignedIn)) {
      const answer = await knock(operation, bearer())
      expect([nameOf(operation), answer.statusCode]).toEqual([nameOf(operation), 400])
    }
    const changed = await server.browser().raw({
      method: 'PATCH',
      url: '/auth/api/v1/account/profile',
      headers: { ...bearer(), 'content-type': 'application/json' },
      payload: '{"display_name":"Ada"}',
    })
    expect(changed.statusCode).toBe(204)
  })

  test('by a bearer token that is worth nothing does not lift the CSRF check of a public operation', async () => {
    const answer = await server.browser().raw({
      method: 'POST',
      url: '/auth/api/v1/login',
      headers: { authorization: 'Bearer made-up', 'content-type': 'application/json' },
      payload: JSON.stringify({ email: ada.email, password: GOOD_PASSWORD }),
    })
    expect(answer.statusCode).toBe(403)
  })

  test('ends with the session: the same token is refused from then on', async () => {
    const browser = await signIn(server, ada)
    const token = cookieOf(browser, 'access')
    await browser.api('POST', '/sessions/logout')
    const answer = await server.browser().raw({ method: 'GET', url: '/auth/api/v1/user', headers: { authorization: `Bearer ${token}` } })
    expect(answer.statusCode).toBe(401)
  })
})
