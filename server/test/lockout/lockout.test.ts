import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { challengeOf, signUpWithTotp } from '../harness/factors.ts'
import { appearanceOf, followToForm } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, eventsOf, QUICK, setCookiesOf } from '../harness/tokens.ts'

const WRONG = 'a wrong horse battery'
const MINUTE = 60_000
const ATTEMPTS = 5
const STRICT = `lockout: { attempts: ${ATTEMPTS}, window_minutes: 600, minimum_minutes: 10, maximum_minutes: 60, backoff_factor: 2 }`

for (const engine of testEngines) {
  describe(`too many wrong proofs on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { ...QUICK, PASSWORD_HASH_LANES: '32' }, STRICT)
      sibling = await server.sibling()
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    const login = async (identifier: string, password: string, browser: Browser = server.browser()) => (await browser.api('POST', '/login', { identifier, password })).statusCode
    async function lock(identifier: string, on = server): Promise<void> {
      for (let count = 0; count < ATTEMPTS; count += 1) expect(await login(identifier, WRONG, on.browser())).toBe(401)
    }
    const lockMails = async (email: string) => (await server.mailsTo(email)).filter(({ subject }) => subject.includes('Too many wrong tries'))

    test('lock the password of an account for a while: the right one is answered like a wrong one, then taken again', async () => {
      const ada = await signUp(server)
      await lock(ada.email)
      expect(await login(ada.email, GOOD_PASSWORD)).toBe(401)
      server.clock.advance(9 * MINUTE)
      expect(await login(ada.email, GOOD_PASSWORD)).toBe(401)
      server.clock.advance(MINUTE + 1)
      expect(await login(ada.email, GOOD_PASSWORD)).toBe(200)
    })

    test('short of that lock nothing, and a right one between begins the count anew', async () => {
      const ada = await signUp(server)
      for (let round = 0; round < 3; round += 1) {
        for (let count = 1; count < ATTEMPTS; count += 1) expect(await login(ada.email, WRONG)).toBe(401)
        expect(await login(ada.email, GOOD_PASSWORD)).toBe(200)
      }
      expect(await eventsOf(server, ada.id, 'user.locked_out')).toEqual([])
    })

    test('lock for longer each time, up to the longest, and never for good', async () => {
      const ada = await signUp(server)
      await lock(ada.email)
      for (const minutes of [10, 20, 40, 60, 60]) {
        server.clock.advance((minutes - 1) * MINUTE)
        expect([minutes, await login(ada.email, GOOD_PASSWORD)]).toEqual([minutes, 401])
        server.clock.advance(MINUTE + 1_000)
        expect(await login(ada.email, WRONG)).toBe(401)
      }
      server.clock.advance(61 * MINUTE)
      expect(await login(ada.email, GOOD_PASSWORD)).toBe(200)
    })

    test('that come while it is locked do not make the lock longer', async () => {
      const ada = await signUp(server)
      await lock(ada.email)
      for (let count = 0; count < 9; count += 1) {
        server.clock.advance(MINUTE)
        expect(await login(ada.email, WRONG)).toBe(401)
      }
      server.clock.advance(MINUTE + 1)
      expect(await login(ada.email, GOOD_PASSWORD)).toBe(200)
    })

    test('are forgotten when none followed for the window', async () => {
      const ada = await signUp(server)
      for (let count = 1; count < ATTEMPTS; count += 1) await login(ada.email, WRONG)
      server.clock.advance(601 * MINUTE)
      await login(ada.email, WRONG)
      expect(await login(ada.email, GOOD_PASSWORD)).toBe(200)
    })

    test('tell the owner once a lock, with when and from where, and leave an event', async () => {
      const ada = await signUp(server)
      await lock(ada.email)
      for (let count = 0; count < 3; count += 1) await login(ada.email, WRONG)
      const mails = await lockMails(ada.email)
      expect(mails).toHaveLength(1)
      expect(mails[0]?.text).toMatch(/password is not accepted for a while[\s\S]*198\.51\.[\s\S]*reset_password/)
      expect(await eventsOf(server, ada.id, 'user.locked_out')).toMatchObject([{ data: { kind: 'password', failures: ATTEMPTS, minutes: 10 } }])
      server.clock.advance(11 * MINUTE)
      await login(ada.email, WRONG)
      expect(await lockMails(ada.email)).toHaveLength(2)
    })

    // security case K1
    test('count for the account, however it is named and at whichever door', async () => {
      const ada = await signUp(server)
      const { username } = (await ada.browser.api('GET', '/user')).json<{ username: string }>()
      await login(username, WRONG)
      await login(ada.email.toUpperCase(), WRONG)
      await server.browser().post('/auth/login', { intent: 'password', identifier: ada.email, password: WRONG })
      const batch_input = [{ identification: 'username', login_id: username }, { authentication: 'primary_password', password: WRONG }]
      await server.browser().api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input })
      await login(ada.email, WRONG)
      for (const name of [ada.email, username]) expect([name, await login(name, GOOD_PASSWORD)]).toEqual([name, 401])
    })

    // security case K1
    test('hold on every instance, and after a restart', async () => {
      const ada = await signUp(server)
      await lock(ada.email)
      expect(await login(ada.email, GOOD_PASSWORD, sibling.browser())).toBe(401)
      const restarted = await server.sibling()
      expect(await login(ada.email, GOOD_PASSWORD, restarted.browser())).toBe(401)
      await restarted.close()
    })

    // security case K1
    test('sent at once over two instances let no more guesses count than one after another, and tell the owner once', async () => {
      const ada = await signUp(server)
      await atOnce([server, sibling], 40, (on) => login(ada.email, WRONG, on.browser()))
      expect(await login(ada.email, GOOD_PASSWORD)).toBe(401)
      const { failures } = await server.app.database.read.selectFrom('failed_attempts').select('failures').where('user_id', '=', ada.id as never).executeTakeFirstOrThrow()
      expect(failures).toBe(ATTEMPTS)
      expect(await eventsOf(server, ada.id, 'user.locked_out')).toHaveLength(1)
      expect(await lockMails(ada.email)).toHaveLength(1)
    })

    // security case I1
    test('are counted and answered alike for a stranger, whose name is kept as a keyed hash and not for long', async () => {
      const ada = await signUp(server)
      const nobody = newAddress('stranger')
      const seen = []
      for (const identifier of [ada.email, nobody]) {
        await lock(identifier)
        const browser = server.browser()
        await browser.get('/auth/login')
        const { status, body } = appearanceOf(await browser.post('/auth/login', { intent: 'password', identifier, password: GOOD_PASSWORD }))
        seen.push({ status, body: body.replaceAll(identifier, '<typed>') })
      }
      expect(seen[0]).toEqual(seen[1])
      const rows = await server.app.database.read.selectFrom('failed_attempts').selectAll().where('user_id', 'is', null).execute()
      expect(rows.map(({ failures, locked_until: until }) => [failures, until > 0])).toContainEqual([ATTEMPTS, true])
      expect(JSON.stringify(rows)).not.toContain(nobody)
      expect(await eventsOf(server, null, 'user.locked_out').then((events) => events.filter((one) => one.user_id === null))).toHaveLength(1)
      server.clock.advance(700 * MINUTE)
      await server.app.retention.purge()
      expect(await server.app.database.read.selectFrom('failed_attempts').selectAll().execute()).toEqual([])
    })

    // security case K2
    test('never keep the owner out of a browser that they signed in on before, which counts for itself', async () => {
      const ada = await signUp(server)
      await ada.browser.api('POST', '/sessions/logout')
      await lock(ada.email)
      expect(await login(ada.email, GOOD_PASSWORD)).toBe(401)
      expect(await login(ada.email, GOOD_PASSWORD, ada.browser)).toBe(200)
      await ada.browser.api('POST', '/sessions/logout')
      for (let count = 0; count < ATTEMPTS; count += 1) await login(ada.email, WRONG, ada.browser)
      expect(await login(ada.email, GOOD_PASSWORD, ada.browser), 'whoever sits there guesses no more than anybody').toBe(401)
      server.clock.advance(11 * MINUTE)
      expect(await login(ada.email, GOOD_PASSWORD, ada.browser)).toBe(200)
    })

    // security case K2
    test('are no affair of somebody else\'s cookie, a changed one, or one from before a reset', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      const resetting = server.browser()
      const email = ada.email
      await lock(email)
      const known = (value: string) => {
        const browser = server.browser()
        browser.cookies.set('gatepost_known', value)
        return browser
      }
      const own = ada.browser.cookies.get('gatepost_known') ?? ''
      expect(own).not.toBe('')
      for (const value of [eve.browser.cookies.get('gatepost_known') ?? '', `${own}A`, own.slice(0, -2), 'made up']) expect(await login(email, GOOD_PASSWORD, known(value))).toBe(401)
      expect(await login(email, GOOD_PASSWORD, known(own))).toBe(200)
      const asked = await resetting.api('POST', '/password-reset/challenges', { email, new_password: 'a quite different horse' })
      await resetting.api('POST', '/password-reset/challenges/verify', { ...asked.json<object>(), code: await server.codeFor(email) })
      await lock(email)
      expect(await login(email, 'a quite different horse', known(own))).toBe(401)
    })

    test('of several people who share a browser leave each of them known there', async () => {
      const shared = server.browser()
      const people = []
      for (let count = 0; count < 3; count += 1) {
        people.push(await signUp(server, { browser: shared }))
        await shared.api('POST', '/sessions/logout')
      }
      for (const { email } of people) {
        await lock(email)
        expect(await login(email, GOOD_PASSWORD, shared)).toBe(200)
        await shared.api('POST', '/sessions/logout')
      }
    })

    test('leave the other ways in open: a code by mail, a reset, and proving again in a session', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      for (const { email } of [ada, eve]) await lock(email)
      const browser = server.browser()
      const state = await followToForm(browser, await browser.post('/auth/login', { intent: 'code', identifier: ada.email }))
      expect((await browser.post('/auth/verify', { intent: 'submit_code', state, code: await server.codeFor(ada.email) })).statusCode).toBe(303)
      const change = await ada.browser.api('PUT', '/account/password', { current_password: GOOD_PASSWORD, new_password: 'a quite different horse' })
      expect(change.statusCode).toBe(204)
      const resetting = server.browser()
      const asked = await resetting.api('POST', '/password-reset/challenges', { email: eve.email, new_password: 'a quite different horse' })
      await resetting.api('POST', '/password-reset/challenges/verify', { ...asked.json<object>(), code: await server.codeFor(eve.email) })
      expect(await login(eve.email, 'a quite different horse'), 'a reset ends the lock').toBe(200)
    })

    // security case K2
    test('in the settings of a session that was stolen are limited too, and lock nobody else', async () => {
      const ada = await signUp(server)
      const change = async (current_password: string) => (await ada.browser.api('PUT', '/account/password', { current_password, new_password: 'a quite different horse' })).statusCode
      for (let count = 0; count < ATTEMPTS; count += 1) expect(await change(WRONG)).toBe(400)
      expect(await change(GOOD_PASSWORD)).toBe(400)
      expect(await login(ada.email, GOOD_PASSWORD)).toBe(200)
    })

    // security case K1
    test('at the second factor lock that, whatever it is tried with, and spend nothing while they do', async () => {
      const ada = await signUpWithTotp(server)
      const guess = async (proof: object, browser = server.browser()) => {
        const authentication_challenge_id = await challengeOf(ada, browser)
        return (await browser.api('POST', '/second-factor', { authentication_challenge_id, ...proof })).statusCode
      }
      const right = () => ({ totp_code: totpCode(ada.key, server.clock.now()) })
      for (let count = 0; count < ATTEMPTS; count += 1) expect(await guess(count % 2 === 0 ? { totp_code: '000000' } : { recovery_code: '00000-00000' })).toBe(401)
      expect(await guess(right())).toBe(401)
      expect(await guess({ recovery_code: ada.recoveryCodes[0] })).toBe(401)
      const mails = await lockMails(ada.email)
      expect(mails).toHaveLength(1)
      expect(mails[0]?.text).toMatch(/somebody knows your password/)
      expect(await guess(right(), ada.browser), 'the owner, in a browser that is known').toBe(200)
      server.clock.advance(11 * MINUTE)
      expect(await guess({ recovery_code: ada.recoveryCodes[0] }), 'it was not spent').toBe(200)
    })

    // security case K2
    test('are forgiven by another password that the owner sets, which leaves only the browser known that it was set in', async () => {
      const ada = await signUp(server)
      const phone = await signIn(server, ada)
      await lock(ada.email)
      const changed = await ada.browser.api('PUT', '/account/password', { current_password: GOOD_PASSWORD, new_password: 'a quite different horse' })
      expect([changed.statusCode, setCookiesOf(changed).map(({ name }) => name)]).toEqual([204, ['gatepost_known']])
      expect(await login(ada.email, 'a quite different horse'), 'a change ends the lock').toBe(200)
      await ada.browser.api('POST', '/sessions/logout')
      await lock(ada.email)
      expect(await login(ada.email, 'a quite different horse', phone), 'it has to prove itself anew').toBe(401)
      expect(await login(ada.email, 'a quite different horse', ada.browser)).toBe(200)
      const page = await ada.browser.post('/auth/settings/password', { current_password: 'a quite different horse', new_password: 'a third and last horse' })
      expect([page.statusCode, setCookiesOf(page).map(({ name }) => name)]).toEqual([303, ['gatepost_known']])
      await ada.browser.api('POST', '/sessions/logout')
      expect(await login(ada.email, 'a third and last horse', ada.browser)).toBe(200)
    })

    test('are not forgiven by a change of the password that is refused', async () => {
      const ada = await signUp(server)
      await lock(ada.email)
      const wrong = await ada.browser.api('PUT', '/account/password', { current_password: WRONG, new_password: 'a quite different horse' })
      const common = await ada.browser.api('PUT', '/account/password', { current_password: GOOD_PASSWORD, new_password: 'password' })
      expect([wrong.statusCode, common.statusCode, setCookiesOf(wrong).length + setCookiesOf(common).length]).toEqual([400, 400, 0])
      expect(await login(ada.email, GOOD_PASSWORD)).toBe(401)
    })

    // security case K1
    test('at the second factor are forgiven neither by a change of the password nor by a reset of it', async () => {
      const changing = await signUpWithTotp(server)
      for (let count = 0; count < ATTEMPTS; count += 1) {
        const browser = server.browser()
        await browser.api('POST', '/second-factor', { authentication_challenge_id: await challengeOf(changing, browser), totp_code: '000000' })
      }
      const changed = await changing.browser.api('PUT', '/account/password', { current_password: changing.password, new_password: 'a quite different horse' })
      expect(changed.statusCode).toBe(204)
      const elsewhere = server.browser()
      const id = await challengeOf({ ...changing, password: 'a quite different horse' }, elsewhere)
      const right = { authentication_challenge_id: id, totp_code: totpCode(changing.key, server.clock.now()) }
      expect((await elsewhere.api('POST', '/second-factor', right)).statusCode).toBe(401)
      const ada = await signUpWithTotp(server)
      const guess = async (password: string, totp_code: string) => {
        const browser = server.browser()
        const authentication_challenge_id = await challengeOf({ ...ada, password }, browser)
        return (await browser.api('POST', '/second-factor', { authentication_challenge_id, totp_code })).statusCode
      }
      for (let count = 0; count < ATTEMPTS; count += 1) await guess(ada.password, '000000')
      const resetting = server.browser()
      const asked = await resetting.api('POST', '/password-reset/challenges', { email: ada.email, new_password: 'a quite different horse' })
      await resetting.api('POST', '/password-reset/challenges/verify', { ...asked.json<object>(), code: await server.codeFor(ada.email) })
      expect(await guess('a quite different horse', totpCode(ada.key, server.clock.now()))).toBe(401)
    })

    test('are lifted by the operator', async () => {
      const ada = await signUp(server)
      await lock(ada.email)
      expect(await server.app.admins.unlock(ada.email)).toMatchObject({ ok: true })
      expect(await server.app.admins.unlock(ada.email)).toEqual({ ok: false, failure: 'already_so' })
      expect(await login(ada.email, GOOD_PASSWORD)).toBe(200)
      expect(await eventsOf(server, ada.id, 'user.unlocked')).toHaveLength(1)
    })

    test('count for each address where the settings say so', async () => {
      const each = await server.sibling({}, STRICT.replace(' }', ', per: user_and_address }'))
      const ada = await signUp(each)
      const from = (ip: string) => each.browser({ ip })
      for (let count = 0; count < ATTEMPTS; count += 1) await login(ada.email, WRONG, from('203.0.113.5'))
      expect(await login(ada.email, GOOD_PASSWORD, from('203.0.113.5'))).toBe(401)
      expect(await login(ada.email, GOOD_PASSWORD, from('203.0.113.6'))).toBe(200)
      await each.close()
    })

    test('lock nobody where the settings switch it off', async () => {
      const lax = await server.sibling({}, 'lockout: { attempts: 0 }')
      const ada = await signUp(lax)
      for (let count = 0; count < 60; count += 1) await login(ada.email, WRONG, lax.browser())
      expect(await login(ada.email, GOOD_PASSWORD, lax.browser())).toBe(200)
      await lax.close()
    })
  })
}
