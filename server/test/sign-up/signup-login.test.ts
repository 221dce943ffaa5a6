import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { signUpWithTotp } from '../harness/factors.ts'
import { appearanceOf, followToForm, locationOf, stateIn } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, QUICK } from '../harness/tokens.ts'

const OTHER_PASSWORD = 'a quite different horse'
interface Flow {
  state_token: string
  type: string
  action: { type: string; authentication?: string; data: Record<string, unknown> }
}

// security case I1: whether there is an account is told to nobody before the code came back.
for (const engine of testEngines) {
  describe(`one page for signing up and signing in on ${engine}`, () => {
    let server: TestServer
    let passwordsOnly: TestServer
    let closed: TestServer
    let listed: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, 'signup: { with_login: true }')
      passwordsOnly = await server.sibling({}, '{ signup: { with_login: true }, login: { authentications: [primary_password] } }')
      closed = await server.sibling({}, 'signup: { with_login: true, mode: closed }')
      listed = await server.sibling({}, "signup: { with_login: true, mode: allow_list, allowed: ['@members.example'] }")
    })
    afterAll(async () => {
      for (const one of [listed, closed, passwordsOnly, server]) await one.close()
    })

    const whoIs = async (browser: Browser) => (await browser.api('GET', '/user')).json<{ email?: string }>().email
    const askByPage = (browser: Browser, identifier: string) => browser.post('/auth/login', { intent: 'code', identifier, return_to: '/orders' })
    const statusOfLogin = async (email: string, password: string) => (await server.browser().api('POST', '/login', { identifier: email, password })).statusCode

    test('who has no account gets one with the code and a password, on pages', async () => {
      const email = newAddress()
      const browser = server.browser()
      const page = await browser.get('/auth/login')
      expect(page.body).toContain('Sign in or create an account')
      const code = await followToForm(browser, await askByPage(browser, email))
      const proven = await browser.post('/auth/verify', { state: code, intent: 'submit_code', code: await server.codeFor(email) })
      expect([proven.statusCode, browser.cookies.has('gatepost_access')]).toEqual([303, false])
      const choose = await browser.get(locationOf(proven))
      expect(choose.body).toContain('Choose a new password')
      const weak = await browser.post('/auth/verify', { state: stateIn(choose), intent: 'new_password', new_password: 'short' })
      expect(weak.statusCode).toBe(422)
      const done = await browser.post('/auth/verify', { state: stateIn(choose), intent: 'new_password', new_password: GOOD_PASSWORD })
      expect([done.statusCode, locationOf(done), await whoIs(browser), await statusOfLogin(email, GOOD_PASSWORD)]).toEqual([303, '/orders', email, 200])
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ email_verified: true })
    })

    test('who has one signs in with the same code page, or with their password and second factor', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const code = await followToForm(browser, await askByPage(browser, ada.email))
      const done = await browser.post('/auth/verify', { state: code, intent: 'submit_code', code: await server.codeFor(ada.email) })
      expect([done.statusCode, locationOf(done), await whoIs(browser)]).toEqual([303, '/orders', ada.email])

      const other = server.browser()
      expect((await other.post('/auth/login', { intent: 'password', identifier: ada.email, password: OTHER_PASSWORD })).statusCode).toBe(422)
      expect((await other.post('/auth/login', { intent: 'password', identifier: ada.email, password: GOOD_PASSWORD })).statusCode).toBe(303)
      expect(await whoIs(other)).toBe(ada.email)

      const guarded = await signUpWithTotp(server)
      const halfIn = server.browser()
      const asked = await halfIn.post('/auth/login', { intent: 'password', identifier: guarded.email, password: GOOD_PASSWORD })
      expect([(await halfIn.get(locationOf(asked))).statusCode, halfIn.cookies.has('gatepost_access')]).toEqual([200, false])
    })

    test('what a sign-in asks beside the proof is asked on this way too', async () => {
      const bob = await signUp(server)
      await server.app.passwordChanges.require(bob.email)
      const browser = server.browser()
      const asked = await browser.post('/auth/login', { intent: 'password', identifier: bob.email, password: GOOD_PASSWORD })
      expect([(await browser.get(locationOf(asked))).body.includes('name="new_password"'), browser.cookies.has('gatepost_access')]).toEqual([true, false])

      const eve = await signUp(server)
      await server.app.admins.disable(eve.email)
      const shut = server.browser()
      const refused = await shut.post('/auth/login', { intent: 'password', identifier: eve.email, password: GOOD_PASSWORD })
      expect([refused.statusCode, shut.cookies.has('gatepost_access')]).toEqual([403, false])
    })

    test('nothing tells the two apart before the proof', async () => {
      const cases: [TestServer, boolean][] = [
        [server, true],
        [passwordsOnly, true],
        [closed, false],
        [listed, false],
      ]
      for (const [at, isMailed] of cases) {
        const known = newAddress('ada.known')
        const stranger = known.replace('known', 'other')
        await signUp(server, { email: known })
        const seen = []
        const mails = []
        for (const email of [known, stranger]) {
          const browser = at.browser({ ip: '198.51.100.7' })
          await browser.get('/auth/login')
          const before = (await at.mailsTo(email)).length
          const answers = [await browser.post('/auth/login', { intent: 'password', identifier: email, password: OTHER_PASSWORD }), await askByPage(browser, email)]
          const page = await browser.get(locationOf(answers[1]!))
          const wrong = await browser.post('/auth/verify', { state: stateIn(page), intent: 'submit_code', code: '000000' })
          const named = await browser.get(locationOf(await browser.post('/auth/login', { intent: 'identify', identifier: email })))
          seen.push([...answers, page, wrong, named].map((one) => JSON.stringify(appearanceOf(one)).replaceAll(email, '<typed>').replaceAll(encodeURIComponent(email), '<typed>')))
          mails.push((await at.mailsTo(email)).length - before)
        }
        expect(seen[0]).toEqual(seen[1])
        expect(mails[1]).toBe(isMailed ? 1 : 0)
      }
    })

    test('where codes do not sign in the owner of an address is told by mail, and the code page comes to nothing', async () => {
      const ada = await signUp(server)
      const browser = passwordsOnly.browser()
      const state = await followToForm(browser, await askByPage(browser, ada.email))
      expect((await passwordsOnly.mailTo(ada.email))?.subject).toMatch(/already have/)
      expect((await browser.post('/auth/verify', { state, intent: 'submit_code', code: await passwordsOnly.codeFor(ada.email) })).statusCode).toBe(422)
      const email = newAddress()
      const code = await followToForm(browser, await askByPage(browser, email))
      const proven = await browser.post('/auth/verify', { state: code, intent: 'submit_code', code: await passwordsOnly.codeFor(email) })
      expect((await browser.get(locationOf(proven))).body).toContain('Choose a new password')
    })

    test('who may not sign up gets no code; who may when it was sent and may not any more gets no account', async () => {
      for (const at of [closed, listed]) {
        const email = newAddress()
        const browser = at.browser()
        await askByPage(browser, email)
        expect(await at.mailsTo(email)).toEqual([])
      }
      const member = `${newAddress().split('@')[0]!}@members.example`
      const browser = listed.browser()
      const code = await followToForm(browser, await askByPage(browser, member))
      const proven = await browser.post('/auth/verify', { state: code, intent: 'submit_code', code: await listed.codeFor(member) })
      const state = await followToForm(browser, proven)
      const late = closed.browser()
      for (const [name, value] of browser.cookies) late.cookies.set(name, value)
      expect((await late.post('/auth/verify', { state, intent: 'new_password', new_password: GOOD_PASSWORD })).statusCode).toBe(403)
      expect((await browser.post('/auth/verify', { state, intent: 'new_password', new_password: GOOD_PASSWORD })).statusCode).toBe(303)
      expect(await whoIs(browser)).toBe(member)
    })

    test('the flow API walks both ways and says which it was after the proof', async () => {
      const email = newAddress()
      const walk = async (browser: Browser, email: string) => {
        const begun = await browser.api('POST', '/authentication_flows', { type: 'signup_login', name: 'default', batch_input: [{ identification: 'email', login_id: email }, { authentication: 'primary_oob_otp_email' }] })
        const flow = begun.json<Flow>()
        expect([flow.type, flow.action.type, flow.action.authentication]).toEqual(['signup_login', 'authenticate', 'primary_oob_otp_email'])
        return (await browser.api('POST', '/authentication_flows/states/input', { state_token: flow.state_token, input: { code: await server.codeFor(email) } })).json<Flow>()
      }
      const browser = server.browser()
      const create = await walk(browser, email)
      expect([create.type, create.action.type]).toEqual(['signup', 'create_authenticator'])
      const done = await browser.api('POST', '/authentication_flows/states/input', { state_token: create.state_token, input: { authentication: 'primary_password', new_password: GOOD_PASSWORD } })
      expect([done.json<Flow>().action.type, await whoIs(browser)]).toEqual(['finished', email])
      const again = server.browser()
      expect(await walk(again, email)).toMatchObject({ type: 'login', action: { type: 'finished' } })
      expect(await whoIs(again)).toBe(email)
    })

    test('a state from before the proof sets no password, and the account is made once', async () => {
      const email = newAddress()
      const browser = server.browser()
      const begun = await browser.api('POST', '/authentication_flows', { type: 'signup_login', name: 'default', batch_input: [{ identification: 'email', login_id: email }, { authentication: 'primary_oob_otp_email' }] })
      const { state_token } = begun.json<Flow>()
      const input = { authentication: 'primary_password', new_password: GOOD_PASSWORD }
      expect((await browser.api('POST', '/authentication_flows/states/input', { state_token, input })).statusCode).toBe(400)
      const proven = await browser.api('POST', '/authentication_flows/states/input', { state_token, input: { code: await server.codeFor(email) } })
      const { state_token: create } = proven.json<Flow>()
      const answers = await atOnce([server, listed, server], 20, (at) => at.browser().api('POST', '/authentication_flows/states/input', { state_token: create, input }))
      const counts = countStatuses(answers)
      expect([counts[200], await statusOfLogin(email, GOOD_PASSWORD)]).toEqual([1, 200])
    })
  })
}
