import * as oidc from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CLIENT_DOCUMENT_MAX_AGE_MS, CLIENT_DOCUMENT_MIN_AGE_MS } from '../../src/services/clients/lifetimes.ts'
import { LIMIT_RULES } from '../../src/services/limits/index.ts'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import { allowAndFollow } from '../harness/registration.ts'
import { startHttpsServer } from '../harness/https-server.ts'
import { follow, relyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'
import type { FakeProvider } from '../messaging/fake-provider.ts'
import { json, startProvider } from '../messaging/fake-provider.ts'

const ON = 'client_registration: {metadata_documents: on}'

for (const engine of testEngines) {
  describe(`clients that a document at their id describes, on ${engine}`, () => {
    let server: TestServer
    let host: FakeProvider
    let person: Person
    let id: string
    beforeAll(async () => {
      host = await startProvider()
      server = await startTestServer(engine, { ...QUICK, OUTBOUND_INTERNAL_HOSTS: host.host }, ON)
      person = await signUp(server)
    })
    afterAll(async () => {
      await server.close()
      await host.close()
    })
    // Another document each time: nothing is remembered of it.
    beforeEach(() => {
      id = `${host.url}/${crypto.randomUUID()}.json`
      host.received.length = 0
      publish()
    })

    const document = (more: Record<string, unknown> = {}) => ({ client_id: id, client_name: 'Bank of Everybody', redirect_uris: ['http://127.0.0.1/callback'], grant_types: ['authorization_code', 'refresh_token'], ...more })
    const publish = (more: Record<string, unknown> = {}, headers: Record<string, string> = {}) => void (host.answer = json(200, document(more), headers))

    /** Begins and follows to wherever the browser gets. */
    async function ask(at = server, clientId = id, parameters: Record<string, string> = {}) {
      const client = await relyingParty(at, clientId, undefined)
      const { path, checks } = await client.begin({ scope: 'openid email', redirect_uri: 'http://127.0.0.1:51004/callback', ...parameters })
      return { client, checks, ...(await follow(await signIn(at, person), path)) }
    }
    const isKnown = async (at = server, clientId = id) => (await ask(at, clientId)).answer.body.includes('asks for access to your account')

    test('it signs somebody in: the page names its host and its address, and not what it calls itself', async () => {
      const client = await relyingParty(server, id, undefined)
      const { path, checks } = await client.begin({ scope: 'openid email', redirect_uri: 'http://127.0.0.1:51004/callback' })
      const browser = await signIn(server, person)
      const { page, location } = await allowAndFollow(browser, path)
      expect(page.body).toContain(`${host.host} asks for access to your account`)
      expect(page.body).toContain('nobody here has checked who is behind it')
      expect(page.body).toContain(`<p class="gp-path">${id}</p>`)
      expect(page.body).not.toContain('Bank of Everybody')
      const tokens = await client.redeem(location!, checks)
      expect(tokens.claims()).toMatchObject({ sub: person.id, aud: id })
      expect((await oidc.refreshTokenGrant(client.config, tokens.refresh_token!)).claims()?.sub).toBe(person.id)
      // All of it with one look at the document.
      expect(host.received.map(({ method, path: asked }) => [method, asked])).toEqual([['GET', new URL(id).pathname]])
    })

    test('whoever let it in finds it among the applications by its host, whether or not that answers, and takes it away again', async () => {
      const browser = await signIn(server, person)
      const client = await relyingParty(server, id, undefined)
      const { path } = await client.begin({ scope: 'openid', redirect_uri: 'http://127.0.0.1:51004/callback' })
      await allowAndFollow(browser, path)
      server.clock.advance(CLIENT_DOCUMENT_MAX_AGE_MS + 1)
      host.answer = json(500, {})
      const again = await signIn(server, person)
      const listed = async () => (await again.api('GET', '/applications')).json<{ applications: { client_id: string }[] }>().applications.filter((one) => one.client_id === id)
      expect(await listed()).toMatchObject([{ client_id: id, name: host.host }])
      expect((await again.api('DELETE', `/applications/${encodeURIComponent(id)}`)).statusCode).toBe(204)
      expect(await listed()).toEqual([])
    })

    test('one with the longest address there may be is taken away like any other', async () => {
      id = `${id.slice(0, -'.json'.length)}/`.padEnd(250, 'a/') + '.json'
      publish()
      const browser = await signIn(server, person)
      const client = await relyingParty(server, id, undefined)
      const { path } = await client.begin({ scope: 'openid', redirect_uri: 'http://127.0.0.1:51004/callback' })
      await allowAndFollow(browser, path)
      expect((await browser.api('DELETE', `/applications/${encodeURIComponent(id)}`)).statusCode).toBe(204)
    })

    test('it asks for no more than such clients may have', async () => {
      publish({ scope: 'openid email admin' })
      expect((await server.app.clients.find(id))?.metadata.scope).toBe('openid email')
    })

    test('redirects on its own origin are taken, by https as everywhere', async () => {
      const secure = await startHttpsServer()
      const at = await server.sibling({ OUTBOUND_INTERNAL_HOSTS: secure.host })
      const its = `${secure.url}/client.json`
      const published = (uris: string[]) => secure.documents.set('/client.json', { client_id: its, redirect_uris: uris })
      published([`${secure.url}/callback`])
      expect(await at.app.clients.find(its)).toMatchObject({ metadata: { redirect_uris: [`${secure.url}/callback`], application_type: 'web' } })
      published([`https://127.0.0.1:1/callback`])
      at.clock.advance(CLIENT_DOCUMENT_MAX_AGE_MS + 1)
      expect(await at.app.clients.find(its)).toBeUndefined()
      await at.close()
      await secure.close()
    })

    test('redirects of others are not taken', async () => {
      for (const uri of ['https://evil.example/callback', 'https://127.0.0.1.evil.example/callback', 'com.example.app:/callback', 'http://localhost.evil.example/']) {
        id = `${host.url}/${crypto.randomUUID()}.json`
        publish({ redirect_uris: ['http://127.0.0.1/callback', uri] })
        expect([uri, await server.app.clients.find(id)]).toEqual([uri, undefined])
      }
    })

    const UNFIT: readonly (readonly [string, () => void])[] = [
      ['names another client', () => publish({ client_id: `${host.url}/other.json` })],
      ['names none', () => publish({ client_id: undefined })],
      ['has a secret', () => publish({ client_secret: 'secret' })],
      ['says when its secret ends', () => publish({ client_secret_expires_at: 0 })],
      ['would show a secret', () => publish({ token_endpoint_auth_method: 'client_secret_basic' })],
      ['has no redirect URI', () => publish({ redirect_uris: [] })],
      ['asks for the implicit grant', () => publish({ grant_types: ['implicit'] })],
      ['is too long', () => publish({ software_id: 'x'.repeat(5_200) })],
      ['is no JSON', () => void (host.answer = (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{'))],
      ['says a thing twice', () => void (host.answer = (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(`{"client_id":"x",${JSON.stringify(document()).slice(1)}`))],
      ['is a list', () => void (host.answer = json(200, [document()]))],
      ['is a page', () => publish({}, { 'content-type': 'text/html' })],
      ['is not found', () => void (host.answer = json(404, document()))],
      ['is somewhere else', () => void (host.answer = json(302, document(), { location: `${host.url}/elsewhere.json` }))],
      ['has keys at an address inside', () => publish({ token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'https://169.254.169.254/keys' })],
    ]
    test.each(UNFIT)('a document that %s describes no client, and is looked at again', async (_what, answerSo) => {
      answerSo()
      expect(await server.app.clients.find(id)).toBeUndefined()
      publish()
      expect(await server.app.clients.find(id)).toMatchObject({ clientId: id, isFirstParty: false, isPublic: true, type: 'third_party' })
    })

    test('an address that is not in its one spelling, has no path, or hides one is none, and nobody is asked', async () => {
      const bad = [host.url, `${host.url}/`, `${host.url}/a/../b.json`, `${host.url}/%2e%2e/b.json`, `${host.url}/a%2Fb.json`, `${id}#here`, `${host.url.replace('//', '//user@')}/a.json`, id.replace('http:', 'HTTP:'), `${id}?${'x'.repeat(255)}`]
      for (const one of bad) expect([one, await server.app.clients.find(one)]).toEqual([one, undefined])
      expect(host.received).toEqual([])
    })

    test('a host inside is asked nothing, and no other port of an exception', async () => {
      for (const one of ['https://127.0.0.1/client.json', 'https://localhost/client.json', 'https://169.254.169.254/client.json', 'http://127.0.0.1:1/client.json', 'http://example.com/client.json']) {
        expect([one, await server.app.clients.find(one)]).toEqual([one, undefined])
      }
    })

    test('in production an address is https, whatever exceptions there are', async () => {
      const strict = await server.sibling({ NODE_ENV: 'production', PUBLIC_URL: 'https://auth.example.com', ARGON2_MEMORY_KIB: '19456', ARGON2_PASSES: '2', RATE_LIMITS: 'on', SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: 'auth@example.com' })
      expect(await strict.app.clients.find(id)).toBeUndefined()
      expect(host.received).toEqual([])
      await strict.close()
    })

    test('by default there are no such clients, nobody is asked, and nothing says that there are', async () => {
      const closed = await server.sibling({}, '')
      expect(await isKnown(closed)).toBe(false)
      expect(host.received).toEqual([])
      expect((await closed.browser().get('/auth/.well-known/openid-configuration')).json()).not.toHaveProperty('client_id_metadata_document_supported')
      expect((await server.browser().get('/auth/.well-known/oauth-authorization-server')).json()).toMatchObject({ client_id_metadata_document_supported: true })
      await closed.close()
    })

    test('where the settings list hosts, others are not asked', async () => {
      for (const [hosts, known] of [['elsewhere.example', false], [host.host, true]] as const) {
        const listing = await server.sibling({}, `client_registration: {metadata_documents: on, metadata_document_hosts: ['${hosts}']}`)
        host.received.length = 0
        expect(await isKnown(listing)).toBe(known)
        expect(host.received.length > 0).toBe(known)
        await listing.close()
      }
    })

    test('a document is kept for minutes at least and an hour at most, whatever it says', async () => {
      for (const [maxAge, kept] of [['max-age=0, no-store', CLIENT_DOCUMENT_MIN_AGE_MS], ['max-age=86400', CLIENT_DOCUMENT_MAX_AGE_MS]] as const) {
        id = `${host.url}/${crypto.randomUUID()}.json`
        host.received.length = 0
        publish({}, { 'cache-control': maxAge })
        await server.app.clients.find(id)
        server.clock.advance(kept - 5_000)
        await server.app.clients.find(id)
        expect([maxAge, host.received.length]).toEqual([maxAge, 1])
        server.clock.advance(10_000)
        await Promise.all(Array.from({ length: 20 }, () => server.app.clients.find(id)))
        expect([maxAge, host.received.length]).toEqual([maxAge, 2])
      }
    })

    test('what the document takes back is over when it is read again', async () => {
      const { client, checks, answer } = await ask()
      expect(answer.body).toContain('asks for access')
      publish({ redirect_uris: ['http://127.0.0.1/other'] })
      server.clock.advance(CLIENT_DOCUMENT_MAX_AGE_MS + 1)
      const later = await ask()
      expect([later.location, later.answer.statusCode]).toEqual([undefined, 400])
      expect(checks.expectedState).toBeDefined()
      expect(client.clientId).toBe(id)
    })

    test('one host is asked so often a minute, however many addresses of it are named', async () => {
      const limited = await server.sibling({ RATE_LIMITS: 'on' })
      const { tries } = LIMIT_RULES.client_documents_per_host
      for (let count = 0; count < tries + 5; count += 1) await limited.app.clients.find(`${host.url}/none/${count}.json`)
      expect(host.received.length).toBe(tries)
      await limited.close()
    })
  })
}
