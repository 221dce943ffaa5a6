// security case J10
// A sign-in that waits at a question after its proofs, while the owner acts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { setUpTotp } from '../harness/factors.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const OTHER_PASSWORD = 'entirely other words here'

interface Flow {
  readonly state_token: string
  readonly action: { readonly type: string }
}

for (const engine of testEngines) {
  describe(`a sign-in parked after its proofs, on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    const begin = (browser: Browser, batch_input: object[], more: object = {}) => browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', ...more, batch_input })
    const send = (browser: Browser, state_token: string, input: object) => browser.api('POST', '/authentication_flows/states/input', { state_token, input })
    const isSignedIn = async (browser: Browser) => (await browser.api('GET', '/user')).statusCode === 200

    test('by an emailed code is over once the owner has reset the password', async () => {
      const owner = await signUp(server)
      const reader = server.browser()
      const asked = (await begin(reader, [{ identification: 'email', login_id: owner.email }, { authentication: 'primary_oob_otp_email' }], { passkey_support: true })).json<Flow>()
      const parked = (await send(reader, asked.state_token, { code: await server.codeFor(owner.email) })).json<Flow>()
      expect(parked.action.type).toBe('prompt_create_passkey')
      server.clock.advance(1_000)
      const forgetful = server.browser()
      const reset = await forgetful.api('POST', '/password-reset/challenges', { email: owner.email, new_password: OTHER_PASSWORD })
      const { challenge_id } = reset.json<{ challenge_id: string }>()
      expect((await forgetful.api('POST', '/password-reset/challenges/verify', { challenge_id, code: await server.codeFor(owner.email) })).statusCode).toBe(204)
      expect((await send(reader, parked.state_token, { skip: true })).statusCode).toBe(400)
      expect(await isSignedIn(reader)).toBe(false)
      await signIn(server, { email: owner.email, password: OTHER_PASSWORD })
    })

    test('that was spared the second factor is over once the account has one', async () => {
      const asks = await server.sibling({}, 'session: { maximum_per_user: 1, when_full: ask }')
      const owner = await signUp(server)
      const intruder = asks.browser()
      const parked = (await begin(intruder, [{ identification: 'email', login_id: owner.email }, { authentication: 'primary_password', password: owner.password }])).json<Flow>()
      expect(parked.action.type).toBe('terminate_other_sessions')
      await setUpTotp(server, owner.browser)
      expect((await send(intruder, parked.state_token, { confirm_terminate_other_sessions: true })).statusCode).toBe(400)
      expect(await isSignedIn(intruder)).toBe(false)
      expect(await isSignedIn(owner.browser)).toBe(true)
      await asks.close()
    })

    test('offers no passkey in a browser that was spared an emailed code as second factor', async () => {
      const listed = await server.sibling({}, 'second_factor: { mode: optional, authentications: [secondary_totp, secondary_oob_otp_email, recovery_code] }')
      const owner = await signUp(server)
      const browser = listed.browser()
      const password = [{ identification: 'email', login_id: owner.email }, { authentication: 'primary_password', password: owner.password }]
      const asked = (await begin(browser, password)).json<Flow>()
      expect((await send(browser, asked.state_token, { code: await listed.codeFor(owner.email), request_device_token: true })).json<Flow>().action.type).toBe('finished')
      const again = (await begin(browser, password, { passkey_support: true })).json<Flow>()
      expect(again.action.type).toBe('finished')
      await listed.close()
    })
  })
}
