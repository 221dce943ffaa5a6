import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLIENT_CACHE_MS } from '../../src/services/clients/lifetimes.ts'
import { LIMIT_RULES } from '../../src/services/limits/index.ts'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import { allowAndFollow, manage, registerClient, sendMetadata } from '../harness/registration.ts'
import { CALLBACK, relyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'
import { operatorOf } from './operator.ts'

const METADATA = { client_name: 'Agent', redirect_uris: [CALLBACK], grant_types: ['authorization_code', 'refresh_token'] }
const DAY_MS = 24 * 60 * 60 * 1_000
const PARALLEL = 50
const ISSUED_BY = 'https://directory.example.com'

for (const engine of testEngines) {
  describe(`who may register a client, and for how long, on ${engine}`, () => {
    const keys = { trusted: generateKeyPair('ES256', { extractable: true }), stranger: generateKeyPair('ES256', { extractable: true }) }
    let server: TestServer
    let person: Person
    const declare = (rules: object) => JSON.stringify({ client_registration: rules })
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, declare({ policy: 'token' }))
      person = await signUp(server)
    })
    afterAll(() => server.close())

    /** A server on the same database with other rules, for the time of a test. */
    async function under(rules: object, use: (at: TestServer) => Promise<void>, overrides: Record<string, string> = {}): Promise<void> {
      const at = await server.sibling(overrides, declare(rules))
      try {
        await use(at)
      } finally {
        await at.close()
      }
    }

    const makeToken = async (...args: string[]) => (await operatorOf(server).json('registration-token', 'create', ...args)) as { id: string; token: string }

    test('policy token: without an initial access token, or with a wrong one, nobody registers', async () => {
      for (const token of [undefined, '', 'a'.repeat(43), 'x']) {
        const answer = await sendMetadata(server, METADATA, token === undefined ? {} : { token })
        expect([answer.statusCode, answer.json<{ error: string }>().error]).toEqual([401, 'invalid_token'])
      }
    })

    test('policy token: a token lets in as many clients as it has uses, and only its hash is kept', async () => {
      const { id, token } = await makeToken('--uses', '2')
      const made = await registerClient(server, {}, { token })
      await registerClient(server, {}, { token })
      expect((await sendMetadata(server, METADATA, { token })).statusCode).toBe(401)
      const rows = await server.app.database.read.selectFrom('oauth_registration_token').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(token)
      expect((await operatorOf(server).json('registration-token', 'list')) as unknown).toContainEqual(expect.objectContaining({ id, uses: 2, used: 2, revoked_at: null }))
      const [event] = (await eventsOf(server, null, 'client.registered')).filter(({ data }) => data['client_id'] === made.client_id)
      expect(event?.data).toMatchObject({ registration_token_id: id })
    })

    test(`policy token: of ${PARALLEL} registrations at once with a token of three uses, at two servers, three are made`, async () => {
      const { token } = await makeToken('--uses', '3')
      await under({ policy: 'token' }, async (other) => {
        const answers = await atOnce([server, other], PARALLEL, (at) => sendMetadata(at, METADATA, { token }))
        expect(countStatuses(answers)).toEqual({ 201: 3, 401: PARALLEL - 3 })
      })
    })

    test('policy token: metadata that is refused uses nothing up', async () => {
      const { token } = await makeToken()
      expect((await sendMetadata(server, { ...METADATA, redirect_uris: [] }, { token })).statusCode).toBe(400)
      await registerClient(server, {}, { token })
    })

    test('policy token: a token that was revoked or is over lets nobody in, and its clients stay', async () => {
      const revoked = await makeToken('--uses', '2')
      const made = await registerClient(server, {}, { token: revoked.token })
      const operator = operatorOf(server)
      expect((await operator.run(['registration-token', 'revoke', revoked.id])).code).toBe(0)
      expect((await operator.run(['registration-token', 'revoke', revoked.id])).code).toBe(1)
      expect((await sendMetadata(server, METADATA, { token: revoked.token })).statusCode).toBe(401)
      expect((await manage(server, 'GET', made)).statusCode).toBe(200)
      const short = await makeToken('--expires-in', '2h')
      await under({ policy: 'token' }, async (at) => {
        at.clock.advance(2 * 60 * 60 * 1_000)
        expect((await sendMetadata(at, METADATA, { token: short.token })).statusCode).toBe(401)
      })
    })

    test('the command says what it does not take', async () => {
      for (const args of [['--uses', '0'], ['--uses', 'many'], ['--expires-in', '7'], ['--expires-in', '366d'], ['--scope', 'x']]) {
        expect([args, (await operatorOf(server).run(['registration-token', 'create', ...args])).code]).toEqual([args, 2])
      }
      expect((await operatorOf(server).run(['registration-token', 'revoke', 'nothing'])).stderr).toContain('there is no registration token nothing')
    })

    async function statement(claims: Record<string, unknown>, by: keyof typeof keys = 'trusted', expires = '1h') {
      const { privateKey } = await keys[by]
      return new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).setIssuer(ISSUED_BY).setIssuedAt(Math.floor(server.clock.now() / 1_000)).setExpirationTime(Math.floor(server.clock.now() / 1_000) + (expires === '1h' ? 3_600 : -60)).sign(privateKey)
    }
    const believing = async (policy: string) => ({ policy, software_statement_issuers: [{ issuer: ISSUED_BY, jwks: { keys: [{ ...(await exportJWK((await keys.trusted).publicKey)) }] } }] })

    test('policy software_statement: what the statement says comes before what the client says, then and later', async () => {
      await under(await believing('software_statement'), async (at) => {
        const said = await statement({ client_name: 'Vouched for', redirect_uris: ['https://vouched.example.com/callback'] })
        const client = await registerClient(at, { client_name: 'Bank', software_statement: said })
        expect(client).toMatchObject({ client_name: 'Vouched for', redirect_uris: ['https://vouched.example.com/callback'], software_statement: said })
        const changed = await manage(at, 'PUT', client, { body: { ...METADATA, client_id: client.client_id, client_name: 'Bank', policy_uri: 'https://vouched.example.com/privacy' } })
        expect(changed.json()).toMatchObject({ client_name: 'Vouched for', redirect_uris: ['https://vouched.example.com/callback'], policy_uri: 'https://vouched.example.com/privacy' })
      })
    })

    test('policy software_statement: without a statement, or with one that is forged or over, nobody registers', async () => {
      await under(await believing('software_statement'), async (at) => {
        const statements = [undefined, await statement({}, 'stranger'), await statement({}, 'trusted', 'over'), `${(await statement({})).slice(0, -4)}AAAA`, 'none']
        for (const one of statements) {
          const answer = await sendMetadata(at, { ...METADATA, software_statement: one })
          expect([answer.statusCode, answer.json<{ error: string }>().error]).toEqual([400, 'invalid_software_statement'])
        }
      })
    })

    test('policy software_statement needs somebody to believe', async () => {
      await expect(server.sibling({}, declare({ policy: 'software_statement' }))).rejects.toThrow('software_statement_issuers')
    })

    test('policy open: so many registrations an hour come from one address, and others are not kept out', async () => {
      const { tries } = LIMIT_RULES.client_registrations_per_address
      await under({ policy: 'open', maximum: 100_000 }, async (at) => {
        const from = (ip: string) => sendMetadata(at, METADATA, { ip })
        for (let count = 0; count < tries; count += 1) expect((await from('203.0.113.9')).statusCode).toBe(201)
        const refused = await from('203.0.113.9')
        expect([refused.statusCode, refused.json<{ error: string }>().error]).toEqual([429, 'temporarily_unavailable'])
        expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
        expect((await from('203.0.113.10')).statusCode).toBe(201)
      }, { RATE_LIMITS: 'on' })
    })

    test('there are no more registered clients than the settings allow, however many ask at once', async () => {
      const rows = await server.app.database.read.selectFrom('oauth_client').select('client_id').where('registered_at', 'is not', null).execute()
      await under({ policy: 'open', maximum: rows.length + 2 }, async (at) => {
        const answers = await atOnce([at], 10, (one) => sendMetadata(one, METADATA))
        expect(countStatuses(answers)).toEqual({ 201: 2, 403: 8 })
      })
    })

    test('a client that is used stays, one that is not is deleted after the days of the settings with what people agreed to', async () => {
      await under({ policy: 'open', maximum: 100_000, expire_unused_days: 30 }, async (at) => {
        const [used, unused] = [await registerClient(at, { client_name: 'Used' }), await registerClient(at, { client_name: 'Unused' })]
        const made = await at.app.clients.create({ name: 'Ours', type: 'web', redirect_uris: [CALLBACK] })
        if (!made.ok) throw new Error('not made')
        const client = await relyingParty(at, used.client_id, used.client_secret)
        at.clock.advance(29 * DAY_MS)
        const browser = await signIn(at, person)
        const begun = await client.begin({ scope: 'openid' })
        await client.redeem((await allowAndFollow(browser, begun.path)).location!, begun.checks)
        const other = await (await relyingParty(at, unused.client_id, unused.client_secret)).begin({ scope: 'openid' })
        // Agreed to, and never redeemed.
        await allowAndFollow(browser, other.path)
        at.clock.advance(2 * DAY_MS)
        await at.app.retention.purge()
        at.clock.advance(CLIENT_CACHE_MS)
        expect(await at.app.clients.show(used.client_id)).toMatchObject({ registration: { lastUsedAt: expect.any(Number) } })
        expect(await at.app.clients.show(unused.client_id)).toBeUndefined()
        expect(await at.app.clients.show(made.value.client.clientId)).toBeDefined()
        expect(await at.app.database.read.selectFrom('oauth_consent').selectAll().where('client_id', '=', unused.client_id as never).execute()).toEqual([])
        expect((await eventsOf(at, null, 'client.deleted')).filter(({ data }) => data['client_id'] === unused.client_id).map(({ data }) => data['reason'])).toEqual(['unused'])
      })
    })

    test('with 0 days nothing is deleted', async () => {
      await under({ policy: 'open', maximum: 100_000, expire_unused_days: 0 }, async (at) => {
        const kept = await registerClient(at)
        at.clock.advance(400 * DAY_MS)
        await at.app.retention.purge()
        expect(await at.app.clients.show(kept.client_id)).toBeDefined()
      })
    })
  })
}
