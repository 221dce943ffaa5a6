import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../../harness/browser.ts'
import { testEngines } from '../../harness/engines.ts'
import { deliverLogouts, logoutTokensAt, signInAt, verifyLogoutToken } from '../../harness/logouts.ts'
import type { Person } from '../../harness/people.ts'
import { signIn, signUp } from '../../harness/people.ts'
import type { RelyingParty } from '../../harness/relying-party.ts'
import { CALLBACK, follow, ISSUER, registerRelyingParty } from '../../harness/relying-party.ts'
import type { TestServer } from '../../harness/server.ts'
import { startTestServer } from '../../harness/server.ts'
import { QUICK } from '../../harness/tokens.ts'
import type { FakeProvider } from '../../messaging/fake-provider.ts'
import { startProvider } from '../../messaging/fake-provider.ts'

const GOODBYE = 'https://shop.example.com/goodbye'
const FRAME = 'https://shop.example.com/frame?v=1'
/** Where it is declared so, everything is at an https address, as the modules ask. */
const PUBLIC = 'https://auth.example.com'

for (const engine of testEngines) {
  describe(`the certification plans of sign-out and of a sign-in that somebody else begins on ${engine}`, () => {
    let application: FakeProvider
    let server: TestServer
    let person: Person
    let shop: RelyingParty
    let told: RelyingParty
    let framed: RelyingParty
    let begun: RelyingParty
    beforeAll(async () => {
      application = await startProvider()
      server = await startTestServer(engine, { ...QUICK, OUTBOUND_INTERNAL_HOSTS: application.host })
      person = await signUp(server)
      const back = { post_logout_redirect_uris: [GOODBYE] }
      shop = await registerRelyingParty(server, back)
      told = await registerRelyingParty(server, { ...back, backchannel_logout_uri: `${application.url}/logout`, backchannel_logout_session_required: true })
      framed = await registerRelyingParty(server, { ...back, frontchannel_logout_uri: FRAME, frontchannel_logout_session_required: true })
      begun = await registerRelyingParty(server, { name: 'Begun', initiate_login_uri: 'https://shop.example.com/begin?at=1' })
    })
    afterAll(async () => {
      await server.close()
      await application.close()
    })
    afterEach(() => void (application.received.length = 0))

    async function signedIn(client = shop): Promise<{ browser: Browser; idToken: string; sid: string; sub: string }> {
      const browser = await signIn(server, person)
      return { browser, ...(await signInAt(browser, client)) }
    }
    const endSession = (browser: Browser, parameters: Record<string, string>) => follow(browser, `/auth/oauth2/end_session?${new URLSearchParams(parameters).toString()}`)

    /** What a later request with `prompt=none` is answered. */
    async function silently(browser: Browser, client = shop): Promise<string> {
      const { path } = await client.begin({ scope: 'openid', prompt: 'none' })
      const { searchParams } = new URL((await follow(browser, path)).location!)
      return searchParams.get('error') ?? 'signed in'
    }
    async function metadata(): Promise<Record<string, unknown>> {
      const declared = await server.sibling({ PUBLIC_URL: PUBLIC })
      const document = (await declared.browser().get('/auth/.well-known/openid-configuration')).json<Record<string, unknown>>()
      await declared.close()
      return document
    }

    describe('oidcc-rp-initiated-logout-certification-test-plan', () => {
      test('oidcc-rp-initiated-logout-discovery-endpoint-verification: the end session endpoint is named, by https', async () => {
        expect((await metadata())['end_session_endpoint']).toBe(`${PUBLIC}/auth/oauth2/end_session`)
      })

      test('oidcc-rp-initiated-logout: the browser is led back with the state, and nobody is signed in any more', async () => {
        const { browser, idToken } = await signedIn()
        expect(await silently(browser)).toBe('signed in')
        const { location } = await endSession(browser, { id_token_hint: idToken, post_logout_redirect_uri: GOODBYE, state: 'abc' })
        expect(location).toBe(`${GOODBYE}?state=abc`)
        expect(await silently(browser)).toBe('login_required')
      })

      test.each([
        ['oidcc-rp-initiated-logout-bad-post-logout-redirect-uri', (idToken: string) => ({ id_token_hint: idToken, post_logout_redirect_uri: `${GOODBYE}/foo`, state: 'abc' })],
        ['oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri', (idToken: string) => ({ id_token_hint: idToken, post_logout_redirect_uri: `${GOODBYE}?foo=bar`, state: 'abc' })],
        ['oidcc-rp-initiated-logout-modified-id-token-hint', (idToken: string) => ({ id_token_hint: withOtherSubject(idToken), post_logout_redirect_uri: GOODBYE, state: 'abc' })],
        ['oidcc-rp-initiated-logout-bad-id-token-hint', (idToken: string) => ({ id_token_hint: `${idToken.slice(0, -8)}AAAAAAAA`, post_logout_redirect_uri: GOODBYE, state: 'abc' })],
      ])('%s: an error is shown, nobody is led anywhere, and the session goes on', async (_name, parametersOf) => {
        const { browser, idToken } = await signedIn()
        const { location, answer } = await endSession(browser, parametersOf(idToken))
        expect(location).toBeUndefined()
        expect([answer.statusCode, answer.headers['content-type']]).toEqual([400, expect.stringContaining('text/html')])
        expect(await silently(browser)).toBe('signed in')
      })

      test.each([
        ['oidcc-rp-initiated-logout-no-id-token-hint', { post_logout_redirect_uri: GOODBYE, state: 'abc' }],
        ['oidcc-rp-initiated-logout-no-params', {}],
        ['oidcc-rp-initiated-logout-only-state', { state: 'abc' }],
      ])('%s: the person is asked first, and stays here afterwards', async (_name, parameters) => {
        const { browser } = await signedIn()
        const { location, answer } = await endSession(browser, parameters)
        expect(location).toBeUndefined()
        expect(answer.body).toContain('action="/auth/logout"')
        expect(await silently(browser)).toBe('signed in')
        const done = await browser.post('/auth/logout', {})
        expect(done.headers['location']).toBe('/auth/signed_out')
        expect(await silently(browser)).toBe('login_required')
      })

      test('oidcc-rp-initiated-logout-no-post-logout-redirect-uri: a page says that nobody is signed in any more', async () => {
        const { browser, idToken } = await signedIn()
        const { location, answer } = await endSession(browser, { id_token_hint: idToken, state: 'abc' })
        expect(location).toBeUndefined()
        expect([answer.statusCode, answer.raw.req.url]).toEqual([200, '/auth/signed_out'])
        expect(await silently(browser)).toBe('login_required')
      })

      test('oidcc-rp-initiated-logout-no-state: the browser is led back without one', async () => {
        const { browser, idToken } = await signedIn()
        expect((await endSession(browser, { id_token_hint: idToken, post_logout_redirect_uri: GOODBYE })).location).toBe(GOODBYE)
        expect(await silently(browser)).toBe('login_required')
      })
    })

    describe('oidcc-backchannel-rp-initiated-logout-certification-test-plan', () => {
      test('oidcc-backchannel-logout-discovery-endpoint-verification: logout tokens are announced, with the session in them', async () => {
        expect(await metadata()).toMatchObject({ backchannel_logout_supported: true, backchannel_logout_session_supported: true, end_session_endpoint: `${PUBLIC}/auth/oauth2/end_session` })
      })

      test('oidcc-backchannel-rp-initiated-logout: the application gets a logout token of its session, and the browser comes back', async () => {
        const { browser, idToken, sid, sub } = await signedIn(told)
        const { location } = await endSession(browser, { id_token_hint: idToken, post_logout_redirect_uri: GOODBYE, state: 'abc' })
        expect(location).toBe(`${GOODBYE}?state=abc`)
        await deliverLogouts(server)
        const [token, ...others] = logoutTokensAt(application)
        expect(others).toEqual([])
        const { claims } = await verifyLogoutToken(server, token!, told)
        expect(claims).toMatchObject({ sub, sid, aud: told.clientId, events: { 'http://schemas.openid.net/event/backchannel-logout': {} } })
        expect(claims).not.toHaveProperty('nonce')
        expect(await silently(browser, told)).toBe('login_required')
      })
    })

    describe('oidcc-frontchannel-rp-initiated-logout-certification-test-plan', () => {
      test('oidcc-frontchannel-logout-discovery-endpoint-verification: frames at sign-out are announced, with the session in them', async () => {
        expect(await metadata()).toMatchObject({ frontchannel_logout_supported: true, frontchannel_logout_session_supported: true, end_session_endpoint: `${PUBLIC}/auth/oauth2/end_session` })
      })

      test('oidcc-frontchannel-rp-initiated-logout: the application is opened in a frame, with issuer and session, and the browser then comes back', async () => {
        const { browser, idToken, sid } = await signedIn(framed)
        const { answer } = await endSession(browser, { id_token_hint: idToken, post_logout_redirect_uri: GOODBYE, state: 'abc' })
        expect(answer.statusCode).toBe(200)
        const frames = [...answer.body.matchAll(/<iframe src="([^"]*)"/g)].map(([, source]) => decode(source!))
        expect(frames).toEqual([`${FRAME}&${new URLSearchParams({ iss: ISSUER, sid }).toString()}`])
        expect(decode(/http-equiv="refresh" content="3;url=([^"]*)"/.exec(answer.body)![1]!)).toBe(`${GOODBYE}?state=abc`)
        expect(await silently(browser, framed)).toBe('login_required')
      })
    })

    describe('oidcc-3rdparty-init-login-certification-test-plan', () => {
      test('oidcc-3rd_party-init-login: whoever has the application is led to where it begins a sign-in, which then succeeds', async () => {
        const { browser } = await signedIn(begun)
        const address = `https://shop.example.com/begin?at=1&iss=${encodeURIComponent(ISSUER)}`
        const { applications } = (await browser.api('GET', '/applications')).json<{ applications: { client_id: string; sign_in_uri: string | null }[] }>()
        expect(applications.filter((one) => one.sign_in_uri !== null)).toMatchObject([{ client_id: begun.clientId, sign_in_uri: address }])
        expect(decode((await browser.get('/auth/settings')).body)).toContain(`<a href="${address}"><bdi>Begun</bdi></a>`)
        // What the application does next is an ordinary request.
        expect((await signInAt(browser, begun)).sub).toBe(person.id)
      })

      test('oidcc-3rd_party-init-login-nohttps: an address that is not https is refused', async () => {
        const fields = { name: 'Shop', type: 'web', redirect_uris: [CALLBACK] }
        for (const uri of ['http://shop.example.com/begin', 'http://127.0.0.1/begin', 'http://localhost/begin']) {
          const made = await server.app.clients.create({ ...fields, initiate_login_uri: uri })
          expect(made).toEqual({ ok: false, failure: [expect.stringMatching(/^initiate_login_uri: must be https/)] })
        }
      })
    })
  })
}

/** The signature is left as it was. */
function withOtherSubject(idToken: string): string {
  const [header, payload, signature] = idToken.split('.')
  const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as object
  return [header, Buffer.from(JSON.stringify({ ...claims, sub: 'somebody-else' })).toString('base64url'), signature].join('.')
}

function decode(text: string): string {
  return text.replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code))).replaceAll('&amp;', '&')
}
