// The address of a new account may be proven later, where the settings say so.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { followToForm } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

interface Flow {
  readonly state_token: string
  readonly action: { readonly type: string; readonly data: { readonly can_skip?: boolean } }
}

for (const engine of testEngines) {
  describe(`an address that is proven later on ${engine}`, () => {
    let server: TestServer
    let required: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, 'signup: { verification: optional }\npasskey: { prompt: off }')
      required = await server.sibling({}, 'passkey: { prompt: off }')
    })
    afterAll(async () => {
      await required.close()
      await server.close()
    })

    const whoIs = async (browser: Browser) => (await browser.api('GET', '/user')).json<{ email: string; email_verified: boolean }>()
    const begin = async (browser: Browser, email: string) => {
      const batch_input = [{ identification: 'email', login_id: email }, { authentication: 'primary_password', new_password: GOOD_PASSWORD }]
      const answer = await browser.api('POST', '/authentication_flows', { type: 'signup', name: 'default', batch_input })
      return answer.json<Flow>()
    }
    const send = (browser: Browser, { state_token }: { state_token: string }, input: object) => browser.api('POST', '/authentication_flows/states/input', { state_token, input })

    test('is put off on the page of the code, and confirmed in the settings', async () => {
      const email = newAddress()
      const browser = server.browser()
      const state = await followToForm(browser, await browser.post('/auth/signup', { intent: 'signup', identifier: email, new_password: GOOD_PASSWORD }))
      expect((await browser.post('/auth/verify', { intent: 'skip', state })).statusCode).toBe(303)
      expect(await whoIs(browser)).toMatchObject({ email, email_verified: false })
      expect((await browser.get('/auth/settings')).body).toContain('Confirm this address')
      server.clock.advance(60_000)
      const asked = await browser.post('/auth/settings/email', { new_email: email })
      const challenge = /challenge=([\w-]+)/.exec(String(asked.headers.location))?.[1]
      expect((await browser.post('/auth/settings/email/verify', { challenge_id: challenge ?? '', intent: 'submit_code', code: await server.codeFor(email) })).statusCode).toBe(303)
      expect(await whoIs(browser)).toMatchObject({ email, email_verified: true })
      expect((await browser.get('/auth/settings')).body).not.toContain('Confirm this address')
    })

    test('may be proven at once as ever, by page and by client', async () => {
      const email = newAddress()
      const browser = server.browser()
      const flow = await begin(browser, email)
      expect(flow.action).toMatchObject({ type: 'verify', data: { can_skip: true } })
      expect((await send(browser, flow, { code: await server.codeFor(email) })).json<Flow>().action.type).toBe('finished')
      expect(await whoIs(browser)).toMatchObject({ email, email_verified: true })
    })

    test('is put off by a client too, whose older state then opens nothing', async () => {
      const email = newAddress()
      const browser = server.browser()
      const flow = await begin(browser, email)
      const code = await server.codeFor(email)
      expect((await send(browser, flow, { skip: true })).json<Flow>().action.type).toBe('finished')
      expect(await whoIs(browser)).toMatchObject({ email, email_verified: false })
      expect((await send(server.browser(), flow, { code })).statusCode).toBe(400)
      expect((await send(browser, flow, { code })).statusCode).toBe(400)
    })

    test('cannot be put off where it is required', async () => {
      const email = newAddress()
      const browser = required.browser()
      const flow = await begin(browser, email)
      expect(flow.action.data.can_skip).toBe(false)
      expect((await send(browser, flow, { skip: true })).statusCode).toBe(400)
      expect((await browser.get('/auth/signup')).body).not.toContain('Confirm later')
    })

    test('that has an account makes no second one, and its owner is written to', async () => {
      const email = newAddress()
      const owner = server.browser()
      await send(owner, await begin(owner, email), { skip: true })
      const stranger = server.browser()
      const flow = await begin(stranger, email)
      expect(flow.action).toMatchObject({ type: 'verify', data: { can_skip: true } })
      expect((await send(stranger, flow, { skip: true })).statusCode).toBe(400)
      expect((await stranger.api('GET', '/user')).statusCode).toBe(401)
      expect((await server.mailsTo(email)).some(({ subject }) => /already/i.test(subject))).toBe(true)
    })
  })
}
