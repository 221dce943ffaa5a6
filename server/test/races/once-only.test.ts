import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { createBrowser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { locationOf, stateIn } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'

const FIFTY = 50
const NEW_PASSWORD = 'a wholly different sentence'

for (const engine of testEngines) {
  describe(`what happens once only, asked for by many at once over two instances on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    beforeAll(async () => {
      // Fifty passwords at once are the subject here, not what the queue before the hashing lets in.
      server = await startTestServer(engine, { ...QUICK, PASSWORD_HASH_LANES: '32' })
      sibling = await server.sibling()
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })
    const both = (browser: Browser) => (instance: TestServer) => createBrowser(instance.app, {}, browser.cookies)
    const countSessions = async (userId: string) =>
      (await server.app.database.read.selectFrom('session').select('id').where('user_id', '=', userId as never).execute()).length

    // First, while nobody is an admin.
    test('the first admin is made of one of many who use the link, and of nobody afterwards', async () => {
      const secrets = [await server.app.admins.createFirstAdminLink(), await sibling.app.admins.createFirstAdminLink()]
      const people = await Promise.all(Array.from({ length: 5 }, () => signUp(server)))
      const answers = await atOnce([server, sibling], FIFTY, async (instance, index) => {
        const browser = createBrowser(instance.app, {}, people[index % people.length]!.browser.cookies)
        return browser.post('/auth/first_admin', { secret: secrets[index % 2 ? 0 : 1] ?? '' })
      })
      expect(countStatuses(answers)).toEqual({ 200: 1, 410: FIFTY - 1 })
      const roles = await server.app.database.read.selectFrom('user_role').selectAll().execute()
      expect(roles).toHaveLength(1)
      expect(await eventsOf(server, null, 'first_admin_link.used', 'user.role_granted')).toHaveLength(2)
      expect(await server.app.admins.createFirstAdminLink()).toBeUndefined()
      const late = await signUp(server)
      expect((await late.browser.post('/auth/first_admin', { secret: secrets[0] ?? '' })).statusCode).toBe(410)
    })

    test('one state of a sign-in finishes one time: fifty right passwords make one session', async () => {
      const person = await signUp(server)
      const browser = server.browser()
      await browser.get('/auth/login')
      const named = await browser.post('/auth/login', { intent: 'identify', identifier: person.email })
      const state = stateIn(named.statusCode === 303 ? await browser.get(locationOf(named)) : named)
      expect(state).not.toBe('')
      const before = await countSessions(person.id)
      const at = both(browser)
      const answers = await atOnce([server, sibling], FIFTY, (instance) =>
        at(instance).post('/auth/verify', { intent: 'password', state, password: person.password }),
      )
      expect(countStatuses(answers)).toEqual({ 303: 1, 400: FIFTY - 1 })
      expect(await countSessions(person.id)).toBe(before + 1)
    })

    test('an older state of a flow that finished finishes nothing again', async () => {
      const person = await signUp(server)
      const browser = server.browser()
      await browser.get('/auth/login')
      const named = await browser.post('/auth/login', { intent: 'identify', identifier: person.email })
      const state = stateIn(named.statusCode === 303 ? await browser.get(locationOf(named)) : named)
      const asked = await browser.post('/auth/verify', { intent: 'code', state })
      const later = stateIn(await browser.get(locationOf(asked)))
      const code = await server.codeFor(person.email)
      const at = both(browser)
      const byPassword = await at(server).post('/auth/verify', { intent: 'password', state, password: person.password })
      expect(byPassword.statusCode).toBe(303)
      const byCode = await at(sibling).post('/auth/verify', { intent: 'submit_code', state: later, code })
      expect(byCode.statusCode).toBeGreaterThanOrEqual(400)
      expect(byCode.statusCode).toBeLessThan(500)
    })

    test('one state of a recovery sets one password, whichever of fifty it is', async () => {
      const person = await signUp(server)
      const browser = server.browser()
      await browser.get('/auth/reset_password')
      const asked = await browser.post('/auth/reset_password', { intent: 'identify', email: person.email })
      const state = stateIn(await browser.get(locationOf(asked)))
      const code = await server.codeFor(person.email)
      const proven = await browser.post('/auth/reset_password', { intent: 'submit_code', state, code })
      const last = stateIn(proven.statusCode === 303 ? await browser.get(locationOf(proven)) : proven)
      const at = both(browser)
      const answers = await atOnce([server, sibling], FIFTY, (instance, index) =>
        at(instance).post('/auth/reset_password', { intent: 'new_password', state: last, new_password: `${NEW_PASSWORD} ${index}` }),
      )
      expect(countStatuses(answers)).toEqual({ 303: 1, 400: FIFTY - 1 })
      expect(await eventsOf(server, person.id, 'password.reset')).toHaveLength(1)
      const winner = answers.findIndex((answer) => answer.statusCode === 303)
      const login = await server.browser().api('POST', '/login', { identifier: person.email, password: `${NEW_PASSWORD} ${winner}` })
      expect(login.statusCode).toBe(200)
    })

    test('one address gets one account, although twenty sign-ups with codes of their own finish together', async () => {
      const email = newAddress()
      const started: { browser: Browser; id: string; code: string }[] = []
      for (let count = 0; count < 20; count += 1) {
        const browser = server.browser()
        const asked = await browser.api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD })
        started.push({ browser, id: asked.json<{ challenge_id: string }>().challenge_id, code: await server.codeFor(email) })
      }
      const answers = await atOnce([server, sibling], started.length, (instance, index) => {
        const { browser, id, code } = started[index]!
        return createBrowser(instance.app, {}, browser.cookies).api('POST', '/signup/challenges/verify', { challenge_id: id, code })
      })
      const { 201: won, ...others } = countStatuses(answers)
      expect(won).toBe(1)
      expect(Object.keys(others)).toEqual(['400'])
      const identities = await server.app.database.read.selectFrom('identity').select('id').where('key_normalised', '=', email).execute()
      expect(identities).toHaveLength(1)
    })

    test('one address is taken over by one of two people who change to it together', async () => {
      const email = newAddress('wanted')
      const people = await Promise.all(Array.from({ length: 4 }, () => signUp(server)))
      const asked: { id: string; code: string }[] = []
      for (const { browser } of people) {
        const answer = await browser.api('POST', '/account/email-change/challenges', { new_email: email })
        asked.push({ id: answer.json<{ challenge_id: string }>().challenge_id, code: await server.codeFor(email) })
      }
      const answers = await atOnce([server, sibling], people.length, (instance, index) =>
        both(people[index]!.browser)(instance).api('POST', '/account/email-change/challenges/verify', { challenge_id: asked[index]!.id, code: asked[index]!.code }),
      )
      expect(countStatuses(answers)).toEqual({ 204: 1, 400: people.length - 1 })
    })

    test('one username is taken by one of many who want it', async () => {
      const people = await Promise.all(Array.from({ length: 8 }, () => signUp(server)))
      const answers = await atOnce([server, sibling], people.length, (instance, index) =>
        both(people[index]!.browser)(instance).api('PATCH', '/account/username', { username: 'the_wanted_name' }),
      )
      expect(countStatuses(answers)).toEqual({ 204: 1, 409: people.length - 1 })
    })

    test('a re-authentication challenge answers once', async () => {
      const person = await signUp(server)
      server.clock.advance(11 * 60_000)
      await person.browser.api('POST', '/sessions/refresh')
      const asked = await person.browser.api('POST', '/reauthenticate/check')
      const challenge = asked.json<{ error: { details: { authentication_challenge: { id: string } } } }>().error.details.authentication_challenge.id
      const at = both(person.browser)
      const answers = await atOnce([server, sibling], 20, (instance) =>
        at(instance).api('POST', '/reauthenticate/password', { authentication_challenge_id: challenge, password: person.password }),
      )
      expect(countStatuses(answers)).toEqual({ 204: 1, 409: 19 })
      expect(await eventsOf(server, person.id, 'authentication.reauthenticated')).toHaveLength(1)
    })

    test('of two admins who leave together one stays', async () => {
      const [first, second] = [await signUp(server), await signUp(server)]
      const others = await server.app.database.read.selectFrom('user_role').selectAll().execute()
      for (const { email } of [first, second]) await server.app.admins.grant(email)
      await server.app.database.transaction(async (tx) => {
        for (const { user_id: userId } of others) await tx.deleteFrom('user_role').where('user_id', '=', userId).execute()
      })
      const outcomes = await Promise.all([server.app.admins.revoke(first.email), sibling.app.admins.revoke(second.email)])
      expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
      expect(await server.app.database.read.selectFrom('user_role').selectAll().execute()).toHaveLength(1)
    })

    test('of two last admins who delete their accounts together one stays', async () => {
      const leaving = [await signUp(server), await signUp(server)]
      const others = await server.app.database.read.selectFrom('user_role').selectAll().execute()
      for (const { email } of leaving) await server.app.admins.grant(email)
      await server.app.database.transaction(async (tx) => {
        for (const { user_id: userId } of others) await tx.deleteFrom('user_role').where('user_id', '=', userId).execute()
      })
      const answers = await atOnce([server, sibling], 2, (instance, index) => both(leaving[index]!.browser)(instance).api('DELETE', '/account'))
      expect(countStatuses(answers)).toEqual({ 204: 1, 409: 1 })
      expect(await server.app.database.read.selectFrom('user_role').selectAll().execute()).toHaveLength(1)
    })
  })
}
