import { generateKeyPair, SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { CALLBACK, follow, ISSUER, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, QUICK } from '../harness/tokens.ts'

type Fields = Readonly<Record<string, string>>

const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`

for (const engine of testEngines) {
  describe(`what clients are refused on ${engine}`, () => {
    let server: TestServer
    let person: Person
    let shop: RelyingParty
    let other: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
      shop = await registerRelyingParty(server)
      other = await registerRelyingParty(server, { name: 'Other' })
    })
    afterAll(() => server.close())
    afterEach(() => vi.useRealTimers())

    async function send(path: string, fields: Fields | string, client: RelyingParty | undefined = shop, headers: Fields = {}) {
      const answer = await server.browser().raw({
        method: 'POST',
        url: `/auth/oauth2/${path}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...(client ? { authorization: basic(client.clientId, client.secret ?? '') } : {}), ...headers },
        payload: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
      })
      expect(answer.headers['cache-control']).toContain('no-store')
      return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json<Record<string, unknown>>() }
    }
    const bare = (path: string, fields: Fields | string, headers?: Fields) => send(path, fields, null as never, headers)

    async function codeFor(client = shop, parameters: Record<string, string> = {}) {
      const { path, checks } = await client.begin(parameters)
      const { location } = await follow(await signIn(server, person), path)
      return { code: new URL(location!).searchParams.get('code')!, verifier: checks.pkceCodeVerifier as string, location: location!, checks }
    }
    const redemption = ({ code, verifier }: { code: string; verifier: string }) => ({ grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK })
    async function tokensFor(client = shop) {
      const { location, checks } = await codeFor(client)
      return client.redeem(location, checks)
    }
    const expectError = ({ status, body }: { status: number; body: Record<string, unknown> }, ...expected: [number, string]) => expect([status, body['error']]).toEqual(expected)

    // security case F2
    test('a code that was given to another client, or for another redirect URI, or that comes without its client', async () => {
      const given = await codeFor()
      expectError(await send('token', redemption(given), other), 400, 'invalid_grant')
      expectError(await send('token', { ...redemption(given), redirect_uri: `${CALLBACK}/` }), 400, 'invalid_grant')
      const { redirect_uri: _left, ...without } = redemption(given)
      expect((await send('token', without)).status).toBe(400)
      expectError(await bare('token', redemption(given)), 400, 'invalid_request')
      expectError(await bare('token', { ...redemption(given), client_id: shop.clientId }), 401, 'invalid_client')
    })

    // security case F3
    test('a code of more than a minute ago', async () => {
      const given = await codeFor()
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
      expectError(await send('token', redemption(given)), 400, 'invalid_grant')
    })

    // security case F4
    test('a code whose verifier is missing, another, too short, too long or of no challenge', async () => {
      for (const verifier of ['', oidc.randomPKCECodeVerifier(), 'a'.repeat(42), 'a'.repeat(129)]) {
        const given = await codeFor()
        const answer = await send('token', redemption({ ...given, verifier }))
        expect([answer.status, ['invalid_grant', 'invalid_request'].includes(String(answer.body['error']))], verifier).toEqual([400, true])
      }
      const { location } = await follow(await signIn(server, person), `/auth/oauth2/authorize?${new URLSearchParams({ client_id: shop.clientId, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid' }).toString()}`)
      const code = new URL(location!).searchParams.get('code')!
      expectError(await send('token', redemption({ code, verifier: oidc.randomPKCECodeVerifier() })), 400, 'invalid_grant')
    })

    // security case F7, E9, E11
    test('one kind of secret in the place of another, cut short, or in another case', async () => {
      const tokens = await tokensFor()
      const { code } = await codeFor()
      const { body } = await send('par', { client_id: shop.clientId, response_type: 'code', redirect_uri: CALLBACK, scope: 'openid' })
      const pushed = String(body['request_uri']).split(':').at(-1)!
      for (const stranger of [tokens.refresh_token!, tokens.access_token, tokens.id_token!, pushed, code.slice(0, -1), `${code}A`, code.toLowerCase() === code ? code.toUpperCase() : code.toLowerCase()]) {
        expectError(await send('token', { ...redemption({ code: stranger, verifier: oidc.randomPKCECodeVerifier() }) }), 400, 'invalid_grant')
      }
      for (const stranger of [tokens.access_token, tokens.id_token!, code, tokens.refresh_token!.slice(0, -1), `${tokens.refresh_token!}A`]) {
        expectError(await send('token', { grant_type: 'refresh_token', refresh_token: stranger }), 400, 'invalid_grant')
      }
      // Nobody's attempts harmed it.
      expect((await send('token', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token! })).status).toBe(200)
    })

    // security case F8
    test('clients that show who they are wrongly, twice, by another method, or under two names', async () => {
      const machine = await registerRelyingParty(server, { type: 'machine', redirect_uris: undefined, scope: 'orders' })
      const poster = await registerRelyingParty(server, { type: 'machine', redirect_uris: undefined, scope: 'orders', token_endpoint_auth_method: 'client_secret_post' })
      const grant = { grant_type: 'client_credentials', scope: 'orders' }
      const [id, secret] = [machine.clientId, machine.secret!]
      expect((await send('token', grant, machine)).status).toBe(200)
      expect((await bare('token', { ...grant, client_id: poster.clientId, client_secret: poster.secret! })).status).toBe(200)

      // By the method of the other.
      expectError(await bare('token', { ...grant, client_id: id, client_secret: secret }), 401, 'invalid_client')
      expectError(await send('token', grant, poster), 401, 'invalid_client')
      // Twice, or under two names.
      expectError(await send('token', { ...grant, client_id: id, client_secret: secret }, machine), 400, 'invalid_request')
      expectError(await send('token', { ...grant, client_id: poster.clientId }, machine), 400, 'invalid_request')
      // Wrongly.
      for (const [name, password] of [[id, `${secret}x`], [id, secret.slice(1)], [id.toUpperCase(), secret], ['nobody', secret], [poster.clientId, secret]] as const) {
        expectError(await bare('token', grant, { authorization: basic(name, password) }), 401, 'invalid_client')
      }
      for (const authorization of [basic(id, ''), `Basic ${Buffer.from(id).toString('base64')}`, `Basic ${Buffer.from(`${id}%3A${secret}`).toString('base64')}`, 'Basic', 'Basic !', `Bearer ${secret}`]) {
        expectError(await bare('token', grant, { authorization }), 400, 'invalid_request')
      }
      // Not in the address, where it would be written down.
      expect((await bare(`token?client_id=${poster.clientId}&client_secret=${poster.secret!}`, grant)).status).toBe(400)
      // A public client has no secret to show.
      const spa = await registerRelyingParty(server, { type: 'spa' })
      expectError(await bare('token', { grant_type: 'authorization_code', client_id: spa.clientId, client_secret: 'anything', code: 'x', redirect_uri: CALLBACK, code_verifier: 'a'.repeat(43) }), 401, 'invalid_client')
    })

    // security case F10
    test('pushed requests that hold another one, come twice over, by GET, or from nobody', async () => {
      const request = { client_id: shop.clientId, response_type: 'code', redirect_uri: CALLBACK, scope: 'openid' }
      const pushed = String((await send('par', request)).body['request_uri'])
      expectError(await send('par', { ...request, request_uri: pushed }), 400, 'request_uri_not_supported')
      expect((await send('par', `${new URLSearchParams(request).toString()}&redirect_uri=${encodeURIComponent('https://evil.example/')}`)).status).toBe(400)
      expectError(await send('par', { ...request, redirect_uri: 'https://evil.example/' }), 400, 'invalid_request')
      expectError(await bare('par', request), 401, 'invalid_client')
      expect((await server.browser().get(`/auth/oauth2/par?${new URLSearchParams(request).toString()}`)).statusCode).toBe(405)
    })

    // security case F11
    test('grants that are not offered, or not this client’s', async () => {
      const login = { username: person.email, password: person.password, scope: 'openid' }
      expectError(await send('token', { grant_type: 'password', ...login }), 400, 'unsupported_grant_type')
      expectError(await send('token', { grant_type: 'implicit' }), 400, 'unsupported_grant_type')
      expect(await send('token', { grant_type: 'client_credentials', scope: 'openid' })).toMatchObject({ status: 400, body: { error_description: 'requested grant type is not allowed for this client' } })
      expect((await send('token', '')).status).toBe(400)
      expect((await send('token', 'grant_type=authorization_code&grant_type=refresh_token')).status).toBe(400)
      const machine = await registerRelyingParty(server, { type: 'machine', redirect_uris: undefined, scope: 'orders' })
      // A machine is nobody's: whatever it asks for, it gets its own scopes and no person's (RFC 6749 section 3.3).
      for (const scope of ['openid', 'profile email', 'orders openid']) expectError(await send('token', { grant_type: 'client_credentials', scope }, machine), 400, 'invalid_scope')
      for (const [scope, granted] of [['orders', 'orders'], ['admin', ''], ['orders admin', 'orders']] as const) {
        const { body } = await send('token', { grant_type: 'client_credentials', scope }, machine)
        expect([body['scope'] ?? '', body['id_token'], body['refresh_token']], scope).toEqual([granted, undefined, undefined])
      }
    })

    // security case F12
    test('another client’s tokens: they are inactive to it, and it cannot end them', async () => {
      const tokens = await tokensFor()
      for (const token of [tokens.access_token, tokens.refresh_token!]) {
        expect((await send('introspect', { token }, other)).body).toEqual({ active: false })
        expect((await send('revoke', { token }, other)).status).toBe(200)
        expect((await send('introspect', { token })).body).toMatchObject({ active: true })
        expect((await bare('introspect', { token })).status).toBeGreaterThanOrEqual(400)
        expect((await bare('revoke', { token })).status).toBeGreaterThanOrEqual(400)
      }
      const spa = await registerRelyingParty(server, { type: 'spa' })
      expect((await bare('introspect', { token: tokens.access_token, client_id: spa.clientId })).body).toEqual({ active: false })
      // Its own client ends both with one.
      expect((await send('revoke', { token: tokens.refresh_token! })).status).toBe(200)
      for (const token of [tokens.access_token, tokens.refresh_token!]) expect((await send('introspect', { token })).body).toEqual({ active: false })
    })

    // security case G1, G7
    test('tokens of another kind, of nobody’s signature or of none, wherever they are shown', async () => {
      const tokens = await tokensFor()
      const machine = await registerRelyingParty(server, { type: 'machine', redirect_uris: undefined, scope: 'orders' })
      const machineToken = String((await send('token', { grant_type: 'client_credentials', scope: 'orders' }, machine)).body['access_token'])
      const session = cookieOf(await signIn(server, person), 'access')
      const { privateKey } = await generateKeyPair('ES256')
      const claims = { iss: ISSUER, aud: ISSUER, sub: person.id, scope: 'openid', client_id: shop.clientId, jti: 'x', iat: Math.floor(Date.now() / 1_000), exp: Math.floor(Date.now() / 1_000) + 600 }
      const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' }).sign(privateKey)
      const [, payload, signature] = session.split('.')
      const unsigned = ['none', 'None', 'nOnE', undefined].map((alg) => `${Buffer.from(JSON.stringify({ alg, typ: 'at+jwt' })).toString('base64url')}.${payload!}.`)
      const stripped = `${session.split('.')[0]!}.${payload!}.`
      const atUserinfo = [tokens.id_token!, tokens.refresh_token!, session, machineToken, forged, stripped, ...unsigned, tokens.access_token.slice(0, -1), `${tokens.access_token}A`]
      for (const token of atUserinfo) {
        const answer = await server.browser().get('/auth/oauth2/userinfo', { authorization: `Bearer ${token}`, accept: 'application/json' })
        expect([answer.statusCode, answer.json<{ error: string }>().error], token).toEqual([401, 'invalid_token'])
        expect(answer.headers['www-authenticate']).toContain('invalid_token')
      }
      // Our own API takes the session's token and nothing that was issued to an application.
      const me = (token: string) => server.browser().api('GET', '/user', undefined, { authorization: `Bearer ${token}` })
      expect((await me(session)).statusCode).toBe(200)
      for (const token of [tokens.id_token!, tokens.access_token, machineToken, forged, stripped, `${session.slice(0, -signature!.length)}AAAA`, ...unsigned]) expect((await me(token)).statusCode, token).toBe(401)
      // A JWT is verified where it is used, and not asked about; nor does it end anything.
      for (const path of ['introspect', 'revoke']) for (const token of [forged, session, tokens.id_token!]) expectError(await send(path, { token }), 400, 'unsupported_token_type')
    })

    test('a token in two places, in the address, or twice', async () => {
      const { access_token } = await tokensFor()
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      const post = (payload: string, headers: Fields = {}) => server.browser().raw({ method: 'POST', url: '/auth/oauth2/userinfo', headers: { ...form, ...headers }, payload })
      expect((await post(`access_token=${access_token}`)).statusCode).toBe(200)
      expect((await post(`access_token=${access_token}`, { authorization: `Bearer ${access_token}` })).statusCode).toBe(400)
      expect((await post(`access_token=${access_token}&access_token=${access_token}`)).statusCode).toBe(400)
      // RFC 9700 section 4.3.2.
      expect((await server.browser().get(`/auth/oauth2/userinfo?access_token=${access_token}`)).statusCode).toBe(400)
    })
  })
}
