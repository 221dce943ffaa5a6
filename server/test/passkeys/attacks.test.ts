import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { growStale, askForChallenge, refusalIn } from '../account-api/challenges.ts'
import type { Authenticator, Lie } from '../harness/authenticator.ts'
import type { Browser } from '../harness/browser.ts'
import { createBrowser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { addPasskey, beginLogin, beginReauthentication, beginRegistration, listPasskeys, loginWith, newAuthenticator } from '../harness/passkeys.ts'
import type { Person } from '../harness/people.ts'
import { signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'

const FIFTY = 50
const SIX_MINUTES = 6 * 60_000

const LIES: readonly [string, Lie][] = [
  ['another origin', { origin: 'http://evil.example' }],
  ['a sub-domain', { origin: 'http://app.localhost:3000' }],
  ['another scheme', { origin: 'https://localhost:3000' }],
  ['another port', { origin: 'http://localhost:3001' }],
  ['another relying party', { rpId: 'evil.example' }],
  ['a frame of another site', { crossOrigin: true }],
  ['a frame of another site that is named', { crossOrigin: true, topOrigin: 'http://evil.example' }],
  ['another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
  ['nobody present', { isUserPresent: false }],
  ['nobody verified', { isUserVerified: false }],
  ['a backup of what cannot be backed up', { isBackupEligible: false, isBackedUp: true }],
]

for (const engine of testEngines) {
  describe(`attacks on passkeys on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      sibling = await server.sibling()
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    async function personWithPasskey(options: Parameters<typeof newAuthenticator>[0] = {}): Promise<Person & { authenticator: Authenticator; passkey: string }> {
      const person = await signUp(server)
      const authenticator = newAuthenticator(options)
      return { ...person, authenticator, passkey: await addPasskey(person.browser, authenticator) }
    }

    async function register(browser: Browser, lie: Lie) {
      const { ceremony, public_key } = await beginRegistration(browser)
      return browser.api('POST', '/account/passkeys', { ceremony, credential: newAuthenticator().create(public_key, lie), name: 'x' })
    }

    // security case L2
    test.each<[string, Lie]>([...LIES, ['a registration', { type: 'webauthn.create' }], ['a wrong signature', { isSignatureWrong: true }]])(
      'an assertion of %s does not sign in, and the next honest one does',
      async (_name, lie) => {
        const { authenticator, id } = await personWithPasskey()
        const refused = await loginWith(server.browser(), authenticator, lie)
        expect(refusalIn(refused)).toEqual([401, 'unauthorized'])
        expect(await eventsOf(server, id, 'authentication.failed')).toMatchObject([{ data: { authentication: 'primary_passkey' } }])
        expect((await loginWith(server.browser(), authenticator)).statusCode).toBe(200)
      },
    )

    // security case L2
    test.each<[string, Lie]>([
      ...LIES,
      ['an assertion', { type: 'webauthn.get' }],
      ['an algorithm that was not offered', { algorithm: -35 }],
      ['an attestation that was not asked for', { attestation: { format: 'packed', statement: { alg: -7, sig: Buffer.alloc(70), x5c: [Buffer.alloc(300)] } } }],
      ['an attestation statement where none is', { attestation: { format: 'none', statement: { sig: Buffer.alloc(70) } } }],
    ])('a registration of %s is refused', async (_name, lie) => {
      const { browser } = await signUp(server)
      expect(refusalIn(await register(browser, lie))).toEqual([400, 'invalid_request', 'credential:invalid_passkey'])
      expect(await listPasskeys(browser)).toEqual([])
    })

    test('a credential of one account under the handle of another, or under none, does not sign in', async () => {
      const [ada, eve] = [await personWithPasskey(), await personWithPasskey()]
      for (const userHandle of [eve.authenticator.credentials[0]!.userHandle, undefined, '', 'AAAA']) {
        expect((await loginWith(server.browser(), ada.authenticator, { userHandle })).statusCode).toBe(401)
      }
    })

    test('backup eligibility that changed since the registration is refused', async () => {
      const { authenticator } = await personWithPasskey({ isSynced: false })
      expect((await loginWith(server.browser(), authenticator, { isBackupEligible: true })).statusCode).toBe(401)
      expect((await loginWith(server.browser(), authenticator)).statusCode).toBe(200)
    })

    test('a signature counter that does not rise is refused and reported as a copy; one that is always zero is not', async () => {
      const { authenticator, id, passkey } = await personWithPasskey({ isSynced: false, counts: true })
      expect((await loginWith(server.browser(), authenticator, { signCount: 7 })).statusCode).toBe(200)
      for (const signCount of [7, 6, 0]) {
        expect(refusalIn(await loginWith(server.browser(), authenticator, { signCount }))).toEqual([401, 'unauthorized'])
      }
      const reported = await eventsOf(server, id, 'passkey.clone_suspected')
      expect(reported.map(({ data }) => data['passkey_id'])).toEqual([passkey, passkey, passkey])
      expect((await loginWith(server.browser(), authenticator, { signCount: 8 })).statusCode).toBe(200)
      const synced = await personWithPasskey()
      for (let times = 0; times < 3; times += 1) expect((await loginWith(server.browser(), synced.authenticator)).statusCode).toBe(200)
      expect(await eventsOf(server, synced.id, 'passkey.clone_suspected')).toEqual([])
    })

    // security case L1
    test('a ceremony is taken once: its own answer again, or another after a wrong one, is refused', async () => {
      const { authenticator, browser: own } = await personWithPasskey()
      const browser = server.browser()
      const first = await beginLogin(browser)
      const body = { ceremony: first.ceremony, credential: authenticator.get(first.public_key) }
      const thief = browser.copy()
      expect((await browser.api('POST', '/login/passkey', body)).statusCode).toBe(200)
      expect((await thief.api('POST', '/login/passkey', body)).statusCode).toBe(401)

      for (const wrong of [authenticator.get(first.public_key, { isSignatureWrong: true }), {}, { id: 7, response: 'x' }, { id: '__proto__', rawId: '__proto__', type: 'public-key', response: {} }]) {
        const other = server.browser()
        const begun = await beginLogin(other)
        expect((await other.api('POST', '/login/passkey', { ceremony: begun.ceremony, credential: wrong })).statusCode).toBe(401)
        const late = authenticator.get(begun.public_key)
        expect((await other.api('POST', '/login/passkey', { ceremony: begun.ceremony, credential: late })).statusCode).toBe(401)
      }

      const begun = await beginRegistration(own)
      const made = { ceremony: begun.ceremony, credential: newAuthenticator().create(begun.public_key), name: 'x' }
      expect((await own.api('POST', '/account/passkeys', made)).statusCode).toBe(201)
      const more = { ...made, credential: newAuthenticator().create(begun.public_key) }
      expect(refusalIn(await own.api('POST', '/account/passkeys', more))).toEqual([400, 'invalid_request', 'credential:invalid_passkey'])
    })

    // security case L1
    test('a ceremony serves its own browser or session, its own purpose and five minutes', async () => {
      const { authenticator, browser } = await personWithPasskey()
      const login = (by: Browser, ceremony: string, credential: unknown) => by.api('POST', '/login/passkey', { ceremony, credential })

      const anonymous = server.browser()
      const begun = await beginLogin(anonymous)
      expect((await login(server.browser(), begun.ceremony, authenticator.get(begun.public_key))).statusCode).toBe(401)
      // Nothing was spent by a browser it was not given to.
      expect((await login(anonymous, begun.ceremony, authenticator.get(begun.public_key))).statusCode).toBe(200)

      const registration = await beginRegistration(browser)
      const asLogin = { challenge: registration.public_key.challenge, rpId: 'localhost', allowCredentials: [] }
      expect((await login(browser, registration.ceremony, authenticator.get(asLogin))).statusCode).toBe(401)
      const ownLogin = await beginLogin(browser)
      const asRegistration = { ...registration.public_key, challenge: ownLogin.public_key.challenge }
      const crossed = { ceremony: ownLogin.ceremony, credential: newAuthenticator().create(asRegistration), name: 'x' }
      expect((await browser.api('POST', '/account/passkeys', crossed)).statusCode).toBe(400)

      const elsewhere = server.browser()
      expect((await loginWith(elsewhere, authenticator)).statusCode).toBe(200)
      const foreign = { ceremony: registration.ceremony, credential: newAuthenticator().create(registration.public_key), name: 'x' }
      expect((await elsewhere.api('POST', '/account/passkeys', foreign)).statusCode).toBe(400)

      const again = await beginReauthentication(browser)
      expect((await login(browser, again.ceremony, authenticator.get(again.public_key))).statusCode).toBe(401)

      const visitor = server.browser()
      const [lateLogin, lateRegistration] = [await beginLogin(visitor), await beginRegistration(browser)]
      server.clock.advance(SIX_MINUTES)
      expect((await login(visitor, lateLogin.ceremony, authenticator.get(lateLogin.public_key))).statusCode).toBe(401)
      const late = { ceremony: lateRegistration.ceremony, credential: newAuthenticator().create(lateRegistration.public_key), name: 'x' }
      expect((await browser.api('POST', '/account/passkeys', late)).statusCode).toBe(400)
      for (const ceremony of ['x', lateLogin.ceremony.slice(0, -2), `${lateLogin.ceremony}A`, lateLogin.public_key.challenge]) {
        expect((await login(visitor, ceremony, authenticator.get(lateLogin.public_key))).statusCode).toBe(401)
      }
    })

    // security case L1
    test('a ceremony of registering proves nothing again, and one of proving again registers nothing', async () => {
      const { authenticator, browser } = await personWithPasskey()
      const prove = (ceremony: string, credential: unknown) =>
        browser.post('/auth/reauthenticate', { intent: 'passkey', state: '', passkey_ceremony: ceremony, passkey_credential: JSON.stringify(credential) })
      const registration = await beginRegistration(browser)
      const asked = { challenge: registration.public_key.challenge, rpId: 'localhost', allowCredentials: [] }
      expect((await prove(registration.ceremony, authenticator.get(asked))).statusCode).toBe(422)
      const honest = await beginReauthentication(browser)
      expect((await prove(honest.ceremony, authenticator.get(honest.public_key))).statusCode).toBe(303)

      const again = await beginReauthentication(browser)
      const options = { ...registration.public_key, challenge: again.public_key.challenge }
      const body = { ceremony: again.ceremony, credential: newAuthenticator().create(options), name: 'x' }
      expect(refusalIn(await browser.api('POST', '/account/passkeys', body))).toEqual([400, 'invalid_request', 'credential:invalid_passkey'])
    })

    // security case L1
    test('of fifty uses of one ceremony at once, over two instances, one signs in and one registers', async () => {
      const { authenticator, browser: own, id } = await personWithPasskey()
      const sessions = async () =>
        (await server.app.database.read.selectFrom('session').select('id').where('user_id', '=', id as never).execute()).length
      const before = await sessions()
      const visitor = server.browser()
      const begun = await beginLogin(visitor)
      const body = { ceremony: begun.ceremony, credential: authenticator.get(begun.public_key) }
      const answers = await atOnce([server, sibling], FIFTY, (instance) => createBrowser(instance.app, {}, visitor.cookies).api('POST', '/login/passkey', body))
      expect(countStatuses(answers)).toEqual({ 200: 1, 401: FIFTY - 1 })
      expect(await sessions()).toBe(before + 1)

      const registration = await beginRegistration(own)
      const made = await atOnce([server, sibling], FIFTY, (instance) =>
        createBrowser(instance.app, {}, own.cookies).api('POST', '/account/passkeys', {
          ceremony: registration.ceremony,
          credential: newAuthenticator().create(registration.public_key),
          name: 'one of fifty',
        }),
      )
      expect(countStatuses(made)).toEqual({ 201: 1, 400: FIFTY - 1 })
      expect(await listPasskeys(own)).toHaveLength(2)
    })

    test('of fifty assertions with one signature counter, over two instances, one is taken', async () => {
      const { authenticator, browser } = await personWithPasskey({ isSynced: false, counts: true })
      const answers = await atOnce([server, sibling], FIFTY, (instance) => loginWith(createBrowser(instance.app), authenticator, { signCount: 9 }))
      expect(countStatuses(answers)).toEqual({ 200: 1, 401: FIFTY - 1 })
      expect(await listPasskeys(browser)).toHaveLength(1)
    })

    // security case L8
    test('a disabled account is not signed in by its passkey, nor one whose passkey went meanwhile', async () => {
      const disabled = await personWithPasskey()
      await server.app.admins.disable(disabled.email)
      expect(refusalIn(await loginWith(server.browser(), disabled.authenticator))).toEqual([403, 'forbidden'])
      await server.app.admins.enable(disabled.email)
      expect((await loginWith(server.browser(), disabled.authenticator)).statusCode).toBe(200)

      const removed = await personWithPasskey()
      const visitor = server.browser()
      const begun = await beginLogin(visitor)
      const credential = removed.authenticator.get(begun.public_key)
      await removed.browser.api('DELETE', `/account/passkeys/${removed.passkey}`)
      expect((await visitor.api('POST', '/login/passkey', { ceremony: begun.ceremony, credential })).statusCode).toBe(401)
    })

    test('an unknown credential is answered like a wrong one', async () => {
      const { authenticator } = await personWithPasskey()
      const stranger = newAuthenticator()
      const other = await signUp(server)
      stranger.create((await beginRegistration(other.browser)).public_key)
      const [unknown, wrong] = [await loginWith(server.browser(), stranger), await loginWith(server.browser(), authenticator, { isSignatureWrong: true })]
      const shape = ({ statusCode, body }: { statusCode: number; body: string }) => [statusCode, body.replace(/"request_id":"[^"]+"/, '')]
      expect(shape(unknown)).toEqual(shape(wrong))
    })

    test('a session that ended adds and removes nothing, and a new one is made at sign-in whatever was planted', async () => {
      const { browser, authenticator, passkey } = await personWithPasskey()
      const begun = await beginRegistration(browser)
      const copy = browser.copy()
      const held = { ceremony: begun.ceremony, credential: newAuthenticator().create(begun.public_key), name: 'x' }
      await browser.api('POST', '/sessions/logout')
      expect((await copy.api('POST', '/account/passkeys', held)).statusCode).toBe(401)
      expect((await copy.api('DELETE', `/account/passkeys/${passkey}`)).statusCode).toBe(401)
      // security case D1
      const planted = new Map(copy.cookies)
      expect((await loginWith(copy, authenticator)).statusCode).toBe(200)
      for (const name of ['gatepost_access', 'gatepost_refresh', 'gatepost_csrf']) expect([name, copy.cookies.get(name)]).not.toEqual([name, planted.get(name)])
    })

    test('a challenge of another session is not answered by a passkey', async () => {
      const { browser, authenticator } = await personWithPasskey()
      const elsewhere = server.browser()
      await loginWith(elsewhere, authenticator)
      await growStale(server, browser)
      await elsewhere.api('POST', '/sessions/refresh')
      const authentication_challenge_id = await askForChallenge(elsewhere)
      const { ceremony, public_key } = await beginReauthentication(browser)
      const body = { authentication_challenge_id, ceremony, credential: authenticator.get(public_key) }
      expect(refusalIn(await browser.api('POST', '/reauthenticate/passkey', body))).toEqual([409, 'invalid_authentication_challenge'])
    })
  })
}
