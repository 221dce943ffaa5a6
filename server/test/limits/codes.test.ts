import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { followToForm, locationOf } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const MINUTE_MS = 60_000
const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

// security case K1
for (const engine of testEngines) {
  describe(`emailed codes on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
      sibling = await server.sibling()
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    async function askByPage(browser: Browser = server.browser()) {
      const email = newAddress()
      const state = await followToForm(browser, await browser.post('/auth/signup', { intent: 'signup', email, new_password: GOOD_PASSWORD }))
      return { browser, email, state, submit: (code: string) => browser.post('/auth/verify', { intent: 'submit_code', state, code }) }
    }
    async function askByApi(on = server) {
      const email = newAddress()
      const browser = on.browser()
      const { challenge_id } = (await browser.api('POST', '/signup/challenges', { email, password: GOOD_PASSWORD })).json<{ challenge_id: string }>()
      return { email, challenge_id, submit: (code: string, at = on) => at.browser().api('POST', '/signup/challenges/verify', { challenge_id, code }) }
    }

    test('are six digits, and any way of writing them is taken on the page', async () => {
      const { email, submit } = await askByPage()
      const code = await server.codeFor(email)
      expect(code).toMatch(/^\d{6}$/)
      expect((await submit(` ${code.slice(0, 3)} - ${code.slice(3)} `)).statusCode).toBe(303)
    })

    test('can be tried five times: the fifth may be right', async () => {
      const { email, submit } = await askByApi()
      const code = await server.codeFor(email)
      for (let tries = 0; tries < 4; tries += 1) expect((await submit(other(code))).json()).toMatchObject({ error: { details: { fields: [{ code: 'wrong_code' }] } } })
      expect((await submit(code)).statusCode).toBe(201)
    })

    test('are void after five wrong tries, also when the sixth is right', async () => {
      const { email, submit } = await askByApi()
      const code = await server.codeFor(email)
      for (let tries = 0; tries < 5; tries += 1) expect((await submit(other(code))).statusCode).toBe(400)
      const late = await submit(code)
      expect([late.statusCode, late.json<{ error: { details: { fields: { code: string }[] } } }>().error.details.fields[0]?.code]).toEqual([400, 'code_exhausted'])
    })

    test('are void after five wrong tries on the page', async () => {
      const { email, submit } = await askByPage()
      const code = await server.codeFor(email)
      for (let tries = 0; tries < 5; tries += 1) expect((await submit(other(code))).statusCode).toBe(422)
      const late = await submit(code)
      expect([late.statusCode, late.headers['set-cookie'], late.body.includes('can no longer be used')]).toEqual([422, undefined, true])
    })

    test('have one counter at both of two instances', async () => {
      const { email, submit } = await askByApi()
      const code = await server.codeFor(email)
      for (let tries = 0; tries < 5; tries += 1) await submit(other(code), tries % 2 === 0 ? server : sibling)
      for (const at of [server, sibling]) expect((await submit(code, at)).statusCode).toBe(400)
    })

    test('tried many times at once are compared five times at most', async () => {
      const { email, submit } = await askByApi()
      const code = await server.codeFor(email)
      const answers = await Promise.all(Array.from({ length: 30 }, (_, index) => submit(other(code), index % 2 === 0 ? server : sibling)))
      const kinds = answers.map((answer) => answer.json<{ error: { details: { fields: { code: string }[] } } }>().error.details.fields[0]?.code)
      expect(kinds.filter((kind) => kind === 'wrong_code')).toHaveLength(5)
      expect((await submit(code)).statusCode).toBe(400)
    })

    test('that are right let one of many at once through', async () => {
      const { email, submit } = await askByApi()
      const code = await server.codeFor(email)
      const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => submit(code, index % 2 === 0 ? server : sibling)))
      expect(answers.filter((answer) => answer.statusCode === 201)).toHaveLength(1)
      expect(answers.every((answer) => answer.statusCode < 500)).toBe(true)
    })

    test('live ten minutes', async () => {
      const early = await askByApi()
      const late = await askByApi()
      const [earlyCode, lateCode] = [await server.codeFor(early.email), await server.codeFor(late.email)]
      server.clock.advance(9 * MINUTE_MS + 50_000)
      expect((await early.submit(earlyCode)).statusCode).toBe(201)
      server.clock.advance(11_000)
      expect((await late.submit(lateCode)).statusCode).toBe(400)
    })

    test('that are sent anew void the one before, and have tries of their own', async () => {
      const { email, challenge_id, submit } = await askByApi()
      const first = await server.codeFor(email)
      for (let tries = 0; tries < 5; tries += 1) await submit(other(first))
      server.clock.advance(31_000)
      expect((await server.browser().api('POST', '/challenges/resend', { challenge_id })).statusCode).toBe(204)
      const second = await server.codeFor(email)
      expect(await server.mailsTo(email)).toHaveLength(2)
      if (first !== second) expect((await submit(first)).statusCode).toBe(400)
      expect((await submit(second)).statusCode).toBe(201)
    })

    test('are not sent anew within thirty seconds, nor more than four times in all', async () => {
      const { browser, email, state } = await askByPage()
      const resend = () => browser.post('/auth/verify', { intent: 'resend', state })
      const early = await resend()
      expect([early.statusCode, (await server.mailsTo(email)).length]).toEqual([422, 1])
      for (let sends = 2; sends <= 4; sends += 1) {
        server.clock.advance(31_000)
        const again = await resend()
        expect([again.statusCode, locationOf(again).includes('notice=code_sent_again'), (await server.mailsTo(email)).length]).toEqual([303, true, sends])
      }
      server.clock.advance(31_000)
      expect((await resend()).statusCode).toBe(422)
      expect(await server.mailsTo(email)).toHaveLength(4)
    })

    test('asked for anew many times at once are sent once', async () => {
      const { email, challenge_id } = await askByApi()
      server.clock.advance(31_000)
      await Promise.all(Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? server : sibling).browser().api('POST', '/challenges/resend', { challenge_id })))
      expect(await server.mailsTo(email)).toHaveLength(2)
    })

    test('of one request do not answer another of the same person', async () => {
      const owner = await signUp(server)
      const handles = []
      for (let count = 0; count < 2; count += 1) {
        const asked = await server.browser().api('POST', '/password-reset/challenges', { email: owner.email, new_password: 'a quite different horse' })
        handles.push({ ...asked.json<{ challenge_id: string }>(), code: await server.codeFor(owner.email) })
      }
      if (handles[0]!.code === handles[1]!.code) return
      const crossed = await server.browser().api('POST', '/password-reset/challenges/verify', { ...handles[0]!, code: handles[1]!.code })
      expect(crossed.statusCode).toBe(400)
    })

    test.each(['12345', '1234567', 'abcdef', '12345a', '１２３４５６', '', ' 123456', '123456\n', '12 34 56', '0x1234', '1e5000', '-12345'])('%j is no code to the API and uses no try', async (text) => {
      const { email, submit } = await askByApi()
      for (let tries = 0; tries < 6; tries += 1) expect((await submit(text)).statusCode).toBe(400)
      expect((await submit(await server.codeFor(email))).statusCode).toBe(201)
    })

    test('are kept as keyed hashes, never as they are', async () => {
      const { email } = await askByApi()
      const code = await server.codeFor(email)
      const rows = await server.app.database.read.selectFrom('one_time_code').selectAll().where('destination', '=', email).execute()
      expect(rows).toHaveLength(1)
      expect(JSON.stringify(rows)).not.toContain(`"${code}"`)
      expect(rows[0]?.code_hash).toMatch(/^[A-Za-z0-9_-]{43}$/)
    })
  })
}
