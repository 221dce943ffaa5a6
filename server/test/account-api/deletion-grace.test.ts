import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { challengeOf, signUpWithTotp } from '../harness/factors.ts'
import { followToForm } from '../harness/pages.ts'
import { GOOD_PASSWORD, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'
import { addPasskey, loginWith, newAuthenticator } from '../harness/passkeys.ts'
import { refusalIn } from './challenges.ts'

const DAY = 24 * 60 * 60 * 1_000

interface Scheduled {
  readonly error: { readonly code: string; readonly details: { readonly authentication_challenge: { readonly id: string }; readonly account_deletion: { readonly delete_at: string } } }
}

for (const engine of testEngines) {
  describe(`deletion with days of grace on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, 'account_deletion: { grace_days: 10 }')
    })
    afterAll(() => server.close())

    const actorsOf = async (userId: string, ...types: string[]) =>
      (await server.app.database.read.selectFrom('event').select('actor_user_id').where('type', 'in', types).where('user_id', '=', userId as never).orderBy('id').execute()).map((row) => row.actor_user_id)
    const carryOut = () => server.app.deletions.carryOut()
    const tryLogin = (email: string, password = GOOD_PASSWORD, browser = server.browser()) => browser.api('POST', '/login', { identifier: email, password })
    const subjectsTo = async (address: string) => (await server.mailsTo(address)).map((mail) => mail.subject)

    test('signs everybody out at once, writes to the owner, and deletes after the last day with a reminder before', async () => {
      const ada = await signUp(server)
      const phone = await signIn(server, ada)
      expect((await ada.browser.api('GET', '/capabilities')).json()).toMatchObject({ account_deletion: { offered: true, grace_days: 10 } })
      const scheduled = await ada.browser.api('DELETE', '/account')
      expect([scheduled.statusCode, Math.round((Date.parse(scheduled.json<{ delete_at: string }>().delete_at) - server.clock.now()) / DAY)]).toEqual([200, 10])
      for (const gone of [ada.browser, phone]) expect((await gone.api('GET', '/user')).statusCode).toBe(401)
      expect((await phone.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      expect((await subjectsTo(ada.email))[0]).toMatch(/will be deleted$/)
      server.clock.advance(6 * DAY)
      await carryOut()
      expect(await subjectsTo(ada.email)).not.toContainEqual(expect.stringMatching(/soon/))
      server.clock.advance(1 * DAY)
      await Promise.all([carryOut(), carryOut()])
      await carryOut()
      expect((await subjectsTo(ada.email)).filter((subject) => /soon/.test(subject))).toHaveLength(1)
      server.clock.advance(3 * DAY)
      await Promise.all([carryOut(), carryOut()])
      expect((await subjectsTo(ada.email)).filter((subject) => /was deleted/.test(subject))).toHaveLength(1)
      expect((await tryLogin(ada.email)).statusCode).toBe(401)
      expect((await eventsOf(server, ada.id, 'user.deletion_scheduled', 'user.deleted')).map((event) => event.type)).toEqual(['user.deletion_scheduled', 'user.deleted'])
      expect(await actorsOf(ada.id, 'user.deletion_scheduled', 'user.deleted'), 'a job is nobody').toEqual([ada.id, null])
      expect((await signUp(server, { email: ada.email })).id).not.toBe(ada.id)
    })

    test('is cancelled by whoever proves the account is theirs, and by nobody else; a wrong password learns nothing', async () => {
      const ada = await signUp(server)
      const stranger = await tryLogin('nobody@example.com')
      await ada.browser.api('DELETE', '/account')
      const wrong = await tryLogin(ada.email, 'not the password')
      expect([wrong.statusCode, wrong.json<Scheduled>().error.code, wrong.body.length]).toEqual([401, 'unauthorized', stranger.body.length])
      const browser = server.browser()
      const asked = await tryLogin(ada.email, GOOD_PASSWORD, browser)
      expect(refusalIn(asked)).toEqual([403, 'account_deletion_scheduled'])
      const { details } = asked.json<Scheduled>().error
      expect(Date.parse(details.account_deletion.delete_at) - server.clock.now()).toBeGreaterThan(9.9 * DAY)
      expect([...browser.cookies.keys()].some((name) => name.endsWith('_access'))).toBe(false)
      const answers = await atOnce([server], 6, () => browser.api('POST', '/login/cancel-deletion', { authentication_challenge_id: details.authentication_challenge.id }))
      expect(countStatuses(answers)).toEqual({ 200: 1, 400: 5 })
      expect((await eventsOf(server, ada.id, 'user.deletion_cancelled')).length).toBe(1)
      expect((await subjectsTo(ada.email)).join()).toMatch(/is kept/)
      server.clock.advance(11 * DAY)
      await carryOut()
      await signIn(server, ada)
    })

    test('asks only after the second factor, and a passkey counts as both', async () => {
      const ada = await signUpWithTotp(server)
      const authenticator = newAuthenticator()
      await addPasskey(ada.browser, authenticator)
      await ada.browser.api('DELETE', '/account')
      const browser = server.browser()
      const half = await challengeOf(ada, browser)
      expect(refusalIn(await browser.api('POST', '/login/cancel-deletion', { authentication_challenge_id: half }))[0]).toBe(400)
      server.clock.advance(60_000)
      const asked = await browser.api('POST', '/second-factor', { authentication_challenge_id: half, totp_code: totpCode(ada.key, server.clock.now()) })
      expect(refusalIn(asked)).toEqual([403, 'account_deletion_scheduled'])
      expect(refusalIn(await loginWith(server.browser(), authenticator))).toEqual([403, 'account_deletion_scheduled'])
      const { id } = asked.json<Scheduled>().error.details.authentication_challenge
      expect((await browser.api('POST', '/login/cancel-deletion', { authentication_challenge_id: id })).statusCode).toBe(200)
    })

    test('is not passed by a state from before it, nor by a reset of the password', async () => {
      const ada = await signUp(server)
      const early = server.browser()
      const state = await followToForm(early, await early.post('/auth/login', { intent: 'code', identifier: ada.email }))
      const code = await server.codeFor(ada.email)
      await ada.browser.api('DELETE', '/account')
      expect((await early.post('/auth/verify', { intent: 'submit_code', state, code })).statusCode).not.toBe(303)
      const browser = server.browser()
      const reset = await browser.api('POST', '/password-reset/challenges', { email: ada.email, new_password: 'another good password' })
      await browser.api('POST', '/password-reset/challenges/verify', { ...reset.json<object>(), code: await server.codeFor(ada.email) })
      expect(refusalIn(await tryLogin(ada.email, 'another good password'))).toEqual([403, 'account_deletion_scheduled'])
    })

    test('is asked for and cancelled in the pages, without scripts', async () => {
      const ada = await signUp(server)
      expect((await ada.browser.get('/auth/settings/delete')).body).toContain('10 days')
      const done = await ada.browser.post('/auth/settings/delete', { confirm_email: ada.email })
      expect([done.statusCode, done.headers['location']]).toEqual([303, '/auth/account_deactivated'])
      const browser = server.browser()
      const shown = await browser.post('/auth/login', { intent: 'password', identifier: ada.email, password: GOOD_PASSWORD })
      const page = await browser.get(String(shown.headers['location']))
      expect(page.body).toContain('Your account will be deleted')
      const state = /name="state" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
      const kept = await browser.post('/auth/verify', { intent: 'cancel_deletion', state })
      expect(kept.statusCode).toBe(303)
      expect((await browser.api('GET', '/user')).statusCode).toBe(200)
    })

    test('is a step of its own for custom screens', async () => {
      const ada = await signUp(server)
      await ada.browser.api('DELETE', '/account')
      const browser = server.browser()
      const batch_input = [{ identification: 'email', login_id: ada.email }, { authentication: 'primary_password', password: GOOD_PASSWORD }]
      const asked = await browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input })
      const { state_token, action } = asked.json<{ state_token: string; action: { type: string; data: { type: string } } }>()
      expect([action.type, action.data.type]).toEqual(['check_account_status', 'account_status_data'])
      const kept = await browser.api('POST', '/authentication_flows/states/input', { state_token, input: { cancel_account_deletion: true } })
      expect(kept.json()).toMatchObject({ action: { type: 'finished' } })
      expect((await browser.api('GET', '/user')).statusCode).toBe(200)
    })

    test('leaves an admin who may still act: one who waits for deletion does not count', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      for (const { email } of [ada, eve]) await server.app.admins.grant(email)
      const answers = await atOnce([server], 2, (_server, index) => [ada, eve][index]!.browser.api('DELETE', '/account'))
      expect(countStatuses(answers)).toEqual({ 200: 1, 409: 1 })
    })

    test('is not offered where the settings say so', async () => {
      const closed = await server.sibling({}, 'account_deletion: { is_offered: false }')
      const ada = await signUp(closed)
      expect(refusalIn(await ada.browser.api('DELETE', '/account'))).toEqual([403, 'forbidden'])
      expect((await ada.browser.get('/auth/settings')).body).not.toContain('/settings/delete')
      expect((await ada.browser.get('/auth/settings/delete')).statusCode).toBe(404)
      expect((await ada.browser.api('GET', '/user')).statusCode).toBe(200)
      await closed.close()
    })
  })
}
