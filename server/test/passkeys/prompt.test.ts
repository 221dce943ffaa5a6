// The offer to create a passkey at the end of a sign-up or sign-in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CreationOptions } from '../harness/authenticator.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { askedIn, setUpTotp, signUpWithTotp } from '../harness/factors.ts'
import { followToForm, locationOf, stateIn } from '../harness/pages.ts'
import type { Begun } from '../harness/passkeys.ts'
import { addPasskey, listPasskeys, loginWith, newAuthenticator } from '../harness/passkeys.ts'
import { GOOD_PASSWORD, newAddress, signUp, type Person } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'

const DAY = 24 * 60 * 60_000

interface Flow {
  state_token: string
  action: { type: string; data: { type: string; creation_options: Begun<CreationOptions> } }
}

for (const engine of testEngines) {
  describe(`the offer of a passkey on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    const isSignedIn = async (browser: Browser) => (await browser.api('GET', '/user')).statusCode === 200
    /** A sign-in on the page of a browser whose script told that its device keeps passkeys. */
    const signInAt = (browser: Browser, person: Person) => browser.post('/auth/login', { intent: 'password', identifier: person.email, password: person.password, passkey_support: 'yes' })
    async function offered(browser: Browser, person: Person): Promise<string> {
      const page = await browser.get(locationOf(await signInAt(browser, person)))
      expect(page.body).toContain('data-options="/passkey-prompt/options"')
      return stateIn(page)
    }
    async function optionsFor(browser: Browser, state: string): Promise<Begun<CreationOptions>> {
      const answer = await browser.api('POST', '/passkey-prompt/options', { authentication_challenge_id: state })
      expect(answer.statusCode, answer.body).toBe(200)
      return answer.json<Begun<CreationOptions>>()
    }
    const answerWith = (state: string, ceremony: string, credential: object) => ({ intent: 'create_passkey', state, passkey_ceremony: ceremony, passkey_credential: JSON.stringify(credential) })
    async function beginFlow(browser: Browser, person: { email: string; password: string }): Promise<Flow> {
      const batch = [{ identification: 'email', login_id: person.email }, { authentication: 'primary_password', password: person.password }]
      const begun = await browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', passkey_support: true, batch_input: batch })
      expect(begun.statusCode, begun.body).toBe(200)
      return begun.json<Flow>()
    }
    const send = (browser: Browser, flow: Pick<Flow, 'state_token'>, input: object) => browser.api('POST', '/authentication_flows/states/input', { state_token: flow.state_token, input })

    test('is made before anybody is signed in, and what is created signs in from then on', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const state = await offered(browser, ada)
      expect(await isSignedIn(browser)).toBe(false)
      const { ceremony, public_key } = await optionsFor(browser, state)
      const authenticator = newAuthenticator()
      const done = await browser.post('/auth/verify', answerWith(state, ceremony, authenticator.create(public_key)))
      expect([done.statusCode, await isSignedIn(browser)]).toEqual([303, true])
      expect(await listPasskeys(ada.browser)).toHaveLength(1)
      expect((await server.mailsTo(ada.email)).filter((mail) => mail.subject.includes('passkey was added'))).toHaveLength(1)
      const again = server.browser()
      expect((await loginWith(again, authenticator)).statusCode).toBe(200)
      // Who has one is not asked.
      expect(locationOf(await signInAt(server.browser(), ada))).toBe('/')
    })

    test('is made to nobody whose browser did not say that it can, nor to clients of the sign-in route', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const done = await browser.post('/auth/login', { intent: 'password', identifier: ada.email, password: ada.password, passkey_support: '' })
      expect([locationOf(done), await isSignedIn(browser)]).toEqual(['/', true])
      expect((await server.browser().api('POST', '/login', { identifier: ada.email, password: ada.password })).statusCode).toBe(200)
    })

    test('answered with "not now" signs in, and is not made again for the days of the policy', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const skipped = await browser.post('/auth/verify', { intent: 'skip', state: await offered(browser, ada) })
      expect([skipped.statusCode, await isSignedIn(browser)]).toEqual([303, true])
      expect(await eventsOf(server, ada.id, 'passkey.prompt_skipped')).toHaveLength(1)
      expect(locationOf(await signInAt(server.browser(), ada))).toBe('/')
      server.clock.advance(91 * DAY)
      const later = server.browser()
      expect((await later.post('/auth/verify', { intent: 'skip', state: await offered(later, ada) })).statusCode).toBe(303)
    })

    test('is never made where the settings say so', async () => {
      const ada = await signUp(server)
      for (const settings of ['passkey: { prompt: off }', 'passkey: { prompt_after_days: 0 }', 'login: { authentications: [primary_password] }']) {
        const other = await server.sibling({}, settings)
        try {
          expect(locationOf(await signInAt(other.browser(), ada)), settings).toBe('/')
        } finally {
          await other.close()
        }
      }
    })

    test('ends a sign-up, too: the passkey is the new account\'s', async () => {
      const email = newAddress()
      const browser = server.browser()
      const verify = await followToForm(browser, await browser.post('/auth/signup', { intent: 'signup', identifier: email, new_password: GOOD_PASSWORD, passkey_support: 'yes' }))
      const state = await followToForm(browser, await browser.post('/auth/verify', { intent: 'submit_code', state: verify, code: await server.codeFor(email) }))
      expect(await isSignedIn(browser)).toBe(false)
      const { ceremony, public_key } = await optionsFor(browser, state)
      expect(public_key.user.name).toBe(email)
      const authenticator = newAuthenticator()
      expect((await browser.post('/auth/verify', answerWith(state, ceremony, authenticator.create(public_key)))).statusCode).toBe(303)
      expect(await listPasskeys(browser)).toHaveLength(1)
      expect((await loginWith(server.browser(), authenticator)).statusCode).toBe(200)
      // A second one is filed under the same handle.
      const more = newAuthenticator()
      await addPasskey(browser, more)
      expect(more.credentials[0]!.userHandle).toBe(authenticator.credentials[0]!.userHandle)
      expect((await loginWith(server.browser(), more)).statusCode).toBe(200)
    })

    test('is a step of the flow API that can be answered or skipped, once', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      const browser = server.browser()
      const flow = await beginFlow(browser, ada)
      expect(flow.action).toMatchObject({ type: 'prompt_create_passkey', data: { type: 'create_passkey_data' } })
      const { ceremony, public_key } = flow.action.data.creation_options
      const done = await send(browser, flow, { creation_response: { ceremony, credential: newAuthenticator().create(public_key) } })
      expect([done.statusCode, done.json<Flow>().action.type]).toEqual([200, 'finished'])

      const other = server.browser()
      const skipping = await beginFlow(other, eve)
      expect((await send(other, skipping, { skip: true })).statusCode).toBe(200)
      const twice = await send(server.browser(), skipping, { skip: true })
      expect([twice.statusCode, twice.body.includes('invalid_state')]).toEqual([400, true])
      const late = skipping.action.data.creation_options
      expect((await send(server.browser(), skipping, { creation_response: { ceremony: late.ceremony, credential: newAuthenticator().create(late.public_key) } })).statusCode).toBe(400)
      expect(await listPasskeys(eve.browser)).toEqual([])
    })

    test('out of order is no input: before the proofs there is nothing to skip, to create or to ask options for', async () => {
      const ada = await signUpWithTotp(server)
      const spare = await beginFlow(server.browser(), await signUp(server))
      const { ceremony, public_key } = spare.action.data.creation_options
      const creation = { creation_response: { ceremony, credential: newAuthenticator().create(public_key) } }
      const browser = server.browser()
      const steps: string[] = []
      const begun = (await browser.api('POST', '/authentication_flows', { type: 'login', name: 'default', passkey_support: true })).json<Flow>()
      steps.push(begun.state_token)
      for (const input of [{ identification: 'email', login_id: ada.email }, { authentication: 'primary_password', password: ada.password }]) {
        steps.push((await send(browser, { state_token: steps.at(-1)! }, input)).json<Flow>().state_token)
      }
      for (const state_token of steps) {
        expect((await send(browser, { state_token }, { skip: true })).statusCode).toBe(400)
        expect((await send(browser, { state_token }, creation)).statusCode).toBe(400)
        expect((await browser.api('POST', '/passkey-prompt/options', { authentication_challenge_id: state_token })).statusCode).toBe(400)
      }
      expect(await isSignedIn(browser)).toBe(false)
      expect(await listPasskeys(ada.browser)).toEqual([])
      // After both proofs it is offered.
      const input = { authentication: 'secondary_totp', code: totpCode(ada.key, server.clock.now()) }
      expect((await send(browser, { state_token: steps.at(-1)! }, input)).json<Flow>().action.type).toBe('prompt_create_passkey')
    })

    test('takes neither the ceremony of somebody else, nor a credential that is known', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      const [hers, own] = [await beginFlow(server.browser(), ada), await beginFlow(server.browser(), eve)]
      const foreign = hers.action.data.creation_options
      const browser = server.browser()
      expect((await send(browser, own, { creation_response: { ceremony: foreign.ceremony, credential: newAuthenticator().create(foreign.public_key) } })).statusCode).toBe(401)
      const known = newAuthenticator()
      await addPasskey(ada.browser, known)
      const { ceremony, public_key } = own.action.data.creation_options
      const copied = newAuthenticator().create(public_key, { credentialId: known.credentials[0]!.id.toString('base64url') })
      expect((await send(browser, own, { creation_response: { ceremony, credential: copied } })).statusCode).toBe(401)
      expect(await isSignedIn(browser)).toBe(false)
      expect([await listPasskeys(eve.browser), (await listPasskeys(ada.browser)).length]).toEqual([[], 1])
    })

    test('makes one passkey and one session of fifty parallel finishes at two servers', async () => {
      const ada = await signUp(server)
      const other = await server.sibling()
      try {
        const flow = await beginFlow(server.browser(), ada)
        const { ceremony, public_key } = flow.action.data.creation_options
        const input = { creation_response: { ceremony, credential: newAuthenticator().create(public_key) } }
        const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => send((index % 2 === 0 ? server : other).browser(), flow, index % 5 === 0 ? { skip: true } : input)))
        expect(countStatuses(answers)[200]).toBe(1)
        const isMade = (await eventsOf(server, ada.id, 'passkey.prompt_skipped')).length === 0
        expect(await listPasskeys(ada.browser)).toHaveLength(isMade ? 1 : 0)
      } finally {
        await other.close()
      }
    })

    test('that stood open while a second factor was set up lets nobody in past it', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const state = await offered(browser, ada)
      await setUpTotp(server, ada.browser)
      const skipped = await browser.post('/auth/verify', { intent: 'skip', state })
      expect(locationOf(skipped)).toContain('/auth/verify?flow=')
      expect(await isSignedIn(browser)).toBe(false)
      const { ceremony, public_key } = await optionsFor(browser, state)
      await browser.post('/auth/verify', answerWith(state, ceremony, newAuthenticator().create(public_key)))
      expect([await isSignedIn(browser), await listPasskeys(ada.browser)]).toEqual([false, []])
    })

    test('is not made in a browser that was spared the second factor', async () => {
      const ada = await signUpWithTotp(server)
      const browser = server.browser()
      const { id } = askedIn(await browser.api('POST', '/login', { identifier: ada.email, password: ada.password }))
      await browser.api('POST', '/second-factor', { authentication_challenge_id: id, totp_code: totpCode(ada.key, server.clock.now()), remember_device: true })
      await browser.api('POST', '/sessions/logout')
      expect(locationOf(await signInAt(browser, ada))).toBe('/')
    })

    test('that stood open while the password was changed, or the account disabled, comes to nothing', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const state = await offered(browser, ada)
      await ada.browser.api('PUT', '/account/password', { current_password: ada.password, new_password: 'another password of hers' })
      expect((await browser.post('/auth/verify', { intent: 'skip', state })).statusCode).toBe(400)
      expect(await isSignedIn(browser)).toBe(false)
    })
  })
}
