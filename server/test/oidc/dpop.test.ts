import { generateKeyPair } from 'jose'
import * as oidc from 'openid-client'
import { expect, test } from 'vitest'
import { describeHighSecurity, ENDPOINTS, hashOf, secondsFromNow } from '../harness/high-security.ts'
import { follow, registerRelyingParty } from '../harness/relying-party.ts'
import { decodeToken } from '../harness/tokens.ts'

/** A client of no profile: a machine with a key. */
const MACHINE = { type: 'machine', redirect_uris: undefined, profile: undefined, scope: 'orders' }

describeHighSecurity('DPoP (RFC 9449)', (plan) => {
  test('a nonce is offered with every answer, is good at every instance, and stands in for a clock that is wrong', async () => {
    const { server, register } = plan()
    const client = await register(MACHINE)
    const ask = { grant_type: 'client_credentials', scope: 'orders' }
    const sibling = await server.sibling()
    const first = await client.post('token', ask)
    const nonce = String(first.headers['dpop-nonce'])
    expect([first.status, first.body['token_type']]).toEqual([200, 'DPoP'])
    const old = { iat: secondsFromNow(-3_600) }
    const refused = await client.post('token', ask, { proof: await client.proof(old), at: sibling })
    expect(refused).toMatchObject({ status: 400, body: { error: 'use_dpop_nonce' }, headers: { 'dpop-nonce': nonce } })
    const answer = await client.post('token', ask, { proof: await client.proof({ ...old, nonce }), at: sibling })
    expect([answer.status, answer.headers['dpop-nonce']]).toEqual([200, undefined])
    await sibling.close()
    for (const wrong of ['', 'guessed', nonce.slice(1), 7]) {
      expect((await client.post('token', ask, { proof: await client.proof({ ...old, nonce: wrong }) })).status, String(wrong)).toBe(400)
    }
  })

  test('a client with dpop_bound_access_tokens gets nothing without a proof; another one gets bearer tokens, or bound ones if it asks so', async () => {
    const { register } = plan()
    const ask = { grant_type: 'client_credentials', scope: 'orders' }
    const bound = await register({ ...MACHINE, dpop_bound_access_tokens: true })
    expect(await bound.post('token', ask, { proof: null })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    const free = await register(MACHINE)
    const bearer = await free.post('token', ask, { proof: null })
    expect([bearer.status, bearer.body['token_type'], decodeToken(String(bearer.body['access_token'])).payload['cnf']]).toEqual([200, 'Bearer', undefined])
    const asked = await free.post('token', ask)
    expect([asked.status, asked.body['token_type'], decodeToken(String(asked.body['access_token'])).payload['cnf']]).toEqual([200, 'DPoP', { jkt: free.thumbprint }])
  })

  test('a proof is for the address that people see, whatever the request or a proxy says of itself', async () => {
    const { register } = plan()
    const client = await register(MACHINE)
    const ask = { grant_type: 'client_credentials', scope: 'orders' }
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example;proto=https' }
    expect((await client.post('token', ask, { headers })).status).toBe(200)
    for (const htu of ['http://evil.example/auth/oauth2/token', 'https://evil.example/auth/oauth2/token', 'http://evil.example/oauth2/token', ENDPOINTS.token.replace('/auth', '')]) {
      expect(await client.post('token', ask, { headers, proof: await client.proof({ htu }) }), htu).toMatchObject({ status: 400, body: { error: 'invalid_dpop_proof' } })
    }
  })

  test('an id is good once: for a proof, for an assertion, and in each of them', async () => {
    const { server, register } = plan()
    const [client, another] = [await register(MACHINE), await register(MACHINE)]
    const ask = { grant_type: 'client_credentials', scope: 'orders' }
    const jti = crypto.randomUUID()
    expect((await client.post('token', ask, { assertion: await client.assertion({ jti }), proof: await client.proof({ jti }) })).status).toBe(200)
    const sibling = await server.sibling()
    expect(await client.post('token', ask, { proof: await client.proof({ jti }), at: sibling })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await client.post('token', ask, { assertion: await client.assertion({ jti }), at: sibling })).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    await sibling.close()
    expect((await another.post('token', ask, { assertion: await another.assertion({ jti }), proof: await another.proof({ jti }) })).status).toBe(200)
  })

  test('introspection and userinfo tell of the key, and a bound token without it is nobody\'s', async () => {
    const { client, tokens, userinfo } = plan()
    const { access_token: token = '', token_type: type } = await tokens()
    expect(type).toBe('DPoP')
    const { body } = await client.post('introspect', { token }, { proof: null })
    expect(body).toMatchObject({ active: true, token_type: 'DPoP', cnf: { jkt: client.thumbprint } })
    const stolen = await userinfo(token, { proof: null, scheme: 'Bearer' })
    expect([stolen.status, stolen.body['error']]).toEqual([401, 'invalid_token'])
    expect(String(stolen.headers['www-authenticate'])).toMatch(/^DPoP .*error="invalid_token".*algs="ES256 PS256 EdDSA Ed25519"/)
  })

  test('a bearer token is no DPoP token because somebody proves a key with it', async () => {
    const { server, client, userinfo, signedIn } = plan()
    const shop = await registerRelyingParty(server)
    const { path, checks } = await shop.begin()
    const { location } = await follow(await signedIn(), path)
    const { access_token: token } = await shop.redeem(location!, checks)
    const proof = await client.proof({ htm: 'GET', htu: ENDPOINTS.userinfo, ath: await hashOf(token) })
    expect(await userinfo(token, { proof })).toMatchObject({ status: 401, body: { error: 'invalid_token' } })
    expect((await userinfo(token, { proof: null, scheme: 'Bearer' })).status).toBe(200)
  })

  test('the refresh token of a public client that proves a key is good for that key alone', async () => {
    const { server, signedIn } = plan()
    const spa = await registerRelyingParty(server, { type: 'spa' })
    const DPoP = oidc.getDPoPHandle(spa.config, await oidc.randomDPoPKeyPair('ES256'))
    const { path, checks } = await spa.begin({ scope: 'openid offline_access', prompt: 'consent' })
    const { location } = await follow(await signedIn(), path)
    const tokens = await oidc.authorizationCodeGrant(spa.config, new URL(location!), checks, undefined, { DPoP })
    expect(tokens.token_type).toBe('dpop')
    const another = oidc.getDPoPHandle(spa.config, await oidc.randomDPoPKeyPair('ES256'))
    await expect(oidc.refreshTokenGrant(spa.config, tokens.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
    await expect(oidc.refreshTokenGrant(spa.config, tokens.refresh_token!, undefined, { DPoP: another })).rejects.toMatchObject({ error: 'invalid_grant' })
    const next = await oidc.refreshTokenGrant(spa.config, tokens.refresh_token!, undefined, { DPoP })
    expect([next.token_type, next.refresh_token === tokens.refresh_token]).toEqual(['dpop', false])
    expect(await oidc.fetchUserInfo(spa.config, next.access_token, oidc.skipSubjectCheck, { DPoP })).toHaveProperty('sub')
  })

  test('the refresh token of a confidential client may go on with another key, which its access tokens are then bound to', async () => {
    const { client, push, codeFor, redeem } = plan()
    const pushed = await push({ scope: 'openid offline_access', prompt: 'consent' })
    const { body } = await redeem(await codeFor(pushed), pushed.verifier)
    const proof = await client.proof({}, {}, await generateKeyPair('ES256', { extractable: true }))
    const refreshed = await client.post('token', { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) }, { proof })
    expect([refreshed.status, refreshed.body['token_type']]).toEqual([200, 'DPoP'])
    const { body: told } = await client.post('introspect', { token: String(refreshed.body['access_token']) }, { proof: null })
    expect((told['cnf'] as { jkt: string }).jkt).not.toBe(client.thumbprint)
  })
})
