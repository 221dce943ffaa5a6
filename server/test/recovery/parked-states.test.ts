// security case J10
// A sign-in that waits at a question after its proofs, while the owner acts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { setUpTotp } from '../harness/factors.ts'
import { newAddress, signIn, signUp } from '../harness/people.ts'
import { addPhone, MESSAGING } from '../harness/phones.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const OTHER_PASSWORD = 'entirely other words here'

interface Flow {
  readonly state_token: string
  readonly action: { readonly type: string; readonly data: { readonly secret: string } }
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

    const byPassword = ({ email, password }: { email: string; password: string }) => [{ identification: 'email', login_id: email }, { authentication: 'primary_password', password }]
    const isOver = async (browser: Browser, parked: Flow, input: object) => {
      expect((await send(browser, parked.state_token, input)).statusCode).toBe(400)
      expect(await isSignedIn(browser)).toBe(false)
    }
    const appOf = async (browser: Browser) => (await browser.api('GET', '/account/second-factors')).json<{ totps: { id: string }[] }>().totps[0]!.id

    test('by an app or a recovery code is over once the owner has replaced it', async () => {
      const owner = await signUp(server)
      const first = await setUpTotp(server, owner.browser)
      const proveAndPark = async (proof: object) => {
        const browser = server.browser()
        const asked = (await begin(browser, byPassword(owner), { passkey_support: true })).json<Flow>()
        const parked = (await send(browser, asked.state_token, proof)).json<Flow>()
        expect(parked.action.type).toBe('prompt_create_passkey')
        return { browser, parked }
      }
      const byCode = await proveAndPark({ authentication: 'recovery_code', recovery_code: first.recoveryCodes[0] })
      expect((await owner.browser.api('POST', '/account/recovery-codes')).statusCode).toBe(201)
      await isOver(byCode.browser, byCode.parked, { skip: true })
      const byApp = await proveAndPark({ authentication: 'secondary_totp', code: totpCode(first.key, server.clock.now()) })
      expect((await owner.browser.api('DELETE', `/account/totp/${await appOf(owner.browser)}`)).statusCode).toBe(204)
      await setUpTotp(server, owner.browser)
      await isOver(byApp.browser, byApp.parked, { skip: true })
    })

    test('is over once the owner has ended the other sessions', async () => {
      const owner = await signUp(server)
      const browser = server.browser()
      const parked = (await begin(browser, byPassword(owner), { passkey_support: true })).json<Flow>()
      expect((await owner.browser.api('DELETE', '/account/sessions/others')).statusCode).toBeLessThan(300)
      await isOver(browser, parked, { skip: true })
    })

    const STRICT = 'flows: [{ type: login, name: strict, steps: [{ type: identify }, { type: authenticate }, { type: check_account_status }, { type: authenticate, required: true }, { type: change_password }] }]'
    test('while it sets up a factor is over once the account has one of another kind', async () => {
      const strict = await server.sibling({}, `signup: { verification: 'off' }\nsecond_factor: { mode: optional, authentications: [secondary_totp, secondary_oob_otp_email, secondary_oob_otp_sms, recovery_code] }\n${STRICT}\n${MESSAGING}`)
      for (const factor of ['mailbox', 'telephone'] as const) {
        const account = { email: newAddress(), password: OTHER_PASSWORD }
        const owner = strict.browser()
        expect((await owner.api('POST', '/signup/direct', account)).statusCode).toBe(201)
        const intruder = strict.browser()
        const parked = (await begin(intruder, byPassword(account), { name: 'strict' })).json<Flow>()
        if (factor === 'telephone') await addPhone(strict, owner)
        else {
          const asked = await owner.api('POST', '/account/email-change/challenges', { new_email: account.email })
          const proof = { challenge_id: asked.json<{ challenge_id: string }>().challenge_id, code: await strict.codeFor(account.email) }
          expect((await owner.api('POST', '/account/email-change/challenges/verify', proof)).statusCode, factor).toBeLessThan(300)
        }
        const codes = (await send(intruder, parked.state_token, { authentication: 'secondary_totp', code: totpCode(parked.action.data.secret, strict.clock.now()) })).json<Flow>()
        expect(codes.action.type).toBe('view_recovery_code')
        await isOver(intruder, codes, { confirm_recovery_code: true })
      }
      await strict.close()
    })
  })
}
