// What was proven at an application's own screen is good once, for one request, in the browser that the request waits in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { arriveAt, byPassword, finishPath, openScreen, SCREEN, whoIs } from '../harness/custom-screen.ts'
import { testEngines } from '../harness/engines.ts'
import { signUpWithTotp } from '../harness/factors.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { RelyingParty } from '../harness/relying-party.ts'
import { follow, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const MINUTE = 60_000
const PARALLEL = 50

for (const engine of testEngines) {
  describe(`what a screen of one's own cannot do on ${engine}`, () => {
    let server: TestServer
    let shop: RelyingParty
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      shop = await registerRelyingParty(server, { custom_ui_uri: SCREEN })
    })
    afterAll(() => server.close())

    const arrive = (browser: Browser) => arriveAt(server, shop, browser)
    async function refusedAt(browser: Browser, path: string): Promise<void> {
      const before = [...browser.cookies].filter(([name]) => !name.endsWith('.sig'))
      const answer = await browser.get(path)
      expect([answer.statusCode, answer.headers['location']], answer.body).toEqual([400, undefined])
      expect([...browser.cookies].filter(([name]) => !name.endsWith('.sig'))).toEqual(before)
    }

    // security cases C10 and D12
    test('an attacker signs nobody in to the account of the attacker, nor in to that of the victim in another browser', async () => {
      const eve = await signUp(server)
      const attacker = server.browser()
      const ofAttacker = await arrive(attacker)
      const lure = finishPath(await ofAttacker.screen.begin('login', ...byPassword(eve)))
      // Somebody who has nothing to do with it, somebody whose own request waits, and somebody who is signed in.
      const victim = server.browser()
      const { screen, checks } = await arrive(victim)
      const ada = await signUp(server)
      for (const browser of [server.browser(), victim, ada.browser]) await refusedAt(browser, lure)
      expect(await whoIs(ada.browser)).toBe(ada.email)

      const path = finishPath(await screen.begin('login', ...byPassword(ada)))
      await refusedAt(attacker, path)
      await refusedAt(server.browser(), path)
      // Refusals spent nothing: the one browser that it is for still gets in.
      const { location } = await follow(victim, path)
      expect((await shop.redeem(location!, checks)).claims()?.sub).toBe(ada.id)
    })

    test('a cookie that was not signed here is none', async () => {
      const ada = await signUp(server)
      const { screen } = await arrive(server.browser())
      const path = finishPath(await screen.begin('login', ...byPassword(ada)))
      const forger = server.browser()
      forger.cookies.set('gatepost_resume', screen.parameters['request']!)
      await refusedAt(forger, path)
      forger.cookies.set('gatepost_resume.sig', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA')
      await refusedAt(forger, path)
    })

    // security case D5
    test('a cookie that is there twice is believed in neither place', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const { screen } = await arrive(browser)
      const path = finishPath(await screen.begin('login', ...byPassword(ada)))
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      for (const planted of [`${cookie}; gatepost_resume=planted`, `gatepost_resume=planted; ${cookie}`]) {
        expect((await server.browser().raw({ method: 'GET', url: path, headers: { cookie: planted } })).statusCode).toBe(400)
      }
      expect((await browser.get(path)).statusCode).toBe(303)
    })

    // security case D12
    test('what was proven for one request finishes no other, not even of the same browser', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const first = await arrive(browser)
      const ticketOfFirst = new URL(finishPath(await first.screen.begin('login', ...byPassword(ada))), 'http://here').searchParams.get('ticket')!
      const second = await arrive(browser)
      const uid = second.screen.parameters['request']
      await refusedAt(browser, `/auth/oauth2/authorize/${uid}/finish?ticket=${encodeURIComponent(ticketOfFirst)}`)
      await refusedAt(browser, `/auth/oauth2/authorize/${uid}/finish?ticket=${encodeURIComponent(`${ticketOfFirst.slice(0, -4)}AAAA`)}`)
      await refusedAt(browser, `/auth/oauth2/authorize/${uid}/finish`)
    })

    // security case D12
    test('it is good once, and for minutes', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const { screen } = await arrive(browser)
      const path = finishPath(await screen.begin('login', ...byPassword(ada)))
      const copy = browser.copy()
      expect((await browser.raw({ method: 'HEAD', url: path })).statusCode).toBe(405)
      expect((await browser.get(path)).statusCode).toBe(303)
      await refusedAt(copy, path)
      expect((await screen.call('', { type: 'login', name: 'default', request: screen.parameters['request'] })).json()).toMatchObject({ error: { details: { fields: [{ field: 'request', code: 'request_over' }] } } })

      const other = server.browser()
      const late = finishPath(await (await arrive(other)).screen.begin('login', ...byPassword(ada)))
      server.clock.advance(5 * MINUTE + 1)
      await refusedAt(other, late)
    })

    test('of two that were proven for one request the first to come back wins, and of fifty tries one', async () => {
      const ada = await signUp(server)
      const eve = await signUp(server)
      const other = await server.sibling()
      const browser = server.browser()
      const { screen } = await arrive(browser)
      const paths = [finishPath(await screen.begin('login', ...byPassword(ada))), finishPath(await screen.begin('login', ...byPassword(eve)))]
      const before = [...browser.cookies]
      const answers = await Promise.all(
        Array.from({ length: PARALLEL }, (_one, n) => {
          const [at, path] = [n % 2 === 0 ? server : other, paths[n % 3 === 0 ? 0 : 1]!]
          const copy = at.browser()
          for (const [name, value] of before) copy.cookies.set(name, value)
          return copy.get(path)
        }),
      )
      expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, ...Array.from({ length: PARALLEL - 1 }, () => 400)])
      await other.close()
    })

    test('a proof is void once the account was protected anew, disabled or signed out everywhere', async () => {
      const changes: ((person: Awaited<ReturnType<typeof signUp>>) => Promise<{ ok: boolean } | { statusCode: number }>)[] = [
        (person) => person.browser.api('PUT', '/account/password', { current_password: person.password, new_password: 'a wholly new password' }),
        (person) => server.app.admins.disable(person.email),
        (person) => person.browser.api('DELETE', '/account/sessions/others'),
      ]
      for (const change of changes) {
        const ada = await signUp(server)
        const browser = server.browser()
        const { screen } = await arrive(browser)
        const path = finishPath(await screen.begin('login', ...byPassword(ada)))
        const answer = await change(ada)
        expect('ok' in answer ? answer.ok : answer.statusCode < 300).toBe(true)
        await refusedAt(browser, path)
      }
    })

    test('its states are taken by nothing else: not past a second factor, not by the JSON routes, not without the request', async () => {
      const ada = await signUpWithTotp(server)
      const { screen } = await arrive(server.browser())
      const second = await screen.begin('login', ...byPassword(ada))
      const browser = server.browser()
      const answers = [
        await browser.api('POST', '/second-factor', { authentication_challenge_id: second.state_token, recovery_code: ada.recoveryCodes[0] }),
        await browser.post('/auth/verify', { intent: 'recovery_code', recovery_code: ada.recoveryCodes[0]!, state: second.state_token }),
      ]
      for (const answer of answers) expect(answer.statusCode).toBeGreaterThanOrEqual(400)
      expect(await whoIs(browser)).toBeUndefined()
      // From our own origin it is as foreign as from any other.
      expect((await browser.api('POST', '/authentication_flows/states', { state_token: second.state_token })).statusCode).toBe(403)
    })

    test('a reference is refused where the client names no screen, and where it was made up', async () => {
      const plain = await registerRelyingParty(server)
      const { path } = await plain.begin()
      const { answer } = await follow(server.browser(), path)
      const returnTo = new URL(answer.raw.req.url ?? '', 'http://here').searchParams.get('return_to')!
      const { screen } = await arrive(server.browser())
      for (const request of [returnTo.split('/').at(-1), 'made-up', '']) {
        const refused = await screen.call('', { type: 'login', name: 'default', request })
        expect([request, refused.statusCode]).toEqual([request, 400])
      }
      expect((await screen.call('', { type: 'login', name: 'default', request: screen.parameters['request'], return_to: '/orders' })).statusCode).toBe(400)
    })

    test('a session more than the settings allow does not begin by it', async () => {
      const strict = await server.sibling({}, 'session: { maximum_per_user: 1, when_full: refuse }')
      const ada = await signUp(server)
      await ada.browser.api('POST', '/sessions/logout')
      const browser = strict.browser()
      const { path } = await shop.begin()
      const { location } = await follow(browser, path)
      const finish = finishPath(await openScreen(strict, location).begin('login', ...byPassword(ada)))
      await signIn(strict, ada)
      await refusedAt(browser, finish)
      await strict.close()
    })

    test('a proof by password is void once everybody is asked for another one', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const { screen } = await arrive(browser)
      const path = finishPath(await screen.begin('login', ...byPassword(ada)))
      await server.app.passwordChanges.requireOfAll()
      await refusedAt(browser, path)
    })
  })
}
