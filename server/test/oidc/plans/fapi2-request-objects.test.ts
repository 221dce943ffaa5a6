import type { CryptoKey, JWTHeaderParameters } from 'jose'
import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose'
import * as oidc from 'openid-client'
import { beforeAll, expect, test } from 'vitest'
import type { HighSecurity, KeyedClient } from '../../harness/high-security.ts'
import { describeHighSecurity, secondsFromNow } from '../../harness/high-security.ts'
import { CALLBACK, ISSUER } from '../../harness/relying-party.ts'

describeHighSecurity('FAPI 2.0 message signing: request objects', (plan) => {
  let client: KeyedClient
  beforeAll(async () => {
    client = await plan().register({ require_signed_request_object: true, request_object_signing_alg: 'ES256' })
  })

  const verifier = oidc.randomPKCECodeVerifier()
  async function claims(changes: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const pkce = { code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' }
    const given = { iss: client.clientId, aud: ISSUER, client_id: client.clientId, nbf: secondsFromNow(0), exp: secondsFromNow(300), response_type: 'code', redirect_uri: CALLBACK, scope: 'openid', state: 'inside', nonce: 'a-nonce', ...pkce, ...changes }
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  }
  const sign = async (changes: Record<string, unknown> = {}, header: JWTHeaderParameters = { alg: 'ES256', typ: 'oauth-authz-req+jwt' }, signer: CryptoKey = client.keys.privateKey) => new SignJWT(await claims(changes)).setProtectedHeader(header).sign(signer)
  const push = (request: string, more: Record<string, string> = {}, by = client) => by.post('par', { client_id: by.clientId, request, ...more }, { proof: null })
  const REFUSED = { status: 400, body: expect.objectContaining({ error: 'invalid_request_object' }) as unknown }

  async function expectTaken(request: string, { authorize, signedIn, redeem }: HighSecurity = plan()): Promise<URLSearchParams> {
    const pushed = await push(request)
    expect([pushed.status, pushed.body]).toEqual([201, { request_uri: expect.any(String) as unknown, expires_in: expect.any(Number) as unknown }])
    const { callback } = await authorize(await signedIn(), String(pushed.body['request_uri']), {}, client)
    expect((await redeem(callback!.parameters.get('code')!, verifier, { client })).status).toBe(200)
    return callback!.parameters
  }

  test('a request that the client signed is taken as it was signed', async () => {
    expect((await expectTaken(await sign())).get('state')).toBe('inside')
  })

  test('fapi2-security-profile-final-ensure-request-object-with-multiple-aud-succeeds: the issuer may be one audience of several', async () => {
    await expectTaken(await sign({ aud: ['https://other.example', ISSUER] }))
  })

  test('fapi2-security-profile-final-ensure-request-object-with-nbf-8-seconds-in-the-future-is-accepted: a clock that is eight seconds ahead is no reason to refuse', async () => {
    const ahead = secondsFromNow(8)
    await expectTaken(await sign({ nbf: ahead, iat: ahead, exp: ahead + 60 }))
  })

  for (const [name, changes] of [
    ['without-exp', () => ({ exp: undefined })],
    ['without-nbf', () => ({ nbf: undefined })],
    ['with-exp-over-60', () => ({ exp: secondsFromNow(70 * 60) })],
    ['with-nbf-over-60', () => ({ nbf: secondsFromNow(-70 * 60) })],
    ['with-bad-aud', () => ({ aud: `${ISSUER}/oauth2/par` })],
  ] as const) {
    test(`fapi2-security-profile-final-ensure-request-object-${name}-fails: a request object is for this server, and for an hour at most`, async () => {
      expect(await push(await sign(changes()))).toMatchObject(REFUSED)
    })
  }

  test('fapi2-security-profile-final-ensure-expired-request-object-fails: what is over, or has not begun, is refused', async () => {
    expect(await push(await sign({ nbf: secondsFromNow(-600), exp: secondsFromNow(-300) }))).toMatchObject(REFUSED)
    expect(await push(await sign({ nbf: secondsFromNow(70), exp: secondsFromNow(130) }))).toMatchObject(REFUSED)
    expect(await push(await sign({ iat: secondsFromNow(70) }))).toMatchObject(REFUSED)
  })

  test('fapi2-security-profile-final-ensure-signed-request-object-with-RS256-fails: not even by a key of the client that said nothing of an algorithm', async () => {
    const { register } = plan()
    const { privateKey, publicKey } = await generateKeyPair('PS256', { extractable: true })
    const other = await register({ token_endpoint_auth_signing_alg: 'PS256', jwks: { keys: [await exportJWK(publicKey)] } })
    const own = { iss: other.clientId, client_id: other.clientId }
    const by = async (alg: string) => {
      const assertion = await other.assertion({}, { alg: 'PS256' }, privateKey)
      const request = await sign(own, { alg }, (await importJWK(await exportJWK(privateKey), alg)) as CryptoKey)
      return other.post('par', { client_id: other.clientId, request }, { proof: null, assertion })
    }
    expect((await by('PS256')).status).toBe(201)
    expect(await by('RS256')).toMatchObject(REFUSED)
  })

  test('fapi2-security-profile-final-ensure-request-object-signature-algorithm-is-not-none: what is not signed is no request object', async () => {
    expect(await push(new UnsecuredJWT(await claims()).encode())).toMatchObject(REFUSED)
    const [header, payload] = (await sign()).split('.')
    expect(await push(`${header!}.${payload!}.`)).toMatchObject(REFUSED)
    for (const text of ['x', 'a.b.c', '{}', 'a.b.c.d.e']) expect(await push(text), text).toMatchObject(REFUSED)
  })

  test('fapi2-security-profile-final-ensure-request-object-with-invalid-signature-fails: nor is what was changed afterwards', async () => {
    const [header, , signature] = (await sign()).split('.')
    const changed = Buffer.from(JSON.stringify(await claims({ scope: 'openid email' }))).toString('base64url')
    expect(await push(`${header!}.${changed}.${signature!}`)).toMatchObject(REFUSED)
    expect(await push(await sign({}, { alg: 'HS256' }, Buffer.from('a secret of thirty-two characters') as never))).toMatchObject(REFUSED)
  })

  test('fapi2-security-profile-final-ensure-matching-key-in-authorization-request: another client\'s key does not sign for this one', async () => {
    const { other } = plan()
    expect(await push(await sign({}, undefined, other.keys.privateKey))).toMatchObject(REFUSED)
    expect(await push(await sign({ client_id: other.clientId }))).toMatchObject(REFUSED)
    expect(await push(await sign({ iss: other.clientId }))).toMatchObject(REFUSED)
    expect(await push(await sign(), {}, other)).toMatchObject(REFUSED)
  })

  test('fapi2-security-profile-final-ensure-unsigned-request-at-par-endpoint-fails: a client that has to sign its requests has to', async () => {
    const answer = await plan().push({}, { client })
    expect([answer.status, answer.body['error']]).toEqual([400, 'invalid_request'])
  })

  test('fapi2-security-profile-final-par-authorization-request-containing-request_uri: a request object leads nowhere else', async () => {
    expect(await push(await sign({ request_uri: 'https://shop.example.com/request.jwt' }))).toMatchObject(REFUSED)
    expect(await push(await sign({ request: await sign() }))).toMatchObject(REFUSED)
  })

  test('what stands beside the request object does not count, nor does a JWT of another kind', async () => {
    const { authorize, signedIn } = plan()
    const pushed = await push(await sign(), { redirect_uri: 'https://evil.example/', scope: 'openid email', state: 'outside' })
    const { callback } = await authorize(await signedIn(), String(pushed.body['request_uri']), { state: 'outside' }, client)
    expect([callback?.to, callback?.parameters.get('state')]).toEqual([CALLBACK, 'inside'])
    expect(await push(await client.assertion({ client_id: client.clientId, response_type: 'code', redirect_uri: CALLBACK, nbf: secondsFromNow(0) }))).toMatchObject(REFUSED)
    for (const typ of ['dpop+jwt', 'at+jwt', 'logout+jwt']) expect(await push(await sign({}, { alg: 'ES256', typ }))).toMatchObject(REFUSED)
  })
})
