import type { CryptoKey } from 'jose'
import { exportJWK, generateKeyPair, importJWK } from 'jose'
import { expect, test } from 'vitest'
import { describeHighSecurity, ENDPOINTS, secondsFromNow } from '../../harness/high-security.ts'
import { ISSUER } from '../../harness/relying-party.ts'

describeHighSecurity('FAPI 2.0 security profile: assertions of clients', (plan) => {
  /** Refused where a request is pushed, and where a code is redeemed. */
  async function expectRefused(changes: Record<string, unknown>): Promise<void> {
    const { client, push, codeFor, redeem } = plan()
    const refused = { status: 401, body: { error: 'invalid_client' } }
    expect(await push({}, { assertion: await client.assertion(changes) }), JSON.stringify(changes)).toMatchObject(refused)
    const pushed = await push()
    expect(await redeem(await codeFor(pushed), pushed.verifier, { assertion: await client.assertion(changes) }), JSON.stringify(changes)).toMatchObject(refused)
  }

  test('fapi2-security-profile-final-ensure-signed-client-assertion-with-RS256-fails: not even by a key of the client, nor is such a client registered', async () => {
    const { server, register, push } = plan()
    const { privateKey, publicKey } = await generateKeyPair('PS256', { extractable: true })
    const client = await register({ token_endpoint_auth_signing_alg: 'PS256', jwks: { keys: [{ ...(await exportJWK(publicKey)), use: 'sig' }] } })
    expect((await push({}, { client, assertion: await client.assertion({}, { alg: 'PS256' }, privateKey) })).status).toBe(201)
    const rsa = (await importJWK(await exportJWK(privateKey), 'RS256')) as CryptoKey
    const answer = await push({}, { client, assertion: await client.assertion({}, { alg: 'RS256' }, rsa) })
    expect([answer.status, answer.body['error']]).toEqual([401, 'invalid_client'])
    const fields = { name: 'Bank', type: 'web', profile: 'fapi2', redirect_uris: ['https://bank.example/callback'], token_endpoint_auth_signing_alg: 'RS256', jwks: { keys: [await exportJWK(publicKey)] } }
    expect((await server.app.clients.create(fields)).ok).toBe(false)
  })

  test('fapi2-security-profile-final-ensure-client-assertion-with-exp-is-5-minutes-in-past-fails: one that is over is no proof', async () => {
    await expectRefused({ exp: secondsFromNow(-300) })
  })

  test('fapi2-security-profile-final-ensure-client-assertion-with-wrong-aud-fails: one for somebody else is no proof here', async () => {
    for (const aud of ['https://evil.example', `${ISSUER}/`, `${ISSUER}1`, undefined]) await expectRefused({ aud })
  })

  test('fapi2-security-profile-final-ensure-client-assertion-with-no-sub-fails: one that names nobody is nobody\'s', async () => {
    await expectRefused({ sub: undefined })
  })

  test('fapi2-security-profile-final-par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted: a clock that is eight seconds ahead is no reason to refuse', async () => {
    const { client, push } = plan()
    for (const ahead of [8, 9]) expect((await push({}, { assertion: await client.assertion({ iat: secondsFromNow(ahead), nbf: secondsFromNow(ahead) }) })).status).toBe(201)
  })

  test('fapi2-security-profile-final-par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails: one that is more than a minute ahead is', async () => {
    const [ahead, exp] = [secondsFromNow(70), secondsFromNow(130)]
    for (const changes of [{ iat: ahead, nbf: ahead, exp }, { nbf: ahead, exp }, { iat: ahead, exp }]) await expectRefused(changes)
  })

  test('fapi2-security-profile-final-par-test-array-as-audience-fails: the audience is one text', async () => {
    for (const aud of [[ISSUER], [ISSUER, ENDPOINTS.par], [ENDPOINTS.par]]) await expectRefused({ aud })
  })

  test('fapi2-security-profile-final-par-test-par-endpoint-url-as-audience-fails: and no endpoint', async () => {
    await expectRefused({ aud: ENDPOINTS.par })
  })

  test('fapi2-security-profile-final-par-test-token-endpoint-url-as-audience-fails: not even that of tokens', async () => {
    await expectRefused({ aud: ENDPOINTS.token })
  })

  test('fapi2-security-profile-final-ensure-invalid-client-assertions-fail: whatever else may be wrong with one, it is refused, and a right one is taken', async () => {
    const { client, other, push } = plan()
    for (const changes of [{ iss: undefined }, { iss: other.clientId }, { jti: undefined }, { exp: undefined }, { exp: secondsFromNow(24 * 60 * 60) }]) await expectRefused(changes)
    const assertion = await client.assertion()
    expect((await push({}, { assertion })).status).toBe(201)
    expect(await push({}, { assertion })).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })
})
