import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { Person } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

for (const engine of testEngines) {
  describe(`the form that carries an answer on ${engine}`, () => {
    let server: TestServer
    let person: Person
    let shop: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
      shop = await registerRelyingParty(server)
    })
    afterAll(() => server.close())

    test('a form of ours goes to the application of its answer, and its page has no other exception to the policy', async () => {
      const { path } = await shop.begin({ response_mode: 'form_post' })
      const answer = await (await signIn(server, person)).get(path)
      const usual = String((await server.browser().get('/auth/login')).headers['content-security-policy'])
      expect(String(answer.headers['content-security-policy'])).toBe(usual.replace("form-action 'self'", 'form-action https://shop.example.com'))
      expect(answer.body).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=/)
    })

    test('what is carried by a form is text there, whatever it holds', async () => {
      const state = '"><script>alert(1)</script>&amp;\'`'
      const { path } = await shop.begin({ response_mode: 'form_post', state })
      const { body } = await (await signIn(server, person)).get(path)
      expect(body).not.toContain('<script>alert')
      expect(body).toContain('&#60;script&#62;alert(1)&#60;/script&#62;&#38;amp;')
    })
  })
}
