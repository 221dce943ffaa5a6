import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import type { KeyedClient } from '../../harness/high-security.ts'
import { describeHighSecurity } from '../../harness/high-security.ts'
import { locationOf } from '../../harness/pages.ts'
import { arrive } from '../../harness/plans.ts'
import { CALLBACK, fetchOver, ISSUER } from '../../harness/relying-party.ts'

describeHighSecurity('FAPI 2.0 security profile: the flow as it should be', (plan) => {
  test('fapi2-security-profile-final-discovery-end-point-verification: the document offers what the profile asks for', async () => {
    const { server } = plan()
    for (const path of ['/auth/.well-known/openid-configuration', '/auth/.well-known/oauth-authorization-server']) {
      const answer = await server.browser().get(path)
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, expect.stringMatching(/^application\/json/)])
      const document = answer.json<Record<string, readonly string[]>>()
      expect(document).toMatchObject({ issuer: ISSUER, pushed_authorization_request_endpoint: `${ISSUER}/oauth2/par`, authorization_response_iss_parameter_supported: true, code_challenge_methods_supported: ['S256'] })
      expect(document['token_endpoint_auth_methods_supported']).toContain('private_key_jwt')
      for (const allowed of ['ES256', 'PS256', 'EdDSA']) expect(document['token_endpoint_auth_signing_alg_values_supported']).toContain(allowed)
      expect(document['dpop_signing_alg_values_supported']).toEqual(['ES256', 'PS256', 'EdDSA', 'Ed25519'])
      expect(document['id_token_signing_alg_values_supported']).toContain('ES256')
      expect(document['grant_types_supported']).toEqual(expect.arrayContaining(['authorization_code', 'refresh_token']))
    }
  })

  test('fapi2-security-profile-final-happy-flow: a pushed request, a code, tokens for a key, and claims by it', async () => {
    const { server, person, client, other, push, authorize, redeem, signedIn, userinfo } = plan()
    for (const by of [client, other]) {
      const pushed = await push({ scope: 'openid email' }, { client: by })
      expect([pushed.status, pushed.body]).toEqual([201, { request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]{32,}$/) as unknown, expires_in: 60 }])
      const { callback, answer } = await authorize(await signedIn(), pushed.requestUri, {}, by)
      // RFC 9700 section 4.12: a browser that posted a password must not post it on.
      expect(answer.statusCode).toBe(303)
      expect(Object.fromEntries(callback!.parameters)).toEqual({ code: expect.stringMatching(/^[\w-]{22,}$/) as unknown, state: pushed.state, iss: ISSUER })
      const { status, body, headers } = await redeem(callback!.parameters.get('code')!, pushed.verifier, { client: by })
      expect([status, body['token_type'], headers['cache-control']]).toEqual([200, 'DPoP', 'no-store'])
      const { payload, protectedHeader } = await verifyIdToken(String(body['id_token']), by)
      expect([payload.sub, payload['nonce'], protectedHeader.alg]).toEqual([person.id, pushed.nonce, 'ES256'])
      expect((await userinfo(String(body['access_token']), { client: by })).body).toMatchObject({ sub: person.id, email: person.email })
    }

    function verifyIdToken(token: string, by: KeyedClient) {
      const fetch = fetchOver(server)
      const keys = createRemoteJWKSet(new URL(`${ISSUER}/oauth2/jwks`), { [customFetch]: (url, options) => fetch(url, { ...options, headers: {}, body: undefined }) })
      return jwtVerify(token, keys, { issuer: ISSUER, audience: by.clientId })
    }
  })

  test('fapi2-security-profile-final-user-rejects-authentication: who refuses sends the client access_denied, with the state and by whom', async () => {
    const { register, push, authorize, signedIn } = plan()
    const stranger = await register({ name: 'Somebody else’s bank', type: 'third_party' })
    const browser = await signedIn()
    const pushed = await push({ scope: 'openid email' }, { client: stranger })
    const { answer } = await authorize(browser, pushed.requestUri, {}, stranger)
    const request = new URL(answer.raw.req.url ?? '', ISSUER).searchParams.get('request') ?? ''
    const { callback } = await arrive(browser, locationOf(await browser.post('/auth/consent', { request, intent: 'refuse' })))
    expect(Object.fromEntries(callback!.parameters)).toEqual({ error: 'access_denied', error_description: expect.any(String) as unknown, state: pushed.state, iss: ISSUER })
  })

  /** Sends the request and tells what came back of it, to the client and in the ID token. */
  async function answerTo(fields: Record<string, string | undefined>, outside: Record<string, string> = {}) {
    const { push, authorize, redeem, signedIn } = plan()
    const pushed = await push(fields)
    const { callback } = await authorize(await signedIn(), pushed.requestUri, outside)
    expect(callback?.to).toBe(CALLBACK)
    const { status, body } = await redeem(callback!.parameters.get('code')!, pushed.verifier)
    expect(status).toBe(200)
    const idToken = JSON.parse(Buffer.from(String(body['id_token']).split('.')[1]!, 'base64url').toString()) as Record<string, unknown>
    return { parameters: callback!.parameters, idToken, body, pushed }
  }

  test('fapi2-security-profile-final-ensure-authorization-request-without-state-success: none comes back', async () => {
    expect((await answerTo({ state: undefined })).parameters.has('state')).toBe(false)
  })

  test('fapi2-security-profile-final-ensure-authorization-request-without-nonce-success: none stands in the ID token', async () => {
    expect((await answerTo({ nonce: undefined })).idToken).not.toHaveProperty('nonce')
  })

  for (const [name, length] of [['with-64-char-nonce-success', 64], ['with-long-nonce', 384]] as const) {
    test(`fapi2-security-profile-final-ensure-authorization-request-${name}: ${length} characters stand in the ID token as they were sent`, async () => {
      const nonce = 'aB3-_'.repeat(length).slice(0, length)
      expect((await answerTo({ nonce })).idToken['nonce']).toBe(nonce)
    })
  }

  test('fapi2-security-profile-final-ensure-authorization-request-with-long-state: a thousand characters come back as they were sent', async () => {
    const state = 'aB3-_ &='.repeat(125)
    expect((await answerTo({ state })).parameters.get('state')).toBe(state)
  })

  test('fapi2-security-profile-final-ensure-other-scope-order-succeeds: scopes count in any order', async () => {
    const { body } = await answerTo({ scope: 'email profile openid' })
    expect(String(body['scope']).split(' ').sort()).toEqual(['email', 'openid', 'profile'])
  })

  test('fapi2-security-profile-final-test-claims-parameter-identity-claims: claims come where they were asked for by name', async () => {
    const { userinfo, person } = plan()
    const { body, idToken } = await answerTo({ claims: JSON.stringify({ userinfo: { email_verified: null }, id_token: { email: { essential: true } } }) })
    expect(idToken['email']).toBe(person.email)
    expect((await userinfo(String(body['access_token']))).body).toEqual({ sub: person.id, email_verified: true })
  })

  test('fapi2-security-profile-final-ensure-different-nonce-inside-and-outside-request-object: what was pushed counts', async () => {
    const { idToken, pushed } = await answerTo({}, { nonce: 'another' })
    expect(idToken['nonce']).toBe(pushed.nonce)
  })

  test('fapi2-security-profile-final-ensure-different-state-inside-and-outside-request-object: what was pushed counts', async () => {
    const { parameters, pushed } = await answerTo({}, { state: 'another' })
    expect(parameters.getAll('state')).toEqual([pushed.state])
  })

  test('fapi2-security-profile-final-state-only-outside-request-object-not-used: what was not pushed does not count', async () => {
    expect((await answerTo({ state: undefined }, { state: 'outside' })).parameters.has('state')).toBe(false)
  })
})
