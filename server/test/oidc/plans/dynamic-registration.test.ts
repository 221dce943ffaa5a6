import { decodeJwt, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { describeDynamicPlan } from '../../harness/dynamic-plan.ts'
import { sendMetadata } from '../../harness/registration.ts'
import { CALLBACK, ISSUER } from '../../harness/relying-party.ts'

/** An unsecured JWT (RFC 7519 section 6). */
const unsigned = (claims: object) => [{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.'
/** OpenID Connect Core 1.0 section 3.1.2.6, and where request objects are understood at all, RFC 9101 section 6.2. */
const REQUEST_REFUSED = ['request_not_supported', 'invalid_request_object']

describeDynamicPlan('redirect URIs, metadata and request objects', (plan) => {
  test('oidcc-redirect-uri-query-OK: a redirect URI keeps the query that it was registered with', async () => {
    const { register, authorize, redeemByHand, person } = plan()
    const redirect = `${CALLBACK}?foo=bar`
    const client = await register({ redirect_uris: [redirect] })
    const answered = await authorize(client, { redirect_uri: redirect })
    expect(answered.location).toMatch(/^https:\/\/shop\.example\.com\/callback\?foo=bar&code=/)
    const tokens = (await redeemByHand(client, answered, redirect)).json<{ id_token: string }>()
    expect(decodeJwt(tokens.id_token).sub).toBe(person.id)
  })

  for (const [name, registered, asked] of [
    ['oidcc-redirect-uri-query-mismatch: another query than the registered one', `${CALLBACK}?foo=bar`, `${CALLBACK}?bar=foo`],
    ['oidcc-redirect-uri-query-added: a query where none was registered', CALLBACK, `${CALLBACK}?foo=bar`],
    ['oidcc-ensure-redirect-uri-in-authorization-request: no redirect URI, though one alone is registered,', CALLBACK, undefined],
  ] as const) {
    test(`${name} gets nothing, and the person reads why on a page of ours`, async () => {
      const { register, authorize } = plan()
      const { location, page } = await authorize(await register({ redirect_uris: [registered] }), { redirect_uri: asked })
      expect([location, page.statusCode, page.headers['location']]).toEqual([undefined, 400, undefined])
      expect(page.headers['content-type']).toContain('text/html')
      expect(page.body).toContain('redirect_uri')
    })
  }

  test('oidcc-redirect-uri-regfrag: a redirect URI with a fragment is not registered', async () => {
    const { server } = plan()
    const answer = await sendMetadata(server, { redirect_uris: [`${CALLBACK}#foobar`] })
    expect([answer.statusCode, answer.json<{ error: string }>().error]).toEqual([400, 'invalid_redirect_uri'])
  })

  test('oidcc-registration-logo-uri: a logo is neither fetched nor shown: it would let a stranger look like somebody else', async () => {
    const { register, authorize, published } = plan()
    const client = await register({ logo_uri: `${published.url}/logo.png` })
    expect(client.information).not.toHaveProperty('logo_uri')
    const { page, location } = await authorize(client)
    expect(page.body).not.toContain('logo.png')
    expect(location).toContain('code=')
    expect(published.asked.get('/logo.png')).toBeUndefined()
  })

  for (const [name, field] of [['oidcc-registration-policy-uri', 'policy_uri'], ['oidcc-registration-tos-uri', 'tos_uri']] as const) {
    test(`${name}: the page that asks for consent leads to it`, async () => {
      const { register, authorize } = plan()
      const client = await register({ [field]: `https://shop.example.com/${field}` })
      expect(client.information[field]).toBe(`https://shop.example.com/${field}`)
      const { page, location } = await authorize(client)
      expect(page.body).toContain(`<a href="https://shop.example.com/${field}" rel="noreferrer">`)
      expect(location).toContain('code=')
    })
  }

  test('oidcc-registration-sector-uri: a sector that lists the redirect URI is taken', async () => {
    const { register, published } = plan()
    published.documents.set('/sector.json', [CALLBACK, 'https://shop.example.com/other'])
    const { information } = await register({ subject_type: 'pairwise', sector_identifier_uri: `${published.url}/sector.json` })
    expect(information).toMatchObject({ subject_type: 'pairwise', sector_identifier_uri: `${published.url}/sector.json` })
    expect(published.asked.get('/sector.json')).toBe(1)
  })

  test('oidcc-registration-sector-bad: a sector that does not list the redirect URI, is no list, or cannot be had is refused', async () => {
    const { server, published } = plan()
    published.documents.set('/bad.json', ['https://shop.example.com/other'])
    published.documents.set('/object.json', { redirect_uris: [CALLBACK] })
    for (const path of ['/bad.json', '/object.json', '/missing.json']) {
      const answer = await sendMetadata(server, { redirect_uris: [CALLBACK], subject_type: 'pairwise', sector_identifier_uri: `${published.url}${path}` })
      expect([path, answer.statusCode, answer.json<{ error: string }>().error]).toEqual([path, 400, 'invalid_client_metadata'])
    }
    // Nor is anything inside asked.
    // A device has no redirect URI that could be listed: its keys are.
    published.documents.set('/devices.json', [CALLBACK])
    const keys = `${published.url}/jwks.json`
    const device = { redirect_uris: [CALLBACK], grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'], token_endpoint_auth_method: 'private_key_jwt', jwks_uri: keys, subject_type: 'pairwise', sector_identifier_uri: `${published.url}/devices.json` }
    expect((await sendMetadata(server, device)).statusCode).toBe(400)
    published.documents.set('/devices.json', [CALLBACK, keys])
    expect((await sendMetadata(server, device)).statusCode).toBe(201)
    const inside = await sendMetadata(server, { redirect_uris: [CALLBACK], subject_type: 'pairwise', sector_identifier_uri: 'https://127.0.0.1/sector.json' })
    expect(inside.statusCode).toBe(400)
  })

  test('oidcc-ensure-request-object-with-redirect-uri: a request object is not passed over: neither its redirect URI is used nor the one beside it', async () => {
    const { register, authorize } = plan()
    const client = await register()
    const { client_id: id } = client.information
    const request = unsigned({ iss: id, aud: ISSUER, client_id: id, response_type: 'code', redirect_uri: CALLBACK, scope: 'openid' })
    const { location, page } = await authorize(client, { request, redirect_uri: `${CALLBACK}/other` })
    expect([location, page.statusCode, page.headers['location']]).toEqual([undefined, 400, undefined])
    const beside = await authorize(client, { request })
    expect(REQUEST_REFUSED).toContain(new URL(beside.location!).searchParams.get('error'))
  })

  test('oidcc-request-uri-unsigned: a request by reference is refused with request_uri_not_supported, and nothing is fetched', async () => {
    const { register, authorize, published } = plan()
    const client = await register({ request_uris: [`${published.url}/request.jwt`] })
    expect(client.information).not.toHaveProperty('request_uris')
    expect(client.config.serverMetadata().request_uri_parameter_supported).toBe(false)
    const { client_id: id } = client.information
    published.documents.set('/request.jwt', unsigned({ iss: id, aud: ISSUER, client_id: id, response_type: 'code', redirect_uri: CALLBACK, scope: 'openid' }))
    const { location } = await authorize(client, { request_uri: `${published.url}/request.jwt` })
    expect(new URL(location!).searchParams.get('error')).toBe('request_uri_not_supported')
    expect(published.asked.get('/request.jwt')).toBeUndefined()
  })

  test('oidcc-request-uri-signed-rs256: nor is one that is signed fetched', async () => {
    const { register, authorize, published } = plan()
    const client = await register({ request_uris: [`${published.url}/signed.jwt`] })
    const { client_id: id } = client.information
    published.documents.set('/signed.jwt', await new SignJWT({ iss: id, aud: ISSUER, client_id: id, response_type: 'code', redirect_uri: CALLBACK, scope: 'openid' }).setProtectedHeader({ alg: 'ES256', kid: 'first' }).sign(client.key))
    const { location } = await authorize(client, { request_uri: `${published.url}/signed.jwt` })
    expect(new URL(location!).searchParams.get('error')).toBe('request_uri_not_supported')
    expect(published.asked.get('/signed.jwt')).toBeUndefined()
  })
})
