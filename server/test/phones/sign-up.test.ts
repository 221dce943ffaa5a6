// An account that begins with a telephone number: made once the code sent there came back, and never before.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalIn } from '../account-api/challenges.ts'
import { DEFAULT_TENANT_ID } from '../../src/domain/ids.ts'
import { readDeclared } from '../../src/services/settings/read-declared.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { askedIn } from '../harness/factors.ts'
import { followToForm, locationOf } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress } from '../harness/people.ts'
import { codeTo, messagesTo, newPhone, PASSWORDLESS_SIGNUP, PHONE_SIGNUP, phonesOf, signUpByPhone } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, eventsOf, QUICK } from '../harness/tokens.ts'

for (const engine of testEngines) {
  describe(`signing up by telephone on ${engine}`, () => {
    let server: TestServer
    let passwordless: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, PHONE_SIGNUP)
      passwordless = await server.sibling({}, PASSWORDLESS_SIGNUP)
    })
    afterAll(async () => {
      await passwordless.close()
      await server.close()
    })

    const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    const ask = (browser: Browser, body: object) => browser.api('POST', '/signup/challenges', body)
    const verify = (browser: Browser, challenge: object, code: string) => browser.api('POST', '/signup/challenges/verify', { ...challenge, code })
    const begin = (browser: Browser, type: string, ...inputs: object[]) => browser.api('POST', '/authentication_flows', { type, name: 'default', batch_input: inputs })
    const input = (browser: Browser, state: string, given: object) => browser.api('POST', '/authentication_flows/states/input', { state_token: state, input: given })
    const stateOf = (answer: { json<T>(): T }) => answer.json<{ state_token: string }>().state_token
    const holdersOf = (phone: string) =>
      server.app.database.read.selectFrom('identity').select('user_id').where('tenant_id', '=', DEFAULT_TENANT_ID).where('key_normalised', '=', phone).execute()

    // security case H1
    test('makes the account once the code came back, with a password and without an address', async () => {
      const browser = server.browser()
      const phone = newPhone()
      const challenge = (await ask(browser, { phone: phone.replace('+41', '0'), password: GOOD_PASSWORD })).json<object>()
      const code = await codeTo(server, phone)
      expect((await messagesTo(server, phone))[0]?.text).toContain('to create your')
      expect((await verify(browser, challenge, wrong(code))).statusCode).toBe(400)
      expect(await holdersOf(phone)).toEqual([])
      const made = await verify(browser, challenge, code)
      expect(made.statusCode).toBe(201)
      const { user } = made.json<{ user: { id: string; email: string | null; username: string } }>()
      expect(user).toMatchObject({ email: null, email_verified: false, username: expect.stringMatching(/^user-\d{12}$/) as string })
      expect(user.username).not.toContain(phone.slice(-6))
      expect(decodeToken(cookieOf(browser, 'access')).payload).toMatchObject({ sub: user.id, amr: ['pwd', 'otp', 'sms'], acr: 'aal1', email_verified: false })
      expect(await phonesOf(browser)).toMatchObject([{ phone }])
      expect(await eventsOf(server, user.id, 'user.created', 'password.created')).toMatchObject([{ data: { is_email_verified: false, is_phone_verified: true } }, {}])
      for (const password of [GOOD_PASSWORD, 'a wrong password']) {
        expect((await server.browser().api('POST', '/login', { identifier: phone, password })).statusCode).toBe(password === GOOD_PASSWORD ? 200 : 401)
      }
    })

    test('walks the pages without scripts: the number, the code there or by another channel, signed in', async () => {
      const browser = server.browser()
      const phone = newPhone()
      const page = await browser.get('/auth/signup?return_to=/notes')
      expect(page.body).toContain('Email or telephone number')
      const bad = await browser.post('/auth/signup', { intent: 'signup', identifier: 'ada', new_password: GOOD_PASSWORD })
      expect([bad.statusCode, bad.body]).toEqual([422, expect.stringContaining('Enter a complete email address or telephone number.')])
      const state = await followToForm(browser, await browser.post('/auth/signup', { intent: 'signup', identifier: phone, new_password: GOOD_PASSWORD, return_to: '/notes' }))
      const shown = await browser.get(`/auth/verify?flow=${encodeURIComponent(state)}`)
      expect(shown.body).toContain(`+41****${phone.slice(-2)}`)
      expect(shown.body).toContain('Use another number')
      server.clock.advance(31_000)
      const again = await browser.post('/auth/verify', { intent: 'resend', state, channel: 'sms' })
      expect(again.statusCode).toBe(303)
      expect((await messagesTo(server, phone)).map(({ channel }) => channel)).toEqual(['sms', 'whatsapp'])
      const made = await browser.post('/auth/verify', { intent: 'submit_code', state, code: await codeTo(server, phone) })
      expect([made.statusCode, locationOf(made)]).toEqual([303, '/notes'])
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ email: null })
    })

    test('is one field for an address too, which is proven by mail as before', async () => {
      const browser = server.browser()
      const email = newAddress()
      const state = await followToForm(browser, await browser.post('/auth/signup', { intent: 'signup', identifier: email, new_password: GOOD_PASSWORD }))
      expect((await browser.post('/auth/verify', { intent: 'submit_code', state, code: await server.codeFor(email) })).statusCode).toBe(303)
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ email, email_verified: true })
      expect(await phonesOf(browser)).toEqual([])
    })

    test('walks the flow API, which says what can be chosen', async () => {
      const browser = server.browser()
      const begun = await browser.api('POST', '/authentication_flows', { type: 'signup', name: 'default' })
      expect(begun.json()).toMatchObject({ action: { data: { options: [{ identification: 'email' }, { identification: 'phone' }] } } })
      const phone = newPhone()
      const named = await input(browser, stateOf(begun), { identification: 'phone', login_id: phone })
      expect(named.json()).toMatchObject({ action: { type: 'create_authenticator' } })
      const sent = await input(browser, stateOf(named), { authentication: 'primary_password', new_password: GOOD_PASSWORD })
      expect(sent.json()).toMatchObject({ action: { type: 'verify', data: { channel: 'whatsapp', channels: ['whatsapp', 'sms'], masked_claim_value: `+41****${phone.slice(-2)}` } } })
      expect((await input(browser, stateOf(sent), { code: await codeTo(server, phone) })).json()).toMatchObject({ type: 'signup', action: { type: 'finished' } })
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ email: null })
    })

    test('takes no password where codes to numbers sign in and passwords do not', async () => {
      const browser = passwordless.browser()
      expect((await browser.get('/auth/signup')).body).not.toContain('name="new_password"')
      const phone = newPhone()
      const state = await followToForm(browser, await browser.post('/auth/signup', { intent: 'identify', identifier: phone }))
      expect((await browser.post('/auth/verify', { intent: 'submit_code', state, code: await codeTo(passwordless, phone) })).statusCode).toBe(303)
      expect(decodeToken(cookieOf(browser, 'access')).payload).toMatchObject({ amr: ['otp', 'sms'] })
      expect((await browser.api('GET', '/account')).json()).toMatchObject({ auth_methods: [] })
      // Nor does the page of the account ask for one.
      expect((await browser.get('/auth/settings')).body).not.toContain('name="new_password"')
      const again = passwordless.browser()
      const asked = await followToForm(again, await again.post('/auth/login', { intent: 'code_to_phone', identifier: phone }))
      expect((await again.post('/auth/verify', { intent: 'submit_code', state: asked, code: await codeTo(passwordless, phone) })).statusCode).toBe(303)
      expect(refusalIn(await ask(passwordless.browser(), { phone: newPhone(), password: GOOD_PASSWORD }))).toEqual([400, 'invalid_request', 'password:not_taken'])
      expect((await signUpByPhone(passwordless, { password: undefined })).id).not.toBe('')
    })

    test('takes none of whoever signs up by an address there, where codes to it sign in', async () => {
      const browser = passwordless.browser()
      const email = newAddress()
      const sent = await followToForm(browser, await browser.post('/auth/signup', { intent: 'identify', identifier: email }))
      expect((await browser.post('/auth/verify', { intent: 'submit_code', state: sent, code: await passwordless.codeFor(email) })).statusCode).toBe(303)
      expect(decodeToken(cookieOf(browser, 'access')).payload).toMatchObject({ amr: ['otp'], acr: 'aal1' })
      const client = passwordless.browser()
      expect(refusalIn(await ask(client, { email: newAddress(), password: GOOD_PASSWORD }))).toEqual([400, 'invalid_request', 'password:not_taken'])
      const other = newAddress()
      const { challenge_id } = (await ask(client, { email: other })).json<{ challenge_id: string }>()
      expect((await client.api('POST', '/signup/challenges/verify', { challenge_id, code: await passwordless.codeFor(other) })).statusCode).toBe(201)
      // An address that has an account is written to as ever, and opens nothing.
      expect((await ask(passwordless.browser(), { email: other })).statusCode).toBe(202)
      expect(refusalIn(await ask(server.browser(), { email: newAddress() }))).toEqual([400, 'invalid_request', 'password:required'])
    })

    test('still asks whoever signs up by an address for a password where no code to it signs in', async () => {
      const mixed = await server.sibling({}, PHONE_SIGNUP.replace('primary_password, primary_oob_otp_email, ', 'primary_passkey, '))
      const browser = mixed.browser()
      const email = newAddress()
      const state = await followToForm(browser, await browser.post('/auth/signup', { intent: 'identify', identifier: email }))
      const sent = await followToForm(browser, await browser.post('/auth/verify', { intent: 'new_password', state, new_password: GOOD_PASSWORD }))
      expect((await browser.post('/auth/verify', { intent: 'submit_code', state: sent, code: await mixed.codeFor(email) })).statusCode).toBe(303)
      await mixed.close()
    })

    test('proves the number also where addresses need no proof', async () => {
      const lax = await server.sibling({}, PHONE_SIGNUP.replace('signup: {', 'signup: { verification: off,'))
      try {
        const phone = newPhone()
        const browser = lax.browser()
        const challenge = (await ask(browser, { phone, password: GOOD_PASSWORD })).json<object>()
        expect(await holdersOf(phone)).toEqual([])
        expect((await verify(browser, challenge, await codeTo(lax, phone))).statusCode).toBe(201)
        const email = newAddress()
        expect((await ask(lax.browser(), { email, password: GOOD_PASSWORD })).statusCode).toBe(404)
        expect(refusalIn(await lax.browser().api('POST', '/signup/direct', { email: newPhone(), password: GOOD_PASSWORD }))).toEqual([400, 'invalid_request', 'email:invalid_identifier'])
        expect((await lax.browser().api('POST', '/signup/direct', { email, password: GOOD_PASSWORD })).statusCode).toBe(201)
      } finally {
        await lax.close()
      }
    })

    test('is part of the page that signs in and up, where that is one', async () => {
      for (const settings of [PHONE_SIGNUP, PHONE_SIGNUP.replace(', primary_oob_otp_sms', '')]) {
        const both = await server.sibling({}, settings.replace('signup: {', 'signup: { with_login: true,'))
        try {
          const phone = newPhone()
          const browser = both.browser()
          const sent = await begin(browser, 'signup_login', { identification: 'phone', login_id: phone }, { authentication: 'primary_oob_otp_sms' })
          const proven = await input(browser, stateOf(sent), { code: await codeTo(both, phone) })
          expect(proven.json()).toMatchObject({ type: 'signup', action: { type: 'create_authenticator' } })
          const made = await input(browser, stateOf(proven), { authentication: 'primary_password', new_password: GOOD_PASSWORD })
          expect(made.json()).toMatchObject({ type: 'signup', action: { type: 'finished' } })
          expect(await phonesOf(browser)).toMatchObject([{ phone }])
          const written = (await messagesTo(both, phone)).length
          const again = both.browser()
          const known = await begin(again, 'signup_login', { identification: 'phone', login_id: phone }, { authentication: 'primary_oob_otp_sms' })
          expect(known.statusCode).toBe(200)
          const [newest] = await messagesTo(both, phone)
          expect(await messagesTo(both, phone)).toHaveLength(written + 1)
          // Where codes to numbers sign nobody in, the owner is told instead.
          if (settings === PHONE_SIGNUP) expect((await input(again, stateOf(known), { code: await codeTo(both, phone) })).json()).toMatchObject({ type: 'login', action: { type: 'finished' } })
          else expect(newest?.text).toContain('You already have')
        } finally {
          await both.close()
        }
      }
    })

    test('of a number that has an account writes so to its owner and opens nothing', async () => {
      const ada = await signUpByPhone(server)
      const eve = server.browser()
      const before = (await messagesTo(server, ada.phone)).length
      const asked = await ask(eve, { phone: ada.phone, password: 'a wholly different sentence' })
      expect(asked.statusCode).toBe(202)
      const messages = await messagesTo(server, ada.phone)
      expect(messages).toHaveLength(before + 1)
      expect(messages[0]?.text).toMatch(/^You already have a .+ account\n\S+\/auth\/login$/)
      expect((await verify(eve, asked.json<object>(), '000000')).statusCode).toBe(400)
      server.clock.advance(31_000)
      expect((await eve.api('POST', '/challenges/resend', asked.json<object>())).statusCode).toBe(204)
      expect(await messagesTo(server, ada.phone)).toHaveLength(before + 1)
      expect((await server.browser().api('POST', '/login', { identifier: ada.phone, password: GOOD_PASSWORD })).statusCode).toBe(200)
    })

    test('is over when the number got an account while its code was on its way', async () => {
      const phone = newPhone()
      const [first, second] = [server.browser(), server.browser()]
      const one = (await ask(first, { phone, password: GOOD_PASSWORD })).json<object>()
      const firstCode = await codeTo(server, phone)
      const other = (await ask(second, { phone, password: 'a wholly different sentence' })).json<object>()
      const secondCode = await codeTo(server, phone)
      expect((await verify(first, one, firstCode)).statusCode).toBe(201)
      expect((await verify(second, other, secondCode)).statusCode).toBe(400)
      expect(await holdersOf(phone)).toHaveLength(1)
    })

    test('writes to no country that is not allowed, whoever asks', async () => {
      expect(refusalIn(await ask(server.browser(), { phone: '+12025550123', password: GOOD_PASSWORD }))).toEqual([400, 'invalid_request', 'phone:country_not_allowed'])
      expect((await server.browser().post('/auth/signup', { intent: 'signup', identifier: '+12025550123', new_password: GOOD_PASSWORD })).statusCode).toBe(403)
    })

    test('takes a number nowhere but where the settings say so', async () => {
      const plain = await server.sibling({}, PHONE_SIGNUP.replace('[email, phone] }', '[email] }'))
      try {
        expect((await ask(plain.browser(), { phone: newPhone(), password: GOOD_PASSWORD })).statusCode).toBe(404)
        expect(refusalIn(await begin(plain.browser(), 'signup', { identification: 'phone', login_id: newPhone() }))).toEqual([400, 'invalid_request', 'login_id:invalid_identifier'])
        expect((await plain.browser().get('/auth/signup')).body).not.toContain('telephone')
      } finally {
        await plain.close()
      }
    })

    test('begun while numbers were taken comes to nothing once they are not', async () => {
      const plain = await server.sibling({}, PHONE_SIGNUP.replace('[email, phone] }', '[email], verification: off }'))
      try {
        const phone = newPhone()
        const browser = server.browser()
        const named = stateOf(await begin(browser, 'signup', { identification: 'phone', login_id: phone }))
        const password = { authentication: 'primary_password', new_password: GOOD_PASSWORD }
        const sent = stateOf(await input(browser, named, password))
        const later = plain.browser()
        const answers = [await input(later, named, password), await input(later, sent, { code: await codeTo(server, phone) })]
        expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403])
        expect(await holdersOf(phone)).toEqual([])
      } finally {
        await plain.close()
      }
    })

    test('can be a flow of its own, that takes numbers alone and never leaves out the code', async () => {
      const flow = (steps: string) => `flows: [{ type: signup, name: phones, steps: [{ type: identify, one_of: [phone] }, ${steps}] }]`
      const declared = await server.sibling({}, `${flow('{ type: create_authenticator }, { type: verify }, { type: authenticate }')}\n${PHONE_SIGNUP}`)
      try {
        const walk = (...batch: object[]) => declared.browser().api('POST', '/authentication_flows', { type: 'signup', name: 'phones', batch_input: batch })
        expect(refusalIn(await walk({ identification: 'email', login_id: newAddress() }))).toEqual([400, 'invalid_request', 'login_id:invalid_identifier'])
        const phone = newPhone()
        const sent = await walk({ identification: 'phone', login_id: phone }, { authentication: 'primary_password', new_password: GOOD_PASSWORD })
        expect((await input(declared.browser(), stateOf(sent), { code: await codeTo(declared, phone) })).json()).toMatchObject({ name: 'phones', action: { type: 'finished' } })
      } finally {
        await declared.close()
      }
      const lax = PHONE_SIGNUP.replace('[email, phone] }', '[email, phone], verification: off }')
      const problemsOf = (text: string) => {
        const read = readDeclared(text)
        return read.ok ? [] : read.failure
      }
      expect(problemsOf(`${flow('{ type: create_authenticator }, { type: authenticate }')}\n${lax}`)).toEqual(['flows.0.steps: verify must be there: a number is always proven'])
      expect(problemsOf(`${flow('{ type: verify }, { type: authenticate }')}\n${PHONE_SIGNUP}`)).toEqual(['flows.0.steps: create_authenticator must be there: the account could not be signed in to'])
      expect(problemsOf(`${flow('{ type: verify }, { type: authenticate }')}\n${PASSWORDLESS_SIGNUP}`)).toEqual([])
    })

    test('takes an address and a number each in its own field, and one of them', async () => {
      const refusals = [
        await ask(server.browser(), { phone: newAddress(), password: GOOD_PASSWORD }),
        await ask(server.browser(), { email: newPhone(), password: GOOD_PASSWORD }),
        await ask(server.browser(), { phone: newPhone() }),
        await ask(server.browser(), { phone: newPhone(), email: newAddress(), password: GOOD_PASSWORD }),
      ]
      expect(refusals.map((answer) => refusalIn(answer)[2])).toEqual(['phone:invalid_identifier', 'email:invalid_identifier', 'password:required', 'email:custom'])
    })

    test('shows two proofs by a password and the code, and one by the code alone', async () => {
      const factors = 'second_factor: { mode: required, authentications: [secondary_totp, secondary_oob_otp_sms] }'
      const withPassword = await server.sibling({}, `${factors}\n${PHONE_SIGNUP}`)
      const withoutPassword = await server.sibling({}, `${factors}\n${PASSWORDLESS_SIGNUP}`)
      try {
        const ada = await signUpByPhone(withPassword)
        expect(decodeToken(cookieOf(ada.browser, 'access')).payload).toMatchObject({ amr: ['pwd', 'otp', 'sms', 'mfa'], acr: 'aal2' })
        // The telephone was the first proof: it is never the second.
        const phone = newPhone()
        const browser = withoutPassword.browser()
        const challenge = (await ask(browser, { phone })).json<object>()
        const asked = await verify(browser, challenge, await codeTo(withoutPassword, phone))
        expect(askedIn(asked)).toMatchObject({ authentications: ['totp'], totp_key: expect.any(String) as string })
        expect(await holdersOf(phone)).toEqual([])
      } finally {
        await withPassword.close()
        await withoutPassword.close()
      }
    })
  })
}
