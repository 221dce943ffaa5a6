import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { makeWorkingFolder, runGatepost, SPAWN_KEY } from '../harness/spawned-server.ts'
import { FAST } from './messaging.ts'

const VALUE = 'sk_live_0123456789abcdefXYZ'
const NEWER_KEY = 'feedface0123456789abcdef0011223344556677889900aabbccddeeff01020304'.slice(0, 64)
/** Each test starts several processes; on a busy machine each takes seconds. */
const PROCESS_TIMEOUT_MS = 120_000

const SETTINGS = `messaging:
  allowed_countries: [CH, LI]   # where our people live
  senders:
    - type: webhook
      url: https://sms.example.com/send
      signing_secret: { secret: SMS_SIGNING }
`

for (const engine of testEngines) {
  describe(`secrets of the settings on ${engine}`, { timeout: PROCESS_TIMEOUT_MS }, () => {
    let server: TestServer
    let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
    beforeAll(async () => {
      folder = await makeWorkingFolder()
      server = await startTestServer(engine, FAST)
    })
    afterAll(async () => {
      await server.close()
      await folder.remove()
    })
    const run = (args: readonly string[], options: { input?: string; key?: string } = {}) =>
      runGatepost(args, {
        cwd: folder.path,
        env: { ENCRYPTION_KEY: options.key ?? SPAWN_KEY, DATABASE_URL: server.databaseUrl },
        ...(options.input === undefined ? {} : { input: options.input }),
      })
    const secret = (args: readonly string[], input?: string) => run(['settings', 'secret', ...args], input === undefined ? {} : { input })

    test('are read from standard input, named by the settings, listed by name, and never shown', async () => {
      const file = join(folder.path, 'settings.yaml')
      await writeFile(file, SETTINGS)
      for (const action of ['plan', 'apply']) {
        expect(await run(['settings', action, file])).toMatchObject({ code: 1, stdout: '', stderr: 'gatepost: the secret SMS_SIGNING is not set: gatepost settings secret set SMS_SIGNING\n' })
      }
      expect(await secret(['set', 'SMS_SIGNING'], `${VALUE}\n`)).toMatchObject({ code: 0, stdout: 'SMS_SIGNING is set\n', stderr: '' })
      expect(await server.app.secrets.read('SMS_SIGNING')).toBe(VALUE)
      const applied = await run(['settings', 'apply', file])
      expect(applied).toMatchObject({ code: 0, stderr: '' })
      expect((await run(['settings', 'show'])).stdout).toBe(SETTINGS)
      const listed = await secret(['list'])
      expect(listed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^SMS_SIGNING {2}set \d{4}-[^\n]+\n$/) as string })

      expect(await secret(['remove', 'SMS_SIGNING'])).toMatchObject({ code: 1, stderr: 'gatepost: the settings name SMS_SIGNING: take it out of them first\n' })
      const events = await server.app.database.read.selectFrom('event').selectAll().execute()
      for (const told of [applied.stdout, listed.stdout, JSON.stringify(events)]) expect(told).not.toContain(VALUE)
      expect(events.map(({ type }) => type)).toContain('secret.set')
    })

    test('are refused when they are nothing, many lines, or have no usable name', async () => {
      for (const [args, input, line] of [
        [['set', 'EMPTY'], '\n', /standard input is empty/],
        [['set', 'LINES'], 'a\nb\n', /one line of printable ASCII/],
        [['set', 'LONG'], 'x'.repeat(8_193), /8 KiB at most/],
        [['set', 'small'], 'x', /capital letters/],
        [['set'], 'x', /usage/],
        [['set', 'A', VALUE], 'x', /usage/],
        [['show', 'A'], undefined, /usage/],
        [['remove', 'NOTHING'], undefined, /there is no secret NOTHING/],
      ] as const) {
        const { code, stdout, stderr } = await secret(args, input)
        expect([code, stdout]).toEqual([expect.toBeOneOf([1, 2]), ''])
        expect(stderr).toMatch(line)
        expect(stderr).not.toContain(VALUE)
      }
      expect((await server.app.secrets.list()).map(({ name }) => name)).toEqual(['SMS_SIGNING'])
    })

    test('lie sealed in the database, each under its own name', async () => {
      await server.app.secrets.set('OTHER', 'another value')
      const rows = await server.app.database.read.selectFrom('tenant_secret').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(VALUE)
      if (engine === 'sqlite') {
        const path = server.databaseUrl.slice('sqlite:'.length)
        for (const file of [path, `${path}-wal`]) {
          expect((await readFile(file).catch(() => Buffer.from(''))).includes(VALUE)).toBe(false)
        }
      }
      // Whoever may write to the table cannot have one sent in the place of another.
      const sealed = rows.find(({ name }) => name === 'SMS_SIGNING')!.value_sealed
      await server.app.database.transaction((tx) => tx.updateTable('tenant_secret').set({ value_sealed: sealed }).where('name', '=', 'OTHER').execute())
      await expect(server.app.secrets.read('OTHER')).rejects.toThrow(/OTHER cannot be unsealed/)
      expect(await secret(['remove', 'OTHER'])).toMatchObject({ code: 0, stdout: 'OTHER is removed\n' })
    })

    test('are sealed anew under the newest key, so that the old one can be taken away', async () => {
      const rewrapped = await run(['keys', 'rewrap'], { key: `${NEWER_KEY},${SPAWN_KEY}` })
      expect(rewrapped).toMatchObject({ code: 0, stdout: expect.stringContaining('1 secrets of the settings sealed anew\n') as string })
      const later = await server.sibling({ ENCRYPTION_KEY: NEWER_KEY })
      expect(await later.app.secrets.read('SMS_SIGNING')).toBe(VALUE)
      await later.close()
    })
  })
}
