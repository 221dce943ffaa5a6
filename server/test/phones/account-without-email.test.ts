// What an account can do that has a telephone number and no address: everything that others can, and it is told by message.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { growStale, refusalIn } from '../account-api/challenges.ts'
import { DEFAULT_TENANT_ID } from '../../src/domain/ids.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { setUpTotp } from '../harness/factors.ts'
import { followToForm } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress } from '../harness/people.ts'
import { addPhone, codeTo, messagesTo, newPhone, PASSWORDLESS_SIGNUP, PHONE_SIGNUP, phonesOf, signUpByPhone } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, QUICK } from '../harness/tokens.ts'

const NEW_PASSWORD = 'a wholly different sentence'
const DAY_MS = 24 * 60 * 60 * 1_000

for (const engine of testEngines) {
  describe(`an account with a number and no address on ${engine}`, () => {
    let server: TestServer
    let strict: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, PHONE_SIGNUP)
      strict = await server.sibling({}, `lockout: { attempts: 2 }\n${PHONE_SIGNUP}`)
    })
    afterAll(async () => {
      await strict.close()
      await server.close()
    })

    const newestTo = async (phone: string) => (await messagesTo(server, phone))[0]?.text ?? ''
    const mailRows = async () => (await server.app.outbox.list(DEFAULT_TENANT_ID, { limit: 100 })).filter(({ mail }) => mail !== undefined).length
    const emailsOf = async (browser: Browser) => (await browser.api('GET', '/account/emails')).json<{ emails: { id: string; email: string }[] }>().emails
    async function addEmail(browser: Browser, email = newAddress()): Promise<string> {
      const asked = await browser.api('POST', '/account/email-challenges', { email })
      const added = await browser.api('POST', '/account/email-challenges/verify', { ...asked.json<object>(), code: await server.codeFor(email) })
      if (added.statusCode !== 204) throw new Error(`the address was answered ${added.statusCode}: ${added.body}`)
      return email
    }

    test('is shown as one, in the API, the pages and the export', async () => {
      const ada = await signUpByPhone(server)
      expect((await ada.browser.api('GET', '/user')).json()).toMatchObject({ id: ada.id, email: null, email_verified: false })
      expect((await ada.browser.api('GET', '/account')).json()).toMatchObject({ user: { email: null } })
      expect(await emailsOf(ada.browser)).toEqual([])
      const page = await ada.browser.get('/auth/settings')
      expect([page.statusCode, page.body]).toEqual([200, expect.stringContaining('There is no email address yet.')])
      expect(page.body).not.toMatch(/\bnull\b|undefined/)
      // The header says who is signed in.
      expect(page.body).toContain(ada.phone.replace(/^(\+41)(\d\d)(\d{3})(\d\d)(\d\d)$/, '$1 $2 $3 $4 $5'))
      expect((await ada.browser.api('GET', '/account/export')).json()).toMatchObject({ emails: [], phones: [{ verified_at: expect.any(String) as string }] })
    })

    test('is told of every change that matters by message, and nobody is mailed', async () => {
      const ada = await signUpByPhone(server)
      const mails = await mailRows()
      await ada.browser.api('PUT', '/account/password', { current_password: GOOD_PASSWORD, new_password: NEW_PASSWORD })
      expect(await newestTo(ada.phone)).toMatch(/^Your .+ password was changed\n\S+\/auth\/settings$/)
      await setUpTotp(server, ada.browser)
      expect(await newestTo(ada.phone)).toContain('An authenticator app was added')
      const visitor = strict.browser()
      for (let tries = 0; tries < 2; tries += 1) await visitor.api('POST', '/login', { identifier: ada.phone, password: 'a wrong password' })
      expect(await newestTo(ada.phone)).toContain('Too many wrong tries')
      expect(await mailRows()).toBe(mails)
      const berta = await signUpByPhone(server)
      await server.browser().api('POST', '/login', { identifier: berta.phone, password: GOOD_PASSWORD })
      expect(await newestTo(berta.phone)).toContain('New sign-in')
      // Who just read a code there knows.
      const before = (await messagesTo(server, berta.phone)).length
      const elsewhere = server.browser()
      const state = await followToForm(elsewhere, await elsewhere.post('/auth/login', { intent: 'code_to_phone', identifier: berta.phone }))
      expect((await elsewhere.post('/auth/verify', { intent: 'submit_code', state, code: await codeTo(server, berta.phone) })).statusCode).toBe(303)
      expect(await messagesTo(server, berta.phone)).toHaveLength(before + 1)
    })

    test('is told by message that a session was ended because its token came back', async () => {
      const ada = await signUpByPhone(server)
      const stolen = cookieOf(ada.browser, 'refresh')
      const thief = ada.browser.copy()
      await ada.browser.api('POST', '/sessions/refresh')
      server.clock.advance(60_000)
      expect(cookieOf(thief, 'refresh')).toBe(stolen)
      expect((await thief.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      expect(await newestTo(ada.phone)).toContain('We ended a session')
    })

    test('gets an address once the code to it came back, and the telephone is told', async () => {
      const ada = await signUpByPhone(server)
      const page = await ada.browser.get('/auth/settings')
      expect(page.body).toContain('value="add_email"')
      expect(page.body).not.toContain('settings.')
      const email = await addEmail(ada.browser)
      expect(await newestTo(ada.phone)).toContain('An email address was added')
      expect((await server.mailTo(email))?.subject).toContain('An email address was added')
      expect((await ada.browser.api('GET', '/user')).json()).toMatchObject({ email, email_verified: true })
      // What is told from now on goes there.
      const before = (await messagesTo(server, ada.phone)).length
      await ada.browser.api('PUT', '/account/password', { current_password: GOOD_PASSWORD, new_password: NEW_PASSWORD })
      expect([(await messagesTo(server, ada.phone)).length, (await server.mailTo(email))?.subject]).toEqual([before, expect.stringContaining('password was changed')])
    })

    test('gets an address without scripts', async () => {
      const ada = await signUpByPhone(server)
      const email = newAddress()
      const asked = await ada.browser.post('/auth/settings/email', { intent: 'add_email', new_email: email })
      const challenge = new URL(String(asked.headers.location), 'http://localhost').searchParams.get('challenge') ?? ''
      expect((await ada.browser.post('/auth/settings/email/verify', { intent: 'submit_code', challenge_id: challenge, code: await server.codeFor(email) })).statusCode).toBe(303)
      expect((await ada.browser.api('GET', '/user')).json()).toMatchObject({ email })
    })

    test('never loses the last of what it is recognised by', async () => {
      const ada = await signUpByPhone(server)
      const [phone] = await phonesOf(ada.browser)
      expect(refusalIn(await ada.browser.api('DELETE', `/account/phones/${phone!.id}`))).toEqual([409, 'last_phone'])
      await addEmail(ada.browser)
      const [email] = await emailsOf(ada.browser)
      // With both, either may go.
      expect((await ada.browser.api('DELETE', `/account/emails/${email!.id}`)).statusCode).toBe(204)
      expect(await newestTo(ada.phone)).toContain('An email address was removed')
      expect(refusalIn(await ada.browser.api('DELETE', `/account/phones/${phone!.id}`))).toEqual([409, 'last_phone'])
      await addEmail(ada.browser)
      expect((await ada.browser.api('DELETE', `/account/phones/${phone!.id}`)).statusCode).toBe(204)
      const [left] = await emailsOf(ada.browser)
      expect(refusalIn(await ada.browser.api('DELETE', `/account/emails/${left!.id}`))).toEqual([409, 'last_email'])
    })

    // security case H3
    test('tells the number that left and the one that stayed', async () => {
      const ada = await signUpByPhone(server)
      const other = await addPhone(server, ada.browser)
      expect(await newestTo(ada.phone)).toContain('A telephone number was added')
      const leaving = (await phonesOf(ada.browser)).find(({ phone }) => phone === other)
      expect((await ada.browser.api('DELETE', `/account/phones/${leaving!.id}`)).statusCode).toBe(204)
      expect([await newestTo(ada.phone), await newestTo(other)]).toEqual([expect.stringContaining('number was removed'), expect.stringContaining('number was removed')])
    })

    test('recovers by a code to the number, on pages and in the API, and not by mail', async () => {
      const ada = await signUpByPhone(server)
      const browser = server.browser()
      expect((await browser.get('/auth/reset_password')).body).toContain('Email or telephone number')
      const named = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'identify', identifier: ada.phone }))
      const mails = await mailRows()
      expect((await browser.post('/auth/reset_password', { intent: 'to_email', state: named })).statusCode).toBe(303)
      expect(await mailRows()).toBe(mails)
      const sent = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'to_phone', state: named }))
      const proven = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'submit_code', state: sent, code: await codeTo(server, ada.phone) }))
      expect((await browser.post('/auth/reset_password', { intent: 'new_password', state: proven, new_password: NEW_PASSWORD })).statusCode).toBe(303)
      expect((await browser.api('POST', '/login', { identifier: ada.phone, password: NEW_PASSWORD })).statusCode).toBe(200)
      const asked = await server.browser().api('POST', '/password-reset/challenges', { phone: ada.phone, new_password: 'a third sentence of words' })
      expect(asked.statusCode).toBe(202)
      expect((await server.browser().api('POST', '/password-reset/challenges/verify', { ...asked.json<object>(), code: await codeTo(server, ada.phone) })).statusCode).toBe(204)
      expect((await browser.api('POST', '/login', { identifier: ada.phone, password: 'a third sentence of words' })).statusCode).toBe(200)
    })

    test('proves itself again by its password or a code to its number, and is offered no mail', async () => {
      const ada = await signUpByPhone(server)
      await growStale(server, ada.browser)
      expect((await ada.browser.api('POST', '/account/phone-challenges', { phone: newPhone() })).statusCode).toBe(428)
      const begun = await ada.browser.api('POST', '/authentication_flows', { type: 'reauth', name: 'default' })
      const { state_token: state, action } = begun.json<{ state_token: string; action: { data: { options: { authentication: string }[] } } }>()
      expect(action.data.options.map(({ authentication }) => authentication)).toEqual(['primary_password', 'primary_oob_otp_sms'])
      const input = (token: string, given: object) => ada.browser.api('POST', '/authentication_flows/states/input', { state_token: token, input: given })
      const sent = await input(state, { authentication: 'primary_oob_otp_sms' })
      const proven = await input(sent.json<{ state_token: string }>().state_token, { code: await codeTo(server, ada.phone) })
      expect(proven.json()).toMatchObject({ action: { type: 'finished' } })
      expect((await ada.browser.api('POST', '/reauthenticate/check')).statusCode).toBe(204)
    })

    test('is deleted by who types its number, in any spelling, and is told so there', async () => {
      const ada = await signUpByPhone(server)
      const page = await ada.browser.get('/auth/settings/delete')
      expect(page.body).toContain(ada.phone.replace(/^(\+41)(\d\d)(\d{3})(\d\d)(\d\d)$/, '$1 $2 $3 $4 $5'))
      for (const typed of ['', newPhone(), ada.id]) {
        const refused = await ada.browser.post('/auth/settings/delete', { confirm_email: typed })
        expect([refused.statusCode, refused.body]).toEqual([422, expect.stringContaining('This does not match.')])
      }
      expect((await ada.browser.post('/auth/settings/delete', { confirm_email: ada.phone.replace(/^(\+41)/, '$1-') })).statusCode).toBe(303)
      expect(await newestTo(ada.phone)).toMatch(/will be deleted|was deleted/)
      server.clock.advance(40 * DAY_MS)
      await server.app.deletions.carryOut()
      expect(await newestTo(ada.phone)).toContain('was deleted')
      // Free again for whoever proves it.
      expect((await signUpByPhone(server, { phone: ada.phone })).id).not.toBe(ada.id)
    })

    test('gives authenticators the number as its name', async () => {
      const ada = await signUpByPhone(server)
      const shown = ada.phone.replace(/^(\+41)(\d\d)(\d{3})(\d\d)(\d\d)$/, '$1 $2 $3 $4 $5')
      const begun = await ada.browser.api('POST', '/account/totp-set-up')
      expect(decodeURIComponent(begun.json<{ uri: string }>().uri)).toContain(shown)
      const options = await ada.browser.api('POST', '/account/passkey/options')
      expect(JSON.stringify(options.json())).toContain(shown)
      expect((await ada.browser.get('/auth/settings/totp')).body).not.toContain('null')
    })

    test('is found by operators under its number', async () => {
      const ada = await signUpByPhone(server)
      const { admins } = server.app
      expect(await admins.describe(ada.phone)).toMatchObject({ ok: true, value: { user: { id: ada.id, email: null }, emails: [], phones: [{ key: ada.phone }] } })
      expect(await admins.disable(ada.phone)).toMatchObject({ ok: true })
      expect((await ada.browser.api('GET', '/user')).statusCode).toBe(401)
      expect((await server.browser().api('POST', '/login', { identifier: ada.phone, password: GOOD_PASSWORD })).statusCode).toBe(403)
      expect(await admins.enable(ada.phone)).toMatchObject({ ok: true })
      expect(await admins.describe(newPhone())).toEqual({ ok: false, failure: 'user_not_found' })
    })

    test('sets a first password without a present one, where passwords sign in', async () => {
      const passwordless = await server.sibling({}, PASSWORDLESS_SIGNUP)
      try {
        const ada = await signUpByPhone(passwordless, { password: undefined })
        const page = await ada.browser.copy().get('/auth/settings')
        expect(page.body).not.toContain('name="new_password"')
        const elsewhere = server.browser()
        for (const [name, value] of ada.browser.cookies) elsewhere.cookies.set(name, value)
        const form = (await elsewhere.get('/auth/settings')).body
        expect([form.includes('name="new_password"'), form.includes('name="current_password"')]).toEqual([true, false])
        expect((await elsewhere.post('/auth/settings/password', { new_password: NEW_PASSWORD })).statusCode).toBe(303)
        expect((await server.browser().api('POST', '/login', { identifier: ada.phone, password: NEW_PASSWORD })).statusCode).toBe(200)
      } finally {
        await passwordless.close()
      }
    })
  })
}
