import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ANONYMOUS, promote, signUpAnonymously } from '../harness/anonymous.ts'
import { allowThirdParty } from '../harness/consents.ts'
import { connectDevices } from '../harness/devices.ts'
import { addEmail, emailsOf } from '../harness/emails.ts'
import { testEngines } from '../harness/engines.ts'
import { challengeOf, signUpWithTotp } from '../harness/factors.ts'
import { invite } from '../harness/invitations.ts'
import { addPasskey, beginReauthentication, loginWith, newAuthenticator } from '../harness/passkeys.ts'
import { PNG, putPicture } from '../harness/pictures.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import { codeTo, MESSAGING, newPhone, phonesOf } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { followEvents } from './follow-events.ts'
import { cookieOf, QUICK } from '../harness/tokens.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'
import { demandChange } from '../passwords/ways-to-set.ts'
import { beginSecondFactorPasskey, FURTHER_FACTORS, halfProvenAgain, halfSignedIn, offeredPasskey, sendReauthenticationCode, sendSecondFactorCode } from './further-factors.ts'
import { isForSignedIn, OPERATIONS, SESSION_API_OPERATIONS } from './document.ts'
import { signInByCode, signUpUnproven } from './unproven-person.ts'
import type { Watch } from './watch-answers.ts'
import { watchAnswers } from './watch-answers.ts'

const UNKNOWN_ID = '00000000-0000-7000-8000-00000000abcd'
const MINUTE = 60_000
const BASE = '/auth'

for (const engine of testEngines) {
  describe(`answers of the API on ${engine}`, () => {
    let server: TestServer
    let direct: TestServer
    let asks: TestServer
    let patient: TestServer
    let links: TestServer
    let open: TestServer
    let factors: TestServer
    let telephones: TestServer
    let watch: Watch
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      direct = await server.sibling({ API_TOKENS_IN_BODY: 'on' }, 'signup: { verification: off }')
      asks = await server.sibling({}, 'session: { maximum_per_user: 1, when_full: ask }')
      patient = await server.sibling({}, 'account_deletion: { grace_days: 7 }')
      links = await server.sibling({}, 'login: { email_code_form: link }')
      factors = await server.sibling({}, FURTHER_FACTORS)
      telephones = await server.sibling({}, MESSAGING)
      open = await server.sibling({ API_TOKENS_IN_BODY: 'on' }, ANONYMOUS)
      watch = watchAnswers(server, direct, asks, patient, factors, links, telephones, open)
    })
    afterAll(async () => {
      await asks.close()
      await links.close()
      await open.close()
      await direct.close()
      await patient.close()
      await factors.close()
      await telephones.close()
      await server.close()
    })

    test('are as documented when every operation succeeds', async () => {
      const ada = await signUp(server)
      const { browser } = ada
      await browser.api('GET', '/user')
      const nobody = await signUpAnonymously(open)
      for (const path of ['/user', '/capabilities', '/account', '/account/profile', '/account/export']) await nobody.browser.api('GET', path)
      await promote(open, nobody)
      await browser.api('GET', '/capabilities')
      await browser.api('PATCH', '/account/profile', { display_name: 'Ada' })
      await browser.api('GET', '/account/profile')
      await browser.api('GET', '/account/export')
      const { clientId } = await allowThirdParty(server, browser)
      await connectDevices(server, browser)
      await browser.api('GET', '/applications')
      await browser.api('DELETE', `/applications/${clientId}`)
      await addEmail(server, browser)
      const [, added] = await emailsOf(browser)
      for (const [method, path] of [['PUT', `/account/emails/${added!.id}/primary`], ['DELETE', `/account/emails/${added!.id}`]] as const) await browser.api(method, path)
      await putPicture(browser, PNG)
      await browser.api('DELETE', '/account/picture')
      await browser.api('PATCH', '/account/username', { username: `ada_${Date.now()}` })
      await signIn(server, ada)
      await browser.api('GET', '/account?sessions_limit=1')
      await browser.api('DELETE', '/account/sessions/others')
      const other = await signIn(server, ada)
      const { session_id: otherSession } = (await other.api('GET', '/user')).json<{ session_id: string }>()
      await browser.api('DELETE', `/account/sessions/${otherSession}`)
      await browser.api('PUT', '/account/password', { current_password: GOOD_PASSWORD, new_password: `${GOOD_PASSWORD} two` })
      const authenticator = newAuthenticator()
      const passkey = await addPasskey(browser, authenticator)
      await addPasskey(browser, newAuthenticator({ isSynced: false }))
      await browser.api('PATCH', `/account/passkeys/${passkey}`, { name: 'Phone' })
      await loginWith(server.browser(), authenticator)
      await browser.api('GET', '/account/passkeys')
      await browser.api('GET', '/account')
      await followEvents(links)
      await browser.api('POST', '/reauthenticate/check')
      const newEmail = newAddress('moved')
      const change = await browser.api('POST', '/account/email-change/challenges', { new_email: newEmail })
      const challenge_id = change.json<{ challenge_id: string }>().challenge_id
      await browser.api('POST', '/account/email-change/challenges/verify', { challenge_id, code: await server.codeFor(newEmail) })

      server.clock.advance(11 * MINUTE)
      await browser.api('POST', '/sessions/refresh')
      const stale = (await browser.api('POST', '/reauthenticate/check')).json<{ error: { details: { authentication_challenge: { id: string } } } }>()
      const authentication_challenge_id = stale.error.details.authentication_challenge.id
      await browser.api('POST', '/reauthenticate/password', { authentication_challenge_id, password: `${GOOD_PASSWORD} two` })
      const staleAgain = async () => {
        server.clock.advance(11 * MINUTE)
        await browser.api('POST', '/sessions/refresh')
        return (await browser.api('POST', '/reauthenticate/check')).json<typeof stale>().error.details.authentication_challenge.id
      }
      const challengeByPasskey = await staleAgain()
      const asked = await beginReauthentication(browser)
      const assertion = authenticator.get({ ...asked.public_key, allowCredentials: [] })
      await browser.api('POST', '/reauthenticate/passkey', { authentication_challenge_id: challengeByPasskey, ceremony: asked.ceremony, credential: assertion })
      await browser.api('DELETE', `/account/passkeys/${passkey}`)
      await server.browser().raw({
        method: 'POST',
        url: `${BASE}/api/v1/tokens/refresh`,
        headers: { 'content-type': 'application/json' },
        payload: JSON.stringify({ refresh_token: cookieOf(browser, 'refresh') }),
      })
      await browser.api('POST', '/sessions/logout')

      const forgetful = server.browser()
      const reset = await forgetful.api('POST', '/password-reset/challenges', { email: newEmail, new_password: GOOD_PASSWORD })
      const resetId = reset.json<{ challenge_id: string }>().challenge_id
      server.clock.advance(MINUTE)
      await forgetful.api('POST', '/challenges/resend', { challenge_id: resetId })
      await forgetful.api('POST', '/password-reset/challenges/verify', { challenge_id: resetId, code: await server.codeFor(newEmail) })
      const back = await signIn(server, { email: newEmail, password: GOOD_PASSWORD })
      await back.api('DELETE', '/account')

      const asking = await signUp(server)
      const changing = server.browser()
      const changeId = await demandChange(server, asking, changing)
      await changing.api('POST', '/login/new-password', { authentication_challenge_id: changeId, new_password: `${GOOD_PASSWORD} two` })

      const careful = await signUpWithTotp(server)
      const half = server.browser()
      const second = { authentication_challenge_id: await challengeOf(careful, half), totp_code: totpCode(careful.key, server.clock.now()), remember_device: true }
      await half.api('POST', '/second-factor', second)
      const { totps, trusted_devices: devices } = (await half.api('GET', '/account/second-factors')).json<{ totps: { id: string }[]; trusted_devices: { id: string }[] }>()
      await half.api('DELETE', `/account/trusted-devices/${devices[0]!.id}`)
      await half.api('DELETE', '/account/trusted-devices')
      await half.api('POST', '/account/recovery-codes')
      server.clock.advance(11 * MINUTE)
      await half.api('POST', '/sessions/refresh')
      type Challenged = { error: { details: { authentication_challenge: { id: string } } } }
      const askedHalf = (await half.api('POST', '/reauthenticate/check')).json<Challenged>().error.details.authentication_challenge.id
      const further = (await half.api('POST', '/reauthenticate/password', { authentication_challenge_id: askedHalf, password: careful.password })).json<Challenged>()
      const proof = { authentication_challenge_id: further.error.details.authentication_challenge.id, totp_code: totpCode(careful.key, server.clock.now()) }
      await half.api('POST', '/reauthenticate/second-factor', proof)
      await half.api('DELETE', `/account/totp/${totps[0]!.id}`)

      const twofold = await halfSignedIn(factors)
      await beginSecondFactorPasskey(twofold.browser, twofold.id)
      await sendSecondFactorCode(twofold.browser, twofold.id)
      await sendReauthenticationCode(twofold.person.browser, await halfProvenAgain(factors, twofold.person))
      await (await offeredPasskey(server))()

      const reachable = await signUp(telephones)
      const phone = newPhone()
      const asksPhone = (await reachable.browser.api('POST', '/account/phone-challenges', { phone })).json<{ challenge_id: string }>()
      server.clock.advance(MINUTE)
      await reachable.browser.api('POST', '/account/phone-challenges/resend', { challenge_id: asksPhone.challenge_id })
      await reachable.browser.api('POST', '/account/phone-challenges/verify', { challenge_id: asksPhone.challenge_id, code: await codeTo(telephones, phone) })
      const [keptPhone] = await phonesOf(reachable.browser)
      await reachable.browser.api('DELETE', `/account/phones/${keptPhone!.id}`)

      const { secret } = await invite(server)
      await server.browser().api('POST', '/signup', { invitation: secret, password: GOOD_PASSWORD })
      const full = asks.browser()
      const reached = (await full.api('POST', '/login', { identifier: careful.email, password: careful.password })).json<Challenged>()
      await full.api('POST', '/login/end-sessions', { authentication_challenge_id: reached.error.details.authentication_challenge.id })

      const custom = server.browser()
      const someone = await signUp(server)
      const flow = await custom.api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input: [{ identification: 'email', login_id: someone.email }] })
      const { state_token } = flow.json<{ state_token: string }>()
      await custom.api('POST', '/authentication_flows/states', { state_token })
      await custom.api('POST', '/authentication_flows/states/input', { state_token, input: { authentication: 'primary_password', password: someone.password } })

      const leaving = await signUp(server)
      await patient.browser().api('DELETE', '/account', undefined, { authorization: `Bearer ${cookieOf(leaving.browser, 'access')}` })
      const returning = server.browser()
      const kept = (await returning.api('POST', '/login', { email: leaving.email, password: leaving.password })).json<Challenged>().error.details.authentication_challenge.id
      await returning.api('POST', '/login/cancel-deletion', { authentication_challenge_id: kept })

      const unproven = await signUpUnproven(direct)
      const proven = await signInByCode(direct, unproven.email)
      await proven.api('POST', '/account/password', { password: GOOD_PASSWORD })
      for (const path of ['/.well-known/jwks.json', '/_resolver/resolve', '/health', '/health/ready', '/health/live']) {
        await server.browser().raw({ method: 'GET', url: `${BASE}${path}` })
      }

      expect(watch.problems).toEqual([])
      const successes = OPERATIONS.flatMap(({ operation }) =>
        Object.keys(operation.responses).filter((status) => status.startsWith('2')).map((status) => `${operation.operationId} ${status}`),
      )
      expect(successes.filter((success) => !watch.answers.has(success))).toEqual([])
    })

    test('are as documented when every operation is called badly, in every way', async () => {
      const ada = await signUp(server)
      for (const { method, path, operation } of SESSION_API_OPERATIONS) {
        const url = path.replace('/api/v1', '').replace('{id}', UNKNOWN_ID)
        const body = method === 'GET' ? undefined : {}
        const json = { 'content-type': 'application/json' }
        const browser = () => (isForSignedIn({ method, path, operation }) ? ada.browser : server.browser())
        await server.browser().api(method as 'GET', url, body)
        await server.browser().raw({ method, url: `${BASE}${path.replace('{id}', UNKNOWN_ID)}` })
        await browser().api(method as 'GET', url.replace(UNKNOWN_ID, 'no-uuid'))
        await browser().api(method as 'GET', `${url}?unknown=1`, body)
        await browser().api(method as 'GET', `${url}?a=1&a=2`, body)
        await browser().api(method as 'GET', url, body, { authorization: 'Bearer not.a.token' })
        await browser().api(method as 'GET', url, body, { authorization: 'Basic YTpi' })
        if (method === 'GET') continue
        for (const bad of [{ unknown: 1 }, [], 'text', 7, null]) await browser().api(method as 'POST', url, bad)
        const csrf = { 'x-csrf-token': cookieOf(ada.browser, 'csrf') }
        for (const payload of ['{', '{"a":1,"a":2}', '{"__proto__":{}}', 'x'.repeat(70_000), '']) {
          await ada.browser.raw({ method, url: `${BASE}/api/v1${url}`, headers: { ...json, ...csrf }, payload })
        }
        for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', 'application/xml']) {
          await ada.browser.raw({ method, url: `${BASE}/api/v1${url}`, headers: { 'content-type': type, ...csrf }, payload: 'a=1' })
        }
        for (const wrong of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((one) => one !== method)) {
          await server.browser().raw({ method: wrong, url: `${BASE}/api/v1${url}` })
        }
      }
      expect(watch.problems).toEqual([])
    })
  })
}
