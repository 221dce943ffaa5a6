import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { appearanceOf, followToForm, locationOf } from '../harness/pages.ts'
import type { Person } from '../harness/people.ts'
import { GOOD_PASSWORD, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const NEW_PASSWORD = 'a quite different horse'

// security case I1: the two addresses have the same length, so that nothing but existence differs.
for (const engine of testEngines) {
  describe(`what a stranger can learn on ${engine}`, () => {
    let server: TestServer
    let owner: Person
    let username: string
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
      owner = await signUp(server, { email: 'person.known@example.com' })
      username = (await owner.browser.api('GET', '/user')).json<{ username: string }>().username
    })
    afterAll(() => server.close())

    /** Runs the same walk for an address with and one without an account, each in a browser that is new. */
    async function compare(walk: (browser: Browser, identifier: string) => Promise<LightMyRequestResponse>, known: string, unknown: string) {
      const browserOf = async () => {
        const browser = server.browser({ ip: '198.51.100.7' })
        await browser.get('/auth/login')
        return browser
      }
      const answers = []
      for (const identifier of [known, unknown]) {
        const answer = await walk(await browserOf(), identifier)
        const { status, headers, body } = appearanceOf(answer)
        answers.push({ status, headers, body: body.replaceAll(identifier, '<typed>').replaceAll(encodeURIComponent(identifier), '<typed>') })
      }
      expect(answers[0]).toEqual(answers[1])
      return answers[0]!
    }
    const emails = ['person.known@example.com', 'person.other@example.com'] as const
    const names = () => [username, `${'x'.repeat(username.length - 5)}00000`] as const

    test('a wrong password is answered alike, by address and by username, on pages and in the API', async () => {
      for (const [known, unknown] of [emails, names()]) {
        const page = await compare((browser, identifier) => browser.post('/auth/login', { intent: 'password', identifier, password: NEW_PASSWORD }), known, unknown)
        expect(page.status).toBe(422)
        const api = await compare((browser, identifier) => browser.api('POST', '/login', { identifier, password: NEW_PASSWORD }), known, unknown)
        expect(api.status).toBe(401)
      }
    })

    test('asking for a sign-in code is answered alike, also by username, down to the length of the state', async () => {
      for (const [known, unknown] of [emails, names()]) {
        const asked = await compare((browser, identifier) => browser.post('/auth/login', { intent: 'code', identifier }), known, unknown)
        expect(asked.status).toBe(303)
        const page = await compare(async (browser, identifier) => browser.get(locationOf(await browser.post('/auth/login', { intent: 'code', identifier }))), known, unknown)
        expect(page.status).toBe(200)
      }
    })

    test('naming oneself on a page of its own is answered alike', async () => {
      for (const [known, unknown] of [emails, names()]) {
        const named = await compare((browser, identifier) => browser.post('/auth/login', { intent: 'identify', identifier }), known, unknown)
        expect(named.status).toBe(303)
      }
    })

    test('signing up is answered alike, on pages and in the API', async () => {
      const page = await compare((browser, email) => browser.post('/auth/signup', { intent: 'signup', email, new_password: NEW_PASSWORD }), ...emails)
      expect(page.status).toBe(303)
      const api = await compare((browser, email) => browser.api('POST', '/signup/challenges', { email, password: NEW_PASSWORD }), ...emails)
      expect(api.status).toBe(202)
    })

    test('asking for a reset is answered alike, on pages and in the API', async () => {
      const page = await compare((browser, email) => browser.post('/auth/reset_password', { intent: 'identify', email }), ...emails)
      expect(page.status).toBe(303)
      const api = await compare((browser, email) => browser.api('POST', '/password-reset/challenges', { email, new_password: NEW_PASSWORD }), ...emails)
      expect(api.status).toBe(202)
    })

    test('wrong codes, all tries of them, and new codes are answered alike', async () => {
      const purposes = [
        { door: '/auth/login', further: '/auth/verify', fields: (email: string) => ({ intent: 'code', identifier: email }) },
        { door: '/auth/signup', further: '/auth/verify', fields: (email: string) => ({ intent: 'signup', email, new_password: NEW_PASSWORD }) },
        { door: '/auth/reset_password', further: '/auth/reset_password', fields: (email: string) => ({ intent: 'identify', email }) },
      ]
      for (const { door, further, fields } of purposes) {
        for (const tries of [1, 5, 6]) {
          await compare(async (browser, email) => {
            const state = await followToForm(browser, await browser.post(door, fields(email)))
            const guess = () => browser.post(further, { intent: 'submit_code', state, code: '000000' })
            for (let count = 1; count < tries; count += 1) await guess()
            return guess()
          }, ...emails)
        }
        await compare(async (browser, email) => {
          const state = await followToForm(browser, await browser.post(door, fields(email)))
          return browser.post(further, { intent: 'resend', state })
        }, ...emails)
        server.clock.advance(31_000)
        await compare(async (browser, email) => {
          const state = await followToForm(browser, await browser.post(door, fields(email)))
          server.clock.advance(31_000)
          return browser.post(further, { intent: 'resend', state })
        }, ...emails)
      }
    })

    test('API challenges answer wrong codes and resends alike', async () => {
      const challenges = [
        (browser: Browser, email: string) => browser.api('POST', '/signup/challenges', { email, password: NEW_PASSWORD }),
        (browser: Browser, email: string) => browser.api('POST', '/password-reset/challenges', { email, new_password: NEW_PASSWORD }),
      ]
      const verifies = ['/signup/challenges/verify', '/password-reset/challenges/verify']
      for (const [index, ask] of challenges.entries()) {
        for (const tries of [1, 5, 6]) {
          await compare(async (browser, email) => {
            const { challenge_id } = (await ask(browser, email)).json<{ challenge_id: string }>()
            const guess = () => browser.api('POST', verifies[index]!, { challenge_id, code: '000000' })
            for (let count = 1; count < tries; count += 1) await guess()
            return guess()
          }, ...emails)
        }
        await compare(async (browser, email) => {
          const { challenge_id } = (await ask(browser, email)).json<{ challenge_id: string }>()
          return browser.api('POST', '/challenges/resend', { challenge_id })
        }, ...emails)
      }
    })

    test('a password that is refused is refused alike', async () => {
      for (const password of ['short', 'password1', 'x'.repeat(200)]) {
        await compare((browser, email) => browser.api('POST', '/signup/challenges', { email, password }), ...emails)
        await compare((browser, email) => browser.api('POST', '/password-reset/challenges', { email, new_password: password }), ...emails)
      }
    })

    test('changing to an address that is taken is answered as changing to a free one', async () => {
      const person = await signUp(server)
      const answers = []
      for (const email of ['person.known@example.com', 'person.third@example.com']) {
        const asked = await person.browser.api('POST', '/account/email-change/challenges', { new_email: email })
        const { challenge_id } = asked.json<{ challenge_id: string }>()
        const wrong = await person.browser.api('POST', '/account/email-change/challenges/verify', { challenge_id, code: '000000' })
        const page = await person.browser.get(`/auth/settings/email/verify?challenge=${challenge_id}`)
        answers.push([appearanceOf(asked), appearanceOf(wrong), page.statusCode, page.body.length])
      }
      expect(answers[0]).toEqual(answers[1])
      expect((await server.mailTo('person.known@example.com'))?.subject).toMatch(/already have/)
    })

    test('an account that is disabled is told to nobody but who proves to own it', async () => {
      const closed = await signUp(server, { email: 'person.gone@example.com' })
      await server.app.admins.disable(closed.email)
      await compare((browser, identifier) => browser.api('POST', '/login', { identifier, password: NEW_PASSWORD }), closed.email, 'person.none@example.com')
      await compare((browser, identifier) => browser.post('/auth/login', { intent: 'code', identifier }), closed.email, 'person.none@example.com')
      const owned = await server.browser().api('POST', '/login', { identifier: closed.email, password: GOOD_PASSWORD })
      expect([owned.statusCode, owned.json<{ error: { code: string } }>().error.code]).toEqual([403, 'forbidden'])
    })
  })
}
