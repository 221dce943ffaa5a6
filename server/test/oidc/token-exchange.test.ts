import { generateKeyPair, SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { ACCESS_TOKEN, SESSION, TOKEN_EXCHANGE } from '../harness/on-behalf.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { follow, ISSUER, registerRelyingParty, relyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, eventsOf, QUICK } from '../harness/tokens.ts'

const NOT_ACCEPTABLE = { error: 'invalid_request', error_description: 'subject_token is not acceptable' }

for (const engine of testEngines) {
  describe(`a token that is exchanged for another one (RFC 8693) on ${engine}`, () => {
    let server: TestServer
    let person: Person
    let browser: Browser
    /** The application that people sign in to, with signed and with opaque tokens. */
    let shop: RelyingParty
    let vault: RelyingParty
    /** A service that is called by it, and calls on. */
    let service: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
      browser = await signIn(server, person)
      shop = await registerRelyingParty(server, { scope: 'openid offline_access orders stock' })
      vault = await registerRelyingParty(server, { scope: 'openid offline_access orders stock', access_token_format: 'opaque' })
      service = await machine({ access_token_format: 'opaque' })
    })
    afterAll(() => server.close())

    const machine = (fields: Record<string, unknown> = {}) =>
      registerRelyingParty(server, {
        name: 'Stock service', type: 'machine', redirect_uris: undefined, grant_types: ['client_credentials', TOKEN_EXCHANGE], scope: 'orders stock secrets',
        token_exchange_audiences: [ISSUER], token_exchange_subjects: [shop.clientId, vault.clientId, SESSION], ...fields,
      })

    /** Tokens of the person for the resource. */
    async function tokensOf(client: RelyingParty, by: Browser = browser, scope = 'openid orders stock') {
      const { path, checks } = await client.begin({ scope, resource: ISSUER })
      const { location } = await follow(by, path)
      return oidc.authorizationCodeGrant(client.config, new URL(location!), checks, { resource: ISSUER })
    }

    const exchange = (client: RelyingParty, subjectToken: string, more: Record<string, string> = {}) =>
      oidc.genericGrantRequest(client.config, TOKEN_EXCHANGE, { subject_token: subjectToken, subject_token_type: ACCESS_TOKEN, scope: 'stock', ...more })

    test.each([['opaque', 'opaque'], ['opaque', 'jwt'], ['jwt', 'opaque'], ['jwt', 'jwt']])('from %s to %s: it is the person’s, says who acts, and is narrower and shorter', async (from, to) => {
      const acting = await machine({ access_token_format: to, access_token_ttl_seconds: 3_600 })
      const source = await registerRelyingParty(server, { scope: 'openid orders stock', access_token_format: from, access_token_ttl_seconds: 300 })
      await server.app.clients.update(acting.clientId, { token_exchange_subjects: [source.clientId] })
      const tokens = await tokensOf(source)
      expect(tokens.access_token.split('.')).toHaveLength(from === 'jwt' ? 3 : 1)
      const exchanged = await exchange(acting, tokens.access_token)
      expect(exchanged).toMatchObject({ token_type: 'bearer', scope: 'stock', issued_token_type: ACCESS_TOKEN })
      expect(exchanged.expires_in).toBeLessThanOrEqual(300)
      expect(exchanged.expires_in).toBeGreaterThan(200)
      expect(exchanged.refresh_token).toBeUndefined()
      expect(exchanged.id_token).toBeUndefined()
      const claims = to === 'jwt' ? decodeToken(exchanged.access_token).payload : await oidc.tokenIntrospection(acting.config, exchanged.access_token)
      expect(claims).toMatchObject({ sub: person.id, client_id: acting.clientId, aud: ISSUER, scope: 'stock', act: { sub: acting.clientId, client_id: acting.clientId } })
      expect(await eventsOf(server, person.id, 'token.exchanged')).toContainEqual(
        expect.objectContaining({ data: { client_id: acting.clientId, subject_client_id: source.clientId, actor: acting.clientId, audience: ISSUER, scope: 'stock', mode: 'delegation' } }),
      )
    })

    test('lives ten minutes at most, however long the others may', async () => {
      const long = await registerRelyingParty(server, { scope: 'openid orders stock', access_token_format: 'opaque', access_token_ttl_seconds: 3_600 })
      const acting = await machine({ access_token_ttl_seconds: 3_600, token_exchange_subjects: [long.clientId] })
      expect((await exchange(acting, (await tokensOf(long)).access_token)).expires_in).toBe(600)
    })

    test('of a session is taken where that is allowed, and ends with it', async () => {
      const phone = await signIn(server, person)
      const exchanged = await exchange(service, cookieOf(phone, 'access'), { scope: 'orders' })
      expect(await oidc.tokenIntrospection(service.config, exchanged.access_token)).toMatchObject({ active: true, sub: person.id, scope: 'orders' })
      await phone.post('/auth/logout', {})
      expect(await oidc.tokenIntrospection(service.config, exchanged.access_token)).toEqual({ active: false })
      await expect(exchange(service, cookieOf(browser, 'access'), { scope: 'elsewhere' })).rejects.toMatchObject({ error: 'invalid_scope' })
      const strict = await machine({ token_exchange_subjects: [shop.clientId] })
      await expect(exchange(strict, cookieOf(browser, 'access'))).rejects.toMatchObject(NOT_ACCEPTABLE)
    })

    test.each(['opaque', 'jwt'])('ends with the session and with the access of the application that it comes from (%s)', async (format) => {
      const source = format === 'jwt' ? shop : vault
      const someone = await signUp(server)
      const ends: [string, (by: Browser) => Promise<unknown>][] = [
        ['session', (by) => by.post('/auth/logout', {})],
        ['application', (by) => by.api('DELETE', `/applications/${source.clientId}`)],
      ]
      for (const [what, end] of ends) {
        const by = await signIn(server, someone)
        const { access_token: original } = await tokensOf(source, by)
        const first = await exchange(service, original)
        expect([what, (await oidc.tokenIntrospection(service.config, first.access_token)).active]).toEqual([what, true])
        await end(by)
        expect([what, (await oidc.tokenIntrospection(service.config, first.access_token)).active]).toEqual([what, false])
        await expect(exchange(service, original)).rejects.toMatchObject(NOT_ACCEPTABLE)
      }
    })

    test.each(['opaque', 'jwt'])('may be exchanged in turn, and every actor is kept (%s)', async (format) => {
      const first = await machine({ access_token_format: format })
      const second = await machine({ access_token_format: format, token_exchange_subjects: [first.clientId] })
      const quiet = await machine({ access_token_format: 'jwt', token_exchange_subjects: [second.clientId], token_exchange_mode: 'impersonation' })
      const someone = await signIn(server, person)
      const one = await exchange(first, (await tokensOf(shop, someone)).access_token)
      const two = await exchange(second, one.access_token)
      const chain = { sub: second.clientId, client_id: second.clientId, act: { sub: first.clientId, client_id: first.clientId } }
      const claims = format === 'jwt' ? decodeToken(two.access_token).payload : await oidc.tokenIntrospection(second.config, two.access_token)
      expect(claims['act']).toEqual(chain)
      const three = await exchange(quiet, two.access_token)
      expect(decodeToken(three.access_token).payload).toMatchObject({ sub: person.id, client_id: quiet.clientId, act: chain })
      await someone.post('/auth/logout', {})
      await expect(exchange(quiet, two.access_token)).rejects.toMatchObject(NOT_ACCEPTABLE)
    })

    test('by impersonation names no actor, and takes none', async () => {
      const acting = await machine({ access_token_format: 'jwt', token_exchange_mode: 'impersonation' })
      const { access_token: original } = await tokensOf(shop)
      expect(decodeToken((await exchange(acting, original)).access_token).payload['act']).toBeUndefined()
      const own = await oidc.clientCredentialsGrant(acting.config, { scope: 'stock' })
      await expect(exchange(acting, original, { actor_token: own.access_token, actor_token_type: ACCESS_TOKEN })).rejects.toMatchObject({ error: 'invalid_request' })
    })

    test('by delegation takes a token of the client’s own as actor, and nobody else’s', async () => {
      const acting = await machine({ access_token_format: 'jwt' })
      const { access_token: original } = await tokensOf(shop)
      const own = await oidc.clientCredentialsGrant(acting.config, { scope: 'stock' })
      const delegated = await exchange(acting, original, { actor_token: own.access_token, actor_token_type: ACCESS_TOKEN })
      expect(decodeToken(delegated.access_token).payload['act']).toEqual({ sub: acting.clientId, client_id: acting.clientId })
      const others = await oidc.clientCredentialsGrant((await machine({ access_token_format: 'jwt' })).config, { scope: 'stock' })
      for (const refused of [{ actor_token: others.access_token, actor_token_type: ACCESS_TOKEN }, { actor_token: original, actor_token_type: ACCESS_TOKEN }, { actor_token: own.access_token }, { actor_token_type: ACCESS_TOKEN }, { actor_token: 'x', actor_token_type: ACCESS_TOKEN }]) {
        await expect(exchange(acting, original, refused as Record<string, string>)).rejects.toMatchObject({ error: 'invalid_request' })
      }
    })

    test('is narrower alone: no scope that the subject, the client or the resource has not', async () => {
      const { access_token: original } = await tokensOf(vault, browser, 'openid orders')
      expect((await exchange(service, original, { scope: 'orders' })).scope).toBe('orders')
      for (const scope of ['stock', 'secrets', 'openid', 'orders stock', 'orders unknown']) await expect(exchange(service, original, { scope })).rejects.toMatchObject({ error: 'invalid_scope' })
      const unasked = await oidc.genericGrantRequest(service.config, TOKEN_EXCHANGE, { subject_token: original, subject_token_type: ACCESS_TOKEN })
      expect(unasked.scope).toBe('orders')
    })

    test('is for the resources that the client may have tokens for', async () => {
      const { access_token: original } = await tokensOf(vault)
      expect((await exchange(service, original, { audience: ISSUER })).scope).toBe('stock')
      expect((await exchange(service, original, { resource: ISSUER, audience: ISSUER })).scope).toBe('stock')
      for (const named of [{ audience: 'https://elsewhere.example.com' }, { resource: 'https://elsewhere.example.com' }, { resource: ISSUER, audience: 'https://elsewhere.example.com' }]) {
        await expect(exchange(service, original, named as Record<string, string>)).rejects.toMatchObject({ error: 'invalid_target' })
      }
      const none = await machine({ token_exchange_audiences: [] })
      for (const named of [{}, { audience: ISSUER }]) await expect(exchange(none, original, named as Record<string, string>)).rejects.toMatchObject({ error: 'invalid_target' })
    })

    test('is for a resource that is registered, in its format and no longer than it says', async () => {
      const resource = 'https://stock.example.com/api'
      const made = await server.app.clients.resources.create({ identifier: resource, name: 'Stock', scopes: { 'stock:read': 'See the stock' }, access_token_ttl_seconds: 120, access_token_format: 'jwt' })
      expect(made.ok).toBe(true)
      const source = await registerRelyingParty(server, { scope: 'openid stock:read' })
      const { path, checks } = await source.begin({ scope: 'openid stock:read', resource })
      const { location } = await follow(browser, path)
      const tokens = await oidc.authorizationCodeGrant(source.config, new URL(location!), checks, { resource })
      const acting = await machine({ scope: 'stock:read', access_token_format: 'opaque', token_exchange_audiences: [resource, ISSUER], token_exchange_subjects: [source.clientId] })
      const exchanged = await exchange(acting, tokens.access_token, { scope: 'stock:read', audience: resource })
      expect(exchanged.expires_in).toBeLessThanOrEqual(120)
      expect(decodeToken(exchanged.access_token).payload).toMatchObject({ aud: resource, scope: 'stock:read', sub: person.id })
      await expect(exchange(acting, tokens.access_token, { scope: 'stock:read' })).rejects.toMatchObject({ error: 'invalid_target' })
    })

    test('is bound to the key of a client that has to show one, and never comes from a token that is bound to another’s', async () => {
      const bound = await machine({ dpop_bound_access_tokens: true })
      const { access_token: original } = await tokensOf(vault)
      await expect(exchange(bound, original)).rejects.toMatchObject({ error: 'invalid_grant' })
      const handle = oidc.getDPoPHandle(bound.config, await oidc.randomDPoPKeyPair('ES256'))
      const parameters = { subject_token: original, subject_token_type: ACCESS_TOKEN, scope: 'stock' }
      const exchanged = await oidc.genericGrantRequest(bound.config, TOKEN_EXCHANGE, parameters, { DPoP: handle })
      expect(exchanged.token_type).toBe('dpop')
      expect(decodeToken(exchanged.access_token).payload['cnf']).toEqual({ jkt: await handle.calculateThumbprint() })
      const next = await machine({ token_exchange_subjects: [bound.clientId] })
      await expect(exchange(next, exchanged.access_token)).rejects.toMatchObject(NOT_ACCEPTABLE)
    })

    // security case G20
    test('is refused for every token that is none of ours, over, or not allowed', async () => {
      const { access_token: jwt, refresh_token: refresh, id_token: idToken } = await tokensOf(shop)
      const { access_token: opaque } = await tokensOf(vault)
      const { privateKey } = await generateKeyPair('ES256')
      const { header, payload } = decodeToken(jwt)
      const forged = await new SignJWT(payload).setProtectedHeader(header as { alg: string }).sign(privateKey)
      const machines = await oidc.clientCredentialsGrant(service.config, { scope: 'stock' })
      const signed = decodeToken(jwt)
      const none = `${Buffer.from(JSON.stringify({ ...signed.header, alg: 'none' })).toString('base64url')}.${jwt.split('.')[1]}.`
      for (const subject of ['x', 'a.b.c', forged, none, `${jwt.slice(0, -4)}AAAA`, opaque.slice(0, -1), `${opaque}x`, idToken!, refresh!, machines.access_token, String(payload['jti'])]) {
        await expect(exchange(service, subject)).rejects.toMatchObject(NOT_ACCEPTABLE)
      }
      const nobody = await machine({ token_exchange_subjects: [] })
      for (const subject of [jwt, opaque, cookieOf(browser, 'access')]) await expect(exchange(nobody, subject)).rejects.toMatchObject(NOT_ACCEPTABLE)
      for (const wrong of [{ subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' }, { subject_token_type: '' }, { requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }]) {
        await expect(exchange(service, opaque, wrong as Record<string, string>)).rejects.toMatchObject({ error: 'invalid_request' })
      }
    })

    test('is refused for an account that was disabled, and for a client without the grant', async () => {
      const someone = await signUp(server)
      const { access_token: jwt } = await tokensOf(shop, someone.browser)
      const { access_token: opaque } = await tokensOf(vault, someone.browser)
      await server.app.admins.disable(someone.email)
      for (const subject of [jwt, opaque]) await expect(exchange(service, subject)).rejects.toMatchObject(NOT_ACCEPTABLE)
      const plain = await registerRelyingParty(server, { name: 'Plain', type: 'machine', redirect_uris: undefined, scope: 'stock' })
      await expect(exchange(plain, opaque)).rejects.toMatchObject({ error: 'invalid_request' })
      const wrong = await relyingParty(server, service.clientId, 'wrong')
      await expect(exchange(wrong, opaque)).rejects.toMatchObject({ status: 401 })
    })

    test('is over as soon as the token is that it comes from', async () => {
      const late = await startTestServer(engine, QUICK)
      try {
        const someone = await signUp(late)
        const source = await registerRelyingParty(late, { scope: 'openid stock' })
        const acting = await registerRelyingParty(late, { type: 'machine', redirect_uris: undefined, grant_types: [TOKEN_EXCHANGE], scope: 'stock', token_exchange_audiences: [ISSUER], token_exchange_subjects: [source.clientId] })
        const { access_token: original } = await tokensOf(source, someone.browser, 'openid stock')
        late.clock.advance(9 * 60_000 + 55_000)
        expect((await exchange(acting, original)).expires_in).toBeLessThanOrEqual(5)
        late.clock.advance(6_000)
        await expect(exchange(acting, original)).rejects.toMatchObject(NOT_ACCEPTABLE)
      } finally {
        await late.close()
      }
    })

    test('is over at the resolver within a second of its revocation, at every instance', async () => {
      const sibling = await server.sibling()
      const acting = await machine({ access_token_format: 'jwt' })
      const { access_token: token } = await exchange(acting, (await tokensOf(shop)).access_token)
      const query = `?mode=enforce&scope=stock`
      const statusAt = async (at: TestServer) => (await at.browser().get(`/auth/_resolver/resolve${query}`, { authorization: `Bearer ${token}` })).statusCode
      for (const at of [server, sibling]) for (let times = 0; times < 5; times++) expect(await statusAt(at)).toBe(200)
      await oidc.tokenRevocation(acting.config, token)
      expect(await statusAt(server)).toBe(401)
      await expect.poll(() => statusAt(sibling), { timeout: 1_000, interval: 20 }).toBe(401)
      await sibling.close()
    })

    test('goes with the client that it was given to, whatever it was exchanged for', async () => {
      const gone = await machine({ access_token_format: 'opaque' })
      const { access_token: token } = await exchange(gone, (await tokensOf(shop)).access_token)
      const next = await machine({ token_exchange_subjects: [gone.clientId] })
      expect((await exchange(next, token)).scope).toBe('stock')
      await server.app.clients.delete(gone.clientId)
      await expect(exchange(next, token)).rejects.toMatchObject(NOT_ACCEPTABLE)
    })

    test('names who acts by the subject that the client knows them by', async () => {
      const pair = await registerRelyingParty(server, { scope: 'openid orders stock', subject_type: 'pairwise', grant_types: ['authorization_code', TOKEN_EXCHANGE], token_exchange_audiences: [ISSUER], token_exchange_subjects: [shop.clientId] })
      const own = await tokensOf(pair)
      const { payload } = decodeToken((await exchange(pair, (await tokensOf(shop)).access_token, { actor_token: own.access_token, actor_token_type: ACCESS_TOKEN })).access_token)
      expect((payload['act'] as { sub: string }).sub).toBe(decodeToken(own.id_token!).payload['sub'])
      expect(JSON.stringify(payload['act'])).not.toContain(person.id)
    })

    test('acts for nobody once the actor has given its own token back', async () => {
      const acting = await machine({ access_token_format: 'jwt' })
      const own = await oidc.clientCredentialsGrant(acting.config, { scope: 'stock' })
      const actor = { actor_token: own.access_token, actor_token_type: ACCESS_TOKEN }
      const { access_token: subject } = await tokensOf(shop)
      expect((await exchange(acting, subject, actor)).scope).toBe('stock')
      await oidc.tokenRevocation(acting.config, own.access_token)
      await expect(exchange(acting, subject, actor)).rejects.toMatchObject({ error: 'invalid_request', error_description: 'actor_token is not acceptable' })
    })
  })
}
