import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

/** Text that does something in HTML, an attribute, a script, a URL, a template or a mail header when it is not escaped. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus='alert(1)",
  '</title></textarea></style><svg onload=alert(1)>',
  '{{7*7}}${7*7}<%= 7*7 %>',
  '&lt;script&gt;&#60;b&#62;',
  'javascript:alert(1)//',
]
const LIVE = /<script>alert|<img src=x|<svg onload|[^&;a-z]onfocus='|href="javascript:|onerror=alert\(1\)>/i

for (const engine of testEngines) {
  describe(`hostile text on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
    })
    afterAll(() => server.close())

    // Security case Q1.
    test('as display name is shown as the text it is, on every page of the account', async () => {
      const { browser } = await signUp(server)
      const firstAdminSecret = await server.app.admins.createFirstAdminLink()
      for (const text of HOSTILE) {
        const saved = await browser.post('/auth/settings/profile', { display_name: text })
        expect(saved.statusCode).toBe(303)
        expect((await browser.api('GET', '/user')).json()).toMatchObject({ display_name: text })
        for (const path of ['/auth/settings', '/auth/logout', '/auth/settings/delete', `/auth/first_admin?secret=${firstAdminSecret}`, '/auth/reauthenticate']) {
          const page = await browser.get(path)
          expect(page.statusCode).toBe(200)
          expect(page.body).not.toMatch(LIVE)
        }
        expect(unescapeHtml((await browser.get('/auth/settings')).body)).toContain(text)
      }
    })

    test('as email address reaches pages and mails escaped, when it is an address at all', async () => {
      // Every one of these local parts is allowed by RFC 5321 without quotes.
      for (const local of ["o'brien&co", '{{7*7}}', '${7*7}', "'onfocus='alert", '`id`', 'a/b', '%3cscript%3e', '#x?y=z']) {
        const email = `${local}.${newAddress('x')}`
        const person = await signUp(server, { email })
        const settings = await person.browser.get('/auth/settings')
        expect(unescapeHtml(settings.body)).toContain(email)
        expect(settings.body).not.toMatch(LIVE)
        const mail = await server.mailTo(email)
        expect(mail?.html).not.toMatch(LIVE)
      }
      for (const address of ['<script>@example.com', '"<b>"@example.com', 'a@example.com\r\nBcc: b@example.com', 'a@<b>.example', 'a,b@example.com']) {
        const browser = server.browser()
        const asked = await browser.api('POST', '/signup/challenges', { email: address, password: GOOD_PASSWORD })
        expect([address, asked.statusCode]).toEqual([address, 400])
        expect(asked.body).not.toContain('<')
        const page = await browser.post('/auth/signup', { intent: 'signup', email: address, new_password: GOOD_PASSWORD })
        expect(page.statusCode).toBe(422)
        expect(page.body).not.toMatch(/<script>@|"<b>"|@<b>/)
      }
    })

    test('as username is refused, and not shown back raw', async () => {
      const { browser } = await signUp(server)
      for (const text of HOSTILE) {
        const page = await browser.post('/auth/settings/username', { username: text })
        expect(page.statusCode).toBe(422)
        expect(page.body).not.toMatch(LIVE)
        expect((await browser.api('PATCH', '/account/username', { username: text })).statusCode).toBe(400)
      }
    })

    test('as user agent is escaped in the list of sessions and in the mail about a new sign-in', async () => {
      for (const userAgent of [...HOSTILE, 'Mozilla/5.0 (<b>X11</b>) Firefox/1"onx=', 'Subject: bought\\r\\nBcc: x@example.com']) {
        const person = await signUp(server)
        const browser = await signIn(server, person, server.browser({ userAgent }))
        const page = await browser.get('/auth/settings')
        expect(page.body).not.toMatch(LIVE)
        const mail = await server.mailTo(person.email)
        expect(mail?.subject).toMatch(/^New sign-in/)
        expect(mail?.html).not.toMatch(LIVE)
        expect(mail?.html).not.toContain('<b>X11')
      }
    })

    // Security case Q2.
    test('in a query is never shown, whatever the parameter and the page', async () => {
      const visitor = server.browser()
      const { browser: member } = await signUp(server)
      const parameters = ['return_to', 'notice', 'flow', 'state', 'error', 'error_description', 'login_hint', 'message', 'identifier', 'email', 'challenge', 'secret', 'title', 'x']
      const phishing = 'Your account is locked, call 555 0100'
      for (const browser of [visitor, member]) {
        for (const path of PAGES) {
          for (const parameter of parameters) {
            for (const text of [phishing, HOSTILE[1] ?? '']) {
              const page = await browser.get(`${path}?${parameter}=${encodeURIComponent(text)}`)
              const location = decodeURIComponent(String(page.headers.location ?? ''))
              if (parameter !== 'secret') expect([path, parameter, unescapeHtml(page.body).includes(text)]).toEqual([path, parameter, false])
              expect(page.body).not.toMatch(LIVE)
              expect(location).not.toContain('\n')
              expect(location).not.toMatch(/^(https?:)?\/\/|^javascript:/i)
            }
          }
        }
      }
    })

    test('in return_to is either a local path, escaped, or not there at all', async () => {
      const browser = server.browser()
      for (const target of ['/a"onmouseover="alert(1)', "/a'><svg/onload=alert(1)>", '/a</form><script>alert(1)</script>']) {
        const page = await browser.get(`/auth/login?return_to=${encodeURIComponent(target)}`)
        expect(page.statusCode).toBe(200)
        expect(page.body).not.toMatch(/"onmouseover="alert|<svg\/onload|<\/form><script>/)
      }
      for (const target of ['javascript:alert(1)', 'data:text/html,x', '//evil.example', '/\\evil.example', '/\t/evil.example', 'https://evil.example']) {
        const page = await browser.get(`/auth/login?return_to=${encodeURIComponent(target)}`)
        expect(unescapeHtml(page.body)).not.toContain(target)
        expect(page.body).not.toContain('evil.example')
      }
    })

    test('typed into a form that fails comes back escaped', async () => {
      const browser = server.browser()
      for (const text of HOSTILE) {
        for (const [path, fields] of [
          ['/auth/login', { intent: 'password', identifier: text, password: text }],
          ['/auth/login', { intent: 'code', identifier: text }],
          ['/auth/signup', { intent: 'signup', email: text, new_password: text }],
          ['/auth/reset_password', { intent: 'identify', identifier: text }],
          ['/auth/login', { intent: text, state: text }],
          ['/auth/verify', { intent: 'submit_code', state: text, code: text }],
        ] as const) {
          const page = await browser.post(path, fields)
          expect(page.statusCode).toBeLessThan(500)
          expect(page.body).not.toMatch(LIVE)
          expect(page.body).not.toContain(`value="${text}"`.includes('<') ? `value="${text}"` : '\0')
        }
      }
    })

    test('in an address that leads nowhere is not repeated by the error page or the error body', async () => {
      const browser = server.browser()
      const path = `/auth/${encodeURIComponent('<script>alert(1)</script>')}`
      const page = await browser.get(path)
      expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
      expect(page.body).not.toContain('alert(1)')
      const api = await browser.api('GET', '/%3Cscript%3Ealert(1)%3C/script%3E')
      expect(api.statusCode).toBe(404)
      expect(api.body).not.toContain('alert(1)')
      expect(api.headers['content-type']).toBe('application/json; charset=utf-8')
    })

    test('as the name of a JSON field is shown cut short, and as JSON', async () => {
      const answer = await server.browser().api('POST', '/login', { password: 'x', email: 'a@example.com', ['<img src=x>'.repeat(500)]: 1 })
      expect(answer.statusCode).toBe(400)
      expect(answer.body.length).toBeLessThan(1_000)
      expect(answer.headers['content-type']).toMatch(/^application\/json/)
    })
  })
}

const PAGES = ['/auth/login', '/auth/signup', '/auth/verify', '/auth/reset_password', '/auth/reauthenticate', '/auth/logout', '/auth/signed_out', '/auth/account_deleted', '/auth/settings', '/auth/settings/email/verify', '/auth/settings/delete', '/auth/first_admin', '/auth/nowhere']

const NAMED: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', apos: "'" }

/** In one pass, as a browser does it: what comes out is not unescaped again. */
function unescapeHtml(html: string): string {
  return html.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(lt|gt|quot|amp|apos));/gi, (_, decimal?: string, hexadecimal?: string, name = '') => {
    if (decimal !== undefined) return String.fromCharCode(Number(decimal))
    return hexadecimal === undefined ? (NAMED[name] ?? '') : String.fromCharCode(Number.parseInt(hexadecimal, 16))
  })
}
