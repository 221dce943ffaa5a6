// security case I1: what a stranger can learn of a telephone number is nothing, at any door. Both numbers are as long as each other.
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { appearanceOf, followToForm, locationOf } from '../harness/pages.ts'
import { newPhone, PASSWORDLESS_SIGNUP, PHONE_SIGNUP, signUpByPhone } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const NEW_PASSWORD = 'a quite different horse'

for (const engine of testEngines) {
  describe(`what a stranger can learn of a number on ${engine}`, () => {
    let server: TestServer
    let passwordless: TestServer
    let phones: readonly [known: string, unknown: string]
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, PHONE_SIGNUP)
      passwordless = await server.sibling({}, PASSWORDLESS_SIGNUP)
      const { phone } = await signUpByPhone(server)
      // The last two digits are shown.
      phones = [phone, `${phone.slice(0, 5)}9${phone.slice(6)}`]
    })
    afterAll(async () => {
      await passwordless.close()
      await server.close()
    })

    /** The same walk for a number with and one without an account, each in a browser that is new. */
    async function compare(walk: (browser: Browser, phone: string) => Promise<LightMyRequestResponse>, instance = server) {
      const answers = []
      for (const phone of phones) {
        const browser = instance.browser({ ip: '198.51.100.7' })
        await browser.get('/auth/login')
        const { status, headers, body } = appearanceOf(await walk(browser, phone))
        answers.push({ status, headers, body: body.replaceAll(phone, '<typed>').replaceAll(encodeURIComponent(phone), '<typed>').replace(/"can_resend_at":"[^"]+"/, '') })
      }
      expect(answers[0]).toEqual(answers[1])
      return answers[0]!
    }

    test('signing up is answered alike, on pages, in the API and in the flow API, with a password and without', async () => {
      expect((await compare((browser, phone) => browser.post('/auth/signup', { intent: 'signup', identifier: phone, new_password: NEW_PASSWORD }))).status).toBe(303)
      expect((await compare((browser, phone) => browser.api('POST', '/signup/challenges', { phone, password: NEW_PASSWORD }))).status).toBe(202)
      const inputs = (phone: string) => [{ identification: 'phone', login_id: phone }, { authentication: 'primary_password', new_password: NEW_PASSWORD }]
      const flow = (type: string) => (browser: Browser, phone: string) => browser.api('POST', '/authentication_flows', { type, name: 'default', batch_input: inputs(phone) })
      expect((await compare(flow('signup'))).status).toBe(200)
      expect((await compare((browser, phone) => browser.post('/auth/signup', { intent: 'identify', identifier: phone }), passwordless)).status).toBe(303)
      expect((await compare((browser, phone) => browser.api('POST', '/signup/challenges', { phone }), passwordless)).status).toBe(202)
    })

    test('the page after it, wrong codes, all tries of them and new codes are alike', async () => {
      const begin = async (browser: Browser, phone: string) => browser.post('/auth/signup', { intent: 'signup', identifier: phone, new_password: NEW_PASSWORD })
      expect((await compare(async (browser, phone) => browser.get(locationOf(await begin(browser, phone))))).status).toBe(200)
      for (const tries of [1, 5, 6]) {
        await compare(async (browser, phone) => {
          const state = await followToForm(browser, await begin(browser, phone))
          const guess = () => browser.post('/auth/verify', { intent: 'submit_code', state, code: '000000' })
          for (let count = 1; count < tries; count += 1) await guess()
          return guess()
        })
      }
      for (const pause of [0, 31_000]) {
        await compare(async (browser, phone) => {
          const state = await followToForm(browser, await begin(browser, phone))
          server.clock.advance(pause)
          return browser.post('/auth/verify', { intent: 'resend', state, channel: 'sms' })
        })
      }
      await compare(async (browser, phone) => {
        const { challenge_id } = (await browser.api('POST', '/signup/challenges', { phone, password: NEW_PASSWORD })).json<{ challenge_id: string }>()
        await browser.api('POST', '/challenges/resend', { challenge_id })
        return browser.api('POST', '/signup/challenges/verify', { challenge_id, code: '000000' })
      })
    })

    test('on the page that signs in and up every step before the proof is alike, whether or not codes to numbers sign in', async () => {
      for (const settings of [PHONE_SIGNUP, PHONE_SIGNUP.replace(', primary_oob_otp_sms', '')]) {
        const both = await server.sibling({}, settings.replace('signup: {', 'signup: { with_login: true,'))
        try {
          const asked = await compare((browser, phone) => browser.post('/auth/login', { intent: 'code_to_phone', identifier: phone }), both)
          expect(asked.status).toBe(303)
          await compare(async (browser, phone) => {
            const state = await followToForm(browser, await browser.post('/auth/login', { intent: 'code_to_phone', identifier: phone }))
            return browser.post('/auth/verify', { intent: 'submit_code', state, code: '000000' })
          }, both)
          await compare((browser, phone) => browser.post('/auth/login', { intent: 'password', identifier: phone, password: NEW_PASSWORD }), both)
        } finally {
          await both.close()
        }
      }
    })

    test('a password is judged by what was typed, not by what the account of the number has', async () => {
      const ada = await signUpByPhone(server)
      const email = 'somebody.unusual@example.com'
      const asked = await ada.browser.api('POST', '/account/email-challenges', { email })
      expect((await ada.browser.api('POST', '/account/email-challenges/verify', { ...asked.json<object>(), code: await server.codeFor(email) })).statusCode).toBe(204)
      for (const path of ['/signup/challenges', '/password-reset/challenges']) {
        const body = (phone: string) => ({ phone, [path.startsWith('/signup') ? 'password' : 'new_password']: 'somebody.unusual' })
        const [known, unknown] = [await server.browser().api('POST', path, body(ada.phone)), await server.browser().api('POST', path, body(newPhone()))]
        expect([known.statusCode, unknown.statusCode]).toEqual([202, 202])
      }
    })

    test('asking for a reset and a sign-in code is answered alike', async () => {
      expect((await compare((browser, phone) => browser.api('POST', '/password-reset/challenges', { phone, new_password: NEW_PASSWORD }))).status).toBe(202)
      expect((await compare((browser, phone) => browser.post('/auth/reset_password', { intent: 'identify', identifier: phone }))).status).toBe(303)
      expect((await compare((browser, phone) => browser.post('/auth/login', { intent: 'code_to_phone', identifier: phone }))).status).toBe(303)
      expect((await compare((browser, phone) => browser.post('/auth/login', { intent: 'code', identifier: phone }))).status).toBe(303)
    })

    test('messages are counted alike', async () => {
      const strict = await server.sibling({ RATE_LIMITS: 'on' }, PHONE_SIGNUP.replace('allowed_countries: [CH]', 'allowed_countries: [CH], limits: { per_recipient_hour: 2 }'))
      try {
        const statuses = async (phone: string, from: number) => {
          const answers = []
          for (let count = 0; count < 4; count += 1) answers.push((await strict.browser({ ip: `203.0.113.${String(from + count)}` }).api('POST', '/signup/challenges', { phone, password: NEW_PASSWORD })).statusCode)
          return answers
        }
        const [known, unknown] = [await statuses(phones[0], 1), await statuses(phones[1], 101)]
        expect([known, unknown]).toEqual([[202, 202, 429, 429], [202, 202, 429, 429]])
      } finally {
        await strict.close()
      }
    })
  })
}
