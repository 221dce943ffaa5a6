import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { newPhone, PHONE_SIGNUP, signUpByPhone } from '../harness/phones.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { makeWorkingFolder, runGatepost } from '../harness/spawned-server.ts'
import { QUICK } from '../harness/tokens.ts'

const TEST_KEY = 'c0ffee0123456789abcdef0011223344556677889900aabbccddeeff01020304'
/** Each test starts several processes; on a busy machine each takes seconds. */
const PROCESS_TIMEOUT_MS = 120_000

for (const engine of testEngines) {
  describe(`an operator and an account without an address on ${engine}`, { timeout: PROCESS_TIMEOUT_MS }, () => {
    let server: TestServer
    let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
    beforeAll(async () => {
      folder = await makeWorkingFolder()
      server = await startTestServer(engine, QUICK, PHONE_SIGNUP)
    })
    afterAll(async () => {
      await server.close()
      await folder.remove()
    })
    const run = (...args: string[]) => runGatepost(['users', ...args], { cwd: folder.path, env: { ENCRYPTION_KEY: TEST_KEY, DATABASE_URL: server.databaseUrl } })

    test('shows, closes and opens it by its number', async () => {
      const ada = await signUpByPhone(server)
      const shown = await run('show', '--phone', ada.phone)
      expect(shown).toMatchObject({ code: 0, stdout: expect.stringMatching(new RegExp(`^id: ${ada.id}\nstatus: active\nlocked: no\nusername: user-\\d+\nphone: \\${ada.phone}\nroles: none\n`)) as string })
      expect(shown.stdout).not.toContain('null')
      expect(await run('disable', '--phone', ada.phone)).toMatchObject({ code: 0, stdout: `${ada.phone} is disabled and signed out everywhere\n` })
      expect((await ada.browser.api('GET', '/user')).statusCode).toBe(401)
      expect(await run('enable', '--phone', ada.phone)).toMatchObject({ code: 0 })
      const [id, username] = [ada.id, /username: (\S+)/.exec(shown.stdout)?.[1] ?? '']
      const ask = (...named: string[]) => run('require-password-change', ...named)
      expect(await ask('--phone', ada.phone)).toMatchObject({ code: 0, stdout: `${ada.phone} will be asked for a new password at the next sign-in by password\n` })
      // The same account by every name.
      for (const named of [['--username', username], ['--id', id]]) expect(await ask(...named)).toMatchObject({ code: 0, stdout: `${named[1]}: nothing to change\n` })
      expect(await ask('--username', 'nobody-here')).toMatchObject({ code: 1, stderr: 'gatepost: no account has the name nobody-here; it must sign up first\n' })
      expect((await ask('--phone', ada.phone, '--id', id)).code).toBe(2)
      const nobody = newPhone()
      expect(await run('show', '--phone', nobody)).toMatchObject({ code: 1, stderr: `gatepost: no account has the number ${nobody}; it must sign up first\n` })
      expect((await run('show', '--phone', ada.phone, '--email', 'ada@example.com')).code).toBe(2)
    })
  })
}
