import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { locationOf } from '../harness/pages.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { follow, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

interface Listed {
  readonly client_id: string
  readonly name: string
  readonly first_party: boolean
  readonly scopes: readonly string[]
  readonly since: string
  readonly last_used_at: string | null
  readonly sign_in_uri: string | null
}

for (const engine of testEngines) {
  describe(`applications that have access to an account on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    async function connect(client: RelyingParty, browser: Browser, parameters: Record<string, string> = {}) {
      const { path, checks } = await client.begin({ scope: 'openid email', ...parameters })
      let { location, answer } = await follow(browser, path)
      if (location === undefined) {
        const request = new URL(answer.raw.req.url ?? '', 'http://here').searchParams.get('request')!
        ;({ location, answer } = await follow(browser, locationOf(await browser.post('/auth/consent', { request, intent: 'allow' }))))
      }
      return client.redeem(location!, checks)
    }

    const list = async (browser: Browser) => (await browser.api('GET', '/applications')).json<{ applications: Listed[] }>().applications
    const isActive = async (client: RelyingParty, token: string) => (await oidc.tokenIntrospection(client.config, token)).active
    const thirdParty = (name: string) => registerRelyingParty(server, { name, type: 'third_party', scope: 'openid email profile offline_access' })

    test('are listed with what they have, since when and when it was last used', async () => {
      const { browser } = await signUp(server)
      expect(await list(browser)).toEqual([])
      const [calendar, shop] = [await thirdParty('Calendar'), await registerRelyingParty(server)]
      await connect(shop, browser)
      await connect(calendar, browser)
      expect(await list(browser)).toEqual([
        { client_id: calendar.clientId, name: 'Calendar', first_party: false, scopes: ['openid', 'email'], since: expect.any(String), last_used_at: expect.any(String), sign_in_uri: null },
        { client_id: shop.clientId, name: 'Shop', first_party: true, scopes: ['openid', 'email'], since: expect.any(String), last_used_at: expect.any(String), sign_in_uri: null },
      ])
      const page = await browser.get('/auth/settings')
      expect(page.body).toContain('Applications with access')
      expect(page.body).toContain('aria-label="Remove access: Calendar"')
    })

    test('of a session that ended only what was agreed to is left', async () => {
      const person = await signUp(server)
      const [calendar, shop] = [await thirdParty('Calendar'), await registerRelyingParty(server)]
      await connect(shop, person.browser)
      await connect(calendar, person.browser)
      await person.browser.api('POST', '/sessions/logout')
      expect((await list(await signIn(server, person))).map(({ name }) => name)).toEqual(['Calendar'])
    })

    test('lose it at once, with every token of every session, and have to ask again', async () => {
      const person = await signUp(server)
      const client = await thirdParty('Calendar')
      const [here, elsewhere] = [person.browser, await signIn(server, person)]
      const tokens = [await connect(client, here), await connect(client, elsewhere, { scope: 'openid email offline_access', prompt: 'consent' })]
      const { path, checks } = await client.begin({ scope: 'openid' })
      const { location } = await follow(here, path)

      // Long after the last proof: taking access away is never made harder.
      server.clock.advance(60 * 60_000)
      await here.api('POST', '/sessions/refresh')
      const other = await signUp(server)
      const others = await connect(client, other.browser)
      expect((await here.api('DELETE', `/applications/${client.clientId}`)).statusCode).toBe(204)
      for (const { access_token: access, refresh_token: refresh } of tokens) {
        expect(await isActive(client, access)).toBe(false)
        await expect(oidc.fetchUserInfo(client.config, access, person.id)).rejects.toThrow()
        await expect(oidc.refreshTokenGrant(client.config, refresh!)).rejects.toMatchObject({ error: 'invalid_grant' })
      }
      await expect(client.redeem(location!, checks)).rejects.toMatchObject({ error: 'invalid_grant' })
      expect(await isActive(client, others.access_token)).toBe(true)
      expect(await list(here)).toEqual([])
      expect((await here.api('DELETE', `/applications/${client.clientId}`)).statusCode).toBe(404)

      const again = await client.begin({ scope: 'openid', prompt: 'none' })
      expect(new URL((await follow(here, again.path)).location!).searchParams.get('error')).toBe('consent_required')
      expect(await isActive(client, (await connect(client, here)).access_token)).toBe(true)

      const events = await server.app.database.read.selectFrom('event').select(['type', 'data']).where('user_id', '=', person.id as never).where('type', 'like', 'consent.%').orderBy('id').execute()
      expect(events.map(({ type }) => type)).toEqual(['consent.given', 'consent.given', 'consent.revoked', 'consent.given'])
      expect(JSON.parse(events[2]!.data)).toEqual({ client_id: client.clientId, scope: 'openid email offline_access' })
    })

    test('keep nothing of what was being granted while it was taken away', async () => {
      const person = await signUp(server)
      const client = await thirdParty('Calendar')
      const sessions = await Promise.all(Array.from({ length: 8 }, () => signIn(server, person)))
      for (let round = 0; round < 12; round++) {
        await connect(client, person.browser)
        const paths = await Promise.all(sessions.map(async () => (await client.begin({ scope: 'openid' })).path))
        const asked = sessions.map((browser, index) => browser.get(paths[index]!))
        // A little later each time, so that it falls between what is read and what is written.
        for (let turn = 0; turn < round * 3; turn++) await new Promise((resolve) => setImmediate(resolve))
        const [removed] = await Promise.all([person.browser.api('DELETE', `/applications/${client.clientId}`), ...asked])
        expect(removed.statusCode).toBe(204)
        expect(await list(person.browser)).toEqual([])
        expect(await server.app.database.read.selectFrom('oauth_grant').select('id').where('user_id', '=', person.id as never).execute()).toEqual([])
      }
    })

    test('lose it on the settings page, our own ones too', async () => {
      const { browser } = await signUp(server)
      const shop = await registerRelyingParty(server)
      const { access_token: token } = await connect(shop, browser)
      const removed = await browser.post('/auth/settings/applications/remove', { client_id: shop.clientId })
      expect(locationOf(removed)).toBe('/auth/settings?notice=application_ended')
      expect((await browser.get(locationOf(removed))).body).toContain('The application has no access any more.')
      expect(await isActive(shop, token)).toBe(false)
      for (const id of [shop.clientId, '', '\0', 'x'.repeat(256)]) expect([id, (await browser.post('/auth/settings/applications/remove', { client_id: id })).statusCode]).toEqual([id, 404])
    })

    test('are shown to nobody else and taken from nobody else', async () => {
      const client = await thirdParty('Calendar')
      const { browser } = await signUp(server)
      const { access_token: token } = await connect(client, browser)
      const stranger = await signUp(server)
      expect(await list(stranger.browser)).toEqual([])
      expect((await stranger.browser.api('DELETE', `/applications/${client.clientId}`)).statusCode).toBe(404)
      expect((await server.browser().api('GET', '/applications')).statusCode).toBe(401)
      expect(await isActive(client, token)).toBe(true)
    })

    test('are in the copy of what is kept about a person', async () => {
      const { browser } = await signUp(server)
      const client = await thirdParty('Calendar')
      await connect(client, browser)
      const copy = (await browser.api('GET', '/account/export')).json<{ consents: object[] }>()
      expect(copy.consents).toEqual([{ client_id: client.clientId, scopes: ['openid', 'email'], created_at: expect.any(String), updated_at: expect.any(String) }])
    })

    test('whose client is deleted have nothing, also when one of the same id is made', async () => {
      const { browser } = await signUp(server)
      const client = await thirdParty('Calendar')
      const tokens = await connect(client, browser)
      await server.app.clients.delete(client.clientId)
      expect(await list(browser)).toEqual([])
      for (const table of ['oauth_consent', 'oauth_grant', 'oauth_client_session'] as const) {
        expect(await server.app.database.read.selectFrom(table).selectAll().where('client_id', '=', client.clientId as never).execute()).toEqual([])
      }
      const made = await registerRelyingParty(server, { client_id: client.clientId, name: 'Calendar', type: 'third_party' })
      expect(await isActive(made, tokens.access_token)).toBe(false)
      const { path } = await made.begin({ scope: 'openid', prompt: 'none' })
      expect(new URL((await follow(browser, path)).location!).searchParams.get('error')).toBe('consent_required')
    })

    test('what is past its end is not kept, and a session that was ended takes what it granted along before it is forgotten', async () => {
      const person = await signUp(server)
      const client = await thirdParty('Calendar')
      const [ended, over] = [await signIn(server, person), await signIn(server, person)]
      const offline = { scope: 'openid offline_access', prompt: 'consent' }
      const [ofEnded, ofOver] = [await connect(client, ended, offline), await connect(client, over, offline)]
      await ended.api('POST', '/sessions/logout')
      const kept = async () => {
        const [grants, artifacts] = await Promise.all((['oauth_grant', 'oauth_artifact'] as const).map((table) => server.app.database.read.selectFrom(table).select('created_at').where('client_id', '=', client.clientId as never).execute()))
        return { grants: grants!.length, artifacts: artifacts!.length }
      }
      const before = await kept()
      expect(before.grants).toBe(2)
      await server.app.retention.purge()
      expect((await kept()).grants).toBe(1)
      expect((await kept()).artifacts).toBeLessThan(before.artifacts)
      await expect(oidc.refreshTokenGrant(client.config, ofEnded.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })

      // What was granted for the time of one's absence goes on without the session, to its own end.
      const renewed = await oidc.refreshTokenGrant(client.config, ofOver.refresh_token!)
      server.clock.advance(400 * 24 * 60 * 60_000)
      await server.app.retention.purge()
      expect(await kept()).toEqual({ grants: 0, artifacts: 0 })
      await expect(oidc.refreshTokenGrant(client.config, renewed.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
    })
  })
}
