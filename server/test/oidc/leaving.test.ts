import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { Person } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { CALLBACK, follow, ISSUER, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

/** As browsers send it with whatever a person opens. */
const NAVIGATION = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

for (const engine of testEngines) {
  describe(`leaving for the application on ${engine}`, () => {
    let server: TestServer
    let person: Person
    let shop: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
      shop = await registerRelyingParty(server)
    })
    afterAll(() => server.close())

    test('after our form a page takes the browser there, which the policy of the form could not hold back', async () => {
      const browser = server.browser()
      const { path, checks } = await shop.begin()
      const { answer } = await follow(browser, path)
      const back = new URL(String(answer.raw.req.url), ISSUER).searchParams.get('return_to')!
      const left = await (await signIn(server, person, browser)).get(back, NAVIGATION)
      expect([left.statusCode, left.headers['location']]).toEqual([200, undefined])
      expect(left.headers['cache-control']).toContain('no-store')
      const [, to] = /^0;url=(.*)$/.exec(String(left.headers['refresh']))!
      expect(to).toMatch(`${CALLBACK}?`)
      const text = left.body.replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
      expect(text).toContain(`href="${to!}"`)
      expect((await shop.redeem(to!, checks)).claims()?.sub).toBe(person.id)
    })

    test('who is asked nothing is redirected at once', async () => {
      const { path } = await shop.begin()
      const answer = await (await signIn(server, person)).get(path, NAVIGATION)
      expect([answer.statusCode, answer.headers['refresh']]).toEqual([303, undefined])
    })

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
