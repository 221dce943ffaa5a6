import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { signInAt } from '../harness/logouts.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { CALLBACK, follow, ISSUER, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, QUICK } from '../harness/tokens.ts'

const GOODBYE = 'https://shop.example.com/goodbye'

for (const engine of testEngines) {
  describe(`a sign-out that applications hear of in the browser on ${engine}`, () => {
    let server: TestServer
    let person: Person
    let shop: RelyingParty
    let desk: RelyingParty
    let quiet: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      person = await signUp(server)
      shop = await registerRelyingParty(server, { frontchannel_logout_uri: 'https://shop.example.com/frame', post_logout_redirect_uris: [GOODBYE] })
      desk = await registerRelyingParty(server, { redirect_uris: [CALLBACK, 'https://desk.example.com:8443/callback'], frontchannel_logout_uri: 'https://desk.example.com:8443/a?b=c&d' })
      quiet = await registerRelyingParty(server, { post_logout_redirect_uris: [GOODBYE] })
    })
    afterAll(() => server.close())

    async function signedInAtAll(): Promise<{ browser: Browser; frames: string[]; atShop: string; atQuiet: string }> {
      const browser = await signIn(server, person)
      const [atShop, atDesk, atQuiet] = [await signInAt(browser, shop), await signInAt(browser, desk), await signInAt(browser, quiet)]
      const told = (sid: string) => new URLSearchParams({ iss: ISSUER, sid }).toString()
      const frames = [`https://shop.example.com/frame?${told(atShop.sid)}`, `https://desk.example.com:8443/a?b=c&d&${told(atDesk.sid)}`]
      return { browser, frames: frames.toSorted(), atShop: atShop.idToken, atQuiet: atQuiet.idToken }
    }
    const isSignedIn = async (browser: Browser) => (await browser.api('GET', '/user')).statusCode === 200

    /** Everything about the page that stands between the sign-out and where it leads. */
    function expectFrames(answer: LightMyRequestResponse, { frames, to }: { frames: readonly string[]; to: string }): void {
      expect(answer.statusCode).toBe(200)
      const decoded = answer.body.replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code))).replaceAll('&amp;', '&')
      expect([...decoded.matchAll(/<iframe src="([^"]*)"/g)].map(([, source]) => source!).toSorted()).toEqual(frames)
      expect(answer.body).not.toMatch(/<iframe(?![^>]* sandbox="allow-scripts allow-same-origin")/)
      const policy = String(answer.headers['content-security-policy']).split('; ')
      const sources = policy.filter((one) => one.startsWith('frame-src ')).map((one) => one.split(' ').slice(1).toSorted())
      expect(sources).toEqual([['https://desk.example.com:8443', 'https://shop.example.com']])
      expect(decoded).toContain(`<meta http-equiv="refresh" content="3;url=${to}">`)
      expect(decoded).toContain(`href="${to}" data-after-frames="3"`)
    }

    test('on our own page: every application that wants to is opened in a frame, and the page goes on to ours', async () => {
      const { browser, frames } = await signedInAtAll()
      expectFrames(await browser.post('/auth/logout', {}), { frames, to: '/auth/signed_out' })
      expect(await isSignedIn(browser)).toBe(false)
    })

    test('on our own page, with only the refresh cookie left', async () => {
      const { browser, frames } = await signedInAtAll()
      browser.cookies.delete('gatepost_access')
      expect(cookieOf(browser, 'refresh')).not.toBe('')
      expectFrames(await browser.post('/auth/logout', { return_to: '/orders' }), { frames, to: '/orders' })
    })

    test('that one of them asks for: the others hear of it too, and the page goes on to where it was asked to', async () => {
      const { browser, frames, atQuiet } = await signedInAtAll()
      const { answer } = await follow(browser, `/auth/oauth2/end_session?${new URLSearchParams({ id_token_hint: atQuiet, post_logout_redirect_uri: GOODBYE, state: 'a&b' }).toString()}`)
      expectFrames(answer, { frames, to: `${GOODBYE}?state=a%26b` })
      expect(await isSignedIn(browser)).toBe(false)
    })

    test('that was confirmed first leads back over the same page', async () => {
      const { browser, frames } = await signedInAtAll()
      const { answer } = await follow(browser, `/auth/oauth2/end_session?${new URLSearchParams({ client_id: shop.clientId, post_logout_redirect_uri: GOODBYE }).toString()}`)
      const returnTo = new URL(answer.raw.req.url ?? '', 'http://x').searchParams.get('return_to')!
      expectFrames(await browser.post('/auth/logout', { return_to: returnTo }), { frames, to: returnTo })
      expect((await follow(browser, returnTo)).location).toBe(GOODBYE)
    })

    test('of a session that was at none of them shows no frame, and no policy lets one in', async () => {
      const browser = await signIn(server, person)
      await signInAt(browser, quiet)
      const answer = await browser.post('/auth/logout', {})
      expect([answer.statusCode, answer.headers['location']]).toEqual([303, '/auth/signed_out'])
      expect(String(answer.headers['content-security-policy'])).not.toContain('frame-src')
    })

    test('that a script of an application asks for is answered with where to go, as ever', async () => {
      const { browser } = await signedInAtAll()
      const answer = await browser.post('/auth/logout', {}, { 'hx-request': 'true' })
      expect([answer.headers['hx-redirect'], answer.body]).toEqual(['/auth/signed_out', ''])
      expect(await isSignedIn(browser)).toBe(false)
    })

    test('of another session opens nothing of this one', async () => {
      const { browser, atShop } = await signedInAtAll()
      const other = await signIn(server, person)
      const { answer } = await follow(other, `/auth/oauth2/end_session?id_token_hint=${atShop}`)
      expect(answer.body).not.toContain('<iframe')
      expect(await isSignedIn(browser)).toBe(true)
    })
  })
}
