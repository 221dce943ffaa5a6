import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { CALLBACK, follow, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { decodeToken, QUICK } from '../harness/tokens.ts'
import { askWith, identityOf } from '../resolver/resolver.ts'

const API = 'https://api.example.com'

for (const engine of testEngines) {
  // OpenID Connect Core 1.0 section 8
  describe(`pairwise subjects on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    let person: Person
    let browser: Browser
    let shop: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      sibling = await server.sibling()
      person = await signUp(server)
      browser = await signIn(server, person)
      await server.app.clients.resources.create({ identifier: API, name: 'API', scopes: { read: 'Read' } })
      shop = await pairwise()
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    const pairwise = (fields: Record<string, unknown> = {}) => registerRelyingParty(server, { subject_type: 'pairwise', scope: 'openid profile email offline_access read', ...fields })

    async function tokensOf(client: RelyingParty, { by = browser, ...parameters }: { by?: Browser; resource?: string; redirect_uri?: string } = {}) {
      const { path, checks } = await client.begin({ ...parameters, scope: 'openid email read' })
      const { location } = await follow(by, path)
      return oidc.authorizationCodeGrant(client.config, new URL(location!), checks, parameters.resource === undefined ? undefined : { resource: parameters.resource })
    }
    const subOf = async (...args: Parameters<typeof tokensOf>) => (await tokensOf(...args)).claims()?.sub

    test('are one for a person in ID token, UserInfo, introspection, a JWT access token and a refreshed ID token, and not the id of the account', async () => {
      const tokens = await tokensOf(shop)
      const sub = tokens.claims()!.sub
      expect(sub).toMatch(/^[\w-]{43}$/)
      // Which also checks that it is that of the ID token.
      expect(await oidc.fetchUserInfo(shop.config, tokens.access_token, sub)).toMatchObject({ sub, email: person.email })
      for (const token of [tokens.access_token, tokens.refresh_token!]) expect(await oidc.tokenIntrospection(shop.config, token)).toMatchObject({ active: true, sub })
      expect((await oidc.refreshTokenGrant(shop.config, tokens.refresh_token!)).claims()?.sub).toBe(sub)
      const jwt = (await tokensOf(shop, { resource: API })).access_token
      expect(decodeToken(jwt).payload).toMatchObject({ sub, client_id: shop.clientId })
      expect(await oidc.tokenIntrospection(shop.config, jwt)).toMatchObject({ active: true, sub })
      for (const text of [JSON.stringify(tokens.claims()), JSON.stringify(decodeToken(jwt).payload)]) expect(text).not.toContain(person.id)
      // Whoever stands behind this server knows everybody by one name.
      expect(identityOf(await askWith(server, jwt, `?resource=${encodeURIComponent(API)}`))).toMatchObject({ 'user-id': person.id })
    })

    test('are the same in a sector, others in each other one, and others for each person; public ones stay the id', async () => {
      const sub = await subOf(shop)
      const [sameHost, elsewhere, bySector] = [
        await pairwise({ redirect_uris: ['https://shop.example.com/other'] }),
        await pairwise({ redirect_uris: ['https://blog.example.com/callback'] }),
        await pairwise({ redirect_uris: [CALLBACK, 'https://far.example.org/callback'], sector_identifier_uri: 'https://blog.example.com/sector.json' }),
      ]
      expect(await subOf(sameHost, { redirect_uri: 'https://shop.example.com/other' })).toBe(sub)
      const other = await subOf(elsewhere, { redirect_uri: 'https://blog.example.com/callback' })
      expect(other).not.toBe(sub)
      expect(await subOf(bySector)).toBe(other)
      const another = await signUp(server)
      expect(await subOf(shop, { by: another.browser })).not.toBe(sub)
      expect(await subOf(await registerRelyingParty(server))).toBe(person.id)
    })

    test('are stable: at another instance, after a restart, and once the key that seals them is replaced', async () => {
      const sub = (await subOf(shop))!
      async function expectAt(instance: TestServer) {
        const { access_token: token } = await tokensOf(shop)
        expect((await instance.browser().get('/auth/oauth2/userinfo', { authorization: `Bearer ${token}` })).json()).toMatchObject({ sub })
      }
      await expectAt(sibling)
      const NEW_KEY = '7d1f0a92c4b86e53f2907ad81c3e64b5097f2ea8d6531cb04e98f7632ad5c10e'
      const OLD_KEY = 'c0ffee0123456789abcdef0011223344556677889900aabbccddeeff01020304'
      const rotated = await server.sibling({ ENCRYPTION_KEY: `${NEW_KEY},${OLD_KEY}` })
      expect(await rotated.app.secrets.rewrap()).toBe(1)
      await rotated.app.keys.rewrap()
      const alone = await server.sibling({ ENCRYPTION_KEY: NEW_KEY })
      expect(await rotated.app.secrets.list()).toEqual([])
      for (const instance of [rotated, alone]) await expectAt(instance)
      await alone.close()
      await rotated.close()
    })

    test('name their person as a hint, and nobody else: at authorize and at sign-out', async () => {
      const mine = (await tokensOf(shop)).id_token!
      const another = await signUp(server)
      const theirs = (await tokensOf(shop, { by: another.browser })).id_token!
      const silent = async (hint: string) => {
        const { path } = await shop.begin({ scope: 'openid', prompt: 'none', id_token_hint: hint })
        return new URL((await follow(browser, path)).location!).searchParams
      }
      expect((await silent(mine)).get('code')).toBeTruthy()
      expect((await silent(theirs)).get('error')).toBe('login_required')
      const asked = await shop.begin({ scope: 'openid', prompt: 'none', claims: JSON.stringify({ id_token: { sub: { value: (await subOf(shop))! } } }) })
      expect(new URL((await follow(browser, asked.path)).location!).searchParams.get('code')).toBeTruthy()

      const there = await signIn(server, person)
      const { id_token: hint } = await tokensOf(shop, { by: there })
      const wrong = await there.get(`/auth/oauth2/end_session?id_token_hint=${theirs}`)
      expect(String(wrong.headers['location'])).toContain('/auth/logout')
      const ended = await there.get(`/auth/oauth2/end_session?id_token_hint=${hint!}`)
      expect(String(ended.headers['location'])).toContain('/auth/signed_out')
    })

    test('are made of one secret, however many ask for the first one at once', async () => {
      const fresh = await startTestServer(engine, QUICK)
      const other = await fresh.sibling()
      const secrets = await Promise.all(Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? fresh : other).app.secrets.own('pairwise_subjects', () => `secret ${index}`)))
      expect(new Set(secrets).size).toBe(1)
      await other.close()
      await fresh.close()
    })
  })
}
