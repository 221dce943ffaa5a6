// The cookies that tie an authorization request under way to the browser that it began in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { signIn, signUp } from '../harness/people.ts'
import { CALLBACK } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK, setCookiesOf } from '../harness/tokens.ts'

const PLACES = [
  { place: 'https', publicUrl: 'https://app.example.com', prefix: '__Secure-', isSecure: true },
  { place: 'http', publicUrl: 'http://localhost:3000', prefix: '', isSecure: false },
]

for (const engine of testEngines) {
  describe.each(PLACES)(`the cookies of a request under way over $place on ${engine}`, ({ publicUrl, prefix, isSecure }) => {
    let server: TestServer
    let path: string
    beforeAll(async () => {
      server = await startTestServer(engine, { ...QUICK, PUBLIC_URL: publicUrl })
      const created = await server.app.clients.create({ name: 'Shop', type: 'web', redirect_uris: [CALLBACK] })
      if (!created.ok) throw new Error(JSON.stringify(created.failure))
      const query = { client_id: created.value.client.clientId, redirect_uri: CALLBACK, response_type: 'code', scope: 'openid', code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' }
      path = `/auth/oauth2/authorize?${new URLSearchParams(query).toString()}`
    })
    afterAll(() => server.close())

    async function begin() {
      const browser = server.browser()
      const answer = await browser.get(path)
      expect(answer.statusCode).toBe(303)
      const back = new URL(new URL(answer.headers['location'] ?? '', publicUrl).searchParams.get('return_to') ?? '', publicUrl).pathname
      return { browser, answer, back }
    }

    // security case D6
    test('carry the prefix that keeps plain http away where there is https, and are for nobody else', async () => {
      const { answer } = await begin()
      const cookies = setCookiesOf(answer)
      expect(cookies.map(({ name }) => name.replace(/\.sig$/, '')).sort()).toEqual(['interaction', 'interaction', 'resume', 'resume'].map((name) => `${prefix}gatepost_${name}`))
      for (const { name, attributes } of cookies) {
        expect([name, attributes.has('secure'), attributes.has('httponly'), attributes.get('samesite'), attributes.has('domain')]).toEqual([name, isSecure, true, 'lax', false])
        expect(attributes.get('path')).toMatch(/^\/auth(\/|$)/)
      }
    })

    test('bring the browser back to its application, under no other name', async () => {
      const { browser, back } = await begin()
      await signIn(server, await signUp(server), browser)
      const renamed = browser.copy()
      for (const [name, value] of [...renamed.cookies].filter(([one]) => /interaction|resume/.test(one))) {
        renamed.cookies.delete(name)
        renamed.cookies.set(prefix === '' ? `__Secure-${name}` : name.replace(prefix, ''), value)
      }
      expect((await renamed.get(back)).statusCode).toBe(400)
      const answer = await browser.get(back)
      expect([answer.statusCode, new URL(answer.headers['location'] ?? '').origin]).toEqual([303, new URL(CALLBACK).origin])
    })
  })
}
