// A passkey as second factor, beside a password. Which accounts are asked for it is policy.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askForChallenge, growStale } from '../account-api/challenges.ts'
import type { Authenticator, RequestOptions } from '../harness/authenticator.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { askedIn, setUpTotp } from '../harness/factors.ts'
import { locationOf, stateIn } from '../harness/pages.ts'
import type { Begun } from '../harness/passkeys.ts'
import { addPasskey, beginLogin, newAuthenticator } from '../harness/passkeys.ts'
import { signUp, type Person } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, countStatuses, decodeToken, QUICK } from '../harness/tokens.ts'

const COUNTS = 'second_factor: { passkey_counts: true }'
const REQUIRED = 'second_factor: { mode: required }'

interface WithPasskey extends Person {
  readonly authenticator: Authenticator
}

for (const engine of testEngines) {
  describe(`a passkey as second factor on ${engine}`, () => {
    let plain: TestServer
    let counting: TestServer
    let strict: TestServer
    beforeAll(async () => {
      plain = await startTestServer(engine, QUICK)
      ;[counting, strict] = [await plain.sibling({}, COUNTS), await plain.sibling({}, REQUIRED)]
    })
    afterAll(async () => {
      await counting.close()
      await strict.close()
      await plain.close()
    })

    async function signUpWithPasskey(): Promise<WithPasskey> {
      const person = await signUp(plain)
      const authenticator = newAuthenticator()
      await addPasskey(person.browser, authenticator)
      return { ...person, authenticator }
    }
    const login = (person: Person, browser: Browser) => browser.api('POST', '/login', { identifier: person.email, password: person.password })
    async function optionsFor(browser: Browser, id: string): Promise<Begun<RequestOptions>> {
      const answer = await browser.api('POST', '/second-factor/passkey/options', { authentication_challenge_id: id })
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json<Begun<RequestOptions>>()
    }
    const prove = (browser: Browser, id: string, passkey: object) => browser.api('POST', '/second-factor', { authentication_challenge_id: id, passkey })
    async function answerTo(browser: Browser, id: string, authenticator: Authenticator) {
      const { ceremony, public_key } = await optionsFor(browser, id)
      return { ceremony, credential: authenticator.get(public_key) }
    }
    const isSignedIn = async (browser: Browser) => (await browser.api('GET', '/user')).statusCode === 200

    test('alone is not asked for, unless policy counts it or requires a second factor', async () => {
      const ada = await signUpWithPasskey()
      expect((await login(ada, plain.browser())).statusCode).toBe(200)
      for (const server of [counting, strict]) expect(askedIn(await login(ada, server.browser())).authentications).toEqual(['passkey'])
    })

    test('answers what is asked after the password, in every mode, and says so in the token', async () => {
      const ada = await signUpWithPasskey()
      for (const server of [counting, strict]) {
        const browser = server.browser()
        const { id } = askedIn(await login(ada, browser))
        expect((await prove(browser, id, await answerTo(browser, id, ada.authenticator))).statusCode).toBe(200)
        expect(decodeToken(cookieOf(browser, 'access')).payload).toMatchObject({ amr: ['pwd', 'swk', 'user', 'mfa'], acr: 'aal2' })
      }
      await setUpTotp(plain, ada.browser)
      const browser = plain.browser()
      const asked = askedIn(await login(ada, browser))
      expect(asked.authentications).toEqual(['totp', 'recovery_code', 'passkey'])
      expect((await prove(browser, asked.id, await answerTo(browser, asked.id, ada.authenticator))).statusCode).toBe(200)
    })

    // security case I1
    test('is never mentioned to who does not know the password', async () => {
      const [ada, eve] = [await signUpWithPasskey(), await signUp(plain)]
      const answers = await Promise.all([ada, eve].map(({ email }) => counting.browser().api('POST', '/login', { identifier: email, password: 'wrong password' })))
      expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body.replace(/"request_id":"[^"]+"/, '')}`)).size).toBe(1)
      const browser = counting.browser()
      const begun = await browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input: [{ identification: 'email', login_id: ada.email }] })
      const { state_token: state } = begun.json<{ state_token: string }>()
      expect((await browser.api('POST', '/second-factor/passkey/options', { authentication_challenge_id: state })).statusCode).toBe(400)
    })

    // security case L1
    test('of somebody else, of another flow, of another ceremony or twice is refused', async () => {
      const [ada, eve] = [await signUpWithPasskey(), await signUpWithPasskey()]
      const browser = counting.browser()
      const { id } = askedIn(await login(ada, browser))
      const begun = await optionsFor(browser, id)
      expect(begun.public_key.allowCredentials).toHaveLength(1)
      const foreign = eve.authenticator.get({ ...begun.public_key, allowCredentials: [] })
      expect((await prove(browser, id, { ceremony: begun.ceremony, credential: foreign })).statusCode).toBe(401)

      const other = counting.browser()
      const another = askedIn(await login(ada, other))
      expect((await prove(browser, id, await answerTo(other, another.id, ada.authenticator))).statusCode).toBe(401)
      const { ceremony, public_key } = await beginLogin(browser)
      expect((await prove(browser, id, { ceremony, credential: ada.authenticator.get(public_key) })).statusCode).toBe(401)

      const answer = await answerTo(browser, id, ada.authenticator)
      // The ceremony of a second factor signs nobody in by itself.
      expect((await counting.browser().api('POST', '/login/passkey', answer)).statusCode).toBe(401)
      expect((await prove(browser, id, answer)).statusCode).toBe(200)
      expect((await prove(counting.browser(), id, answer)).statusCode).toBe(401)
    })

    // security case L8
    test('removed meanwhile, and an account without one, get nobody in', async () => {
      const ada = await signUpWithPasskey()
      const browser = counting.browser()
      const { id } = askedIn(await login(ada, browser))
      const answer = await answerTo(browser, id, ada.authenticator)
      const [own] = (await ada.browser.api('GET', '/account/passkeys')).json<{ passkeys: { id: string }[] }>().passkeys
      expect((await ada.browser.api('DELETE', `/account/passkeys/${own!.id}`)).statusCode).toBe(204)
      expect((await prove(browser, id, answer)).statusCode).toBe(401)
      expect(await isSignedIn(browser)).toBe(false)
    })

    // security case L1
    test('finishes one of fifty parallel tries', async () => {
      const ada = await signUpWithPasskey()
      const browser = counting.browser()
      const { id } = askedIn(await login(ada, browser))
      const answer = await answerTo(browser, id, ada.authenticator)
      const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => prove((index % 2 === 0 ? browser : counting.browser()).copy(), id, answer)))
      expect(countStatuses(answers)[200]).toBe(1)
    })

    test('is part of proving again who one is, and owed by a session that did not show it', async () => {
      const ada = await signUpWithPasskey()
      const browser = counting.browser()
      const { id } = askedIn(await login(ada, browser))
      await prove(browser, id, await answerTo(browser, id, ada.authenticator))
      await growStale(counting, browser)
      const challenge = await askForChallenge(browser)
      const asked = askedIn(await browser.api('POST', '/reauthenticate/password', { authentication_challenge_id: challenge, password: ada.password }))
      const passkey = await answerTo(browser, asked.id, ada.authenticator)
      expect((await browser.api('POST', '/reauthenticate/second-factor', { authentication_challenge_id: asked.id, passkey })).statusCode).toBe(204)
      expect((await browser.api('POST', '/reauthenticate/check')).statusCode).toBe(204)

      const spared = counting.browser()
      const byPassword = plain.browser()
      await login(ada, byPassword)
      for (const [name, value] of byPassword.cookies) spared.cookies.set(name, value)
      expect((await spared.api('POST', '/account/totp-set-up')).statusCode).toBe(428)
    })

    test('is offered on the page to who proved the password, and only there', async () => {
      const ada = await signUpWithPasskey()
      const browser = counting.browser()
      const page = await browser.get(locationOf(await browser.post('/auth/login', { intent: 'password', identifier: ada.email, password: ada.password })))
      expect(page.body).toContain('data-options="/second-factor/passkey/options"')
      const state = stateIn(page)
      expect((await counting.browser().api('POST', '/second-factor/passkey/options', { authentication_challenge_id: state })).statusCode).toBe(400)
      const { ceremony, public_key } = await optionsFor(browser, state)
      const fields = { intent: 'passkey', state, passkey_ceremony: ceremony, passkey_credential: JSON.stringify(ada.authenticator.get(public_key)) }
      expect((await browser.post('/auth/verify', fields)).statusCode).toBe(303)
      expect(await isSignedIn(browser)).toBe(true)
    })

    test('comes with its options in the flow API', async () => {
      const ada = await signUpWithPasskey()
      const browser = counting.browser()
      const batch = [{ identification: 'email', login_id: ada.email }, { authentication: 'primary_password', password: ada.password }]
      const asked = (await browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', batch_input: batch })).json<{
        state_token: string
        action: { type: string; data: { options: { authentication: string; request_options: Begun<RequestOptions> }[] } }
      }>()
      const [option] = asked.action.data.options
      expect([asked.action.type, option?.authentication]).toEqual(['authenticate', 'secondary_passkey'])
      const { ceremony, public_key } = option!.request_options
      const input = { authentication: 'secondary_passkey', assertion_response: { ceremony, credential: ada.authenticator.get(public_key) } }
      const done = await browser.api('POST', '/authentication_flows/states/input', { state_token: asked.state_token, input })
      expect([done.statusCode, done.json<{ action: { type: string } }>().action.type]).toEqual([200, 'finished'])
    })
  })
}
