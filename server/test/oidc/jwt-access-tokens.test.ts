import { createHmac } from 'node:crypto'
import { exportSPKI, generateKeyPair, importJWK, jwtVerify, SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { follow, ISSUER, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { decodeToken, eventsOf, QUICK } from '../harness/tokens.ts'

const API = 'https://api.example.com'

for (const engine of testEngines) {
  // RFC 9068
  describe(`a JWT access token on ${engine}`, () => {
    let server: TestServer
    let person: Person
    let shop: RelyingParty
    let machine: RelyingParty
    let other: RelyingParty
    let api: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
      await server.app.admins.grant(person.email)
      api = await registerRelyingParty(server, { name: 'The API', type: 'machine', redirect_uris: undefined })
      const made = await server.app.clients.resources.create({ identifier: API, name: 'API', scopes: { read: 'Read' }, introspection_clients: [api.clientId] })
      expect(made.ok).toBe(true)
      shop = await registerRelyingParty(server, { scope: 'openid profile email offline_access roles read' })
      machine = await registerRelyingParty(server, { name: 'Robot', type: 'machine', redirect_uris: undefined, scope: 'read' })
      other = await registerRelyingParty(server, { name: 'Other', type: 'machine', redirect_uris: undefined, scope: 'read' })
    })
    afterAll(() => server.close())
    afterEach(() => vi.useRealTimers())

    async function tokensOf(scope = 'openid read', browser = signIn(server, person)) {
      const { path, checks } = await shop.begin({ resource: API, scope })
      const { location } = await follow(await browser, path)
      return oidc.authorizationCodeGrant(shop.config, new URL(location!), checks, { resource: API })
    }
    const ofMachine = async () => (await oidc.clientCredentialsGrant(machine.config, { resource: API, scope: 'read' })).access_token
    const about = (token: string, client = shop) => oidc.tokenIntrospection(client.config, token)
    /** What a token that was never ours is told: it is not even looked for. */
    const isRefused = async (token: string, client = shop) => {
      const answer = await about(token, client).catch((error: { error?: string }) => error.error)
      return answer === 'unsupported_token_type' || (typeof answer === 'object' && !answer.active)
    }

    test('says who, for whom, what for, and how they signed in, signed by the key that is published', async () => {
      const { access_token: token } = await tokensOf()
      const { keys } = (await server.browser().get('/auth/oauth2/jwks')).json<{ keys: { kid: string }[] }>()
      const { header } = decodeToken(token)
      expect(header).toMatchObject({ alg: 'ES256', typ: 'at+jwt' })
      const key = await importJWK(keys.find(({ kid }) => kid === header['kid'])!, 'ES256')
      const { payload } = await jwtVerify(token, key, { issuer: ISSUER, audience: API, typ: 'at+jwt' })
      expect(payload).toMatchObject({ sub: person.id, client_id: shop.clientId, scope: 'read', acr: 'aal1', amr: ['pwd'], jti: expect.any(String) as string, auth_time: expect.any(Number) as number, sid: expect.any(String) as string })
      expect(payload.exp! - payload.iat!).toBe(600)
      expect(payload).not.toHaveProperty('roles')
    })

    test('names the roles of its person where the scope roles is granted', async () => {
      expect(decodeToken((await tokensOf('openid read roles')).access_token).payload).toMatchObject({ scope: 'read roles', roles: ['admin'] })
    })

    test('of a machine says the machine, and nothing of anybody who signed in', async () => {
      const { payload } = decodeToken(await ofMachine())
      expect(payload).toMatchObject({ sub: machine.clientId, client_id: machine.clientId, aud: API, scope: 'read' })
      for (const claim of ['sid', 'auth_time', 'acr', 'amr', 'roles']) expect(payload).not.toHaveProperty(claim)
    })

    test('is active to its client and to the resource that it is for, and to nobody else', async () => {
      for (const [token, owner] of [[(await tokensOf()).access_token, shop], [await ofMachine(), machine]] as const) {
        for (const asking of [owner, api]) expect(await about(token, asking)).toMatchObject({ active: true, client_id: owner.clientId, aud: API, scope: 'read', iss: ISSUER })
        expect(await about(token, other)).toEqual({ active: false })
      }
      expect(await about((await tokensOf()).access_token)).toMatchObject({ sub: person.id, acr: 'aal1' })
    })

    test('is over with its session, its grant, its revocation, its client and its time', async () => {
      const browser = await signIn(server, person)
      const ended = (await tokensOf('openid read', Promise.resolve(browser))).access_token
      await browser.api('DELETE', '/sessions/current')
      await browser.post('/auth/logout', {})
      expect(await about(ended)).toEqual({ active: false })

      const taken = await tokensOf()
      await oidc.tokenRevocation(shop.config, taken.refresh_token!)
      expect(await about(taken.access_token)).toEqual({ active: false })

      for (const [token, client] of [[(await tokensOf()).access_token, shop], [await ofMachine(), machine]] as const) {
        await oidc.tokenRevocation(other.config, token)
        expect(await about(token, client)).toMatchObject({ active: true })
        for (let times = 0; times < 2; times++) await oidc.tokenRevocation(client.config, token)
        expect(await about(token, client)).toEqual({ active: false })
      }
      expect((await eventsOf(server, person.id, 'grant.revoked')).length).toBeGreaterThanOrEqual(2)
      expect((await eventsOf(server, null, 'token.revoked')).at(-1)).toMatchObject({ data: { client_id: machine.clientId } })

      const gone = await registerRelyingParty(server, { name: 'Gone', type: 'machine', redirect_uris: undefined, scope: 'read' })
      const orphan = (await oidc.clientCredentialsGrant(gone.config, { resource: API, scope: 'read' })).access_token
      expect(await about(orphan, api)).toMatchObject({ active: true })
      await server.app.clients.delete(gone.clientId)
      expect(await about(orphan, api)).toEqual({ active: false })

      const [old, oldOfMachine] = [(await tokensOf()).access_token, await ofMachine()]
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * 60_000 })
      expect(await about(old)).toEqual({ active: false })
      expect(await about(oldOfMachine, machine)).toEqual({ active: false })
    })

    test('is revoked once by fifty tries at once on two servers, and stays so', async () => {
      const token = await ofMachine()
      const sibling = await server.sibling()
      const body = new URLSearchParams({ token }).toString()
      const authorization = `Basic ${Buffer.from(`${machine.clientId}:${machine.secret!}`).toString('base64')}`
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          (index % 2 === 0 ? server : sibling).browser().raw({ method: 'POST', url: '/auth/oauth2/revoke', headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' }, payload: body })),
      )
      expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
      expect(await about(token, machine)).toEqual({ active: false })
      await sibling.close()
    })

    test('is refused truncated, in another spelling, by another key or algorithm, and under another name', async () => {
      for (const [token, client] of [[(await tokensOf()).access_token, shop], [await ofMachine(), machine]] as const) {
        const [header = '', payload = '', signature = ''] = token.split('.')
        const { kid } = decodeToken(token).header as { kid: string }
        const claims = decodeToken(token).payload
        const { privateKey } = await generateKeyPair('ES256')
        const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid }).sign(privateKey)
        const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
        const { keys } = (await server.browser().get('/auth/oauth2/jwks')).json<{ keys: { kid: string }[] }>()
        const spki = await exportSPKI((await importJWK(keys.find((one) => one.kid === kid)!, 'ES256', { extractable: true })) as never)
        const confusedInput = `${encode({ alg: 'HS256', typ: 'at+jwt', kid })}.${payload}`
        const confused = `${confusedInput}.${createHmac('sha256', spki).update(confusedInput).digest('base64url')}`
        const unsigned = ['none', 'None'].flatMap((alg) => ['', signature].map((one) => `${encode({ alg, typ: 'at+jwt', kid })}.${payload}.${one}`))
        const changed = `${header}.${encode({ ...claims, scope: 'read write' })}.${signature}`
        const named = [`jwt:${token.slice(0, -2)}`, `jwt:${forged}`, `revoked:${String(claims['jti'])}`, String(claims['jti'])]
        for (const wrong of [token.slice(0, -1), `${header}.${payload}.`, `${header}.${payload}`, `${token}A`, forged, confused, ...unsigned, changed, ...named]) {
          expect(await isRefused(wrong, client), wrong).toBe(true)
          const atUserinfo = await server.browser().get('/auth/oauth2/userinfo', { authorization: `Bearer ${wrong}`, accept: 'application/json' })
          expect(atUserinfo.statusCode).toBe(401)
        }
        expect(await about(token, client)).toMatchObject({ active: true })
      }
    })

    test('that is for a resource opens neither UserInfo nor our own API, not even one for the issuer', async () => {
      const { path, checks } = await shop.begin({ resource: ISSUER, scope: 'openid read' })
      const { location } = await follow(await signIn(server, person), path)
      const forIssuer = (await oidc.authorizationCodeGrant(shop.config, new URL(location!), checks, { resource: ISSUER })).access_token
      expect(decodeToken(forIssuer).payload).toMatchObject({ aud: ISSUER, client_id: shop.clientId })
      for (const token of [forIssuer, (await tokensOf()).access_token, await ofMachine()]) {
        for (const url of ['/auth/oauth2/userinfo', '/auth/api/v1/user']) expect((await server.browser().get(url, { authorization: `Bearer ${token}`, accept: 'application/json' })).statusCode, url).toBe(401)
      }
    })
  })
}
