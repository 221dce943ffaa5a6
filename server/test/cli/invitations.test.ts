import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { secretFor } from '../harness/invitations.ts'
import { GOOD_PASSWORD, newAddress, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { makeWorkingFolder, runGatepost } from '../harness/spawned-server.ts'
import { QUICK } from '../harness/tokens.ts'

const TEST_KEY = 'c0ffee0123456789abcdef0011223344556677889900aabbccddeeff01020304'
/** Each test starts several processes; on a busy machine each takes seconds. */
const PROCESS_TIMEOUT_MS = 120_000

for (const engine of testEngines) {
  describe(`an operator on ${engine}`, { timeout: PROCESS_TIMEOUT_MS }, () => {
    let server: TestServer
    let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
    beforeAll(async () => {
      folder = await makeWorkingFolder()
      server = await startTestServer(engine, QUICK, 'lockout: { attempts: 2 }')
    })
    afterAll(async () => {
      await server.close()
      await folder.remove()
    })
    const run = (...args: string[]) => runGatepost(['users', ...args], { cwd: folder.path, env: { ENCRYPTION_KEY: TEST_KEY, DATABASE_URL: server.databaseUrl } })

    test('invites somebody by mail, sees who was invited and never the secret, and takes it back', async () => {
      const email = newAddress('invited')
      const invited = await run('invite', '--email', email, '--expires', '3', '--role', 'admin')
      expect(invited).toMatchObject({ code: 0, stdout: expect.stringMatching(/ is invited until \d{4}-\d\d-\d\d; the link is on its way by mail\n$/) as string })
      const secret = await secretFor(server, email)
      const listed = await run('invitations')
      expect(listed.stdout).toMatch(new RegExp(`^open +until \\S+  ${email}  as admin$`, 'm'))
      expect(invited.stdout + listed.stdout).not.toContain(secret)
      expect(await run('uninvite', '--email', email)).toMatchObject({ code: 0 })
      expect((await run('invitations')).stdout).toMatch(new RegExp(`^revoked .*${email}`, 'm'))
      expect((await server.browser().api('POST', '/signup', { invitation: secret, password: GOOD_PASSWORD })).statusCode).toBe(400)
      expect(await run('uninvite', '--email', email)).toMatchObject({ code: 1, stderr: `gatepost: ${email} has no open invitation\n` })
    })

    test('is told what cannot be invited', async () => {
      const { email } = await signUp(server)
      expect(await run('invite', '--email', email)).toMatchObject({ code: 1, stderr: expect.stringContaining('has an account already') as string })
      expect(await run('invite', '--email', 'nobody')).toMatchObject({ code: 1, stderr: expect.stringContaining('is no address') as string })
      for (const [name, value] of [['--expires', '0'], ['--expires', '91'], ['--expires', 'soon'], ['--role', 'king']] as const) {
        expect(await run('invite', '--email', newAddress(), name, value)).toMatchObject({ code: 2, stderr: expect.stringMatching(new RegExp(`^gatepost: ${name} must be`)) as string })
      }
    })

    test('unlocks an account', async () => {
      const { email } = await signUp(server)
      const login = async (password: string) => (await server.browser().api('POST', '/login', { identifier: email, password })).statusCode
      for (let count = 0; count < 2; count += 1) await login('a wrong horse battery')
      expect(await login(GOOD_PASSWORD)).toBe(401)
      expect(await run('unlock', '--email', email)).toMatchObject({ code: 0, stdout: expect.stringContaining('is unlocked') as string })
      expect(await login(GOOD_PASSWORD)).toBe(200)
      expect((await run('unlock', '--email', email)).stdout).toContain('nothing to change')
    })
  })
}
