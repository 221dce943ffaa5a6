import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askForChallenge, growStale, refusalIn } from '../account-api/challenges.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { addPasskey, beginLogin, beginReauthentication, beginRegistration, listPasskeys, loginWith, newAuthenticator } from '../harness/passkeys.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, eventsOf, QUICK } from '../harness/tokens.ts'

for (const engine of testEngines) {
  describe(`passkeys on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    const isSignedIn = async (browser: Browser) => (await browser.api('GET', '/user')).statusCode === 200

    test('sign in without a name, and say in the token how it was proven', async () => {
      const person = await signUp(server)
      for (const [isSynced, key] of [[true, 'swk'], [false, 'hwk']] as const) {
        const authenticator = newAuthenticator({ isSynced, counts: !isSynced })
        await addPasskey(person.browser, authenticator)
        const browser = server.browser()
        const answer = await loginWith(browser, authenticator)
        expect([answer.statusCode, answer.json<{ user: { id: string } }>().user.id]).toEqual([200, person.id])
        expect(decodeToken(cookieOf(browser, 'access')).payload['amr']).toEqual([key, 'user', 'mfa'])
        expect(await isSignedIn(browser)).toBe(true)
      }
    })

    test('are asked for alike whoever asks, and name nobody', async () => {
      const person = await signUp(server)
      await addPasskey(person.browser, newAuthenticator())
      const [known, stranger] = [await beginLogin(person.browser), await beginLogin(server.browser())]
      expect(known.public_key).toEqual({ ...stranger.public_key, challenge: known.public_key.challenge })
      expect(stranger.public_key).toMatchObject({ rpId: 'localhost', userVerification: 'required', allowCredentials: [] })
      expect(Buffer.from(known.public_key.challenge, 'base64url')).toHaveLength(32)
      expect(known.public_key.challenge).not.toBe(stranger.public_key.challenge)
    })

    test('are made discoverable and verifying, under a handle that is not the user id, the same each time', async () => {
      const person = await signUp(server)
      const [first, second] = [await beginRegistration(person.browser), await beginRegistration(person.browser)]
      expect(first.public_key).toMatchObject({
        rp: { id: 'localhost' },
        user: { name: person.email },
        attestation: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      })
      const handle = first.public_key.user.id
      expect([second.public_key.user.id, Buffer.from(handle, 'base64url').length]).toEqual([handle, 32])
      expect(Buffer.from(handle, 'base64url').toString()).not.toContain(person.id)
      const other = await signUp(server)
      expect((await beginRegistration(other.browser)).public_key.user.id).not.toBe(handle)
    })

    test('are several, with names, and none is registered twice', async () => {
      const person = await signUp(server)
      const authenticator = newAuthenticator()
      const laptop = await addPasskey(person.browser, authenticator, '  Laptop ')
      const phone = await addPasskey(person.browser, newAuthenticator({ isSynced: false }), 'Phone 📱')
      expect(await listPasskeys(person.browser)).toMatchObject([
        { id: laptop, name: 'Laptop', synced: true, last_used_at: null },
        { id: phone, name: 'Phone 📱', synced: false, last_used_at: null },
      ])
      const { public_key } = await beginRegistration(person.browser)
      expect(() => authenticator.create(public_key)).toThrow('excluded')

      expect((await person.browser.api('PATCH', `/account/passkeys/${laptop}`, { name: 'Old laptop' })).statusCode).toBe(204)
      await loginWith(server.browser(), authenticator)
      const [renamed] = await listPasskeys(person.browser)
      expect(renamed).toMatchObject({ name: 'Old laptop', last_used_at: expect.any(String) as string })
      for (const name of ['', '   ', 'x'.repeat(101), 'a\u0000b', 'a\u202eb']) {
        expect(refusalIn(await person.browser.api('PATCH', `/account/passkeys/${laptop}`, { name }))).toEqual([400, 'invalid_request', 'name:invalid_passkey_name'])
      }
      const account = (await person.browser.api('GET', '/account')).json<{ auth_methods: unknown }>()
      expect(account.auth_methods).toEqual([{ provider: 'password' }, { provider: 'passkey' }])
    })

    test('of somebody else cannot be seen, renamed, removed or registered again', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      const authenticator = newAuthenticator()
      const id = await addPasskey(ada.browser, authenticator)
      expect(await listPasskeys(eve.browser)).toEqual([])
      expect((await eve.browser.api('PATCH', `/account/passkeys/${id}`, { name: 'mine' })).statusCode).toBe(404)
      expect((await eve.browser.api('DELETE', `/account/passkeys/${id}`)).statusCode).toBe(404)
      const { ceremony, public_key } = await beginRegistration(eve.browser)
      const credential = newAuthenticator().create(public_key, { credentialId: authenticator.credentials[0]!.id.toString('base64url') })
      const again = await eve.browser.api('POST', '/account/passkeys', { ceremony, credential, name: 'mine' })
      expect(refusalIn(again)).toEqual([409, 'passkey_already_registered'])
      expect(await listPasskeys(ada.browser)).toHaveLength(1)
    })

    test('are twenty at most', async () => {
      const person = await signUp(server)
      const late = await beginRegistration(person.browser)
      for (let made = 0; made < 20; made += 1) await addPasskey(person.browser, newAuthenticator())
      expect(refusalIn(await person.browser.api('POST', '/account/passkey/options'))).toEqual([409, 'passkey_limit_reached'])
      const credential = newAuthenticator().create(late.public_key)
      const one = await person.browser.api('POST', '/account/passkeys', { ceremony: late.ceremony, credential, name: 'One more' })
      expect(refusalIn(one)).toEqual([409, 'passkey_limit_reached'])
      expect(await listPasskeys(person.browser)).toHaveLength(20)
    })

    // security case D9
    test('that are removed no longer sign in; the other devices are signed out and the owner hears of both', async () => {
      const person = await signUp(server)
      const authenticator = newAuthenticator()
      const id = await addPasskey(person.browser, authenticator)
      expect(await server.mailTo(person.email)).toMatchObject({ subject: expect.stringContaining('passkey was added') as string })
      const other = await signIn(server, person)
      expect((await person.browser.api('DELETE', `/account/passkeys/${id}`)).statusCode).toBe(204)
      expect(await server.mailTo(person.email)).toMatchObject({ subject: expect.stringContaining('passkey was removed') as string })
      expect([await isSignedIn(person.browser), await isSignedIn(other)]).toEqual([true, false])
      expect((await loginWith(server.browser(), authenticator)).statusCode).toBe(401)
      expect((await person.browser.api('DELETE', `/account/passkeys/${id}`)).statusCode).toBe(404)
      const events = await eventsOf(server, person.id, 'passkey.created', 'passkey.removed')
      expect(events.map(({ type, data }) => [type, data['passkey_id']])).toEqual([['passkey.created', id], ['passkey.removed', id]])
    })

    test('are added and removed only shortly after a proof', async () => {
      const person = await signUp(server)
      const id = await addPasskey(person.browser, newAuthenticator())
      const early = await beginRegistration(person.browser)
      await growStale(server, person.browser)
      expect((await person.browser.api('POST', '/account/passkey/options')).statusCode).toBe(428)
      const credential = newAuthenticator().create(early.public_key)
      expect((await person.browser.api('POST', '/account/passkeys', { ceremony: early.ceremony, credential, name: 'x' })).statusCode).toBe(428)
      expect((await person.browser.api('DELETE', `/account/passkeys/${id}`)).statusCode).toBe(428)
      expect(await listPasskeys(person.browser)).toHaveLength(1)
    })

    test('prove again who is signed in, and only their own do', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      const [hers, other] = [newAuthenticator(), newAuthenticator()]
      await addPasskey(ada.browser, hers)
      await addPasskey(eve.browser, other)
      await growStale(server, ada.browser)
      const authentication_challenge_id = await askForChallenge(ada.browser)

      const first = await beginReauthentication(ada.browser)
      expect(first.public_key.allowCredentials.map((one) => one.id)).toEqual([hers.credentials[0]!.id.toString('base64url')])
      const foreign = other.get({ ...first.public_key, allowCredentials: [] })
      const refused = await ada.browser.api('POST', '/reauthenticate/passkey', { authentication_challenge_id, ceremony: first.ceremony, credential: foreign })
      expect([refused.statusCode, (await ada.browser.api('POST', '/reauthenticate/check')).statusCode]).toEqual([401, 428])

      const second = await beginReauthentication(ada.browser)
      const body = { authentication_challenge_id, ceremony: second.ceremony, credential: hers.get(second.public_key) }
      expect((await ada.browser.api('POST', '/reauthenticate/passkey', body)).statusCode).toBe(204)
      expect((await ada.browser.api('POST', '/reauthenticate/check')).statusCode).toBe(204)
      expect(decodeToken(cookieOf(ada.browser, 'access')).payload['amr']).toEqual(['swk', 'user', 'mfa'])
    })

    test('never are the last way in that goes', async () => {
      const person = await signUp(server)
      const [first, second] = [await addPasskey(person.browser, newAuthenticator()), await addPasskey(person.browser, newAuthenticator())]
      await server.app.database.transaction(async (tx) => {
        await tx.deleteFrom('authenticator_password').where('user_id', '=', person.id as never).execute()
        await tx.updateTable('identity').set({ verified_at: null }).where('user_id', '=', person.id as never).execute()
      })
      expect((await person.browser.api('DELETE', `/account/passkeys/${first}`)).statusCode).toBe(204)
      expect(refusalIn(await person.browser.api('DELETE', `/account/passkeys/${second}`))).toEqual([409, 'last_authenticator'])
      await server.app.database.transaction((tx) => tx.updateTable('identity').set({ verified_at: 1 }).where('user_id', '=', person.id as never).execute())
      expect((await person.browser.api('DELETE', `/account/passkeys/${second}`)).statusCode).toBe(204)
    })

    test('go with the account', async () => {
      const person = await signUp(server)
      const authenticator = newAuthenticator()
      await addPasskey(person.browser, authenticator)
      expect((await person.browser.api('DELETE', '/account')).statusCode).toBe(204)
      expect((await loginWith(server.browser(), authenticator)).statusCode).toBe(401)
      for (const table of ['authenticator_passkey', 'webauthn_user_handle'] as const) {
        const rows = await server.app.database.read.selectFrom(table).select('user_id').where('user_id', '=', person.id as never).execute()
        expect(rows).toEqual([])
      }
    })

    // security case H1
    test('that somebody registered before the address was proven are voided by the proof', async () => {
      const unproven = await server.sibling({}, 'signup: { verification: off }')
      const email = newAddress('squatted')
      const squatter = unproven.browser()
      expect((await squatter.api('POST', '/signup/direct', { email, password: GOOD_PASSWORD })).statusCode).toBe(201)
      const authenticator = newAuthenticator()
      await addPasskey(squatter, authenticator)
      const owner = server.browser()
      await owner.get('/auth/login')
      const asked = await owner.post('/auth/login', { intent: 'code', identifier: email })
      const page = await owner.get(String(asked.headers.location))
      const state = /name="state" value="([^"]*)"/.exec(page.body)?.[1] ?? ''
      expect((await owner.post('/auth/verify', { intent: 'submit_code', state, code: await server.codeFor(email) })).statusCode).toBe(303)
      expect((await loginWith(server.browser(), authenticator)).statusCode).toBe(401)
      expect(await listPasskeys(owner)).toEqual([])
      await unproven.close()
    })
  })
}
