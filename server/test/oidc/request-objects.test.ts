import type { CryptoKey } from 'jose'
import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { signIn, signUp } from '../harness/people.ts'
import { arrive } from '../harness/plans.ts'
import { CALLBACK, ISSUER } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const ALGORITHMS = ['ES256', 'PS256', 'EdDSA', 'RS256'] as const
type Algorithm = (typeof ALGORITHMS)[number]

for (const engine of testEngines) {
  describe(`request objects by value (RFC 9101) on ${engine}`, () => {
    let server: TestServer
    let browser: Browser
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      browser = await signIn(server, await signUp(server))
    })
    afterAll(() => server.close())

    async function register(alg: Algorithm, fields: Record<string, unknown> = {}) {
      const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
      const created = await server.app.clients.create({ name: 'Shop', type: 'web', redirect_uris: [CALLBACK], jwks: { keys: [await exportJWK(publicKey)] }, ...fields })
      if (!created.ok) throw new Error(JSON.stringify(created.failure))
      return { clientId: created.value.client.clientId, privateKey }
    }
    const claimsOf = (clientId: string, changes: Record<string, unknown> = {}) => ({ iss: clientId, aud: ISSUER, client_id: clientId, response_type: 'code', redirect_uri: CALLBACK, scope: 'openid', state: 'inside', ...changes })
    const sign = ({ clientId, privateKey }: { clientId: string; privateKey: CryptoKey }, alg: string, changes: Record<string, unknown> = {}, key = privateKey) => new SignJWT(claimsOf(clientId, changes)).setProtectedHeader({ alg }).sign(key)
    const authorize = (clientId: string, fields: Record<string, string>) => arrive(browser, `/auth/oauth2/authorize?${new URLSearchParams({ client_id: clientId, ...fields }).toString()}`)
    const beside = { response_type: 'code', redirect_uri: CALLBACK, scope: 'openid' }

    test('the algorithms that are taken are offered, and references are not', async () => {
      const document = (await server.browser().get('/auth/.well-known/openid-configuration')).json<Record<string, unknown>>()
      expect(document).toMatchObject({ request_parameter_supported: true, request_uri_parameter_supported: false, request_object_signing_alg_values_supported: ['ES256', 'PS256', 'EdDSA', 'Ed25519', 'RS256'] })
    })

    test.each(ALGORITHMS)('one that is signed with %s counts, and nothing of the address beside it', async (alg) => {
      const client = await register(alg)
      const { callback } = await authorize(client.clientId, { request: await sign(client, alg), redirect_uri: CALLBACK, scope: 'openid email offline_access', state: 'outside', response_type: 'code' })
      expect([callback?.to, callback?.parameters.has('code'), callback?.parameters.get('state')]).toEqual([CALLBACK, true, 'inside'])
      const alone = await authorize(client.clientId, { request: await sign(client, alg) })
      expect(alone.callback?.parameters.get('state')).toBe('inside')
    })

    test('a client that named its algorithm is held to it', async () => {
      const client = await register('PS256', { request_object_signing_alg: 'PS256' })
      expect((await authorize(client.clientId, { request: await sign(client, 'PS256') })).callback?.parameters.has('code')).toBe(true)
      const rsa = (await importJWK(await exportJWK(client.privateKey), 'RS256')) as CryptoKey
      expect((await authorize(client.clientId, { ...beside, request: await sign(client, 'RS256', {}, rsa) })).callback?.parameters.get('error')).toBe('invalid_request_object')
    })

    test('one without a signature, or with somebody else\'s, is refused, also where another could have been left out', async () => {
      const [client, other] = [await register('ES256'), await register('ES256')]
      const requests = [new UnsecuredJWT(claimsOf(client.clientId)).encode(), await sign(client, 'ES256', {}, other.privateKey), await sign(client, 'ES256', { iss: other.clientId }), await sign(client, 'ES256', { aud: 'https://evil.example' })]
      for (const request of requests) {
        const { callback } = await authorize(client.clientId, { ...beside, request })
        expect([callback?.parameters.get('error'), callback?.parameters.has('code')]).toEqual(['invalid_request_object', false])
      }
    })

    test('an address inside that was not registered gets nothing, however well it is signed', async () => {
      const client = await register('ES256')
      for (const fields of [beside, {}]) {
        const { callback, answer } = await authorize(client.clientId, { ...fields, request: await sign(client, 'ES256', { redirect_uri: 'https://evil.example/' }) })
        expect([callback, answer.statusCode, answer.headers['location']]).toEqual([undefined, 400, undefined])
      }
    })

    test('a client that has to sign its requests gets nothing for others, and needs a key to register', async () => {
      const client = await register('ES256', { require_signed_request_object: true })
      expect((await authorize(client.clientId, { ...beside, state: 'a-state' })).callback?.parameters.get('error')).toBe('invalid_request')
      expect((await authorize(client.clientId, { request: await sign(client, 'ES256') })).callback?.parameters.has('code')).toBe(true)
      const made = await server.app.clients.create({ name: 'Shop', type: 'web', redirect_uris: [CALLBACK], require_signed_request_object: true })
      expect(made).toEqual({ ok: false, failure: ['jwks: must be given, or jwks_uri, for signed request objects'] })
    })

    test('by reference nothing is taken', async () => {
      const client = await register('ES256')
      for (const request_uri of ['https://shop.example.com/request.jwt', 'http://127.0.0.1:1/', 'urn:example:request']) {
        expect((await authorize(client.clientId, { ...beside, request_uri })).callback?.parameters.get('error'), request_uri).toBe('request_uri_not_supported')
      }
    })
  })
}
