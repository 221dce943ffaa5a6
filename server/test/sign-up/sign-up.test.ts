import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { followToForm, locationOf } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const FAST = { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' }
const OTHER_PASSWORD = 'a quite different horse'

for (const engine of testEngines) {
  describe(`signing up on ${engine}`, () => {
    let verified: TestServer
    let direct: TestServer
    let closed: TestServer
    beforeAll(async () => {
      verified = await startTestServer(engine, FAST)
      direct = await verified.sibling({}, 'signup: { verification: off }')
      closed = await verified.sibling({}, 'signup: { mode: closed }')
    })
    afterAll(async () => {
      await direct.close()
      await closed.close()
      await verified.close()
    })

    const statusOfLogin = async (email: string, password: string) => (await verified.browser().api('POST', '/login', { identifier: email, password })).statusCode

    test('no account exists before the code came back', async () => {
      const email = newAddress()
      const browser = verified.browser()
      const asked = await browser.api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD })
      expect(asked.statusCode).toBe(202)
      expect(await statusOfLogin(email, GOOD_PASSWORD)).toBe(401)
      expect(browser.cookies.has('gatepost_access')).toBe(false)
      const made = await browser.api('POST', '/signup/challenges/verify', { ...asked.json<object>(), code: await verified.codeFor(email) })
      expect(made.statusCode).toBe(201)
      expect(made.json()).toMatchObject({ user: { email, email_verified: true } })
      expect(await statusOfLogin(email, GOOD_PASSWORD)).toBe(200)
    })

    test('an address that has an account tells its owner, changes nothing and makes nobody', async () => {
      const owner = await signUp(verified)
      const browser = verified.browser()
      const asked = await browser.api('POST', '/signup/challenges', { email: owner.email.toUpperCase(), password: OTHER_PASSWORD })
      expect(asked.statusCode).toBe(202)
      const mail = await verified.mailTo(owner.email)
      expect(mail?.subject).toMatch(/already have/)
      expect(mail?.text).not.toMatch(/\b\d{3} ?\d{3}\b/)
      for (const code of ['000000', '123456']) {
        expect((await browser.api('POST', '/signup/challenges/verify', { ...asked.json<object>(), code })).statusCode).toBe(400)
      }
      expect([await statusOfLogin(owner.email, GOOD_PASSWORD), await statusOfLogin(owner.email, OTHER_PASSWORD)]).toEqual([200, 401])
    })

    test('of two who sign up with one address the first to prove it gets the account', async () => {
      const email = newAddress()
      const [first, second] = [verified.browser(), verified.browser()]
      const handles = []
      for (const [browser, password] of [[first, GOOD_PASSWORD], [second, OTHER_PASSWORD]] as const) {
        const asked = await browser.api('POST', '/signup/challenges', { email, password })
        handles.push({ ...asked.json<{ challenge_id: string }>(), code: await verified.codeFor(email) })
      }
      const answers = await Promise.all(handles.map((handle, index) => [first, second][index]!.api('POST', '/signup/challenges/verify', handle)))
      expect(answers.map((answer) => answer.statusCode).toSorted()).toEqual([201, 400])
      const loser = answers.find((answer) => answer.statusCode === 400)
      expect(loser?.json()).toMatchObject({ error: { code: 'invalid_request', details: { fields: [{ field: 'email', code: 'unusable_email' }] } } })
    })

    test('on the page a taken address is only named to who proved it', async () => {
      const email = newAddress()
      const browser = verified.browser()
      const state = await followToForm(browser, await browser.post('/auth/signup', { intent: 'signup', email, new_password: GOOD_PASSWORD }))
      const code = await verified.codeFor(email)
      await signUp(verified, { email })
      const late = await browser.post('/auth/verify', { intent: 'submit_code', state, code })
      expect([late.statusCode, late.headers['set-cookie']]).toEqual([409, undefined])
    })

    test('without verification the account is made at once, unproven, and only then', async () => {
      const email = newAddress()
      const browser = direct.browser()
      const made = await browser.api('POST', '/signup/direct', { email, password: GOOD_PASSWORD })
      expect([made.statusCode, made.json<{ user: object }>().user]).toEqual([201, expect.objectContaining({ email, email_verified: false })])
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ email })
      const again = await direct.browser().api('POST', '/signup/direct', { email, password: OTHER_PASSWORD })
      expect([again.statusCode, again.json<{ error: { code: string } }>().error.code]).toEqual([400, 'invalid_request'])
      for (const path of ['/signup/challenges', '/signup/challenges/verify']) {
        const body = path.endsWith('verify') ? { challenge_id: '01900000-0000-7000-8000-000000000000', code: '000000' } : { email: newAddress(), password: GOOD_PASSWORD }
        expect((await direct.browser().api('POST', path, body)).statusCode).toBe(404)
      }
      const page = await direct.browser().post('/auth/signup', { intent: 'signup', email: newAddress(), new_password: GOOD_PASSWORD, return_to: '/notes' })
      expect([page.statusCode, locationOf(page)]).toEqual([303, '/notes'])
    })

    test('with verification the direct way does not exist', async () => {
      const answer = await verified.browser().api('POST', '/signup/direct', { email: newAddress(), password: GOOD_PASSWORD })
      expect([answer.statusCode, answer.json<{ error: { code: string } }>().error.code]).toEqual([404, 'not_found'])
    })

    test('while it is closed no path makes an account, not even one begun before', async () => {
      const email = newAddress()
      const browser = verified.browser()
      const asked = await browser.api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD })
      const code = await verified.codeFor(email)
      const pageBrowser = closed.browser()
      const page = await pageBrowser.get('/auth/signup')
      expect([page.statusCode, page.body.includes('No new accounts')]).toEqual([403, true])
      const answers = [
        await pageBrowser.post('/auth/signup', { intent: 'signup', email, new_password: GOOD_PASSWORD }),
        await pageBrowser.post('/auth/signup', { intent: 'identify', email }),
        await closed.browser().api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD }),
        await closed.browser().api('POST', '/signup/challenges/verify', { ...asked.json<object>(), code }),
      ]
      expect(answers.map((answer) => answer.statusCode)).toEqual([403, 403, 403, 403])
      const unverified = await closed.sibling({}, 'signup: { mode: closed, verification: off }')
      expect((await unverified.browser().api('POST', '/signup/direct', { email, password: GOOD_PASSWORD })).statusCode).toBe(403)
      await unverified.close()
      expect(await statusOfLogin(email, GOOD_PASSWORD)).toBe(401)
    })

    test('while it is closed a page begun before does not finish either, and members still sign in', async () => {
      const owner = await signUp(verified)
      const email = newAddress()
      const browser = verified.browser()
      const asked = await browser.post('/auth/signup', { intent: 'signup', email, new_password: GOOD_PASSWORD })
      const state = new URL(locationOf(asked), 'http://x').searchParams.get('flow') ?? ''
      const late = closed.browser()
      for (const [name, value] of browser.cookies) late.cookies.set(name, value)
      expect((await late.post('/auth/verify', { intent: 'submit_code', state, code: await verified.codeFor(email) })).statusCode).toBe(403)
      expect((await closed.browser().api('POST', '/login', { identifier: owner.email, password: owner.password })).statusCode).toBe(200)
    })

    // security cases H8 and H14
    test.each([
      'a@x.com,v@y.com', 'a@x.com v@y.com', 'a@x@y.com', '"v@corp.com x"@evil.example', '<a@x.com>', 'a(c)@x.com', 'a@x.com\r\nBcc: v@y.com', 'a%0aBcc:v@y.com', 'a@[127.0.0.1]',
      'a@corp.com@evil.example', 'a@corp.com.', 'a＠corp.com@evil.example', 'a@corp.com\u0000.evil.example', '',
    ])('%j is no address on any path, and nobody is written to', async (email) => {
      const person = await signUp(verified)
      const before = (await verified.app.outbox.list(TENANT, { limit: 100 })).length
      const browser = verified.browser()
      const answers = [
        await browser.api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD }),
        await direct.browser().api('POST', '/signup/direct', { email, password: GOOD_PASSWORD }),
        await browser.api('POST', '/password-reset/challenges', { email, new_password: GOOD_PASSWORD }),
        await person.browser.api('POST', '/account/email-change/challenges', { new_email: email }),
        await browser.post('/auth/signup', { intent: 'signup', email, new_password: GOOD_PASSWORD }),
        await browser.post('/auth/reset_password', { intent: 'identify', email }),
        await browser.post('/auth/login', { intent: 'code', identifier: email }),
        await person.browser.post('/auth/settings/email', { new_email: email }),
      ]
      expect(answers.map((answer) => answer.statusCode)).toEqual([400, 400, 400, 400, 422, 422, 422, 422])
      expect((await verified.app.outbox.list(TENANT, { limit: 100 })).length).toBe(before)
    })
  })
}

const TENANT = '00000000-0000-7000-8000-000000000001' as never
