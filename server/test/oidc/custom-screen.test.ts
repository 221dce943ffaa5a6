// An application shows a sign-in screen of its own, on another origin, and drives the flows by the contract alone.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'
import type { Browser } from '../harness/browser.ts'
import type { ScreenFlow } from '../harness/custom-screen.ts'
import { arriveAt, byPassword, finishPath, openScreen, SCREEN, SCREEN_ORIGIN, whoIs } from '../harness/custom-screen.ts'
import { testEngines } from '../harness/engines.ts'
import { signUpWithTotp } from '../harness/factors.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { CALLBACK, follow, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const MINUTE = 60_000

for (const engine of testEngines) {
  describe(`a sign-in screen of one's own on ${engine}`, () => {
    let server: TestServer
    let shop: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      shop = await registerRelyingParty(server, { custom_ui_uri: SCREEN })
    })
    afterAll(() => server.close())

    const arrive = (browser: Browser, parameters: Record<string, string> = {}) => arriveAt(server, shop, browser, parameters)
    const currentSession = async (browser: Browser) => (await browser.api('GET', '/account')).json<{ sessions: { id: string; current: boolean; user_agent: string }[] }>().sessions.find((one) => one.current)!

    test('signs a person in: the browser comes back with a session, and the application gets its tokens', async () => {
      const ada = await signUp(server)
      const browser = server.browser({ userAgent: 'Mozilla/5.0 (the one at the screen)' })
      const { screen, location, checks } = await arrive(browser, { login_hint: ada.email, ui_locales: 'de' })
      expect(location.startsWith(`${SCREEN}?`)).toBe(true)
      expect(screen.parameters).toEqual({ request: expect.stringMatching(/^[\w-]{20,64}$/), client_id: shop.clientId, type: 'login', login_hint: ada.email, ui_locales: 'de' })

      const identify = await screen.begin('login')
      expect(identify.action.type).toBe('identify')
      const authenticate = await screen.next(identify, { identification: 'email', login_id: ada.email })
      const done = await screen.next(authenticate, { authentication: 'primary_password', password: ada.password })
      expect(await whoIs(browser)).toBeUndefined()

      const { location: back } = await follow(browser, finishPath(done))
      const tokens = await shop.redeem(back!, checks)
      expect(tokens.claims()).toMatchObject({ sub: ada.id, aud: shop.clientId, nonce: checks.expectedNonce })
      expect(await whoIs(browser)).toBe(ada.email)
      expect((await currentSession(browser)).user_agent).toBe('Mozilla/5.0 (the one at the screen)')
      // Signed in from now on, it is not asked again.
      const again = await shop.begin()
      expect((await follow(browser, again.path)).location).toMatch(new RegExp(`^${CALLBACK}\\?code=`))
    })

    test('makes an account, by the code that was mailed', async () => {
      const browser = server.browser()
      const { screen, checks } = await arrive(browser)
      const email = newAddress()
      const verify = await screen.begin('signup', { identification: 'email', login_id: email }, { authentication: 'primary_password', new_password: GOOD_PASSWORD })
      expect(verify.action.type).toBe('verify')
      const done = await screen.next(verify, { code: await server.codeFor(email) })
      const { location } = await follow(browser, finishPath(done))
      const tokens = await shop.redeem(location!, checks)
      expect(tokens.claims()?.['email'] ?? (await whoIs(browser))).toBe(email)
    })

    test('recovers an account: the screen is opened once more, to sign in with the new password', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const { screen, checks } = await arrive(browser)
      const asked = await screen.begin('account_recovery', { identification: 'email', login_id: ada.email })
      const reset = await screen.next(asked, { account_recovery_code: await server.codeFor(ada.email) })
      const done = await screen.next(reset, { new_password: 'a wholly new password' })
      const again = openScreen(server, String(done.action.data['finish_redirect_uri']))
      expect(again.parameters).toEqual({ request: screen.parameters['request'], client_id: shop.clientId, type: 'login', notice: 'password_changed' })
      const { location } = await follow(browser, finishPath(await again.begin('login', ...byPassword({ email: ada.email, password: 'a wholly new password' }))))
      expect((await shop.redeem(location!, checks)).claims()?.sub).toBe(ada.id)
    })

    test('asks for the second factor of whoever has one, and gives nothing before', async () => {
      const ada = await signUpWithTotp(server)
      const browser = server.browser()
      const { screen, checks } = await arrive(browser, { claims: JSON.stringify({ id_token: { acr: null } }) })
      const second = await screen.begin('login', ...byPassword(ada))
      expect(second.action).toMatchObject({ type: 'authenticate', data: { options: [{ authentication: 'secondary_totp' }, { authentication: 'recovery_code' }], device_token_enabled: false } })
      const done = await screen.next(second, { authentication: 'secondary_totp', code: totpCode(ada.key, server.clock.now()), request_device_token: true })
      const { location } = await follow(browser, finishPath(done))
      expect((await shop.redeem(location!, checks)).claims()).toMatchObject({ sub: ada.id, acr: 'aal2' })
      expect([...browser.cookies.keys()].filter((name) => name.includes('device'))).toEqual([])
    })

    test('has a set-up asked for where a second factor is required', async () => {
      const strict = await server.sibling({}, 'second_factor: { mode: required }')
      const ada = await signUp(server)
      const { path } = await shop.begin()
      const { location } = await follow(strict.browser(), path)
      expect((await openScreen(strict, location).begin('login', ...byPassword(ada))).action).toMatchObject({ type: 'create_authenticator', authentication: 'secondary_totp' })
      await strict.close()
    })

    test('an acr that was demanded and not reached is told to the application', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const { screen } = await arrive(browser, { claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'aal2' } } }) })
      const { location } = await follow(browser, finishPath(await screen.begin('login', ...byPassword(ada))))
      expect(new URL(location!).searchParams.get('error')).toBe('unmet_authentication_requirements')
    })

    test('who is signed in proves it again there, in the same session, and no later than the application allows', async () => {
      const ada = await signUp(server)
      server.clock.advance(11 * MINUTE)
      await ada.browser.api('POST', '/sessions/refresh')
      const { id: before } = await currentSession(ada.browser)
      for (const parameters of [{ max_age: '60' }, { prompt: 'login' }] as Record<string, string>[]) {
        const { screen, checks } = await arrive(ada.browser, parameters)
        expect(screen.parameters).toMatchObject({ type: 'reauth', ...('prompt' in parameters ? parameters : {}) })
        const asked = await screen.begin('reauth')
        expect(asked.action.type).toBe('authenticate')
        expect((await screen.call('/states/input', { state_token: asked.state_token, input: { authentication: 'primary_password', password: 'wrong password' } })).statusCode).toBe(401)
        const provenAt = Math.floor(server.clock.now() / 1_000)
        const done = await screen.next(asked, { authentication: 'primary_password', password: ada.password })
        // The proof is what was in time, not the way back.
        server.clock.advance(MINUTE)
        const { location } = await follow(ada.browser, finishPath(done))
        const claims = (await shop.redeem(location!, checks)).claims()!
        expect(claims.sub).toBe(ada.id)
        expect(Math.abs(Number(claims.auth_time) - provenAt)).toBeLessThanOrEqual(5)
      }
      expect((await currentSession(ada.browser)).id).toBe(before)
    })

    test('a re-authentication is of the session that the request came with, and nobody else finishes it', async () => {
      const ada = await signUp(server)
      const { screen } = await arrive(ada.browser, { prompt: 'login' })
      const done = await screen.begin('reauth', { authentication: 'primary_password', password: ada.password })
      const resume = ada.browser.copy()
      for (const name of [...resume.cookies.keys()]) if (!name.includes('resume')) resume.cookies.delete(name)
      expect((await resume.get(finishPath(done))).statusCode).toBe(400)
      // Without somebody signed in there is nothing to prove again.
      const stranger = await arrive(server.browser())
      expect((await stranger.screen.call('', { type: 'reauth', name: 'default', request: stranger.screen.parameters['request'] })).statusCode).toBe(401)
      expect((await stranger.screen.call('', { type: 'promote', name: 'default', request: stranger.screen.parameters['request'] })).statusCode).toBe(403)
    })

    test('somebody else may sign in where a proof was asked for: the earlier session ends', async () => {
      const ada = await signUp(server)
      const eve = await signUp(server)
      const former = ada.browser.copy()
      const { screen, checks } = await arrive(ada.browser, { prompt: 'login' })
      const { location } = await follow(ada.browser, finishPath(await screen.begin('login', ...byPassword(eve))))
      expect((await shop.redeem(location!, checks)).claims()?.sub).toBe(eve.id)
      expect([await whoIs(ada.browser), await whoIs(former)]).toEqual([eve.email, undefined])
    })

    test('whoever cannot prove themself there is led to our own page, and comes back to the application all the same', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const { screen, checks } = await arrive(browser)
      const back = `/auth/oauth2/authorize/${screen.parameters['request']}`
      expect((await browser.get(`/auth/login?return_to=${encodeURIComponent(back)}`)).statusCode).toBe(200)
      await signIn(server, ada, browser)
      const { location } = await follow(browser, back)
      expect((await shop.redeem(location!, checks)).claims()?.sub).toBe(ada.id)
    })

    test('a screen that asks from its own server has no origin, and needs no token of ours', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const { location, checks } = await arrive(browser)
      const { location: back } = await follow(browser, finishPath(await serverSide(location).begin('login', ...byPassword(ada))))
      expect((await shop.redeem(back!, checks)).claims()?.sub).toBe(ada.id)
    })
    const serverSide = (location: string) => {
      const screen = openScreen(server, location)
      const call: typeof screen.call = (path, body) => server.app.listener.inject({ method: 'POST', url: `/auth/api/v1/authentication_flows${path}`, headers: { host: 'localhost:3000', 'content-type': 'application/json' }, payload: JSON.stringify(body) })
      return { begin: async (type: string, ...inputs: object[]) => (await call('', { type, name: 'default', request: screen.parameters['request'], batch_input: inputs })).json<ScreenFlow>() }
    }

    // security case C8
    test('the browsers of other origins may neither ask nor read; a screen may, for a request that was handed to it alone', async () => {
      const ada = await signUp(server)
      const { location, screen } = await arrive(server.browser())
      const begin = { type: 'login', name: 'default', request: screen.parameters['request'] }
      expect((await screen.call('', begin)).headers['access-control-allow-origin']).toBe(SCREEN_ORIGIN)
      expect((await screen.call('', begin)).headers['access-control-allow-credentials']).toBeUndefined()
      for (const origin of ['https://evil.example', 'null', 'http://localhost:3000', `${SCREEN_ORIGIN}.evil.example`]) {
        const answer = await openScreen(server, location, origin).call('', begin)
        expect([origin, answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([origin, 403, undefined])
      }
      // Without a request a screen is any other origin, whatever cookies come along.
      const cookie = [...ada.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      for (const body of [{ type: 'login', name: 'default', batch_input: byPassword(ada) }, { type: 'reauth', name: 'default' }]) {
        const answer = await screen.call('', body, { cookie, 'x-csrf-token': ada.browser.cookies.get('gatepost_csrf')! })
        expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([403, undefined])
      }
      // With one, cookies have no part: who is signed in is not who proves themself again.
      expect((await screen.call('', { ...begin, type: 'reauth' }, { cookie })).statusCode).toBe(401)

      const preflight = (origin: string, path: string) => server.app.listener.inject({ method: 'OPTIONS', url: `/auth/api/v1${path}`, headers: { host: 'localhost:3000', origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } })
      const allowed = await preflight(SCREEN_ORIGIN, '/authentication_flows/states/input')
      expect([allowed.statusCode, allowed.headers['access-control-allow-origin'], allowed.headers['access-control-allow-headers'], allowed.headers['vary']]).toEqual([204, SCREEN_ORIGIN, 'Content-Type', 'Origin'])
      expect((await preflight('https://evil.example', '/authentication_flows')).statusCode).toBe(405)
      expect((await preflight(SCREEN_ORIGIN, '/login')).statusCode).toBe(405)
    })

    test('an origin is a screen for as long as a client names it', async () => {
      const created = await server.app.clients.create({ name: 'Desk', type: 'web', redirect_uris: [CALLBACK], custom_ui_uri: 'https://desk.example/sign-in' })
      if (!created.ok) throw new Error('no client')
      const preflight = async () => (await server.app.listener.inject({ method: 'OPTIONS', url: '/auth/api/v1/authentication_flows', headers: { host: 'localhost:3000', origin: 'https://desk.example', 'access-control-request-method': 'POST' } })).statusCode
      expect(await preflight()).toBe(204)
      await server.app.clients.update(created.value.client.clientId, { custom_ui_uri: null })
      expect(await preflight()).toBe(405)
    })
  })
}
