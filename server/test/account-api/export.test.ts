import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addEmail } from '../harness/emails.ts'
import { testEngines } from '../harness/engines.ts'
import { signUpWithTotp } from '../harness/factors.ts'
import { GOOD_PASSWORD, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { eventsOf, QUICK } from '../harness/tokens.ts'
import { challengeIn, growStale } from './challenges.ts'

interface ExportBody {
  readonly emails: readonly { readonly email: string }[]
  readonly sessions: readonly { readonly id: string; readonly ended_at: string | null }[]
  readonly events: readonly { readonly type: string; readonly occurred_at: string }[]
}

for (const engine of testEngines) {
  describe(`the export of an account on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
    })
    afterAll(() => server.close())

    test('is one file with profile, identities, authenticators, sessions and events, and no secret', async () => {
      const ada = await signUpWithTotp(server)
      await signUp(server)
      await ada.browser.api('PATCH', '/account/profile', { display_name: 'Ada', attributes: [{ name: 'family_name', value: 'Lovelace' }] })
      const second = await addEmail(server, ada.browser)
      const answer = await ada.browser.api('GET', '/account/export')
      expect(answer.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'content-disposition': 'attachment; filename="account.json"', 'cache-control': 'no-store' })
      const exported = answer.json<ExportBody>()
      expect(exported).toMatchObject({
        id: ada.id,
        profile: { display_name: 'Ada', family_name: 'Lovelace' },
        emails: [{ email: ada.email, is_primary: true }, { email: second, is_primary: false }],
        authenticators: { authenticator_apps: [{ name: expect.any(String) as string }], recovery_codes_left: 10, password: { updated_at: expect.any(String) as string } },
      })
      expect(exported.events.map((event) => event.type)).toEqual(expect.arrayContaining(['user.created', 'totp.created', 'user.email_added', 'user.exported']))
      for (const secret of [GOOD_PASSWORD, ada.key, ...ada.recoveryCodes, '$argon2']) expect(answer.body).not.toContain(secret)
      for (const value of ada.browser.cookies.values()) expect(answer.body).not.toContain(value)
      expect(await eventsOf(server, ada.id, 'user.exported')).toHaveLength(1)
    })

    test('is read page by page and whole all the same', async () => {
      const ada = await signUp(server)
      const last = await signIn(server, ada)
      const [session, event] = await Promise.all([
        server.app.database.read.selectFrom('session').selectAll().where('user_id', '=', ada.id as never).orderBy('id').executeTakeFirstOrThrow(),
        server.app.database.read.selectFrom('event').selectAll().where('user_id', '=', ada.id as never).executeTakeFirstOrThrow(),
      ])
      const idOf = (count: number) => `00000000-0000-7000-8000-${String(count).padStart(12, '0')}` as never
      await server.app.database.transaction(async (tx) => {
        const many = Array.from({ length: 1_001 }, (_, count) => count + Number(ada.id.replace(/\D/g, '').slice(-6)) * 10_000)
        for (let from = 0; from < many.length; from += 200) {
          const some = many.slice(from, from + 200)
          await tx.insertInto('session').values(some.map((count) => ({ ...session, id: idOf(count), ended_at: 1, ended_reason: 'logout' }))).execute()
          // All at one instant: pages go by time and id.
          await tx.insertInto('event').values(some.map((count) => ({ ...event, id: idOf(count) }))).execute()
        }
      })
      const exported = (await last.api('GET', '/account/export')).json<ExportBody>()
      expect(new Set(exported.sessions.map((one) => one.id)).size).toBe(1_003)
      expect(exported.sessions).toHaveLength(1_003)
      const { count } = await server.app.database.read
        .selectFrom('event')
        .select((select) => select.fn.countAll().as('count'))
        .where('user_id', '=', ada.id as never)
        .executeTakeFirstOrThrow()
      expect(exported.events).toHaveLength(Number(count))
      expect(exported.events.map((one) => one.occurred_at)).toEqual(exported.events.map((one) => one.occurred_at).toSorted())
    })

    test('wants a recent proof, by API and by page, and comes back to the page after it', async () => {
      const ada = await signUp(server)
      await growStale(server, ada.browser)
      challengeIn(await ada.browser.api('GET', '/account/export'))
      const page = await ada.browser.get('/auth/settings/export')
      expect([page.statusCode, page.headers['location']]).toEqual([303, `/auth/reauthenticate?return_to=${encodeURIComponent('/auth/settings/export')}`])
      expect(await eventsOf(server, ada.id, 'user.exported')).toHaveLength(0)
      const fresh = await signIn(server, ada)
      expect((await fresh.get('/auth/settings/export')).json()).toMatchObject({ id: ada.id })
    })
  })
}
