import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { createBrowser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { Person } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer, TEST_ORIGIN } from '../harness/server.ts'
import { atOnce, cookieOf, countStatuses, decodeToken, eventsOf, QUICK, refreshWith, setCookiesOf, statusWith } from '../harness/tokens.ts'

type Tokens = { access_token: string; refresh_token: string }

const sidOf = (accessToken: string) => String(decodeToken(accessToken).payload['sid'])

for (const engine of testEngines) {
  describe(`refresh tokens on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    let person: Person
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      sibling = await server.sibling()
      person = await signUp(server)
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })

    /** A session of its own with its newest tokens. */
    async function begin(): Promise<{ browser: Browser; access: string; refresh: string; sid: string }> {
      const browser = await signIn(server, person)
      const access = cookieOf(browser, 'access')
      return { browser, access, refresh: cookieOf(browser, 'refresh'), sid: sidOf(access) }
    }
    async function rotate(token: string, on = server): Promise<Tokens> {
      const answer = await refreshWith(on, token)
      if (answer.statusCode !== 200) throw new Error(`refresh was answered ${answer.statusCode}`)
      return answer.json<Tokens>()
    }
    async function liveTokens(sid: string): Promise<number> {
      const rows = await server.app.database.read
        .selectFrom('refresh_token')
        .select('id')
        .where('session_id', '=', sid as never)
        .where('rotated_at', 'is', null)
        .execute()
      return rows.length
    }
    async function expectEnded(session: { sid: string; tokens: readonly string[]; access: readonly string[] }): Promise<void> {
      for (const instance of [server, sibling]) {
        for (const access of session.access) expect(await statusWith(instance, access)).toBe(401)
        for (const token of session.tokens) expect((await refreshWith(instance, token)).statusCode).toBe(401)
      }
      const row = await server.app.database.read.selectFrom('session').selectAll().where('id', '=', session.sid as never).executeTakeFirstOrThrow()
      expect(row.ended_reason).toBe('refresh_token_reuse')
      const events = await eventsOf(server, person.id, 'session.refresh_token_reused', 'session.ended')
      const types = events.filter((event) => event.session_id === session.sid).map((event) => event.type)
      expect(types.sort()).toEqual(['session.ended', 'session.refresh_token_reused'])
    }
    const reuseMails = async () => (await server.mailsTo(person.email)).length

    test('a session that is being ended while it is refreshed gives nobody another token', async () => {
      const spent = await begin()
      await rotate(spent.refresh)
      for (const { refresh, sid } of [await begin(), spent]) {
        let refreshing: ReturnType<typeof refreshWith> | undefined
        await server.app.database.transaction(async (tx) => {
          await tx.updateTable('session').set({ ended_at: server.clock.now(), ended_reason: 'logout' }).where('id', '=', sid as never).execute()
          refreshing = refreshWith(sibling, refresh)
          await wait(300)
        })
        expect((await refreshing)?.statusCode).toBe(401)
      }
    })

    test('are replaced at every use, with an empty body and a new access token of the same session', async () => {
      const { browser, access, refresh, sid } = await begin()
      const answer = await browser.api('POST', '/sessions/refresh')
      expect([answer.statusCode, answer.body]).toEqual([200, ''])
      expect(cookieOf(browser, 'refresh')).not.toBe(refresh)
      expect(cookieOf(browser, 'access')).not.toBe(access)
      expect(sidOf(cookieOf(browser, 'access'))).toBe(sid)
      expect(await statusWith(sibling, cookieOf(browser, 'access'))).toBe(200)
      expect(await liveTokens(sid)).toBe(1)
    })

    test('of a client without cookies are renewed in JSON, with no cookie set and no CSRF token asked', async () => {
      const { refresh, browser } = await begin()
      const answer = await browser.raw({
        method: 'POST',
        url: '/auth/api/v1/tokens/refresh?',
        headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
        payload: JSON.stringify({ refresh_token: refresh, audience: 'app' }),
      })
      expect(answer.statusCode).toBe(200)
      expect(Object.keys(answer.json<object>()).sort()).toEqual(['access_token', 'refresh_token'])
      expect(answer.headers['set-cookie']).toBeUndefined()
      expect(await statusWith(server, answer.json<Tokens>().access_token)).toBe(200)
    })

    test('in a cookie are not spent by a request without the CSRF token or from another site', async () => {
      const { browser, refresh } = await begin()
      const url = '/auth/api/v1/sessions/refresh'
      const csrf = cookieOf(browser, 'csrf')
      const refused = [
        await browser.copy().raw({ method: 'POST', url, headers: { origin: TEST_ORIGIN } }),
        await browser.copy().raw({ method: 'POST', url, headers: { origin: 'https://evil.example', 'x-csrf-token': csrf } }),
        await browser.copy().raw({ method: 'POST', url, headers: { 'sec-fetch-site': 'cross-site', 'x-csrf-token': csrf } }),
      ]
      expect(countStatuses(refused)).toEqual({ 403: 3 })
      server.clock.advance(20_000)
      expect((await refreshWith(server, refresh)).statusCode).toBe(200)
    })

    // security case E2
    test.each([
      ['one instance', () => [server]],
      ['two instances', () => [server, sibling]],
    ])('presented twenty times at once to %s all give the same successor, and one token lives', async (_name, instances) => {
      const { refresh, sid } = await begin()
      const answers = await atOnce(instances(), 20, (instance) => refreshWith(instance, refresh))
      expect(countStatuses(answers)).toEqual({ 200: 20 })
      const successors = new Set(answers.map((answer) => answer.json<Tokens>().refresh_token))
      expect(successors.size).toBe(1)
      expect(await liveTokens(sid)).toBe(1)
      for (const answer of answers) expect(await statusWith(server, answer.json<Tokens>().access_token)).toBe(200)
      const [successor = ''] = successors
      server.clock.advance(60_000)
      expect((await refreshWith(sibling, successor)).statusCode).toBe(200)
    })

    test('twenty tabs that refresh by cookie at once stay signed in, round after round', async () => {
      const { browser, sid } = await begin()
      for (let round = 0; round < 4; round += 1) {
        const tabs = Array.from({ length: 20 }, (_, tab) => (tab % 2 ? browser.copy() : createBrowser(sibling.app, {}, browser.cookies)))
        const answers = await Promise.all(tabs.map((tab) => tab.api('POST', '/sessions/refresh')))
        expect(countStatuses(answers)).toEqual({ 200: 20 })
        expect(new Set(tabs.map((tab) => cookieOf(tab, 'refresh'))).size).toBe(1)
        browser.cookies.set('gatepost_refresh', cookieOf(tabs[0]!, 'refresh'))
        browser.cookies.set('gatepost_access', cookieOf(tabs[0]!, 'access'))
        expect(await liveTokens(sid)).toBe(1)
        server.clock.advance(601_000)
      }
    })

    // security case E3
    test('that were just replaced give the same successor again, until ten seconds are over', async () => {
      const { refresh } = await begin()
      const first = await rotate(refresh)
      server.clock.advance(5_000)
      const second = await rotate(refresh, sibling)
      expect(second.refresh_token).toBe(first.refresh_token)
      expect(second.access_token).not.toBe(first.access_token)
      server.clock.advance(4_000)
      expect((await rotate(refresh)).refresh_token).toBe(first.refresh_token)
      // A repeat does not lengthen the window: it is counted from the rotation.
      server.clock.advance(2_000)
      expect((await refreshWith(server, refresh)).statusCode).toBe(401)
      expect((await refreshWith(server, first.refresh_token)).statusCode).toBe(401)
    })

    // security case E1
    test('that come back after the window end the whole session, committed although the answer is a refusal', async () => {
      const { refresh, access, sid } = await begin()
      const other = await begin()
      const next = await rotate(refresh)
      server.clock.advance(10_001)
      const mailsBefore = await reuseMails()
      expect((await refreshWith(server, refresh)).statusCode).toBe(401)
      await expectEnded({ sid, tokens: [next.refresh_token, refresh], access: [access, next.access_token] })
      expect(await reuseMails()).toBe(mailsBefore + 1)
      expect((await server.mailTo(person.email))?.text).toMatch(/signed out|session|ended/i)
      expect((await refreshWith(server, other.refresh)).statusCode, 'another session of the same person lives on').toBe(200)
    })

    test('two generations old end the session at once, inside the window too', async () => {
      const { refresh, access, sid } = await begin()
      const second = await rotate(refresh)
      const third = await rotate(second.refresh_token, sibling)
      expect((await refreshWith(sibling, refresh)).statusCode).toBe(401)
      await expectEnded({ sid, tokens: [third.refresh_token, second.refresh_token], access: [access, second.access_token, third.access_token] })
    })

    test('spent and presented by many at once end the session once: one event, one mail', async () => {
      const { refresh, access, sid } = await begin()
      const next = await rotate(refresh)
      server.clock.advance(11_000)
      const mailsBefore = await reuseMails()
      const answers = await atOnce([server, sibling], 20, (instance) => refreshWith(instance, refresh))
      expect(countStatuses(answers)).toEqual({ 401: 20 })
      await expectEnded({ sid, tokens: [next.refresh_token], access: [access, next.access_token] })
      expect(await reuseMails()).toBe(mailsBefore + 1)
    })

    test('spent long ago still end the session after what is past its time was purged', async () => {
      const { refresh, sid } = await begin()
      let live = (await rotate(refresh)).refresh_token
      for (let week = 0; week < 4; week += 1) {
        server.clock.advance(7 * 24 * 3_600_000)
        live = (await rotate(live)).refresh_token
      }
      await server.app.retention.purge()
      expect((await refreshWith(server, refresh)).statusCode).toBe(401)
      await expectEnded({ sid, tokens: [live], access: [] })
    })

    test('that race with signing out leave nothing alive', async () => {
      const { browser, refresh, sid } = await begin()
      const tabs = Array.from({ length: 10 }, () => browser.copy())
      const [answers] = await Promise.all([
        atOnce([server, sibling], 20, (instance) => refreshWith(instance, refresh)),
        ...tabs.map((tab) => tab.api('POST', '/sessions/logout')),
      ])
      const won = answers.filter((answer) => answer.statusCode === 200).map((answer) => answer.json<Tokens>())
      for (const tokens of won) {
        expect(await statusWith(sibling, tokens.access_token)).toBe(401)
        expect((await refreshWith(sibling, tokens.refresh_token)).statusCode).toBe(401)
      }
      const session = await server.app.database.read.selectFrom('session').selectAll().where('id', '=', sid as never).executeTakeFirstOrThrow()
      expect(session.ended_reason).toBe('logout')
    })

    // security case E9
    test('that are truncated, padded, changed in case or anything else are refused and harm no session', async () => {
      const { refresh, access } = await begin()
      const swap = (text: string) => text.replace(/[A-Za-z]/g, (letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()))
      const last = refresh.at(-1)!
      const spoiled = [
        refresh.slice(0, -1),
        refresh.slice(1),
        refresh.slice(0, 20),
        refresh.slice(0, 1),
        `${refresh}=`,
        `${refresh}A`,
        `${refresh} `,
        ` ${refresh}`,
        `${refresh}\n`,
        `${refresh}\u0000`,
        swap(refresh),
        refresh.toLowerCase(),
        refresh.toUpperCase(),
        `${refresh.slice(0, -1)}${last === 'A' ? 'B' : 'A'}`,
        `${refresh.slice(0, -1)}%`,
        `${refresh.slice(0, -1)}_%`,
        `${refresh}${refresh}`,
        `Bearer ${refresh}`,
        'null',
        'undefined',
        '%',
        '\' or 1=1 --',
        'A'.repeat(43),
        'A'.repeat(1_024),
        refresh.replace(/./, '\uff21'),
      ]
      for (const text of spoiled) expect((await refreshWith(server, text)).statusCode, JSON.stringify(text)).toBe(401)
      for (const value of ['', null, 1, true, [refresh], { $ne: '' }, 'A'.repeat(1_025)]) {
        expect((await refreshWith(server, value)).statusCode, JSON.stringify(value)).toBe(400)
      }
      expect(await statusWith(server, access)).toBe(200)
      server.clock.advance(11_000)
      expect((await refreshWith(server, refresh)).statusCode).toBe(200)
    })

    test('are looked for in the body only, and a body with anything more is refused without spending them', async () => {
      const { refresh, browser } = await begin()
      const post = (url: string, payload: string) =>
        browser.raw({ method: 'POST', url: `/auth/api/v1${url}`, headers: { 'content-type': 'application/json' }, payload })
      const refused = [
        await post('/tokens/refresh', JSON.stringify({ refresh_token: refresh, scope: 'admin' })),
        await post('/tokens/refresh', JSON.stringify({ refresh_token: refresh, audience: 'other' })),
        await post('/tokens/refresh', `{"refresh_token":"x","refresh_token":"${refresh}"}`),
        await post('/tokens/refresh', '{}'),
        await post(`/tokens/refresh?refresh_token=${refresh}`, '{}'),
      ]
      expect(countStatuses(refused)).toEqual({ 400: 5 })
      server.clock.advance(11_000)
      expect((await refreshWith(server, refresh)).statusCode).toBe(200)
    })

    test('that are refused in a cookie clear the cookies, and every refusal looks the same', async () => {
      const { browser, refresh } = await begin()
      const next = await rotate(refresh)
      server.clock.advance(11_000)
      const reused = await browser.copy().api('POST', '/sessions/refresh')
      const dead = browser.copy()
      dead.cookies.set('gatepost_refresh', next.refresh_token)
      const unknown = browser.copy()
      unknown.cookies.set('gatepost_refresh', 'A'.repeat(43))
      const none = browser.copy()
      none.cookies.delete('gatepost_refresh')
      const bodies = new Set<string>()
      for (const answer of [reused, await dead.api('POST', '/sessions/refresh'), await unknown.api('POST', '/sessions/refresh'), await none.api('POST', '/sessions/refresh')]) {
        expect(answer.statusCode).toBe(401)
        bodies.add(answer.body.replace(/"request_id":"[^"]*"/, ''))
        const cleared = setCookiesOf(answer).map((cookie) => [cookie.name, cookie.attributes.get('max-age')])
        expect(cleared).toEqual([
          ['gatepost_access', '0'],
          ['gatepost_refresh', '0'],
        ])
      }
      expect(bodies.size).toBe(1)
    })
  })
}
