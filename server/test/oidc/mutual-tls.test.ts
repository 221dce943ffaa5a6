import { createHash } from 'node:crypto'
import { request } from 'node:http'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CertificateName } from '../harness/certificates.ts'
import { byteSequence, CERTIFICATES, certifiedKey, escapedPem } from '../harness/certificates.ts'
import { testEngines } from '../harness/engines.ts'
import { signIn, signUp } from '../harness/people.ts'
import { CALLBACK, fetchOver, follow, ISSUER, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const PROXY = '127.0.0.1'
const HEADERS = { TLS_CLIENT_CERTIFICATE_HEADER: 'Client-Cert', TLS_CLIENT_VERIFY_HEADER: 'Client-Verify' }
const DN = 'CN=client.example.com,OU=Payments,O=Example\\, Inc.,C=DE'
const thumbprintOf = (name: CertificateName) => createHash('sha256').update(Buffer.from(CERTIFICATES[name], 'base64')).digest('base64url')
const verified = (name: CertificateName) => ({ 'client-cert': escapedPem(name), 'client-verify': 'SUCCESS' })

for (const engine of testEngines) {
  describe(`mutual TLS (RFC 8705) on ${engine}`, () => {
    let server: TestServer
    /** Another instance, in front of which nobody passes certificates on. */
    let without: TestServer
    beforeAll(async () => {
      without = await startTestServer(engine, { ...QUICK, TRUSTED_PROXIES: PROXY })
      server = await without.sibling(HEADERS)
    })
    afterAll(async () => {
      await server.close()
      await without.close()
    })

    async function register(fields: Record<string, unknown>): Promise<string> {
      const created = await server.app.clients.create({ name: 'Machine', type: 'machine', scope: 'orders', ...fields })
      if (!created.ok) throw new Error(JSON.stringify(created.failure))
      return created.value.client.clientId
    }
    const selfSigned = (more: Record<string, unknown> = {}) => register({ token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: [certifiedKey('own')] }, ...more })
    const named = (more: Record<string, unknown>) => register({ token_endpoint_auth_method: 'tls_client_auth', ...more })

    type Asked = { at?: TestServer; from?: string; path?: string; fields?: Record<string, string> }
    async function ask(clientId: string, headers: Record<string, string>, { at = server, from = PROXY, path = 'token', fields = { grant_type: 'client_credentials', scope: 'orders' } }: Asked = {}) {
      const payload = new URLSearchParams({ client_id: clientId, ...fields }).toString()
      const answer = await at.app.listener.inject({ method: 'POST', url: `/auth/oauth2/${path}`, remoteAddress: from, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, payload })
      return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() }
    }
    const REFUSED = { status: 401, body: expect.objectContaining({ error: 'invalid_client' }) as unknown }

    test('a client is who its registered certificate says, in either form that a proxy writes it in', async () => {
      const client = await selfSigned()
      for (const value of [escapedPem('own'), byteSequence('own')]) expect((await ask(client, { 'client-cert': value })).status).toBe(200)
      for (const headers of [{}, { 'client-cert': byteSequence('other') }, { 'client-cert': escapedPem('named') }, { 'client-verify': 'SUCCESS' }] as Record<string, string>[]) expect(await ask(client, headers)).toEqual(REFUSED)
    })

    test('a client is who an authority says, by the one name that it registered, to the letter', async () => {
      const [dns, uri, ip, email] = ['tls_client_auth_san_dns', 'tls_client_auth_san_uri', 'tls_client_auth_san_ip', 'tls_client_auth_san_email']
      const names: readonly (readonly [string, string])[] = [
        ['tls_client_auth_subject_dn', DN], ['tls_client_auth_subject_dn', 'CN = client.example.com, OU = Payments, 2.5.4.10 = Example\\2c Inc., c = DE'],
        [dns, 'client.example.com'], [uri, 'https://client.example.com/id'], [ip, '192.0.2.7'], [email, 'client@example.com'],
      ]
      for (const [field, value] of names) {
        const client = await named({ [field]: value })
        expect((await ask(client, verified('named'))).status, value).toBe(200)
        // Has a URI with a comma and the name after it, and a wildcard.
        expect(await ask(client, verified('tricky')), value).toEqual(REFUSED)
        expect(await ask(client, verified('own')), value).toEqual(REFUSED)
        for (const said of ['NONE', 'FAILED:self-signed certificate', 'success', '']) expect(await ask(client, { ...verified('named'), 'client-verify': said }), said).toEqual(REFUSED)
        expect(await ask(client, { 'client-cert': escapedPem('named') }), value).toEqual(REFUSED)
      }
      const others: readonly (readonly [string, string])[] = [
        ['tls_client_auth_subject_dn', 'C=DE,O=Example\\, Inc.,OU=Payments,CN=client.example.com'], ['tls_client_auth_subject_dn', 'CN=client.example.com'], ['tls_client_auth_subject_dn', DN.replace('Payments', 'payments')],
        [dns, 'example.com'], [dns, 'evil.client.example.com'], [uri, 'https://client.example.com/id2'], [ip, '192.0.2.8'], [email, 'evil@example.com'],
      ]
      for (const [field, value] of others) expect(await ask(await named({ [field]: value }), verified('named')), value).toEqual(REFUSED)
      expect(await ask(await named({ [dns]: 'client.example.com' }), { ...verified('tricky') })).toEqual(REFUSED)
    })

    test('what a client itself says of its certificate is not believed: not beside the proxy, not twice, not under another name', async () => {
      const client = await selfSigned()
      const right = { 'client-cert': byteSequence('own') }
      expect(await ask(client, right, { from: '198.51.100.9' })).toEqual(REFUSED)
      expect(await ask(client, { ...right, 'x-forwarded-for': PROXY, forwarded: `for=${PROXY}` }, { from: '198.51.100.9' })).toEqual(REFUSED)
      for (const name of ['client_cert', 'x-client-cert', 'x-ssl-cert', 'client-cert-chain']) expect(await ask(client, { [name]: byteSequence('own') }), name).toEqual(REFUSED)
      const broken = [
        '', ':', '::', byteSequence('own').slice(1), CERTIFICATES.own, `${byteSequence('own')};a=1`, `${byteSequence('other')}, ${byteSequence('own')}`, `:${CERTIFICATES.own.slice(0, -8)}:`,
        escapedPem('other') + escapedPem('own'), escapedPem('own').replace('BEGIN', 'BEGIN%20TRUSTED'), `${escapedPem('own')}%`, '%00', `:${Buffer.concat([Buffer.from(CERTIFICATES.own, 'base64'), Buffer.from([0])]).toString('base64')}:`,
      ]
      for (const value of broken) expect(await ask(client, { 'client-cert': value }), value.slice(0, 30)).toEqual(REFUSED)
    })

    test('of two headers neither counts', async () => {
      const client = await selfSigned()
      const address = new URL(await server.app.listener.listen({ host: '127.0.0.1', port: 0 }))
      const body = new URLSearchParams({ client_id: client, grant_type: 'client_credentials', scope: 'orders' }).toString()
      const send = (...certificates: readonly string[]) =>
        new Promise<number>((resolve, reject) => {
          const headers = ['Host', address.host, 'Content-Type', 'application/x-www-form-urlencoded', 'Content-Length', String(body.length), ...certificates.flatMap((value) => ['Client-Cert', value])]
          const sent = request({ host: address.hostname, port: address.port, method: 'POST', path: '/auth/oauth2/token', headers }, (answer) => {
            answer.resume()
            answer.on('end', () => resolve(answer.statusCode ?? 0))
          })
          sent.on('error', reject)
          sent.setTimeout(10_000, () => sent.destroy(new Error('no answer')))
          sent.end(body)
        })
      expect(await send(byteSequence('own'))).toBe(200)
      expect(await send(byteSequence('own'), byteSequence('other'))).toBe(401)
      expect(await send(byteSequence('own'), byteSequence('own'))).toBe(401)
      expect(await send('', byteSequence('own'))).toBe(401)
    })

    test('where no header was named, nothing is offered, registered or believed', async () => {
      const offered = async (at: TestServer) => (await at.browser().get('/auth/.well-known/openid-configuration')).json<Record<string, unknown>>()
      expect(await offered(server)).toMatchObject({ tls_client_certificate_bound_access_tokens: true, token_endpoint_auth_methods_supported: expect.arrayContaining(['tls_client_auth', 'self_signed_tls_client_auth']) as unknown })
      const plain = await offered(without)
      expect([plain['tls_client_certificate_bound_access_tokens'], plain['token_endpoint_auth_methods_supported']]).toEqual([undefined, ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt']])
      const onlyRead = await without.sibling({ TLS_CLIENT_CERTIFICATE_HEADER: 'Client-Cert' })
      expect((await offered(onlyRead))['token_endpoint_auth_methods_supported']).not.toContain('tls_client_auth')

      const client = await selfSigned()
      const byName = await named({ tls_client_auth_san_dns: 'client.example.com' })
      const bound = await register({ type: 'machine', tls_client_certificate_bound_access_tokens: true, token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: [certifiedKey('own')] } })
      for (const at of [without, onlyRead]) {
        expect(await ask(byName, verified('named'), { at })).toEqual(REFUSED)
        const made = await at.app.clients.create({ name: 'Machine', type: 'machine', token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_san_dns: 'client.example.com' })
        expect(made.ok).toBe(false)
      }
      for (const id of [client, bound]) expect(await ask(id, { 'client-cert': byteSequence('own') }, { at: without })).toEqual(REFUSED)
      expect((await without.app.clients.create({ name: 'App', type: 'web', redirect_uris: [CALLBACK], tls_client_certificate_bound_access_tokens: true })).ok).toBe(false)
      expect((await ask(client, { 'client-cert': byteSequence('own') }, { at: onlyRead })).status).toBe(200)
      await onlyRead.close()
    })

    test('tokens that are bound to a certificate say so, and are nobody\'s without it', async () => {
      const bound = { tls_client_certificate_bound_access_tokens: true }
      const confirmation = { 'x5t#S256': thumbprintOf('own') }
      const machine = await selfSigned(bound)
      const { body } = await ask(machine, { 'client-cert': byteSequence('own') })
      const claims = JSON.parse(Buffer.from(String(body['access_token']).split('.')[1]!, 'base64url').toString()) as Record<string, unknown>
      expect(claims['cnf']).toEqual(confirmation)

      const person = await signUp(server)
      const shop = await registerRelyingParty(server, bound)
      const { path, checks } = await shop.begin({ scope: 'openid offline_access', prompt: 'consent' })
      const { location } = await follow(await signIn(server, person), path)
      await expect(shop.redeem(location!, checks)).rejects.toMatchObject({ error: 'invalid_grant' })
      const over = fetchOver(server)
      const shows = (name: CertificateName) => void (shop.config[oidc.customFetch] = (url, options) => over(url, { ...options, headers: { ...options.headers, 'client-cert': byteSequence(name) } }))
      shows('own')
      const tokens = await shop.redeem(location!, checks)
      expect(await oidc.tokenIntrospection(shop.config, tokens.access_token)).toMatchObject({ active: true, cnf: confirmation })
      expect((await oidc.fetchUserInfo(shop.config, tokens.access_token, person.id)).sub).toBe(person.id)
      const refreshed = await oidc.refreshTokenGrant(shop.config, tokens.refresh_token!)
      expect(await oidc.tokenIntrospection(shop.config, refreshed.access_token)).toMatchObject({ cnf: confirmation })
      shows('other')
      await expect(oidc.fetchUserInfo(shop.config, refreshed.access_token, person.id)).rejects.toMatchObject({ status: 401 })
      shop.config[oidc.customFetch] = over
      await expect(oidc.fetchUserInfo(shop.config, refreshed.access_token, person.id)).rejects.toMatchObject({ status: 401 })
      await expect(oidc.refreshTokenGrant(shop.config, refreshed.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
    })

    test('a public client\'s refresh token goes with its certificate, and a client of the FAPI 2.0 profile may do with certificates alone', async () => {
      const person = await signUp(server)
      const spa = await registerRelyingParty(server, { type: 'native', redirect_uris: [CALLBACK], tls_client_certificate_bound_access_tokens: true })
      const { path, checks } = await spa.begin({ scope: 'openid offline_access', prompt: 'consent' })
      const { location } = await follow(await signIn(server, person), path)
      const over = fetchOver(server)
      const shows = (name: CertificateName) => void (spa.config[oidc.customFetch] = (url, options) => over(url, { ...options, headers: { ...options.headers, 'client-cert': byteSequence(name) } }))
      shows('own')
      const tokens = await spa.redeem(location!, checks)
      shows('other')
      await expect(oidc.refreshTokenGrant(spa.config, tokens.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
      shows('own')
      expect((await oidc.refreshTokenGrant(spa.config, tokens.refresh_token!)).access_token).toBeTruthy()

      const created = await server.app.clients.create({ name: 'Bank', type: 'web', profile: 'fapi2', redirect_uris: [CALLBACK], token_endpoint_auth_method: 'tls_client_auth', tls_client_auth_subject_dn: DN, tls_client_certificate_bound_access_tokens: true })
      if (!created.ok) throw new Error(JSON.stringify(created.failure))
      const { clientId } = created.value.client
      const verifier = oidc.randomPKCECodeVerifier()
      const asked = { response_type: 'code', redirect_uri: CALLBACK, scope: 'openid', code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' }
      expect(await ask(clientId, verified('own'), { path: 'par', fields: asked })).toEqual(REFUSED)
      const pushed = await ask(clientId, verified('named'), { path: 'par', fields: asked })
      expect(pushed.status).toBe(201)
      const answered = await follow(await signIn(server, person), `/auth/oauth2/authorize?${new URLSearchParams({ client_id: clientId, request_uri: String(pushed.body['request_uri']) }).toString()}`)
      const parameters = new URL(answered.location!).searchParams
      expect(parameters.get('iss')).toBe(ISSUER)
      const { status, body } = await ask(clientId, verified('named'), { fields: { grant_type: 'authorization_code', code: parameters.get('code')!, redirect_uri: CALLBACK, code_verifier: verifier } })
      expect([status, body['token_type']]).toEqual([200, 'Bearer'])
    })

    test('a certificate that is over is none', async () => {
      const client = await selfSigned()
      expect((await ask(client, { 'client-cert': byteSequence('own') })).status).toBe(200)
      server.clock.advance(101 * 366 * 24 * 60 * 60 * 1_000)
      expect(await ask(client, { 'client-cert': byteSequence('own') })).toEqual(REFUSED)
    })
  })
}
