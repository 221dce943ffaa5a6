import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { invite } from '../harness/invitations.ts'
import { followToForm, locationOf } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'

const ASKED = `
profile:
  attributes:
    - { name: state, label: Staff number, type: integer, minimum: 1, maximum: 9999, is_unique: true, required_at_signup: true }
    - { name: team, type: enum, values: [Blue, Green], required_at_signup: true }
    - { name: note, type: string }
`

let nextNumber = 100
const newNumber = () => (nextNumber += 1)
type Fault = [field: string, code: string]
const faultsIn = (answer: { json<Body>(): Body }): Fault[] =>
  answer.json<{ error: { details: { fields: { field: string; code: string }[] } } }>().error.details.fields.map(({ field, code }) => [field, code])

for (const engine of testEngines) {
  describe(`what a new account has to tell on ${engine}`, () => {
    let server: TestServer
    let direct: TestServer
    let rival: TestServer
    let limited: TestServer
    let unasking: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, ASKED)
      direct = await server.sibling({}, `signup: { verification: off }\n${ASKED}`)
      rival = await direct.sibling()
      limited = await server.sibling({ RATE_LIMITS: 'on' }, `signup: { verification: off }\n${ASKED}`)
      unasking = await server.sibling({}, '{}')
    })
    afterAll(async () => {
      for (const one of [unasking, limited, rival, direct, server]) await one.close()
    })

    const told = (values: Record<string, unknown>) => Object.entries(values).map(([name, value]) => ({ name, value }))
    const ask = (browser: Browser, email: string, values: Record<string, unknown> | undefined) =>
      browser.api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD, ...(values ? { profile: told(values) } : {}) })
    const signUpDirectly = (at: TestServer, values: Record<string, unknown>, browser = at.browser()) =>
      browser.api('POST', '/signup/direct', { email: newAddress(), password: GOOD_PASSWORD, profile: told(values) })
    const profileOf = async (browser: Browser) => (await browser.api('GET', '/user')).json<{ profile: Record<string, unknown> }>().profile
    const isIn = async (email: string) => (await server.browser().api('POST', '/login', { identifier: email, password: GOOD_PASSWORD })).statusCode === 200

    test('a client sends it with the sign-up, and the account has it', async () => {
      const email = newAddress()
      const browser = server.browser()
      const number = newNumber()
      const asked = await ask(browser, email, { state: number, team: ' Blue ' })
      expect(asked.statusCode, asked.body).toBe(202)
      const made = await browser.api('POST', '/signup/challenges/verify', { ...asked.json<object>(), code: await server.codeFor(email) })
      expect(made.statusCode, made.body).toBe(201)
      expect(await profileOf(browser)).toMatchObject({ state: number, team: 'Blue' })
      const { id } = made.json<{ user: { id: string } }>().user
      expect((await eventsOf(server, id, 'user.profile_changed')).map((event) => event.data['attributes'])).toEqual(['state team'])
    })

    // security case P1
    test('what every object has by itself is still asked for, by page and by client', async () => {
      const named = await server.sibling({}, 'profile: { attributes: [{ name: constructor, type: string, required_at_signup: true }] }')
      expect(faultsIn(await named.browser().api('POST', '/signup/challenges', { email: newAddress(), password: GOOD_PASSWORD }))).toEqual([['profile.constructor', 'required']])
      const browser = named.browser()
      const asked = await browser.api('POST', '/signup/challenges', { email: newAddress(), password: GOOD_PASSWORD, profile: told({ constructor: 'Ada' }) })
      expect(asked.statusCode, asked.body).toBe(202)
      const visitor = named.browser()
      const state = await followToForm(visitor, await visitor.post('/auth/signup', { intent: 'signup', email: newAddress(), new_password: GOOD_PASSWORD }))
      expect((await visitor.post('/auth/verify', { state, intent: 'profile' })).statusCode).toBe(422)
      expect((await visitor.post('/auth/verify', { state, intent: 'profile', 'profile.constructor': 'Ada' })).statusCode).toBe(303)
      await named.close()
    })

    test('what is missing, unasked or does not fit is named, and no code is sent', async () => {
      const email = newAddress()
      const cases: [Record<string, unknown> | undefined, Fault[]][] = [
        [undefined, [['profile.state', 'required'], ['profile.team', 'required']]],
        [{ state: 5, team: null }, [['profile.team', 'required']]],
        [{ state: 0, team: 'Red' }, [['profile.state', 'too_small'], ['profile.team', 'not_listed']]],
        [{ state: 5, team: 'Blue', note: 'hello' }, [['profile.note', 'not_writable']]],
      ]
      for (const [values, faults] of cases) {
        const answer = await ask(server.browser(), email, values)
        expect([answer.statusCode, faultsIn(answer)]).toEqual([400, faults])
      }
      const elsewhere = await ask(unasking.browser(), email, { team: 'Blue' })
      expect([elsewhere.statusCode, faultsIn(elsewhere)]).toEqual([400, [['profile.team', 'not_writable']]])
      expect(await server.mailsTo(email)).toEqual([])
    })

    test('the pages ask for it between the password and the code, and keep what was typed', async () => {
      const email = newAddress()
      const browser = server.browser()
      const begun = await browser.post('/auth/signup', { intent: 'signup', email, new_password: GOOD_PASSWORD })
      const state = await followToForm(browser, begun)
      expect(await server.mailsTo(email)).toEqual([])
      const wrong = await browser.post('/auth/verify', { state, intent: 'profile', 'profile.state': '12345', 'profile.team': 'Green' })
      expect([wrong.statusCode, wrong.body.includes('value="12345"'), /value="Green" selected|selected[^>]*value="Green"/.test(wrong.body)]).toEqual([422, true, true])
      const number = newNumber()
      const codeState = await followToForm(browser, await browser.post('/auth/verify', { state, intent: 'profile', 'profile.state': String(number), 'profile.team': 'Green' }))
      const done = await browser.post('/auth/verify', { state: codeState, intent: 'submit_code', code: await server.codeFor(email) })
      expect([done.statusCode, locationOf(done)]).toEqual([303, '/'])
      expect(await profileOf(browser)).toMatchObject({ state: number, team: 'Green' })
    })

    test('nobody passes it: neither a later step nor a state from before it makes an account', async () => {
      const email = newAddress()
      const browser = server.browser()
      const state = await followToForm(browser, await browser.post('/auth/signup', { intent: 'signup', email, new_password: GOOD_PASSWORD }))
      for (const skipped of [{ intent: 'submit_code', code: '123456' }, { intent: 'skip' }, { intent: 'resend' }]) {
        expect((await browser.post('/auth/verify', { state, ...skipped })).statusCode).not.toBe(303)
      }
      expect([await isIn(email), browser.cookies.has('gatepost_access')]).toEqual([false, false])
    })

    test('a taken value is only told once the address is proven; then it is asked again and nothing was made', async () => {
      const number = newNumber()
      expect((await signUpDirectly(direct, { state: number, team: 'Blue' })).statusCode).toBe(201)
      const email = newAddress()
      const browser = server.browser()
      const state = await followToForm(browser, await browser.post('/auth/signup', { intent: 'signup', email, new_password: GOOD_PASSWORD }))
      const codeState = await followToForm(browser, await browser.post('/auth/verify', { state, intent: 'profile', 'profile.state': String(number), 'profile.team': 'Blue' }))
      const asked = await browser.post('/auth/verify', { state: codeState, intent: 'submit_code', code: await server.codeFor(email) })
      expect([asked.statusCode, asked.body.includes(`value="${number}"`), await isIn(email)]).toEqual([422, true, false])
      const again = /name="state" value="([^"]*)"/.exec(asked.body)?.[1] ?? ''
      const free = newNumber()
      const done = await browser.post('/auth/verify', { state: again, intent: 'profile', 'profile.state': String(free), 'profile.team': 'Blue' })
      expect([done.statusCode, locationOf(done), await isIn(email)]).toEqual([303, '/', true])
      expect(await profileOf(browser)).toMatchObject({ state: free })
    })

    test('of thirty accounts at once that tell one value, one is made', async () => {
      const number = newNumber()
      const answers = await atOnce([direct, rival], 30, (at) => signUpDirectly(at, { state: number, team: 'Blue' }))
      expect(countStatuses(answers)).toEqual({ 201: 1, 400: 29 })
      expect(faultsIn(answers.find((one) => one.statusCode === 400)!)).toEqual([['profile.state', 'taken']])
    })

    test('a stranger cannot try out whose value is whose without an end', async () => {
      const browser = limited.browser({ ip: '203.0.113.77' })
      const statuses = new Set<number>()
      const number = newNumber()
      expect((await signUpDirectly(direct, { state: number, team: 'Blue' })).statusCode).toBe(201)
      // The password is hashed and counted once; the state before it can be sent to again and again.
      const named = [{ identification: 'email', login_id: newAddress() }, { authentication: 'primary_password', new_password: GOOD_PASSWORD }]
      const begun = await browser.api('POST', '/authentication_flows', { type: 'signup', name: 'default', batch_input: named })
      const { state_token } = begun.json<{ state_token: string }>()
      for (let index = 0; index < 31; index += 1) {
        statuses.add((await browser.api('POST', '/authentication_flows/states/input', { state_token, input: { attributes: told({ state: number, team: 'Blue' }) } })).statusCode)
      }
      expect([...statuses].sort()).toEqual([400, 429])
    })

    test('the flow API shows what is asked, and whoever was invited tells it too', async () => {
      const browser = server.browser()
      const named = [{ identification: 'email', login_id: newAddress() }, { authentication: 'primary_password', new_password: GOOD_PASSWORD }]
      const begun = await browser.api('POST', '/authentication_flows', { type: 'signup', name: 'default', batch_input: named })
      const { state_token, action } = begun.json<{ state_token: string; action: { type: string; data: { attributes: { name: string }[] } } }>()
      expect([action.type, action.data.attributes]).toEqual([
        'fill_in_user_profile',
        [
          { name: 'state', label: 'Staff number', type: 'integer', required: true, minimum: 1, maximum: 9999, values: [] },
          { name: 'team', label: null, type: 'enum', required: true, minimum: null, maximum: null, values: ['Blue', 'Green'] },
        ],
      ])
      const wrong = await browser.api('POST', '/authentication_flows/states/input', { state_token, input: { attributes: told({ state: 7 }) } })
      expect([wrong.statusCode, faultsIn(wrong)]).toEqual([400, [['attributes.team', 'required']]])
      const next = await browser.api('POST', '/authentication_flows/states/input', { state_token, input: { attributes: told({ state: newNumber(), team: 'Green' }) } })
      expect(next.json<{ action: { type: string } }>().action.type).toBe('verify')

      const { secret } = await invite(server)
      const guest = server.browser()
      const bare = await guest.api('POST', '/signup', { invitation: secret, password: GOOD_PASSWORD })
      expect([bare.statusCode, faultsIn(bare)]).toEqual([400, [['profile.state', 'required'], ['profile.team', 'required']]])
      const made = await guest.api('POST', '/signup', { invitation: secret, password: GOOD_PASSWORD, profile: told({ state: newNumber(), team: 'Green' }) })
      expect([made.statusCode, (await profileOf(guest))['team']]).toEqual([201, 'Green'])
    })
  })
}
