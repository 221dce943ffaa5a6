import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { invite } from '../harness/invitations.ts'
import { appearanceOf, followToForm } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const ALLOWED = "signup: { mode: allow_list, allowed: ['@Example.COM', 'Person@example.org', '@bücher.example'] }"
const OTHER_PASSWORD = 'a quite different horse'

for (const engine of testEngines) {
  describe(`who may sign up on ${engine}`, () => {
    let open: TestServer
    let listed: TestServer
    let invited: TestServer
    let closed: TestServer
    beforeAll(async () => {
      open = await startTestServer(engine, QUICK)
      listed = await open.sibling({}, ALLOWED)
      invited = await open.sibling({}, 'signup: { mode: invitation }')
      closed = await open.sibling({}, 'signup: { mode: closed }')
    })
    afterAll(async () => {
      for (const server of [closed, invited, listed, open]) await server.close()
    })

    const flow = (server: TestServer, batch_input: unknown[]) => server.browser().api('POST', '/authentication_flows', { type: 'signup', name: 'default', batch_input })
    const named = (email: string) => [{ identification: 'email', login_id: email }, { authentication: 'primary_password', new_password: GOOD_PASSWORD }]
    /** Every way to an account. */
    const doors = (server: TestServer, email: string) => ({
      page: () => server.browser().post('/auth/signup', { intent: 'signup', email, new_password: GOOD_PASSWORD }),
      json: () => server.browser().api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD }),
      flow: () => flow(server, named(email)),
    })

    test('a listed address, or one of a listed domain, gets an account, however it is spelled', async () => {
      for (const email of [newAddress(), newAddress().toUpperCase(), 'person@EXAMPLE.org', 'leser@bücher.example']) {
        const { page, json, flow: byFlow } = doors(listed, email)
        expect([email, (await page()).statusCode, (await json()).statusCode, (await byFlow()).statusCode]).toEqual([email, 303, 202, 200])
      }
      expect((await signUp(listed)).id).toBeTruthy()
    })

    test('any other address is refused at every door by the rule alone, and nothing is sent', async () => {
      for (const email of ['other@example.org', 'eve@sub.example.com', 'eve@badexample.com', 'example.com@evil.example', 'person@example.org.evil.example']) {
        const { page, json, flow: byFlow } = doors(listed, email)
        const shown = await page()
        expect([email, shown.statusCode]).toEqual([email, 422])
        expect(shown.body).toContain('This address cannot be used here')
        for (const answer of [await json(), await byFlow()]) {
          expect([email, answer.statusCode, answer.json<{ error: { details: { fields: { code: string }[] } } }>().error.details.fields[0]?.code]).toEqual([email, 400, 'address_not_allowed'])
        }
        expect(await listed.mailsTo(email)).toEqual([])
      }
    })

    // security case H14
    test('a list admits nobody by an address that they did not prove: applied it is refused, and stored it asks for the code', async () => {
      const unproven = `signup: { mode: allow_list, allowed: ['@example.com'], verification: 'off' }\nbranding: { custom_css: '.gp-card { outline: 100vmax solid white }' }`
      const server = await startTestServer(engine, QUICK)
      const refused = await server.app.settings.apply(unproven)
      expect(refused.ok ? [] : refused.failure).toEqual([expect.stringContaining('signup.verification: must be `required`'), expect.stringContaining('branding.custom_css: line 1')])
      // As a release before left it.
      expect((await server.app.settings.apply('signup: { verification: off }')).ok).toBe(true)
      await server.app.database.transaction(async (tx) => void (await tx.updateTable('tenant_settings').set({ document: unproven }).execute()))
      server.clock.advance(2_000)
      const browser = server.browser()
      const email = newAddress('boss')
      expect((await browser.api('POST', '/signup/direct', { email, password: GOOD_PASSWORD })).statusCode).not.toBe(201)
      expect((await browser.api('GET', '/user')).statusCode).toBe(401)
      expect((await browser.api('POST', '/signup/challenges', { email: newAddress().replace('@', '@not-'), password: GOOD_PASSWORD })).statusCode).toBe(400)
      expect((await signUp(server)).id).toBeTruthy()
      expect((await server.browser().get('/auth/login')).body).not.toContain('branding-')
      await server.close()
    })

    test('the refusal is the same whether the address has an account or not', async () => {
      const owner = await signUp(open, { email: 'person.inside@elsewhere.example' })
      const stranger = 'person.notyet@elsewhere.example'
      const appearances = []
      for (const email of [owner.email, stranger]) {
        const seen = []
        for (const knock of Object.values(doors(listed, email))) {
          const { status, body } = appearanceOf(await knock())
          seen.push({ status, body: body.replaceAll(email, '<typed>') })
        }
        appearances.push(seen)
      }
      expect(appearances[0]).toEqual(appearances[1])
    })

    test('who began before the list was made does not get past it with an older state', async () => {
      const email = 'early@elsewhere.example'
      const browser = open.browser()
      const state = await followToForm(browser, await browser.post('/auth/signup', { intent: 'signup', email, new_password: GOOD_PASSWORD }))
      const code = await open.codeFor(email)
      const later = listed.browser()
      for (const [name, value] of browser.cookies) later.cookies.set(name, value)
      expect((await later.post('/auth/verify', { intent: 'submit_code', state, code })).statusCode).toBe(403)
      expect((await later.api('POST', '/login', { identifier: email, password: GOOD_PASSWORD })).statusCode).toBe(401)
    })

    test('where sign-up is by invitation nobody else gets in, and the page says how one does', async () => {
      const email = newAddress()
      const { page, json, flow: byFlow } = doors(invited, email)
      expect([(await page()).statusCode, (await json()).statusCode, (await byFlow()).statusCode]).toEqual([403, 403, 403])
      expect(await invited.mailsTo(email)).toEqual([])
      const start = await invited.browser().get('/auth/signup')
      expect(start.statusCode).toBe(200)
      expect(start.body).toContain('New accounts are by invitation')
      expect(start.body).not.toContain('name="identifier"')
      const options = (await invited.browser().api('POST', '/authentication_flows', { type: 'signup', name: 'default' })).json<{ action: { data: unknown } }>().action.data
      expect(options).toEqual({ type: 'identification_data', options: [{ identification: 'invitation' }] })
    })

    test('an invitation admits an address that is not listed, and nobody where sign-up is closed', async () => {
      const guest = await invite(open, { email: 'guest@elsewhere.example' })
      const accept = (server: TestServer, password: string) => server.browser().api('POST', '/signup', { invitation: guest.secret, password })
      expect((await accept(closed, GOOD_PASSWORD)).statusCode).toBe(403)
      expect((await closed.browser().get(`/auth/signup?invitation=${guest.secret}`)).statusCode).toBe(403)
      expect(await closed.app.invitations.invite({ email: newAddress() })).toEqual({ ok: false, failure: 'signup_closed' })
      expect((await accept(listed, GOOD_PASSWORD)).statusCode).toBe(201)
      expect((await open.browser().api('POST', '/login', { identifier: guest.email, password: OTHER_PASSWORD })).statusCode).toBe(401)
    })

    test('who has an account signs in whatever the policy of sign-up is', async () => {
      const owner = await signUp(open, { email: 'colleague@elsewhere.example' })
      for (const server of [listed, invited, closed]) {
        expect((await server.browser().api('POST', '/login', { identifier: owner.email, password: GOOD_PASSWORD })).statusCode).toBe(200)
      }
    })
  })
}
