// What a person is told about their account, in the language they read.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { signUpWithTotp } from '../harness/factors.ts'
import { signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

for (const engine of testEngines) {
  describe(`what a person is told, on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
    })
    afterAll(() => server.close())

    test('who becomes an admin is told by mail, once, by the operator’s command as by the first link', async () => {
      const [first, second] = [await signUp(server), await signUp(server)]
      const isTold = async (email: string) => (await server.mailsTo(email)).filter(({ subject }) => /^You are an admin of .* now$/.test(subject)).length
      const secret = (await server.app.admins.createFirstAdminLink()) ?? ''
      const made = await first.browser.post('/auth/first_admin', { secret }, { 'accept-language': 'en' })
      expect([made.statusCode, await isTold(first.email), await isTold(second.email)]).toEqual([200, 1, 0])
      for (let times = 0; times < 2; times += 1) await server.app.admins.grant(second.email)
      expect(await isTold(second.email)).toBe(1)
      expect((await server.mailTo(second.email))?.text).toContain('/auth/settings')
    })

    test('an authenticator app that nobody named is called so in every language', async () => {
      const { browser } = await signUpWithTotp(server)
      expect((await browser.get('/auth/settings?ui_locales=en')).body).toContain('<bdi>Authenticator app</bdi>')
      expect((await browser.get('/auth/settings?ui_locales=fr')).body).toContain('<bdi>Application d’authentification</bdi>')
      const { totps } = (await browser.api('GET', '/account/second-factors')).json<{ totps: { name: string }[] }>()
      expect(totps.map(({ name }) => name)).toEqual([''])
    })

    test('new recovery codes are said to void the earlier ones, and lead back to the settings', async () => {
      const { browser } = await signUpWithTotp(server)
      const made = await browser.post('/auth/settings/recovery_codes', {})
      expect(made.statusCode).toBe(200)
      expect(made.body).toContain('The earlier recovery codes of your')
      expect(made.body).toMatch(/href="\/auth\/settings">.*Back to settings<\/a>/)
      // Asked for again in another language they would be gone.
      expect(made.body).not.toContain('gp-language')
    })

    test('who deletes their account reads that what proves them goes, too', async () => {
      const { browser } = await signUp(server)
      expect((await browser.get('/auth/settings/delete')).body).toContain('your passkeys, authenticator apps, phone numbers and recovery codes are deleted;')
    })

    test('the development mailbox names what became of a mail in the language of the page', async () => {
      await signUp(server)
      const state = /· (waiting|delivered)<\/span>/.exec((await server.browser().get('/auth/dev/mailbox')).body)?.[1]
      const german = (await server.browser().get('/auth/dev/mailbox?ui_locales=de')).body
      expect(german).toContain(state === 'waiting' ? '· wartet</span>' : '· zugestellt</span>')
    })
  })
}
