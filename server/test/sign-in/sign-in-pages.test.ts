import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { followToForm, locationOf, stateIn } from '../harness/pages.ts'
import type { Person } from '../harness/people.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const ACCESS_TTL_MS = 601_000

for (const engine of testEngines) {
  describe(`the sign-in pages on ${engine}`, () => {
    let server: TestServer
    let person: Person
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
      person = await signUp(server)
    })
    afterAll(() => server.close())

    const password = (fields: Record<string, string> = {}) => ({ intent: 'password', identifier: person.email, password: person.password, ...fields })

    test('at the base path itself lead to the settings, and a stranger on to signing in', async () => {
      const browser = server.browser()
      const there = await browser.get('/auth/')
      expect([there.statusCode, locationOf(there)]).toEqual([303, '/auth/settings'])
      expect(locationOf(await browser.get(locationOf(there)))).toContain('/auth/login')
    })

    test('a plain form is answered by a redirect, htmx by a header it follows', async () => {
      const plain = await server.browser().post('/auth/login', password({ return_to: '/notes' }))
      expect([plain.statusCode, plain.headers.location, plain.headers['hx-redirect'], plain.body]).toEqual([303, '/notes', undefined, ''])
      const htmx = await server.browser().post('/auth/login', password({ return_to: '/notes' }), { 'hx-request': 'true' })
      expect([htmx.statusCode, htmx.headers.location, htmx.headers['hx-redirect'], htmx.body]).toEqual([200, undefined, '/notes', ''])
      expect(String(htmx.headers['set-cookie'])).toContain('gatepost_access=')
    })

    test('a mistake shows the form again, with what was typed and without the password', async () => {
      for (const headers of [{}, { 'hx-request': 'true' }] as Record<string, string>[]) {
        const browser = server.browser()
        const answer = await browser.post('/auth/login', password({ password: 'not the right one' }), headers)
        expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([422, undefined])
        expect(answer.body).toContain(person.email)
        expect(answer.body).not.toContain('not the right one')
        expect(answer.body).toContain('These details do not match')
      }
    })

    test('who is signed in goes straight back, from each door', async () => {
      for (const door of ['/auth/login', '/auth/signup']) {
        const answer = await person.browser.get(`${door}?return_to=/notes`)
        expect([answer.statusCode, locationOf(answer)]).toEqual([303, '/notes'])
      }
    })

    test('with the refresh cookie alone a visit to the sign-in page renews the session', async () => {
      const browser = await signIn(server, person)
      browser.cookies.delete('gatepost_access')
      const before = browser.cookies.get('gatepost_refresh')
      const answer = await browser.get('/auth/login?return_to=/notes')
      expect([answer.statusCode, locationOf(answer)]).toEqual([303, '/notes'])
      expect(browser.cookies.get('gatepost_refresh')).not.toBe(before)
      expect((await browser.api('GET', '/user')).statusCode).toBe(200)
      expect((await browser.post('/auth/settings/profile', { display_name: '' })).statusCode).toBe(303)
    })

    test('a page says where it leads back to, and nothing of what the address carries', async () => {
      const { body } = await server.browser().get(`/auth/login?return_to=${encodeURIComponent('/notes?secret=of-nobody')}`)
      expect(body).toContain('<span class="gp-path">/notes</span>')
      expect(body.replaceAll(/(?:value|href)="[^"]*"/g, '')).not.toContain('of-nobody')
    })

    test('an access token that ran out loses no form: the page renews it on the way', async () => {
      const browser = await signIn(server, person)
      server.clock.advance(ACCESS_TTL_MS)
      const saved = await browser.post('/auth/settings/profile', { display_name: 'Ada' })
      expect([saved.statusCode, locationOf(saved)]).toEqual([303, '/auth/settings?notice=profile_saved'])
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ display_name: 'Ada' })
    })

    test('a refresh cookie that no longer works is taken away and the form is shown', async () => {
      const browser = server.browser()
      browser.cookies.set('gatepost_refresh', 'no such token')
      const page = await browser.get('/auth/login')
      expect([page.statusCode, browser.cookies.has('gatepost_refresh')]).toEqual([200, false])
    })

    test('a username signs in as well as an address, however it is spelled', async () => {
      const owner = await signUp(server)
      expect((await owner.browser.api('PATCH', '/account/username', { username: 'Countess-7' })).statusCode).toBe(204)
      for (const identifier of ['Countess-7', 'countess-7', ' COUNTESS-7 ', owner.email.toUpperCase(), ` ${owner.email}`]) {
        const answer = await server.browser().post('/auth/login', { intent: 'password', identifier, password: owner.password, return_to: '/notes' })
        expect([identifier, answer.statusCode, locationOf(answer)]).toEqual([identifier, 303, '/notes'])
      }
    })

    test('an emailed code signs in, by address and by username, and shows where it went to nobody else', async () => {
      const { username } = (await (await signIn(server, person)).api('GET', '/user')).json<{ username: string }>()
      for (const identifier of [person.email, username]) {
        const browser = server.browser()
        const asked = await browser.post('/auth/login', { intent: 'code', identifier, return_to: '/notes' })
        const page = await browser.get(locationOf(asked))
        expect(page.body).not.toContain(person.email)
        expect(page.body.includes('****')).toBe(identifier === person.email)
        const done = await browser.post('/auth/verify', { intent: 'submit_code', state: stateIn(page), code: await server.codeFor(person.email) })
        expect([done.statusCode, locationOf(done)]).toEqual([303, '/notes'])
        expect((await browser.api('GET', '/user')).json()).toMatchObject({ email: person.email })
      }
    })

    test('the identifier can be given first and the proof on a page of its own', async () => {
      const browser = server.browser()
      const state = await followToForm(browser, await browser.post('/auth/login', { intent: 'identify', identifier: person.email, return_to: '/notes' }))
      const wrong = await browser.post('/auth/verify', { intent: 'password', state, password: 'not the right one' })
      expect([wrong.statusCode, stateIn(wrong)]).toEqual([422, state])
      const done = await browser.post('/auth/verify', { intent: 'password', state, password: person.password })
      expect([done.statusCode, locationOf(done)]).toEqual([303, '/notes'])
    })

    test('a disabled account is named after the right password only, and lets nobody in by code or cookie', async () => {
      const owner = await signUp(server)
      await server.app.admins.disable(owner.email)
      const browser = server.browser()
      const wrong = await browser.post('/auth/login', { intent: 'password', identifier: owner.email, password: 'not the right one' })
      expect([wrong.statusCode, wrong.body.includes('closed')]).toEqual([422, false])
      const right = await browser.post('/auth/login', { intent: 'password', identifier: owner.email, password: owner.password })
      expect([right.statusCode, right.body.includes('This account is closed'), right.headers['set-cookie']]).toEqual([403, true, undefined])
      const state = await followToForm(browser, await browser.post('/auth/login', { intent: 'code', identifier: owner.email }))
      const byCode = await browser.post('/auth/verify', { intent: 'submit_code', state, code: await server.codeFor(owner.email) })
      expect([byCode.statusCode, byCode.headers['set-cookie']]).toEqual([403, undefined])
      expect((await owner.browser.api('GET', '/user')).statusCode).toBe(401)
      expect((await owner.browser.get('/auth/login')).statusCode).toBe(200)
      await server.app.admins.enable(owner.email)
      expect((await browser.post('/auth/login', { intent: 'password', identifier: owner.email, password: owner.password })).statusCode).toBe(303)
    })

    test('signing in as somebody else ends the session that was there', async () => {
      const [first, second] = [await signUp(server), await signUp(server)]
      const old = first.browser.copy()
      const answer = await first.browser.post('/auth/login', { intent: 'password', identifier: second.email, password: second.password })
      expect(answer.statusCode).toBe(303)
      expect((await first.browser.api('GET', '/user')).json()).toMatchObject({ email: second.email })
      expect((await old.api('GET', '/user')).statusCode).toBe(401)
    })

    // security case J4
    test('no header of a request reaches a link in a mail or a redirect', async () => {
      const hostile: Record<string, string>[] = [
        { host: 'evil.example' }, { host: 'localhost:3000@evil.example' }, { host: 'localhost:3000:evil.example' }, { 'x-forwarded-host': 'evil.example' },
        { 'x-forwarded-proto': 'https', 'x-forwarded-port': '666' }, { forwarded: 'host=evil.example;proto=https' }, { x_forwarded_host: 'evil.example' },
        { 'x-original-url': 'https://evil.example/' }, { 'x-rewrite-url': '/evil.example' }, { 'x-forwarded-prefix': '/evil.example' }, { referer: 'https://evil.example/' },
      ]
      for (const headers of hostile) {
        const owner = await signUp(server)
        const answers = [
          await server.browser().post('/auth/reset_password', { intent: 'identify', email: owner.email }, headers),
          await server.browser().post('/auth/signup', { intent: 'signup', email: owner.email, new_password: GOOD_PASSWORD }, headers),
          await server.browser().post('/auth/login', { intent: 'password', identifier: owner.email, password: owner.password, return_to: '/notes' }, headers),
          await server.browser({ userAgent: 'Mozilla/5.0 (Macintosh) Somewhere/2.0' }).api('POST', '/login', { identifier: owner.email, password: owner.password }, headers),
          await server.browser().get('/auth/settings', headers),
        ]
        for (const answer of answers) expect(`${locationOf(answer)} ${answer.body}`).not.toMatch(/evil\.example|:666/)
        const mails = await server.mailsTo(owner.email)
        expect(mails.length).toBeGreaterThan(2)
        for (const mail of mails) {
          const whole = JSON.stringify(mail)
          expect(whole).not.toMatch(/evil\.example|:666/)
          for (const [, origin] of whole.matchAll(/(https?:\/\/[^/\s"\\<]+)/g)) expect(origin).toBe('http://localhost:3000')
        }
      }
    })

    test('a field given twice, a body that is no form and unknown words are malformed requests', async () => {
      const browser = server.browser()
      await browser.get('/auth/login')
      const csrf = browser.cookies.get('gatepost_csrf') ?? ''
      const headers = { accept: 'text/html', origin: 'http://localhost:3000', 'x-csrf-token': csrf }
      const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
      const json = { ...headers, 'content-type': 'application/json' }
      const bodies: [Record<string, string>, string][] = [
        [form, `csrf_token=${csrf}&intent=password&identifier=a&identifier=b&password=x`],
        [form, `csrf_token=${csrf}&intent=password&identifier[]=a&password=x`],
        [form, `csrf_token=${csrf}&intent=toString`],
        [form, ''],
        [json, JSON.stringify({ intent: 'submit_code', state: 'x', code: 123456 })],
        [json, JSON.stringify({ intent: 'password', identifier: { a: 1 }, password: ['x'] })],
        [json, 'null'],
        [json, '[]'],
      ]
      for (const [sent, payload] of bodies) {
        const answer = await browser.raw({ method: 'POST', url: '/auth/login', headers: sent, payload })
        expect([payload, answer.statusCode, answer.headers['set-cookie']]).toEqual([payload, 400, undefined])
      }
      expect((await browser.get('/auth/settings?notice=constructor')).statusCode).toBeLessThan(500)
      expect((await person.browser.get('/auth/settings?notice=constructor')).statusCode).toBeLessThan(500)
      expect((await browser.get('/auth/login?notice=toString')).statusCode).toBe(200)
    })

    test('signing out ends the session, goes where it was asked to and works twice', async () => {
      const browser = await signIn(server, person)
      const old = browser.copy()
      const out = await browser.post('/auth/logout', { return_to: '/bye' })
      expect([out.statusCode, locationOf(out), [...browser.cookies.keys()].sort()]).toEqual([303, '/bye', ['gatepost_csrf', 'gatepost_known']])
      expect((await old.api('GET', '/user')).statusCode).toBe(401)
      expect((await old.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      const again = await browser.post('/auth/logout', {})
      expect([again.statusCode, locationOf(again)]).toEqual([303, '/auth/signed_out'])
      expect((await browser.get('/auth/signed_out')).statusCode).toBe(200)
    })

    test('an address nobody has gets the form back like any wrong detail', async () => {
      const answer = await server.browser().post('/auth/login', { intent: 'password', identifier: newAddress(), password: GOOD_PASSWORD })
      expect([answer.statusCode, answer.body.includes('These details do not match')]).toEqual([422, true])
    })
  })
}
