// Codes for who passed the first proof, or is signed in: what strangers ask for does not use them up.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMIT_RULES } from '../../src/services/limits/rules.ts'
import { growStale } from '../account-api/challenges.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { askedIn } from '../harness/factors.ts'
import { signUp, type Person } from '../harness/people.ts'
import { addPhone, codeTo, MESSAGING, messagesTo, newPhone } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const MAILED = 'second_factor: { mode: required, authentications: [secondary_totp, secondary_oob_otp_email] }'
const WRITTEN = `login: { identifications: [email, phone], authentications: [primary_password, primary_oob_otp_sms] }
second_factor: { mode: optional, authentications: [secondary_totp, secondary_oob_otp_sms, recovery_code] }
${MESSAGING}`

for (const engine of testEngines) {
  describe(`codes after a first proof on ${engine}`, () => {
    let plain: TestServer
    let mailed: TestServer
    let written: TestServer
    beforeAll(async () => {
      plain = await startTestServer(engine, { ...QUICK, RATE_LIMITS: 'on' })
      mailed = await plain.sibling({}, MAILED)
      written = await plain.sibling({}, WRITTEN)
    })
    afterAll(async () => {
      await written.close()
      await mailed.close()
      await plain.close()
    })

    const login = (person: Person, browser: Browser) => browser.api('POST', '/login', { identifier: person.email, password: person.password })
    const second = (browser: Browser, id: string, proof: object) => browser.api('POST', '/second-factor', { authentication_challenge_id: id, ...proof })
    const askForReset = (email: string) => mailed.browser().api('POST', '/password-reset/challenges', { email, new_password: 'some other words entirely' })
    const askByPhone = (loginId: string) =>
      written.browser().api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input: [{ identification: 'phone', login_id: loginId }, { authentication: 'primary_oob_otp_sms' }] })
    /** Until there are no more: how many there were. */
    async function useUp(ask: () => Promise<{ statusCode: number }>, most = 120): Promise<number> {
      for (let count = 0; count < most; count += 1) if ((await ask()).statusCode === 429) return count
      throw new Error(`${most} were not too many`)
    }

    // security case K2
    test('that are mailed are not used up by resets that strangers ask for, on a device that is known and on one that is not', async () => {
      const ada = await signUp(plain)
      await useUp(() => askForReset(ada.email))
      for (const browser of [mailed.browser(), mailed.browser()]) {
        const asked = askedIn(await login(ada, browser))
        expect(asked).toMatchObject({ code_sent: true })
        expect((await second(browser, asked.id, { email_code: await mailed.codeFor(ada.email) })).statusCode).toBe(200)
      }
    })

    // security case K2
    test('are counted for each known device by itself: who has the password alone does not use up the owner\'s', async () => {
      const ada = await signUp(plain)
      const own = mailed.browser()
      await second(own, askedIn(await login(ada, own)).id, { email_code: await mailed.codeFor(ada.email) })
      await own.api('POST', '/sessions/logout')
      const sent = async (browser: Browser) => askedIn(await login(ada, browser)).code_sent === true
      let bySomebody = 0
      while (bySomebody < 20 && (await sent(mailed.browser()))) bySomebody += 1
      expect(bySomebody, 'beside the one that the owner asked for while their browser was new').toBe(LIMIT_RULES.proven_codes_per_account.tries - 1)
      for (let count = 0; count < LIMIT_RULES.proven_codes_per_account.tries; count += 1) expect(await sent(own)).toBe(true)
      expect(await sent(own), 'whoever sits there has mails sent no more often than anybody').toBe(false)
    })

    // security case K2
    test('in a session are its own', async () => {
      const ada = await signUp(plain)
      await growStale(plain, ada.browser)
      await useUp(() => plain.browser().api('POST', '/password-reset/challenges', { email: ada.email, new_password: 'some other words entirely' }))
      const send = () => ada.browser.post('/auth/reauthenticate', { intent: 'code' })
      expect((await send()).statusCode).toBe(303)
      expect(await useUp(send)).toBe(LIMIT_RULES.proven_codes_per_account.tries - 1)
    })

    // security case K2
    test('that are written to a number are not used up by who asks for codes to that number', async () => {
      const ada = await signUp(written)
      const phone = await addPhone(written, ada.browser)
      await useUp(() => askByPhone(phone))
      for (const browser of [ada.browser, written.browser()]) {
        const asked = askedIn(await login(ada, browser))
        expect(asked).toMatchObject({ code_sent: true })
        expect((await second(browser, asked.id, { sms_code: await codeTo(written, phone) })).statusCode).toBe(200)
      }
    })

    // security case J8
    test('have a fifth of the messages to a country for themselves, within what the settings allow', async () => {
      const small = await plain.sibling({}, WRITTEN.replace('allowed_countries: [CH]', 'allowed_countries: [CH], limits: { per_recipient_hour: 4, per_country_hour: 10 }'))
      try {
        const ada = await signUp(small)
        const phone = await addPhone(small, ada.browser)
        const ask = () =>
          small.browser().api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input: [{ identification: 'phone', login_id: newPhone() }, { authentication: 'primary_oob_otp_sms' }] })
        expect(await useUp(ask), 'eight, of which adding the number took one').toBe(7)
        const before = (await messagesTo(small, phone)).length
        const sent = []
        for (let count = 0; count < 3; count += 1) sent.push(askedIn(await login(ada, small.browser())).code_sent ?? false)
        expect(sent, 'the account may have four, and the country has ten').toEqual([true, true, false])
        expect((await messagesTo(small, phone)).length - before).toBe(2)
      } finally {
        await small.close()
      }
    })
  })
}
