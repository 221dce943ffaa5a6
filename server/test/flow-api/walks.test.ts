// What a client does that knows contracts/openapi.json alone: it reads the step and what can be chosen, and answers.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { signUpWithTotp } from '../harness/factors.ts'
import { addPasskey, beginLogin, newAuthenticator } from '../harness/passkeys.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'

interface Flow {
  state_token: string
  type: string
  action: { type: string; authentication?: string; data: Record<string, unknown> & { type: string } }
}

const MINUTE = 60_000

for (const engine of testEngines) {
  describe(`authentication flows on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    const begin = async (browser: Browser, body: object) => browser.api('POST', '/authentication_flows', { name: 'default', ...body })
    async function begun(browser: Browser, body: object): Promise<Flow> {
      const answer = await begin(browser, body)
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json<Flow>()
    }
    const send = (browser: Browser, flow: Flow, input: object) => browser.api('POST', '/authentication_flows/states/input', { state_token: flow.state_token, input })
    async function next(browser: Browser, flow: Flow, input: object): Promise<Flow> {
      const answer = await send(browser, flow, input)
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json<Flow>()
    }
    const whoIs = async (browser: Browser) => (await browser.api('GET', '/user')).json<{ email?: string }>().email

    test('sign somebody up step by step, and in again in one call', async () => {
      const email = newAddress()
      const browser = server.browser()
      const identify = await begun(browser, { type: 'signup', return_to: '/orders' })
      expect(identify.action).toEqual({ type: 'identify', data: { type: 'identification_data', options: [{ identification: 'email' }] } })
      const create = await next(browser, identify, { identification: 'email', login_id: email })
      expect(create.action).toMatchObject({ type: 'create_authenticator', data: { options: [{ authentication: 'primary_password', password_policy: { minimum_length: 8 } }] } })
      const weak = await send(browser, create, { authentication: 'primary_password', new_password: 'short' })
      expect([weak.statusCode, weak.json<{ error: { details: { fields: { code: string }[] } } }>().error.details.fields[0]!.code]).toEqual([400, 'too_short'])
      const verify = await next(browser, create, { authentication: 'primary_password', new_password: GOOD_PASSWORD })
      expect(verify.action).toMatchObject({ type: 'verify', data: { type: 'verify_oob_otp_data', channel: 'email', otp_form: 'code', code_length: 6 } })
      expect(verify.action.data['masked_claim_value']).toMatch(/\*/)
      const resendAt = Date.parse(String(verify.action.data['can_resend_at']))
      expect(resendAt - server.clock.now()).toBeGreaterThan(20_000)
      expect((await send(browser, verify, { resend: true })).statusCode).toBe(429)
      server.clock.advance(31_000)
      const again = await next(browser, verify, { resend: true })
      const done = await next(browser, again, { code: await server.codeFor(email) })
      expect(done).toEqual({ type: 'signup', name: 'default', action: { type: 'finished', data: { type: 'finished_data', finish_redirect_uri: '/orders' } } })
      expect(await whoIs(browser)).toBe(email)

      const other = server.browser()
      const inputs = [{ identification: 'email', login_id: email }, { authentication: 'primary_password', password: GOOD_PASSWORD }]
      expect((await begun(other, { type: 'login', batch_input: inputs })).action.type).toBe('finished')
      expect(await whoIs(other)).toBe(email)
    })

    test('sign in by emailed code, and an earlier state goes back and takes the password instead', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const authenticate = await begun(browser, { type: 'login', batch_input: [{ identification: 'email', login_id: ada.email }] })
      expect(authenticate.action.data['options']).toEqual(expect.arrayContaining([{ authentication: 'primary_password' }, { authentication: 'primary_oob_otp_email', otp_form: 'code', channels: ['email'] }]))
      const code = await next(browser, authenticate, { authentication: 'primary_oob_otp_email' })
      expect(code.action).toMatchObject({ type: 'authenticate', authentication: 'primary_oob_otp_email' })
      expect((await send(browser, code, { code: '000000' })).statusCode).toBe(400)
      const looked = await browser.api('POST', '/authentication_flows/states', { state_token: code.state_token })
      expect(looked.json<Flow>().action).toEqual(code.action)

      const back = server.browser()
      expect((await next(back, authenticate, { authentication: 'primary_password', password: ada.password })).action.type).toBe('finished')
      expect(await whoIs(back)).toBe(ada.email)
      // The flow is finished, from whichever of its states.
      const late = await send(browser, code, { code: await server.codeFor(ada.email) })
      expect(late.statusCode).toBe(400)
      expect(await whoIs(browser)).toBeUndefined()
    })

    test('ask for the second factor and take it, with the browser remembered', async () => {
      const ada = await signUpWithTotp(server)
      const browser = server.browser()
      const inputs = [{ identification: 'email', login_id: ada.email }, { authentication: 'primary_password', password: ada.password }]
      const second = await begun(browser, { type: 'login', batch_input: inputs })
      expect(second.action).toMatchObject({ type: 'authenticate', data: { options: [{ authentication: 'secondary_totp' }, { authentication: 'recovery_code' }], device_token_enabled: true } })
      expect(await whoIs(browser)).toBeUndefined()
      const done = await next(browser, second, { authentication: 'secondary_totp', code: totpCode(ada.key, server.clock.now()), request_device_token: true })
      expect(done.action.type).toBe('finished')
      expect((await begun(browser, { type: 'login', batch_input: inputs })).action.type).toBe('finished')
    })

    test('set a second factor up where one is required', async () => {
      const strict = await server.sibling({}, 'second_factor: { mode: required }')
      try {
        const ada = await signUp(server)
        const browser = strict.browser()
        const inputs = [{ identification: 'email', login_id: ada.email }, { authentication: 'primary_password', password: ada.password }]
        const setUp = await begun(browser, { type: 'login', batch_input: inputs })
        expect(setUp.action).toMatchObject({ type: 'create_authenticator', authentication: 'secondary_totp', data: { type: 'create_totp_data' } })
        const shown = await next(browser, setUp, { authentication: 'secondary_totp', code: totpCode(String(setUp.action.data['secret']), server.clock.now()) })
        expect(shown.action).toMatchObject({ type: 'view_recovery_code', data: { type: 'view_recovery_code_data' } })
        const codes = shown.action.data['recovery_codes'] as string[]
        expect(new Set(codes).size).toBe(10)
        // Whoever leaves now has neither the app nor the codes.
        expect((await ada.browser.api('GET', '/account/second-factors')).json()).toMatchObject({ totps: [], recovery_codes_left: 0 })
        expect(await whoIs(browser)).toBeUndefined()
        const done = await next(browser, shown, { confirm_recovery_code: true })
        expect(done.action).toEqual({ type: 'finished', data: { type: 'finished_data', finish_redirect_uri: '/' } })
        expect((await browser.api('POST', '/authentication_flows/states', { state_token: shown.state_token })).statusCode).toBe(400)
        expect((await ada.browser.api('GET', '/account/second-factors')).json()).toMatchObject({ totps: [{}], recovery_codes_left: 10 })
        const again = await begun(strict.browser(), { type: 'login', batch_input: [...inputs, { authentication: 'recovery_code', recovery_code: codes[0] }] })
        expect(again.action.type).toBe('finished')
      } finally {
        await strict.close()
      }
    })

    test('recover an account', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const verify = await begun(browser, { type: 'account_recovery', batch_input: [{ identification: 'email', login_id: ada.email }] })
      expect(verify.action).toMatchObject({ type: 'verify_account_recovery_code', data: { type: 'account_recovery_verify_code_data' } })
      const reset = await next(browser, verify, { account_recovery_code: await server.codeFor(ada.email) })
      expect(reset.action).toMatchObject({ type: 'reset_password', data: { type: 'new_password_data' } })
      expect((await next(browser, reset, { new_password: 'a wholly new password' })).action.type).toBe('finished')
      expect(await whoIs(browser)).toBeUndefined()
      await signIn(server, { email: ada.email, password: 'a wholly new password' })
    })

    test('prove again who one is, in this session alone', async () => {
      const ada = await signUp(server)
      const eve = await signUp(server)
      expect((await begin(server.browser(), { type: 'reauth' })).statusCode).toBe(401)
      server.clock.advance(11 * MINUTE)
      for (const { browser } of [ada, eve]) await browser.api('POST', '/sessions/refresh')
      const asked = await begun(ada.browser, { type: 'reauth' })
      expect(asked.action.type).toBe('authenticate')
      expect((await send(eve.browser, asked, { authentication: 'primary_password', password: ada.password })).statusCode).toBe(400)
      expect((await send(server.browser(), asked, { authentication: 'primary_password', password: ada.password })).statusCode).toBe(400)
      expect((await ada.browser.api('POST', '/reauthenticate/check')).statusCode).toBe(428)
      expect((await next(ada.browser, asked, { authentication: 'primary_password', password: ada.password })).action.type).toBe('finished')
      expect((await ada.browser.api('POST', '/reauthenticate/check')).statusCode).toBe(204)
    })

    test('sign in with a passkey', async () => {
      const ada = await signUp(server)
      const authenticator = newAuthenticator()
      await addPasskey(ada.browser, authenticator)
      const browser = server.browser()
      const ceremony = await beginLogin(browser)
      const assertion_response = { ceremony: ceremony.ceremony, credential: authenticator.get(ceremony.public_key) }
      const done = await begun(browser, { type: 'login', batch_input: [{ identification: 'passkey', assertion_response }] })
      expect(done.action.type).toBe('finished')
      expect(await whoIs(browser)).toBe(ada.email)
    })

    test('tell a stranger nothing, and refuse what does not belong to the step', async () => {
      const ada = await signUp(server)
      const shape = async (login_id: string) => {
        const browser = server.browser()
        const flow = await begun(browser, { type: 'login', batch_input: [{ identification: 'email', login_id }] })
        const wrong = await send(browser, flow, { authentication: 'primary_password', password: 'not the password' })
        return [flow.action, flow.state_token.length, wrong.statusCode, wrong.body.replace(/"request_id":"[^"]+"/, '')]
      }
      const stranger = newAddress('ada')
      expect(stranger.length - ada.email.length).toBeLessThanOrEqual(1)
      expect(await shape(ada.email.padEnd(stranger.length, 'x'))).toEqual(await shape(stranger))
      expect((await shape(ada.email))[2]).toBe(401)

      const browser = server.browser()
      const flow = await begun(browser, { type: 'login' })
      for (const input of [{ code: '123456' }, { new_password: GOOD_PASSWORD }, { authentication: 'secondary_totp', code: '123456' }, { resend: true }]) {
        expect((await send(browser, flow, input)).statusCode, JSON.stringify(input)).toBe(400)
      }
      for (const body of [{ state_token: flow.state_token }, { state_token: flow.state_token, input: {}, batch_input: [] }, { state_token: 'made-up', input: { code: '123456' } }, { state_token: flow.state_token, input: { code: '123456', admin: true } }]) {
        expect((await browser.api('POST', '/authentication_flows/states/input', body)).statusCode).toBe(400)
      }
      expect((await begin(browser, { type: 'merge' })).statusCode).toBe(400)
      expect((await begin(browser, { type: 'promote' })).statusCode).toBe(401)
      expect((await begin(browser, { type: 'login', return_to: 'https://evil.example' })).json<Flow>().action.type).toBe('identify')
    })
  })
}
