import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { challengeOf, signUpWithTotp } from '../harness/factors.ts'
import { followToForm, locationOf } from '../harness/pages.ts'
import { addPasskey, loginWith, newAuthenticator } from '../harness/passkeys.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, cookieOf, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'
import { HASHES, IMPORTED_PASSWORD } from '../import/import-file.ts'
import { changeChallengeOf, demandChange } from './ways-to-set.ts'

const DAY = 24 * 60 * 60_000
const ANOTHER = 'another stable for another horse'
const REFUSED = { error: { details: { fields: [{ field: 'authentication_challenge_id', code: 'invalid_challenge' }] } } }

for (const engine of testEngines) {
  describe(`a password that has to change on ${engine}`, () => {
    let server: TestServer
    let aging: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      aging = await server.sibling({}, 'password: { maximum_age_days: 90 }')
    })
    afterAll(async () => {
      await aging.close()
      await server.close()
    })

    const isSignedIn = async (browser: ReturnType<TestServer['browser']>) => (await browser.api('GET', '/user')).statusCode === 200
    const login = async (email: string, password: string) => (await server.browser().api('POST', '/login', { email, password })).statusCode
    const answerWith = (browser: ReturnType<TestServer['browser']>, authentication_challenge_id: string, new_password = ANOTHER) =>
      browser.api('POST', '/login/new-password', { authentication_challenge_id, new_password })

    test('lets nobody in before there is another, and then ends what was signed in and tells the owner', async () => {
      const person = await signUp(server)
      const browser = server.browser()
      const challenge = await demandChange(server, person, browser)
      expect([await isSignedIn(browser), await isSignedIn(person.browser)]).toEqual([false, true])
      const changed = await answerWith(browser, challenge)
      expect([changed.statusCode, await isSignedIn(browser), await isSignedIn(person.browser)]).toEqual([200, true, false])
      expect([await login(person.email, person.password), await login(person.email, ANOTHER)]).toEqual([401, 200])
      expect((await eventsOf(server, person.id, 'password.change_required', 'password.changed')).map(({ type }) => type)).toEqual(['password.change_required', 'password.changed'])
      expect((await server.mailsTo(person.email)).map((mail) => mail.subject)).toContainEqual(expect.stringContaining('password was changed'))
    })

    test('tells why and what the new one has to be like', async () => {
      const person = await signUp(server)
      await server.app.passwordChanges.require(person.email)
      const answer = await server.browser().api('POST', '/login', { email: person.email, password: person.password })
      expect([answer.statusCode, answer.json()]).toEqual([
        401,
        {
          error: expect.objectContaining({
            code: 'password_change_required',
            details: {
              authentication_challenge: { id: expect.any(String) as string, expires_at: expect.any(String) as string },
              password_change: { reason: 'required', password_policy: { minimum_length: 8, maximum_length: 128, breached_check: false, history: 0 } },
            },
          }) as object,
        },
      ])
    })

    test('may not be answered with itself', async () => {
      const person = await signUp(server)
      const browser = server.browser()
      const challenge = await demandChange(server, person, browser)
      expect((await answerWith(browser, challenge, person.password)).json()).toMatchObject({ error: { details: { fields: [{ field: 'new_password', code: 'used_before' }] } } })
      expect((await answerWith(browser, challenge)).statusCode).toBe(200)
    })

    test('is said to nobody who does not know it', async () => {
      const [flagged, plain] = [await signUp(server), await signUp(server)]
      await server.app.passwordChanges.require(flagged.email)
      const answers = await Promise.all([flagged, plain].map(({ email }) => server.browser().api('POST', '/login', { email, password: 'wrong password' })))
      const bodies = answers.map(({ statusCode, body }) => [statusCode, body.replace(/"request_id":"[^"]+"/, '')])
      expect(bodies[0]).toEqual(bodies[1])
    })

    test('is asked for after the second factor, also in a trusted browser', async () => {
      const ada = await signUpWithTotp(server)
      const trusted = server.browser()
      const first = { authentication_challenge_id: await challengeOf(ada, trusted), totp_code: totpCode(ada.key, server.clock.now()), remember_device: true }
      expect((await trusted.api('POST', '/second-factor', first)).statusCode).toBe(200)
      server.clock.advance(60_000)
      await server.app.passwordChanges.require(ada.email)

      const browser = server.browser()
      const second = { authentication_challenge_id: await challengeOf(ada, browser), totp_code: totpCode(ada.key, server.clock.now()) }
      expect((await answerWith(browser, second.authentication_challenge_id)).json()).toMatchObject(REFUSED)
      const asked = await browser.api('POST', '/second-factor', second)
      expect([asked.statusCode, asked.json<{ error: { code: string } }>().error.code, await isSignedIn(browser)]).toEqual([401, 'password_change_required', false])

      const again = trusted.copy()
      await trusted.api('POST', '/sessions/logout')
      for (const kind of ['access', 'refresh'] as const) again.cookies.delete(`gatepost_${kind}`)
      const challenge = await changeChallengeOf(ada, again)
      expect((await answerWith(again, challenge)).statusCode).toBe(200)
      // The new password ended the trust of every browser.
      expect(await challengeOf({ ...ada, password: ANOTHER }, trusted)).not.toBe('')
    })

    test('stands in the way of a state that was made before it was asked for', async () => {
      const ada = await signUpWithTotp(server)
      const browser = server.browser()
      const before = { authentication_challenge_id: await challengeOf(ada, browser), totp_code: totpCode(ada.key, server.clock.now()) }
      await server.app.passwordChanges.require(ada.email)
      expect((await browser.api('POST', '/second-factor', before)).json()).toMatchObject(REFUSED)
      expect(await isSignedIn(browser)).toBe(false)
    })

    test('has no way around it by later steps, other challenges or a second use of one', async () => {
      const person = await signUp(server)
      const browser = server.browser()
      const challenge = await demandChange(server, person, browser)
      for (const [path, body] of [
        ['/second-factor', { authentication_challenge_id: challenge, totp_code: '123456' }],
        ['/authentication_flows/states/input', { state_token: challenge, input: { authentication: 'primary_oob_otp_email' } }],
        ['/authentication_flows/states/input', { state_token: challenge, input: { authentication: 'primary_password', password: person.password } }],
        ['/authentication_flows/states/input', { state_token: challenge, input: { code: '123456' } }],
        ['/login/new-password', { authentication_challenge_id: 'made-up', new_password: ANOTHER }],
      ] as const) {
        expect([path, (await browser.api('POST', path, body)).statusCode]).toEqual([path, 400])
      }
      const recovering = await browser.api('POST', '/authentication_flows', { type: 'account_recovery', name: 'default', batch_input: [{ identification: 'email', login_id: person.email }] })
      const proven = await browser.api('POST', '/authentication_flows/states/input', { state_token: recovering.json<{ state_token: string }>().state_token, input: { account_recovery_code: await server.codeFor(person.email) } })
      expect((await answerWith(browser, proven.json<{ state_token: string }>().state_token)).json()).toMatchObject(REFUSED)
      expect(await isSignedIn(browser)).toBe(false)

      expect((await answerWith(browser, challenge)).statusCode).toBe(200)
      expect((await answerWith(server.browser(), challenge, `${ANOTHER} two`)).json()).toMatchObject(REFUSED)
    })

    test('takes one new password of many at once', async () => {
      const person = await signUp(server)
      const challenge = await demandChange(server, person, server.browser())
      const answers = await atOnce([server, aging], 10, (one, index) => answerWith(one.browser(), challenge, `${ANOTHER} ${index}`))
      expect(countStatuses(answers)).toEqual({ 200: 1, 400: 9 })
    })

    test('keeps a session alive that there was, and lets it refresh and prove itself again', async () => {
      const person = await signUp(server)
      await server.app.passwordChanges.require(person.email)
      expect((await person.browser.api('POST', '/sessions/refresh')).statusCode).toBe(200)
      server.clock.advance(11 * 60_000)
      await person.browser.api('POST', '/sessions/refresh')
      const stale = (await person.browser.api('POST', '/reauthenticate/check')).json<{ error: { details: { authentication_challenge: { id: string } } } }>()
      const authentication_challenge_id = stale.error.details.authentication_challenge.id
      expect((await person.browser.api('POST', '/reauthenticate/password', { authentication_challenge_id, password: person.password })).statusCode).toBe(204)
      expect(await changeChallengeOf(person, server.browser())).not.toBe('')
    })

    test('is not asked of who signs in by a passkey or a code', async () => {
      const person = await signUp(server)
      const authenticator = newAuthenticator()
      await addPasskey(person.browser, authenticator)
      await server.app.passwordChanges.require(person.email)
      expect((await loginWith(server.browser(), authenticator)).statusCode).toBe(200)
      const browser = server.browser()
      const state = await followToForm(browser, await browser.post('/auth/login', { intent: 'code', identifier: person.email }))
      const done = await browser.post('/auth/verify', { intent: 'submit_code', state, code: await server.codeFor(person.email) })
      expect([done.statusCode, await isSignedIn(browser)]).toEqual([303, true])
      expect(await changeChallengeOf(person, server.browser())).not.toBe('')
    })

    test('is over with any new password: changed in the settings, or reset', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      for (const { email } of [ada, eve]) await server.app.passwordChanges.require(email)
      await ada.browser.api('PUT', '/account/password', { current_password: ada.password, new_password: ANOTHER })
      const browser = server.browser()
      const reset = await browser.api('POST', '/password-reset/challenges', { email: eve.email, new_password: ANOTHER })
      await browser.api('POST', '/password-reset/challenges/verify', { ...reset.json<object>(), code: await server.codeFor(eve.email) })
      expect([await login(ada.email, ANOTHER), await login(eve.email, ANOTHER)]).toEqual([200, 200])
    })

    test('shows its page after the first one, keeps the way back, and signs in', async () => {
      const person = await signUp(server)
      await server.app.passwordChanges.require(person.email)
      const browser = server.browser()
      const first = await browser.post('/auth/login?return_to=/orders', { intent: 'password', identifier: person.email, password: person.password })
      const page = await browser.get(locationOf(first))
      expect([page.statusCode, page.body.includes('You are asked to choose a new password')]).toEqual([200, true])
      const state = /name="state" value="([^"]*)"/.exec(page.body)?.[1] ?? ''
      const weak = await browser.post('/auth/verify', { intent: 'new_password', state, new_password: person.password })
      expect([weak.statusCode, weak.body.includes('You used this password before')]).toEqual([422, true])
      const done = await browser.post('/auth/verify', { intent: 'new_password', state, new_password: ANOTHER })
      expect([done.statusCode, locationOf(done), await isSignedIn(browser)]).toEqual([303, '/orders', true])
    })

    test('is a step of its own for custom screens', async () => {
      const person = await signUp(server)
      await server.app.passwordChanges.require(person.email)
      const browser = server.browser()
      const batch_input = [{ identification: 'email', login_id: person.email }, { authentication: 'primary_password', password: person.password }]
      const asked = (await browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input })).json<{ state_token: string; action: object }>()
      expect(asked.action).toEqual({ type: 'change_password', data: { type: 'new_password_data', password_policy: { minimum_length: 8, maximum_length: 128, breached_check: false, history: 0 } } })
      const done = await browser.api('POST', '/authentication_flows/states/input', { state_token: asked.state_token, input: { new_password: ANOTHER } })
      expect([done.statusCode, await isSignedIn(browser)]).toEqual([200, true])
    })

    test('is asked for by age where the settings say so, and a change makes it young again', async () => {
      const person = await signUp(aging)
      const other = await signUp(aging)
      server.clock.advance(89 * DAY)
      expect((await aging.browser().api('POST', '/login', { email: person.email, password: person.password })).statusCode).toBe(200)
      // Signing in with today's parameters hashes it anew; it stays as old as it is.
      const stronger = await aging.sibling({ ARGON2_PASSES: '2' })
      await signIn(stronger, person)
      await stronger.close()
      server.clock.advance(2 * DAY)
      const browser = aging.browser()
      const answer = await browser.api('POST', '/login', { email: person.email, password: person.password })
      expect(answer.json()).toMatchObject({ error: { code: 'password_change_required', details: { password_change: { reason: 'expired' } } } })
      expect((await answerWith(browser, await changeChallengeOf(person, browser))).statusCode).toBe(200)
      expect((await aging.browser().api('POST', '/login', { email: person.email, password: ANOTHER })).statusCode).toBe(200)
      expect(await login(other.email, other.password)).toBe(200)
    })

    test('comes with an imported account that says so, whatever hashed its password', async () => {
      const [email, without] = [newAddress('imported'), newAddress('imported')]
      const line = { email_verified: true, must_change_password: true }
      const lines = (...people: object[]) => async function* () {
        for (const [at, one] of people.entries()) yield await Promise.resolve({ number: at + 1, content: { text: JSON.stringify(one) } })
      }
      const refused = await server.app.imports.importUsers(lines({ ...line, email: without }), { isDryRun: false })
      expect(refused).toMatchObject({ imported: 0, refused: 1 })
      await server.app.imports.importUsers(lines({ ...line, email, password_hash: Object.values(HASHES)[0] }), { isDryRun: false })
      const browser = server.browser()
      const challenge = await changeChallengeOf({ email, password: IMPORTED_PASSWORD }, browser)
      expect((await answerWith(browser, challenge, IMPORTED_PASSWORD)).statusCode).toBe(400)
      expect((await answerWith(browser, challenge)).statusCode).toBe(200)
      expect(cookieOf(browser, 'access')).not.toBe('')
    })

    test('is asked of everybody at once, of each once, and of nobody without a password', async () => {
      const people = [await signUp(server), await signUp(server)]
      await server.app.passwordChanges.require(people[0]!.email)
      const passwords = (await server.app.database.read.selectFrom('authenticator_password').select('user_id').execute()).length
      const asked = async () => (await server.app.database.read.selectFrom('required_password_change').select('user_id').execute()).length
      const open = passwords - (await asked())
      const counts = await Promise.all([server.app.passwordChanges.requireOfAll(), aging.app.passwordChanges.requireOfAll()])
      expect([counts[0] + counts[1], await asked()]).toEqual([open, passwords])
      for (const person of people) expect(await changeChallengeOf(person, server.browser())).not.toBe('')
      const events = (await eventsOf(server, null, 'password.change_required')).filter(({ user_id }) => user_id === null)
      expect(events.reduce((sum, { data }) => sum + Number(data['count']), 0)).toBe(open)
      expect(GOOD_PASSWORD).toBe(people[0]!.password)
    })
  })
}
