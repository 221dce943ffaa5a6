// Recovering an account by telephone: chosen by everybody alike, and proof of the number alone.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { followToForm } from '../harness/pages.ts'
import { newAddress, signIn, signUp } from '../harness/people.ts'
import { addPhone, codeTo, MESSAGING, messagesTo, newPhone } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const DECLARED = `recovery: { destinations: [email, phone] }\n${MESSAGING}`
const NEW_PASSWORD = 'a wholly different sentence'

for (const engine of testEngines) {
  describe(`recovering an account by telephone on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, DECLARED)
    })
    afterAll(() => server.close())

    const begin = (browser: Browser, identification: string, loginId: string) =>
      browser.api('POST', '/authentication_flows', { type: 'account_recovery', name: 'default', batch_input: [{ identification, login_id: loginId }] })
    const input = (browser: Browser, state: string, given: object) => browser.api('POST', '/authentication_flows/states/input', { state_token: state, input: given })
    const stateOf = (answer: { json<T>(): T }) => answer.json<{ state_token: string }>().state_token
    const shapeOf = ({ statusCode, body }: { statusCode: number; body: string }) => `${statusCode} ${body.replace(/"(request_id|state_token|can_resend_at)":"[^"]+"/g, '')}`

    // security case I1
    test('offers everybody the same destinations, and walks on in vain where there is nothing', async () => {
      const [ada, plain] = [await signUp(server), await signUp(server)]
      await addPhone(server, ada.browser)
      const answers = await Promise.all(
        [ada.email, plain.email, newAddress('nobody')].map(async (email) => {
          const browser = server.browser()
          const begun = await begin(browser, 'email', email)
          const options = begun.json<{ action: { data: { options: object[] } } }>().action.data.options
          expect(options).toMatchObject([{ destination: 'email', channels: ['email'] }, { destination: 'phone', masked_display_name: '', channels: ['whatsapp', 'sms'] }])
          const sent = await input(browser, stateOf(begun), { account_recovery_destination: 'phone' })
          const guessed = await input(browser, stateOf(sent), { account_recovery_code: '000000' })
          return `${shapeOf(sent)} ${shapeOf(guessed)}`
        }),
      )
      expect(new Set(answers).size).toBe(1)
    })

    test('sets a new password by the code to the telephone, and tells the owner by mail', async () => {
      const ada = await signUp(server)
      const phone = await addPhone(server, ada.browser)
      const browser = server.browser()
      const named = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'identify', identifier: ada.email }))
      const sent = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'to_phone', state: named }))
      const proven = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'submit_code', state: sent, code: await codeTo(server, phone) }))
      expect((await browser.post('/auth/reset_password', { intent: 'new_password', state: proven, new_password: NEW_PASSWORD })).statusCode).toBe(303)
      expect((await server.mailTo(ada.email))?.subject).toMatch(/password/i)
      await signIn(server, { email: ada.email, password: NEW_PASSWORD })
    })

    test('begins with the number itself, for the mailbox or the telephone', async () => {
      const ada = await signUp(server)
      const phone = await addPhone(server, ada.browser)
      const browser = server.browser()
      const begun = await begin(browser, 'phone', phone)
      expect(begun.json()).toMatchObject({ action: { type: 'select_destination', data: { type: 'select_destination_data', options: [{ masked_display_name: '' }, { masked_display_name: `+41****${phone.slice(-2)}` }] } } })
      const before = (await messagesTo(server, phone)).length
      const sent = await input(browser, stateOf(begun), { account_recovery_destination: 'email' })
      expect(sent.json()).toMatchObject({ action: { type: 'verify_account_recovery_code', data: { channel: 'email', masked_claim_value: '' } } })
      expect(await messagesTo(server, phone)).toHaveLength(before)
      expect((await input(browser, stateOf(sent), { account_recovery_code: await server.codeFor(ada.email) })).json()).toMatchObject({ action: { type: 'reset_password' } })
      const nobody = newPhone()
      const vain = await input(browser, stateOf(await begin(browser, 'phone', nobody)), { account_recovery_destination: 'phone' })
      expect(vain.statusCode).toBe(200)
      expect(await messagesTo(server, nobody)).toEqual([])
    })

    test('is not offered where the settings do not list it', async () => {
      const plain = await server.sibling({}, MESSAGING)
      try {
        const ada = await signUp(plain)
        const phone = await addPhone(plain, ada.browser)
        expect((await begin(plain.browser(), 'email', ada.email)).json()).toMatchObject({ action: { type: 'verify_account_recovery_code', data: { channel: 'email' } } })
        expect((await begin(plain.browser(), 'phone', phone)).statusCode).toBe(400)
      } finally {
        await plain.close()
      }
    })
  })
}
