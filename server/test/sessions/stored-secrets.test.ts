import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { invite } from '../harness/invitations.ts'
import { locationOf, stateIn } from '../harness/pages.ts'
import { challengeOf, signUpWithTotp } from '../harness/factors.ts'
import { addPasskey, beginLogin, newAuthenticator } from '../harness/passkeys.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { follow, registerRelyingParty } from '../harness/relying-party.ts'
import { cookieOf, QUICK, refreshWith } from '../harness/tokens.ts'

const TABLES = [
  'tenant',
  'user_account',
  'identity',
  'authenticator_password',
  'authenticator_totp',
  'recovery_code',
  'trusted_device',
  'tenant_settings',
  'authenticator_passkey',
  'webauthn_user_handle',
  'user_role',
  'session',
  'refresh_token',
  'one_time_code',
  'spent_once',
  'signing_key',
  'outbox',
  'event',
  'passkey_prompt',
  'tenant_secret',
  'tenant_settings_file',
  'former_password',
  'required_password_change',
  'invitation',
  'failed_attempts',
  'known_device_reset',
  'profile_attribute',
  'profile_unique_value',
  'primary_email',
  'profile_picture',
  'account_deletion',
  'oauth_client',
  'oauth_resource',
  'oauth_registration_token',
  'oauth_client_secret',
  'oauth_client_version',
  'oauth_grant',
  'oauth_artifact',
  'oauth_client_session',
  'oauth_consent',
] as const
const TABLE_NAMES = {
  sqlite: `select name from sqlite_master where type = 'table'`,
  postgres: 'select table_name as name from information_schema.tables where table_schema = current_schema()',
  mariadb: 'select table_name as name from information_schema.tables where table_schema = database()',
}
const NEW_PASSWORD = 'a wholly different sentence'

for (const engine of testEngines) {
  describe(`what a thief of the database on ${engine} reads`, () => {
    let server: TestServer
    /** Whole tokens and secrets, and where they were given out. */
    const secrets = new Map<string, string>()
    /** Six digits each, with the id they belong to. */
    const codes: { id: string; code: string; email: string }[] = []
    let recoveryCodes: readonly string[] = []
    let mails: string[]
    let dump: string
    let cells: string[]

    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      await walk()
      const rows = (await Promise.all(TABLES.map((table) => server.app.database.read.selectFrom(table).selectAll().execute()))).flat()
      cells = rows.flatMap((row) => Object.values(row).map(String))
      dump = cells.join('\n')
    })
    afterAll(() => server.close())

    async function walk(): Promise<void> {
      const person = await signUp(server)
      const browser = await signIn(server, person)
      const keep = () => {
        for (const kind of ['access', 'refresh', 'csrf'] as const) secrets.set(cookieOf(browser, kind), `${kind} cookie`)
      }
      keep()
      await browser.api('POST', '/sessions/refresh')
      keep()
      const renewed = (await refreshWith(server, cookieOf(browser, 'refresh'))).json<{ refresh_token: string; access_token: string }>()
      secrets.set(renewed.refresh_token, 'renewed refresh token')
      secrets.set(renewed.access_token, 'renewed access token')
      browser.cookies.set('gatepost_refresh', renewed.refresh_token)

      await browser.get('/auth/login')
      const visitor = server.browser()
      await visitor.get('/auth/login')
      const asked = await visitor.post('/auth/login', { intent: 'code', identifier: person.email })
      secrets.set(stateIn(await visitor.get(locationOf(asked))), 'flow state')

      const authenticator = newAuthenticator()
      await addPasskey(browser, authenticator)
      const { ceremony, public_key } = await beginLogin(visitor)
      const credential = authenticator.get(public_key)
      secrets.set(ceremony, 'ceremony of a passkey')
      secrets.set(String((credential['response'] as { signature: string }).signature), 'signature of a passkey')
      await visitor.copy().api('POST', '/login/passkey', { ceremony, credential })

      const pending = newAddress('pending')
      const collect = async (address: string, answer: { json<T>(): T }) =>
        codes.push({ id: answer.json<{ challenge_id: string }>().challenge_id, code: await server.codeFor(address), email: address })
      await collect(pending, await visitor.api('POST', '/signup/challenges', { email: pending, password: GOOD_PASSWORD }))
      await collect(person.email, await visitor.api('POST', '/password-reset/challenges', { email: person.email, new_password: NEW_PASSWORD }))
      const changed = newAddress('changed')
      await collect(changed, await browser.api('POST', '/account/email-change/challenges', { new_email: changed }))
      secrets.set((await server.app.admins.createFirstAdminLink()) ?? '', 'first admin link')
      secrets.set(GOOD_PASSWORD, 'password')
      secrets.set(NEW_PASSWORD, 'new password')
      const careful = await signUpWithTotp(server)
      secrets.set(careful.key, 'TOTP key')
      recoveryCodes = careful.recoveryCodes
      const trusted = server.browser()
      const proof = { authentication_challenge_id: await challengeOf(careful, trusted), totp_code: totpCode(careful.key, server.clock.now()), remember_device: true }
      await trusted.api('POST', '/second-factor', proof)
      secrets.set(cookieOf(trusted, 'device'), 'device trust')
      secrets.set(proof.authentication_challenge_id, 'flow state between two factors')
      secrets.set(cookieOf(trusted, 'known'), 'known device')
      await server.app.secrets.set('PROVIDER', 'a credential of another service')
      secrets.set('a credential of another service', 'secret of the settings')
      secrets.set((await invite(server)).secret, 'invitation')
      const shop = await registerRelyingParty(server)
      const { path, checks } = await shop.begin()
      const { location } = await follow(careful.browser, path)
      const tokens = await shop.redeem(location!, checks)
      secrets.set(shop.secret!, 'secret of a client')
      secrets.set(new URL(location!).searchParams.get('code')!, 'authorization code')
      secrets.set(tokens.access_token, 'access token of a client')
      secrets.set(tokens.refresh_token!, 'refresh token of a client')
      secrets.set(tokens.id_token!, 'ID token')
      const texts = await Promise.all([pending, person.email, changed].map((address) => server.mailsTo(address)))
      mails = texts.flat().flatMap((mail) => [mail.subject, ...mail.text.split('\n').filter((line) => line.trim().length > 25)])
    }

    test('no token, no CSRF token, no flow state, no link and no password', () => {
      expect(secrets.size).toBeGreaterThan(8)
      expect(dump.length).toBeGreaterThan(5_000)
      for (const [secret, what] of secrets) {
        expect(secret.length, what).toBeGreaterThan(20)
        expect(dump.includes(secret), what).toBe(false)
        // A JWT's signature or the inner part of a sealed text would do as well.
        for (const part of secret.split(/[. ]/).filter((piece) => piece.length > 40)) expect(dump.includes(part), `part of the ${what}`).toBe(false)
      }
    })

    test('no code, and nothing a million guesses would turn into one', () => {
      expect(codes).toHaveLength(3)
      for (const { id, code, email } of codes) {
        expect(cells.filter((cell) => new RegExp(`(?<![0-9A-Za-z])${code.slice(0, 3)} ?${code.slice(3)}(?![0-9A-Za-z])`).test(cell))).toEqual([])
        for (const text of [code, `${id}:${code}`, `${code}:${id}`, `${id}${code}`, `${email}:${code}`]) {
          for (const algorithm of ['sha256', 'sha512', 'sha1', 'md5']) {
            for (const encoding of ['base64url', 'hex', 'base64'] as const) {
              expect(dump.includes(createHash(algorithm).update(text).digest(encoding)), `${algorithm} of ${text}`).toBe(false)
            }
          }
        }
      }
    })

    test('no recovery code, nor its plain hash', () => {
      expect(recoveryCodes).toHaveLength(10)
      for (const code of recoveryCodes) {
        for (const text of [code, code.replace('-', '')]) {
          expect(dump.includes(text)).toBe(false)
          for (const encoding of ['base64url', 'hex', 'base64'] as const) expect(dump.includes(createHash('sha256').update(text).digest(encoding))).toBe(false)
        }
      }
    })

    test('no mail', () => {
      expect(mails.length).toBeGreaterThan(5)
      for (const line of mails) expect(dump.includes(line.trim()), line).toBe(false)
      expect(dump).not.toMatch(/<html|Content-Type|signup_code|"template"/i)
    })

    test('no private key: only the public half lies open', () => {
      expect(dump).not.toMatch(/"d"\s*:|PRIVATE KEY/)
      expect(dump).toMatch(/"crv":"P-256"/)
    })

    test('passwords only as Argon2id with a salt of its own each', async () => {
      const rows = await server.app.database.read.selectFrom('authenticator_password').select('hash').execute()
      for (const { hash } of rows) expect(hash).toMatch(/^\$argon2id\$v=19\$m=\d+,t=\d+,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
      expect(new Set(rows.map((row) => row.hash.split('$')[4])).size).toBe(rows.length)
    })

    test('every table of the schema was looked at', async () => {
      const { rows } = await sql.raw<{ name: string }>(TABLE_NAMES[engine]).execute(server.app.database.read)
      const ours = rows.map((row) => row.name).filter((name) => !/migration|sqlite_|schema_/.test(name))
      expect(ours.length).toBeGreaterThanOrEqual(TABLES.length)
      expect(ours.filter((name) => !(TABLES as readonly string[]).includes(name))).toEqual([])
    })
  })
}
