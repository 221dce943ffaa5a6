import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SignIn, SignInOptions } from '../../../sdk/node/src/sign-in/index.ts'
import { createSignIn } from '../../../sdk/node/src/sign-in/index.ts'
import type { Person } from '../harness/people.ts'
import { signUp } from '../harness/people.ts'
import { findFreePort } from '../harness/server.ts'
import type { Listening } from './listen.ts'
import { APPLICATIONS } from './sdk-node-applications.ts'
import { expectSignInAndOut } from './sign-in-and-out.ts'
import { startBefore } from './start-before.ts'
import { createVisitor } from './visitor.ts'

const COOKIE_SECRET = 'only for this test, and long enough for it'
const program = startBefore()

interface Shop {
  readonly url: string
  readonly signIn: SignIn
  readonly person: Person
  readonly clientId: string
  readonly errors: unknown[]
  stop(): Promise<void>
}

async function startShop(name: string, options: Partial<SignInOptions> = {}): Promise<Shop> {
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const { clientId, clientSecret } = await program.gatepost.register({ redirect_uris: [`${url}/sign-in/callback`], post_logout_redirect_uris: [`${url}/`] })
  const errors: unknown[] = []
  const signIn = createSignIn({ issuer: program.gatepost.issuer, clientId, clientSecret, origin: url, cookieSecret: COOKIE_SECRET, onError: (error) => errors.push(error), ...options })
  const application: Listening = await APPLICATIONS[name]!(signIn, port)
  return { url, signIn, clientId, person: await signUp(program.gatepost.server), errors, stop: () => application.stop() }
}
const greeting = ({ email }: { email: string }) => `Hello ${email}`

describe.each(Object.keys(APPLICATIONS))('the SDK in an application with %s', (name) => {
  let shop: Shop
  beforeAll(async () => {
    shop = await startShop(name)
  })
  afterAll(() => shop?.stop())

  test('signs a person in and out', async () => {
    await expectSignInAndOut(program.gatepost, { page: `${shop.url}/orders?page=2`, shows: greeting, signOut: (visitor) => visitor.open(`${shop.url}/sign-out`), goodbye: `${shop.url}/` }, async () => String(shop.errors))
  })

  test('has who signed in long ago prove it again where that matters', async () => {
    const visitor = createVisitor()
    expect((await visitor.signIn(await visitor.open(`${shop.url}/transfer`), shop.person)).body).toBe(greeting(shop.person))
    const later = createSignIn({ issuer: program.gatepost.issuer, clientId: shop.clientId, origin: shop.url, cookieSecret: COOKIE_SECRET, clock: { now: () => Date.now() + 120_000 } })
    const cookie = visitor.cookieFor(shop.url)
    expect(await later.find({ headers: { cookie }, native: {} })).toMatchObject({ subject: shop.person.id })
    const access = await later.decide({ method: 'GET', target: '/transfer', headers: { cookie, accept: 'text/html' }, native: {} }, { maxAgeSeconds: 60 })
    expect(access).toMatchObject({ isAllowed: false, refusal: { status: 303, headers: { location: '/sign-in?max_age=60&return_to=%2Ftransfer' } } })
  })

  test('refuses a logout token that is none, and a script of a stranger', async () => {
    const answer = await fetch(`${shop.url}/sign-out/back-channel`, { method: 'POST', body: new URLSearchParams({ logout_token: 'abc' }) })
    expect([answer.status, await answer.json(), answer.headers.get('cache-control')]).toEqual([400, { error: 'invalid_request' }, 'no-store'])
    expect((await fetch(`${shop.url}/orders`, { headers: { accept: 'application/json' }, redirect: 'manual' })).status).toBe(401)
  })
})

describe('a sign-in by the SDK', () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await startShop('node:http')
  })
  afterAll(() => shop?.stop())

  /** An answer of Gatepost that waits to be brought to the application, and the browser that began it. */
  async function answerFor(person = shop.person) {
    const visitor = createVisitor()
    const asked = await visitor.open(`${shop.url}/orders`)
    const begun = visitor.cookieFor(shop.url)
    const held = await visitor.signIn(asked, person, { until: (url) => url.pathname === '/sign-in/callback' })
    return { visitor, begun, callback: held.url }
  }
  const bring = (callback: URL, cookie: string) => fetch(callback, { headers: { cookie }, redirect: 'manual' })

  // security case B: login CSRF
  test('that was begun in another browser signs nobody in', async () => {
    const { callback } = await answerFor()
    const other = await createVisitor().open(callback.href)
    expect([other.status, other.headers['set-cookie']]).toEqual([400, undefined])
    const own = createVisitor()
    await own.open(`${shop.url}/orders`)
    expect((await own.open(callback.href)).status).toBe(400)
  })

  test('counts once, and not when its answer was changed', async () => {
    const { begun, callback } = await answerFor()
    for (const [name, value] of [['iss', 'https://evil.example'], ['code', 'another'], ['state', 'x'.repeat(43)]] as const) {
      const changed = new URL(callback)
      changed.searchParams.set(name, value)
      const answer = await bring(changed, begun)
      expect([name, answer.status, answer.headers.getSetCookie().filter((set) => /app_session=[^;]/.test(set))]).toEqual([name, expect.toSatisfy((status) => [400, 403, 502].includes(status as number)), []])
    }
    expect((await bring(callback, begun)).status).toBe(303)
    expect((await bring(callback, begun)).status).toBe(403)
  })

  test('that is refused is told, and leads nowhere', async () => {
    const visitor = createVisitor()
    const answer = await visitor.open(`${shop.url}/sign-in?prompt=none`)
    expect([answer.status, answer.url.pathname, answer.body]).toEqual([403, '/sign-in/callback', 'Signing in was refused. Start again.\n'])
  })

  test.each(['//evil.example', 'https://evil.example/', '/\\evil.example', '/x/..//evil.example'])('never leads to another origin: %s', async (target) => {
    const visitor = createVisitor()
    for (const name of ['return_to', 'target_link_uri']) {
      const asked = await visitor.open(`${shop.url}/sign-in?${name}=${encodeURIComponent(target)}`)
      const shown = asked.url.pathname === '/auth/login' ? await visitor.signIn(asked, shop.person) : asked
      expect(shown.url.href).toBe(`${shop.url}/`)
    }
  })

  test('may be begun by somebody else, who names this issuer and a page of the application', async () => {
    const visitor = createVisitor()
    expect((await visitor.open(`${shop.url}/sign-in?iss=https%3A%2F%2Fevil.example`)).status).toBe(400)
    const query = new URLSearchParams({ iss: program.gatepost.issuer, login_hint: shop.person.email, target_link_uri: `${shop.url}/orders?page=3` })
    const asked = await visitor.open(`${shop.url}/sign-in?${query.toString()}`)
    expect(asked.body).toContain(shop.person.email)
    expect((await visitor.signIn(asked, shop.person)).url.href).toBe(`${shop.url}/orders?page=3`)
  })

  test('makes a cookie that nobody reads, changes or shows elsewhere', async () => {
    const { begun, callback } = await answerFor()
    const [set = ''] = (await bring(callback, begun)).headers.getSetCookie().filter((one) => /app_session=[^;]/.test(one))
    expect(set).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/)
    const cookie = set.split(';')[0]!
    const find = (value: string, by = shop.signIn) => by.find({ headers: { cookie: value }, native: {} })
    expect(await find(cookie)).toMatchObject({ subject: shop.person.id, claims: { email: shop.person.email, email_verified: true } })
    for (const part of cookie.slice('app_session='.length).split('.')) expect(Buffer.from(part, 'base64url').toString()).not.toContain(shop.person.email)
    const changed = `${cookie.slice(0, -20)}${cookie.at(-20) === 'A' ? 'B' : 'A'}${cookie.slice(-19)}`
    const attempt = begun.replace(/app_session_[^=]+/, 'app_session')
    for (const wrong of [changed, `${cookie}; ${cookie}`, attempt, 'app_session=', 'app_session=abc']) expect(await find(wrong), wrong).toBeUndefined()

    const options = { issuer: program.gatepost.issuer, clientId: shop.clientId, origin: 'https://shop.example.com' }
    const other = 'another secret that is long enough as well'
    const atHost = `__Host-${cookie}`
    expect(await find(atHost, createSignIn({ ...options, cookieSecret: [other, COOKIE_SECRET] }))).toBeDefined()
    expect(await find(atHost, createSignIn({ ...options, cookieSecret: other }))).toBeUndefined()
    // Nor does another application that has the same secret, or the same one at another issuer.
    expect(await find(atHost, createSignIn({ ...options, clientId: 'another', cookieSecret: COOKIE_SECRET }))).toBeUndefined()
    expect(await find(atHost, createSignIn({ ...options, issuer: 'https://other.example/auth', cookieSecret: COOKIE_SECRET }))).toBeUndefined()
    expect(await find(cookie, createSignIn({ ...options, cookieSecret: COOKIE_SECRET }))).toBeUndefined()
    expect(await find(atHost, createSignIn({ ...options, cookieSecret: COOKIE_SECRET, clock: { now: () => Date.now() + 9 * 3_600_000 } }))).toBeUndefined()
    expect(() => createSignIn({ ...options, cookieSecret: 'short' })).toThrow(TypeError)
    const missing = undefined as unknown as string
    expect(() => createSignIn({ ...options, cookieSecret: missing })).toThrow('cookieSecret needs at least 32 characters')
    expect(() => createSignIn({ ...options, clientId: missing, cookieSecret: COOKIE_SECRET })).toThrow('clientId is missing')
  })

  test('is not ended by another site', async () => {
    const { visitor, callback, begun } = await answerFor()
    const session = (await bring(callback, begun)).headers.getSetCookie().find((one) => /app_session=[^;]/.test(one))!.split(';')[0]!
    for (const site of ['cross-site', 'same-site']) {
      const answer = await fetch(`${shop.url}/sign-out`, { headers: { cookie: session, 'sec-fetch-site': site }, redirect: 'manual' })
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []])
    }
    expect(visitor).toBeDefined()
  })

  test('waits while Gatepost is away, and goes on when it is back', async () => {
    let isAway = true
    const fetchOrFail: typeof fetch = (input, init) => (isAway ? Promise.reject(new TypeError('fetch failed')) : fetch(input, init))
    const other = await startShop('node:http', { fetch: fetchOrFail })
    const visitor = createVisitor()
    const away = await visitor.open(`${other.url}/orders`)
    expect([away.status, away.headers['retry-after']]).toEqual([503, '5'])
    isAway = false
    expect((await visitor.signIn(await visitor.open(`${other.url}/orders`), other.person)).body).toBe(greeting(other.person))
    await other.stop()
  })

  test('is kept in the application\'s own session, with the tokens, where it has one', async () => {
    const kept: unknown[] = []
    let held: Awaited<ReturnType<SignIn['find']>>
    const other = await startShop('node:http', {
      session: {
        read: () => held,
        write: (_request, signedIn, tokens) => {
          held = signedIn
          kept.push(tokens)
        },
      },
    })
    const visitor = createVisitor()
    expect((await visitor.signIn(await visitor.open(`${other.url}/orders`), other.person)).body).toBe(greeting(other.person))
    expect(visitor.cookieFor(other.url)).toBe('')
    expect(kept).toEqual([{ accessToken: expect.any(String) as string, refreshToken: expect.any(String) as string, expiresAt: expect.any(Number) as number }])
    await visitor.open(`${other.url}/sign-out`)
    expect(held).toBeUndefined()
    await other.stop()
  })
})
