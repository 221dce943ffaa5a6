import { expect, test, vi } from 'vitest'
import { describeHighSecurity } from '../../harness/high-security.ts'
import { arrive } from '../../harness/plans.ts'
import { CALLBACK, ISSUER } from '../../harness/relying-party.ts'

describeHighSecurity('FAPI 2.0 security profile: authorization requests', (plan) => {
  const invalid = (error = 'invalid_request') => ({ status: 400, body: expect.objectContaining({ error }) as unknown })
  /** A page of ours, and no application hears of it. */
  const expectPage = (answered: Awaited<ReturnType<ReturnType<typeof plan>['authorize']>>, error: string) => {
    expect([answered.callback, answered.answer.statusCode, answered.answer.headers['location']]).toEqual([undefined, 400, undefined])
    expect(answered.answer.body).toContain(error)
  }

  for (const name of ['ensure-request-object-without-redirect-uri-fails', 'ensure-redirect-uri-in-authorization-request']) {
    test(`fapi2-security-profile-final-${name}: no registered address stands in for one that is not named`, async () => {
      expect(await plan().push({ redirect_uri: undefined })).toMatchObject(invalid())
    })
  }

  for (const name of ['ensure-registered-redirect-uri', 'plain-fapi-tolerate-unregistered-redirect-uri']) {
    test(`fapi2-security-profile-final-${name}: an address that was not registered is refused when it is pushed`, async () => {
      for (const redirect_uri of [`${CALLBACK}/${crypto.randomUUID()}`, `${CALLBACK}?a=b`, 'https://evil.example/callback']) expect(await plan().push({ redirect_uri }), redirect_uri).toMatchObject(invalid())
    })
  }

  test('fapi2-security-profile-final-ensure-unsigned-authorization-request-without-using-par-fails: a request that was not pushed is refused', async () => {
    const { client, signedIn } = plan()
    const fields = { client_id: client.clientId, response_type: 'code', redirect_uri: CALLBACK, scope: 'openid', state: 'a-state', code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' }
    const { callback } = await arrive(await signedIn(), `/auth/oauth2/authorize?${new URLSearchParams(fields).toString()}`)
    expect(Object.fromEntries(callback!.parameters)).toEqual({ error: 'invalid_request', error_description: 'Pushed Authorization Request must be used', state: 'a-state', iss: ISSUER })
  })

  for (const [name, response_type] of [['code-idtoken', 'code id_token'], ['token', 'token']] as const) {
    test(`fapi2-security-profile-final-ensure-response-type-${name}-fails: nothing but a code is given to a browser`, async () => {
      expect(await plan().push({ response_type })).toMatchObject(invalid('unsupported_response_type'))
      expect(await plan().push({ response_type: 'none' })).toMatchObject(invalid())
    })
  }

  test('fapi2-security-profile-final-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds: looking at the page spends nothing', async () => {
    const { server, push, authorize, signedIn, redeem } = plan()
    const pushed = await push()
    const { callback, answer } = await authorize(server.browser(), pushed.requestUri)
    expect([callback, answer.statusCode]).toEqual([undefined, 200])
    expect(answer.body).toContain('<form')
    const again = await authorize(await signedIn(), pushed.requestUri)
    expect((await redeem(again.callback!.parameters.get('code')!, pushed.verifier)).status).toBe(200)
  })

  test('fapi2-security-profile-final-par-attempt-reuse-request_uri: one that gave a code gives no other', async () => {
    const { push, authorize, codeFor, signedIn } = plan()
    const pushed = await push()
    await codeFor(pushed)
    expectPage(await authorize(await signedIn(), pushed.requestUri), 'invalid_request_uri')
  })

  test('fapi2-security-profile-final-par-attempt-to-use-expired-request_uri: after the seconds that it was said to be good for it is refused', async () => {
    const { push, authorize, signedIn } = plan()
    const pushed = await push()
    expect(pushed.body['expires_in']).toBeLessThan(600)
    const browser = await signedIn()
    try {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + (Number(pushed.body['expires_in']) + 1) * 1_000 })
      expectPage(await authorize(browser, pushed.requestUri), 'invalid_request_uri')
    } finally {
      vi.useRealTimers()
    }
  })

  test('fapi2-security-profile-final-par-attempt-to-use-request_uri-for-different-client: another client\'s request is refused', async () => {
    const { push, authorize, signedIn, other } = plan()
    const { requestUri } = await push()
    const { callback, answer } = await authorize(await signedIn(), requestUri, {}, other)
    expect([callback?.parameters.has('code') ?? false, answer.statusCode]).toEqual([false, 400])
  })

  test('fapi2-security-profile-final-par-authorization-request-containing-request_uri-form-param: a reference is not to be pushed (RFC 9126 section 2.1)', async () => {
    const { push } = plan()
    for (const request_uri of ['https://shop.example.com/request.jwt', (await push()).requestUri]) {
      const answer = await push({ request_uri })
      expect([answer.status, answer.requestUri]).toEqual([400, ''])
    }
  })

  test('fapi2-security-profile-final-par-attempt-invalid-http-method: nothing is pushed but by POST', async () => {
    const { server, client } = plan()
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const) {
      const answer = await server.app.listener.inject({ method, url: `/auth/oauth2/par?client_id=${client.clientId}` })
      expect([answer.statusCode, answer.body.includes('urn:')], method).toEqual([405, false])
    }
  })

  test('fapi2-security-profile-final-par-ensure-pkce-required: a request without a challenge is refused', async () => {
    expect(await plan().push({ code_challenge: undefined, code_challenge_method: undefined })).toMatchObject(invalid())
  })

  test('fapi2-security-profile-final-par-plain-pkce-rejected: so is one whose challenge is the verifier itself, or that does not say what it is', async () => {
    for (const code_challenge_method of ['plain', 'S512', undefined]) expect(await plan().push({ code_challenge_method })).toMatchObject(invalid())
  })

  test('fapi2-security-profile-final-par-without-duplicate-parameters: client_id and request_uri are enough', async () => {
    const { push, codeFor, redeem } = plan()
    const pushed = await push()
    expect((await redeem(await codeFor(pushed), pushed.verifier)).status).toBe(200)
  })
})
