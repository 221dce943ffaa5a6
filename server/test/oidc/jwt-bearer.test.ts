import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CryptoKey } from 'jose'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signUpAnonymously, ANONYMOUS } from '../harness/anonymous.ts'
import { testEngines } from '../harness/engines.ts'
import { JWT_BEARER } from '../harness/on-behalf.ts'
import type { Person } from '../harness/people.ts'
import { newAddress, signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { fetchOver, ISSUER, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, decodeToken, eventsOf, QUICK } from '../harness/tokens.ts'
import { signUpUnproven } from '../contract/unproven-person.ts'

const PARTNER = 'https://partner.example.com'
const NOT_ACCEPTABLE = { error: 'invalid_grant', error_description: 'grant request is invalid' }

interface Made {
  readonly claims?: Record<string, unknown>
  readonly header?: Record<string, unknown>
  readonly key?: CryptoKey
}

for (const engine of testEngines) {
  describe(`an assertion that a client shows for a token (RFC 7523 section 2.1) on ${engine}`, () => {
    let server: TestServer
    let person: Person
    let keys: { publicKey: CryptoKey; privateKey: CryptoKey }
    let jwks: { keys: object[] }
    let client: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
      keys = await generateKeyPair('ES256')
      jwks = { keys: [{ ...(await exportJWK(keys.publicKey)), alg: 'ES256', kid: 'one' }] }
      client = await machine()
    })
    afterAll(() => server.close())

    const machine = (fields: Record<string, unknown> = {}, on = server) =>
      registerRelyingParty(on, { name: 'Importer', type: 'machine', redirect_uris: undefined, grant_types: [JWT_BEARER], scope: 'orders stock', trusted_issuers: [{ issuer: PARTNER, jwks, subject: 'user_id' }], ...fields })

    let made = 0
    async function assertion({ claims = {}, header = {}, key = keys.privateKey }: Made = {}): Promise<string> {
      const now = Math.floor(server.clock.now() / 1_000)
      made += 1
      const payload = Object.fromEntries(Object.entries({ iss: PARTNER, sub: person.id, aud: ISSUER, iat: now, exp: now + 60, jti: `assertion-${made}`, ...claims }).filter(([, value]) => value !== undefined))
      return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'one', ...header }).sign(key)
    }

    const show = async (text: string, more: Record<string, string> = {}, by = client) => oidc.genericGrantRequest(by.config, JWT_BEARER, { assertion: text, ...more })

    test('lets it act for the person that it names, for ten minutes and without more', async () => {
      const tokens = await show(await assertion(), { scope: 'orders' })
      expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'orders', expires_in: 600 })
      expect(tokens.refresh_token ?? tokens.id_token).toBeUndefined()
      expect(decodeToken(tokens.access_token).payload).toMatchObject({ sub: person.id, client_id: client.clientId, aud: ISSUER, scope: 'orders' })
      expect((await show(await assertion())).scope).toBe('orders stock')
      expect(await eventsOf(server, person.id, 'token.issued_for_assertion')).toContainEqual(expect.objectContaining({ data: { client_id: client.clientId, issuer: PARTNER, audience: ISSUER, scope: 'orders' } }))
    })

    test('names a person by a proven address where that is agreed, and a machine itself', async () => {
      const byEmail = await machine({ trusted_issuers: [{ issuer: PARTNER, jwks, subject: 'email' }] })
      const tokens = await show(await assertion({ claims: { sub: person.email.toUpperCase() } }), {}, byEmail)
      expect(decodeToken(tokens.access_token).payload['sub']).toBe(person.id)
      const direct = await server.sibling({}, 'signup: { verification: off }')
      const unproven = await signUpUnproven(direct)
      await direct.close()
      for (const sub of [person.id, newAddress('nobody'), unproven.email, '']) await expect(show(await assertion({ claims: { sub } }), {}, byEmail)).rejects.toMatchObject(NOT_ACCEPTABLE)

      const itself = await machine({ trusted_issuers: [{ issuer: PARTNER, jwks, subject: 'client' }] })
      const own = await show(await assertion({ claims: { sub: itself.clientId } }), {}, itself)
      expect(decodeToken(own.access_token).payload).toMatchObject({ sub: itself.clientId, client_id: itself.clientId, scope: 'orders stock' })
      for (const sub of [person.id, client.clientId]) await expect(show(await assertion({ claims: { sub } }), {}, itself)).rejects.toMatchObject(NOT_ACCEPTABLE)
    })

    test('gives a token that ends with the account’s other devices, and is seen among the applications', async () => {
      const opaque = await machine({ access_token_format: 'opaque' })
      const someone = await signUp(server)
      const ask = async () => (await show(await assertion({ claims: { sub: someone.id } }), {}, opaque)).access_token
      const isActive = async (token: string) => (await oidc.tokenIntrospection(opaque.config, token)).active
      const first = await ask()
      expect(await isActive(first)).toBe(true)
      expect((await someone.browser.api('GET', '/applications')).json<{ applications: object[] }>().applications).toContainEqual(expect.objectContaining({ client_id: opaque.clientId, scopes: ['orders', 'stock'] }))
      await someone.browser.api('DELETE', `/applications/${opaque.clientId}`)
      expect(await isActive(first)).toBe(false)
      const second = await ask()
      await server.app.admins.disable(someone.email)
      expect(await isActive(second)).toBe(false)
      await expect(ask()).rejects.toMatchObject(NOT_ACCEPTABLE)
    })

    // security case G21
    test('is believed once, for this server, by the keys of its issuer, and only for minutes', async () => {
      const now = Math.floor(server.clock.now() / 1_000)
      const spent = await assertion()
      await show(spent)
      await expect(show(spent)).rejects.toMatchObject(NOT_ACCEPTABLE)
      const stranger = await generateKeyPair('ES256')
      const refused: [string, Made][] = [
        ['another issuer', { claims: { iss: 'https://elsewhere.example.com' } }],
        ['no issuer', { claims: { iss: undefined } }],
        ['another key', { key: stranger.privateKey }],
        ['another kid', { header: { kid: 'two' } }],
        ['the token endpoint as audience', { claims: { aud: `${ISSUER}/oauth2/token` } }],
        ['one audience among several', { claims: { aud: [ISSUER, 'https://elsewhere.example.com'] } }],
        ['a list of one audience', { claims: { aud: [ISSUER] } }],
        ['no audience', { claims: { aud: undefined } }],
        ['expired', { claims: { exp: now - 1 } }],
        ['without an end', { claims: { exp: undefined } }],
        ['good for too long', { claims: { exp: now + 400 } }],
        ['from the future', { claims: { iat: now + 120 } }],
        ['not yet', { claims: { nbf: now + 120 } }],
        ['without an id', { claims: { jti: undefined } }],
        ['an empty id', { claims: { jti: '' } }],
        ['nobody', { claims: { sub: undefined } }],
        ['an unknown person', { claims: { sub: '0190a0a0-0000-7000-8000-000000000000' } }],
        ['no id of ours', { claims: { sub: 'ada' } }],
        ['an access token', { header: { typ: 'at+jwt' } }],
      ]
      for (const [what, how] of refused) await expect(show(await assertion(how)), what).rejects.toMatchObject(NOT_ACCEPTABLE)
      const unsigned = (await assertion()).split('.')
      const none = `${Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')}.${unsigned[1]}.`
      const hmac = await new SignJWT({ iss: PARTNER, sub: person.id, aud: ISSUER, exp: now + 60, jti: 'hmac' }).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(Buffer.from(JSON.stringify(jwks.keys[0])))
      for (const text of ['', 'x', 'a.b.c', none, hmac, `${(await assertion()).slice(0, -4)}AAAA`]) await expect(show(text)).rejects.toMatchObject({ error: expect.stringMatching(/invalid_(grant|request)/) as string })
    })

    test('is only for clients that registered the grant and the issuer, and within what they may ask for', async () => {
      const trustsNobody = await machine({ trusted_issuers: [] })
      await expect(show(await assertion(), {}, trustsNobody)).rejects.toMatchObject(NOT_ACCEPTABLE)
      const plain = await registerRelyingParty(server, { name: 'Plain', type: 'machine', redirect_uris: undefined, scope: 'orders' })
      await expect(show(await assertion(), {}, plain)).rejects.toMatchObject({ error: 'invalid_request' })
      const again = await assertion()
      await expect(show(again, { scope: 'secrets' })).rejects.toMatchObject({ error: 'invalid_scope' })
      await expect(show(again, { resource: 'https://elsewhere.example.com' })).rejects.toMatchObject({ error: 'invalid_target' })
      // What was refused for its scope is not spent.
      expect((await show(again, { scope: 'stock' })).scope).toBe('stock')
    })

    test('for an anonymous account is refused', async () => {
      const open = await server.sibling({}, ANONYMOUS)
      const nobody = await signUpAnonymously(open)
      const { id } = (await nobody.browser.api('GET', '/user')).json<{ id: string }>()
      await open.close()
      await expect(show(await assertion({ claims: { sub: id } }))).rejects.toMatchObject(NOT_ACCEPTABLE)
    })

    test('of an issuer that publishes its keys is verified by those, and by a new one as well', async () => {
      const published = { keys: [...jwks.keys] }
      const web = createServer((_request, response) => void response.setHeader('content-type', 'application/json').end(JSON.stringify(published))).listen(0, '127.0.0.1')
      await new Promise((resolve) => web.once('listening', resolve))
      const host = `127.0.0.1:${(web.address() as AddressInfo).port}`
      const inside = await server.sibling({ OUTBOUND_INTERNAL_HOSTS: host })
      try {
        const fetching = await machine({ trusted_issuers: [{ issuer: PARTNER, jwks_uri: `http://${host}/jwks`, subject: 'user_id' }] }, inside)
        expect((await show(await assertion(), {}, fetching)).scope).toBe('orders stock')
        const next = await generateKeyPair('ES256')
        published.keys.push({ ...(await exportJWK(next.publicKey)), alg: 'ES256', kid: 'next' })
        const newer = { key: next.privateKey, header: { kid: 'next' } }
        await expect(show(await assertion(newer), {}, fetching)).rejects.toMatchObject(NOT_ACCEPTABLE)
        server.clock.advance(31_000)
        expect((await show(await assertion(newer), {}, fetching)).scope).toBe('orders stock')
      } finally {
        await inside.close()
        web.close()
      }
      await signIn(server, person)
    })

    test('of fifty parallel tries at two instances wins once', async () => {
      const other = await server.sibling()
      try {
        const body = new URLSearchParams({ grant_type: JWT_BEARER, assertion: await assertion() })
        const authorization = `Basic ${Buffer.from(`${client.clientId}:${client.secret}`).toString('base64')}`
        const statuses = await atOnce([server, other], 50, async (at) => (await fetchOver(at)(`${ISSUER}/oauth2/token`, { method: 'POST', headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' }, body } as never)).status)
        expect(statuses.filter((status) => status === 200)).toHaveLength(1)
        expect(new Set(statuses)).toEqual(new Set([200, 400]))
      } finally {
        await other.close()
      }
    })

    test('is not spent by a client that had to prove a key and did not: it is shown again with the proof', async () => {
      const bound = await machine({ dpop_bound_access_tokens: true })
      const text = await assertion()
      await expect(show(text, {}, bound)).rejects.toMatchObject({ error: 'invalid_grant' })
      const handle = oidc.getDPoPHandle(bound.config, await oidc.randomDPoPKeyPair('ES256'))
      const tokens = await oidc.genericGrantRequest(bound.config, JWT_BEARER, { assertion: text }, { DPoP: handle })
      expect(tokens.token_type).toBe('dpop')
    })
  })
}
