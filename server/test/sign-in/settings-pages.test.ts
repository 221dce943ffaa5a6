import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { followToForm, locationOf } from '../harness/pages.ts'
import { newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const ELEVEN_MINUTES_MS = 11 * 60_000
const NEW_PASSWORD = 'a quite different horse'
const noticeOf = (location: string) => new URL(location, 'http://x').searchParams.get('notice')

for (const engine of testEngines) {
  describe(`the settings on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
    })
    afterAll(() => server.close())

    test('show who one is and where one is signed in, and nothing secret', async () => {
      const person = await signUp(server)
      const page = await person.browser.get('/auth/settings')
      expect(page.statusCode).toBe(200)
      expect(page.body).toContain(person.email)
      expect(page.body).toContain('This device')
      for (const name of ['gatepost_access', 'gatepost_refresh']) expect(page.body).not.toContain(person.browser.cookies.get(name))
    })

    test('change the display name, remove it, and refuse one that cannot be shown', async () => {
      const { browser } = await signUp(server)
      const saved = await browser.post('/auth/settings/profile', { display_name: 'Ada <b>Lovelace</b>' })
      expect([saved.statusCode, noticeOf(locationOf(saved))]).toEqual([303, 'profile_saved'])
      const page = await browser.get(locationOf(saved))
      expect(page.body).not.toContain('<b>Lovelace')
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ display_name: 'Ada <b>Lovelace</b>' })
      for (const display_name of ['x'.repeat(101), 'a\u0007b', 'a\r\nBcc: x']) expect((await browser.post('/auth/settings/profile', { display_name })).statusCode).toBe(422)
      await browser.post('/auth/settings/profile', { display_name: ' ' })
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ display_name: null })
    })

    test('change the username, unless it is taken or cannot be one', async () => {
      const [person, other] = [await signUp(server), await signUp(server)]
      const name = `ada-${person.id.slice(-8)}`
      const saved = await person.browser.post('/auth/settings/username', { username: name })
      expect([saved.statusCode, noticeOf(locationOf(saved))]).toEqual([303, 'username_saved'])
      for (const username of [name, name.toUpperCase()]) {
        const taken = await other.browser.post('/auth/settings/username', { username })
        expect([taken.statusCode, taken.body.includes('not available'), taken.body.includes(`value="${username}"`)]).toEqual([422, true, true])
      }
      for (const username of ['ab', 'admin', 'a b c', 'x'.repeat(31), '']) expect((await other.browser.post('/auth/settings/username', { username })).statusCode).toBe(422)
    })

    test('change the password with the current one, and name the field that is wrong', async () => {
      const person = await signUp(server)
      const elsewhere = await signIn(server, person)
      const wrong = await person.browser.post('/auth/settings/password', { current_password: 'not the current', new_password: NEW_PASSWORD })
      expect([wrong.statusCode, wrong.body.includes('This is not your current password')]).toEqual([422, true])
      const missing = await person.browser.post('/auth/settings/password', { new_password: NEW_PASSWORD })
      expect(missing.statusCode).toBe(422)
      const weak = await person.browser.post('/auth/settings/password', { current_password: person.password, new_password: 'password' })
      expect([weak.statusCode, weak.body.includes('easy to guess')]).toEqual([422, true])
      const saved = await person.browser.post('/auth/settings/password', { current_password: person.password, new_password: NEW_PASSWORD })
      expect([saved.statusCode, noticeOf(locationOf(saved))]).toEqual([303, 'password_saved'])
      expect((await elsewhere.get('/auth/settings')).statusCode).toBe(303)
      expect((await person.browser.get('/auth/settings')).statusCode).toBe(200)
    })

    test('end one session or all others, and never somebody else’s', async () => {
      const person = await signUp(server)
      const [second, third] = [await signIn(server, person), await signIn(server, person)]
      const idOf = async (browser: typeof second) => (await browser.api('GET', '/user')).json<{ session_id: string }>().session_id
      const ended = await person.browser.post('/auth/settings/sessions/end', { session_id: await idOf(second) })
      expect([ended.statusCode, noticeOf(locationOf(ended))]).toEqual([303, 'session_ended'])
      expect((await second.api('GET', '/user')).statusCode).toBe(401)
      const stranger = await signUp(server)
      for (const session_id of [await idOf(stranger.browser), '01900000-0000-7000-8000-000000000000', 'x', '']) {
        expect((await person.browser.post('/auth/settings/sessions/end', { session_id })).statusCode).toBe(404)
      }
      expect((await stranger.browser.api('GET', '/user')).statusCode).toBe(200)
      const others = await person.browser.post('/auth/settings/sessions/end_others', {})
      expect([others.statusCode, noticeOf(locationOf(others))]).toEqual([303, 'other_sessions_ended'])
      expect((await third.api('GET', '/user')).statusCode).toBe(401)
      expect((await person.browser.api('GET', '/user')).statusCode).toBe(200)
    })

    test('change the address once the code sent to it came back, and tell both', async () => {
      const person = await signUp(server)
      const email = newAddress('moved')
      const asked = await person.browser.post('/auth/settings/email', { new_email: email })
      const code = await server.codeFor(email)
      const page = await person.browser.get(locationOf(asked))
      expect([page.statusCode, page.body.includes('mo****@example.com')]).toEqual([200, true])
      const challenge_id = new URL(locationOf(asked), 'http://x').searchParams.get('challenge') ?? ''
      const wrong = await person.browser.post('/auth/settings/email/verify', { challenge_id, intent: 'submit_code', code: code === '000000' ? '000001' : '000000' })
      expect(wrong.statusCode).toBe(422)
      const elsewhere = await signIn(server, person)
      expect((await elsewhere.get(locationOf(asked))).statusCode).toBe(404)
      expect((await elsewhere.post('/auth/settings/email/verify', { challenge_id, intent: 'submit_code', code })).statusCode).toBe(404)
      expect((await person.browser.api('GET', '/user')).json()).toMatchObject({ email: person.email })
      const done = await person.browser.post('/auth/settings/email/verify', { challenge_id, intent: 'submit_code', code: ` ${code} ` })
      expect([done.statusCode, noticeOf(locationOf(done))]).toEqual([303, 'email_saved'])
      expect((await person.browser.api('GET', '/user')).json()).toMatchObject({ email, email_verified: true })
      for (const address of [person.email, email]) expect((await server.mailTo(address))?.subject).toMatch(/email address was changed/)
      expect((await server.mailTo(person.email))?.text).not.toContain(email)
      const again = await person.browser.post('/auth/settings/email/verify', { challenge_id, intent: 'submit_code', code })
      expect(again.statusCode).toBe(422)
    })

    test('refuse an address that is none or the same, and a code page that is not one’s own', async () => {
      const person = await signUp(server)
      for (const new_email of ['no address', '', person.email.toUpperCase()]) expect((await person.browser.post('/auth/settings/email', { new_email })).statusCode).toBe(422)
      for (const query of ['', '?challenge=x', '?challenge=01900000-0000-7000-8000-000000000000']) expect((await person.browser.get(`/auth/settings/email/verify${query}`)).statusCode).toBe(404)
      expect((await person.browser.post('/auth/settings/email/verify', { intent: 'submit_code', code: '123456' })).statusCode).toBe(400)
    })

    test('want a fresh proof for a change of address, and lead back', async () => {
      const person = await signUp(server)
      server.clock.advance(ELEVEN_MINUTES_MS)
      const asked = await person.browser.post('/auth/settings/email', { new_email: newAddress() })
      expect([asked.statusCode, locationOf(asked)]).toEqual([303, '/auth/reauthenticate?return_to=%2Fauth%2Fsettings'])
    })

    test('delete the account once its address was typed, with everything, and tell its owner', async () => {
      const person = await signUp(server)
      const elsewhere = await signIn(server, person)
      const differs = await person.browser.post('/auth/settings/delete', { confirm_email: newAddress() })
      expect([differs.statusCode, differs.body.includes('This is not the email address')]).toEqual([422, true])
      const done = await person.browser.post('/auth/settings/delete', { confirm_email: ` ${person.email.toUpperCase()} ` })
      expect([done.statusCode, locationOf(done), person.browser.cookies.has('gatepost_access')]).toEqual([303, '/auth/account_deleted', false])
      expect((await person.browser.get('/auth/account_deleted')).statusCode).toBe(200)
      expect((await elsewhere.api('GET', '/user')).statusCode).toBe(401)
      expect((await elsewhere.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      expect((await server.browser().api('POST', '/login', { identifier: person.email, password: person.password })).statusCode).toBe(401)
      expect((await server.mailTo(person.email))?.subject).toMatch(/was deleted/)
      expect((await signUp(server, { email: person.email })).id).not.toBe(person.id)
    })

    test('want a fresh proof before deleting: by password, and back to where it was asked', async () => {
      const person = await signUp(server)
      server.clock.advance(ELEVEN_MINUTES_MS)
      const { browser } = person
      const page = await browser.get('/auth/settings/delete')
      expect([page.statusCode, locationOf(page)]).toEqual([303, '/auth/reauthenticate?return_to=%2Fauth%2Fsettings%2Fdelete'])
      const posted = await browser.post('/auth/settings/delete', { confirm_email: person.email })
      expect([posted.statusCode, locationOf(posted)]).toEqual([303, '/auth/reauthenticate?return_to=%2Fauth%2Fsettings%2Fdelete'])
      expect((await browser.get(locationOf(posted))).body).toContain(person.email)
      const wrong = await browser.post('/auth/reauthenticate', { intent: 'password', password: 'not the right one', return_to: '/auth/settings/delete' })
      expect(wrong.statusCode).toBe(422)
      expect((await browser.post('/auth/settings/delete', { confirm_email: person.email })).headers.location).toContain('/auth/reauthenticate')
      const before = browser.cookies.get('gatepost_refresh')
      const proven = await browser.post('/auth/reauthenticate', { intent: 'password', password: person.password, return_to: '/auth/settings/delete' })
      expect([proven.statusCode, locationOf(proven)]).toEqual([303, '/auth/settings/delete'])
      expect(browser.cookies.get('gatepost_refresh')).not.toBe(before)
      expect((await browser.get('/auth/settings/delete')).statusCode).toBe(200)
      expect(locationOf(await browser.post('/auth/settings/delete', { confirm_email: person.email }))).toBe('/auth/account_deleted')
    })

    test('take an emailed code for a fresh proof as well, of one’s own account only', async () => {
      const [person, other] = [await signUp(server), await signUp(server)]
      server.clock.advance(ELEVEN_MINUTES_MS)
      const { browser } = person
      const state = await followToForm(browser, await browser.post('/auth/reauthenticate', { intent: 'code', return_to: '/auth/settings/delete' }))
      const code = await server.codeFor(person.email)
      expect((await server.mailTo(person.email))?.subject).toMatch(/confirm it is you/i)
      expect((await other.browser.post('/auth/reauthenticate', { intent: 'submit_code', state, code })).statusCode).toBe(400)
      const proven = await browser.post('/auth/reauthenticate', { intent: 'submit_code', state, code })
      expect([proven.statusCode, locationOf(proven)]).toEqual([303, '/auth/settings/delete'])
      expect((await browser.get('/auth/settings/delete')).statusCode).toBe(200)
      const foreign = await browser.post('/auth/reauthenticate', { intent: 'password', identifier: other.email, password: other.password })
      expect(foreign.statusCode).toBe(400)
    })

    test('re-authentication by the API answers its own challenge of its own session', async () => {
      const [person, other] = [await signUp(server), await signUp(server)]
      expect((await person.browser.api('POST', '/reauthenticate/check')).statusCode).toBe(204)
      server.clock.advance(ELEVEN_MINUTES_MS)
      for (const { browser } of [person, other]) await browser.get('/auth/login')
      const needed = await person.browser.api('DELETE', '/account')
      expect(needed.statusCode).toBe(428)
      const { id } = needed.json<{ error: { details: { authentication_challenge: { id: string } } } }>().error.details.authentication_challenge
      const prove = (browser: typeof person.browser, authentication_challenge_id: string, password: string) =>
        browser.api('POST', '/reauthenticate/password', { authentication_challenge_id, password })
      expect((await prove(other.browser, id, other.password)).statusCode).toBe(409)
      expect((await prove(person.browser, id, 'not the right one')).statusCode).toBe(401)
      expect((await prove(person.browser, id.slice(0, -2), person.password)).statusCode).toBe(409)
      expect((await prove(person.browser, id, person.password)).statusCode).toBe(204)
      expect((await prove(person.browser, id, person.password)).statusCode).toBe(409)
      expect((await person.browser.api('DELETE', '/account')).statusCode).toBe(204)
    })

    test('send a stranger to sign in, from every page of theirs', async () => {
      for (const path of ['/settings', '/settings/delete', '/settings/email/verify?challenge=x', '/first_admin?secret=x']) {
        const answer = await server.browser().get(`/auth${path}`)
        expect([answer.statusCode, locationOf(answer)]).toEqual([303, `/auth/login?return_to=${encodeURIComponent(`/auth${path}`)}`])
      }
      const proof = await server.browser().get('/auth/reauthenticate?return_to=/notes')
      expect([proof.statusCode, locationOf(proof)], 'a sign-in is the proof itself').toEqual([303, '/auth/login?return_to=%2Fnotes'])
    })
  })

  describe(`the link for the first admin on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
      sibling = await server.sibling()
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    test('is not spent by opening it, works once for one person, and then is void with every other', async () => {
      const [person, other] = [await signUp(server), await signUp(server)]
      const expired = (await server.app.admins.createFirstAdminLink()) ?? ''
      server.clock.advance(24 * 60 * 60_000 + 1_000)
      await Promise.all([signIn(server, person, person.browser), signIn(server, other, other.browser)])
      expect((await person.browser.post('/auth/first_admin', { secret: expired })).statusCode).toBe(410)
      // Said before anything is pressed, with what helps.
      const shown = await person.browser.get(`/auth/first_admin?secret=${expired}`)
      expect([shown.statusCode, shown.body.includes('gatepost admin grant'), shown.body.includes('method="post" action="/auth/first_admin"')]).toEqual([410, true, false])
      const [secret, second] = [(await server.app.admins.createFirstAdminLink()) ?? '', (await server.app.admins.createFirstAdminLink()) ?? '']
      for (const method of ['GET', 'HEAD']) expect((await person.browser.raw({ method, url: `/auth/first_admin?secret=${secret}` })).statusCode).toBe(200)
      expect((await person.browser.api('GET', '/user')).json()).toMatchObject({ roles: [] })
      for (const forged of ['', 'x', secret.slice(0, -1), `${secret}A`]) expect((await person.browser.post('/auth/first_admin', { secret: forged })).statusCode).toBe(410)

      const tries = [person.browser.copy(), other.browser.copy(), person.browser.copy(), other.browser.copy()]
      const secrets = [secret, second, secret, secret]
      const answers = await Promise.all(tries.map((browser, index) => browser.post('/auth/first_admin', { secret: secrets[index]! })))
      expect(answers.map((answer) => answer.statusCode).toSorted()).toEqual([200, 410, 410, 410])
      const admins = []
      for (const one of [person, other]) {
        const browser = await signIn(sibling, one)
        if ((await browser.api('GET', '/user')).json<{ roles: string[] }>().roles.includes('admin')) admins.push(one.email)
      }
      expect(admins).toHaveLength(1)
      expect(await server.app.admins.createFirstAdminLink()).toBeUndefined()
      expect((await other.browser.post('/auth/first_admin', { secret })).statusCode).toBe(410)
      for (const unspent of [secret, second]) expect((await other.browser.get(`/auth/first_admin?secret=${unspent}`)).statusCode).toBe(410)
    })
  })
}
