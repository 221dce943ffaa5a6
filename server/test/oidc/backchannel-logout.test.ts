import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { deliverLogouts, logoutTokensAt, signInAt, verifyLogoutToken } from '../harness/logouts.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { follow, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, QUICK, refreshWith } from '../harness/tokens.ts'
import type { FakeProvider } from '../messaging/fake-provider.ts'
import { startProvider } from '../messaging/fake-provider.ts'

const DAY = 24 * 60 * 60 * 1_000
const MINUTE = 60_000
const NEW_PASSWORD = 'a wholly different sentence'

interface SignedIn {
  readonly person: Person
  readonly browser: Browser
  readonly atShop: { readonly sub: string; readonly sid: string; readonly idToken: string }
  readonly atDesk: { readonly sub: string; readonly sid: string }
}

for (const engine of testEngines) {
  // security case F20
  describe(`the end of a session, told to applications on ${engine}`, () => {
    let shopServer: FakeProvider
    let deskServer: FakeProvider
    let server: TestServer
    let one: TestServer
    let shop: RelyingParty
    let desk: RelyingParty
    let quiet: RelyingParty
    beforeAll(async () => {
      ;[shopServer, deskServer] = await Promise.all([startProvider(), startProvider()])
      server = await startTestServer(engine, { ...QUICK, OUTBOUND_INTERNAL_HOSTS: `${shopServer.host},${deskServer.host}` })
      one = await server.sibling({}, 'session: { maximum_per_user: 1 }')
      shop = await registerRelyingParty(server, { backchannel_logout_uri: `${shopServer.url}/logout?of=shop`, backchannel_logout_session_required: true })
      desk = await registerRelyingParty(server, { name: 'Desk', backchannel_logout_uri: `${deskServer.url}/`, id_token_signed_response_alg: 'RS256', subject_type: 'pairwise' })
      quiet = await registerRelyingParty(server, { name: 'Quiet' })
    })
    afterAll(async () => {
      await one.close()
      await server.close()
      await Promise.all([shopServer.close(), deskServer.close()])
    })
    afterEach(async () => {
      await deliverLogouts(server)
      for (const application of [shopServer, deskServer]) application.received.length = 0
    })

    async function begin(): Promise<SignedIn> {
      const person = await signUp(server)
      const browser = await signIn(server, person)
      await signInAt(browser, quiet)
      return { person, browser, atShop: await signInAt(browser, shop), atDesk: await signInAt(browser, desk) }
    }
    const sidOf = (browser: Browser) => String(decodeToken(cookieOf(browser, 'access')).payload['sid'])

    const WAYS: readonly (readonly [string, (signedIn: SignedIn) => Promise<unknown>])[] = [
      ['a sign-out on the page', ({ browser }) => browser.post('/auth/logout', {})],
      ['a sign-out through the API', ({ browser }) => browser.api('POST', '/sessions/logout')],
      [
        'a sign-out with only the refresh cookie left',
        ({ browser }) => {
          browser.cookies.delete('gatepost_access')
          return browser.post('/auth/logout', {})
        },
      ],
      ['a sign-out that one of them asks for', ({ browser, atShop }) => follow(browser, `/auth/oauth2/end_session?id_token_hint=${atShop.idToken}`)],
      ['another session, on the page', ({ person, browser }) => person.browser.post('/auth/settings/sessions/end', { session_id: sidOf(browser) })],
      ['another session, through the API', ({ person, browser }) => person.browser.api('DELETE', `/account/sessions/${sidOf(browser)}`)],
      ['another session, which ends all others', ({ person }) => person.browser.api('DELETE', '/account/sessions/others')],
      ['a change of the password elsewhere', ({ person }) => person.browser.api('PUT', '/account/password', { current_password: person.password, new_password: NEW_PASSWORD })],
      [
        'a reset of the password',
        async ({ person }) => {
          const stranger = server.browser()
          const asked = await stranger.api('POST', '/password-reset/challenges', { email: person.email, new_password: NEW_PASSWORD })
          await stranger.api('POST', '/password-reset/challenges/verify', { ...asked.json<object>(), code: await server.codeFor(person.email) })
        },
      ],
      ['an operator who disables the account', ({ person }) => server.app.admins.disable(person.email)],
      [
        'an operator who takes a role away',
        async ({ person }) => {
          await server.app.admins.grant((await signUp(server)).email)
          await server.app.admins.grant(person.email)
          await server.app.admins.revoke(person.email)
        },
      ],
      ['its owner, who deletes the account', ({ browser }) => browser.api('DELETE', '/account')],
      ['one sign-in more than the settings let a person have', ({ person }) => signIn(one, person)],
      [
        'a refresh token that comes back after its window',
        async ({ browser }) => {
          const stolen = cookieOf(browser, 'refresh')
          await refreshWith(server, stolen)
          server.clock.advance(MINUTE)
          await refreshWith(server, stolen)
        },
      ],
      [
        'its own end, once nobody used it for long',
        async () => {
          server.clock.advance(15 * DAY)
          await server.app.retention.purge()
        },
      ],
    ]

    test.each(WAYS)('ended by %s: each application that wants to hear of it hears of it once', async (_way, end) => {
      const signedIn = await begin()
      await end(signedIn)
      await deliverLogouts(server)
      const [fromShop, fromDesk] = [logoutTokensAt(shopServer), logoutTokensAt(deskServer)]
      expect([fromShop.length, fromDesk.length]).toEqual([1, 1])
      const atShop = await verifyLogoutToken(server, fromShop[0]!, shop)
      expect(atShop.claims).toMatchObject({ sub: signedIn.atShop.sub, sid: signedIn.atShop.sid })
      const atDesk = await verifyLogoutToken(server, fromDesk[0]!, { ...desk, alg: 'RS256' })
      expect(atDesk.claims).toMatchObject({ sub: signedIn.atDesk.sub, sid: signedIn.atDesk.sid })
      expect(signedIn.atDesk.sid).not.toBe(signedIn.atShop.sid)
      // Each by what it knows the person by, also once there is no account any more.
      expect([signedIn.atShop.sub, signedIn.atDesk.sub === signedIn.atShop.sub]).toEqual([signedIn.person.id, false])
      expect(atDesk.claims.jti).not.toBe(atShop.claims.jti)
      // And never again, whatever else ends.
      await server.app.retention.purge()
      await deliverLogouts(server)
      expect([shopServer.received.length, deskServer.received.length]).toEqual([1, 1])
    })

    test('a logout token has what the specification asks for, for two minutes at most, and nothing that makes it another token', async () => {
      const { browser } = await begin()
      await browser.api('POST', '/sessions/logout')
      await deliverLogouts(server)
      expect(shopServer.received.map(({ path }) => path)).toEqual(['/logout?of=shop'])
      const { header, claims } = await verifyLogoutToken(server, logoutTokensAt(shopServer)[0]!, shop)
      expect(Object.keys(header).toSorted()).toEqual(['alg', 'kid', 'typ'])
      expect(Object.keys(claims).toSorted()).toEqual(['aud', 'events', 'exp', 'iat', 'iss', 'jti', 'sid', 'sub'])
      expect(claims['events']).toEqual({ 'http://schemas.openid.net/event/backchannel-logout': {} })
      expect(claims.exp! - claims.iat!).toBeLessThanOrEqual(120)
    })

    test('a logout token is taken for no other token', async () => {
      const { browser } = await begin()
      await browser.api('POST', '/sessions/logout')
      await deliverLogouts(server)
      const [token] = logoutTokensAt(shopServer)
      const stranger = server.browser()
      expect((await stranger.api('GET', '/user', undefined, { authorization: `Bearer ${token}` })).statusCode).toBe(401)
      expect((await stranger.get('/auth/oauth2/userinfo', { authorization: `Bearer ${token}` })).statusCode).toBe(401)
    })

    test('a session that goes on tells nobody, nor does signing in again at an application', async () => {
      const { person, browser } = await begin()
      await signInAt(browser, shop)
      await person.browser.api('POST', '/sessions/logout')
      await server.app.retention.purge()
      await deliverLogouts(server)
      expect([shopServer.received, deskServer.received]).toEqual([[], []])
    })

    test('two parallel ends of all sessions tell each application once', async () => {
      const { person } = await begin()
      const ends = Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? server : one).app.admins.disable(person.email))
      await Promise.all([...ends, person.browser.api('DELETE', '/account/sessions/others'), person.browser.api('DELETE', '/account/sessions/others')])
      await deliverLogouts(server, one)
      expect([shopServer.received.length, deskServer.received.length]).toEqual([1, 1])
    })

    test('nothing is sent to who is no client any more, or wants to hear no more', async () => {
      const { browser } = await begin()
      const gone = await registerRelyingParty(server, { name: 'Gone', backchannel_logout_uri: `${shopServer.url}/gone` })
      const changed = await registerRelyingParty(server, { name: 'Changed', backchannel_logout_uri: `${shopServer.url}/changed` })
      for (const client of [gone, changed]) await signInAt(browser, client)
      await browser.api('POST', '/sessions/logout')
      await server.app.clients.delete(gone.clientId)
      await server.app.clients.update(changed.clientId, { backchannel_logout_uri: null })
      await deliverLogouts(server)
      expect(shopServer.received.map(({ path }) => path)).toEqual(['/logout?of=shop'])
    })
  })
}
