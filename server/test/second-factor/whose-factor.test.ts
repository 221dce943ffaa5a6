// Which proof showed which factor, and which factor may go.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { newAddress, signUp } from '../harness/people.ts'
import { addPasskey, loginWith, newAuthenticator } from '../harness/passkeys.ts'
import { addPhone, codeTo, MESSAGING } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, QUICK } from '../harness/tokens.ts'

const MAILBOX = 'second_factor: { mode: optional, authentications: [secondary_totp, secondary_oob_otp_email, recovery_code] }'

interface Flow {
  readonly state_token: string
  readonly action: { readonly type: string }
}

for (const engine of testEngines) {
  describe(`factors that are told apart on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    const begin = async (browser: Browser, ...batch_input: object[]) => (await browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input })).json<Flow>()
    const send = async (browser: Browser, { state_token }: Flow, input: object) => (await browser.api('POST', '/authentication_flows/states/input', { state_token, input })).json<Flow>()

    // security case J10
    test('a code to the telephone shows nothing of the mailbox, in a browser that is spared the second step', async () => {
      const at = await server.sibling({}, `login: { identifications: [email, phone], authentications: [primary_password, primary_oob_otp_sms] }\n${MAILBOX}\n${MESSAGING}`)
      const owner = await signUp(at)
      const phone = await addPhone(at, owner.browser)
      const browser = at.browser()
      const bySms = [{ identification: 'phone', login_id: phone }, { authentication: 'primary_oob_otp_sms' }]
      const second = await send(browser, await begin(browser, ...bySms), { code: await codeTo(at, phone) })
      expect((await send(browser, second, { code: await at.codeFor(owner.email), request_device_token: true })).action.type).toBe('finished')
      await browser.api('POST', '/logout')
      server.clock.advance(60_000)
      expect((await send(browser, await begin(browser, ...bySms), { code: await codeTo(at, phone) })).action.type).toBe('finished')
      expect(decodeToken(cookieOf(browser, 'access')).payload).toMatchObject({ amr: ['otp', 'sms'] })
      expect((await browser.api('POST', '/account/totp-set-up')).statusCode).toBe(428)
      expect((await browser.api('DELETE', '/account')).statusCode).toBe(428)
      await at.close()
    })

    test('whoever signs in under their second address is sent the second step there, and comes in', async () => {
      const at = await server.sibling({}, MAILBOX)
      const owner = await signUp(at)
      const second = newAddress('second')
      const asked = await owner.browser.api('POST', '/account/email-challenges', { email: second })
      const { challenge_id } = asked.json<{ challenge_id: string }>()
      expect((await owner.browser.api('POST', '/account/email-challenges/verify', { challenge_id, code: await at.codeFor(second) })).statusCode).toBeLessThan(300)
      server.clock.advance(60_000)
      const browser = at.browser()
      const flow = await begin(browser, { identification: 'email', login_id: second }, { authentication: 'primary_password', password: owner.password })
      expect((await send(browser, flow, { code: await at.codeFor(second) })).action.type).toBe('finished')
      await at.close()
    })

    test('the last passkey stays where a second factor is required and there is no other', async () => {
      const at = await server.sibling({}, 'second_factor: { mode: required, authentications: [secondary_totp, recovery_code] }')
      const owner = await signUp(server)
      const authenticator = newAuthenticator()
      const id = await addPasskey(owner.browser, authenticator)
      const browser = at.browser()
      expect((await loginWith(browser, authenticator)).statusCode).toBe(200)
      const refused = await browser.api('DELETE', `/account/passkeys/${id}`)
      expect([refused.statusCode, refused.json<{ error: { code: string } }>().error.code]).toEqual([409, 'last_required_factor'])
      await addPasskey(browser, newAuthenticator(), 'Another')
      expect((await browser.api('DELETE', `/account/passkeys/${id}`)).statusCode).toBe(204)
      await at.close()
    })
  })
}
