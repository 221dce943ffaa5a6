import type { JSONWebKeySet } from 'jose'
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import * as oidc from 'openid-client'
import { expect, test } from 'vitest'
import { callbackIn, describePlans } from '../../harness/plans.ts'
import { CALLBACK, fetchOver, ISSUER, registerRelyingParty } from '../../harness/relying-party.ts'

describePlans('code and ID token', (plan) => {
  test('oidcc-server: a code is given and redeemed for an ID token that says who, for whom, when and for which request', async () => {
    const { authorize, redeem, signedIn, shop, person } = plan()
    const authorization = await authorize(await signedIn())
    expect(authorization.callback!.to).toBe(CALLBACK)
    expect(authorization.callback!.parameters.get('state')).toBe(authorization.checks.expectedState)
    expect(authorization.callback!.parameters.get('iss')).toBe(ISSUER)

    const tokens = await redeem(authorization)
    expect(tokens.token_type).toBe('bearer')
    const { iat, exp, ...claims } = tokens.claims()!
    expect(claims).toMatchObject({ iss: ISSUER, sub: person.id, aud: shop.clientId, nonce: authorization.checks.expectedNonce })
    expect(exp).toBeGreaterThan(iat)
  })

  test('oidcc-response-type-missing: the application hears that its request is invalid', async () => {
    const { authorize, signedIn } = plan()
    const { callback, checks } = await authorize(await signedIn(), { response_type: undefined })
    expect(callback?.parameters.get('error')).toBe('invalid_request')
    expect(callback?.parameters.get('error_description')).toContain('response_type')
    expect(callback?.parameters.get('state')).toBe(checks.expectedState)
  })

  for (const algorithm of ['RS256', 'ES256']) {
    test(`oidcc-idtoken-signature: the ID token names the key of the JWKS that verifies it (${algorithm})`, async () => {
      const { authorize, redeem, signedIn, server } = plan()
      const client = await registerRelyingParty(server, { id_token_signed_response_alg: algorithm })
      const { id_token } = await redeem(await authorize(await signedIn(), {}, client), client)
      expect(decodeProtectedHeader(id_token!)).toEqual({ alg: algorithm, kid: expect.any(String) })
      for (const address of ['/auth/oauth2/jwks', '/auth/.well-known/jwks.json']) {
        const keys = (await server.browser().get(address)).json<JSONWebKeySet>()
        await jwtVerify(id_token!, createLocalJWKSet(keys), { algorithms: [algorithm], audience: client.clientId, issuer: ISSUER })
      }
    })
  }

  test('oidcc-idtoken-unsigned: an ID token without a signature is neither offered nor given', async () => {
    const { authorize, redeem, signedIn, shop } = plan()
    expect(shop.config.serverMetadata().id_token_signing_alg_values_supported).not.toContain('none')
    const { id_token } = await redeem(await authorize(await signedIn()))
    expect(decodeProtectedHeader(id_token!).alg).not.toBe('none')
    expect(id_token!.split('.')[2]).not.toBe('')
  })

  test('oidcc-ensure-request-without-nonce-succeeds-for-code-flow: a code is given, and the ID token has no nonce', async () => {
    const { authorize, redeem, signedIn } = plan()
    const tokens = await redeem(await authorize(await signedIn(), { nonce: undefined }))
    expect(tokens.claims()).not.toHaveProperty('nonce')
  })

  test('oidcc-ensure-post-request-succeeds: the request may come by POST', async () => {
    const { request, redeem, signedIn, person } = plan()
    const { path, checks } = request()
    const [action, query] = path.split('?')
    const answer = await (await signedIn()).raw({ method: 'POST', url: action!, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: query! })
    // RFC 9700 section 4.12: never 307, which would send the form on.
    expect([200, 303]).toContain(answer.statusCode)
    const callback = callbackIn(answer, answer.headers['location'])
    expect((await redeem({ callback, answer, checks })).claims()?.sub).toBe(person.id)
  })

  test('oidcc-server-client-secret-post: a client that is registered so shows its secret in the body', async () => {
    const { authorize, redeem, signedIn, server, person } = plan()
    const poster = await registerRelyingParty(server, { token_endpoint_auth_method: 'client_secret_post' })
    const config = await oidc.discovery(new URL(ISSUER), poster.clientId, poster.secret, oidc.ClientSecretPost(poster.secret), {
      execute: [oidc.allowInsecureRequests],
      [oidc.customFetch]: fetchOver(server),
    })
    const client = { ...poster, config }
    const tokens = await redeem(await authorize(await signedIn(), {}, client), client)
    expect(tokens.claims()).toMatchObject({ aud: poster.clientId, sub: person.id })
  })

  test('oidcc-ensure-request-with-valid-pkce-succeeds: a code with a challenge is redeemed with its verifier', async () => {
    const { authorize, redeem, signedIn, person } = plan()
    const pkceCodeVerifier = oidc.randomPKCECodeVerifier()
    const authorization = await authorize(await signedIn(), { code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256' })
    const tokens = await redeem({ ...authorization, checks: { ...authorization.checks, pkceCodeVerifier } })
    expect(tokens.claims()?.sub).toBe(person.id)
  })
})
