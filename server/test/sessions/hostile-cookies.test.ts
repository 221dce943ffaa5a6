import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { Person } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer, TEST_ORIGIN } from '../harness/server.ts'
import { cookieOf, QUICK, refreshWith, statusWith } from '../harness/tokens.ts'

// Reading a Cookie header comes before any database: one engine stands for all.
const engine = testEngines[0]!

/** What an attacker can make of a cookie header that holds a good token. security case D5 */
const HOSTILE: [string, (name: string, good: string, other: string) => string][] = [
  ['a planted cookie before the real one', (name, good, other) => `${name}=${other}; ${name}=${good}`],
  ['a planted cookie after the real one', (name, good, other) => `${name}=${good}; ${name}=${other}`],
  ['the same cookie twice', (name, good) => `${name}=${good}; ${name}=${good}`],
  ['an empty namesake', (name, good) => `${name}=; ${name}=${good}`],
  ['a namesake without a blank between', (name, good, other) => `${name}=${other};${name}=${good}`],
  ['a namesake with a blank before its equals sign', (name, good, other) => `${name} =${other}; ${name}=${good}`],
  ['a namesake with a tab before its equals sign', (name, good, other) => `${name}=${good}; ${name}\t=${other}`],
  ['a namesake far away', (name, good, other) => `${name}=${good}; ${'x=1; '.repeat(200)}${name}=${other}`],
  ['a quoted token', (name, good) => `${name}="${good}"`],
  ['a half quoted token', (name, good) => `${name}="${good}`],
  ['an old style cookie with a version', (name, good) => `$Version="1"; ${name}="${good}"; $Path="/"`],
  ['a sandwich that swallows the token', (name, good) => `$Version=1; x="a; ${name}=${good}"; y=b"`],
  ['a NUL after the token', (name, good) => `${name}=${good}\u0000`],
  ['a NUL inside the token', (name, good) => `${name}=${good.slice(0, 20)}\u0000${good.slice(20)}`],
  ['letters that are not ASCII', (name, good) => `${name}=${good}\u00e9`],
  ['a wide letter', (name, good) => `${name}=\uff0e${good}`],
  ['a broken percent escape', (name, good) => `${name}=%E0%A4%A${good}`],
  ['an oversized token', (name, good) => `${name}=${good}${'A'.repeat(20_000)}`],
  ['a token cut short', (name, good) => `${name}=${good.slice(0, -5)}`],
  ['a blank inside', (name, good) => `${name}=${good.slice(0, 30)} ${good.slice(30)}`],
  ['another spelling of the name', (name, good) => `${name.toUpperCase()}=${good}`],
  ['a name that is only a beginning', (name, good) => `${name.slice(0, -1)}=${good}`],
  ['a name that goes on', (name, good) => `${name}x=${good}`],
  ['a prefixed name over plain http', (name, good) => `__Host-${name}=${good}`],
  ['the prototype as a name', (_name, good) => `__proto__=${good}; constructor=${good}`],
  ['only semicolons', () => ';;;;;'],
  ['only an equals sign', () => '='],
  ['nothing but a name', (name) => name],
  ['an empty token', (name) => `${name}=`],
]

describe('hostile cookies', () => {
  let server: TestServer
  let person: Person
  let access: string
  let otherAccess: string
  beforeAll(async () => {
    server = await startTestServer(engine, QUICK)
    person = await signUp(server)
    access = cookieOf(await signIn(server, person), 'access')
    otherAccess = cookieOf((await signUp(server)).browser, 'access')
  })
  afterAll(() => server.close())

  test('the plain good cookie is believed, so that the refusals below mean something', async () => {
    const answer = await server.browser().raw({ method: 'GET', url: '/auth/api/v1/user', headers: { cookie: `gatepost_access=${access}` } })
    expect(answer.json()).toMatchObject({ email: person.email })
  })

  test.each(HOSTILE)('%s signs nobody in on the API', async (_name, spoil) => {
    const cookie = spoil('gatepost_access', access, otherAccess)
    const answer = await server.browser().raw({ method: 'GET', url: '/auth/api/v1/user', headers: { cookie } })
    expect(answer.statusCode).toBe(401)
    expect(answer.body).not.toContain(access.slice(0, 40))
  })

  test.each(HOSTILE)('%s signs nobody in on the pages', async (_name, spoil) => {
    const cookie = spoil('gatepost_access', access, otherAccess)
    const answer = await server.browser().raw({ method: 'GET', url: '/auth/settings', headers: { cookie, accept: 'text/html' } })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/auth/login?return_to=%2Fauth%2Fsettings'])
  })

  test.each(HOSTILE)('%s spends no refresh token and ends no session', async (_name, spoil) => {
    const browser = await signIn(server, person)
    const refresh = cookieOf(browser, 'refresh')
    const csrf = cookieOf(browser, 'csrf')
    const other = cookieOf(await signIn(server, person), 'refresh')
    const cookie = `gatepost_csrf=${csrf}; ${spoil('gatepost_refresh', refresh, other)}`
    const headers = { cookie, 'x-csrf-token': csrf, origin: TEST_ORIGIN }
    const answer = await server.browser().raw({ method: 'POST', url: '/auth/api/v1/sessions/refresh', headers })
    expect([401, 403]).toContain(answer.statusCode)
    expect(await statusWith(server, cookieOf(browser, 'access'))).toBe(200)
    expect((await refreshWith(server, refresh)).statusCode).toBe(200)
    expect((await refreshWith(server, other)).statusCode).toBe(200)
  })

  test.each(HOSTILE)('%s passes for no CSRF token', async (_name, spoil) => {
    const browser = await signIn(server, person)
    const csrf = cookieOf(browser, 'csrf')
    const other = cookieOf(await signIn(server, person), 'csrf')
    const cookie = `gatepost_access=${cookieOf(browser, 'access')}; ${spoil('gatepost_csrf', csrf, other)}`
    const headers = { cookie, 'x-csrf-token': csrf, origin: TEST_ORIGIN, 'content-type': 'application/json' }
    const answer = await server.browser().raw({ method: 'PATCH', url: '/auth/api/v1/account/profile', headers, payload: '{"display_name":"Mallory"}' })
    expect(answer.statusCode).toBe(403)
  })

  test('a cookie without the prefix signs nobody in where the prefix is due', async () => {
    const secure = await startTestServer(engine, { ...QUICK, PUBLIC_URL: 'https://app.example.com' })
    const someone = await signUp(secure)
    const token = cookieOf(someone.browser, 'access')
    const ask = (cookie: string) => secure.browser().raw({ method: 'GET', url: '/auth/api/v1/user', headers: { cookie } })
    expect((await ask(`__Host-gatepost_access=${token}`)).statusCode).toBe(200)
    for (const name of ['gatepost_access', '__Secure-gatepost_access', '__host-gatepost_access', ' __Host-gatepost_acces']) {
      expect((await ask(`${name}=${token}`)).statusCode, name).toBe(401)
    }
    // A sibling domain can plant the plain name; it neither signs in nor disturbs.
    expect((await ask(`gatepost_access=planted; __Host-gatepost_access=${token}`)).statusCode).toBe(200)
    await secure.close()
  })

  test('bytes that HTTP forbids and headers without end are refused by the connection, and the server lives on', async () => {
    await server.app.listener.listen({ host: '127.0.0.1', port: 0 })
    const { port } = server.app.listener.server.address() as AddressInfo
    const statusOf = (cookie: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(Buffer.from(`GET /auth/api/v1/user HTTP/1.1\r\nHost: localhost:3000\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`, 'latin1'))
        })
        let text = ''
        socket.on('data', (chunk) => (text += chunk.toString('latin1')))
        socket.on('close', () => resolve(text.split(' ')[1] ?? 'closed'))
        socket.on('error', reject)
      })
    expect(await statusOf(`gatepost_access=${access}`)).toBe('200')
    expect(['400', '401']).toContain(await statusOf(`gatepost_access=${access}\0`))
    expect(['400', '401']).toContain(await statusOf(`gatepost_access=${access}\x7f\x01`))
    expect(['400', '401']).toContain(await statusOf(`gatepost_access=\xff\xfe${access}`))
    expect(['400', '431']).toContain(await statusOf(`gatepost_access=${'A'.repeat(40_000)}`))
    expect(await statusOf(`gatepost_access=${access}\r\nCookie: gatepost_access=${otherAccess}`)).toBe('401')
    expect(await statusOf(`gatepost_access=${access}`)).toBe('200')
  })
})
