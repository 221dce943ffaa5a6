import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DELETE_ACCOUNT_PAGES } from '../../src/endpoints/pages/delete-account.ts'
import { DETAILS_SETTINGS_PAGES } from '../../src/endpoints/pages/details-settings.ts'
import { EMAIL_SETTINGS_PAGES } from '../../src/endpoints/pages/email-settings.ts'
import { EXPORT_PAGES } from '../../src/endpoints/pages/export-page.ts'
import { FIRST_ADMIN_PAGES } from '../../src/endpoints/pages/first-admin.ts'
import { PASSKEY_SETTINGS_PAGES } from '../../src/endpoints/pages/passkey-settings.ts'
import { PHONE_SETTINGS_PAGES } from '../../src/endpoints/pages/phone-settings.ts'
import { PICTURE_PAGES } from '../../src/endpoints/pages/picture-pages.ts'
import { SECOND_FACTOR_PAGES } from '../../src/endpoints/pages/second-factor-settings.ts'
import { SETTINGS_PAGES } from '../../src/endpoints/pages/settings.ts'
import { SIGN_IN_PAGES } from '../../src/endpoints/pages/sign-in.ts'
import { ROUTES } from '../../src/endpoints/session-api/routes/index.ts'
import { signUpAnonymously } from '../harness/anonymous.ts'
import { testEngines } from '../harness/engines.ts'
import { locationOf } from '../harness/pages.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, countStatuses, decodeToken, eventsOf, QUICK, statusWith } from '../harness/tokens.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** What somebody may ask for who has nothing to protect. */
const OPEN_TO_ANYBODY = ['getCurrentUser', 'getCapabilities', 'getAccount', 'deleteAccount', 'exportAccount', 'getProfile']
const PAGES_OPEN_TO_ANYBODY = ['/settings', '/settings/delete', '/settings/export']
const PAGES = [...SETTINGS_PAGES, ...EMAIL_SETTINGS_PAGES, ...PHONE_SETTINGS_PAGES, ...PASSKEY_SETTINGS_PAGES, ...SECOND_FACTOR_PAGES, ...DETAILS_SETTINGS_PAGES, ...PICTURE_PAGES, ...DELETE_ACCOUNT_PAGES, ...EXPORT_PAGES, ...FIRST_ADMIN_PAGES, ...SIGN_IN_PAGES]

for (const engine of testEngines) {
  describe(`an anonymous user on ${engine}`, () => {
    let server: TestServer
    let byDefault: TestServer
    let limited: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, `anonymous: { is_allowed: true, keep_days: 40 }\naccount_deletion: { grace_days: 7 }\nsession: { idle_days: 1 }\n`)
      byDefault = await server.sibling({}, '{}')
      limited = await server.sibling({ RATE_LIMITS: 'on' })
    })
    afterAll(async () => {
      for (const one of [limited, byDefault, server]) await one.close()
    })

    const countAccounts = async () => (await server.app.database.read.selectFrom('user_account').select('id').execute()).length
    const countMails = async () => (await server.app.database.read.selectFrom('outbox').select('id').execute()).length
    const isKept = async (id: string) => (await server.app.database.read.selectFrom('user_account').select('id').where('id', '=', id as never).execute()).length === 1

    test('is made only where the settings say so', async () => {
      const refused = await byDefault.browser().api('POST', '/anonymous/signup')
      expect([refused.statusCode, refused.json<{ error: { code: string } }>().error.code]).toEqual([403, 'forbidden'])
    })

    test('has an id, a session and nothing else, and every token says so', async () => {
      const { browser, id } = await signUpAnonymously(server)
      const user = await browser.api('GET', '/user')
      expect(user.json()).toMatchObject({ id, is_anonymous: true, email: null, email_verified: false, username: null, roles: [] })
      expect(decodeToken(cookieOf(browser, 'access')).payload).toMatchObject({ sub: id, amr: [], acr: 'aal1', is_anonymous: true, email_verified: false })
      expect((await browser.api('GET', '/account')).json()).toMatchObject({ user: { id, is_anonymous: true }, auth_methods: [] })
      expect(await eventsOf(server, id, 'user.created_anonymous', 'user.created', 'session.created')).toMatchObject([{ type: 'user.created_anonymous' }, { type: 'session.created', data: { amr: '' } }])
      const known = await signUp(server)
      expect((await known.browser.api('GET', '/user')).json()).toMatchObject({ is_anonymous: false })
      expect(decodeToken(cookieOf(known.browser, 'access')).payload).not.toHaveProperty('is_anonymous')
    })

    test('stays the same in a browser that has a living session, by either of its cookies; and a person with an account stays who they are', async () => {
      const { browser, id } = await signUpAnonymously(server)
      const before = await countAccounts()
      expect((await signUpAnonymously(server, browser)).id).toBe(id)
      server.clock.advance(11 * MINUTE_MS)
      browser.cookies.delete('gatepost_access')
      expect((await signUpAnonymously(server, browser)).id).toBe(id)
      const bearer = await server.browser().api('POST', '/anonymous/signup', undefined, { authorization: `Bearer ${cookieOf(browser, 'access')}` })
      expect(bearer.json()).toMatchObject({ user: { id } })
      expect(await countAccounts()).toBe(before)
      const known = await signUp(server)
      expect((await signUpAnonymously(server, known.browser)).id).toBe(known.id)
      expect((await known.browser.api('POST', '/sessions/logout')).statusCode).toBe(204)
      expect((await signUpAnonymously(server, known.browser)).id).not.toBe(known.id)
    })

    test('is made thirty times an hour from one address, as other accounts are', async () => {
      const answers = []
      for (let count = 0; count < 31; count += 1) answers.push(await limited.browser({ ip: '203.0.113.77' }).api('POST', '/anonymous/signup'))
      expect(countStatuses(answers)).toEqual({ 200: 30, 429: 1 })
      expect(Number(answers.at(-1)!.headers['retry-after'])).toBeGreaterThan(0)
    })

    // Security case R1.
    test('can do nothing that protects an account: everything but looking, leaving and promoting is refused, however fresh the session is', async () => {
      const { browser } = await signUpAnonymously(server)
      const some = '0190a0a0-0000-7000-8000-000000000000'
      for (const { method, path, operationId, body } of ROUTES.filter((one) => one.access === 'user' && !OPEN_TO_ANYBODY.includes(one.operationId))) {
        const answer = await browser.api(method, path.replaceAll(/:\w+/g, some), body ? {} : undefined)
        expect([operationId, answer.statusCode, answer.body]).toEqual([operationId, 403, expect.stringContaining('promotion_required')])
      }
      const closed = PAGES.filter((one) => one.access === 'user' && !PAGES_OPEN_TO_ANYBODY.includes(one.path))
      expect(closed.length).toBeGreaterThan(20)
      for (const { method, path } of closed) {
        const answer = method === 'GET' ? await browser.get(`/auth${path}`) : await browser.post(`/auth${path}`, {})
        expect([path, locationOf(answer)]).toEqual([path, expect.stringMatching(/^\/auth\/promote/)])
      }
      const reauth = await browser.api('POST', '/authentication_flows', { type: 'reauth', name: 'default' })
      expect(reauth.statusCode).toBe(403)
    })

    test('finds on the settings page how to stay and how to leave, takes a copy, and leaves at once whatever the days of grace', async () => {
      const mails = await countMails()
      const { browser, id } = await signUpAnonymously(server)
      server.clock.advance(20 * MINUTE_MS)
      const settings = await browser.get('/auth/settings')
      expect(settings.statusCode).toBe(200)
      for (const path of ['/auth/promote', '/auth/settings/export', '/auth/settings/delete']) expect(settings.body).toContain(`href="${path}"`)
      expect(settings.body).not.toContain('<form class="gp-form"')
      expect((await browser.get('/auth/logout')).body).toContain('nobody can come back')
      const copy = await browser.get('/auth/settings/export')
      expect(copy.json()).toMatchObject({ id, username: null, emails: [], phones: [], authenticators: { password: null }, sessions: [{ ended_at: null }] })
      const asked = await browser.get('/auth/settings/delete')
      expect([asked.statusCode, asked.body.includes('confirm_email')]).toEqual([200, false])
      const access = cookieOf(browser, 'access')
      const deleted = await browser.post('/auth/settings/delete', {})
      expect([deleted.statusCode, locationOf(deleted)]).toEqual([303, '/auth/account_deleted'])
      expect([await isKept(id), await statusWith(server, access)]).toEqual([false, 401])
      const other = await signUpAnonymously(server)
      expect((await other.browser.api('DELETE', '/account')).statusCode).toBe(204)
      expect(await isKept(other.id)).toBe(false)
      expect(await countMails(), 'there is nobody to write to').toBe(mails)
    })

    test('gives way to an account that is signed in to from the same browser, on the page that a signed-in person would not see', async () => {
      const person = await signUp(server)
      const { browser } = await signUpAnonymously(server)
      const access = cookieOf(browser, 'access')
      expect((await browser.get('/auth/login')).statusCode).toBe(200)
      const signed = await browser.post('/auth/login', { intent: 'password', identifier: person.email, password: person.password })
      expect(signed.statusCode).toBe(303)
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ id: person.id, is_anonymous: false })
      expect(await statusWith(server, access)).toBe(401)
      const viaApi = await signUpAnonymously(server)
      const before = cookieOf(viaApi.browser, 'access')
      await signIn(server, person, viaApi.browser)
      expect(await statusWith(server, before)).toBe(401)
    })

    test('meets the sign-in page as a form of their session when the access token ran out, and the sign-up page leads to the promotion', async () => {
      const person = await signUp(server)
      const { browser } = await signUpAnonymously(server)
      server.clock.advance(11 * MINUTE_MS)
      browser.cookies.delete('gatepost_access')
      const renewed = await browser.get('/auth/login?return_to=%2Forders')
      expect([renewed.statusCode, locationOf(renewed)]).toEqual([303, '/auth/login?return_to=%2Forders'])
      expect((await browser.get(locationOf(renewed))).statusCode).toBe(200)
      expect(locationOf(await browser.get('/auth/signup?return_to=%2Forders'))).toBe('/auth/promote?return_to=%2Forders')
      expect(locationOf(await browser.post('/auth/login', { intent: 'password', identifier: person.email, password: person.password, return_to: '/orders' }))).toBe('/orders')
    })

    test('is deleted once no session of theirs lived for as long as the settings keep them, and not before', async () => {
      const [left, stays] = [await signUpAnonymously(server), await signUpAnonymously(server)]
      const person = await signUp(server)
      await left.browser.api('POST', '/sessions/logout')
      for (let day = 0; day < 30; day += 1) {
        server.clock.advance(DAY_MS - MINUTE_MS)
        expect((await stays.browser.api('POST', '/sessions/refresh')).statusCode).toBe(200)
      }
      await server.app.retention.purge()
      expect([await isKept(left.id), await isKept(stays.id), await isKept(person.id)]).toEqual([true, true, true])
      server.clock.advance(11 * DAY_MS)
      await server.app.retention.purge()
      expect([await isKept(left.id), await isKept(stays.id), await isKept(person.id)]).toEqual([false, true, true])
      expect(await eventsOf(server, left.id, 'user.deleted')).toMatchObject([{ data: { reason: 'unused' } }])
      // Forty days are counted from where a session ran out, although other people's are deleted after thirty.
      server.clock.advance(29 * DAY_MS)
      await server.app.retention.purge()
      expect(await isKept(stays.id)).toBe(true)
      server.clock.advance(2 * DAY_MS)
      await server.app.retention.purge()
      expect([await isKept(stays.id), await isKept(person.id)]).toEqual([false, true])
    })

    test('of whom hundreds were left are deleted in batches, without touching who has an account', async () => {
      const person = await signUp(server)
      const many = await Promise.all(Array.from({ length: 120 }, () => signUpAnonymously(server)))
      server.clock.advance(42 * DAY_MS)
      await server.app.retention.purge()
      expect(await Promise.all(many.map(({ id }) => isKept(id)))).not.toContain(true)
      expect(await isKept(person.id)).toBe(true)
    }, 60_000)

    test('is described, disabled and enabled by id', async () => {
      const { id, browser } = await signUpAnonymously(server)
      expect(await server.app.admins.describe(id)).toMatchObject({ ok: true, value: { user: { isAnonymous: true, email: null }, emails: [] } })
      expect((await server.app.admins.disable(id)).ok).toBe(true)
      expect((await browser.api('GET', '/user')).statusCode).toBe(401)
      expect((await server.app.admins.enable(id)).ok).toBe(true)
      expect(await server.app.admins.grant(id), 'nobody is admin who has no account').toMatchObject({ ok: false })
    })
  })
}
