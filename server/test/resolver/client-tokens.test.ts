import { createHmac } from 'node:crypto'
import { exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { locationOf } from '../harness/pages.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { follow, ISSUER, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { decodeToken, QUICK } from '../harness/tokens.ts'
import { ask, askWith, identityOf, statementsOf, untilRemembered } from './resolver.ts'

const NOTES = 'https://notes.example.com'
const FILES = 'https://files.example.com'
const OF_NOTES = `?resource=${encodeURIComponent(NOTES)}`
const OF_FILES = `?resource=${encodeURIComponent(FILES)}`
const enforced = (query: string, more = '') => `${query}${query === '' ? '?' : '&'}mode=enforce${more}`
/** As long as a revocation may take to reach every instance. */
const REVOCATION_MS = 1_000
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

for (const engine of testEngines) {
  describe(`the resolver and the tokens of clients on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    let person: Person
    let browser: Browser
    let shop: RelyingParty
    let guest: RelyingParty
    let machine: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      sibling = await server.sibling()
      person = await signUp(server)
      await server.app.admins.grant(person.email)
      browser = await signIn(server, person)
      for (const [identifier, name, format] of [[NOTES, 'notes', 'opaque'], [FILES, 'files', 'jwt']] as const) {
        const made = await server.app.clients.resources.create({ identifier, name, scopes: { [`${name}:read`]: 'Read' }, access_token_format: format })
        expect(made.ok).toBe(true)
      }
      const scope = 'openid profile email offline_access roles notes:read files:read'
      shop = await registerRelyingParty(server, { scope })
      guest = await registerRelyingParty(server, { name: 'Guest', type: 'third_party', scope })
      machine = await registerRelyingParty(server, { name: 'Robot', type: 'machine', redirect_uris: undefined, scope: 'notes:read files:read jobs' })
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    async function tokensOf(resource: string | undefined, { client = shop, scope = 'openid notes:read files:read', by = browser } = {}) {
      const named: Record<string, string> = resource === undefined ? {} : { resource }
      const { path, checks } = await client.begin({ ...named, scope })
      const { location: straight, answer } = await follow(by, path)
      let location = straight
      if (location === undefined) {
        const request = new URL(answer.raw.req.url ?? '', ISSUER).searchParams.get('request') ?? ''
        location = (await follow(by, locationOf(await by.post('/auth/consent', { request, intent: 'allow' })))).location
      }
      return oidc.authorizationCodeGrant(client.config, new URL(location!), checks, named)
    }
    const tokenOf = async (...args: Parameters<typeof tokensOf>) => (await tokensOf(...args)).access_token
    const ofMachine = async (resource: string | undefined, scope: string, client = machine) => (await oidc.clientCredentialsGrant(client.config, { ...(resource === undefined ? {} : { resource }), scope })).access_token
    const statusOf = async (token: string, query: string) => (await askWith(server, token, query)).statusCode

    test('says whose token it is, which client has it, and what for, be it opaque or a JWT', async () => {
      for (const [resource, query, scope] of [[NOTES, OF_NOTES, 'notes:read'], [FILES, OF_FILES, 'files:read']] as const) {
        const token = await tokenOf(resource)
        for (const mode of ['', '&mode=enforce']) {
          const answer = await askWith(server, token, `${query}${mode}`)
          expect(answer.statusCode).toBe(200)
          expect(identityOf(answer)).toMatchObject({ 'session-valid': 'true', 'user-id': person.id, 'user-verified': 'true', 'client-id': shop.clientId, scope, 'session-amr': 'pwd', 'session-id': expect.any(String) as string, 'session-authenticated-at': expect.stringMatching(/^\d{10}$/) as string })
          // Somebody's roles are theirs, not their client's.
          expect(identityOf(answer)).not.toHaveProperty('user-roles')
        }
      }
      const withRoles = await tokenOf(NOTES, { scope: 'openid notes:read roles' })
      expect(identityOf(await askWith(server, withRoles, OF_NOTES))).toMatchObject({ 'user-roles': 'admin' })
      expect(await statusOf(withRoles, enforced(OF_NOTES, '&role=admin'))).toBe(200)
      expect(await statusOf(await tokenOf(NOTES), enforced(OF_NOTES, '&role=admin'))).toBe(403)
    })

    test('names a machine as a client and nobody\'s session, and lets it pass where its scope or resource is named', async () => {
      for (const [resource, query] of [[NOTES, OF_NOTES], [FILES, OF_FILES], [undefined, '']] as const) {
        const token = await ofMachine(resource, 'notes:read files:read jobs')
        const answer = await askWith(server, token, query)
        expect(answer.statusCode).toBe(200)
        expect(Object.keys(identityOf(answer)).toSorted()).toEqual(['client-id', 'scope'])
        expect(identityOf(answer)['client-id']).toBe(machine.clientId)
        expect(await statusOf(token, enforced(query))).toBe(query === '' ? 403 : 200)
      }
      const token = await ofMachine(undefined, 'jobs')
      expect(await statusOf(token, enforced('', '&scope=jobs'))).toBe(200)
      for (const more of ['&role=admin', '&acr=aal1', '&scope=jobs&acr=aal1', '&scope=jobs&max_age=600']) expect(await statusOf(token, enforced('', more)), more).toBe(403)
    })

    test('refuses with 403 who lacks a scope that the query names', async () => {
      const token = await tokenOf(NOTES)
      expect(await statusOf(token, enforced(OF_NOTES, '&scope=notes:read'))).toBe(200)
      const answer = await askWith(server, token, enforced(OF_NOTES, '&scope=notes:read,notes:write'))
      expect(answer.statusCode).toBe(403)
      expect(answer.headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="notes:read notes:write"')
    })

    // security case B5
    test('refuses a token that is for another resource, and those of somebody else\'s application unless their resource is named', async () => {
      const [ofNotes, ofFiles, forUserInfo] = [await tokenOf(NOTES), await tokenOf(FILES), await tokenOf(undefined, { scope: 'openid' })]
      const [ofGuest, ofGuestForUserInfo] = [await tokenOf(NOTES, { client: guest }), await tokenOf(undefined, { client: guest, scope: 'openid' })]
      const [machineOfNotes, machineOfIssuer] = [await ofMachine(NOTES, 'notes:read'), await ofMachine(undefined, 'jobs')]
      const cases: [token: string, takenWith: string[]][] = [
        [ofNotes, [OF_NOTES]],
        [ofFiles, [OF_FILES]],
        [forUserInfo, ['', `?resource=${encodeURIComponent(ISSUER)}`]],
        [ofGuest, [OF_NOTES]],
        [ofGuestForUserInfo, [`?resource=${encodeURIComponent(ISSUER)}`]],
        [machineOfNotes, [OF_NOTES]],
        [machineOfIssuer, ['', `?resource=${encodeURIComponent(ISSUER)}`]],
      ]
      for (const [token, takenWith] of cases) {
        for (const query of ['', OF_NOTES, OF_FILES, `?resource=${encodeURIComponent(ISSUER)}`, `?resource=${encodeURIComponent(`${NOTES}/`)}`]) {
          // Twice: as it is found, and as it is remembered.
          for (let times = 0; times < 2; times++) {
            const answer = await askWith(server, token, query)
            expect([query, answer.statusCode]).toEqual([query, takenWith.includes(query) ? 200 : 401])
            if (answer.statusCode === 401) {
              expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
              expect(identityOf(answer)).toEqual({})
            }
          }
        }
      }
      const both = `?resource=${encodeURIComponent(`${NOTES} ${FILES}`)}`
      for (const token of [ofNotes, ofFiles]) expect(await statusOf(token, both)).toBe(200)
    })

    test('takes no token of a client from a cookie', async () => {
      for (const [token, query] of [[await tokenOf(NOTES), OF_NOTES], [await tokenOf(FILES), OF_FILES]] as const) {
        await untilRemembered(server, token, query)
        const answer = await ask(server.browser(), query, { cookie: `gatepost_access=${token}` })
        expect(identityOf(answer)).toEqual({ 'session-valid': 'false' })
        expect((await ask(server.browser(), enforced(query), { cookie: `gatepost_access=${token}` })).statusCode).toBe(401)
      }
    })

    test('refuses a token that was cut, changed, signed by another key or algorithm, or is of another kind', async () => {
      const tokens = await tokensOf(FILES)
      const mine = [tokens.access_token, await ofMachine(FILES, 'files:read')]
      const { keys } = (await server.browser().get('/auth/oauth2/jwks')).json<{ keys: { kid: string }[] }>()
      const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const wrong = [tokens.refresh_token!, tokens.id_token!, (await tokenOf(NOTES)).slice(0, -1), `${await tokenOf(NOTES)}A`, 'A'.repeat(43)]
      for (const token of mine) {
        const [header = '', payload = '', signature = ''] = token.split('.')
        const { kid } = decodeToken(token).header as { kid: string }
        const claims = decodeToken(token).payload
        const spki = await exportSPKI((await importJWK(keys.find((one) => one.kid === kid)!, 'ES256', { extractable: true })) as never)
        const confused = `${encode({ alg: 'HS256', typ: 'at+jwt', kid })}.${payload}`
        const { privateKey } = await generateKeyPair('ES256')
        wrong.push(
          token.slice(0, -1), `${header}.${payload}.`, `${header}.${encode({ ...claims, scope: 'files:write' })}.${signature}`, `jwt:${token}`,
          `${encode({ alg: 'none', typ: 'at+jwt', kid })}.${payload}.`, `${encode({ alg: 'none', typ: 'at+jwt', kid })}.${payload}.${signature}`,
          `${confused}.${createHmac('sha256', spki).update(confused).digest('base64url')}`,
          await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid }).sign(privateKey),
          await new SignJWT({ ...claims, jti: 'unknown' }).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid }).sign(privateKey),
        )
      }
      for (const token of wrong) for (const query of ['', OF_NOTES, OF_FILES, enforced(OF_FILES)]) expect(await statusOf(token, query), token).toBe(401)
      for (const token of mine) expect(await statusOf(token, OF_FILES)).toBe(200)
    })

    test('asks the database nothing for a token that was seen before', async () => {
      const seen = [[await tokenOf(NOTES), OF_NOTES], [await tokenOf(FILES), OF_FILES], [await ofMachine(NOTES, 'notes:read'), OF_NOTES], [await ofMachine(FILES, 'files:read'), OF_FILES]] as const
      for (const [token, query] of seen) await untilRemembered(server, token, query)
      const count = await statementsOf(server, async () => {
        for (let times = 0; times < 50; times++) for (const [token, query] of seen) expect(await statusOf(token, query)).toBe(200)
      })
      expect(count).toBe(0)
    })

    async function expectOver(token: string, query: string, end: () => Promise<unknown>): Promise<void> {
      // Whose account or client was just changed is not remembered for two seconds: as long as one round of asking takes.
      for (const instance of [server, sibling]) await untilRemembered(instance, token, query).catch(() => untilRemembered(instance, token, query))
      await end()
      expect(await statusOf(token, query), 'the instance that ended it').toBe(401)
      const since = performance.now()
      while ((await askWith(sibling, token, query)).statusCode !== 401) {
        if (performance.now() - since > 3 * REVOCATION_MS) throw new Error('the token was never refused')
        await wait(10)
      }
      expect(performance.now() - since).toBeLessThan(REVOCATION_MS)
    }

    // security case D9
    test('knows within a second, at every instance, of a revocation, a grant that ended, a refresh token that was used twice, a session and a client', async () => {
      const revoke = (token: string, client = shop) => oidc.tokenRevocation(client.config, token)
      for (const [resource, query] of [[NOTES, OF_NOTES], [FILES, OF_FILES]] as const) {
        const revoked = await tokenOf(resource)
        await expectOver(revoked, query, () => revoke(revoked))
        const ended = await tokensOf(resource)
        await expectOver(ended.access_token, query, () => revoke(ended.refresh_token!))
        const own = await ofMachine(resource, 'notes:read files:read')
        await expectOver(own, query, () => revoke(own, machine))

        const taken = await tokensOf(resource, { client: guest })
        await expectOver(taken.access_token, query, () => browser.api('DELETE', `/applications/${guest.clientId}`))

        const gone = await registerRelyingParty(server, { name: 'Gone', type: 'machine', redirect_uris: undefined, scope: 'notes:read files:read' })
        const orphan = await ofMachine(resource, 'notes:read files:read', gone)
        await expectOver(orphan, query, () => server.app.clients.delete(gone.clientId))

        const there = await signIn(server, person)
        const ofSession = await tokenOf(resource, { by: there })
        await wait(2_100)
        await expectOver(ofSession, query, () => there.post('/auth/logout', {}))

        const reused = await tokensOf(resource)
        const next = await oidc.refreshTokenGrant(shop.config, reused.refresh_token!, { resource })
        server.clock.advance(11_000)
        await expectOver(next.access_token, query, () => expect(oidc.refreshTokenGrant(shop.config, reused.refresh_token!, { resource })).rejects.toMatchObject({ error: 'invalid_grant' }))
      }
    }, 180_000)

    // Last of all: the library goes by the system's clock, and what it issues from here on is over by ours.
    test('is over with its time', async () => {
      const [token, own] = [await tokenOf(NOTES), await ofMachine(FILES, 'files:read')]
      const later = await server.sibling()
      expect((await askWith(later, token, OF_NOTES)).statusCode).toBe(200)
      server.clock.advance(600_000)
      expect((await askWith(later, token, OF_NOTES)).statusCode).toBe(401)
      expect((await askWith(later, own, OF_FILES)).statusCode).toBe(401)
      await later.close()
    })
  })
}
