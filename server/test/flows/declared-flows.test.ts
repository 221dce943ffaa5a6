// The example of docs/flows.md, walked as a person in a browser and as a custom screen.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { setUpTotp } from '../harness/factors.ts'
import { followToForm, locationOf, stateIn } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'
import { EXAMPLE_SETTINGS } from './worked-example.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'

interface Flow {
  state_token?: string
  type: string
  name: string
  action: { type: string; authentication?: string; data: { options?: { authentication?: string }[]; secret?: string; type: string } }
}

const STAFF = '/auth/login?flow_name=staff'
const actionIn = (page: string) => /action="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#61;', '=')

for (const engine of testEngines) {
  describe(`declared flows on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      await declare(EXAMPLE_SETTINGS)
    })
    afterAll(() => server.close())

    async function declare(text: string): Promise<void> {
      const applied = await server.app.settings.apply(text)
      expect(applied.ok ? [] : applied.failure).toEqual([])
    }
    const begin = (browser: Browser, body: object) => browser.api('POST', '/authentication_flows', { type: 'login', name: 'staff', ...body })
    const send = (browser: Browser, flow: Flow, input: object) => browser.api('POST', '/authentication_flows/states/input', { state_token: flow.state_token, input })
    const byPassword = (email: string) => [{ identification: 'email', login_id: email }, { authentication: 'primary_password', password: GOOD_PASSWORD }]
    const isSignedIn = async (browser: Browser) => (await browser.api('GET', '/user')).statusCode === 200

    test('a custom screen names its flow, and is asked for more than by the default one', async () => {
      const ada = await signUp(server)
      const usual = await begin(server.browser(), { name: 'default', batch_input: byPassword(ada.email) })
      expect(usual.json<Flow>()).toMatchObject({ name: 'default', action: { type: 'finished' } })

      const browser = server.browser()
      const asked = (await begin(browser, { batch_input: byPassword(ada.email) })).json<Flow>()
      expect(asked).toMatchObject({ type: 'login', name: 'staff', action: { type: 'create_authenticator', authentication: 'secondary_totp' } })
      expect(await isSignedIn(browser)).toBe(false)
      const shown = await send(browser, asked, { authentication: 'secondary_totp', code: totpCode(asked.action.data.secret!, server.clock.now()) })
      expect([shown.json<Flow>().action.type, await isSignedIn(browser)]).toEqual(['view_recovery_code', false])
      const done = await send(browser, shown.json<Flow>(), { confirm_recovery_code: true })
      expect(done.json<Flow>()).toMatchObject({ name: 'staff', action: { type: 'finished' } })
      expect(await isSignedIn(browser)).toBe(true)
    })

    test('a flow offers what it declares and takes nothing else', async () => {
      const ada = await signUp(server)
      const username = (await ada.browser.api('GET', '/user')).json<{ username: string }>().username
      const browser = server.browser()
      const begun = (await begin(browser, {})).json<Flow>()
      expect(begun.action.data.options).toEqual([{ identification: 'email' }])
      expect((await send(browser, begun, { identification: 'username', login_id: username })).statusCode).toBe(401)
      const named = (await send(browser, begun, { identification: 'email', login_id: ada.email })).json<Flow>()
      expect(named.action.data.options).toEqual([{ authentication: 'primary_password' }])
      expect((await send(browser, named, { authentication: 'primary_oob_otp_email' })).statusCode).toBe(400)
    })

    test('a page walks the flow of its address up to the session', async () => {
      const ada = await signUp(server)
      const { key } = await setUpTotp(server, ada.browser)
      const browser = server.browser()
      const page = await browser.get(`${STAFF}&return_to=%2Forders`)
      expect([page.statusCode, actionIn(page.body)]).toEqual([200, STAFF])
      const offersCode = (shown: string) => shown.includes('name="intent" value="code"')
      expect([offersCode(page.body), offersCode((await browser.get('/auth/login')).body)]).toEqual([false, true])
      const fields = { identifier: ada.email, return_to: '/orders', state: stateIn(page), intent: 'password' }
      const wrong = await browser.post(STAFF, { ...fields, password: 'not this one' })
      expect([wrong.statusCode, actionIn(wrong.body)]).toEqual([422, STAFF])
      const asked = await browser.post(STAFF, { ...fields, password: GOOD_PASSWORD })
      expect(asked.statusCode).toBe(303)
      const state = await followToForm(browser, asked)
      const done = await browser.post('/auth/verify', { state, intent: 'totp', code: totpCode(key, server.clock.now()) })
      expect([done.statusCode, locationOf(done)]).toEqual([303, '/orders'])
      expect(await isSignedIn(browser)).toBe(true)
    })

    test('a name that no flow of the type has is not there, whoever asks', async () => {
      for (const path of ['/auth/login?flow_name=nobody', '/auth/signup?flow_name=staff', '/auth/reset_password?flow_name=password_first', '/auth/login?flow_name=__proto__', '/auth/login?flow_name=']) {
        expect([path, (await server.browser().get(path)).statusCode]).toEqual([path, 404])
      }
      const posted = await server.browser().post('/auth/login?flow_name=nobody', { identifier: newAddress(), password: GOOD_PASSWORD, intent: 'password' })
      expect(posted.statusCode).toBe(404)
      for (const body of [{ name: 'nobody' }, { type: 'signup' }, { type: 'account_recovery', name: 'password_first' }]) expect((await begin(server.browser(), body)).statusCode).toBe(404)
    })

    test('where the sign-in page makes accounts too, a flow that was named signs in', async () => {
      await declare(`signup: { with_login: true }\n${EXAMPLE_SETTINGS}`)
      const page = await server.browser().get(STAFF)
      expect([page.statusCode, actionIn(page.body)]).toEqual([200, STAFF])
      expect((await server.browser().get('/auth/login?flow_name=nobody')).statusCode).toBe(404)
      await declare(EXAMPLE_SETTINGS)
    })

    test('a second factor that the flow does not take is no way past it', async () => {
      const ada = await signUp(server)
      const mailbox = 'second_factor: { authentications: [secondary_totp, secondary_oob_otp_email, recovery_code] }\n'
      await declare(mailbox + EXAMPLE_SETTINGS)
      const browser = server.browser()
      const refused = await begin(browser, { batch_input: byPassword(ada.email) })
      expect([refused.statusCode, refused.json<{ error: { code: string; details: unknown } }>().error]).toMatchObject([401, { code: 'second_factor_required', details: { second_factor: { authentications: [] } } }])
      const page = await browser.post(STAFF, { identifier: ada.email, password: GOOD_PASSWORD, intent: 'password' })
      expect([page.statusCode, page.body.includes('a second proof that is not taken here')]).toEqual([403, true])
      expect(await isSignedIn(browser)).toBe(false)
      await declare(EXAMPLE_SETTINGS)
    })

    test('a state of a flow that was changed or removed meanwhile is refused, and of one that came back it is not', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const named = (await begin(browser, { batch_input: byPassword(ada.email).slice(0, 1) })).json<Flow>()
      const tryOn = async () => {
        const sent = await send(browser, named, { authentication: 'primary_password', password: GOOD_PASSWORD })
        const looked = await browser.api('POST', '/authentication_flows/states', { state_token: named.state_token })
        return [sent, looked].map((one) => one.json<{ error?: { details?: { fields?: { code: string }[] } } }>().error?.details?.fields?.[0]?.code ?? one.statusCode)
      }
      // Fewer demands than the one it began with, more, none of the name, one of another type.
      const weaker = EXAMPLE_SETTINGS.replace('        required: true\n', '')
      expect(weaker).not.toBe(EXAMPLE_SETTINGS)
      for (const text of [weaker, `${EXAMPLE_SETTINGS}      - type: terminate_other_sessions\n`, EXAMPLE_SETTINGS.replace('name: staff', 'name: others'), '']) {
        await declare(text)
        expect([text, await tryOn()]).toEqual([text, ['invalid_state', 'invalid_state']])
      }
      expect(await isSignedIn(browser)).toBe(false)
      await declare(EXAMPLE_SETTINGS)
      expect(await tryOn()).toEqual([200, 200])
    })
  })
}
