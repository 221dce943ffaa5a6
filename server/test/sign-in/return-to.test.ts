import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { followToForm, locationOf } from '../harness/pages.ts'
import type { Person } from '../harness/people.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

/** Nothing of these may be placed where a browser would follow it. Security case A3 and its kind. */
const HOSTILE = [
  'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', '\u0000javascript:alert(1)', '\tjavascript:alert(1)', '\njavascript:alert(1)',
  'data:text/html,<script>alert(1)</script>', 'vbscript:msgbox(1)', 'blob:https://evil.example/1', 'https://evil.example/', 'http://localhost:3000/notes',
  'http:evil.example', '//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example', '/\r\n//evil.example', ' //evil.example',
  '/.//evil.example', '/x/..//evil.example', '/notes\r\nSet-Cookie: a=b', '/notes\u0000', '"><script>alert(1)</script>', '',
]

const OTHER_DOORS = ['reset_password', 'verify?flow=x', 'reauthenticate?return_to=/x', 'signed_out', 'account_deleted'].map((door) => `/auth/${door}`)

// One engine: which address is accepted is decided before the database is asked.
describe('where a person returns to', () => {
  let server: TestServer
  let person: Person
  beforeAll(async () => {
    server = await startTestServer(testEngines[0]!, { RATE_LIMITS: 'off', DEFAULT_RETURN_TO: '/start', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
    person = await signUp(server)
  })
  afterAll(() => server.close())

  test.each(HOSTILE)('%j is never followed and never shown', async (returnTo) => {
    const query = `return_to=${encodeURIComponent(returnTo)}`
    for (const door of ['/auth/login', '/auth/signup', '/auth/reset_password', '/auth/logout']) {
      const page = await server.browser().get(`${door}?${query}`)
      expect(page.statusCode).toBe(200)
      expect(page.body).not.toMatch(/evil\.example|alert\(1\)|msgbox|Set-Cookie/i)
      expect(page.body).toContain('name="return_to" value="/start"')
    }
    const posted = await server.browser().post('/auth/login', { intent: 'password', identifier: person.email, password: person.password, return_to: returnTo })
    expect([posted.statusCode, posted.headers.location]).toEqual([303, '/start'])
    const asQuery = await server.browser().post(`/auth/login?${query}`, { intent: 'password', identifier: person.email, password: person.password })
    expect([asQuery.statusCode, asQuery.headers.location]).toEqual([303, '/start'])
    const htmx = await server.browser().post('/auth/login', { intent: 'password', identifier: person.email, password: person.password, return_to: returnTo }, { 'hx-request': 'true' })
    expect([htmx.statusCode, htmx.headers['hx-redirect']]).toEqual([200, '/start'])
    const signedIn = await person.browser.get(`/auth/login?${query}`)
    expect(signedIn.headers.location).toBe('/start')
    const out = await (await signIn(server, person)).post('/auth/logout', { return_to: returnTo })
    expect(out.headers.location).toBe('/auth/signed_out')
  })

  test.each([
    ['/notes?page=2&q=a%20b#top', '/notes?page=2&q=a%20b#top'],
    ['/notizen/größe', '/notizen/gr%C3%B6%C3%9Fe'],
    ['/日本?q=語', '/%E6%97%A5%E6%9C%AC?q=%E8%AA%9E'],
    ['/notes?next=https://evil.example', '/notes?next=https://evil.example'],
  ])('%s is kept', async (given, expected) => {
    const answer = await server.browser().post('/auth/login', { intent: 'password', identifier: person.email, password: person.password, return_to: given })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, expected])
    const htmx = await server.browser().post('/auth/login', { intent: 'password', identifier: person.email, password: person.password, return_to: given }, { 'hx-request': 'true' })
    expect(htmx.headers['hx-redirect']).toBe(expected)
  })

  // security case A5
  test.each(['return_to=/a&return_to=/b', 'return_to[]=/a', 'return_to[0]=/a', 'return_to=/a&return%5Fto=/b'])('%s is a malformed request', async (query) => {
    const browser = server.browser()
    for (const door of ['/auth/login', '/auth/signup', '/auth/logout', '/auth/reset_password']) expect((await browser.get(`${door}?${query}`)).statusCode).toBe(400)
    const fields = `csrf_token=${browser.cookies.get('gatepost_csrf')}&intent=password&identifier=a&password=b&${query}`
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost:3000' }
    expect((await browser.raw({ method: 'POST', url: '/auth/login', headers, payload: fields })).statusCode).toBe(400)
  })

  test('given in the body and in the query it is a malformed request', async () => {
    const answer = await server.browser().post('/auth/login?return_to=/a', { intent: 'password', identifier: person.email, password: person.password, return_to: '/a' })
    expect(answer.statusCode).toBe(400)
  })

  // security case A10
  test('the page a person came from plays no part', async () => {
    const referer = { referer: 'http://localhost:3000/secret' }
    const browser = server.browser()
    const page = await browser.get('/auth/login', referer)
    expect(page.body).not.toContain('/secret')
    const answer = await browser.post('/auth/login', { intent: 'password', identifier: person.email, password: person.password }, referer)
    expect(answer.headers.location).toBe('/start')
  })

  test('is never one of our own doors, which would lead in a circle', async () => {
    for (const door of ['/auth/login', '/auth/login?return_to=/x', '/auth/logout', '/auth/signup', '/x/../auth/login', ...OTHER_DOORS]) {
      const answer = await server.browser().post('/auth/login', { intent: 'password', identifier: person.email, password: person.password, return_to: door })
      expect(answer.headers.location).toBe('/start')
    }
  })

  test('survives a wrong password, the code page, a new code and the way to the other doors', async () => {
    const browser = server.browser()
    const wrong = await browser.post('/auth/login', { intent: 'password', identifier: person.email, password: 'wrong horse', return_to: '/notes/7' })
    expect(wrong.body).toContain('name="return_to" value="/notes/7"')
    expect(wrong.body.match(/return_to&#61;%2Fnotes%2F7"/g)).toHaveLength(1)
    expect((await browser.post('/auth/reset_password', { intent: 'forgot_password', return_to: '/notes/7' })).body).toContain('name="return_to" value="/notes/7"')
    const state = await followToForm(browser, await browser.post('/auth/login', { intent: 'code', identifier: person.email, return_to: '/notes/7' }))
    server.clock.advance(31_000)
    const again = await browser.post('/auth/verify', { intent: 'resend', state })
    const newer = await followToForm(browser, again)
    const done = await browser.post('/auth/verify', { intent: 'submit_code', state: newer, code: await server.codeFor(person.email), return_to: '/elsewhere' })
    expect([done.statusCode, done.headers.location]).toEqual([303, '/notes/7'])
  })

  test('survives a reset of the password', async () => {
    const browser = server.browser()
    const owner = await signUp(server)
    const state = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'identify', email: owner.email, return_to: '/notes' }))
    const chosen = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'submit_code', state, code: await server.codeFor(owner.email) }))
    const done = await browser.post('/auth/reset_password', { intent: 'new_password', state: chosen, new_password: 'another good horse' })
    expect(locationOf(done)).toBe('/auth/login?notice=password_changed&return_to=%2Fnotes')
    expect((await browser.get(locationOf(done))).body).toContain('name="return_to" value="/notes"')
  })

  test('survives a sign-up that first named an unusable address', async () => {
    const browser = server.browser()
    const email = newAddress()
    const wrong = await browser.post('/auth/signup', { intent: 'signup', email: 'not an address', new_password: GOOD_PASSWORD, return_to: '/notes' })
    expect([wrong.statusCode, wrong.body.includes('name="return_to" value="/notes"')]).toEqual([422, true])
    const state = await followToForm(browser, await browser.post('/auth/signup', { intent: 'signup', email, new_password: GOOD_PASSWORD, return_to: '/notes' }))
    const done = await browser.post('/auth/verify', { intent: 'submit_code', state, code: await server.codeFor(email) })
    expect(locationOf(done)).toBe('/notes')
  })

  test('a page of the signed-in person is where they land after signing in', async () => {
    const browser = server.browser()
    const sent = await browser.get('/auth/settings?notice=profile_saved')
    expect([sent.statusCode, locationOf(sent)]).toEqual([303, '/auth/login?return_to=%2Fauth%2Fsettings%3Fnotice%3Dprofile_saved'])
    const toReauthenticate = await browser.get('/auth/reauthenticate?return_to=%2Fauth%2Fsettings%2Fdelete')
    expect(locationOf(toReauthenticate)).toBe('/auth/login?return_to=%2Fauth%2Fsettings%2Fdelete')
  })
})
