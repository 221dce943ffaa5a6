// What was typed goes along, to another language and to another page, and never by way of an address.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import type { Browser } from '../harness/browser.ts'
import { newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const unescapeHtml = (text: string) => text.replaceAll(/&#(\d+);/g, (_, point: string) => String.fromCodePoint(Number(point))).replaceAll('&amp;', '&')

/** The form at the foot of a page, as a browser sends it. */
function languageForm(body: string): { method: string; action: string; fields: Record<string, string> } {
  const [, method = '', action = '', inner = ''] = /<form class="gp-language" method="(\w+)" action="([^"]*)">(.*?)<\/form>/s.exec(body) ?? []
  const hidden = [...inner.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [name!, unescapeHtml(value!)])
  const intent = /name="intent" value="(\w+)"/.exec(inner)?.[1]
  return { method, action: unescapeHtml(action), fields: { ...Object.fromEntries(hidden), ...(intent ? { intent } : {}) } }
}

async function inGerman(browser: Browser, body: string) {
  const { method, action, fields } = languageForm(body)
  const asked = { ...fields, ui_locales: 'de' }
  return method === 'post' ? browser.post(action, asked) : browser.get(`${action}?${new URLSearchParams(asked).toString()}`)
}

for (const engine of testEngines) {
  describe(`what was typed, on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
    })
    afterAll(() => server.close())

    const FORMS = {
      '/auth/login': { intent: 'password', password: 'not the right one' },
      '/auth/signup': { intent: 'signup', new_password: 'short' },
      '/auth/reset_password': { intent: 'identify' },
    }
    for (const [path, fields] of Object.entries(FORMS)) {
      test(`is kept by the choice of a language on what answers ${path}, where a return goes on too`, async () => {
        const browser = server.browser()
        const typed = path.endsWith('reset_password') ? 'nobody(at)example.com' : newAddress()
        const answer = await browser.post(path, { ...fields, identifier: typed, return_to: '/notes?page=2' })
        expect([answer.statusCode, /<html lang="(\w+)"/.exec(answer.body)?.[1]]).toEqual([422, 'en'])
        const { action, fields: sent } = languageForm(answer.body)
        expect([action.includes(encodeURIComponent(typed)), action, sent['return_to']]).toEqual([false, path, '/notes?page=2'])
        expect(Object.values(sent)).not.toContain('not the right one')
        const german = await inGerman(browser, answer.body)
        expect([german.statusCode, /<html lang="(\w+)"/.exec(german.body)?.[1]]).toEqual([200, 'de'])
        expect(unescapeHtml(german.body)).toContain(`value="${typed}"`)
        // And this browser keeps the language.
        expect((await browser.get('/auth/login')).body).toContain('<html lang="de"')
      })
    }

    test('is where the flow stands: another language on a wrong code is the same step', async () => {
      const browser = server.browser()
      const asked = await browser.post('/auth/signup', { intent: 'signup', identifier: newAddress(), new_password: 'a long enough password' })
      const state = new URL(asked.headers.location ?? '/', 'http://x').searchParams.get('flow') ?? ''
      const wrong = await browser.post('/auth/verify', { intent: 'submit_code', code: '000000', state })
      expect(wrong.statusCode).toBe(422)
      const german = await inGerman(browser, wrong.body)
      expect([german.statusCode, german.body.includes('<html lang="de"'), german.body.includes('name="code"')]).toEqual([200, true, true])
    })

    test('is kept in the settings, too', async () => {
      const { browser } = await signUp(server)
      const refused = await browser.post('/auth/settings/email', { new_email: 'not.an.address' })
      expect(refused.statusCode).toBe(422)
      const german = await inGerman(browser, refused.body)
      expect([german.statusCode, german.body.includes('<html lang="de"'), german.body.includes('value="not.an.address"')]).toEqual([200, true, true])
    })

    test('as email goes from signing in to a forgotten password, in the body of the form', async () => {
      const browser = server.browser()
      const page = await browser.get('/auth/login?return_to=/notes')
      const [, action = ''] = /<button[^>]*value="forgot_password" formaction="([^"]*)" formnovalidate/.exec(page.body) ?? []
      expect(action).toBe('/auth/reset_password')
      const email = newAddress()
      const carried = await browser.post(action, { intent: 'forgot_password', identifier: email, password: 'half typed', return_to: '/notes', state: '' })
      expect([carried.statusCode, carried.body.includes(`value="${email}"`), carried.body.includes('half typed'), carried.body.includes('aria-invalid')]).toEqual([200, true, false, false])
      expect(await server.mailTo(email)).toBeUndefined()
    })
  })
}
