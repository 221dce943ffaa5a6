import type { CryptoKey, JWTHeaderParameters } from 'jose'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { ISSUER } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const TOKEN = `${ISSUER}/oauth2/token`
const secondsFromNow = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds

for (const engine of testEngines) {
  describe(`assertions of clients (private_key_jwt) on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    let id: string
    let otherId: string
    let key: CryptoKey
    let otherKey: CryptoKey
    let publicPem: string
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      sibling = await server.sibling()
      const register = async () => {
        const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
        const jwks = { keys: [{ ...(await exportJWK(publicKey)), use: 'sig' }] }
        const created = await server.app.clients.create({ name: 'Machine', type: 'machine', scope: 'orders', token_endpoint_auth_method: 'private_key_jwt', jwks })
        if (!created.ok) throw new Error(JSON.stringify(created.failure))
        return { id: created.value.client.clientId, privateKey, publicKey }
      }
      const [one, other] = [await register(), await register()]
      id = one.id
      key = one.privateKey
      publicPem = await exportSPKI(one.publicKey)
      otherId = other.id
      otherKey = other.privateKey
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    const claims = (changes: Record<string, unknown> = {}) => {
      const given = { iss: id, sub: id, aud: ISSUER, jti: crypto.randomUUID(), iat: secondsFromNow(0), exp: secondsFromNow(60), ...changes }
      return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    }
    const sign = (changes: Record<string, unknown> = {}, signer: CryptoKey | Uint8Array = key, header: JWTHeaderParameters = { alg: 'ES256' }) => new SignJWT(claims(changes)).setProtectedHeader(header).sign(signer)

    async function show(client_assertion: string, more: Record<string, string> = {}, at = server) {
      const answer = await at.browser().raw({
        method: 'POST',
        url: '/auth/oauth2/token',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ grant_type: 'client_credentials', scope: 'orders', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion, ...more }).toString(),
      })
      return { status: answer.statusCode, error: answer.json<{ error?: string }>().error }
    }
    const REFUSED = { status: 401, error: 'invalid_client' }

    test('one that is right is taken, once', async () => {
      const assertion = await sign()
      expect((await show(assertion)).status).toBe(200)
      expect(await show(assertion)).toEqual(REFUSED)
      expect(await show(assertion, {}, sibling)).toEqual(REFUSED)
    })

    // security case F9
    test('of twenty parallel tries at two instances one wins', async () => {
      const assertion = await sign()
      const answers = await Promise.all(Array.from({ length: 20 }, (_one, index) => show(assertion, {}, index % 2 === 0 ? server : sibling)))
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      for (const answer of answers) if (answer.status !== 200) expect(answer).toEqual(REFUSED)
    })

    // security case F9
    test('for another audience than the issuer alone: an endpoint, several, another server, a likeness, or none', async () => {
      for (const aud of [TOKEN, `${ISSUER}/oauth2/par`, [ISSUER], [ISSUER, 'https://evil.example'], 'https://evil.example', `${ISSUER}/`, ISSUER.toUpperCase(), '', undefined]) {
        expect(await show(await sign({ aud })), String(aud)).toEqual(REFUSED)
      }
    })

    // security case F9
    test('without an end, at its end, good for too long, not yet good, or without an id', async () => {
      for (const changes of [{ exp: undefined }, { exp: secondsFromNow(-60) }, { exp: secondsFromNow(24 * 60 * 60) }, { exp: 'tomorrow' }, { nbf: secondsFromNow(600) }, { jti: undefined }]) {
        expect(await show(await sign(changes)), JSON.stringify(changes)).toEqual(REFUSED)
      }
    })

    // security case F9
    test('that names somebody else than it shows', async () => {
      expect(await show(await sign({ iss: otherId }))).toEqual(REFUSED)
      expect(await show(await sign({ sub: otherId }))).toEqual(REFUSED)
      expect(await show(await sign({ iss: otherId, sub: otherId }))).toEqual(REFUSED)
      expect(await show(await sign({ sub: undefined }))).toEqual(REFUSED)
      expect(await show(await sign(), { client_id: otherId })).toEqual({ status: 400, error: 'invalid_request' })
      expect(await show(await sign({}, otherKey))).toEqual(REFUSED)
    })

    // security case G1, G3
    test('without a signature, under an algorithm that makes a secret of the public key, or by a key that it brings along', async () => {
      expect(await show(new UnsecuredJWT(claims()).encode())).toEqual(REFUSED)
      for (const alg of ['None', 'nOnE', undefined]) {
        const [, payload] = (await sign()).split('.')
        expect(await show(`${Buffer.from(JSON.stringify({ alg })).toString('base64url')}.${payload!}.`), String(alg)).toMatchObject({ status: expect.toSatisfy((status: number) => status === 400 || status === 401) })
      }
      expect(await show(await sign({}, new TextEncoder().encode(publicPem), { alg: 'HS256' }))).toEqual(REFUSED)
      expect(await show(await sign({}, new Uint8Array(32), { alg: 'HS256' }))).toEqual(REFUSED)
      const own = await generateKeyPair('ES256', { extractable: true })
      expect(await show(await sign({}, own.privateKey, { alg: 'ES256', jwk: await exportJWK(own.publicKey) }))).toEqual(REFUSED)
      const [header, payload, signature] = (await sign()).split('.') as [string, string, string]
      for (const damaged of ['', 'A'.repeat(86), signature.slice(0, -2), signature.split('').toReversed().join('')]) {
        expect((await show(`${header}.${payload}.${damaged}`)).status, damaged).toBe(401)
      }
    })

    test('of another kind, or beside a secret', async () => {
      expect(await show(await sign(), { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' })).toEqual({ status: 400, error: 'invalid_request' })
      expect(await show(await sign(), { client_secret: 'a secret' })).toEqual({ status: 400, error: 'invalid_request' })
      for (const text of ['', 'x', 'a.b.c', '{}', `${'A'.repeat(20_000)}.e30.x`]) expect([400, 401], text.slice(0, 20)).toContain((await show(text)).status)
    })
  })
}
