// An emailed code as second factor: for who signed in by password, never for who already showed the mailbox.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askForChallenge, growStale, refusalIn } from '../account-api/challenges.ts'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { askedIn, setUpTotp } from '../harness/factors.ts'
import { followToForm, locationOf } from '../harness/pages.ts'
import { newAddress, signUp, type Person } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, countStatuses, decodeToken, QUICK } from '../harness/tokens.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'

const LISTED = 'second_factor: { mode: optional, authentications: [secondary_totp, secondary_oob_otp_email, recovery_code] }'
const REQUIRED = LISTED.replace('optional', 'required')
const MINUTE = 60_000

for (const engine of testEngines) {
  describe(`an emailed code as second factor on ${engine}`, () => {
    let server: TestServer
    let plain: TestServer
    beforeAll(async () => {
      plain = await startTestServer(engine, QUICK)
      server = await plain.sibling({}, LISTED)
    })
    afterAll(async () => {
      await server.close()
      await plain.close()
    })

    const login = async (person: Person, browser: Browser) => browser.api('POST', '/login', { identifier: person.email, password: person.password })
    const prove = (browser: Browser, id: string, code: string) => browser.api('POST', '/second-factor', { authentication_challenge_id: id, email_code: code })
    const isSignedIn = async (browser: Browser) => (await browser.api('GET', '/user')).statusCode === 200
    const sentTo = async (person: Person) => (await server.mailsTo(person.email)).filter((mail) => mail.subject.includes('second step'))

    test('is sent at once where it is the only one, and signs in with both in the token', async () => {
      const ada = await signUp(plain)
      const browser = server.browser()
      const asked = askedIn(await login(ada, browser))
      expect(asked).toMatchObject({ authentications: ['email_code'], code_sent: true, masked_destination: expect.stringMatching(/\*/) as string })
      expect(await sentTo(ada)).toHaveLength(1)
      expect(await isSignedIn(browser)).toBe(false)
      expect((await prove(browser, asked.id, await server.codeFor(ada.email))).statusCode).toBe(200)
      expect(decodeToken(cookieOf(browser, 'access')).payload).toMatchObject({ amr: ['pwd', 'otp', 'mfa'], acr: 'aal2' })
    })

    test('is asked of nobody where the settings do not list it', async () => {
      const ada = await signUp(plain)
      expect((await login(ada, plain.browser())).statusCode).toBe(200)
    })

    // security case I1
    test('is never mentioned, and never sent, to who does not know the password', async () => {
      const ada = await signUp(plain)
      const answers = await Promise.all([ada.email, newAddress('nobody')].map((identifier) => server.browser().api('POST', '/login', { identifier, password: 'wrong password' })))
      const shapes = answers.map(({ statusCode, body }) => `${statusCode} ${body.replace(/"request_id":"[^"]+"/, '')}`)
      expect(new Set(shapes).size).toBe(1)
      expect(await sentTo(ada)).toEqual([])
    })

    test('is sent on request beside another factor, and again after its pause', async () => {
      const ada = await signUp(plain)
      const { key } = await setUpTotp(plain, ada.browser)
      const browser = server.browser()
      const asked = askedIn(await login(ada, browser))
      expect(asked).toMatchObject({ authentications: ['totp', 'email_code', 'recovery_code'] })
      expect(await sentTo(ada)).toEqual([])
      expect((await prove(browser, asked.id, '000000')).statusCode).toBe(400)

      const send = (id: string, more = {}) => browser.api('POST', '/second-factor/code', { authentication_challenge_id: id, authentication: 'email_code', ...more })
      const sent = await send(asked.id)
      expect(sent.statusCode).toBe(202)
      const { authentication_challenge: challenge } = sent.json<{ authentication_challenge: { id: string } }>()
      const first = await server.codeFor(ada.email)
      expect(refusalIn(await send(challenge.id, { resend: true })).slice(0, 2)).toEqual([429, 'rate_limited'])
      server.clock.advance(MINUTE)
      expect((await send(challenge.id, { resend: true })).statusCode).toBe(202)
      expect(await sentTo(ada)).toHaveLength(2)
      const second = await server.codeFor(ada.email)
      if (first !== second) expect((await prove(browser, challenge.id, first)).statusCode).toBe(401)
      // The other factor still answers, from the same state.
      const other = server.browser()
      expect((await other.api('POST', '/second-factor', { authentication_challenge_id: challenge.id, totp_code: totpCode(key, server.clock.now()) })).statusCode).toBe(200)
      expect(refusalIn(await prove(browser, challenge.id, second))).toEqual([400, 'invalid_request', 'authentication_challenge_id:invalid_challenge'])
    })

    // security case J5
    test('is not the code that was the first proof, nor is the mailbox a second factor to itself', async () => {
      const ada = await signUp(plain)
      // The mailbox alone: signed in as before, without a claim to two factors.
      const pages = server.browser()
      const state = await followToForm(pages, await pages.post('/auth/login', { intent: 'code', identifier: ada.email }))
      await pages.post('/auth/verify', { intent: 'submit_code', state, code: await server.codeFor(ada.email) })
      expect(decodeToken(cookieOf(pages, 'access')).payload).toMatchObject({ amr: ['otp'], acr: 'aal1' })

      // With another factor set up that one is asked for, and the mailbox is not among the choices.
      const { key } = await setUpTotp(plain, ada.browser)
      const browser = server.browser()
      const asked = await followToForm(browser, await browser.post('/auth/login', { intent: 'code', identifier: ada.email }))
      const second = await browser.post('/auth/verify', { intent: 'submit_code', state: asked, code: await server.codeFor(ada.email) })
      const page = await browser.get(locationOf(second))
      expect(page.body).toContain('value="totp"')
      expect(page.body).not.toContain('value="email_code"')
      const after = /name="state" value="([^"]*)"/.exec(page.body)?.[1] ?? ''
      expect((await browser.post('/auth/verify', { intent: 'email_code', state: after })).statusCode).toBe(400)
      expect(await isSignedIn(browser)).toBe(false)
      expect(key).not.toBe('')

      // A code asked for as first proof in an earlier state of the same flow does not answer for the second.
      const mixed = server.browser()
      const named = await followToForm(mixed, await mixed.post('/auth/login', { intent: 'identify', identifier: ada.email }))
      await mixed.post('/auth/verify', { intent: 'code', state: named })
      const primary = await server.codeFor(ada.email)
      server.clock.advance(1_000)
      const byPassword = await followToForm(mixed, await mixed.post('/auth/verify', { intent: 'password', state: named, password: ada.password }))
      const chosen = await followToForm(mixed, await mixed.post('/auth/verify', { intent: 'email_code', state: byPassword }))
      const secondary = await server.codeFor(ada.email)
      if (primary !== secondary) {
        expect((await mixed.post('/auth/verify', { intent: 'submit_code', state: chosen, code: primary })).statusCode).toBe(422)
        expect(await isSignedIn(mixed)).toBe(false)
      }
    })

    // security case J6
    test('of another flow, or after its flow is finished, is worth nothing', async () => {
      const ada = await signUp(plain)
      const [one, two] = [server.browser(), server.browser()]
      const first = askedIn(await login(ada, one))
      const codeOfFirst = await server.codeFor(ada.email)
      server.clock.advance(1_000)
      const second = askedIn(await login(ada, two))
      if ((await server.codeFor(ada.email)) !== codeOfFirst) expect((await prove(two, second.id, codeOfFirst)).statusCode).toBe(401)
      expect((await prove(one, first.id, codeOfFirst)).statusCode).toBe(200)
      expect((await prove(two, first.id, codeOfFirst)).statusCode).toBe(400)
      expect(await isSignedIn(two)).toBe(false)
    })

    test('finishes one of fifty parallel tries at two servers', async () => {
      const ada = await signUp(plain)
      const other = await server.sibling()
      try {
        const asked = askedIn(await login(ada, server.browser()))
        const code = await server.codeFor(ada.email)
        const browsers = await Promise.all(Array.from({ length: 50 }, async (_, index) => {
          const browser = (index % 2 === 0 ? server : other).browser()
          await browser.api('GET', '/csrf')
          return browser
        }))
        const answers = await Promise.all(browsers.map((browser) => prove(browser, asked.id, code)))
        expect(countStatuses(answers)[200]).toBe(1)
      } finally {
        await other.close()
      }
    })

    // security case K1
    test('counts wrong tries against the account, whichever flow they are made in', async () => {
      const limited = await plain.sibling({ RATE_LIMITS: 'on' }, LISTED)
      try {
        const ada = await signUp(plain)
        const statuses: number[] = []
        for (let flow = 0; flow < 3; flow += 1) {
          const browser = limited.browser()
          const asked = askedIn(await login(ada, browser))
          const wrong = (await limited.codeFor(ada.email)) === '000000' ? '111111' : '000000'
          for (let guess = 0; guess < 4; guess += 1) statuses.push((await prove(browser, asked.id, wrong)).statusCode)
        }
        expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429])
      } finally {
        await limited.close()
      }
    })

    test('is part of proving again who one is, and its challenge says how long it is good for', async () => {
      const ada = await signUp(plain)
      const browser = server.browser()
      const first = askedIn(await login(ada, browser))
      expect(Date.parse(first.expires_at) - server.clock.now()).toBeGreaterThan(19 * MINUTE)
      await prove(browser, first.id, await server.codeFor(ada.email))
      await growStale(server, browser)
      const challenge = await askForChallenge(browser)
      const asked = askedIn(await browser.api('POST', '/reauthenticate/password', { authentication_challenge_id: challenge, password: ada.password }))
      expect(asked).toMatchObject({ authentications: ['email_code'], code_sent: true })
      expect(Date.parse(asked.expires_at) - server.clock.now()).toBeLessThanOrEqual(5 * MINUTE)
      server.clock.advance(MINUTE)
      const again = await browser.api('POST', '/reauthenticate/second-factor/code', { authentication_challenge_id: asked.id, authentication: 'email_code', resend: true })
      expect(again.statusCode).toBe(202)
      const proof = { authentication_challenge_id: asked.id, email_code: await server.codeFor(ada.email) }
      expect((await browser.api('POST', '/reauthenticate/second-factor', proof)).statusCode).toBe(204)
      expect((await browser.api('POST', '/reauthenticate/check')).statusCode).toBe(204)
    })

    test('is what a session by password alone still owes before anything changes that protects the account', async () => {
      const ada = await signUp(plain)
      const spared = plain.browser()
      expect((await login(ada, spared)).statusCode).toBe(200)
      const seen = server.browser()
      for (const [name, value] of spared.cookies) seen.cookies.set(name, value)
      expect((await seen.api('POST', '/account/totp-set-up')).statusCode).toBe(428)
    })

    // security case J5
    test('where one is required, is enough; the mailbox alone sets up no other beside a password', async () => {
      const strict = await plain.sibling({}, REQUIRED)
      try {
        const ada = await signUp(strict)
        expect(decodeToken(cookieOf(ada.browser, 'access')).payload).toMatchObject({ amr: ['pwd', 'otp', 'mfa'] })
        const browser = strict.browser()
        expect((await prove(browser, askedIn(await login(ada, browser)).id, await strict.codeFor(ada.email))).statusCode).toBe(200)
        const pages = strict.browser()
        const state = await followToForm(pages, await pages.post('/auth/login', { intent: 'code', identifier: ada.email }))
        const refused = await pages.post('/auth/verify', { intent: 'submit_code', state, code: await strict.codeFor(ada.email) })
        expect([refused.statusCode, refused.body.includes('Use your password')]).toEqual([403, true])
        expect(await isSignedIn(pages)).toBe(false)
      } finally {
        await strict.close()
      }
    })

    test('is walked in the pages, with a way to the other factors and back', async () => {
      const ada = await signUp(plain)
      await setUpTotp(plain, ada.browser)
      const browser = server.browser()
      const asked = await followToForm(browser, await browser.post('/auth/login', { intent: 'password', identifier: ada.email, password: ada.password }))
      const sent = await browser.get(locationOf(await browser.post('/auth/verify', { intent: 'email_code', state: asked })))
      expect(sent.body).toContain('value="other_factor"')
      expect(sent.body).not.toContain(ada.email)
      const waiting = /name="state" value="([^"]*)"/.exec(sent.body)?.[1] ?? ''
      const back = await browser.get(locationOf(await browser.post('/auth/verify', { intent: 'other_factor', factor: 'secondary_totp', state: waiting })))
      expect(back.body).toContain('value="totp"')
      const code = await server.codeFor(ada.email)
      const done = await browser.post('/auth/verify', { intent: 'submit_code', state: waiting, code, trust_device: 'yes' })
      expect([done.statusCode, await isSignedIn(browser)]).toEqual([303, true])
      expect((await login(ada, browser)).statusCode).toBe(200)
    })

    // security case J10
    test('goes to the address the account has now, or nowhere', async () => {
      const ada = await signUp(plain)
      await setUpTotp(plain, ada.browser)
      const browser = server.browser()
      const asked = askedIn(await login(ada, browser))
      const address = newAddress('moved')
      const wanted = await ada.browser.api('POST', '/account/email-change/challenges', { new_email: address })
      const { challenge_id } = wanted.json<{ challenge_id: string }>()
      const moved = await ada.browser.api('POST', '/account/email-change/challenges/verify', { challenge_id, code: await server.codeFor(address) })
      expect(moved.statusCode, moved.body).toBeLessThan(300)
      const before = (await sentTo(ada)).length
      await browser.api('POST', '/second-factor/code', { authentication_challenge_id: asked.id, authentication: 'email_code' })
      expect(await sentTo(ada)).toHaveLength(before)
    })
  })
}
