import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { CALLBACK, fetchOver, follow, ISSUER, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

for (const engine of testEngines) {
  describe(`signing in at another application on ${engine}`, () => {
    let server: TestServer
    let person: Person
    let shop: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
      shop = await registerRelyingParty(server)
    })
    afterAll(() => server.close())

    async function tokensOf(browser = signIn(server, person)) {
      const { path, checks } = await shop.begin()
      const { location } = await follow(await browser, path)
      return shop.redeem(location!, checks)
    }

    test('who is signed in comes back with a code, which tokens are given for', async () => {
      const browser = await signIn(server, person)
      const { path, checks } = await shop.begin()
      const { location } = await follow(browser, path)
      expect(location).toMatch(new RegExp(`^${CALLBACK}\\?`))
      expect(new URL(location!).searchParams.get('iss')).toBe(ISSUER)

      const tokens = await shop.redeem(location!, checks)
      expect(tokens.claims()).toMatchObject({ iss: ISSUER, sub: person.id, aud: shop.clientId, nonce: checks.expectedNonce })
      const info = await oidc.fetchUserInfo(shop.config, tokens.access_token, person.id)
      expect(info).toMatchObject({ sub: person.id, email: person.email, email_verified: true })
    })

    test('who is not signed in signs in first, on our pages', async () => {
      const browser = server.browser()
      const { path, checks } = await shop.begin()
      const { answer } = await follow(browser, path)
      expect(answer.statusCode).toBe(200)
      const page = new URL(answer.raw.req.url ?? '', ISSUER)
      expect(page.pathname).toBe('/auth/login')
      const returnTo = page.searchParams.get('return_to')!
      const back = await (await signIn(server, person, browser)).get(returnTo)
      expect(back.statusCode).toBe(303)
      const tokens = await shop.redeem(String(back.headers['location']), checks)
      expect(tokens.claims()?.sub).toBe(person.id)
    })

    test('a form that ends in another application answers with a page that goes on, not with a redirect that our policy would stop', async () => {
      const browser = server.browser()
      const { path } = await shop.begin()
      const { answer } = await follow(browser, path)
      const returnTo = new URL(answer.raw.req.url ?? '', ISSUER).searchParams.get('return_to')!
      await browser.get(`/auth/login?return_to=${encodeURIComponent(returnTo)}`)
      const form = await browser.post('/auth/login', { intent: 'password', identifier: person.email, password: person.password, return_to: returnTo })
      expect(form.statusCode).toBe(200)
      expect(form.headers['location']).toBeUndefined()
      expect(form.body).toContain(`<meta http-equiv="refresh" content="0;url=${returnTo}">`)
      expect(form.body).toContain(`href="${returnTo}"`)
    })

    test('the log says which address was asked, and nothing of what was asked there', async () => {
      const logged = await server.sibling({ LOG_LEVEL: 'info' })
      const written = vi.spyOn(logged.app.logger, 'info').mockImplementation(() => {})
      const { path } = await shop.begin({ login_hint: 'somebody@example.com' })
      await logged.browser().get(path)
      await vi.waitFor(() => expect(written).toHaveBeenCalled())
      await logged.close()
      const lines = JSON.stringify(written.mock.calls)
      expect(lines).toContain('"path":"/auth/oauth2/authorize"')
      expect(lines).not.toContain('somebody')
    })

    test('nobody is asked with prompt=none: a stranger comes back with login_required', async () => {
      const { path } = await shop.begin({ prompt: 'none' })
      const { location } = await follow(server.browser(), path)
      expect(new URL(location!).searchParams.get('error')).toBe('login_required')
    })

    test('a refresh token is rotated, and comes back too late with the end of the grant', async () => {
      const tokens = await tokensOf()
      const renewed = await oidc.refreshTokenGrant(shop.config, tokens.refresh_token!)
      expect(renewed.refresh_token).not.toBe(tokens.refresh_token)
      await expect(oidc.refreshTokenGrant(shop.config, tokens.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
      expect((await oidc.tokenIntrospection(shop.config, renewed.access_token)).active).toBe(true)

      server.clock.advance(11_000)
      await expect(oidc.refreshTokenGrant(shop.config, tokens.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
      await expect(oidc.refreshTokenGrant(shop.config, renewed.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
      expect((await oidc.tokenIntrospection(shop.config, renewed.access_token)).active).toBe(false)
    })

    test('a code is redeemed once; a second time ends what the first one gave', async () => {
      const { path, checks } = await shop.begin()
      const { location } = await follow(await signIn(server, person), path)
      const tokens = await shop.redeem(location!, checks)
      await expect(shop.redeem(location!, checks)).rejects.toMatchObject({ error: 'invalid_grant' })
      expect((await oidc.tokenIntrospection(shop.config, tokens.access_token)).active).toBe(false)
    })

    test('ending the session ends what was granted in it', async () => {
      const browser = await signIn(server, person)
      const { path, checks } = await shop.begin()
      const { location } = await follow(browser, path)
      const tokens = await shop.redeem(location!, checks)
      expect((await browser.api('POST', '/sessions/logout')).statusCode).toBeLessThan(300)
      expect((await oidc.tokenIntrospection(shop.config, tokens.access_token)).active).toBe(false)
      await expect(oidc.refreshTokenGrant(shop.config, tokens.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
    })

    test('a single-page application redeems its code from its own origin, and from no other', async () => {
      const spa = await registerRelyingParty(server, { type: 'spa' })
      const { path, checks } = await spa.begin({ scope: 'openid' })
      const { location } = await follow(await signIn(server, person), path)
      const code = new URL(location!).searchParams.get('code')!
      const redeemFrom = (origin: string) =>
        fetchOver(server)(`${ISSUER}/oauth2/token`, {
          method: 'POST',
          headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ grant_type: 'authorization_code', client_id: spa.clientId, code, redirect_uri: CALLBACK, code_verifier: checks.pkceCodeVerifier! }),
        } as never)
      const elsewhere = await redeemFrom('https://evil.example.com')
      expect([elsewhere.status, elsewhere.headers.get('access-control-allow-origin')]).toEqual([400, null])
      const own = new URL(CALLBACK).origin
      const answer = await redeemFrom(own)
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, own])
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    })

    test('an application with a custom scheme has no origin that a page could ask from', async () => {
      const { clientId } = await registerRelyingParty(server, { type: 'native', redirect_uris: ['com.example.app:/callback'] })
      const answer = await fetchOver(server)(`${ISSUER}/oauth2/token`, {
        method: 'POST',
        headers: { origin: 'null', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ grant_type: 'authorization_code', client_id: clientId, code: 'none', redirect_uri: 'com.example.app:/callback' }),
      } as never)
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    })

    test('a machine gets tokens for itself, signed, for this server', async () => {
      const machine = await registerRelyingParty(server, { type: 'machine', redirect_uris: undefined, scope: 'orders' })
      const tokens = await oidc.clientCredentialsGrant(machine.config, { scope: 'orders' })
      const [, payload] = tokens.access_token.split('.')
      expect(JSON.parse(Buffer.from(payload!, 'base64url').toString())).toMatchObject({ iss: ISSUER, aud: ISSUER, client_id: machine.clientId, scope: 'orders' })
    })
  })
}
