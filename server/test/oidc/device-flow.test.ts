import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { begin, decide, DEVICE_GRANT, registerTelevision } from '../harness/devices.ts'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { ISSUER, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { decodeToken, eventsOf, QUICK } from '../harness/tokens.ts'

const MINUTE_MS = 60_000

for (const engine of testEngines) {
  describe(`a device without a browser (RFC 8628) on ${engine}`, () => {
    let server: TestServer
    let person: Person
    let browser: Browser
    let television: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
      browser = await signIn(server, person)
      television = await registerTelevision(server)
    })
    afterAll(() => server.close())

    test('discovery says where it begins, and the answer what to show and how often to ask', async () => {
      const metadata = television.config.serverMetadata()
      expect(metadata.device_authorization_endpoint).toBe(`${ISSUER}/oauth2/device_authorization`)
      expect(metadata.grant_types_supported).toContain(DEVICE_GRANT)
      const { answer } = await begin(television)
      expect(answer).toEqual({
        device_code: expect.stringMatching(/^[\w-]{40,}$/) as string,
        user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/) as string,
        verification_uri: `${ISSUER}/device`,
        verification_uri_complete: `${ISSUER}/device?user_code=${answer.user_code}`,
        expires_in: 600,
        interval: 5,
      })
    })

    test('waits until the person allows it, and then has tokens for them', async () => {
      const device = await begin(television)
      await expect(device.poll()).rejects.toMatchObject({ error: 'authorization_pending' })
      expect((await decide(browser, device.userCode)).statusCode).toBe(200)
      const tokens = await device.poll()
      const claims = decodeToken(tokens.id_token!).payload
      expect(claims).toMatchObject({ iss: ISSUER, sub: person.id, aud: television.clientId })
      expect(await oidc.fetchUserInfo(television.config, tokens.access_token, person.id)).toEqual({ sub: person.id, email: person.email, email_verified: true })
      expect((await oidc.refreshTokenGrant(television.config, tokens.refresh_token!)).access_token).toBeTruthy()
      await expect(device.poll()).rejects.toMatchObject({ error: 'invalid_grant' })
      expect(await eventsOf(server, person.id, 'device.allowed')).toContainEqual(expect.objectContaining({ data: { client_id: television.clientId, scope: 'openid email' } }))
    })

    test('hears that it was refused, once', async () => {
      const device = await begin(television)
      expect((await decide(browser, device.userCode, 'refuse')).body).toContain('Nothing was allowed')
      await expect(device.poll()).rejects.toMatchObject({ error: 'access_denied' })
      await expect(device.poll()).rejects.toMatchObject({ error: 'invalid_grant' })
      expect(await eventsOf(server, person.id, 'device.refused')).toContainEqual(expect.objectContaining({ data: { client_id: television.clientId } }))
    })

    // security case S4
    test('hears after ten minutes that its code is over, and nobody can answer it any more', async () => {
      const late = await startTestServer(engine, QUICK)
      try {
        const someone = await signUp(late)
        const shown = await begin(await registerTelevision(late))
        const allowed = await begin(await registerTelevision(late), { scope: 'openid offline_access' })
        expect((await decide(someone.browser, allowed.userCode)).statusCode).toBe(200)
        late.clock.advance(10 * MINUTE_MS + 1_000)
        await signIn(late, someone, someone.browser)
        await expect(shown.poll()).rejects.toMatchObject({ error: 'expired_token' })
        await expect(allowed.poll()).rejects.toMatchObject({ error: 'expired_token' })
        expect((await decide(someone.browser, shown.userCode)).statusCode).toBe(422)
      } finally {
        await late.close()
      }
    })

    // security case S4
    test('gets nothing with the code of another client, or with one that is none', async () => {
      const device = await begin(television)
      await decide(browser, device.userCode)
      const other = await registerTelevision(server, { name: 'Other' })
      const poll = (client: RelyingParty, code: string) => oidc.genericGrantRequest(client.config, DEVICE_GRANT, { device_code: code })
      await expect(poll(other, device.deviceCode)).rejects.toMatchObject({ error: 'invalid_grant' })
      await expect(poll(television, `${device.deviceCode}x`)).rejects.toMatchObject({ error: 'invalid_grant' })
      await expect(poll(television, device.userCode)).rejects.toMatchObject({ error: 'invalid_grant' })
      expect((await device.poll()).access_token).toBeTruthy()
    })

    test('is only for clients that registered the grant, and asks for what they may have', async () => {
      const shop = await registerRelyingParty(server)
      await expect(begin(shop)).rejects.toMatchObject({ error: 'invalid_request' })
      await expect(oidc.genericGrantRequest(shop.config, DEVICE_GRANT, { device_code: 'any' })).rejects.toMatchObject({ error: 'invalid_request' })
      await expect(begin(television, { scope: 'phone' })).rejects.toMatchObject({ error: 'invalid_scope' })
      await expect(begin(television, { scope: 'whatever' })).rejects.toMatchObject({ error: 'invalid_scope' })
      await expect(begin(television, { resource: 'https://elsewhere.example.com' })).rejects.toMatchObject({ error: 'invalid_target' })
      const web = await registerRelyingParty(server, { grant_types: ['authorization_code', DEVICE_GRANT] })
      const unproven = await server.browser().raw({ method: 'POST', url: '/auth/oauth2/device_authorization', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: `client_id=${web.clientId}&scope=openid` })
      expect([unproven.statusCode, unproven.json<{ error: string }>().error]).toEqual([401, 'invalid_client'])
    })

    test('has a token of its own scopes for a resource', async () => {
      const device = await begin(television, { scope: 'openid orders', resource: ISSUER })
      expect((await browser.post('/auth/device', { user_code: device.userCode, intent: 'submit_code' })).body).toContain('orders, as the application calls it')
      await decide(browser, device.userCode)
      const tokens = await oidc.genericGrantRequest(television.config, DEVICE_GRANT, { device_code: device.deviceCode, resource: ISSUER })
      expect(decodeToken(tokens.access_token).payload).toMatchObject({ sub: person.id, aud: ISSUER, scope: 'orders', client_id: television.clientId })
    })

    test('of somebody else’s is remembered as consent, and loses its access in the settings', async () => {
      const client = await registerTelevision(server, { name: 'Foreign player', type: 'third_party', token_endpoint_auth_method: 'none' })
      const device = await begin(client, { scope: 'openid email offline_access' })
      await decide(browser, device.userCode)
      const tokens = await device.poll()
      const listed = (await browser.api('GET', '/applications')).json<{ applications: { client_id: string; scopes: string[] }[] }>().applications
      expect(listed.find(({ client_id }) => client_id === client.clientId)?.scopes).toEqual(['openid', 'email', 'offline_access'])
      expect((await browser.api('DELETE', `/applications/${client.clientId}`)).statusCode).toBe(204)
      await expect(oidc.refreshTokenGrant(client.config, tokens.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
      await expect(oidc.fetchUserInfo(client.config, tokens.access_token, person.id)).rejects.toThrow()
    })

    test('ends with the session that allowed it, unless it asked for offline_access', async () => {
      const phone = await signIn(server, person)
      const [bound, free] = [await begin(television), await begin(television, { scope: 'openid offline_access' })]
      await decide(phone, bound.userCode)
      await decide(phone, free.userCode)
      const [boundTokens, freeTokens] = [await bound.poll(), await free.poll()]
      await phone.post('/auth/logout', {})
      expect((await phone.api('GET', '/user')).statusCode).toBe(401)
      await expect(oidc.refreshTokenGrant(television.config, boundTokens.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
      expect((await oidc.refreshTokenGrant(television.config, freeTokens.refresh_token!)).access_token).toBeTruthy()
    })

    test('that stays signed in is signed out with all other devices, and with a new password', async () => {
      const someone = await signUp(server)
      const ways = [
        () => someone.browser.api('DELETE', '/account/sessions/others'),
        () => someone.browser.api('PUT', '/account/password', { current_password: someone.password, new_password: 'another horse, another battery' }),
      ]
      for (const endAll of ways) {
        const device = await begin(television, { scope: 'openid offline_access' })
        await decide(someone.browser, device.userCode)
        const tokens = await device.poll()
        const renewed = await oidc.refreshTokenGrant(television.config, tokens.refresh_token!)
        expect((await endAll()).statusCode).toBeLessThan(300)
        await expect(oidc.refreshTokenGrant(television.config, renewed.refresh_token!)).rejects.toMatchObject({ error: 'invalid_grant' })
      }
    })
  })
}
