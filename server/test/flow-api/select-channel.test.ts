// A screen that can show it lets people say by what a code is sent, before it is.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import { addPhone, codeTo, messagesTo, newPhone, PHONE_SIGNUP } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

interface Flow {
  state_token: string
  action: { type: string; authentication?: string; data: Record<string, unknown> & { type: string } }
}

const FACTORS = 'second_factor: { mode: optional, authentications: [secondary_oob_otp_sms, secondary_oob_otp_email] }'

for (const engine of testEngines) {
  describe(`choosing a channel on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, PHONE_SIGNUP)
    })
    afterAll(() => server.close())

    async function begin(browser: Browser, type: string, inputs: readonly object[], options: object = { channel_choice: true }): Promise<Flow> {
      const answer = await browser.api('POST', '/authentication_flows', { type, name: 'default', ...options, batch_input: inputs })
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json<Flow>()
    }
    const send = (browser: Browser, flow: Flow, input: object) => browser.api('POST', '/authentication_flows/states/input', { state_token: flow.state_token, input })
    async function next(browser: Browser, flow: Flow, input: object): Promise<Flow> {
      const answer = await send(browser, flow, input)
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json<Flow>()
    }
    const masked = (phone: string) => `+41****${phone.slice(-2)}`
    async function withPhone() {
      const ada = await signUp(server)
      const phone = await addPhone(server, ada.browser)
      return { ...ada, phone, written: (await messagesTo(server, phone)).length }
    }
    const byCode = (phone: string) => [{ identification: 'phone', login_id: phone }, { authentication: 'primary_oob_otp_sms' }]

    test('a sign-in asks before anything is sent, and sends by what was chosen', async () => {
      const ada = await withPhone()
      const browser = server.browser()
      const asked = await begin(browser, 'login', byCode(ada.phone))
      expect(asked.action).toEqual({ type: 'authenticate', authentication: 'primary_oob_otp_sms', data: { type: 'select_oob_otp_channels_data', channels: ['whatsapp', 'sms', 'email'], masked_claim_value: masked(ada.phone) } })
      expect(await messagesTo(server, ada.phone)).toHaveLength(ada.written)
      for (const input of [{ code: '123456' }, { resend: true }, { resend: true, channel: 'sms' }, { channel: 'pigeon' }, { new_password: GOOD_PASSWORD }]) expect((await send(browser, asked, input)).statusCode, JSON.stringify(input)).toBe(400)
      expect(await messagesTo(server, ada.phone)).toHaveLength(ada.written)

      const sent = await next(browser, asked, { channel: 'sms' })
      expect(sent.action).toMatchObject({ type: 'authenticate', data: { type: 'verify_oob_otp_data', channel: 'sms', channels: ['sms', 'whatsapp'] } })
      expect((await messagesTo(server, ada.phone))[0]?.channel).toBe('sms')
      expect((await next(browser, sent, { code: await codeTo(server, ada.phone) })).action.type).toBe('finished')
    })

    test('or by mail, where that signs in too', async () => {
      const ada = await withPhone()
      const browser = server.browser()
      const sent = await next(browser, await begin(browser, 'login', byCode(ada.phone)), { channel: 'email' })
      expect(sent.action).toMatchObject({ type: 'authenticate', authentication: 'primary_oob_otp_email', data: { type: 'verify_oob_otp_data', channel: 'email' } })
      expect(await messagesTo(server, ada.phone)).toHaveLength(ada.written)
      expect((await next(browser, sent, { code: await server.codeFor(ada.email) })).action.type).toBe('finished')
    })

    test('the password is taken all the same, and whoever names a channel is not asked', async () => {
      const ada = await withPhone()
      const browser = server.browser()
      const asked = await begin(browser, 'login', byCode(ada.phone))
      expect((await next(browser, asked, { authentication: 'primary_password', password: ada.password })).action.type).toBe('finished')
      const [identify, choose] = byCode(ada.phone)
      const named = await begin(server.browser(), 'login', [identify!, { ...choose, channel: 'sms' }])
      expect(named.action.data).toMatchObject({ type: 'verify_oob_otp_data', channel: 'sms' })
    })

    test('a screen that does not say it can show that gets the first channel, as does everybody where there is one', async () => {
      const ada = await withPhone()
      expect((await begin(server.browser(), 'login', byCode(ada.phone), {})).action.data).toMatchObject({ type: 'verify_oob_otp_data', channel: 'whatsapp' })
      const one = await server.sibling({}, PHONE_SIGNUP.replace('messaging: {', 'messaging: { channels: [sms],'))
      const flow = await one.browser().api('POST', '/authentication_flows', { type: 'login', name: 'default', channel_choice: true, batch_input: byCode(newPhone()) })
      expect(flow.json<Flow>().action.data).toMatchObject({ type: 'verify_oob_otp_data', channel: 'sms' })
      await one.close()
    })

    // security case I1
    test('a stranger is asked the same, by number, name and address', async () => {
      const ada = await withPhone()
      const shape = async (identification: string, login_id: string) => {
        const flow = await begin(server.browser(), 'login', [{ identification, login_id }, { authentication: 'primary_oob_otp_sms' }])
        return JSON.stringify([flow.action, flow.state_token.length]).replaceAll(/\+41\*+\d\d/g, '')
      }
      expect(await shape('phone', ada.phone)).toBe(await shape('phone', newPhone()))
      // As long as each other: a state holds what was typed.
      const known = await signUp(server, { email: newAddress().padStart(30, 'x') })
      await addPhone(server, known.browser)
      expect(await shape('email', known.email)).toBe(await shape('email', newAddress().padStart(30, 'x')))
    })

    test('a new account says how its number is written to', async () => {
      const phone = newPhone()
      const browser = server.browser()
      const asked = await begin(browser, 'signup', [{ identification: 'phone', login_id: phone }, { authentication: 'primary_password', new_password: GOOD_PASSWORD }])
      expect(asked.action).toEqual({ type: 'verify', data: { type: 'select_oob_otp_channels_data', channels: ['whatsapp', 'sms'], masked_claim_value: masked(phone) } })
      expect(await messagesTo(server, phone)).toEqual([])
      expect((await send(browser, asked, { channel: 'email' })).statusCode).toBe(400)
      const sent = await next(browser, asked, { channel: 'sms' })
      expect((await messagesTo(server, phone)).map(({ channel }) => channel)).toEqual(['sms'])
      expect((await next(browser, sent, { code: await codeTo(server, phone) })).action.type).toBe('finished')
    })

    test('so does a recovery', async () => {
      const ada = await withPhone()
      const browser = server.browser()
      const asked = await begin(browser, 'account_recovery', [{ identification: 'phone', login_id: ada.phone }, { account_recovery_destination: 'phone' }])
      expect(asked.action).toEqual({ type: 'select_destination', data: { type: 'select_oob_otp_channels_data', channels: ['whatsapp', 'sms'], masked_claim_value: masked(ada.phone) } })
      const sent = await next(browser, asked, { channel: 'sms' })
      expect(sent.action.data).toMatchObject({ type: 'account_recovery_verify_code_data', channel: 'sms' })
      expect((await next(browser, sent, { account_recovery_code: await codeTo(server, ada.phone) })).action.type).toBe('reset_password')
    })

    test('and a second factor, where it is not sent unasked then', async () => {
      const strict = await server.sibling({}, `${PHONE_SIGNUP}\n${FACTORS}`)
      const ada = await withPhone()
      const password = [{ identification: 'email', login_id: ada.email }, { authentication: 'primary_password', password: ada.password }]
      for (const channel of ['sms', 'email'] as const) {
        const browser = strict.browser()
        const factors = await begin(browser, 'login', password)
        const before = (await messagesTo(server, ada.phone)).length
        const asked = await next(browser, factors, { authentication: 'secondary_oob_otp_sms' })
        expect(asked.action).toEqual({ type: 'authenticate', authentication: 'secondary_oob_otp_sms', data: { type: 'select_oob_otp_channels_data', channels: ['whatsapp', 'sms', 'email'], masked_claim_value: masked(ada.phone) } })
        expect(await messagesTo(server, ada.phone)).toHaveLength(before)
        const sent = await next(browser, asked, { channel })
        expect(sent.action.data).toMatchObject({ type: 'verify_oob_otp_data', channel })
        const code = channel === 'email' ? await server.codeFor(ada.email) : await codeTo(server, ada.phone)
        expect((await next(browser, sent, { code })).action.type).toBe('finished')
      }
      await strict.close()
      const alone = await server.sibling({}, `${PHONE_SIGNUP}\n${FACTORS.replace(', secondary_oob_otp_email', '')}`)
      const asked = await alone.browser().api('POST', '/authentication_flows', { type: 'login', name: 'default', channel_choice: true, batch_input: password })
      expect(asked.json<Flow>().action.data).toMatchObject({ type: 'select_oob_otp_channels_data', channels: ['whatsapp', 'sms'] })
      await alone.close()
    })
  })
}
