// What a file yields is shown without a server and a database; what is in force is asked of every engine.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { startTestServer } from '../harness/server.ts'
import { makeWorkingFolder, runGatepost } from '../harness/spawned-server.ts'
import { EXAMPLE_SETTINGS, EXAMPLE_SHOWN } from './worked-example.ts'

const TEST_KEY = 'c0ffee0123456789abcdef0011223344556677889900aabbccddeeff01020304'
const PROCESS_TIMEOUT_MS = 120_000

describe('gatepost flows show', { timeout: PROCESS_TIMEOUT_MS }, () => {
  let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
  beforeAll(async () => {
    folder = await makeWorkingFolder()
    await writeFile(join(folder.path, 'settings.yaml'), EXAMPLE_SETTINGS)
  })
  afterAll(() => folder.remove())
  const show = (args: readonly string[], env: Record<string, string> = {}) => runGatepost(['flows', 'show', ...args], { cwd: folder.path, env })

  test('prints the flow of the documentation as the documentation has it', async () => {
    const { code, stdout, stderr } = await show(['settings.yaml', '--type', 'login', '--name', 'staff'])
    expect([code, stderr, stdout]).toEqual([0, '', EXAMPLE_SHOWN])
  })

  test('prints every flow that a file yields, the generated ones too', async () => {
    const { stdout } = await show(['settings.yaml'])
    const titles = stdout.split('\n').filter((line) => /^\S/.test(line))
    expect(titles).toEqual([
      'signup default, generated from the settings',
      'login default, generated from the settings',
      'signup_login default, generated from the settings',
      'promote default, generated from the settings',
      'reauth default, generated from the settings',
      'account_recovery default, generated from the settings',
      'account_recovery password_first, generated from the settings',
      'login staff, declared',
    ])
    expect(stdout).toContain('       passkey -> 3\n')
  })

  test('draws a flow whose every arrow leads somewhere', async () => {
    const { stdout } = await show(['settings.yaml', '--name', 'staff', '--format', 'mermaid'])
    expect(stdout).toMatch(/^---\ntitle: login staff, declared\n---\nflowchart TD\n/)
    const nodes = [...stdout.matchAll(/^ {2}(\w+)[[(]/gm)].map(([, node]) => node)
    const arrows = [...stdout.matchAll(/^ {2}(\w+) -->\|"[^"]+"\| (\w+)$/gm)].flatMap(([, from, to]) => [from, to])
    expect([new Set(arrows), arrows.length > 20]).toEqual([new Set(nodes), true])
  })

  test('names what it cannot show', async () => {
    await writeFile(join(folder.path, 'wrong.yaml'), 'flows: [{ type: login, name: one, steps: [{ type: identify }] }]')
    for (const [args, exit, line] of [
      [['wrong.yaml'], 1, 'flows.0.steps: authenticate must be there'],
      [['settings.yaml', '--name', 'nobody'], 1, 'the settings yield no such flow'],
      [['settings.yaml', '--format', 'pdf'], 2, 'usage: gatepost flows show'],
      [['nothing.yaml'], 2, 'cannot read nothing.yaml: ENOENT'],
    ] as const) {
      const { code, stdout, stderr } = await show(args)
      expect([code, stdout, stderr.includes(line)], stderr).toEqual([exit, '', true])
    }
  })

  test.each(testEngines)('prints the flows in force in %s', async (engine) => {
    const server = await startTestServer(engine)
    try {
      expect((await server.app.settings.apply(EXAMPLE_SETTINGS)).ok).toBe(true)
      const { code, stdout, stderr } = await show(['--name', 'staff'], { DATABASE_URL: server.databaseUrl, ENCRYPTION_KEY: TEST_KEY })
      expect([code, stdout], stderr).toEqual([0, EXAMPLE_SHOWN])
    } finally {
      await server.close()
    }
  })
})
