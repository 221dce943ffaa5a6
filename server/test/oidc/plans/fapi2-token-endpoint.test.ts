import { expect, test, vi } from 'vitest'
import { describeHighSecurity } from '../../harness/high-security.ts'

describeHighSecurity('FAPI 2.0 security profile: the token endpoint', (plan) => {
  const refused = (error: string, status = 400) => ({ status, body: expect.objectContaining({ error }) as unknown })

  test('fapi2-security-profile-final-ensure-client-id-in-token-endpoint: who names one client and shows the key of another is neither', async () => {
    const { client, other, push, codeFor, redeem } = plan()
    const pushed = await push()
    const code = await codeFor(pushed)
    const forged = await other.assertion({}, undefined, client.keys.privateKey)
    expect(await redeem(code, pushed.verifier, { assertion: forged, fields: { client_id: other.clientId } })).toMatchObject(refused('invalid_client', 401))
    expect(await redeem(code, pushed.verifier, { fields: { client_id: other.clientId } })).toMatchObject(refused('invalid_request'))
    expect((await redeem(code, pushed.verifier)).status).toBe(200)
  })

  test('fapi2-security-profile-final-ensure-holder-of-key-required: without a proof of possession there are no tokens', async () => {
    const { push, codeFor, redeem } = plan()
    const pushed = await push()
    const code = await codeFor(pushed)
    expect(await redeem(code, pushed.verifier, { proof: null })).toMatchObject(refused('invalid_grant'))
    expect((await redeem(code, pushed.verifier)).status).toBe(200)
  })

  test('fapi2-security-profile-final-ensure-authorization-code-is-bound-to-client: a code is for the client that it was given to', async () => {
    const { other, push, codeFor, redeem } = plan()
    const pushed = await push()
    expect(await redeem(await codeFor(pushed), pushed.verifier, { client: other })).toMatchObject(refused('invalid_grant'))
  })

  test('fapi2-security-profile-final-attempt-reuse-authorization-code-after-one-second: a code is good once, and who tries again ends what it gave', async () => {
    const { push, codeFor, redeem, userinfo } = plan()
    const pushed = await push()
    const code = await codeFor(pushed)
    const { body } = await redeem(code, pushed.verifier)
    expect((await userinfo(String(body['access_token']))).status).toBe(200)
    expect(await redeem(code, pushed.verifier)).toMatchObject(refused('invalid_grant'))
    expect(await userinfo(String(body['access_token']))).toMatchObject(refused('invalid_token', 401))
  })

  test('fapi2-security-profile-final-ensure-token-endpoint-fails-with-expired-auth-code: after a minute a code is void', async () => {
    const { push, codeFor, redeem } = plan()
    const pushed = await push()
    const code = await codeFor(pushed)
    try {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
      expect(await redeem(code, pushed.verifier)).toMatchObject(refused('invalid_grant'))
    } finally {
      vi.useRealTimers()
    }
  })

  test('fapi2-security-profile-final-ensure-client-assertion-in-token-endpoint: naming oneself proves nothing', async () => {
    const { client, push, codeFor, redeem } = plan()
    const pushed = await push()
    const code = await codeFor(pushed)
    expect(await redeem(code, pushed.verifier, { assertion: null, fields: { client_id: client.clientId } })).toMatchObject(refused('invalid_client', 401))
    const headers = { authorization: `Basic ${Buffer.from(`${client.clientId}:secret`).toString('base64')}` }
    expect(await redeem(code, pushed.verifier, { assertion: null, headers })).toMatchObject(refused('invalid_client', 401))
  })

  test('fapi2-security-profile-final-refresh-token: it stays the same, and is of no use without its client\'s key and a proof', async () => {
    const { client, other, push, codeFor, redeem, userinfo, person } = plan()
    const start = async (by = client) => {
      const pushed = await push({ scope: 'openid offline_access', prompt: 'consent' }, { client: by })
      return (await redeem(await codeFor(pushed, by), pushed.verifier, { client: by })).body as Record<string, string>
    }
    const refresh = (token: string | undefined, by = client, shown: Parameters<typeof client.post>[2] = {}) => by.post('token', { grant_type: 'refresh_token', refresh_token: token }, shown)
    const first = await start()
    for (let round = 0; round < 3; round++) {
      const { status, body } = await refresh(first['refresh_token'])
      // Section 5.3.2.1: rotation is not to be used.
      expect([status, body['refresh_token'], body['token_type']]).toEqual([200, first['refresh_token'], 'DPoP'])
      expect(body['access_token']).not.toBe(first['access_token'])
      expect((await userinfo(String(body['access_token']))).body['sub']).toBe(person.id)
    }
    expect(await refresh(first['refresh_token'], client, { proof: null })).toMatchObject(refused('invalid_grant'))
    expect(await refresh(first['refresh_token'], client, { assertion: null })).toMatchObject(refused('invalid_request'))
    const second = await start(other)
    expect(await refresh(second['refresh_token'], client)).toMatchObject(refused('invalid_grant'))
    expect((await refresh(second['refresh_token'], other)).status).toBe(200)
  })

  test('fapi2-security-profile-final-ensure-pkce-code-verifier-required: a code that was asked for with a challenge is not redeemed without the verifier', async () => {
    const { push, codeFor, redeem } = plan()
    expect(await redeem(await codeFor(await push()), undefined)).toMatchObject(refused('invalid_grant'))
  })

  test('fapi2-security-profile-final-incorrect-pkce-code-verifier-rejected: nor with another one', async () => {
    const { push, codeFor, redeem } = plan()
    const [one, another] = [await push(), await push()]
    expect(await redeem(await codeFor(one), another.verifier)).toMatchObject(refused('invalid_grant'))
  })
})
