// A code to a telephone as second factor, never to the number that was the first proof.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { growStale, refusalIn } from '../account-api/challenges.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { askedIn } from '../harness/factors.ts'
import { followToForm } from '../harness/pages.ts'
import { signUp, type Person } from '../harness/people.ts'
import { addPhone, codeTo, MESSAGING, messagesTo, phonesOf } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, QUICK } from '../harness/tokens.ts'

const DECLARED = `login: { identifications: [email, username, phone], authentications: [primary_password, primary_oob_otp_email, primary_oob_otp_sms] }
second_factor: { mode: optional, authentications: [secondary_totp, secondary_oob_otp_sms, recovery_code] }
${MESSAGING}`

for (const engine of testEngines) {
  describe(`a code to a telephone as second factor on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, DECLARED)
    })
    afterAll(() => server.close())

    const login = (person: Person, browser: Browser) => browser.api('POST', '/login', { identifier: person.email, password: person.password })
    const prove = (browser: Browser, id: string, code: string) => browser.api('POST', '/second-factor', { authentication_challenge_id: id, sms_code: code })

    test('is sent at once where it is the only one, and signs in with both in the token', async () => {
      const ada = await signUp(server)
      const phone = await addPhone(server, ada.browser)
      const before = (await messagesTo(server, phone)).length
      const browser = server.browser()
      const asked = askedIn(await login(ada, browser))
      expect(asked).toMatchObject({ authentications: ['sms_code'], code_sent: true, masked_destination: `+41****${phone.slice(-2)}` })
      expect(await messagesTo(server, phone)).toHaveLength(before + 1)
      expect((await browser.api('GET', '/user')).statusCode).toBe(401)
      expect((await prove(browser, asked.id, await codeTo(server, phone))).statusCode).toBe(200)
      expect(decodeToken(cookieOf(browser, 'access')).payload).toMatchObject({ amr: ['pwd', 'otp', 'sms', 'mfa'], acr: 'aal2' })
    })

    // security case J5
    test('is asked of who came in by an emailed code, and not of who came in by a code to the same number', async () => {
      const ada = await signUp(server)
      const phone = await addPhone(server, ada.browser)
      const byMail = server.browser()
      const mailed = await followToForm(byMail, await byMail.post('/auth/login', { intent: 'code', identifier: ada.email }))
      await byMail.post('/auth/verify', { intent: 'submit_code', state: mailed, code: await server.codeFor(ada.email) })
      expect((await byMail.api('GET', '/user')).statusCode).toBe(401)
      const byPhone = server.browser()
      const messaged = await followToForm(byPhone, await byPhone.post('/auth/login', { intent: 'code_to_phone', identifier: phone }))
      expect((await byPhone.post('/auth/verify', { intent: 'submit_code', state: messaged, code: await codeTo(server, phone) })).statusCode).toBe(303)
      // One proof, and no claim to two.
      expect(decodeToken(cookieOf(byPhone, 'access')).payload).toMatchObject({ amr: ['otp', 'sms'] })
    })

    // security case J5
    test('goes to another number of the account when the first proof was a code to one of them', async () => {
      const ada = await signUp(server)
      const [first, second] = [await addPhone(server, ada.browser), await addPhone(server, ada.browser)]
      const before = (await messagesTo(server, second)).length
      const browser = server.browser()
      const state = await followToForm(browser, await browser.post('/auth/login', { intent: 'code_to_phone', identifier: first }))
      const further = await followToForm(browser, await browser.post('/auth/verify', { intent: 'submit_code', state, code: await codeTo(server, first) }))
      expect(await messagesTo(server, second)).toHaveLength(before + 1)
      expect((await browser.post('/auth/verify', { intent: 'submit_code', state: further, code: await codeTo(server, first) })).statusCode).toBe(422)
      expect((await browser.post('/auth/verify', { intent: 'submit_code', state: further, code: await codeTo(server, second) })).statusCode).toBe(303)
    })

    test('is sent again by the channel that is asked for', async () => {
      const ada = await signUp(server)
      const phone = await addPhone(server, ada.browser)
      const browser = server.browser()
      const asked = askedIn(await login(ada, browser))
      server.clock.advance(60_000)
      const sent = await browser.api('POST', '/second-factor/code', { authentication_challenge_id: asked.id, authentication: 'sms_code', resend: true, channel: 'sms' })
      expect(sent.json()).toMatchObject({ channel: 'sms', masked_destination: `+41****${phone.slice(-2)}` })
      expect((await messagesTo(server, phone))[0]?.channel).toBe('sms')
    })

    test('is asked for again before changes, and is not taken away where policy requires it', async () => {
      const ada = await signUp(server)
      const phone = await addPhone(server, ada.browser)
      const [kept] = await phonesOf(ada.browser)
      const strict = await server.sibling({}, DECLARED.replace('optional', 'required'))
      try {
        const removed = await strict.browser().api('DELETE', `/account/phones/${kept!.id}`, undefined, { authorization: `Bearer ${cookieOf(ada.browser, 'access')}` })
        expect(refusalIn(removed)).toEqual([409, 'last_required_factor'])
      } finally {
        await strict.close()
      }
      await growStale(server, ada.browser)
      const check = await ada.browser.api('POST', '/reauthenticate/check')
      const { id } = check.json<{ error: { details: { authentication_challenge: { id: string } } } }>().error.details.authentication_challenge
      const asked = askedIn(await ada.browser.api('POST', '/reauthenticate/password', { authentication_challenge_id: id, password: ada.password }))
      const proven = await ada.browser.api('POST', '/reauthenticate/second-factor', { authentication_challenge_id: asked.id, sms_code: await codeTo(server, phone) })
      expect(proven.statusCode).toBe(204)
      expect((await ada.browser.api('POST', '/reauthenticate/check')).statusCode).toBe(204)
    })

    // security case J10
    test('is no proof any more when the number left the account meanwhile', async () => {
      const ada = await signUp(server)
      const phone = await addPhone(server, ada.browser)
      const browser = server.browser()
      const asked = askedIn(await login(ada, browser))
      const code = await codeTo(server, phone)
      await ada.browser.api('DELETE', `/account/phones/${(await phonesOf(ada.browser))[0]!.id}`)
      expect((await prove(browser, asked.id, code)).statusCode).toBeGreaterThanOrEqual(400)
      expect((await browser.api('GET', '/user')).statusCode).toBe(401)
    })
  })
}
