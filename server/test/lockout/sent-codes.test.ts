// Wrong codes in the place of those that were sent as a first proof, over as many of them as somebody asks for.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { appearanceOf, followToForm } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { eventsOf, QUICK } from '../harness/tokens.ts'

const MINUTE = 60_000
const ATTEMPTS = 6
const STRICT = `lockout: { attempts: ${ATTEMPTS}, window_minutes: 600, minimum_minutes: 10, maximum_minutes: 60, backoff_factor: 2 }`
const ONE_PAGE = `${STRICT}\nsignup: { with_login: true }`
const LINKS = `${STRICT}\nlogin: { email_code_form: both }`

for (const engine of testEngines) {
  describe(`too many wrong sent codes on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, STRICT)
      sibling = await server.sibling()
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    /** A code to sign in with, asked for by page; what a code is answered there. */
    async function askToSignIn(identifier: string, browser: Browser = server.browser()) {
      const state = await followToForm(browser, await browser.post('/auth/login', { intent: 'code', identifier }))
      return async (code: string) => browser.post('/auth/verify', { intent: 'submit_code', state, code })
    }
    async function askToRecover(email: string, browser: Browser = server.browser()) {
      const asked = (await browser.api('POST', '/password-reset/challenges', { email, new_password: 'a quite different horse' })).json<{ challenge_id: string }>()
      return async (code: string) => (await browser.api('POST', '/password-reset/challenges/verify', { ...asked, code })).statusCode
    }
    const wrongFor = async (email: string) => {
      const right = await server.codeFor(email).catch(() => '')
      return right === '000000' ? '111111' : '000000'
    }
    async function lock(email: string, on = server): Promise<void> {
      for (let count = 0; count < ATTEMPTS; count += 1) expect((await (await askToSignIn(email, on.browser()))(await wrongFor(email))).statusCode).toBe(422)
    }
    const signInBy = async (email: string, browser: Browser = server.browser()) => (await (await askToSignIn(email, browser))(await server.codeFor(email))).statusCode
    const lockMails = async (email: string) => (await server.mailsTo(email)).filter(({ subject }) => subject.includes('Too many wrong tries'))

    // security case K1
    test('lock them, over codes and instances: the right one is answered like a wrong one, then taken again', async () => {
      const ada = await signUp(server)
      for (let count = 0; count < ATTEMPTS; count += 1) {
        const submit = await askToSignIn(ada.email, (count % 2 === 0 ? server : sibling).browser())
        expect((await submit(await wrongFor(ada.email))).statusCode).toBe(422)
      }
      expect(await signInBy(ada.email)).toBe(422)
      expect(await signInBy(ada.email, sibling.browser())).toBe(422)
      expect(await (await askToRecover(ada.email))(await server.codeFor(ada.email))).toBe(400)
      expect(await eventsOf(server, ada.id, 'user.locked_out')).toMatchObject([{ data: { kind: 'one_time_code', failures: ATTEMPTS, minutes: 10 } }])
      const mails = await lockMails(ada.email)
      expect(mails).toHaveLength(1)
      expect(mails[0]?.text).toMatch(/codes sent to you are not accepted for a while[\s\S]*198\.51\./)
      expect(mails[0]?.text, 'a reset takes such a code').not.toContain('reset_password')
      server.clock.advance(10 * MINUTE + 1)
      expect(await signInBy(ada.email)).toBe(303)
    })

    // security case K1
    test('count at recovery and where signing up and in are one page, for longer each time, and a right one begins anew', async () => {
      const onePage = await server.sibling({}, ONE_PAGE)
      try {
        const ada = await signUp(server)
        const guess = async (round: number) => {
          if (round % 2 === 0) return (await askToRecover(ada.email))(await wrongFor(ada.email))
          const browser = onePage.browser()
          const sent = await browser.api('POST', '/authentication_flows', { type: 'signup_login', name: 'default', batch_input: [{ identification: 'email', login_id: ada.email }, { authentication: 'primary_oob_otp_email' }] })
          const { state_token } = sent.json<{ state_token: string }>()
          return (await browser.api('POST', '/authentication_flows/states/input', { state_token, input: { code: await wrongFor(ada.email) } })).statusCode
        }
        for (let round = 1; round < ATTEMPTS; round += 1) expect(await guess(round)).toBe(400)
        expect(await signInBy(ada.email)).toBe(303)
        for (let round = 0; round < ATTEMPTS; round += 1) expect(await guess(round)).toBe(400)
        for (const minutes of [10, 20, 40, 60]) {
          server.clock.advance((minutes - 1) * MINUTE)
          expect([minutes, await signInBy(ada.email)]).toEqual([minutes, 422])
          server.clock.advance(MINUTE + 1)
          expect(await guess(0)).toBe(400)
        }
        const found = await server.app.admins.unlock(ada.email)
        expect([found.ok, await signInBy(ada.email)]).toEqual([true, 303])
      } finally {
        await onePage.close()
      }
    })

    // security case I1
    test('are answered alike for a stranger, before and while they lock, up to the tries of each code', async () => {
      const ada = await signUp(server)
      const seen = []
      for (const email of [ada.email, newAddress()]) {
        const pages = []
        for (let code = 0; code < 3; code += 1) {
          const submit = await askToSignIn(email)
          for (let count = 0; count < 6; count += 1) {
            pages.push(appearanceOf(await submit(await wrongFor(email))))
          }
        }
        seen.push(pages)
      }
      expect(seen[0]).toEqual(seen[1])
      const rows = await server.app.database.read.selectFrom('failed_attempts').select(['kind', 'failures']).where('user_id', 'is', null).where('locked_until', '>', 0).execute()
      expect(rows).toContainEqual({ kind: 'one_time_code', failures: ATTEMPTS })
    })

    // security case K2
    test('never keep the owner out of a browser that they signed in on before, which counts for itself', async () => {
      const ada = await signUp(server)
      await ada.browser.api('POST', '/sessions/logout')
      await lock(ada.email)
      expect(await signInBy(ada.email)).toBe(422)
      expect(await signInBy(ada.email, ada.browser)).toBe(303)
      await ada.browser.api('POST', '/sessions/logout')
      expect(await (await askToRecover(ada.email, ada.browser))(await server.codeFor(ada.email))).toBe(204)
    })

    test('leave the password, and wrong passwords leave the codes', async () => {
      const ada = await signUp(server)
      await lock(ada.email)
      const login = async () => (await server.browser().api('POST', '/login', { identifier: ada.email, password: GOOD_PASSWORD })).statusCode
      expect(await login()).toBe(200)
      expect(await signInBy(ada.email), 'a right password says nothing about codes').toBe(422)
    })

    test('leave the link of the same mail, which nobody guesses', async () => {
      const links = await server.sibling({}, LINKS)
      try {
        const ada = await signUp(server)
        await lock(ada.email)
        const browser = links.browser()
        expect((await browser.post('/auth/login', { intent: 'code', identifier: ada.email })).statusCode).toBe(303)
        const [mail] = await links.mailsTo(ada.email)
        const token = /\/auth\/login_link\?token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
        await browser.get(`/auth/login_link?token=${token}`)
        await browser.post('/auth/login_link', { token })
        expect((await browser.api('GET', '/user')).statusCode).toBe(200)
        expect(await signInBy(ada.email), 'which ends no lock').toBe(422)
      } finally {
        await links.close()
      }
    })
  })
}
