import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { addEmail, emailsOf } from '../harness/emails.ts'
import { testEngines } from '../harness/engines.ts'
import { followToForm } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'
import { challengeIn, growStale, refusalIn } from './challenges.ts'

for (const engine of testEngines) {
  describe(`several email addresses on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    const idOf = async (browser: Browser, email: string) => (await emailsOf(browser)).find((one) => one.email === email)!.id
    const login = async (identifier: string) => (await server.browser().api('POST', '/login', { identifier, password: GOOD_PASSWORD })).statusCode
    const subjectsTo = async (address: string) => (await server.mailsTo(address)).map((mail) => mail.subject).join()
    const codesTo = async (address: string) => (await server.mailsTo(address)).filter((mail) => /\d{3} \d{3}/.test(mail.text)).length
    const primaryOf = async (browser: Browser) => (await browser.api('GET', '/user')).json<{ email: string }>().email

    test('count once the code sent to them came back: each signs in then, and old and new are told', async () => {
      const ada = await signUp(server)
      const second = newAddress('second')
      const asked = await ada.browser.api('POST', '/account/email-challenges', { email: second })
      expect([await login(second), (await emailsOf(ada.browser)).length]).toEqual([401, 1])
      const { challenge_id } = asked.json<{ challenge_id: string }>()
      expect((await ada.browser.api('POST', '/account/email-challenges/verify', { challenge_id, code: await server.codeFor(second) })).statusCode).toBe(204)
      expect((await emailsOf(ada.browser)).map(({ email, is_primary, verified_at }) => [email, is_primary, verified_at !== null])).toEqual([
        [ada.email, true, true],
        [second, false, true],
      ])
      expect([await login(ada.email), await login(second.toUpperCase()), await primaryOf(ada.browser)]).toEqual([200, 200, ada.email])
      for (const address of [ada.email, second]) expect(await subjectsTo(address)).toMatch(/address was added/)
      expect(await eventsOf(server, ada.id, 'user.email_added')).toHaveLength(1)
    })

    test('take codes where they were typed: sign-in and recovery go to a verified one, whichever is primary', async () => {
      const ada = await signUp(server)
      const second = await addEmail(server, ada.browser)
      const before = await codesTo(ada.email)
      const byCode = server.browser()
      const state = await followToForm(byCode, await byCode.post('/auth/login', { intent: 'code', identifier: second }))
      expect((await byCode.post('/auth/verify', { intent: 'submit_code', state, code: await server.codeFor(second) })).statusCode).toBe(303)
      expect((await byCode.api('GET', '/user')).json()).toMatchObject({ id: ada.id, email: ada.email })
      const forgetful = server.browser()
      const reset = await forgetful.api('POST', '/password-reset/challenges', { email: second, new_password: 'another good password' })
      expect(await codesTo(ada.email)).toBe(before)
      const done = await forgetful.api('POST', '/password-reset/challenges/verify', { ...reset.json<object>(), code: await server.codeFor(second) })
      expect(done.statusCode).toBe(204)
      await signIn(server, { email: ada.email, password: 'another good password' })
    })

    test('can each become the primary one, which is then shown, and both are told', async () => {
      const ada = await signUp(server)
      const second = await addEmail(server, ada.browser)
      expect((await ada.browser.api('PUT', `/account/emails/${await idOf(ada.browser, second)}/primary`)).statusCode).toBe(204)
      expect(await primaryOf(ada.browser)).toBe(second)
      expect((await emailsOf(ada.browser)).map(({ email, is_primary }) => [email, is_primary])).toEqual([
        [second, true],
        [ada.email, false],
      ])
      for (const address of [ada.email, second]) expect((await server.mailTo(address))?.subject).toMatch(/another primary address/)
      expect(await login(ada.email)).toBe(200)
      await ada.browser.api('PUT', '/account/password', { current_password: GOOD_PASSWORD, new_password: `${GOOD_PASSWORD} two` })
      expect((await server.mailTo(second))?.subject).toMatch(/password/i)
    })

    test('are removed, never the last one; the oldest other one follows a primary one, and both are told', async () => {
      const ada = await signUp(server)
      const [second, third] = [await addEmail(server, ada.browser), await addEmail(server, ada.browser)]
      expect((await ada.browser.api('DELETE', `/account/emails/${await idOf(ada.browser, ada.email)}`)).statusCode).toBe(204)
      expect([await login(ada.email), await login(second), await primaryOf(ada.browser)]).toEqual([401, 200, second])
      for (const address of [ada.email, second]) expect(await subjectsTo(address)).toMatch(/address was removed/)
      expect((await ada.browser.api('DELETE', `/account/emails/${await idOf(ada.browser, third)}`)).statusCode).toBe(204)
      expect(refusalIn(await ada.browser.api('DELETE', `/account/emails/${await idOf(ada.browser, second)}`))).toEqual([409, 'last_email'])
      // Free for whoever owns it now.
      expect((await signUp(server, { email: ada.email })).id).not.toBe(ada.id)
    })

    test('that all go at once leave one', async () => {
      const ada = await signUp(server)
      for (let count = 0; count < 3; count += 1) await addEmail(server, ada.browser)
      const ids = (await emailsOf(ada.browser)).map((one) => one.id)
      const answers = await atOnce([server], ids.length, (_server, index) => ada.browser.api('DELETE', `/account/emails/${ids[index]}`))
      expect(countStatuses(answers)).toEqual({ 204: 3, 409: 1 })
      expect((await emailsOf(ada.browser)).map((one) => one.is_primary)).toEqual([true])
    })

    test('want a recent proof for every change', async () => {
      const ada = await signUp(server)
      const second = await addEmail(server, ada.browser)
      const id = await idOf(ada.browser, second)
      await growStale(server, ada.browser)
      challengeIn(await ada.browser.api('POST', '/account/email-challenges', { email: newAddress() }))
      challengeIn(await ada.browser.api('PUT', `/account/emails/${id}/primary`))
      challengeIn(await ada.browser.api('DELETE', `/account/emails/${id}`))
      const page = await ada.browser.post('/auth/settings/email/remove', { email_id: id })
      expect([page.statusCode, String(page.headers['location'])]).toEqual([303, expect.stringContaining('/auth/reauthenticate')])
      expect(await emailsOf(ada.browser)).toHaveLength(2)
    })

    test('of another account are neither told nor touched', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      const second = await addEmail(server, ada.browser)
      const taken = await eve.browser.api('POST', '/account/email-challenges', { email: second })
      const free = await eve.browser.api('POST', '/account/email-challenges', { email: newAddress() })
      expect([taken.statusCode, Object.keys(taken.json<object>())]).toEqual([free.statusCode, Object.keys(free.json<object>())])
      const id = await idOf(ada.browser, second)
      expect(refusalIn(await eve.browser.api('DELETE', `/account/emails/${id}`))).toEqual([404, 'not_found'])
      expect(refusalIn(await eve.browser.api('PUT', `/account/emails/${id}/primary`))).toEqual([404, 'not_found'])
      expect((await server.mailTo(second))?.subject).not.toMatch(/code/i)
      expect(await emailsOf(ada.browser)).toHaveLength(2)
    })

    test('that two accounts add at once belong to one of them', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      const wanted = newAddress('wanted')
      const people = [ada, eve]
      const codes: { challenge_id: string; code: string }[] = []
      for (const { browser } of people) {
        const asked = await browser.api('POST', '/account/email-challenges', { email: wanted })
        codes.push({ ...asked.json<{ challenge_id: string }>(), code: await server.codeFor(wanted) })
      }
      const answers = await atOnce([server], 2, (_server, index) => people[index]!.browser.api('POST', '/account/email-challenges/verify', codes[index]))
      expect(countStatuses(answers)).toEqual({ 204: 1, 400: 1 })
    })

    test('a change of address is an addition that takes the place of the primary one', async () => {
      const ada = await signUp(server)
      const second = await addEmail(server, ada.browser)
      const next = newAddress('next')
      const asked = await ada.browser.api('POST', '/account/email-change/challenges', { new_email: next })
      const proof = { ...asked.json<object>(), code: await server.codeFor(next) }
      // A code says what it was asked for.
      expect((await ada.browser.api('POST', '/account/email-challenges/verify', proof)).statusCode).toBe(400)
      expect((await ada.browser.api('POST', '/account/email-change/challenges/verify', proof)).statusCode).toBe(204)
      expect((await emailsOf(ada.browser)).map(({ email, is_primary }) => [email, is_primary])).toEqual([
        [next, true],
        [second, false],
      ])
      expect(await login(ada.email)).toBe(401)
    })

    test('are added, made primary and removed in the pages', async () => {
      const ada = await signUp(server)
      const second = newAddress('second')
      const asked = await ada.browser.post('/auth/settings/email', { new_email: second, intent: 'add_email' })
      const challenge = new URL(String(asked.headers['location']), 'http://localhost').searchParams.get('challenge') ?? ''
      const added = await ada.browser.post('/auth/settings/email/verify', { challenge_id: challenge, code: await server.codeFor(second) })
      expect(String(added.headers['location'])).toContain('notice=email_added')
      const id = await idOf(ada.browser, second)
      expect((await ada.browser.get('/auth/settings')).body).toContain(`Make primary: ${second}`)
      expect((await ada.browser.post('/auth/settings/email/primary', { email_id: id })).statusCode).toBe(303)
      expect(await primaryOf(ada.browser)).toBe(second)
      expect((await ada.browser.post('/auth/settings/email/remove', { email_id: await idOf(ada.browser, ada.email) })).statusCode).toBe(303)
      const refused = await ada.browser.post('/auth/settings/email/remove', { email_id: id })
      expect([refused.statusCode, refused.body.includes('This is the only verified address.')]).toEqual([422, true])
    })
  })

  describe(`addresses beside one that nobody proved on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, 'signup: { verification: off }')
    })
    afterAll(() => server.close())

    async function squat() {
      const email = newAddress('victim')
      const browser = server.browser()
      await browser.api('POST', '/signup/direct', { email, password: GOOD_PASSWORD })
      return { email, browser }
    }

    // Account pre-hijacking: a proven address of the squatter's beside the victim's would stay a way in.
    test('take its place: the owner of the unproven one finds it free, and the squatter keeps nothing of theirs', async () => {
      const { email, browser } = await squat()
      const own = await addEmail(server, browser)
      expect((await emailsOf(browser)).map((one) => one.email)).toEqual([own])
      const owner = server.browser()
      const made = await owner.api('POST', '/signup/direct', { email, password: 'only the owner knows this' })
      expect(made.statusCode).toBe(201)
      expect((await server.browser().api('POST', '/login', { identifier: email, password: GOOD_PASSWORD })).statusCode).toBe(401)
    })

    test('are not added any more once the owner proved theirs, by a code that was under way', async () => {
      const { email, browser } = await squat()
      const trojan = newAddress('trojan')
      const asked = await browser.api('POST', '/account/email-challenges', { email: trojan })
      const proof = { ...asked.json<object>(), code: await server.codeFor(trojan) }
      const owner = server.browser()
      const state = await followToForm(owner, await owner.post('/auth/login', { intent: 'code', identifier: email }))
      await owner.post('/auth/verify', { intent: 'submit_code', state, code: await server.codeFor(email) })
      expect((await browser.api('POST', '/account/email-challenges/verify', proof)).statusCode).toBe(401)
      expect(refusalIn(await owner.api('POST', '/account/email-challenges/verify', proof))).toEqual([400, 'invalid_request', 'code:code_exhausted'])
      expect((await emailsOf(owner)).map((one) => one.email)).toEqual([email])
    })
  })
}
