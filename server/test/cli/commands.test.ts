// SQLite carries what is parsing and printing; what asks a database runs on every engine.
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { run as runInProcess } from '../../src/cli/run.ts'
import { freshDatabase, testEngines } from '../harness/engines.ts'
import { challengeOf, signUpWithTotp } from '../harness/factors.ts'
import { totpCode } from '../../../scripts/test-services/authenticator-app.ts'
import { signUp } from '../harness/people.ts'
import { findFreePort, startTestServer } from '../harness/server.ts'
import type { TestServer } from '../harness/server.ts'
import type { Ended } from '../harness/spawned-server.ts'
import { makeWorkingFolder, runGatepost, spawnGatepost } from '../harness/spawned-server.ts'

const TEST_KEY = 'c0ffee0123456789abcdef0011223344556677889900aabbccddeeff01020304'
/** Each test starts several processes; on a busy machine each takes seconds. */
const PROCESS_TIMEOUT_MS = 120_000
const STACK = /\n\s+at |Error:|node:internal|file:\/\//

/** One sentence on standard error for each problem, and nothing of a trace. */
function expectRefusal(ended: Ended, code: number, line: RegExp) {
  expect(ended.stderr).toMatch(line)
  expect(ended.stderr).not.toMatch(STACK)
  for (const one of ended.stderr.trimEnd().split('\n')) expect(one).toMatch(/^gatepost: /)
  expect([ended.code, ended.stdout]).toEqual([code, ''])
}

describe('the command line', { timeout: PROCESS_TIMEOUT_MS }, () => {
  let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
  beforeAll(async () => {
    folder = await makeWorkingFolder()
  })
  afterAll(() => folder.remove())
  const run = (args: readonly string[], env: Record<string, string> = {}) =>
    runGatepost(args, { cwd: folder.path, env: { ENCRYPTION_KEY: TEST_KEY, ...env } })

  test('shows the help of one command alone, and does nothing', async () => {
    for (const args of [['users', '--help'], ['users', 'import', '--help'], ['users', '-h']]) {
      const { code, stdout, stderr } = await run(args)
      expect([code, stderr, stdout.includes('users disable | enable'), /admin grant|migrate up|settings show/.test(stdout)]).toEqual([0, '', true, false])
    }
    expect(await run(['serve', '--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('run the server') as string })
    expect(await run(['explode', '--help'])).toMatchObject({ code: 2 })
  })

  test('shows its help when asked and when given nothing', async () => {
    for (const args of [['help'], ['--help'], []]) {
      const { code, stdout, stderr } = await run(args)
      expect([code, stderr]).toEqual([0, ''])
      for (const command of ['serve', 'migrate', 'admin', 'users', 'keys', 'outbox', 'settings show', 'config check']) expect(stdout).toContain(command)
    }
  })

  test.each([
    [['nonsense'], /there is no command "nonsense"/],
    [['constructor'], /there is no command "constructor"/],
    [['__proto__'], /there is no command "__proto__"/],
    [['serve', '--port', '1'], /"--port" is not an option here/],
    [['gateway', '--bind', ':1'], /"--bind" is not an option here/],
    [['dev', '--port', '1'], /"--port" is not an option here/],
    [['help', 'me'], /"me" is not an option here/],
    [['migrate'], /takes up, down or status/],
    [['migrate', 'sideways'], /takes up, down or status/],
    [['migrate', 'up', '--force'], /"--force" is not an option here/],
    [['settings'], /usage/],
    [['settings', 'apply'], /usage/],
    [['settings', 'show', 'me'], /usage/],
    [['settings', 'plan', './nothing.yaml'], /cannot read .\/nothing.yaml: ENOENT/],
    [['keys', 'burn'], /rotate, list or rewrap/],
    [['keys', 'rotate', 'now'], /"now" is not an option here/],
    [['admin'], /usage/],
    [['admin', 'grant'], /usage/],
    [['admin', 'grant', '--email'], /--email needs a value/],
    [['admin', 'grant', '--mail', 'a@example.com'], /"--mail" is not an option here/],
    [['admin', 'grant', 'a@example.com'], /"a@example.com" is not an option here/],
    [['users', 'explode', '--email', 'a@example.com'], /usage/],
    [['users', 'require-password-change'], /usage: gatepost users require-password-change/],
    [['users', 'require-password-change', '--all', '--email', 'a@example.com'], /"--all" is not an option here/],
    [['outbox', 'list', 'all'], /"all" is not an option here/],
    [['outbox', 'retry'], /usage/],
    [['outbox', 'retry', '--id', 'not-an-id'], /usage/],
    [['config'], /usage/],
    [['config', 'check', '--loud'], /"--loud" is not an option here/],
  ])('refuses %j with exit code 2 and one line', async (args, line) => {
    // In this process: two dozen starts would take longer than everything else here.
    const printed = { stdout: '', stderr: '' }
    const spies = [
      vi.spyOn(console, 'log').mockImplementation((text: string) => void (printed.stdout += `${text}\n`)),
      vi.spyOn(console, 'error').mockImplementation((text: string) => void (printed.stderr += `${text}\n`)),
    ]
    try {
      expectRefusal({ code: await runInProcess(args), signal: null, ...printed }, 2, line)
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
  })

  test('ends with the exit code of the refusal', async () => {
    expectRefusal(await run(['nonsense']), 2, /there is no command "nonsense"/)
  })

  test('says in one line that the database is away, whatever was asked', async () => {
    const port = await findFreePort()
    for (const url of [`postgres://u:secret-word@127.0.0.1:${port}/x`, `mysql://u:secret-word@127.0.0.1:${port}/x`, 'sqlite:/dev/null/x.db']) {
      for (const args of [['serve'], ['migrate', 'status'], ['admin', 'grant', '--email', 'a@example.com'], ['outbox', 'list']]) {
        const ended = await run(args, { DATABASE_URL: url })
        expectRefusal(ended, 1, url.startsWith('sqlite:') ? /database unavailable|there is no database at \/dev\/null\/x.db/ : /database unavailable/)
        expect(ended.stderr).not.toContain('secret-word')
      }
    }
  })

  test('makes no database where there is none, but says where it looked', async () => {
    const elsewhere = await makeWorkingFolder()
    try {
      for (const args of [['keys', 'list'], ['users', 'disable', '--email', 'a@example.com'], ['settings', 'show'], ['outbox', 'list']]) {
        expectRefusal(await runGatepost(args, { cwd: elsewhere.path, env: { ENCRYPTION_KEY: TEST_KEY } }), 1, /there is no database at \/.*\/data\/gatepost\.db/)
      }
      expect(await readdir(elsewhere.path)).toEqual([])
    } finally {
      await elsewhere.remove()
    }
  })

  test('runs the gateway with a log of JSON lines, and refuses an address in use with one line', async () => {
    const env = { GATEWAY_BIND: `127.0.0.1:${await findFreePort()}` }
    const running = spawnGatepost(['gateway'], { cwd: folder.path, env })
    await vi.waitFor(() => expect(running.output()).toContain('gateway listening'), { timeout: PROCESS_TIMEOUT_MS / 2 })
    expectRefusal(await run(['gateway'], env), 1, /is in use: set GATEWAY_BIND/)
    running.kill('SIGTERM')
    const { code, stdout, stderr } = await running.ended()
    expect([code, stderr]).toEqual([0, ''])
    for (const line of stdout.trimEnd().split('\n')) expect(JSON.parse(line)).toMatchObject({ level: 'info' })
  })

  test('says whether the configuration is complete', async () => {
    const good = await run(['config', 'check'])
    expect([good.code, good.stdout]).toEqual([0, 'the configuration is complete for development: http://localhost:3000/auth\n'])
    expectRefusal(await run(['config', 'check'], { PORT: 'x' }), 1, /PORT must be a whole number/)
  })

  test('refuses a file that is no database with one line', async () => {
    await writeFile(join(folder.path, 'noise.db'), 'this is not a database, '.repeat(100))
    const ended = await run(['migrate', 'status'], { DATABASE_URL: 'sqlite:./noise.db' })
    expect(ended.code).toBe(1)
    expect(ended.stderr).not.toMatch(STACK)
  })
})

for (const engine of testEngines) {
  describe(`the commands of an operator on ${engine}`, { timeout: PROCESS_TIMEOUT_MS }, () => {
    let server: TestServer
    let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
    beforeAll(async () => {
      folder = await makeWorkingFolder()
      server = await startTestServer(engine, { RATE_LIMITS: 'off', ARGON2_MEMORY_KIB: '7168', ARGON2_PASSES: '1' })
    })
    afterAll(async () => {
      await server.close()
      await folder.remove()
    })
    const run = (args: readonly string[], env: Record<string, string> = {}) =>
      runGatepost(args, { cwd: folder.path, env: { ENCRYPTION_KEY: TEST_KEY, DATABASE_URL: server.databaseUrl, ...env } })

    test('make admins and unmake them, but never the last one, and say so by exit code', async () => {
      const ada = await signUp(server)
      const bob = await signUp(server)
      expectRefusal(await run(['admin', 'grant', '--email', 'nobody@example.com']), 1, /no account has the address nobody@example.com/)
      expect(await run(['admin', 'grant', '--email', ada.email.toUpperCase()])).toMatchObject({ code: 0, stdout: expect.stringContaining('is an admin now') as string })
      expect(await run(['admin', 'grant', '--email', ada.email])).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to change') as string })
      expectRefusal(await run(['admin', 'revoke', '--email', ada.email]), 1, /is the last admin/)
      expect(await run(['admin', 'grant', '--email', bob.email])).toMatchObject({ code: 0 })
      expect(await run(['admin', 'revoke', '--email', ada.email])).toMatchObject({ code: 0 })
      expect((await ada.browser.api('GET', '/user')).statusCode).toBe(401)
    })

    test('declare settings that are planned, applied, in force in a running server, and shown as they were written', async () => {
      const file = join(folder.path, 'settings.yaml')
      const text = '# who may come in\nsignup:\n  mode: closed   # for now\nsecond_factor: { trusted_device_days: 7 }\n'
      const defaults = await run(['settings', 'show'])
      expect(defaults).toMatchObject({ code: 0, stdout: expect.stringContaining('verification: required') as string })
      await writeFile(file, text)
      const lines = '  second_factor.trusted_device_days: 30 -> 7\n  signup.mode: open -> closed\n'
      expect(await run(['settings', 'plan', file])).toMatchObject({ code: 0, stdout: `${lines}2 to change; apply makes it so\n` })
      expect((await server.browser().get('/auth/signup')).statusCode).toBe(200)
      expect(await run(['settings', 'apply', file])).toMatchObject({ code: 0, stdout: `${lines}2 changed; in force within a second\n` })
      server.clock.advance(1_001)
      expect((await server.browser().get('/auth/signup')).statusCode).toBe(403)
      expect((await run(['settings', 'show'])).stdout).toBe(text)
      expect(await run(['settings', 'apply', file])).toMatchObject({ code: 0, stdout: 'nothing changes\n' })

      await writeFile(join(folder.path, 'broken.json'), JSON.stringify({ signup: { mode: 'ajar', colour: 1 }, login: { authentications: [] }, second_factor: { trusted_device_days: 1.5, authentications: ['recovery_code'] } }))
      for (const action of ['plan', 'apply']) {
        const refused = await run(['settings', action, join(folder.path, 'broken.json')])
        expectRefusal(refused, 1, /signup\.mode: .*\n.*signup\.colour: is not a setting/)
        for (const place of ['login.authentications', 'second_factor.trusted_device_days', 'second_factor.authentications']) expect(refused.stderr).toContain(place)
      }
      expect((await run(['settings', 'show'])).stdout).toBe(text)
      await writeFile(file, '{}')
      expect(await run(['settings', 'apply', file])).toMatchObject({ code: 0 })
      server.clock.advance(1_001)
    })

    test('close an account at once and open it again', async () => {
      const person = await signUp(server)
      expect(await run(['users', 'disable', '--email', person.email])).toMatchObject({ code: 0, stderr: '' })
      expect((await person.browser.api('GET', '/user')).statusCode).toBe(401)
      const login = () => server.browser().api('POST', '/login', { identifier: person.email, password: person.password })
      expect((await login()).statusCode).not.toBe(200)
      expect(await run(['users', 'enable', '--email', person.email])).toMatchObject({ code: 0 })
      expect((await login()).statusCode).toBe(200)
      expectRefusal(await run(['users', 'disable', '--email', 'nobody@example.com']), 1, /no account has the address/)
    })

    test('say whether an account is locked, until when and after how many tries, and unlock it', async () => {
      const strict = await server.sibling({}, 'lockout: { attempts: 3, window_minutes: 600, minimum_minutes: 10 }')
      const { email, browser } = await signUp(strict)
      const show = async () => (await run(['users', 'show', '--email', email])).stdout.split('\n').filter((line) => line.startsWith('locked'))
      expect(await show()).toEqual(['locked: no'])
      const guess = (from = strict.browser()) => from.api('POST', '/login', { identifier: email, password: 'a wrong horse battery' })
      await guess()
      expect(await show()).toEqual(['locked: no, password, wrong tries in a row: 1'])
      await guess()
      await guess()
      await browser.api('POST', '/sessions/logout')
      await guess(browser)
      const [everywhere = '', onDevice] = await show()
      const [, until = ''] = /^locked: until (\S+), password, wrong tries in a row: 3$/.exec(everywhere) ?? []
      expect((Date.parse(until) - strict.clock.now()) / 60_000).toBeCloseTo(10, 0)
      expect(onDevice).toBe('locked: no, password, wrong tries in a row: 1, on one device, session or address alone')
      expect(await run(['users', 'unlock', '--email', email])).toMatchObject({ code: 0, stdout: expect.stringContaining('is unlocked') as string })
      expect(await show()).toEqual(['locked: no'])
      expect(await run(['users', 'unlock', '--email', email])).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to change') as string })
      expectRefusal(await run(['users', 'unlock', '--email', 'nobody@example.com']), 1, /no account has the address/)
      await strict.close()
    })

    test('ask one account or all of them for another password, and say what there was to do', async () => {
      const [ada, bob] = [await signUp(server), await signUp(server)]
      const ask = (...args: string[]) => run(['users', 'require-password-change', ...args])
      expectRefusal(await ask('--email', 'nobody@example.com'), 1, /no account has the address nobody@example.com/)
      expect(await ask('--email', ada.email)).toMatchObject({ code: 0, stdout: `${ada.email} will be asked for a new password at the next sign-in by password\n` })
      expect(await ask('--email', ada.email)).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing to change') as string })
      const login = async (person: typeof ada) => (await server.browser().api('POST', '/login', { email: person.email, password: person.password })).body
      expect([await login(ada), await login(bob)]).toEqual([expect.stringContaining('password_change_required'), expect.not.stringContaining('password_change_required')])
      expect(await ask('--all')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^\d+ accounts? will be asked for a new password/) as string })
      expect(await login(bob)).toContain('password_change_required')
      expect((await bob.browser.api('GET', '/user')).statusCode).toBe(200)
      expect(await ask('--all')).toMatchObject({ code: 0, stdout: '0 accounts will be asked for a new password at the next sign-in by password\n' })
    })

    test('rotate, list and rewrap keys', async () => {
      const ada = await signUpWithTotp(server)
      const before = (await run(['keys', 'list'])).stdout.trim().split('\n')
      const rotated = await run(['keys', 'rotate'])
      expect(rotated.stdout).toMatch(/^key \S+ is published now and signs from \d{4}-/)
      expect((await run(['keys', 'list'])).stdout.trim().split('\n')).toHaveLength(before.length + 1)
      const newer = 'feedbeef0123456789abcdef0011223344556677889900aabbccddeeff010203'
      expect((await run(['keys', 'rewrap'], { ENCRYPTION_KEY: `${newer},${TEST_KEY}` })).stdout).toBe(`${before.length + 1} signing keys and 1 keys of authenticator apps sealed anew\n`)
      const moved = await server.sibling({ ENCRYPTION_KEY: newer })
      const browser = moved.browser()
      const proof = { authentication_challenge_id: await challengeOf(ada, browser), totp_code: totpCode(ada.key, server.clock.now()) }
      expect((await browser.api('POST', '/second-factor', proof)).statusCode).toBe(200)
      await moved.close()
      expectRefusal(await run(['keys', 'list']), 1, /ENCRYPTION_KEY does not hold the key/)
      expect((await run(['keys', 'rewrap'], { ENCRYPTION_KEY: `${TEST_KEY},${newer}` })).code).toBe(0)
    })

    test('refuse to serve with another encryption key than the one the database was sealed with', async () => {
      const other = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'
      expectRefusal(await run(['serve'], { ENCRYPTION_KEY: other, PORT: '0' }), 1, /ENCRYPTION_KEY does not hold the key/)
    })

    test('show the state of the schema and step it up and down; a server beside it refuses a schema that does not fit', async () => {
      const database = await freshDatabase(engine, { migrated: false })
      const own = { DATABASE_URL: database.url, MIGRATE_ON_START: 'off', PORT: '0' }
      try {
        expect(await run(['migrate', 'status'], own)).toMatchObject({ code: 1, stdout: expect.stringContaining('pending  0001-foundation') as string })
        expectRefusal(await run(['serve'], own), 1, /schema is behind .*run: gatepost migrate up/)
        expectRefusal(await run(['admin', 'grant', '--email', 'a@example.com'], own), 1, /schema is behind/)
        expect(await run(['migrate', 'up'], own)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^up: 0001-foundation/) as string })
        expect(await run(['migrate', 'up'], own)).toMatchObject({ code: 0, stdout: 'nothing to do\n' })
        expect(await run(['migrate', 'status'], own)).toMatchObject({ code: 0, stdout: expect.stringContaining('applied  0001-foundation') as string })
        expect((await run(['migrate', 'down'], own)).code).toBe(0)
        expect((await run(['migrate', 'status'], own)).code).toBe(1)
      } finally {
        await database.drop()
      }
    })
  })
}
