// What an operator reads of a settings file that does not fit, declared now or by an earlier release.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, newAddress } from '../harness/people.ts'
import type { SpawnedServer } from '../harness/spawned-server.ts'
import { makeWorkingFolder, runGatepost, SPAWN_KEY, spawnServer } from '../harness/spawned-server.ts'
import { createHttpClient } from '../harness/http-client.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'

const WRONG = `
signup: { mode: on, allowed: somebody, identifications: [] }
login: nothing
second_factor: { trusted_device_days: 9999 }
messaging: { senders: [{ type: pigeon }] }
branding: { name: 4, custom_css: [a, b] }
profile: { attributes: [true] }
flows: [{ type: nope, name: a, steps: [] }]
password: { minimum_length: 1.5 }
`
/** What releases before took: a list that nobody has to prove being on, and a flow to match. */
const STORED = `
signup: { mode: allow_list, allowed: ['@example.com'], verification: 'off' }
flows: [{ type: signup, name: quick, steps: [{ type: identify }, { type: create_authenticator }] }]
`

for (const engine of testEngines) {
  describe(`a settings file on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
    })
    afterAll(() => server.close())

    test('is told what each place takes and what was found there', async () => {
      const planned = await server.app.settings.plan(WRONG)
      expect(planned.ok ? [] : planned.failure).toEqual([
        'signup.mode: must be one of open, invitation, allow_list, closed; found "on"',
        'signup.allowed: must be a list; found "somebody"',
        'signup.identifications: must name at least one',
        'login: must be a group of settings; found "nothing"',
        'second_factor.trusted_device_days: must be at most 365; found 9999',
        'profile.attributes.0: must be a group of settings; found true',
        'messaging.senders.0.type: must be one of twilio, vonage, whatsapp_cloud, webhook; found "pigeon"',
        'password.minimum_length: must be a whole number; found 1.5',
        'branding.name: must be text; found 4',
        'branding.custom_css: must be text; found a list of 2',
        'flows.0.type: must be one of signup, login, promote, reauth, account_recovery; found "nope"',
        'flows.0.steps: must have at least 1 entries; found a list of 0',
      ])
    })

    test('of an earlier release, now refused, is read as the safer of what it could mean, and says what is not in force', async () => {
      const refused = await server.app.settings.apply(STORED)
      expect(refused.ok).toBe(false)
      expect((await server.app.settings.apply('signup: { verification: off }')).ok).toBe(true)
      await server.app.database.transaction(async (tx) => void (await tx.updateTable('tenant_settings').set({ document: STORED }).execute()))
      server.clock.advance(2_000)
      expect(await server.app.settings.listNotInForce()).toEqual([
        'signup.verification: off is not in force, required is: with `mode: allow_list` anybody could name a listed address that they do not prove',
        'flows.0.steps: the signup flow quick is not in force: verify must be there: signup.verification is required',
      ])
      const browser = server.browser()
      expect((await browser.get('/auth/signup?flow_name=quick')).statusCode).toBe(404)
      expect((await browser.api('POST', '/signup/direct', { email: newAddress(), password: GOOD_PASSWORD })).statusCode).not.toBe(201)
      expect((await browser.get('/auth/login')).statusCode).toBe(200)
    })
  })
}

// SQLite: the process and what it prints, whatever holds the settings.
describe('a server whose stored settings are refused by now', () => {
  let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
  let server: SpawnedServer | undefined
  beforeAll(async () => {
    folder = await makeWorkingFolder()
  })
  afterAll(async () => {
    server?.kill('SIGKILL')
    await folder.remove()
  })

  test('starts, says in its log what is not in force, and so does settings show', async () => {
    const env = { DATABASE_URL: 'sqlite:./gatepost.db', ENCRYPTION_KEY: SPAWN_KEY, MIGRATE_ON_START: 'on' }
    const first = await spawnServer({ cwd: folder.path, env })
    first.kill('SIGTERM')
    await first.ended()
    expect(await runGatepost(['settings', 'apply', '-'], { cwd: folder.path, env, input: 'signup: { mode: closed }' })).toMatchObject({ code: 0 })
    const { DatabaseSync } = await import('node:sqlite')
    const database = new DatabaseSync(`${folder.path}/gatepost.db`)
    database.prepare('update tenant_settings set document = ?').run(STORED)
    database.close()

    server = await spawnServer({ cwd: folder.path, env })
    expect(server.output()).toContain('settings: flows.0.steps: the signup flow quick is not in force')
    expect((await createHttpClient(server.port).get('/auth/login')).status).toBe(200)
    const shown = await runGatepost(['settings', 'show'], { cwd: folder.path, env })
    expect(shown).toMatchObject({ code: 0, stdout: STORED, stderr: expect.stringContaining('gatepost: signup.verification: off is not in force') as string })
  })
})
