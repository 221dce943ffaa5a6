import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'
import { ANONYMOUS, signUpAnonymously } from '../harness/anonymous.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { invite } from '../harness/invitations.ts'
import { followToForm, locationOf, stateIn } from '../harness/pages.ts'
import type { CreationOptions } from '../harness/authenticator.ts'
import type { Begun } from '../harness/passkeys.ts'
import { loginWith, newAuthenticator } from '../harness/passkeys.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, eventsOf, QUICK, statusWith } from '../harness/tokens.ts'

interface Flow {
  state_token: string
  action: { type: string; data: Record<string, unknown> }
}

const STEPS = '{ type: identify }, { type: create_authenticator }, { type: verify }'

for (const engine of testEngines) {
  describe(`promoting an anonymous user on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, ANONYMOUS)
    })
    afterAll(() => server.close())

    /** The same database under other settings, for as long as the test needs them. */
    async function under(settings: string, use: (other: TestServer) => Promise<void>) {
      const other = await server.sibling({}, ANONYMOUS + settings)
      try {
        await use(other)
      } finally {
        await other.close()
      }
    }
    const begin = (browser: Browser, body: object = {}) => browser.api('POST', '/authentication_flows', { type: 'promote', name: 'default', ...body })
    const send = (browser: Browser, state: string, input: object) => browser.api('POST', '/authentication_flows/states/input', { state_token: state, input })
    const inputs = (email: string, password = GOOD_PASSWORD) => [{ identification: 'email', login_id: email }, { authentication: 'primary_password', new_password: password }]
    const faultIn = (answer: { json<T>(): T }) => answer.json<{ error: { code: string; details?: { fields?: { code: string }[] } } }>().error
    const whoIs = async (browser: Browser) => (await browser.api('GET', '/user')).json<{ id: string; email: string | null; is_anonymous: boolean }>()
    /** As far as the code that was mailed. */
    async function untilCode(browser: Browser, email = newAddress('promoted')): Promise<{ email: string; state: string }> {
      const asked = await begin(browser, { batch_input: inputs(email) })
      expect(asked.statusCode, asked.body).toBe(200)
      return { email, state: asked.json<Flow>().state_token }
    }

    test('keeps the id on the pages of a sign-up: address, password, the code that was mailed, and back to where they were', async () => {
      const { browser, id } = await signUpAnonymously(server)
      const before = cookieOf(browser, 'access')
      const email = newAddress('promoted')
      const page = await browser.get('/auth/promote?return_to=%2Forders')
      expect([page.statusCode, page.body.includes('What is yours here stays yours')]).toEqual([200, true])
      const asked = await browser.post('/auth/promote', { intent: 'signup', identifier: email, new_password: GOOD_PASSWORD, return_to: '/orders' })
      expect(locationOf(asked)).toMatch(/^\/auth\/promote\?flow=/)
      const done = await browser.post('/auth/promote', { intent: 'submit_code', state: await followToForm(browser, asked), code: await server.codeFor(email) })
      expect([done.statusCode, locationOf(done)]).toEqual([303, '/orders'])
      expect(await whoIs(browser)).toMatchObject({ id, email, is_anonymous: false, email_verified: true, username: expect.stringMatching(/^promoted/) as string })
      const { payload } = decodeToken(cookieOf(browser, 'access'))
      expect(payload).toMatchObject({ sub: id, amr: ['pwd', 'otp'], email_verified: true })
      expect(payload).not.toHaveProperty('is_anonymous')
      expect(await statusWith(server, before), 'the anonymous session is over').toBe(401)
      expect((await eventsOf(server, id, 'user.created_anonymous', 'user.created', 'user.promoted', 'password.created', 'session.ended')).map(({ type, data }) => [type, data['reason']])).toEqual([
        ['user.created_anonymous', undefined],
        ['user.promoted', undefined],
        ['password.created', undefined],
        ['session.ended', 'promoted'],
      ])
      const login = await server.browser().api('POST', '/login', { identifier: email, password: GOOD_PASSWORD })
      expect(login.json()).toMatchObject({ user: { id } })
      expect(locationOf(await browser.get('/auth/promote?return_to=%2Forders')), 'nothing is left to promote').toBe('/orders')
    })

    test('goes by the flow API with the steps of a sign-up', async () => {
      const { browser, id } = await signUpAnonymously(server)
      const email = newAddress('promoted')
      const identify = (await begin(browser, { return_to: '/orders' })).json<Flow>()
      expect(identify).toMatchObject({ type: 'promote', action: { type: 'identify', data: { options: [{ identification: 'email' }] } } })
      const create = (await send(browser, identify.state_token, { identification: 'email', login_id: email })).json<Flow>()
      expect(create.action.type).toBe('create_authenticator')
      const weak = await send(browser, create.state_token, { authentication: 'primary_password', new_password: 'short' })
      expect([weak.statusCode, faultIn(weak).details?.fields?.[0]?.code]).toEqual([400, 'too_short'])
      const verify = (await send(browser, create.state_token, { authentication: 'primary_password', new_password: GOOD_PASSWORD })).json<Flow>()
      expect(verify.action.type).toBe('verify')
      const done = await send(browser, verify.state_token, { code: await server.codeFor(email) })
      expect(done.json()).toEqual({ type: 'promote', name: 'default', action: { type: 'finished', data: { type: 'finished_data', finish_redirect_uri: '/orders' } } })
      expect(await whoIs(browser)).toMatchObject({ id, email, is_anonymous: false })
    })

    // Security case R2.
    test('is for who holds the anonymous session alone: not for strangers, people with accounts, or the states of somebody else', async () => {
      expect((await begin(server.browser())).statusCode).toBe(401)
      const known = await signUp(server)
      expect((await begin(known.browser)).statusCode).toBe(403)
      const [ada, eve] = [await signUpAnonymously(server), await signUpAnonymously(server)]
      const { email, state } = await untilCode(ada.browser)
      const code = await server.codeFor(email)
      for (const browser of [server.browser(), known.browser, eve.browser]) {
        const refused = await send(browser, state, { code })
        expect([refused.statusCode, faultIn(refused).details?.fields?.[0]?.code]).toEqual([400, 'invalid_state'])
        expect((await browser.post('/auth/verify', { intent: 'submit_code', state, code })).statusCode).toBe(400)
      }
      expect((await send(ada.browser, state, { code })).statusCode).toBe(200)
      expect(await whoIs(ada.browser)).toMatchObject({ id: ada.id, email })
      expect(await whoIs(eve.browser)).toMatchObject({ id: eve.id, is_anonymous: true })
    })

    test('comes to nothing once the anonymous session was ended, or was promoted with another state', async () => {
      const left = await signUpAnonymously(server)
      const { email, state } = await untilCode(left.browser)
      const access = cookieOf(left.browser, 'access')
      await left.browser.get('/auth/promote')
      const other = newAddress('parked')
      const onPage = await left.browser.post('/auth/promote', { intent: 'signup', identifier: other, new_password: GOOD_PASSWORD })
      const parked = await followToForm(left.browser, onPage)
      const stale = left.browser.copy()
      await left.browser.api('POST', '/sessions/logout')
      const byToken = await server.browser().api('POST', '/authentication_flows/states/input', { state_token: state, input: { code: await server.codeFor(email) } }, { authorization: `Bearer ${access}` })
      expect(byToken.statusCode).toBe(400)
      const late = await stale.post('/auth/verify', { intent: 'submit_code', state: parked, code: await server.codeFor(other) })
      expect(late.statusCode).toBe(400)
      for (const identifier of [email, other]) expect((await server.browser().api('POST', '/login', { identifier, password: GOOD_PASSWORD })).statusCode).toBe(401)

      const { browser, id } = await signUpAnonymously(server)
      const [first, second] = [await untilCode(browser), await untilCode(browser)]
      const before = browser.copy()
      expect((await send(browser, first.state, { code: await server.codeFor(first.email) })).statusCode).toBe(200)
      for (const one of [before, browser]) expect((await send(one, second.state, { code: await server.codeFor(second.email) })).statusCode).toBe(400)
      expect(await whoIs(browser)).toMatchObject({ id, email: first.email })
    })

    // Security case R3.
    test('leaves nothing to whoever planted the anonymous session in the browser', async () => {
      const planted = await signUpAnonymously(server)
      const victim = planted.browser.copy()
      // Where it came back the door would end it anyway.
      victim.cookies.delete('gatepost_refresh')
      const { email, state } = await untilCode(victim)
      expect((await send(victim, state, { code: await server.codeFor(email) })).statusCode).toBe(200)
      expect((await planted.browser.api('GET', '/user')).statusCode).toBe(401)
      expect((await planted.browser.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      expect(await whoIs(victim)).toMatchObject({ id: planted.id, email })
    })

    // Security case I1.
    test('an address that has an account tells its owner and nobody else, and the anonymous user stays what they were', async () => {
      const owner = await signUp(server)
      const [taken, free] = [await signUpAnonymously(server), await signUpAnonymously(server)]
      const [one, other] = [await begin(taken.browser, { batch_input: inputs(owner.email) }), await begin(free.browser, { batch_input: inputs(owner.email.replace('ada', 'eve')) })]
      const shape = (answer: typeof one) => ({ status: answer.statusCode, action: { ...answer.json<Flow>().action, data: Object.keys(answer.json<Flow>().action.data) }, length: answer.json<Flow>().state_token.length })
      expect(shape(one)).toEqual(shape(other))
      const mail = await server.mailTo(owner.email)
      expect(mail?.subject).toMatch(/already have/)
      expect(mail?.text).not.toMatch(/\b\d{3} ?\d{3}\b/)
      for (const code of ['000000', '123456']) expect((await send(taken.browser, one.json<Flow>().state_token, { code })).statusCode).toBe(400)
      expect(await whoIs(taken.browser)).toMatchObject({ id: taken.id, is_anonymous: true })
      expect((await server.browser().api('POST', '/login', { identifier: owner.email, password: owner.password })).statusCode).toBe(200)
    })

    test('of two who promote themselves to one address the first to prove it gets it, and the other stays anonymous', async () => {
      const email = newAddress('wanted')
      const [ada, eve] = [await signUpAnonymously(server), await signUpAnonymously(server)]
      const adas = await untilCode(ada.browser, email)
      const codeOfAda = await server.codeFor(email)
      const eves = await untilCode(eve.browser, email)
      expect((await send(eve.browser, eves.state, { code: await server.codeFor(email) })).statusCode).toBe(200)
      expect((await send(ada.browser, adas.state, { code: codeOfAda })).statusCode).toBe(400)
      expect([await whoIs(ada.browser), await whoIs(eve.browser)]).toMatchObject([{ id: ada.id, is_anonymous: true }, { id: eve.id, email }])
    })

    test('obeys who may sign up: nobody, whoever is listed, or whoever was invited', async () => {
      const { browser, id } = await signUpAnonymously(server)
      const at = (other: TestServer) => ({ api: (path: string, body: object) => other.app.listener.inject({ method: 'POST', url: `/auth/api/v1${path}`, headers: { authorization: `Bearer ${cookieOf(browser, 'access')}`, host: 'localhost:3000' }, payload: body }) })
      await under('signup: { mode: closed }', async (other) => {
        expect((await at(other).api('/authentication_flows', { type: 'promote', name: 'default' })).statusCode).toBe(403)
      })
      await under('signup: { mode: allow_list, allowed: ["@example.org"] }', async (other) => {
        const refused = await at(other).api('/authentication_flows', { type: 'promote', name: 'default', batch_input: inputs(newAddress()) })
        expect([refused.statusCode, faultIn(refused).details?.fields?.[0]?.code]).toEqual([400, 'address_not_allowed'])
      })
      await under('signup: { mode: invitation }', async (other) => {
        const begun = await at(other).api('/authentication_flows', { type: 'promote', name: 'default' })
        expect(begun.json<Flow>().action.data['options']).toEqual([{ identification: 'invitation' }])
        const named = await at(other).api('/authentication_flows', { type: 'promote', name: 'default', batch_input: inputs(newAddress()) })
        expect(named.statusCode).toBe(403)
        const { email, secret } = await invite(other)
        const person = await signUpAnonymously(other)
        const page = await person.browser.get(locationOf(await person.browser.get(`/auth/signup?invitation=${secret}`)))
        expect(page.body).toContain(email)
        const made = await person.browser.post('/auth/promote', { intent: 'new_password', state: stateIn(page), new_password: GOOD_PASSWORD })
        expect([made.statusCode, locationOf(made)]).toEqual([303, '/'])
        expect(await whoIs(person.browser)).toMatchObject({ id: person.id, email, email_verified: true })
        expect(await eventsOf(other, person.id, 'invitation.accepted')).toHaveLength(1)
      })
      expect(await whoIs(browser)).toMatchObject({ id, is_anonymous: true })
    })

    test('obeys what a sign-up asks for: proof of the address, a profile, a second factor', async () => {
      await under('signup: { verification: off }', async (other) => {
        const { browser, id } = await signUpAnonymously(other)
        const email = newAddress('unproven')
        expect((await begin(browser, { batch_input: inputs(email) })).json<Flow>().action.type).toBe('finished')
        expect(await whoIs(browser)).toMatchObject({ id, email, email_verified: false })
        const second = await signUpAnonymously(other)
        expect((await begin(second.browser, { batch_input: inputs(email) })).statusCode).toBe(400)
        expect(await whoIs(second.browser)).toMatchObject({ id: second.id, is_anonymous: true })
      })
      await under('second_factor: { mode: required }\nprofile: { attributes: [{ name: team, type: string, is_unique: true, required_at_signup: true }] }', async (other) => {
        const promoted: string[] = []
        for (const team of ['Blue', 'Green']) {
          const { browser, id } = await signUpAnonymously(other)
          const email = newAddress('asked')
          const profile = (await begin(browser, { batch_input: inputs(email) })).json<Flow>()
          expect(profile.action.type).toBe('fill_in_user_profile')
          const verify = (await send(browser, profile.state_token, { attributes: [{ name: 'team', value: promoted.length === 0 ? team : 'Blue' }] })).json<Flow>()
          const setUp = (await send(browser, verify.state_token, { code: await other.codeFor(email) })).json<Flow>()
          expect(setUp.action).toMatchObject({ type: 'create_authenticator', data: { type: 'create_totp_data' } })
          expect(await whoIs(browser), 'half promoted is not promoted').toMatchObject({ id, is_anonymous: true })
          const code = totpCode(String(setUp.action.data['secret']), other.clock.now())
          const shown = (await send(browser, setUp.state_token, { authentication: 'secondary_totp', code })).json<Flow>()
          expect(shown.action.type).toBe('view_recovery_code')
          const done = await send(browser, shown.state_token, { confirm_recovery_code: true })
          if (promoted.length === 0) {
            expect(shown.action.data['recovery_codes']).toHaveLength(10)
            expect(decodeToken(cookieOf(browser, 'access')).payload).toMatchObject({ sub: id, acr: 'aal2' })
            expect(await whoIs(browser)).toMatchObject({ id, email, profile: {} })
          } else {
            // What could not be kept undoes the whole promotion, and is asked again.
            expect(done.statusCode).toBe(400)
            expect(await whoIs(browser)).toMatchObject({ id, is_anonymous: true })
          }
          promoted.push(id)
        }
      })
    })

    test('offers a passkey as a sign-up does, which then signs in to the same account', async () => {
      const { browser, id } = await signUpAnonymously(server)
      const email = newAddress('keyed')
      const asked = await begin(browser, { passkey_support: true, batch_input: inputs(email) })
      const offer = (await send(browser, asked.json<Flow>().state_token, { code: await server.codeFor(email) })).json<Flow>()
      expect(offer.action.type).toBe('prompt_create_passkey')
      const { ceremony, public_key } = offer.action.data['creation_options'] as Begun<CreationOptions>
      const authenticator = newAuthenticator()
      expect((await send(browser, offer.state_token, { creation_response: { ceremony, credential: authenticator.create(public_key) } })).statusCode).toBe(200)
      expect(await whoIs(browser)).toMatchObject({ id, email })
      const other = server.browser()
      expect((await loginWith(other, authenticator)).statusCode).toBe(200)
      expect(await whoIs(other)).toMatchObject({ id, is_anonymous: false })
    })

    test('may be declared with steps of its own, which protect no less than those of a sign-up', async () => {
      await under(`flows: [{ type: promote, name: short, steps: [${STEPS}] }]`, async (other) => {
        const { browser, id } = await signUpAnonymously(other)
        const email = newAddress('declared')
        const asked = await begin(browser, { name: 'short', batch_input: inputs(email) })
        expect(asked.json<Flow & { name: string }>()).toMatchObject({ name: 'short', action: { type: 'verify' } })
        expect((await send(browser, asked.json<Flow>().state_token, { code: await other.codeFor(email) })).statusCode).toBe(200)
        expect(await whoIs(browser)).toMatchObject({ id, email })
        expect((await begin((await signUpAnonymously(other)).browser, { name: 'other' })).statusCode).toBe(404)
      })
      await expect(server.sibling({}, `flows: [{ type: promote, name: short, steps: [{ type: identify }, { type: create_authenticator }] }]`)).rejects.toThrow(/verify must be there/)
    })

    test('is limited by address as sign-ups are', async () => {
      const busy = await server.sibling({ RATE_LIMITS: 'on' })
      try {
        const browser = busy.browser({ ip: '203.0.113.99' })
        await signUpAnonymously(busy, browser)
        const statuses = []
        for (let count = 0; count < 30; count += 1) statuses.push((await begin(browser, { batch_input: inputs(newAddress()) })).statusCode)
        expect([statuses.indexOf(429), statuses.at(-1)]).toEqual([29, 429])
      } finally {
        await busy.close()
      }
    })
  })
}
