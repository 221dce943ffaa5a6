import { expect, test } from 'vitest'
import { describePlans } from '../../harness/plans.ts'
import { CALLBACK, ISSUER } from '../../harness/relying-party.ts'

/** An unsecured JWT (RFC 7519 section 6). */
const unsigned = (claims: object) => [{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.'

describePlans('redirect URI and request objects', (plan) => {
  test('oidcc-ensure-registered-redirect-uri: another address than the registered one gets nothing, and the person reads why on a page of ours', async () => {
    const { authorize, signedIn } = plan()
    const { answer, callback } = await authorize(await signedIn(), { redirect_uri: `${CALLBACK}/${crypto.randomUUID()}` })
    expect([callback, answer.statusCode, answer.headers['location']]).toEqual([undefined, 400, undefined])
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.body).toContain('gp-card')
    expect(answer.body).toContain('invalid_redirect_uri')
  })

  test('oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported: refused with request_uri_not_supported', async () => {
    const { authorize, signedIn, shop } = plan()
    expect(shop.config.serverMetadata().request_uri_parameter_supported).toBe(false)
    const { callback } = await authorize(await signedIn(), { request_uri: 'https://shop.example.com/request.jwt' })
    expect(callback?.parameters.get('error')).toBe('request_uri_not_supported')
    expect(callback?.parameters.has('code')).toBe(false)
  })

  test('oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported: refused with request_not_supported', async () => {
    const { authorize, signedIn, shop } = plan()
    expect(shop.config.serverMetadata()['request_object_signing_alg_values_supported'] ?? []).not.toContain('none')
    const request = unsigned({ iss: shop.clientId, aud: ISSUER, client_id: shop.clientId, response_type: 'code', redirect_uri: CALLBACK, scope: 'openid' })
    const { callback } = await authorize(await signedIn(), { request })
    expect(callback?.parameters.get('error')).toBe('request_not_supported')
    expect(callback?.parameters.has('code')).toBe(false)
  })

  test('oidcc-ensure-request-object-with-redirect-uri: a request object is not passed over: neither its redirect URI is used nor the one beside it', async () => {
    const { authorize, signedIn, shop } = plan()
    const request = unsigned({ iss: shop.clientId, aud: ISSUER, client_id: shop.clientId, response_type: 'code', redirect_uri: CALLBACK, scope: 'openid' })
    const { answer, callback } = await authorize(await signedIn(), { request, redirect_uri: `${CALLBACK}/other` })
    expect([callback, answer.statusCode, answer.headers['location']]).toEqual([undefined, 400, undefined])
  })
})
