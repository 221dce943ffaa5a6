// Signing in by a telephone number, with a password or a code sent there; a stranger's number walks the same way in vain.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalIn } from '../account-api/challenges.ts'
import type { Browser } from '../harness/browser.ts'
import { createBrowser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { followToForm } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import { addPhone, codeTo, MESSAGING, messagesTo, newPhone, phonesOf } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, cookieOf, decodeToken, QUICK } from '../harness/tokens.ts'

const FIFTY = 50
const DECLARED = `login: { identifications: [email, username, phone], authentications: [primary_password, primary_oob_otp_email, primary_oob_otp_sms] }\n${MESSAGING}`

for (const engine of testEngines) {
  describe(`signing in by telephone on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, DECLARED)
      sibling = await server.sibling()
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    /** All as long as each other: a state holds what was typed. */
    const addressOf = (name: string) => newAddress(name).padStart(30, 'x')
    async function withPhone() {
      const person = await signUp(server, { email: addressOf('ada') })
      return { ...person, phone: await addPhone(server, person.browser) }
    }
    const login = (identifier: string, password = GOOD_PASSWORD) => server.browser().api('POST', '/login', { identifier, password })
    const askForCode = async (browser: Browser, identifier: string) => followToForm(browser, await browser.post('/auth/login', { intent: 'code_to_phone', identifier }))
    const give = (browser: Browser, state: string, code: string) => browser.post('/auth/verify', { intent: 'submit_code', state, code })
    const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    const begin = (browser: Browser, ...inputs: object[]) => browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input: inputs })
    const shapeOf = ({ statusCode, body }: { statusCode: number; body: string }) => `${statusCode} ${body.replace(/"(request_id|state_token|can_resend_at)":"[^"]+"/g, '')}`

    // security case I1
    test('takes the number in any spelling with the password, and tells a stranger nothing', async () => {
      const ada = await withPhone()
      for (const spelling of [ada.phone, ada.phone.replace('+41', '0'), ada.phone.replace(/^(\+41)(\d\d)/, '$1 $2 ')]) expect((await login(spelling)).statusCode).toBe(200)
      const answers = [await login(ada.phone, 'a wrong password'), await login(newPhone()), await login('+12025550123'), await login('+1')]
      expect(new Set(answers.map(shapeOf)).size).toBe(1)
    })

    test('takes the code that was sent to the number, which proves the number and never the address', async () => {
      const ada = await withPhone()
      const browser = server.browser()
      const state = await askForCode(browser, ada.phone)
      const code = await codeTo(server, ada.phone)
      expect((await give(browser, state, wrong(code))).statusCode).toBe(422)
      expect((await give(browser, state, code)).statusCode).toBe(303)
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ id: ada.id })
      expect(decodeToken(cookieOf(browser, 'access')).payload).toMatchObject({ amr: ['otp', 'sms'], acr: 'aal1' })
      // Once.
      expect((await give(server.browser(), state, code)).statusCode).toBe(400)
    })

    // security case I1
    test('walks a stranger through the same pages and answers, in vain, and writes to nobody', async () => {
      const ada = await withPhone()
      const nobody = newPhone()
      const pages = await Promise.all(
        [ada.phone, nobody].map(async (phone) => {
          const browser = server.browser()
          const state = await askForCode(browser, phone)
          const refused = await give(browser, state, '000000')
          return `${refused.statusCode} ${refused.body.replaceAll(/value="[^"]*"|nonce-?"?[^" ]*/g, '').replaceAll(`****${phone.slice(-2)}`, '')}`
        }),
      )
      expect(new Set(pages).size).toBe(1)
      expect(pages[0]).toMatch(/^422/)
      expect(await messagesTo(server, nobody)).toEqual([])
      const byNumber = (phone: string) => begin(server.browser(), { identification: 'phone', login_id: phone }, { authentication: 'primary_oob_otp_sms' })
      const [known, unknown] = [await byNumber(ada.phone), await byNumber(`${ada.phone.slice(0, -3)}9${ada.phone.slice(-2)}`)]
      expect(shapeOf(known)).toBe(shapeOf(unknown))
      // Neither an address nor a name tells whether there is a telephone.
      const byEmail = (email: string) => begin(server.browser(), { identification: 'email', login_id: email }, { authentication: 'primary_oob_otp_sms' })
      const plain = await signUp(server, { email: addressOf('plain') })
      const answers = [await byEmail(ada.email), await byEmail(plain.email), await byEmail(addressOf('nobody'))]
      expect(new Set(answers.map(shapeOf)).size).toBe(1)
      expect(answers[0]!.json()).toMatchObject({ action: { data: { masked_claim_value: '' } } })
      const lengths = answers.map((answer) => answer.json<{ state_token: string }>().state_token.length)
      expect(new Set(lengths).size).toBe(1)
    })

    // security case I1
    test('refuses a country that is not written to alike to everybody', async () => {
      const refused = await begin(server.browser(), { identification: 'phone', login_id: '+12025550123' }, { authentication: 'primary_oob_otp_sms' })
      expect(refusalIn(refused)).toEqual([400, 'invalid_request', 'identifier:country_not_allowed'])
      const browser = server.browser()
      expect((await browser.post('/auth/login', { intent: 'code_to_phone', identifier: '+12025550123' })).statusCode).toBe(403)
    })

    // security case I5
    test('counts messages alike for a number that has an account and one that has none', async () => {
      const strict = await server.sibling({ RATE_LIMITS: 'on' }, DECLARED.replace('allowed_countries: [CH]', 'allowed_countries: [CH], limits: { per_recipient_hour: 2 }'))
      try {
        const ada = await withPhone()
        const statuses = async (identification: string, loginId: string) => {
          const answers = []
          for (let count = 0; count < 4; count += 1) {
            const browser = strict.browser({ ip: `203.0.113.${String(count + 1)}` })
            const sent = await browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input: [{ identification, login_id: loginId }, { authentication: 'primary_oob_otp_sms' }] })
            answers.push(sent.statusCode)
          }
          return answers
        }
        const eve = await signUp(server)
        const known = await statuses('email', ada.email)
        expect(known).toEqual([200, 200, 429, 429])
        expect([await statuses('email', eve.email), await statuses('email', newAddress('nobody')), await statuses('phone', newPhone())]).toEqual([known, known, known])
      } finally {
        await strict.close()
      }
    })

    // security case J6
    test('takes no code of the mailbox for the telephone, nor the other way round', async () => {
      const ada = await withPhone()
      const browser = server.browser()
      const named = (await begin(browser, { identification: 'email', login_id: ada.email })).json<{ state_token: string }>().state_token
      const choose = async (authentication: string) =>
        (await browser.api('POST', '/authentication_flows/states/input', { state_token: named, input: { authentication } })).json<{ state_token: string }>().state_token
      const [mailed, messaged] = [await choose('primary_oob_otp_email'), await choose('primary_oob_otp_sms')]
      const [mailCode, messageCode] = [await server.codeFor(ada.email), await codeTo(server, ada.phone)]
      const submit = (state: string, code: string) => browser.api('POST', '/authentication_flows/states/input', { state_token: state, input: { code } })
      if (mailCode !== messageCode) expect([(await submit(mailed, messageCode)).statusCode, (await submit(messaged, mailCode)).statusCode]).toEqual([400, 400])
      expect((await submit(messaged, messageCode)).statusCode).toBe(200)
    })

    // security case K1
    test('sends again by another channel, and the earlier code is void', async () => {
      const ada = await withPhone()
      const browser = server.browser()
      const sent = await begin(browser, { identification: 'phone', login_id: ada.phone }, { authentication: 'primary_oob_otp_sms' })
      expect(sent.json()).toMatchObject({ action: { type: 'authenticate', authentication: 'primary_oob_otp_sms', data: { type: 'verify_oob_otp_data', channel: 'whatsapp', channels: ['whatsapp', 'sms'], masked_claim_value: expect.stringMatching(/^\+41\*{4}\d\d$/) as string } } })
      const state = sent.json<{ state_token: string }>().state_token
      const submit = (input: object) => browser.api('POST', '/authentication_flows/states/input', { state_token: state, input })
      const first = await codeTo(server, ada.phone)
      expect((await submit({ resend: true, channel: 'sms' })).statusCode).toBe(429)
      server.clock.advance(60_000)
      expect((await submit({ resend: true, channel: 'sms' })).json()).toMatchObject({ action: { data: { channel: 'sms', channels: ['sms', 'whatsapp'] } } })
      expect((await messagesTo(server, ada.phone))[0]?.channel).toBe('sms')
      const second = await codeTo(server, ada.phone)
      if (first !== second) expect((await submit({ code: first })).statusCode).toBe(400)
      expect((await submit({ code: second })).json()).toMatchObject({ action: { type: 'finished' } })
    })

    test('signs in one of fifty browsers that give the same code to two servers', async () => {
      const ada = await withPhone()
      const browser = server.browser()
      const state = await askForCode(browser, ada.phone)
      const code = await codeTo(server, ada.phone)
      const at = (instance: TestServer) => createBrowser(instance.app, {}, browser.cookies)
      const answers = await atOnce([server, sibling], FIFTY, (instance) => give(at(instance), state, code))
      expect(answers.filter((answer) => answer.statusCode === 303)).toHaveLength(1)
      expect(answers.filter((answer) => answer.statusCode >= 500)).toEqual([])
    })

    // security case J10
    test('is over when the number leaves the account while its code is on its way', async () => {
      const ada = await withPhone()
      const browser = server.browser()
      const state = await askForCode(browser, ada.phone)
      const code = await codeTo(server, ada.phone)
      const [phone] = await phonesOf(ada.browser)
      expect((await ada.browser.api('DELETE', `/account/phones/${phone!.id}`)).statusCode).toBe(204)
      expect((await give(browser, state, code)).statusCode).not.toBe(303)
      expect((await login(ada.phone)).statusCode).toBe(401)
    })
  })
}
