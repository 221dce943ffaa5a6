import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { dataUri, declare, LOGO_PNG, LOGO_SVG } from './brand.ts'

const PURPLE = '#7a2bd6'
const RICH = {
  name: 'Mulberry & Co',
  logo: { light: './logo.svg', dark: dataUri('png', LOGO_PNG) },
  favicon: dataUri('png', LOGO_PNG),
  colors: { light: { accent: PURPLE } },
  radius: 16,
  font: 'rounded',
  custom_css: '.gp-page h1 { letter-spacing: -0.02em }',
  links: { support: 'https://mulberry.example/help', terms: 'https://mulberry.example/terms' },
  texts: { en: { 'login.title': 'Welcome back to {brand}', 'mail.signup_code.subject': 'Come in, {brand} waits' } },
  mail: { sender_name: 'Mulberry Gate', footer: 'Mulberry Ltd, 1 Orchard Road' },
}
const FILES = new Map([['./logo.svg', Buffer.from(LOGO_SVG)]])
/** A change is in force everywhere after that. */
const IN_FORCE_MS = 1_000

for (const engine of testEngines) {
  describe(`branding on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off' })
    })
    afterAll(() => server.close())

    async function apply(branding: object, files: ReadonlyMap<string, Uint8Array> = FILES) {
      const applied = await server.app.settings.apply(declare(branding), files)
      if (!applied.ok) throw new Error(String(applied.failure))
      return applied.value
    }
    const styleSheetIn = (page: string) => /href="([^"]*\/assets\/branding-[^"]+\.css)"/.exec(page)?.[1]
    const logosIn = (page: string) => [...page.matchAll(/(?:src|srcset)="([^"]*\/assets\/branding\/[^"]+)"/g)].map(([, url]) => url ?? '')

    test('that nobody declared adds nothing to a page', async () => {
      const { body } = await server.browser().get('/auth/login')
      expect([styleSheetIn(body), logosIn(body)]).toEqual([undefined, []])
      expect(body).toContain('<title>Sign in · Gatepost</title>')
    })

    test('is on every page in one style sheet after ours, kept for ever, under a policy without exception', async () => {
      const plain = await server.browser().get('/auth/login')
      await apply(RICH)
      const page = await server.browser().get('/auth/login')
      const address = styleSheetIn(page.body) ?? ''
      expect(page.body.indexOf('/gatepost.css')).toBeLessThan(page.body.indexOf(address))
      expect(page.headers['content-security-policy']).toBe(plain.headers['content-security-policy'])
      const sheet = await server.browser().get(address)
      expect(sheet.headers).toMatchObject({ 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' })
      for (const part of [`--gp-color-accent: ${PURPLE}`, '--gp-radius: 16px', 'ui-rounded', '.gp-page h1 { letter-spacing: -0.02em }', '@media (prefers-color-scheme: dark)']) {
        expect(sheet.body).toContain(part)
      }
      for (const part of ['Welcome back to Mulberry &#38; Co', 'https://mulberry.example/help', 'https://mulberry.example/terms', 'type="image/png"']) expect(page.body).toContain(part)
      expect(page.body).not.toMatch(/<style|\sstyle="/)
      const missing = await server.browser().get('/auth/nothing-here')
      expect(styleSheetIn(missing.body)).toBe(address)
    })

    // Security case O13.
    test('serves a logo as a picture that acts on nothing, without what the drawing program left in it', async () => {
      await apply(RICH)
      const [dark = '', light = ''] = logosIn((await server.browser().get('/auth/login')).body)
      const drawing = await server.browser().get(light)
      expect(drawing.headers).toMatchObject({ 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' })
      expect(drawing.headers['content-security-policy']).toBe("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox")
      expect(drawing.body).toContain('<path class="w" d="M0 0h180v40H0z" fill="url(#g)">')
      expect(drawing.body).not.toMatch(/metadata|inkscape|DOCTYPE|<\?xml/)
      const photo = await server.browser().get(dark)
      expect([photo.headers['content-type'], photo.rawPayload.equals(LOGO_PNG)]).toEqual(['image/png', true])
      for (const path of ['/auth/assets/branding/AAAAAAAAAAAAAAAA.svg', light.replace('.svg', '.png'), '/auth/assets/branding/x.svg', '/auth/assets/other.css', '/auth/assets/branding-x.css']) {
        expect([path, (await server.browser().get(path)).statusCode]).toEqual([path, 404])
      }
    })

    test('is the name of mails, passkeys and authenticator apps, and no password', async () => {
      await apply(RICH)
      const { browser, email } = await signUp(server)
      const mail = await server.mailTo(email)
      expect(mail).toMatchObject({ subject: 'Come in, Mulberry & Co waits', senderName: 'Mulberry Gate' })
      expect(mail?.text).toContain('Mulberry Ltd, 1 Orchard Road')
      expect(mail?.html).toContain('Mulberry Ltd, 1 Orchard Road')
      expect(mail?.html).not.toContain('<img')
      const totp = await browser.api('POST', '/account/totp-set-up')
      expect(new URL(totp.json<{ uri: string }>().uri).searchParams.get('issuer')).toBe('Mulberry & Co')
      const options = await browser.api('POST', '/account/passkey/options')
      expect(JSON.stringify(options.json())).toContain('"name":"Mulberry & Co"')
      const refused = await browser.api('PUT', '/account/password', { current_password: GOOD_PASSWORD, new_password: 'mulberry & co1' })
      expect(refused.body).toContain('contains_identifier')
    })

    test('is in force on every instance within a second, and a page of the newer one finds its files on the older at once', async () => {
      await apply(RICH)
      const other = await server.sibling()
      try {
        const before = styleSheetIn((await other.browser().get('/auth/login')).body)
        await apply({ ...RICH, radius: 3, logo: { light: dataUri('svg+xml', LOGO_SVG.replace('#3a1466', '#123456')) } })
        const page = (await server.browser().get('/auth/login')).body
        const after = styleSheetIn(page) ?? ''
        expect(after).not.toBe(before)
        const [logo = ''] = logosIn(page)
        expect((await other.browser().get(logo)).body).toContain('#123456')
        const sheet = await other.browser().get(after)
        expect([sheet.statusCode, sheet.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
        expect(sheet.body).toContain('--gp-radius: 3px')
        // A page that was sent before the change finds the new look, and keeps nothing of it.
        const late = await server.browser().get(before ?? '')
        expect([late.statusCode, late.headers['cache-control']]).toEqual([200, 'no-store'])
        await apply({})
        server.clock.advance(IN_FORCE_MS)
        expect(styleSheetIn((await other.browser().get('/auth/login')).body)).toBeUndefined()
      } finally {
        await other.close()
      }
    })

    test('is shown again as it was declared, and a file that changed under its name is a difference', async () => {
      const text = `# ours\nbranding:\n  logo: { light: ./logo.svg }\n`
      expect((await server.app.settings.apply(text, FILES)).ok).toBe(true)
      expect(await server.app.settings.show()).toBe(text)
      const same = await server.app.settings.plan(text, FILES)
      expect(same.ok && same.value.differences).toEqual([])
      const changed = await server.app.settings.plan(text, new Map([['./logo.svg', LOGO_PNG]]))
      expect(changed.ok && changed.value.differences).toEqual([expect.stringMatching(/^branding\.logo\.light: svg of \d+ bytes, \S+ -> png of \d+ bytes, \S+$/)])
      const without = await server.app.settings.plan(text)
      expect(without.ok ? [] : without.failure).toEqual(['branding.logo.light: cannot read ./logo.svg (up to 64 KiB)'])
      // Applied again and again, the files of the version in force stay, and no older ones pile up.
      for (const radius of [1, 2, 3]) expect((await server.app.settings.apply(`${text}  radius: ${radius}\n`, FILES)).ok).toBe(true)
      const other = await server.sibling()
      const [logo = ''] = logosIn((await other.browser().get('/auth/login')).body)
      expect((await other.browser().get(logo)).statusCode).toBe(200)
      await other.close()
      const rows = await server.app.database.read.selectFrom('tenant_settings_file').select('version').execute()
      expect(rows).toHaveLength(2)
    })
  })
}

describe('a mail', () => {
  test('shows a PNG logo from this server where the operator wants it, and the accent in both schemes', async () => {
    const branding = { name: 'Mulberry', logo: { light: dataUri('png', LOGO_PNG) }, colors: { light: { accent: PURPLE } }, mail: { shows_logo: true } }
    const server = await startTestServer(testEngines[0] ?? 'sqlite', { RATE_LIMITS: 'off' }, declare(branding))
    try {
      const { email } = await signUp(server)
      const html = (await server.mailTo(email))?.html ?? ''
      const [, address = ''] = /<img src="http:\/\/localhost:3000(\/auth\/assets\/branding\/[^"]+\.png)" alt="Mulberry"/.exec(html) ?? []
      const logo = await server.browser().get(address)
      expect([logo.statusCode, logo.headers['cross-origin-resource-policy']]).toEqual([200, 'cross-origin'])
    } finally {
      await server.close()
    }
  })
})

describe('the preview', () => {
  test('shows every page and mail in development, each a whole page', async () => {
    const server = await startTestServer(testEngines[0] ?? 'sqlite', {}, declare({ name: 'Mulberry', colors: { light: { accent: PURPLE } } }))
    try {
      const visitor = server.browser()
      const list = (await visitor.get('/auth/_preview')).body
      const addresses = [...list.matchAll(/href="(\/auth\/_preview\/[^"]+)"/g)].map(([, address]) => address ?? '')
      expect(addresses.length).toBeGreaterThan(35)
      for (const address of addresses) {
        const { statusCode, body, headers } = await visitor.get(address)
        expect([address, statusCode, body.includes('Mulberry')]).toEqual([address, 200, true])
        if (address.includes('/mails/')) expect(headers['content-security-policy']).toContain('sandbox')
        else expect(styleSheets(body)).toBe(2)
      }
      for (const address of ['/auth/_preview/nothing', '/auth/_preview/mails/nothing']) expect((await visitor.get(address)).statusCode).toBe(404)
    } finally {
      await server.close()
    }
  })

  test('is not there in production, nor for anybody but this machine', async () => {
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://example.com', SMTP_URL: 'smtps://u:p@mail.example.com', MAIL_FROM: 'a@example.com' }
    for (const overrides of [production, { PUBLIC_URL: 'https://example.com' }]) {
      const server = await startTestServer(testEngines[0] ?? 'sqlite', overrides)
      try {
        for (const path of ['/auth/_preview', '/auth/_preview/login', '/auth/_preview/mails/login_code']) expect((await server.browser().get(path)).statusCode).toBe(404)
      } finally {
        await server.close()
      }
    }
  })
})

function styleSheets(page: string): number {
  return page.match(/rel="stylesheet"/g)?.length ?? 0
}
