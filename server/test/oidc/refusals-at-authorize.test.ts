import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { CALLBACK, follow, ISSUER, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const AUTHORIZE = '/auth/oauth2/authorize'

for (const engine of testEngines) {
  describe(`what the authorization endpoint refuses on ${engine}`, () => {
    let server: TestServer
    let person: Person
    let browser: Browser
    let shop: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
      browser = await signIn(server, person)
      shop = await registerRelyingParty(server)
    })
    afterAll(() => server.close())

    const requestOf = (changes: Record<string, string | undefined> = {}): URLSearchParams => {
      const given = { client_id: shop.clientId, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid', state: 'a-state', nonce: 'a-nonce', ...changes }
      return new URLSearchParams(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]])))
    }
    const ask = (query: URLSearchParams | string) => follow(browser, `${AUTHORIZE}?${query.toString()}`)

    /** A page of ours and nothing else: nobody hears of it, neither by redirect nor by form. */
    async function expectRefusedHere(query: URLSearchParams | string): Promise<void> {
      const { location, answer } = await ask(query)
      expect([location, answer.statusCode, answer.headers['location']], query.toString()).toEqual([undefined, 400, undefined])
      expect(answer.body).toContain('gp-card')
      expect(answer.body).not.toContain('data-leaves-by-itself')
    }

    /** The application hears the error, with the state, by whom, and without a code. */
    async function expectToldOf(error: string, query: URLSearchParams | string): Promise<void> {
      const { location } = await ask(query)
      expect(location, query.toString()).toMatch(`${CALLBACK}?`)
      const told = new URL(location!).searchParams
      expect([told.get('error'), told.get('iss'), told.has('code')]).toEqual([error, ISSUER, false])
    }

    // security case B1
    test('redirect URIs that are only like the registered one', async () => {
      const likenesses = [
        `${CALLBACK}/`, `${CALLBACK}?a=1`, `${CALLBACK}#a`, `${CALLBACK}/../callback`, `${CALLBACK}%2f`, `${CALLBACK} `, CALLBACK.toUpperCase(),
        CALLBACK.replace('/callback', '/Callback'), CALLBACK.replace('https:', 'http:'), CALLBACK.replace('shop.', 'evil.shop.'), CALLBACK.replace('.com', '.com.evil.example'),
        CALLBACK.replace('.com', '.com:8443'), CALLBACK.replace('https://', 'https://shop.example.com@evil.example/'), CALLBACK.replace('https://', 'https://user:pass@'),
        'https://evil.example\\@shop.example.com/callback', '//shop.example.com/callback', '/callback', 'javascript:alert(1)', 'data:text/html,hello', 'https://', '.', '%00',
      ]
      for (const redirect_uri of likenesses) await expectRefusedHere(requestOf({ redirect_uri }))
    })

    // security case B3
    test('hosts that are only like the loopback interface, while any port of it will do', async () => {
      const native = await registerRelyingParty(server, { type: 'native', redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback'] })
      const challenge = await oidc.calculatePKCECodeChallenge(oidc.randomPKCECodeVerifier())
      const nativeRequest = (redirect_uri: string) => requestOf({ client_id: native.clientId, redirect_uri, code_challenge: challenge, code_challenge_method: 'S256' })
      for (const good of ['http://127.0.0.1:51234/callback', 'http://127.0.0.1/callback', 'http://[::1]:8123/callback']) {
        expect((await ask(nativeRequest(good))).location, good).toMatch(/[?&]code=/)
      }
      for (const bad of ['http://127.0.0.1.evil.example/callback', 'http://localhost.evil.example/callback', 'http://127.0.0.2:51234/callback', 'https://127.0.0.1:51234/callback', 'http://127.0.0.1:51234/callback/x', 'http://127.0.0.1:51234@evil.example/callback', 'http://0.0.0.0/callback']) {
        await expectRefusedHere(nativeRequest(bad))
      }
    })

    // security case B4
    test('requests without a redirect URI, of a client with one and of a client with none', async () => {
      await expectRefusedHere(requestOf({ redirect_uri: undefined }))
      await expectRefusedHere(requestOf({ redirect_uri: '' }))
      const machine = await registerRelyingParty(server, { type: 'machine', redirect_uris: undefined, scope: 'orders' })
      for (const redirect_uri of [undefined, CALLBACK]) await expectRefusedHere(requestOf({ client_id: machine.clientId, redirect_uri }))
    })

    // security case B7
    test('parameters that come twice', async () => {
      for (const [name, value] of [['redirect_uri', CALLBACK], ['redirect_uri', 'https://evil.example/'], ['client_id', shop.clientId]] as const) {
        await expectRefusedHere(`${requestOf().toString()}&${name}=${encodeURIComponent(value)}`)
      }
      for (const [name, value] of [['response_type', 'code'], ['nonce', 'other'], ['scope', 'openid'], ['prompt', 'none']] as const) {
        await expectToldOf('invalid_request', `${requestOf({ prompt: 'login' }).toString()}&${name}=${value}`)
      }
    })

    // security case B8
    test('response types and modes that nobody registered: no token ever comes by the browser', async () => {
      for (const response_type of ['token', 'id_token', 'code id_token', 'code token', 'id_token token', 'code id_token token', 'device']) {
        const { location, answer } = await ask(requestOf({ response_type }))
        const told = location === undefined ? answer.body : decodeURIComponent(location)
        expect(told, response_type).toContain('unsupported_response_type')
        expect(told).not.toMatch(/access_token|id_token=|[?&#]code=/)
      }
      for (const response_mode of ['web_message', 'web_message.jwt', 'JWT', 'nonsense']) await expectToldOf('unsupported_response_mode', requestOf({ response_mode }))
    })

    // security case B10
    test('clients that nobody knows: their redirect URI is not followed, not even with an error', async () => {
      for (const client_id of ['nobody', shop.clientId.toUpperCase(), `${shop.clientId}%00`, '', "' OR 1=1 --"]) await expectRefusedHere(requestOf({ client_id }))
      await expectRefusedHere(requestOf({ client_id: undefined }))
    })

    // security case F4
    test('public clients without PKCE, with another method than S256, or with a challenge that is none', async () => {
      const spa = await registerRelyingParty(server, { type: 'spa', redirect_uris: [CALLBACK] })
      const challenge = await oidc.calculatePKCECodeChallenge(oidc.randomPKCECodeVerifier())
      const tried: Record<string, string | undefined>[] = [
        {},
        { code_challenge: '', code_challenge_method: 'S256' },
        { code_challenge: challenge, code_challenge_method: 'plain' },
        { code_challenge: challenge },
        { code_challenge: challenge.slice(1), code_challenge_method: 'S256' },
        { code_challenge: 'a'.repeat(129), code_challenge_method: 'S256' },
        { code_challenge_method: 'S256' },
      ]
      for (const one of tried) await expectToldOf('invalid_request', requestOf({ client_id: spa.clientId, ...one }))
    })

    // security case F10
    test('request URIs that are not ours, not this client’s, spent, or made up', async () => {
      const other = await registerRelyingParty(server, { name: 'Other' })
      const push = async (client: RelyingParty) => {
        const answer = await server.browser().raw({
          method: 'POST',
          url: '/auth/oauth2/par',
          headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${Buffer.from(`${client.clientId}:${client.secret}`).toString('base64')}` },
          payload: requestOf({ client_id: client.clientId }).toString(),
        })
        expect(answer.statusCode).toBe(201)
        return answer.json<{ request_uri: string }>().request_uri
      }
      const pushed = (request_uri: string, client = shop) => new URLSearchParams({ client_id: client.clientId, request_uri })
      const uri = await push(shop)
      expect((await ask(pushed(uri))).location).toMatch(/[?&]code=/)
      // Spent.
      await expectRefusedHere(pushed(uri))
      // Another client's, and it is not spent by the attempt.
      const theirs = await push(other)
      await expectRefusedHere(pushed(theirs))
      expect((await ask(pushed(theirs, other))).location).toMatch(/[?&]code=/)
      for (const made of ['urn:ietf:params:oauth:request_uri:AAAA', 'urn:example:AAAA', 'https://shop.example.com/request.jwt', 'http://127.0.0.1/', 'file:///etc/passwd']) {
        await expectRefusedHere(pushed(made))
      }
    })

    // security case F17, F18
    test('neither a method that resends a form nor a referrer leads away from it', async () => {
      const redirected = await browser.get(`${AUTHORIZE}?${requestOf().toString()}`)
      expect(redirected.statusCode).toBe(303)
      expect(redirected.headers['referrer-policy']).toBe('no-referrer')
      expect(redirected.headers['cache-control']).toContain('no-store')
      // security case C8
      const shared = await browser.get(`${AUTHORIZE}?${requestOf().toString()}`, { origin: 'https://evil.example' })
      expect(shared.headers).not.toHaveProperty('access-control-allow-origin')
    })

    test('a request that began in another browser is not finished in this one', async () => {
      const mine = server.browser()
      const { answer } = await follow(mine, `${AUTHORIZE}?${requestOf().toString()}`)
      const back = new URL(String(answer.raw.req.url), ISSUER).searchParams.get('return_to')!
      const theirs = await follow(browser, back)
      expect([theirs.location, theirs.answer.statusCode]).toEqual([undefined, 400])
    })

    // A client without a scope of OpenID Connect is one without any, and not one with all.
    test.each([['of a resource alone', 'orders:read'], ['of none', '']])('scopes of OpenID Connect for a client whose own scope is %s, also when they are pushed or asked for by a device', async (_which, scope) => {
      const bare = await registerRelyingParty(server, { name: 'Bare', scope, grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'] })
      for (const asked of ['openid', 'profile', 'openid email phone roles']) {
        await expectToldOf('invalid_scope', requestOf({ client_id: bare.clientId, scope: asked, code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' }))
        const pushed = oidc.buildAuthorizationUrlWithPAR(bare.config, { redirect_uri: CALLBACK, scope: asked, code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' })
        await expect(pushed).rejects.toMatchObject({ error: 'invalid_scope' })
        await expect(oidc.initiateDeviceAuthorization(bare.config, { scope: asked })).rejects.toMatchObject({ error: 'invalid_scope' })
      }
    })
  })
}
