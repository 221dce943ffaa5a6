import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK, setCookiesOf } from '../harness/tokens.ts'
import type { SetCookie } from '../harness/tokens.ts'

// Names and attributes are made from the configuration alone: one engine stands for all.
const engine = testEngines[0]!
const FOURTEEN_DAYS = 14 * 24 * 60 * 60

const byName = (cookies: SetCookie[]) => new Map(cookies.map((cookie) => [cookie.name, cookie]))

function describeCookie(cookie: SetCookie | undefined) {
  const { attributes } = cookie!
  return {
    path: attributes.get('path'),
    sameSite: attributes.get('samesite'),
    isHttpOnly: attributes.has('httponly'),
    isSecure: attributes.has('secure'),
    hasDomain: attributes.has('domain'),
  }
}

// security case D6
const PLACES = [
  {
    place: 'over http beside an application',
    env: {},
    names: { access: 'gatepost_access', refresh: 'gatepost_refresh', csrf: 'gatepost_csrf', known: 'gatepost_known' },
    refreshPath: '/auth',
    isSecure: false,
  },
  {
    place: 'over https beside an application',
    env: { PUBLIC_URL: 'https://app.example.com' },
    names: { access: '__Host-gatepost_access', refresh: '__Secure-gatepost_refresh', csrf: '__Host-gatepost_csrf', known: '__Secure-gatepost_known' },
    refreshPath: '/auth',
    isSecure: true,
  },
  {
    place: 'over https on a host of its own',
    env: { PUBLIC_URL: 'https://auth.example.com', BASE_PATH: '/' },
    names: { access: '__Host-gatepost_access', refresh: '__Host-gatepost_refresh', csrf: '__Host-gatepost_csrf', known: '__Host-gatepost_known' },
    refreshPath: '/',
    isSecure: true,
  },
  {
    place: 'over https with a prefix of its own',
    env: { PUBLIC_URL: 'https://app.example.com', COOKIE_PREFIX: 'acme' },
    names: { access: '__Host-acme_access', refresh: '__Secure-acme_refresh', csrf: '__Host-acme_csrf', known: '__Secure-acme_known' },
    refreshPath: '/auth',
    isSecure: true,
  },
]

describe.each(PLACES)('session cookies $place', ({ env, names, refreshPath, isSecure }) => {
  let server: TestServer
  let base: string
  beforeAll(async () => {
    server = await startTestServer(engine, { ...QUICK, ...env })
    base = server.app.config.basePath
  })
  afterAll(() => server.close())

  test('carry the names and attributes that keep other sites, scripts and plain http away', async () => {
    const person = await signUp(server)
    const answer = await server.browser().api('POST', '/login', { identifier: person.email, password: person.password })
    const cookies = byName(setCookiesOf(answer))
    expect([...cookies.keys()].sort()).toEqual(Object.values(names).sort())
    const shared = { sameSite: 'Lax', isSecure, hasDomain: false }
    expect(describeCookie(cookies.get(names.access))).toEqual({ ...shared, path: '/', isHttpOnly: true })
    expect(describeCookie(cookies.get(names.refresh))).toEqual({ ...shared, path: refreshPath, isHttpOnly: true })
    expect(describeCookie(cookies.get(names.csrf))).toEqual({ ...shared, path: '/', isHttpOnly: false })
  })

  test('end with what they carry: ten minutes and fourteen days', async () => {
    const person = await signUp(server)
    const answer = await server.browser().api('POST', '/login', { identifier: person.email, password: person.password })
    const cookies = byName(setCookiesOf(answer))
    const access = Number(cookies.get(names.access)!.attributes.get('max-age'))
    const refresh = Number(cookies.get(names.refresh)!.attributes.get('max-age'))
    expect(access).toBeLessThanOrEqual(600)
    expect(access).toBeGreaterThan(590)
    expect(refresh).toBeLessThanOrEqual(FOURTEEN_DAYS)
    expect(refresh).toBeGreaterThan(FOURTEEN_DAYS - 10)
  })

  test('are the same whether somebody signs in on the page or through the API', async () => {
    const person = await signUp(server)
    const byApi = await server.browser().api('POST', '/login', { identifier: person.email, password: person.password })
    const browser = server.browser()
    await browser.get(`${base}/login`)
    const byPage = await browser.post(`${base}/login`, { intent: 'password', identifier: person.email, password: person.password })
    expect(byPage.statusCode).toBe(303)
    const page = byName(setCookiesOf(byPage))
    for (const cookie of setCookiesOf(byApi)) {
      expect(page.has(cookie.name), cookie.name).toBe(true)
      expect(describeCookie(page.get(cookie.name))).toEqual(describeCookie(cookie))
    }
  })

  test('stay below 4096 bytes each, even for an admin with the longest address', async () => {
    const email = `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.com`
    const person = await signUp(server, { email })
    await server.app.admins.grant(email)
    const answer = await server.browser().api('POST', '/login', { identifier: person.email, password: person.password })
    expect(answer.statusCode).toBe(200)
    for (const cookie of setCookiesOf(answer)) expect(Buffer.byteLength(cookie.text), cookie.name).toBeLessThanOrEqual(4_096)
  })

  test('are removed by signing out with the same name, path and attributes they were set with', async () => {
    const person = await signUp(server)
    const browser = await signIn(server, person)
    for (const out of [
      await browser.copy().api('POST', '/sessions/logout'),
      await (await signIn(server, person)).post(`${base}/logout`, {}),
    ]) {
      const cleared = byName(setCookiesOf(out))
      for (const [name, path] of [
        [names.access, '/'],
        [names.refresh, refreshPath],
      ] as const) {
        const cookie = cleared.get(name)
        expect([cookie?.value, cookie?.attributes.get('max-age')], name).toEqual(['', '0'])
        expect(describeCookie(cookie)).toEqual({ path, sameSite: 'Lax', isHttpOnly: true, isSecure, hasDomain: false })
      }
    }
  })
})

describe('tokens in bodies', () => {
  test('are absent unless API_TOKENS_IN_BODY is on', async () => {
    const server = await startTestServer(engine, QUICK)
    const talkative = await server.sibling({ API_TOKENS_IN_BODY: 'on' })
    const email = newAddress()
    await signUp(server, { email })
    const body = { identifier: email, password: GOOD_PASSWORD }
    const quiet = await server.browser().api('POST', '/login', body)
    expect(Object.keys(quiet.json<object>())).toEqual(['user'])
    for (const cookie of setCookiesOf(quiet)) expect(quiet.body).not.toContain(cookie.value)
    const told = await talkative.browser().api('POST', '/login', body)
    const cookies = byName(setCookiesOf(told))
    expect(told.json()).toMatchObject({
      access_token: cookies.get('gatepost_access')!.value,
      refresh_token: cookies.get('gatepost_refresh')!.value,
    })
    await talkative.close()
    await server.close()
  })
})
