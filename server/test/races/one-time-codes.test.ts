import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { createBrowser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { locationOf, stateIn } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'

const FIFTY = 50
const TRIES = 5
const NEW_PASSWORD = 'a wholly different sentence'

for (const engine of testEngines) {
  describe(`one emailed code used by many at once, over two instances on ${engine}`, () => {
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

    /** The same browser at each instance. */
    const both = (browser: Browser) => (instance: TestServer) => createBrowser(instance.app, {}, browser.cookies)
    const rows = () => server.app.database.read
    const challengeOf = async (id: string) => rows().selectFrom('one_time_code').selectAll().where('id', '=', id as never).executeTakeFirstOrThrow()
    async function newestCodeFor(address: string) {
      return rows().selectFrom('one_time_code').selectAll().where('destination', '=', address).orderBy('id', 'desc').executeTakeFirstOrThrow()
    }
    const countSessions = async (userId: string) =>
      (await rows().selectFrom('session').select('id').where('user_id', '=', userId as never).execute()).length
    const idOf = (answer: { json<T>(): T }) => answer.json<{ challenge_id: string }>().challenge_id
    const wrong = (code: string, index = 0) => String((Number(code) + 1 + index) % 1_000_000).padStart(6, '0')

    test('makes one account', async () => {
      const email = newAddress()
      const browser = server.browser()
      const id = idOf(await browser.api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD }))
      const code = await server.codeFor(email)
      const at = both(browser)
      const answers = await atOnce([server, sibling], FIFTY, (instance) => at(instance).api('POST', '/signup/challenges/verify', { challenge_id: id, code }))
      expect(countStatuses(answers)).toEqual({ 201: 1, 400: FIFTY - 1 })
      const identities = await rows().selectFrom('identity').selectAll().where('key_normalised', '=', email).execute()
      expect(identities).toHaveLength(1)
      expect(await countSessions(identities[0]!.user_id)).toBe(1)
      expect(await eventsOf(server, identities[0]!.user_id, 'user.created', 'session.created', 'password.created')).toHaveLength(3)
      expect(await challengeOf(id)).toMatchObject({ attempts: 1 })
    })

    test('signs in one browser', async () => {
      const person = await signUp(server)
      const browser = server.browser()
      await browser.get('/auth/login')
      const asked = await browser.post('/auth/login', { intent: 'code', identifier: person.email })
      const state = stateIn(await browser.get(locationOf(asked)))
      const code = await server.codeFor(person.email)
      const before = await countSessions(person.id)
      const at = both(browser)
      const answers = await atOnce([server, sibling], FIFTY, (instance) => at(instance).post('/auth/verify', { intent: 'submit_code', state, code }))
      const { 303: won, ...others } = countStatuses(answers)
      expect(won).toBe(1)
      expect(Object.keys(others).filter((status) => Number(status) >= 500)).toEqual([])
      expect(answers.filter((answer) => [answer.headers['set-cookie']].flat().some((cookie) => cookie?.includes('_access=ey')))).toHaveLength(1)
      expect(await countSessions(person.id)).toBe(before + 1)
      expect(await newestCodeFor(person.email)).toMatchObject({ attempts: 1 })
    })

    test('sets one new password', async () => {
      const person = await signUp(server)
      const browser = server.browser()
      const id = idOf(await browser.api('POST', '/password-reset/challenges', { email: person.email, new_password: NEW_PASSWORD }))
      const code = await server.codeFor(person.email)
      const at = both(browser)
      const answers = await atOnce([server, sibling], FIFTY, (instance) =>
        at(instance).api('POST', '/password-reset/challenges/verify', { challenge_id: id, code }),
      )
      expect(countStatuses(answers)).toEqual({ 204: 1, 400: FIFTY - 1 })
      expect(await eventsOf(server, person.id, 'password.reset')).toHaveLength(1)
      expect((await server.mailsTo(person.email)).filter((mail) => /password/i.test(mail.subject) && /changed/i.test(mail.subject))).toHaveLength(1)
      expect(await challengeOf(id)).toMatchObject({ attempts: 1 })
      await signIn(sibling, { email: person.email, password: NEW_PASSWORD })
    })

    test('changes one address', async () => {
      const person = await signUp(server)
      const email = newAddress('changed')
      const id = idOf(await person.browser.api('POST', '/account/email-change/challenges', { new_email: email }))
      const code = await server.codeFor(email)
      const at = both(person.browser)
      const answers = await atOnce([server, sibling], FIFTY, (instance) =>
        at(instance).api('POST', '/account/email-change/challenges/verify', { challenge_id: id, code }),
      )
      expect(countStatuses(answers)).toEqual({ 204: 1, 400: FIFTY - 1 })
      expect(await eventsOf(server, person.id, 'user.email_changed')).toHaveLength(1)
      expect(await challengeOf(id)).toMatchObject({ attempts: 1 })
      expect((await person.browser.api('GET', '/user')).json()).toMatchObject({ email })
    })

    test('is tried five times and no more, however many guess at once, and is void afterwards', async () => {
      const email = newAddress()
      const browser = server.browser()
      const id = idOf(await browser.api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD }))
      const code = await server.codeFor(email)
      const at = both(browser)
      const guess = (instance: TestServer, text: string) => at(instance).api('POST', '/signup/challenges/verify', { challenge_id: id, code: text })
      const answers = await atOnce([server, sibling], FIFTY, (instance, index) => guess(instance, wrong(code, index)))
      expect(countStatuses(answers)).toEqual({ 400: FIFTY })
      expect(answers.filter((answer) => answer.body.includes('wrong_code'))).toHaveLength(TRIES)
      expect(answers.filter((answer) => answer.body.includes('code_exhausted'))).toHaveLength(FIFTY - TRIES)
      expect(await challengeOf(id)).toMatchObject({ attempts: TRIES, consumed_at: null })
      expect(await eventsOf(server, null, 'one_time_code.exhausted')).toHaveLength(1)
      expect((await guess(sibling, code)).statusCode).toBe(400)
      expect(await challengeOf(id)).toMatchObject({ attempts: TRIES })
    })

    test('that was guessed at by many for a reset or an email change is tried five times as well', async () => {
      const person = await signUp(server)
      const reset = idOf(await person.browser.api('POST', '/password-reset/challenges', { email: person.email, new_password: NEW_PASSWORD }))
      const resetCode = await server.codeFor(person.email)
      const email = newAddress()
      const change = idOf(await person.browser.api('POST', '/account/email-change/challenges', { new_email: email }))
      const changeCode = await server.codeFor(email)
      const at = both(person.browser)
      for (const [path, id, code] of [
        ['/password-reset/challenges/verify', reset, resetCode],
        ['/account/email-change/challenges/verify', change, changeCode],
      ] as const) {
        const guess = (instance: TestServer, text: string) => at(instance).api('POST', path, { challenge_id: id, code: text })
        const answers = await atOnce([server, sibling], 20, (instance, index) => guess(instance, wrong(code, index)))
        expect(answers.filter((answer) => answer.body.includes('wrong_code')), path).toHaveLength(TRIES)
        expect(await challengeOf(id)).toMatchObject({ attempts: TRIES })
        expect((await guess(server, code)).statusCode, path).toBe(400)
      }
      await signIn(server, person)
    })

    test('in a mix of right and wrong guesses succeeds once at most and never takes a sixth try', async () => {
      for (let round = 0; round < 3; round += 1) {
        const email = newAddress()
        const browser = server.browser()
        const id = idOf(await browser.api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD }))
        const code = await server.codeFor(email)
        const at = both(browser)
        const answers = await atOnce([server, sibling], 24, (instance, index) =>
          at(instance).api('POST', '/signup/challenges/verify', { challenge_id: id, code: index % 4 === round ? code : wrong(code, index) }),
        )
        const { 201: won = 0, ...others } = countStatuses(answers)
        expect(won).toBeLessThanOrEqual(1)
        expect(Object.keys(others)).toEqual(['400'])
        const { attempts, consumed_at: consumedAt } = await challengeOf(id)
        expect(attempts).toBeLessThanOrEqual(TRIES)
        expect(consumedAt === null).toBe(won === 0)
        const wrongAnswers = answers.filter((answer) => answer.body.includes('wrong_code')).length
        expect(wrongAnswers + won, 'each counted try was answered as one').toBe(attempts)
      }
    })

    test('sent anew by many at once is sent once, and only the newest works', async () => {
      const email = newAddress()
      const browser = server.browser()
      const id = idOf(await browser.api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD }))
      const first = await server.codeFor(email)
      server.clock.advance(31_000)
      const at = both(browser)
      const answers = await atOnce([server, sibling], 20, (instance) => at(instance).api('POST', '/challenges/resend', { challenge_id: id }))
      expect(countStatuses(answers)).toEqual({ 204: 20 })
      expect(await challengeOf(id)).toMatchObject({ sends: 2, attempts: 0 })
      expect(await server.mailsTo(email)).toHaveLength(2)
      const second = await server.codeFor(email)
      const verify = (code: string) => browser.api('POST', '/signup/challenges/verify', { challenge_id: id, code })
      if (first !== second) expect((await verify(first)).statusCode).toBe(400)
      expect((await verify(second)).statusCode).toBe(201)
    })
  })
}
