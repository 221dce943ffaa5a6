import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { followToForm, locationOf, stateIn } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const NEW_PASSWORD = 'a quite different horse'

for (const engine of testEngines) {
  describe(`the states of a flow on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
    })
    afterAll(() => server.close())

    const canSignIn = async (email: string, password: string) =>
      (await server.browser().api('POST', '/login', { identifier: email, password })).statusCode === 200
    const askReset = async (browser: Browser, email: string) => followToForm(browser, await browser.post('/auth/reset_password', { intent: 'identify', email }))

    // security case J5 (CVE-2026-18963): the later form without the earlier step
    test('the new password is not taken before the code was', async () => {
      const owner = await signUp(server)
      const browser = server.browser()
      const state = await askReset(browser, owner.email)
      for (const fields of [
        { intent: 'new_password', new_password: NEW_PASSWORD },
        { intent: 'new_password', new_password: NEW_PASSWORD, code: '000000' },
        { intent: 'signup', email: owner.email, new_password: NEW_PASSWORD },
        { intent: 'password', password: NEW_PASSWORD },
      ]) {
        for (const door of ['/auth/reset_password', '/auth/verify', '/auth/login', '/auth/signup']) {
          const answer = await browser.post(door, { ...fields, state })
          expect([answer.statusCode, answer.headers.location, String(answer.headers['set-cookie'] ?? '')]).toEqual([400, undefined, ''])
        }
      }
      const fresh = await browser.post('/auth/reset_password', { intent: 'new_password', new_password: NEW_PASSWORD })
      expect(fresh.statusCode).toBe(400)
      expect(await canSignIn(owner.email, NEW_PASSWORD)).toBe(false)
      expect(await canSignIn(owner.email, GOOD_PASSWORD)).toBe(true)
    })

    test('an empty post skips nothing', async () => {
      const owner = await signUp(server)
      const browser = server.browser()
      const state = await askReset(browser, owner.email)
      for (const fields of [{}, { state }, { intent: '' }, { intent: '', state }, { intent: 'submit_code', state }, { intent: 'finished', state }, { intent: 'new_password', state }, { intent: 'constructor', state }]) {
        for (const door of ['/auth/reset_password', '/auth/verify', '/auth/login', '/auth/signup']) {
          expect((await browser.post(door, fields)).statusCode).toBe(400)
        }
      }
      const emptyCode = await browser.post('/auth/reset_password', { intent: 'submit_code', state, code: '' })
      expect(emptyCode.statusCode).toBe(422)
      const nobody = await browser.post('/auth/login', { intent: 'identify' })
      expect([303, 422]).toContain(nobody.statusCode)
      expect(await canSignIn(owner.email, GOOD_PASSWORD)).toBe(true)
    })

    test('a state works in the browser that began it only', async () => {
      const owner = await signUp(server)
      const mine = server.browser()
      const state = await askReset(mine, owner.email)
      const code = await server.codeFor(owner.email)
      const theirs = server.browser()
      await theirs.get('/auth/login')
      for (const other of [theirs, server.browser(), owner.browser]) {
        expect((await other.get(`/auth/reset_password?flow=${state}`)).statusCode).toBe(400)
        expect((await other.post('/auth/reset_password', { intent: 'submit_code', state, code })).statusCode).toBe(400)
      }
      const taken = await mine.post('/auth/reset_password', { intent: 'submit_code', state, code })
      expect(taken.statusCode).toBe(303)
    })

    // security case J6
    test('a truncated, lengthened, changed or foreign state is none', async () => {
      const owner = await signUp(server)
      const browser = server.browser()
      const state = await askReset(browser, owner.email)
      const [format, key, body = ''] = state.split('.')
      const flipped = `${format}.${key}.${body.slice(0, 20)}${body[20] === 'A' ? 'B' : 'A'}${body.slice(21)}`
      const link = (await server.app.admins.createFirstAdminLink()) ?? ''
      const refresh = owner.browser.cookies.get('gatepost_refresh') ?? ''
      for (const forged of [state.slice(0, -1), state.slice(0, 40), `${state}A`, flipped, state.toLowerCase(), `${format}.00000000.${body}`, `${format}.${key}.`, 'x', '..', link, refresh]) {
        const answer = await browser.post('/auth/reset_password', { intent: 'submit_code', state: forged, code: await server.codeFor(owner.email) })
        expect([answer.statusCode, answer.headers.location]).toEqual([400, undefined])
        expect((await browser.get(`/auth/reset_password?flow=${encodeURIComponent(forged)}`)).statusCode).toBe(400)
      }
    })

    test('a code that was sent for one address never finishes for another in the same flow', async () => {
      const attacker = await signUp(server)
      const victim = await signUp(server)
      const browser = server.browser()
      // One state from which both are named: the older state stays usable.
      const page = await browser.get('/auth/login')
      expect(stateIn(page)).toBe('')
      const named = (identifier: string) => browser.post('/auth/login', { intent: 'code', identifier })
      const forVictim = await followToForm(browser, await named(victim.email))
      const forAttacker = await followToForm(browser, await named(attacker.email))
      const code = await server.codeFor(attacker.email)
      const crossed = await browser.post('/auth/verify', { intent: 'submit_code', state: forVictim, code })
      expect([crossed.statusCode, crossed.headers['set-cookie']]).toEqual([422, undefined])
      const renamed = await browser.post('/auth/verify', { intent: 'submit_code', state: forAttacker, code, identifier: victim.email, email: victim.email })
      expect(renamed.statusCode).toBe(303)
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ email: attacker.email })
    })

    test('an older state of one flow, named anew, does not take the code of the first name', async () => {
      const attacker = await signUp(server)
      const victim = await signUp(server)
      const browser = server.browser()
      // An unusable proof on a page of its own leaves the state at who it is; both names are given to that one state.
      const doors = { start: '/auth/login', further: '/auth/verify' }
      const begun = await browser.post(doors.start, { intent: 'identify' })
      const state = await followToForm(browser, begun)
      const named = async (identifier: string) => followToForm(browser, await browser.post(doors.further, { intent: 'code', identifier, state }))
      const forAttacker = await named(attacker.email)
      const code = await server.codeFor(attacker.email)
      const forVictim = await named(victim.email)
      const crossed = await browser.post(doors.further, { intent: 'submit_code', state: forVictim, code })
      expect([crossed.statusCode, crossed.headers['set-cookie']]).toEqual([422, undefined])
      const own = await browser.post(doors.further, { intent: 'submit_code', state: forAttacker, code })
      expect(own.statusCode).toBe(303)
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ email: attacker.email })
      const spent = await browser.post(doors.further, { intent: 'submit_code', state: forVictim, code: await server.codeFor(victim.email) })
      expect(spent.statusCode).toBe(400)
    })

    test('a code of one purpose is none for another', async () => {
      const owner = await signUp(server)
      const browser = server.browser()
      const login = await followToForm(browser, await browser.post('/auth/login', { intent: 'code', identifier: owner.email }))
      const loginCode = await server.codeFor(owner.email)
      const reset = await askReset(browser, owner.email)
      const resetCode = await server.codeFor(owner.email)
      if (loginCode === resetCode) return
      expect((await browser.post('/auth/reset_password', { intent: 'submit_code', state: reset, code: loginCode })).statusCode).toBe(422)
      expect((await browser.post('/auth/verify', { intent: 'submit_code', state: login, code: resetCode })).statusCode).toBe(422)
      const { challenge_id } = (await browser.api('POST', '/password-reset/challenges', { email: owner.email, new_password: NEW_PASSWORD })).json<{ challenge_id: string }>()
      const asSignup = await browser.api('POST', '/signup/challenges/verify', { challenge_id, code: await server.codeFor(owner.email) })
      expect(asSignup.statusCode).toBe(400)
      expect(await canSignIn(owner.email, NEW_PASSWORD)).toBe(false)
    })

    test('a flow finishes once, from whichever of its states', async () => {
      const owner = await signUp(server)
      const browser = server.browser()
      const asked = await askReset(browser, owner.email)
      const proven = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'submit_code', state: asked, code: await server.codeFor(owner.email) }))
      const finishes = await Promise.all(
        ['first good horse', 'second good horse', 'third good horse'].map((password) => browser.copy().post('/auth/reset_password', { intent: 'new_password', state: proven, new_password: password })),
      )
      expect(finishes.map((answer) => answer.statusCode).toSorted()).toEqual([303, 400, 400])
      const later = await browser.post('/auth/reset_password', { intent: 'new_password', state: proven, new_password: 'fourth good horse' })
      expect(later.statusCode).toBe(400)
      expect(await canSignIn(owner.email, 'fourth good horse')).toBe(false)
    })

    test('a code is right once: neither the same state nor another takes it again', async () => {
      const owner = await signUp(server)
      const browser = server.browser()
      const state = await followToForm(browser, await browser.post('/auth/login', { intent: 'code', identifier: owner.email }))
      const code = await server.codeFor(owner.email)
      const answers = await Promise.all(Array.from({ length: 5 }, () => browser.copy().post('/auth/verify', { intent: 'submit_code', state, code })))
      expect(answers.filter((answer) => answer.statusCode === 303)).toHaveLength(1)
      expect((await browser.post('/auth/verify', { intent: 'submit_code', state, code })).statusCode).not.toBe(303)
    })

    test('a flow is over after twenty minutes', async () => {
      const owner = await signUp(server)
      const browser = server.browser()
      const state = await askReset(browser, owner.email)
      const proven = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'submit_code', state, code: await server.codeFor(owner.email) }))
      server.clock.advance(20 * 60_000 + 1_000)
      const late = await browser.post('/auth/reset_password', { intent: 'new_password', state: proven, new_password: NEW_PASSWORD })
      expect(late.statusCode).toBe(400)
      expect(await canSignIn(owner.email, NEW_PASSWORD)).toBe(false)
    })

    // security case J9
    test('opening any page, as scanners do, uses nothing up', async () => {
      const owner = await signUp(server)
      const email = newAddress()
      const browser = server.browser()
      const reset = await askReset(browser, owner.email)
      const resetCode = await server.codeFor(owner.email)
      const asked = await browser.post('/auth/signup', { intent: 'signup', email, new_password: GOOD_PASSWORD })
      const change = await owner.browser.post('/auth/settings/email', { new_email: newAddress('new') })
      const addresses = [
        `/auth/reset_password?flow=${reset}`, locationOf(asked), '/auth/logout', '/auth/signed_out', '/auth/settings', '/auth/settings/delete',
        locationOf(change), '/auth/first_admin?secret=x', '/auth/login', '/auth/signup', '/auth/verify', '/auth/reset_password', '/auth/account_deleted', '/auth/reauthenticate',
      ]
      for (const url of addresses) {
        for (const visitor of [browser, owner.browser, server.browser()]) {
          for (const method of ['GET', 'HEAD']) expect((await visitor.copy().raw({ method, url })).statusCode).toBeLessThan(500)
        }
      }
      expect((await owner.browser.api('GET', '/user')).json()).toMatchObject({ email: owner.email })
      expect((await browser.post('/auth/reset_password', { intent: 'submit_code', state: reset, code: resetCode })).statusCode).toBe(303)
      const signupState = new URL(locationOf(asked), 'http://x').searchParams.get('flow') ?? ''
      expect((await browser.post('/auth/verify', { intent: 'submit_code', state: signupState, code: await server.codeFor(email) })).statusCode).toBe(303)
    })

    test('signing in again after a reset needs the new password, and every session of before is over', async () => {
      const owner = await signUp(server)
      const elsewhere = await signIn(server, owner)
      const browser = server.browser()
      const state = await askReset(browser, owner.email)
      const proven = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'submit_code', state, code: await server.codeFor(owner.email) }))
      const done = await browser.post('/auth/reset_password', { intent: 'new_password', state: proven, new_password: NEW_PASSWORD })
      expect([done.statusCode, locationOf(done), String(done.headers['set-cookie'] ?? '')]).toEqual([303, '/auth/login?notice=password_changed&return_to=%2F', ''])
      for (const old of [owner.browser, elsewhere]) {
        expect((await old.api('GET', '/user')).statusCode).toBe(401)
        expect((await old.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      }
      expect([await canSignIn(owner.email, GOOD_PASSWORD), await canSignIn(owner.email, NEW_PASSWORD)]).toEqual([false, true])
      expect((await server.mailsTo(owner.email)).map((mail) => mail.subject)).toContainEqual(expect.stringContaining('password was changed'))
    })

    test('a reset by the API sets the password that was given with the request', async () => {
      const owner = await signUp(server)
      const browser = server.browser()
      const asked = await browser.api('POST', '/password-reset/challenges', { email: owner.email, new_password: NEW_PASSWORD })
      const { challenge_id } = asked.json<{ challenge_id: string }>()
      expect(await canSignIn(owner.email, NEW_PASSWORD)).toBe(false)
      const done = await browser.api('POST', '/password-reset/challenges/verify', { challenge_id, code: await server.codeFor(owner.email) })
      expect([done.statusCode, done.body, String(done.headers['set-cookie'] ?? '')]).toEqual([204, '', ''])
      expect([await canSignIn(owner.email, GOOD_PASSWORD), await canSignIn(owner.email, NEW_PASSWORD)]).toEqual([false, true])
    })
  })
}
