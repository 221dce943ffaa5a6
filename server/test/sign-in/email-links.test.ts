// A link that is mailed instead of a code: what opening it does in the browser that asked, in another one, and too late.
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { followToForm, locationOf, stateIn } from '../harness/pages.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'

const MINUTE = 60_000
const PHONE = { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/537.36 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1' }

for (const engine of testEngines) {
  describe(`mailed links on ${engine}`, () => {
    let server: TestServer
    let other: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, 'login: { email_code_form: link }')
      other = await server.sibling()
    })
    afterAll(async () => {
      await other.close()
      await server.close()
    })

    async function linkFor(address: string): Promise<string> {
      for (const mail of await server.mailsTo(address)) {
        const link = /\/auth\/login_link\?token=([\w-]+)/.exec(mail.text)?.[1]
        if (link) return link
      }
      throw new Error(`no link was mailed to ${address}`)
    }
    /** Asks for a link at the sign-in page; the state that waits for it. */
    async function ask(browser: Browser, email: string, returnTo = '/orders'): Promise<string> {
      await browser.get('/auth/login')
      return followToForm(browser, await browser.post('/auth/login', { intent: 'code', identifier: email, return_to: returnTo }))
    }
    const open = (browser: Browser, link: string) => browser.get(`/auth/login_link?token=${link}`)
    async function confirm(browser: Browser, link: string): Promise<LightMyRequestResponse> {
      await open(browser, link)
      return browser.post('/auth/login_link', { token: link })
    }
    const check = (browser: Browser, state: string) => browser.post('/auth/verify', { intent: 'check', state })
    const isSignedIn = async (browser: Browser) => (await browser.api('GET', '/user')).statusCode === 200
    const digits = (text: string) => /\b\d{3} ?\d{3}\b/.test(text)

    test('a mail has a link below the configured address and no code, and says nothing of it in its subject', async () => {
      const ada = await signUp(server)
      await ask(server.browser(), ada.email)
      const mail = (await server.mailTo(ada.email))!
      expect(mail.text).toMatch(/^.*http:\/\/localhost:3000\/auth\/login_link\?token=[\w-]{43}$/m)
      expect([digits(mail.text.replaceAll(/https?:\S+/g, '')), mail.subject.includes(await linkFor(ada.email))]).toEqual([false, false])
    })

    // security case J9
    test('opened in the browser that asked, the page asks once more and its button signs in there and goes on', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      await ask(browser, ada.email)
      const link = await linkFor(ada.email)
      const page = await open(browser, link)
      expect([page.statusCode, page.headers['referrer-policy'], page.body.includes('Another device')]).toEqual([200, 'no-referrer', false])
      expect(page.body).toContain('Sign in as ad')
      expect(page.body).not.toContain(ada.email)
      const done = await browser.post('/auth/login_link', { token: link, return_to: 'https://evil.example/' })
      expect([done.statusCode, locationOf(done), await isSignedIn(browser)]).toEqual([303, '/orders', true])
    })

    // security case J9
    test('opening a link as often as scanners do, by GET and HEAD, spends nothing and sends nothing', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      await ask(browser, ada.email)
      const link = await linkFor(ada.email)
      const before = (await server.mailsTo(ada.email)).length
      for (const method of ['GET', 'HEAD', 'GET', 'HEAD']) expect((await server.browser().raw({ method, url: `/auth/login_link?token=${link}` })).statusCode).toBe(200)
      expect((await server.mailsTo(ada.email)).length).toBe(before)
      expect((await check(browser, await ask(browser, newAddress()))).statusCode).toBe(303)
      expect((await confirm(browser, link)).statusCode).toBe(303)
    })

    // security case C1
    test('the button needs a CSRF token and an origin that is trusted', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      await ask(browser, ada.email)
      const link = await linkFor(ada.email)
      expect((await browser.post('/auth/login_link', { token: link, csrf_token: 'x' })).statusCode).toBe(403)
      expect((await browser.post('/auth/login_link', { token: link }, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
      expect((await confirm(browser, link)).statusCode).toBe(303)
    })

    // security case J9
    test('opened in another browser, at another server, it shows who waits and signs nobody in there; who waits goes on by a button', async () => {
      const ada = await signUp(server)
      const browser = server.browser(PHONE)
      const state = await ask(browser, ada.email)
      const waiting = await check(browser, state)
      expect(waiting.statusCode).toBe(303)
      expect(stateIn(await browser.get(locationOf(waiting)))).not.toBe('')
      expect(await isSignedIn(browser)).toBe(false)

      const link = await linkFor(ada.email)
      const approver = other.browser()
      const page = await open(approver, link)
      for (const shown of ['Safari on iPhone', '198.51.', 'UTC', 'Never approve', 'Approve the other device']) expect(page.body).toContain(shown)
      const approved = await approver.post('/auth/login_link', { token: link })
      expect([approved.statusCode, approved.body.includes('Approved'), await isSignedIn(approver)]).toEqual([200, true, false])
      expect([...approver.cookies.keys()].filter((name) => /access|refresh/.test(name))).toEqual([])

      const done = await check(browser, state)
      expect([done.statusCode, locationOf(done), await isSignedIn(browser)]).toEqual([303, '/orders', true])
    })

    // security case J6
    test('a link is refused in one way: twice, by another account, after a new one, after its end, and made up', async () => {
      const [ada, eve] = [await signUp(server), await signUp(server)]
      const refusals: [number, string][] = []
      const refused = async (browser: Browser, link: string) => {
        const [shown, sent] = [await open(browser, link), await browser.post('/auth/login_link', { token: link })]
        for (const answer of [shown, sent]) refusals.push([answer.statusCode, /<h1>(.*?)<\/h1>\s*<p>(.*?)<\/p>/s.exec(answer.body)?.[0] ?? ''])
      }
      const browser = server.browser()
      const state = await ask(browser, ada.email)
      const first = await linkFor(ada.email)
      await refused(await signIn(server, eve), first)
      server.clock.advance(31_000)
      await browser.post('/auth/verify', { intent: 'resend', state })
      await refused(server.browser(), first)
      const second = await linkFor(ada.email)
      expect((await confirm(server.browser(), second)).statusCode).toBe(200)
      await refused(server.browser(), second)
      await refused(browser, second)
      expect((await check(browser, state)).statusCode).toBe(303)
      await refused(server.browser(), second)

      const late = server.browser()
      await ask(late, ada.email)
      const third = await linkFor(ada.email)
      server.clock.advance(11 * MINUTE)
      await refused(late, third)
      await refused(server.browser(), 'A'.repeat(43))
      await refused(server.browser(), '')
      expect(refusals).toEqual(refusals.map(() => [410, expect.stringContaining('This link cannot be used')]))
      expect(new Set(refusals.map(([, text]) => text)).size).toBe(1)
    })

    test('fifty approvals at two servers are one, and fifty collections of it are one session', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      const state = await ask(browser, ada.email)
      const link = await linkFor(ada.email)
      const approvers = await Promise.all(Array.from({ length: 50 }, async (_, index) => {
        const approver = (index % 2 ? server : other).browser()
        await approver.get('/auth/login')
        return approver
      }))
      const approvals = await Promise.all(approvers.map((approver) => approver.post('/auth/login_link', { token: link })))
      expect(approvals.map(({ statusCode }) => statusCode).filter((status) => status === 200)).toHaveLength(1)
      const copies = Array.from({ length: 50 }, () => browser.copy())
      const collected = await Promise.all(copies.map((copy) => check(copy, state)))
      expect(collected.filter((answer) => locationOf(answer) === '/orders')).toHaveLength(1)
      const sessions = await (await signIn(server, ada)).api('GET', '/account?sessions_limit=50')
      expect(sessions.json<{ sessions: unknown[] }>().sessions.length).toBeLessThanOrEqual(3)
    })

    // security case I1
    test('a stranger waits as long and hears as little as the owner of an account', async () => {
      const ada = await signUp(server)
      const [known, stranger] = [server.browser(), server.browser()]
      const pages = []
      for (const [browser, email] of [[known, ada.email], [stranger, newAddress()]] as const) {
        const page = await browser.get(locationOf(await check(browser, await ask(browser, email))))
        pages.push([page.statusCode, page.body.replaceAll(/s1\.[\w.-]+|s1\.[^"&]+/g, (text) => `<${text.length}>`).replaceAll(/value="[^"]*"|<strong>.*?<\/strong>|href="[^"]*"/g, '')])
      }
      expect(pages[0]).toEqual(pages[1])
    })

    test('a reset by link approved elsewhere lets choose a password where it was asked for', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      await browser.get('/auth/reset_password')
      const state = await followToForm(browser, await browser.post('/auth/reset_password', { intent: 'identify', email: ada.email }))
      const mail = (await server.mailTo(ada.email))!
      expect(mail.subject).toContain('reset')
      expect((await confirm(other.browser(), await linkFor(ada.email))).statusCode).toBe(200)
      const chosen = await browser.post('/auth/reset_password', { intent: 'check', state })
      const next = await followToForm(browser, chosen)
      const done = await browser.post('/auth/reset_password', { intent: 'new_password', state: next, new_password: `${GOOD_PASSWORD} anew` })
      expect(locationOf(done)).toContain('notice=password_changed')
      await signIn(server, { ...ada, password: `${GOOD_PASSWORD} anew` })
    })

    test('new accounts and the challenges of the JSON API go on by digits, whatever the setting', async () => {
      const ada = await signUp(server)
      await server.browser().api('POST', '/password-reset/challenges', { email: ada.email, new_password: `${GOOD_PASSWORD} other` })
      expect(digits((await server.mailTo(ada.email))!.text)).toBe(true)
    })

    test('the token of a link is in no column in plain text', async () => {
      const ada = await signUp(server)
      await ask(server.browser(), ada.email)
      const link = await linkFor(ada.email)
      const rows = await server.app.database.read.selectFrom('one_time_code').selectAll().where('destination', '=', ada.email).execute()
      expect(rows.some((row) => row.link_hash !== null)).toBe(true)
      expect(JSON.stringify(rows)).not.toContain(link)
    })
  })

  describe(`mails with code and link on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, 'login: { email_code_form: both }\nsecond_factor: { authentications: [secondary_oob_otp_email, secondary_totp, recovery_code] }')
    })
    afterAll(() => server.close())

    const linkFor = async (address: string) => /login_link\?token=([\w-]+)/.exec((await server.mailTo(address))!.text)?.[1] ?? ''

    test('either goes on, and the other is void then', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      await browser.get('/auth/login')
      const state = await followToForm(browser, await browser.post('/auth/login', { intent: 'code', identifier: ada.email }))
      const [link, code] = [await linkFor(ada.email), await server.codeFor(ada.email)]
      expect((await browser.post('/auth/verify', { intent: 'submit_code', state, code })).statusCode).toBe(303)
      expect((await browser.post('/auth/login_link', { token: link })).statusCode).toBe(410)

      const second = server.browser()
      await second.get('/auth/login')
      const again = await followToForm(second, await second.post('/auth/login', { intent: 'code', identifier: ada.email }))
      expect((await second.post('/auth/login_link', { token: await linkFor(ada.email) })).statusCode).toBe(303)
      const late = await server.browser().post('/auth/verify', { intent: 'submit_code', state: again, code: await server.codeFor(ada.email) })
      expect([400, 422]).toContain(late.statusCode)
    })

    // security case K1
    test('five wrong codes void the link, too', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      await browser.get('/auth/login')
      const state = await followToForm(browser, await browser.post('/auth/login', { intent: 'code', identifier: ada.email }))
      const wrong = (await server.codeFor(ada.email)) === '000000' ? '000001' : '000000'
      for (let tries = 0; tries < 5; tries += 1) await browser.post('/auth/verify', { intent: 'submit_code', state, code: wrong })
      expect((await server.browser().post('/auth/login_link', { token: await linkFor(ada.email) })).statusCode).toBe(410)
    })

    test('as second factor a link is approved elsewhere and counts as the proof, and one that signs in by mail alone does not', async () => {
      const ada = await signUp(server)
      const browser = server.browser()
      await browser.get('/auth/login')
      await browser.post('/auth/login', { intent: 'code', identifier: ada.email })
      const firstLink = await linkFor(ada.email)
      const state = await followToForm(browser, await browser.post('/auth/login', { intent: 'password', identifier: ada.email, password: ada.password }))
      expect((await server.mailTo(ada.email))!.subject).toContain('second step')
      expect((await server.browser().post('/auth/login_link', { token: firstLink })).statusCode).toBe(200)
      const still = await browser.post('/auth/verify', { intent: 'check', state })
      expect((await browser.get(locationOf(still))).statusCode).toBe(200)
      expect((await browser.api('GET', '/user')).statusCode).toBe(401)
      expect((await server.browser().post('/auth/login_link', { token: await linkFor(ada.email) })).statusCode).toBe(200)
      expect((await browser.post('/auth/verify', { intent: 'check', state })).statusCode).toBe(303)
      expect((await browser.api('GET', '/user')).statusCode).toBe(200)
    })
  })
}
