import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import { allowAndFollow, manage, REGISTER, registerClient, sendMetadata } from '../harness/registration.ts'
import { CALLBACK, fetchOver, ISSUER, relyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'
import { operatorOf } from './operator.ts'

const OPEN = 'client_registration: {policy: open}'
const PARALLEL = 50

for (const engine of testEngines) {
  describe(`dynamic client registration on ${engine}`, () => {
    let server: TestServer
    let other: TestServer
    let person: Person
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, OPEN)
      other = await server.sibling()
      person = await signUp(server)
    })
    afterAll(async () => {
      await other.close()
      await server.close()
    })

    const replacement = (clientId: string, more: Record<string, unknown> = {}) => ({ client_id: clientId, client_name: 'Renamed', redirect_uris: [CALLBACK], grant_types: ['authorization_code', 'refresh_token'], ...more })

    test('is not there by default, and nothing says that it is', async () => {
      const closed = await server.sibling({}, '')
      const discovered = await closed.browser().get('/auth/.well-known/openid-configuration')
      expect(discovered.json()).not.toHaveProperty('registration_endpoint')
      const agent = await registerClient(server)
      const clients = () => server.app.database.read.selectFrom('oauth_client').selectAll().orderBy('client_id').execute()
      const before = await clients()
      expect((await sendMetadata(closed, { redirect_uris: [CALLBACK] })).statusCode).toBe(404)
      for (const [method, body] of [['GET', undefined], ['PUT', replacement(agent.client_id)], ['DELETE', undefined]] as const) expect([method, (await manage(closed, method, agent, { body })).statusCode]).toEqual([method, 404])
      // Nothing goes on behind the answer.
      await closed.close()
      expect(await clients()).toEqual(before)
    })

    test('is announced in both discovery documents where it is open', async () => {
      for (const path of ['/auth/.well-known/openid-configuration', '/auth/.well-known/oauth-authorization-server']) {
        expect((await server.browser().get(path)).json()).toMatchObject({ registration_endpoint: `${ISSUER}/oauth2/register` })
      }
    })

    test('a client that registered itself signs somebody in, who is asked for consent and warned that nobody knows it', async () => {
      const config = await oidc.dynamicClientRegistration(new URL(ISSUER), { client_name: 'Agent', redirect_uris: [CALLBACK], token_endpoint_auth_method: 'client_secret_basic', policy_uri: 'https://shop.example.com/privacy', tos_uri: 'https://shop.example.com/terms', logo_uri: 'https://shop.example.com/logo.png' }, undefined, {
        execute: [oidc.allowInsecureRequests],
        [oidc.customFetch]: fetchOver(server),
      })
      const { client_id: clientId, client_secret: secret } = config.clientMetadata()
      const client = await relyingParty(server, clientId, secret)
      const { path, checks } = await client.begin({ scope: 'openid email' })
      const { location, page } = await allowAndFollow(await signIn(server, person), path)
      expect(page.body).toContain('Agent asks for access to your account')
      expect(page.body).toContain('nobody here has checked who is behind it')
      for (const link of ['privacy', 'terms']) expect(page.body).toContain(`<a href="https://shop.example.com/${link}" rel="noreferrer">`)
      expect(page.body).not.toContain('logo.png')
      expect((await client.redeem(location!, checks)).claims()?.sub).toBe(person.id)
    })

    test('nobody is warned of a client that an operator made', async () => {
      const made = await server.app.clients.create({ name: 'Theirs', type: 'third_party', redirect_uris: [CALLBACK] })
      if (!made.ok) throw new Error('not made')
      const { path } = await (await relyingParty(server, made.value.client.clientId, made.value.secret)).begin({ scope: 'openid' })
      const { page } = await allowAndFollow(await signIn(server, person), path)
      expect(page.body).toContain('Theirs asks for access')
      expect(page.body).not.toContain('nobody here has checked')
    })

    test('the answer has every field in force, with the defaults of RFC 7591, and is not kept by anybody', async () => {
      const answer = await sendMetadata(server, { redirect_uris: [CALLBACK] })
      expect(answer.statusCode).toBe(201)
      expect(answer.headers['cache-control']).toBe('no-store')
      const { client_id, client_id_issued_at, client_secret, registration_access_token, ...rest } = answer.json<Record<string, unknown>>()
      expect(client_id_issued_at).toBe(Math.floor((await server.app.clients.show(String(client_id)))!.createdAt / 1_000))
      for (const secret of [client_secret, registration_access_token]) expect(secret).toMatch(/^[\w-]{43}$/)
      expect(rest).toEqual({
        client_name: 'shop.example.com',
        redirect_uris: [CALLBACK],
        post_logout_redirect_uris: [],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        scope: 'openid profile email',
        token_endpoint_auth_method: 'client_secret_basic',
        application_type: 'web',
        id_token_signed_response_alg: 'RS256',
        subject_type: 'public',
        backchannel_logout_session_required: false,
        frontchannel_logout_session_required: false,
        require_auth_time: false,
        require_pushed_authorization_requests: false,
        require_signed_request_object: false,
        dpop_bound_access_tokens: false,
        tls_client_certificate_bound_access_tokens: false,
        contacts: [],
        client_secret_expires_at: 0,
        registration_client_uri: `${ISSUER}/oauth2/register/${String(client_id)}`,
      })
    })

    test('what only an operator may decide is left out, and so are scopes that are not to be had', async () => {
      const { client_id, scope } = await registerClient(server, { type: 'web', profile: 'fapi2', access_token_ttl_seconds: 3600, access_token_format: 'opaque', client_secret: 'mine', client_id: 'mine', scope: 'openid admin email offline_access' })
      expect(scope).toBe('openid email offline_access')
      expect(client_id).not.toBe('mine')
      expect(await server.app.clients.show(client_id)).toMatchObject({ type: 'third_party', isFirstParty: false, metadata: { profile: 'none', access_token_format: 'jwt', access_token_ttl_seconds: 600 } })
    })

    test('neither the secret nor the registration access token lies in the database', async () => {
      const { client_id, client_secret, registration_access_token } = await registerClient(server)
      const db = server.app.database.read
      const rows = JSON.stringify([await db.selectFrom('oauth_client').selectAll().execute(), await db.selectFrom('oauth_client_secret').selectAll().execute(), await db.selectFrom('event').selectAll().execute()])
      expect(rows).toContain(client_id)
      expect(rows).not.toContain(client_secret!)
      expect(rows).not.toContain(registration_access_token)
    })

    // security case B9
    const REFUSED: readonly (readonly [string, Record<string, unknown>, string])[] = [
      ['no redirect URI', { redirect_uris: [] }, 'invalid_redirect_uri'],
      ['a redirect URI with a fragment', { redirect_uris: [`${CALLBACK}#here`] }, 'invalid_redirect_uri'],
      ['a redirect URI by http', { redirect_uris: ['http://shop.example.com/callback'] }, 'invalid_redirect_uri'],
      ['a redirect URI that is a page by itself', { redirect_uris: ['data:text/html,x'], application_type: 'native', token_endpoint_auth_method: 'none' }, 'invalid_redirect_uri'],
      ['a redirect URI that runs', { redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
      ['an address on the device for a web application', { redirect_uris: ['http://127.0.0.1/callback'], application_type: 'web' }, 'invalid_redirect_uri'],
      ['a scheme of its own with a secret', { redirect_uris: ['com.example.app:/callback'], application_type: 'native' }, 'invalid_redirect_uri'],
      ['the implicit grant', { grant_types: ['implicit'], response_types: ['id_token'] }, 'invalid_client_metadata'],
      ['another response type', { response_types: ['code', 'id_token token'] }, 'invalid_client_metadata'],
      ['client credentials', { grant_types: ['client_credentials'], redirect_uris: [] }, 'invalid_client_metadata'],
      ['token exchange', { grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:token-exchange'] }, 'invalid_client_metadata'],
      ['client_secret_jwt', { token_endpoint_auth_method: 'client_secret_jwt' }, 'invalid_client_metadata'],
      ['an unsigned ID token', { id_token_signed_response_alg: 'none' }, 'invalid_client_metadata'],
      ['keys by value and by address', { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [] }, jwks_uri: 'https://shop.example.com/jwks' }, 'invalid_client_metadata'],
      ['keys at an address inside', { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://169.254.169.254/latest' }, 'invalid_client_metadata'],
      ['a logout at an address inside', { backchannel_logout_uri: 'https://localhost/logout' }, 'invalid_client_metadata'],
      ['a page that runs', { policy_uri: 'javascript:alert(1)' }, 'invalid_client_metadata'],
      ['a name that nobody sees', { client_name: 'Agent\u202e' }, 'invalid_client_metadata'],
      ['a name that is none', { client_name: { de: 'Agent' } }, 'invalid_client_metadata'],
      ['scopes that are not to be had', { scope: 'admin' }, 'invalid_client_metadata'],
      ['a software statement of nobody', { software_statement: 'e30.e30.' }, 'unapproved_software_statement'],
      ['a software statement that is none', { software_statement: 'statement' }, 'invalid_software_statement'],
    ]
    test.each(REFUSED)('%s is refused, and nothing is made', async (_what, metadata, error) => {
      const count = async () => (await server.app.database.read.selectFrom('oauth_client').select('client_id').execute()).length
      const before = await count()
      const answer = await sendMetadata(server, { client_name: 'Agent', redirect_uris: [CALLBACK], ...metadata })
      expect([answer.statusCode, answer.json<{ error: string }>().error]).toEqual([400, error])
      expect(answer.json<{ error_description: string }>().error_description).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/)
      expect(await count()).toBe(before)
    })

    test('a body that is no JSON object is refused in the same form', async () => {
      for (const [type, payload] of [['application/json', '{'], ['application/json', '[]'], ['application/json', '{"redirect_uris":[],"redirect_uris":[]}'], ['application/x-www-form-urlencoded', 'redirect_uris=x'], ['text/plain', '{}']] as const) {
        const answer = await server.browser().raw({ method: 'POST', url: REGISTER, headers: { 'content-type': type }, payload })
        expect([type, answer.statusCode, answer.json<{ error: string }>().error]).toEqual([type, 400, 'invalid_client_metadata'])
      }
    })

    test('an agent on a device registers without saying that it is native, and comes back at whatever port it got', async () => {
      const agent = await registerClient(server, { redirect_uris: ['http://127.0.0.1/callback', 'com.example.agent:/callback'], token_endpoint_auth_method: 'none' })
      expect(agent).toMatchObject({ application_type: 'native', token_endpoint_auth_method: 'none' })
      expect(agent).not.toHaveProperty('client_secret')
      expect(await registerClient(server, { redirect_uris: [CALLBACK, 'http://[::1]/callback'], token_endpoint_auth_method: 'none' })).toMatchObject({ application_type: 'native' })
      const client = await relyingParty(server, agent.client_id, undefined)
      const { path } = await client.begin({ scope: 'openid', redirect_uri: 'http://127.0.0.1:51004/callback' })
      const { location } = await allowAndFollow(await signIn(server, person), path)
      expect(location).toMatch(/^http:\/\/127\.0\.0\.1:51004\/callback\?code=/)
    })

    test('localhost is taken in production where the settings say so, and not otherwise', async () => {
      const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://auth.example.com', ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '2', RATE_LIMITS: 'on', SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: 'auth@example.com' }
      const redirects = { redirect_uris: ['http://localhost:8080/callback'], token_endpoint_auth_method: 'none' }
      for (const [declared, status] of [[OPEN, 400], ['client_registration: {policy: open, localhost_redirects: true}', 201]] as const) {
        const strict = await server.sibling(production, declared)
        expect((await sendMetadata(strict, redirects)).statusCode).toBe(status)
        await strict.close()
      }
    })

    test('a client reads, replaces and deletes its registration with its own token, which every change replaces', async () => {
      const agent = await registerClient(server, { policy_uri: 'https://shop.example.com/privacy' })
      const read = await manage(server, 'GET', agent)
      expect(read.statusCode).toBe(200)
      const { client_secret: _secret, client_secret_expires_at: _expiry, ...shown } = agent
      expect(read.json()).toEqual(shown)

      const replaced = await manage(server, 'PUT', agent, { body: replacement(agent.client_id, { client_secret: agent.client_secret, redirect_uris: ['https://new.example.com/callback'] }) })
      expect(replaced.statusCode).toBe(200)
      const after = replaced.json<typeof agent>()
      expect(after).toMatchObject({ client_id: agent.client_id, client_name: 'Renamed', redirect_uris: ['https://new.example.com/callback'] })
      expect(after).not.toHaveProperty('policy_uri')
      expect(after.registration_access_token).not.toBe(agent.registration_access_token)
      expect(await server.app.clients.verifySecret(agent.client_id, agent.client_secret!)).toBe(true)
      expect((await manage(server, 'GET', agent)).statusCode).toBe(401)

      expect((await manage(server, 'DELETE', after)).statusCode).toBe(204)
      expect((await manage(server, 'GET', after)).statusCode).toBe(401)
      expect(await server.app.clients.show(agent.client_id)).toBeUndefined()
      expect((await eventsOf(server, null, 'client.registered', 'client.deleted')).filter(({ data }) => data['client_id'] === agent.client_id).map(({ type, data }) => [type, data['reason']])).toEqual([['client.registered', undefined], ['client.deleted', 'asked_by_itself']])
    })

    test('another client\'s token, none, a wrong one, and one of a client that an operator made open nothing', async () => {
      const [agent, stranger] = [await registerClient(server), await registerClient(server)]
      const made = await server.app.clients.create({ name: 'Ours', type: 'web', redirect_uris: [CALLBACK] })
      if (!made.ok) throw new Error('not made')
      const ours = { ...agent, registration_client_uri: `${ISSUER}/oauth2/register/${made.value.client.clientId}` }
      for (const [of, token] of [[agent, stranger.registration_access_token], [agent, ''], [agent, 'a'.repeat(43)], [agent, agent.client_secret!], [ours, agent.registration_access_token], [ours, made.value.secret!]] as const) {
        for (const [method, body] of [['GET', undefined], ['PUT', replacement(of.client_id)], ['DELETE', undefined]] as const) {
          const answer = await manage(server, method, of, { token, body })
          expect([method, answer.statusCode, answer.json<{ error: string }>().error]).toEqual([method, 401, 'invalid_token'])
          expect(answer.headers['www-authenticate']).toContain('invalid_token')
        }
      }
      expect((await manage(server, 'GET', agent)).statusCode).toBe(200)
      expect((await server.app.clients.show(made.value.client.clientId))?.name).toBe('Ours')
    })

    test('an update that names another client, brings what it must not, or a wrong secret changes nothing', async () => {
      const agent = await registerClient(server)
      const bodies = [{ client_id: 'other' }, { client_secret: 'wrong' }, { registration_access_token: agent.registration_access_token }, { client_id_issued_at: 1 }, { client_secret_expires_at: 0 }, { registration_client_uri: agent.registration_client_uri }, { redirect_uris: ['http://evil.example/'] }, { redirect_uris: ['javascript:alert(1)'] }, { redirect_uris: ['intent://evil.example/#Intent;end'] }, { policy_uri: 'data:text/html,x' }]
      for (const more of bodies) expect([more, (await manage(server, 'PUT', agent, { body: replacement(agent.client_id, more) })).statusCode]).toEqual([more, 400])
      expect((await manage(server, 'GET', agent)).json()).toMatchObject({ client_name: 'Agent' })
    })

    test('a client that shows a secret from now on gets one, and one that does not loses it', async () => {
      const agent = await registerClient(server, { token_endpoint_auth_method: 'none' })
      const first = (await manage(server, 'PUT', agent, { body: replacement(agent.client_id, { token_endpoint_auth_method: 'client_secret_post' }) })).json<typeof agent>()
      expect(first.client_secret).toMatch(/^[\w-]{43}$/)
      const second = (await manage(server, 'PUT', first, { body: replacement(agent.client_id, { token_endpoint_auth_method: 'none' }) })).json<typeof agent>()
      expect(second).not.toHaveProperty('client_secret')
      expect((await server.app.clients.show(agent.client_id))?.secrets).toEqual([])
    })

    test(`of ${PARALLEL} updates at once with one token, at two servers, one is made`, async () => {
      const agent = await registerClient(server)
      const answers = await atOnce([server, other], PARALLEL, (at, index) => manage(at, 'PUT', agent, { body: replacement(agent.client_id, { client_name: `Agent ${index}` }) }))
      expect(countStatuses(answers)).toEqual({ 200: 1, 401: PARALLEL - 1 })
    })

    test('an operator sees which clients registered themselves, and when', async () => {
      const agent = await registerClient(server, { client_name: 'Seen' })
      const operator = operatorOf(server)
      expect((await operator.run(['list'])).stdout).toContain('Seen  (registered itself)')
      expect(await operator.json('show', agent.client_id)).toMatchObject({ registered_at: expect.any(String), last_used_at: null })
    })

    test('nobody is sent away from a sign-out to an address that somebody registered for it, but by an ID token', async () => {
      const away = 'https://phish.example.com/'
      const agent = await registerClient(server, { post_logout_redirect_uris: [away] })
      const path = `/auth/oauth2/end_session?${new URLSearchParams({ client_id: agent.client_id, post_logout_redirect_uri: away }).toString()}`
      expect((await server.browser().get(path)).headers['location']).toBe('/auth/signed_out')
      const browser = await signIn(server, person)
      expect(JSON.stringify((await browser.get(path)).headers['location'])).not.toContain('return_to')
    })

    test('in production no address inside may be named that the operator excepted', async () => {
      const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://auth.example.com', ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '2', RATE_LIMITS: 'on', SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: 'auth@example.com', OUTBOUND_INTERNAL_HOSTS: 'sms.internal:8080,keys.internal' }
      const strict = await server.sibling(production, OPEN)
      const inside = [{ backchannel_logout_uri: 'http://sms.internal:8080/send' }, { backchannel_logout_uri: 'https://keys.internal/x' }, { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://keys.internal:444/jwks' }, { subject_type: 'pairwise', sector_identifier_uri: 'https://keys.internal/sector.json' }]
      for (const fields of inside) {
        const answer = await sendMetadata(strict, { redirect_uris: [CALLBACK], ...fields })
        expect([fields, answer.statusCode, answer.json<{ error: string }>().error]).toEqual([fields, 400, 'invalid_client_metadata'])
      }
      expect((await strict.app.clients.create({ name: 'Own', type: 'web', redirect_uris: [CALLBACK], backchannel_logout_uri: 'http://sms.internal:8080/send' })).ok).toBe(true)
      await strict.close()
    })
  })
}
