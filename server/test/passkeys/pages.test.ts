import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { growStale } from '../account-api/challenges.ts'
import type { Authenticator, Lie } from '../harness/authenticator.ts'
import { createAuthenticator } from '../harness/authenticator.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { locationOf } from '../harness/pages.ts'
import { addPasskey, beginLogin, beginReauthentication, beginRegistration, listPasskeys, newAuthenticator } from '../harness/passkeys.ts'
import { signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

for (const engine of testEngines) {
  describe(`the pages of passkeys on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    const fieldsOf = (ceremony: string, credential: unknown) => ({ passkey_ceremony: ceremony, passkey_credential: JSON.stringify(credential) })

    async function submitLogin(browser: Browser, authenticator: Authenticator, lie: Lie = {}): Promise<LightMyRequestResponse> {
      await browser.get('/auth/login')
      const { ceremony, public_key } = await beginLogin(browser)
      return browser.post('/auth/login', { intent: 'passkey', state: '', return_to: '/notes', ...fieldsOf(ceremony, authenticator.get(public_key, lie)) })
    }

    async function submitRegistration(browser: Browser, name: string, lie: Lie = {}): Promise<LightMyRequestResponse> {
      const { ceremony, public_key } = await beginRegistration(browser)
      return browser.post('/auth/settings/passkeys', { name, ...fieldsOf(ceremony, newAuthenticator().create(public_key, lie)) })
    }

    test('add a passkey, list it with its name as text, rename and remove it', async () => {
      const { browser } = await signUp(server)
      const added = await submitRegistration(browser, 'Ada’s <b>key</b>')
      expect(locationOf(added)).toBe('/auth/settings?notice=passkey_added')
      const page = await browser.get('/auth/settings?notice=passkey_added')
      expect(page.body).toContain('Your passkey was added.')
      expect(page.body).toContain('Ada’s &#60;b&#62;key&#60;/b&#62;')
      const [{ id: passkey_id } = { id: '' }] = await listPasskeys(browser)

      expect(locationOf(await browser.post('/auth/settings/passkeys/rename', { passkey_id, name: 'Phone' }))).toBe('/auth/settings?notice=passkey_renamed')
      expect(await listPasskeys(browser)).toMatchObject([{ name: 'Phone' }])
      const unnamed = await browser.post('/auth/settings/passkeys/rename', { passkey_id, name: ' ' })
      expect([unnamed.statusCode, unnamed.body]).toEqual([422, expect.stringContaining('Give the passkey a name')])
      expect((await browser.post('/auth/settings/passkeys/rename', { passkey_id: 'x', name: 'y' })).statusCode).toBe(404)

      expect(locationOf(await browser.post('/auth/settings/passkeys/remove', { passkey_id }))).toBe('/auth/settings?notice=passkey_removed')
      expect(await listPasskeys(browser)).toEqual([])
      expect((await browser.post('/auth/settings/passkeys/remove', { passkey_id })).statusCode).toBe(404)
    })

    test('say so when a passkey cannot be added, and ask for a proof when the last one is old', async () => {
      const { browser } = await signUp(server)
      const refused = await submitRegistration(browser, 'Key', { origin: 'http://evil.example' })
      expect([refused.statusCode, refused.body]).toEqual([422, expect.stringContaining('could not be added')])
      expect((await browser.post('/auth/settings/passkeys', { name: 'Key' })).statusCode).toBe(422)
      const { ceremony, public_key } = await beginRegistration(browser)
      await growStale(server, browser)
      const late = await browser.post('/auth/settings/passkeys', { name: 'Key', ...fieldsOf(ceremony, newAuthenticator().create(public_key)) })
      expect(locationOf(late)).toBe('/auth/reauthenticate?return_to=%2Fauth%2Fsettings')
      expect(await listPasskeys(browser)).toEqual([])
    })

    test('sign in and lead to where the person wanted to be; a refused passkey leaves the page with the reason', async () => {
      const person = await signUp(server)
      const authenticator = newAuthenticator()
      await addPasskey(person.browser, authenticator)
      const browser = server.browser()
      expect(locationOf(await submitLogin(browser, authenticator))).toBe('/notes')
      expect((await browser.api('GET', '/user')).json<{ id: string }>().id).toBe(person.id)
      const refused = await submitLogin(server.browser(), authenticator, { isUserVerified: false })
      expect([refused.statusCode, refused.body]).toEqual([422, expect.stringContaining('This passkey was not accepted')])
      expect(refused.body).toContain('name="identifier"')
    })

    test('take a form without what the script fills in as malformed', async () => {
      const browser = server.browser()
      await browser.get('/auth/login')
      expect((await browser.post('/auth/login', { intent: 'passkey' })).statusCode).toBe(400)
    })

    test('prove again with a passkey, offered to nobody who has none', async () => {
      const person = await signUp(server)
      expect((await person.browser.get('/auth/reauthenticate')).body).not.toContain('data-passkey')
      const authenticator = newAuthenticator()
      await addPasskey(person.browser, authenticator)
      await growStale(server, person.browser)
      expect((await person.browser.get('/auth/reauthenticate')).body).toContain('data-passkey="get"')
      const { ceremony, public_key } = await beginReauthentication(person.browser)
      const fields = { intent: 'passkey', state: '', return_to: '/auth/settings', ...fieldsOf(ceremony, authenticator.get(public_key)) }
      expect(locationOf(await person.browser.post('/auth/reauthenticate', fields))).toBe('/auth/settings')
      expect((await person.browser.api('POST', '/reauthenticate/check')).statusCode).toBe(204)
    })

    test('go by PUBLIC_URL: its host is the relying party and its origin the only one taken', async () => {
      const secure = await server.sibling({ PUBLIC_URL: 'https://auth.example.com' })
      const { browser } = await signUp(secure)
      const { ceremony, public_key } = await beginRegistration(browser)
      expect(public_key.rp.id).toBe('auth.example.com')
      const [ours, theirs] = ['https://auth.example.com', 'https://example.com'].map((origin) => createAuthenticator({ origin }))
      expect((await browser.api('POST', '/account/passkeys', { ceremony, credential: ours!.create(public_key), name: 'Key' })).statusCode).toBe(201)
      const again = await beginRegistration(browser)
      const foreign = { ceremony: again.ceremony, credential: theirs!.create(again.public_key), name: 'Key' }
      expect((await browser.api('POST', '/account/passkeys', foreign)).statusCode).toBe(400)
      await secure.close()
    })

    test('offer no passkeys where browsers have none: at a host that is an address', async () => {
      const bare = await server.sibling({ PUBLIC_URL: 'http://127.0.0.1:3000' })
      expect((await bare.browser().get('/auth/login')).body).not.toMatch(/data-passkey|webauthn/)
      const { browser } = await signUp(bare)
      expect((await browser.get('/auth/settings')).body).not.toContain('passkeys-heading')
      const offered = async (by: Browser) => (await by.api('GET', '/capabilities')).json<{ login: { authentications: string[] } }>().login.authentications
      expect(await offered(browser)).toEqual(['password', 'email_code'])
      expect(await offered((await signUp(server)).browser)).toEqual(['password', 'email_code', 'passkey'])
      await bare.close()
    })
  })
}
