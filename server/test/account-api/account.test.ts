import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, QUICK } from '../harness/tokens.ts'
import { challengeIn, growStale, refusalIn } from './challenges.ts'

interface AccountBody {
  readonly user: { readonly email: string; readonly username: string; readonly display_name: string | null }
  readonly sessions: readonly { readonly id: string; readonly current: boolean; readonly user_agent: string; readonly ip: string }[]
  readonly auth_methods: readonly { readonly provider: string }[]
  readonly sessions_next_cursor?: string
}

const accountOf = async (browser: Browser, query = '') => (await browser.api('GET', `/account${query}`)).json<AccountBody>()
const sessionIdOf = async (browser: Browser) => (await browser.api('GET', '/user')).json<{ session_id: string }>().session_id

for (const engine of testEngines) {
  describe(`the account on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    test('shows the person, how they sign in and every live session of theirs, this one marked', async () => {
      const ada = await signUp(server)
      await signUp(server)
      const phone = await signIn(server, ada, server.browser({ userAgent: 'Phone/2.0', ip: '198.51.100.77' }))
      const account = await accountOf(ada.browser)
      expect(account.user).toMatchObject({ id: ada.id, email: ada.email, email_verified: true })
      expect(account.auth_methods).toEqual([{ provider: 'password' }])
      expect(account.sessions.map((session) => session.current)).toEqual([false, true])
      expect(account.sessions[0]).toMatchObject({ id: await sessionIdOf(phone), user_agent: 'Phone/2.0', ip: '198.51.100.77' })
      await phone.api('POST', '/sessions/logout')
      expect((await accountOf(ada.browser)).sessions).toHaveLength(1)
    })

    test('pages through sessions by cursor, each once, also when one ends in between', async () => {
      const ada = await signUp(server)
      for (let count = 0; count < 4; count += 1) await signIn(server, ada)
      const all = (await accountOf(ada.browser)).sessions.map((session) => session.id)
      expect(all).toHaveLength(5)
      const first = await accountOf(ada.browser, '?sessions_limit=2')
      await ada.browser.api('DELETE', `/account/sessions/${first.sessions[1]!.id}`)
      const second = await accountOf(ada.browser, `?sessions_limit=2&sessions_cursor=${first.sessions_next_cursor}`)
      const third = await accountOf(ada.browser, `?sessions_limit=2&sessions_cursor=${second.sessions_next_cursor}`)
      expect([first, second, third].flatMap((page) => page.sessions.map((session) => session.id))).toEqual(all)
      expect(third.sessions_next_cursor).toBeUndefined()
      expect((await accountOf(ada.browser, '?sessions_limit=4')).sessions_next_cursor).toBeUndefined()
    })

    test('shows no session of another person for their cursor', async () => {
      const ada = await signUp(server)
      const eve = await signUp(server)
      const newer = await signIn(server, ada)
      const answer = await accountOf(eve.browser, `?sessions_cursor=${await sessionIdOf(newer)}`)
      expect(answer.sessions.map((session) => session.id)).toEqual([await sessionIdOf(eve.browser)])
    })

    test('takes a display name in any script, trims it, removes it when empty and refuses what would mislead', async () => {
      const { browser } = await signUp(server)
      for (const [given, kept] of [['  Ada  ', 'Ada'], ['Zoë 李 👩‍💻', 'Zoë 李 👩‍💻'], ["O'Brien <b>", "O'Brien <b>"], ['x'.repeat(100), 'x'.repeat(100)], ['', null], ['   ', null]]) {
        expect((await browser.api('PATCH', '/account/profile', { display_name: given })).statusCode).toBe(204)
        expect((await accountOf(browser)).user.display_name).toBe(kept)
      }
      for (const bad of ['x'.repeat(101), 'a\nb', 'a\u0000b', 'a\u202eb', 'a\u2028b']) {
        expect(refusalIn(await browser.api('PATCH', '/account/profile', { display_name: bad }))).toEqual([400, 'invalid_request', 'display_name:invalid_display_name'])
      }
    })

    test('takes a username that is free, shows it as typed and signs in with it in any case', async () => {
      const ada = await signUp(server)
      expect((await ada.browser.api('PATCH', '/account/username', { username: 'Ada_L-1815' })).statusCode).toBe(204)
      expect((await accountOf(ada.browser)).user.username).toBe('Ada_L-1815')
      await signIn(server, { email: 'ADA_l-1815', password: GOOD_PASSWORD })
      expect((await ada.browser.api('PATCH', '/account/username', { username: 'ada_l-1815' })).statusCode).toBe(204)
      expect((await accountOf(ada.browser)).user.username).toBe('ada_l-1815')
    })

    test('refuses a username that is taken in any case, reserved or no username, and keeps the one it had', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      await ada.browser.api('PATCH', '/account/username', { username: 'Countess' })
      const before = (await accountOf(eve.browser)).user.username
      for (const taken of ['Countess', 'countess', 'COUNTESS', ' countess ']) {
        expect(refusalIn(await eve.browser.api('PATCH', '/account/username', { username: taken }))).toEqual([409, 'username_taken'])
      }
      for (const bad of ['ab', 'a'.repeat(31), 'a b', 'ä'.repeat(4), 'a@b.example', 'admin', 'ROOT', 'Gatepost', 'a.b.c', '\u0430dmin']) {
        expect(refusalIn(await eve.browser.api('PATCH', '/account/username', { username: bad }))).toEqual([400, 'invalid_request', 'username:invalid_username'])
      }
      expect((await accountOf(eve.browser)).user.username).toBe(before)
    })

    test('gives a username that many ask for at once to one of them', async () => {
      const people = await Promise.all(Array.from({ length: 6 }, () => signUp(server)))
      const answers = await atOnce([server], 6, (_server, index) => people[index]!.browser.api('PATCH', '/account/username', { username: 'the_only_one' }))
      expect(countStatuses(answers)).toEqual({ 204: 1, 409: 5 })
    })

    test('ends every other session on wish, and keeps this one', async () => {
      const ada = await signUp(server)
      const [phone, tablet] = [await signIn(server, ada), await signIn(server, ada)]
      const eve = await signUp(server)
      expect((await ada.browser.api('DELETE', '/account/sessions/others')).statusCode).toBe(204)
      for (const ended of [phone, tablet]) {
        expect((await ended.api('GET', '/user')).statusCode).toBe(401)
        expect((await ended.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      }
      for (const alive of [ada.browser, eve.browser]) expect((await alive.api('GET', '/user')).statusCode).toBe(200)
    })

    test('ends one session on wish, once, at every instance, and never that of another person', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      const phone = await signIn(server, ada)
      const other = await server.sibling()
      const id = await sessionIdOf(phone)
      expect(refusalIn(await eve.browser.api('DELETE', `/account/sessions/${id}`))).toEqual([404, 'not_found'])
      expect((await phone.api('GET', '/user')).statusCode).toBe(200)
      expect((await ada.browser.api('DELETE', `/account/sessions/${id}`)).statusCode).toBe(204)
      const token = phone.cookies.get('gatepost_access') ?? ''
      expect((await other.browser().api('GET', '/user', undefined, { authorization: `Bearer ${token}` })).statusCode).toBe(401)
      expect(refusalIn(await ada.browser.api('DELETE', `/account/sessions/${id}`))).toEqual([404, 'not_found'])
      await other.close()
    })

    test('is deleted after a recent proof alone, with everything that stood in its name', async () => {
      const ada = await signUp(server)
      const phone = await signIn(server, ada)
      await growStale(server, ada.browser)
      challengeIn(await ada.browser.api('DELETE', '/account'))
      expect((await ada.browser.api('GET', '/user')).statusCode).toBe(200)
      const fresh = await signIn(server, ada)
      expect((await fresh.api('DELETE', '/account')).statusCode).toBe(204)
      for (const gone of [fresh, phone, ada.browser]) expect((await gone.api('GET', '/user')).statusCode).toBe(401)
      expect((await phone.api('POST', '/sessions/refresh')).statusCode).toBe(401)
      expect((await server.browser().api('POST', '/login', { email: ada.email, password: GOOD_PASSWORD })).statusCode).toBe(401)
      expect((await server.mailTo(ada.email))?.subject).toMatch(/deleted/i)
      const again = await signUp(server, { email: ada.email })
      expect(again.id).not.toBe(ada.id)
    })

    test('of the last active admin stays, until there is another who is not disabled', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      await server.app.admins.grant(ada.email)
      expect(refusalIn(await ada.browser.api('DELETE', '/account'))).toEqual([409, 'last_active_admin'])
      await server.app.admins.grant(eve.email)
      await server.app.admins.disable(eve.email)
      expect(refusalIn(await ada.browser.api('DELETE', '/account'))).toEqual([409, 'last_active_admin'])
      await server.app.admins.enable(eve.email)
      expect((await ada.browser.api('DELETE', '/account')).statusCode).toBe(204)
    })

    test('of two last admins who leave at once keeps one', async () => {
      const [first, second] = [await signUp(server), await signUp(server)]
      const admins = await server.app.database.read.selectFrom('user_role').select('user_id').execute()
      for (const person of [first, second]) await server.app.admins.grant(person.email)
      await server.app.database.transaction(async (tx) => {
        for (const { user_id } of admins) await tx.deleteFrom('user_role').where('user_id', '=', user_id).execute()
      })
      const answers = await atOnce([server], 2, (_server, index) => [first, second][index]!.browser.api('DELETE', '/account'))
      expect(countStatuses(answers)).toEqual({ 204: 1, 409: 1 })
    })

    test('tells what the installation offers', async () => {
      const closed = await server.sibling({}, 'signup: { mode: closed, verification: off }')
      const ada = await signUp(server)
      const capabilities = async (browser: Browser) => (await browser.api('GET', '/capabilities')).json()
      expect(await capabilities(ada.browser)).toMatchObject({ signup: { open: true, verification: 'required' }, organization_mode: 'personal', allows_invitations: false })
      expect(await capabilities(await signIn(closed, ada))).toMatchObject({ signup: { open: false, verification: 'off' } })
      await closed.close()
    })
  })
}
