import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { invite, secretFor } from '../harness/invitations.ts'
import { locationOf, stateIn } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, decodeToken, cookieOf, eventsOf, QUICK } from '../harness/tokens.ts'

const FIFTY = 50
const DAY_MS = 24 * 60 * 60 * 1_000

for (const engine of testEngines) {
  describe(`an invitation on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { ...QUICK, PASSWORD_HASH_LANES: '32' }, 'signup: { mode: invitation }')
      sibling = await server.sibling()
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    const accept = (secret: string, on = server, password = GOOD_PASSWORD) => on.browser().api('POST', '/signup', { invitation: secret, password })
    const codeOf = (answer: Awaited<ReturnType<typeof accept>>) => answer.json<{ error: { details: { fields: { field: string; code: string }[] } } }>().error.details.fields[0]

    test('is accepted on the page behind its link: the address stands there and is proven without a code', async () => {
      const { email, secret } = await invite(server)
      const browser = server.browser()
      const page = await browser.get(`/auth/signup?invitation=${secret}`)
      expect(page.statusCode).toBe(200)
      expect(page.body).toContain(email)
      expect(page.body).not.toContain('name="identifier"')
      const made = await browser.post('/auth/verify', { intent: 'new_password', state: stateIn(page), new_password: GOOD_PASSWORD })
      expect([made.statusCode, locationOf(made)]).toEqual([303, '/'])
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ email, email_verified: true, roles: [] })
      expect((await server.mailsTo(email)).length, 'the invitation is the only mail').toBe(1)
      expect(decodeToken(cookieOf(browser, 'access')).payload['amr']).toEqual(['pwd'])
    })

    test('is not spent by opening its link, as often as mail scanners like', async () => {
      const { secret } = await invite(server)
      for (let count = 0; count < 3; count += 1) expect((await server.browser().get(`/auth/signup?invitation=${secret}`)).statusCode).toBe(200)
      expect((await accept(secret)).statusCode).toBe(201)
    })

    test('takes no other address: what the form says about it is not read', async () => {
      const { email, secret } = await invite(server)
      const browser = server.browser()
      const page = await browser.get(`/auth/signup?invitation=${secret}`)
      const forged = { intent: 'signup', state: stateIn(page), email: 'eve@example.com', new_password: GOOD_PASSWORD }
      expect((await browser.post('/auth/verify', forged)).statusCode).toBe(400)
      expect((await browser.api('POST', '/signup', { invitation: secret, email: 'eve@example.com', password: GOOD_PASSWORD })).statusCode).toBe(400)
      expect((await accept(secret)).json()).toMatchObject({ user: { email } })
    })

    test('is accepted by the flow API with the field invitation', async () => {
      const { email, secret } = await invite(server)
      const batch_input = [{ invitation: secret }, { authentication: 'primary_password', new_password: GOOD_PASSWORD }]
      const browser = server.browser()
      const done = await browser.api('POST', '/authentication_flows', { type: 'signup', name: 'default', batch_input })
      expect([done.statusCode, done.json<{ action: { type: string } }>().action.type]).toEqual([200, 'finished'])
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ email, email_verified: true })
    })

    test('makes one account, however many use it at once over two instances', async () => {
      const { email, secret } = await invite(server)
      const answers = await atOnce([server, sibling], FIFTY, (instance) => accept(secret, instance))
      expect(countStatuses(answers)).toEqual({ 201: 1, 400: FIFTY - 1 })
      const accounts = await server.app.database.read.selectFrom('identity').select('user_id').where('key_normalised', '=', email).execute()
      expect(accounts).toHaveLength(1)
      expect(await eventsOf(server, accounts[0]!.user_id, 'invitation.accepted', 'user.created')).toHaveLength(2)
    })

    test('is good once, until it is taken back or too old, and a made-up one is worth as much', async () => {
      const used = await invite(server)
      expect((await accept(used.secret)).statusCode).toBe(201)
      const revoked = await invite(server)
      expect(await server.app.invitations.revoke(revoked.email.toUpperCase())).toMatchObject({ ok: true })
      const replaced = await invite(server)
      await invite(server, { email: replaced.email })
      const made = { secret: 'A'.repeat(43) }
      const old = await invite(server, { days: 2 })
      server.clock.advance(2 * DAY_MS - 1_000)
      expect((await server.browser().get(`/auth/signup?invitation=${old.secret}`)).statusCode).toBe(200)
      server.clock.advance(1_001)
      for (const { secret } of [used, revoked, replaced, made, old, { secret: 'short' }]) {
        const answer = await accept(secret)
        expect([answer.statusCode, codeOf(answer)]).toEqual([400, { field: 'invitation', code: 'invalid_invitation', message: expect.any(String) as string }])
        const page = await server.browser().get(`/auth/signup?invitation=${secret}`)
        expect(page.statusCode).toBe(422)
        expect(page.body).toContain('This invitation was used, taken back or is too old')
      }
    })

    test('that is taken back while its page is open makes no account', async () => {
      const { email, secret } = await invite(server)
      const browser = server.browser()
      const state = stateIn(await browser.get(`/auth/signup?invitation=${secret}`))
      await server.app.invitations.revoke(email)
      const late = await browser.post('/auth/verify', { intent: 'new_password', state, new_password: GOOD_PASSWORD })
      expect(late.statusCode).toBe(409)
      expect((await browser.api('POST', '/login', { identifier: email, password: GOOD_PASSWORD })).statusCode).toBe(401)
    })

    test('grants its role with the account and not before', async () => {
      const { email, secret } = await invite(server, { role: 'admin' })
      const browser = server.browser()
      await browser.get(`/auth/signup?invitation=${secret}`)
      expect(await server.app.database.read.selectFrom('user_role').selectAll().execute()).toEqual([])
      await browser.api('POST', '/signup', { invitation: secret, password: GOOD_PASSWORD })
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ email, roles: ['admin'] })
      expect(decodeToken(cookieOf(browser, 'access')).payload['roles']).toEqual(['admin'])
    })

    test('of an address that has an account meanwhile tells its owner to sign in, and changes nothing', async () => {
      const open = await server.sibling({}, 'signup: { mode: open }')
      const { email, secret } = await invite(server, { role: 'admin' })
      await signUp(open, { email })
      await open.close()
      const page = await server.browser().get(`/auth/signup?invitation=${secret}`)
      expect(page.statusCode).toBe(422)
      expect(page.body).toContain('You have an account already. Sign in')
      const answer = await accept(secret, server, 'a quite different horse')
      expect([answer.statusCode, codeOf(answer)?.code]).toEqual([400, 'has_account'])
      const signedIn = await server.browser().api('POST', '/login', { identifier: email, password: GOOD_PASSWORD })
      expect(signedIn.statusCode).toBe(200)
      expect(await server.app.invitations.invite({ email })).toEqual({ ok: false, failure: 'has_account' })
    })

    test('keeps its secret to the mail: neither the database nor the list of invitations has it', async () => {
      const email = newAddress('invited')
      const made = await server.app.invitations.invite({ email })
      const secret = await secretFor(server, email)
      const rows = await server.app.database.read.selectFrom('invitation').selectAll().execute()
      const events = await server.app.database.read.selectFrom('event').select('data').execute()
      const listed = await server.app.invitations.list({ limit: 100 })
      expect(JSON.stringify([made, rows, events, listed])).not.toContain(secret)
      expect(listed.find((one) => one.email === email)).toMatchObject({ state: 'open', role: null })
    })

    test('asks for the second factor that policy requires before there is an account', async () => {
      const strict = await server.sibling({}, 'signup: { mode: invitation }\nsecond_factor: { mode: required }')
      const { email, secret } = await invite(server)
      const asked = await accept(secret, strict)
      expect([asked.statusCode, asked.json<{ error: { code: string } }>().error.code]).toEqual([401, 'second_factor_required'])
      expect((await server.browser().api('POST', '/login', { identifier: email, password: GOOD_PASSWORD })).statusCode).toBe(401)
      await strict.close()
    })
  })
}
