import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, newAddress } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

for (const engine of testEngines) {
  describe(`the main walk on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine)
    })
    afterAll(() => server.close())

    test('a person signs up, signs out and signs in on the pages, and comes back to where they were', async () => {
      const browser = server.browser()
      const email = newAddress()
      await browser.get('/auth/signup?return_to=/notes')
      const asked = await browser.post('/auth/signup', { intent: 'signup', email, new_password: GOOD_PASSWORD, return_to: '/notes' })
      expect(asked.statusCode).toBe(303)
      const verifyAddress = String(asked.headers.location)
      expect(verifyAddress).toMatch(/^\/auth\/verify\?flow=/)

      const page = await browser.get(verifyAddress)
      expect(page.statusCode).toBe(200)
      const state = /name="state" value="([^"]+)"/.exec(page.body)?.[1] ?? ''
      const verified = await browser.post('/auth/verify', { intent: 'submit_code', state, code: await server.codeFor(email) })
      expect([verified.statusCode, verified.headers.location]).toEqual([303, '/notes'])
      expect([...browser.cookies.keys()].sort()).toEqual(['gatepost_access', 'gatepost_csrf', 'gatepost_known', 'gatepost_refresh'])

      const user = await browser.api('GET', '/user')
      expect(user.json()).toMatchObject({ email, email_verified: true, roles: [] })

      const out = await browser.post('/auth/logout', {})
      expect(out.statusCode).toBe(303)
      expect((await browser.api('GET', '/user')).statusCode).toBe(401)

      const signedIn = await browser.post('/auth/login', { intent: 'password', identifier: email, password: GOOD_PASSWORD, return_to: '/notes' })
      expect([signedIn.statusCode, signedIn.headers.location]).toEqual([303, '/notes'])
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ email })
    })
  })
}
