import type { JSONWebKeySet } from 'jose'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import { expect, test, vi } from 'vitest'
import { describeDynamicPlan, makeKey } from '../../harness/dynamic-plan.ts'
import { sendMetadata } from '../../harness/registration.ts'
import { CALLBACK, ISSUER } from '../../harness/relying-party.ts'

describeDynamicPlan('code, tokens and keys', (plan) => {
  test('oidcc-discovery-endpoint-verification: the document says where clients register; of response types it names code alone', async () => {
    const { server } = plan()
    const document = (await server.browser().get('/auth/.well-known/openid-configuration')).json<Record<string, unknown>>()
    expect(document['registration_endpoint']).toBe(`${ISSUER}/oauth2/register`)
    expect(document['grant_types_supported']).toEqual(expect.arrayContaining(['authorization_code', 'refresh_token']))
    expect(document['id_token_signing_alg_values_supported']).toContain('RS256')
    expect((document['userinfo_signing_alg_values_supported'] as string[]).toSorted()).toEqual(['ES256', 'RS256'])
    // OpenID Connect Core 1.0 section 15.2 wants the implicit response types as well; RFC 9700 section 2.1.2 wants them gone, and there are none.
    expect(document['response_types_supported']).toContain('code')
    for (const type of ['id_token', 'id_token token', 'code token']) expect(document['response_types_supported']).not.toContain(type)
  })

  test('oidcc-server: a client that has just registered signs somebody in', async () => {
    const { register, authorize, redeem, person } = plan()
    const client = await register()
    const tokens = await redeem(client, await authorize(client))
    expect(tokens.claims()).toMatchObject({ iss: ISSUER, sub: person.id, aud: client.information.client_id })
    expect(await oidc.fetchUserInfo(client.config, tokens.access_token, person.id)).toMatchObject({ sub: person.id })
  })

  test('oidcc-idtoken-rs256: an ID token is signed with RS256, also for a client that does not ask for it, and names its key', async () => {
    const { register, authorize, redeem, server } = plan()
    for (const asked of [{}, { id_token_signed_response_alg: 'RS256' }]) {
      const client = await register(asked)
      const { id_token: token } = await redeem(client, await authorize(client))
      expect(decodeProtectedHeader(token!)).toEqual({ alg: 'RS256', kid: expect.any(String) })
      const keys = (await server.browser().get('/auth/oauth2/jwks')).json<JSONWebKeySet>()
      await jwtVerify(token!, createLocalJWKSet(keys), { algorithms: ['RS256'], issuer: ISSUER, audience: client.information.client_id })
    }
  })

  test('oidcc-idtoken-unsigned: a client that asks for ID tokens without a signature is not registered', async () => {
    const { server } = plan()
    const answer = await sendMetadata(server, { redirect_uris: [CALLBACK], id_token_signed_response_alg: 'none' })
    expect([answer.statusCode, answer.json<{ error: string }>().error]).toEqual([400, 'invalid_client_metadata'])
  })

  for (const algorithm of ['RS256', 'ES256']) {
    test(`oidcc-userinfo-rs256: a UserInfo response is a JWT where the client registered for it (${algorithm})`, async () => {
      const { register, authorize, redeem, server, person } = plan()
      const client = await register({ userinfo_signed_response_alg: algorithm })
      expect(client.information['userinfo_signed_response_alg']).toBe(algorithm)
      const { access_token: accessToken } = await redeem(client, await authorize(client, { scope: 'openid email' }))
      const answer = await server.browser().raw({ method: 'GET', url: '/auth/oauth2/userinfo', headers: { authorization: `Bearer ${accessToken}` } })
      expect(answer.headers['content-type']).toMatch(/^application\/jwt/)
      const keys = (await server.browser().get('/auth/oauth2/jwks')).json<JSONWebKeySet>()
      const { payload, protectedHeader } = await jwtVerify(answer.body, createLocalJWKSet(keys), { issuer: ISSUER, audience: client.information.client_id })
      expect(protectedHeader.alg).toBe(algorithm)
      expect(payload).toMatchObject({ sub: person.id, email: person.email })
    })
  }

  test('oidcc-ensure-client-assertion-with-iss-aud-succeeds: an assertion for the issuer is taken', async () => {
    const { register, authorize, redeemByHand, person } = plan()
    const client = await register()
    const answer = await redeemByHand(client, await authorize(client))
    expect(answer.statusCode).toBe(200)
    expect(decodeJwt(answer.json<{ id_token: string }>().id_token)).toMatchObject({ sub: person.id })
  })

  test('oidcc-refresh-token: a refresh token gives tokens of the same person and sign-in, to its client alone', async () => {
    const { register, authorize, redeem } = plan()
    const [client, other] = [await register(), await register()]
    const first = await redeem(client, await authorize(client, { scope: 'openid offline_access', prompt: 'consent' }))
    const second = await oidc.refreshTokenGrant(client.config, first.refresh_token!)
    const [before, after] = [first.claims()!, second.claims()!]
    expect([after.iss, after.sub, after.aud, after.auth_time]).toEqual([before.iss, before.sub, before.aud, before.auth_time])
    await expect(oidc.refreshTokenGrant(other.config, second.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  test('oidcc-registration-jwks-uri: the keys of a client are read from where it publishes them', async () => {
    const { register, authorize, redeem, published, person } = plan()
    const client = await register({ jwks_uri: `${published.url}/keys/registered` })
    expect(client.information['jwks_uri']).toBe(`${published.url}/keys/registered`)
    const tokens = await redeem(client, await authorize(client))
    expect(tokens.claims()?.sub).toBe(person.id)
    expect(published.asked.get('/keys/registered')).toBe(1)
  })

  test('oidcc-refresh-token-rp-key-rotation: a minute after the client published another key, an assertion by that one refreshes, and the old one does not', async () => {
    const { register, withKey, authorize, redeem, published } = plan()
    const client = await register({ jwks_uri: `${published.url}/keys/rotated` })
    const first = await redeem(client, await authorize(client, { scope: 'openid offline_access', prompt: 'consent' }))
    const { privateKey, publicJwk } = await makeKey('second')
    published.documents.set('/keys/rotated', { keys: [publicJwk] })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
    try {
      const rotated = await withKey(client, privateKey, 'second')
      const second = await oidc.refreshTokenGrant(rotated.config, first.refresh_token!)
      expect(second.claims()?.sub).toBe(first.claims()?.sub)
      await expect(oidc.refreshTokenGrant(client.config, second.refresh_token!)).rejects.toMatchObject({ error: 'invalid_client' })
    } finally {
      vi.useRealTimers()
    }
  })

  test('oidcc-server-rotate-keys: after a rotation the JWKS has a new key and still the old one', async () => {
    const { server, register, authorize, redeem } = plan()
    const kids = async () => (await server.browser().get('/auth/oauth2/jwks')).json<{ keys: { kid: string; alg: string }[] }>().keys
    const before = await kids()
    const rotated = await server.app.keys.rotate()
    if (!rotated.ok) throw new Error('not rotated')
    const after = await kids()
    for (const algorithm of ['ES256', 'RS256']) {
      const of = (keys: typeof before) => keys.filter(({ alg }) => alg === algorithm).map(({ kid }) => kid)
      expect(of(after)).toEqual(expect.arrayContaining(of(before)))
      expect(of(after).length).toBe(of(before).length + 1)
    }
    // What was signed before is verified, and so is what is signed now.
    const client = await register()
    await redeem(client, await authorize(client))
  })
})
