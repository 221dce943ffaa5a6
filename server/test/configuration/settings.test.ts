// No database takes part: a server that is configured badly does not get as far as opening one.
import { generateKeyPairSync } from 'node:crypto'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/app/config/load-config.ts'
import { createHttpClient } from '../harness/http-client.ts'
import { makeWorkingFolder, runGatepost, SPAWN_KEY, spawnServer } from '../harness/spawned-server.ts'

const pemOf = (namedCurve: string) => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve })
  return Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64')
}

const BAD_VALUES: [name: string, values: string[]][] = [
  ['NODE_ENV', ['prod', 'Production']],
  ['PUBLIC_URL', ['example.com', 'ftp://example.com', 'https://example.com/', 'https://example.com/auth', 'https://a:b@example.com', 'https://example.com?x']],
  ['BASE_PATH', ['auth', '/auth/', '//auth', '/a b', '/../x', '/a?b']],
  ['PORT', ['-1', '65536', '80x', '1.5', '99999999999']],
  ['TRUSTED_PROXIES', ['everyone', '10.0.0.0/33', '10.0.0.1,nonsense']],
  ['TLS_CLIENT_CERTIFICATE_HEADER', ['cert', 'Client_Cert', 'Client-Cert:', 'Client Cert', '-Client-Cert', 'Client-Cert']],
  ['TLS_CLIENT_VERIFY_HEADER', ['verify', 'X-Verify-', 'Client-Verify']],
  ['COOKIE_PREFIX', ['Gate', 'a b', 'a;b', '__Host-x', '1a']],
  ['DEFAULT_RETURN_TO', ['https://evil.example', '//evil.example', '/\\evil', 'notes']],
  ['DATABASE_URL', ['mongodb://x', 'sqlite:', 'sqlite::memory:', 'postgres://', 'postgres:///db', 'file.db', 'sqlite://host/x.db']],
  ['DATABASE_POOL_SIZE', ['0', '201', 'many']],
  ['MIGRATE_ON_START', ['yes', 'ON', '1']],
  ['REDIS_URL', ['http://x', 'localhost:6379']],
  ['ENCRYPTION_KEY', ['secret', 'changeme', '0'.repeat(64), 'ab'.repeat(32), SPAWN_KEY.slice(1), `${SPAWN_KEY},short`, `${SPAWN_KEY},`]],
  ['JWT_PRIVATE_KEY_BASE64', ['x', Buffer.from('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----').toString('base64'), pemOf('secp384r1')]],
  ['SMTP_URL', ['mail.example.com', 'http://mail.example.com', 'smtp://', 'smtp://mail.example.com?tls=maybe', 'smtps://mail.example.com?insecure', 'smtp://a%zz:b@mail.example.com']],
  ['MAIL_FROM', ['nobody', 'a@b@c', 'A <a@example.com>, B <b@example.com>', 'x\r\nBcc: y@example.com']],
  ['API_TOKENS_IN_BODY', ['true']],
  ['ARGON2_MEMORY_KIB', ['1024', '99999999']],
  ['ARGON2_PASSES', ['0', '21']],
  ['PASSWORD_HASH_LANES', ['0', '65']],
  ['RATE_LIMITS', ['false']],
  ['LOG_LEVEL', ['verbose']],
]

/** Each test starts several processes; on a busy machine each takes seconds. */
const PROCESS_TIMEOUT_MS = 120_000

const PRODUCTION = { NODE_ENV: 'production', ENCRYPTION_KEY: SPAWN_KEY, PUBLIC_URL: 'https://example.com', SMTP_URL: 'smtps://u:p@mail.example.com', MAIL_FROM: 'a@example.com' }

describe('the configuration', { timeout: PROCESS_TIMEOUT_MS }, () => {
  let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
  beforeAll(async () => {
    folder = await makeWorkingFolder()
  })
  afterAll(() => folder.remove())

  test.each(BAD_VALUES)('refuses bad values of %s, each by its name and without repeating a secret', (name, values) => {
    for (const value of values) {
      const loaded = loadConfig({ ENCRYPTION_KEY: SPAWN_KEY, [name]: value })
      const problems = loaded.ok ? [] : loaded.failure
      expect([value, problems]).toEqual([value, expect.arrayContaining([expect.stringMatching(new RegExp(`^${name} (must|is|holds|names)`))])])
      if (/KEY|SMTP|REDIS/.test(name) && value.length > 12) expect(problems.join()).not.toContain(value)
    }
  })

  test('names every problem at once, a line each, with exit code 1 and no trace', async () => {
    const env = Object.fromEntries(BAD_VALUES.map(([name, [value = '']]) => [name, value]))
    const { code, stdout, stderr } = await runGatepost(['serve'], { cwd: folder.path, env })
    const lines = stderr.trimEnd().split('\n')
    expect([code, stdout]).toEqual([1, ''])
    for (const [name] of BAD_VALUES) expect(lines.filter((line) => line.startsWith(`gatepost: ${name} `))).not.toEqual([])
    expect(stderr).not.toMatch(/\n\s+at |node:internal/)
    expect(await readdir(folder.path)).toEqual([])
  })

  test('takes secrets from files, and refuses a secret that is given twice or whose file cannot be read', async () => {
    const file = join(folder.path, 'secret')
    for (const [name, value] of [['ENCRYPTION_KEY', SPAWN_KEY], ['DATABASE_URL', 'sqlite:./x.db'], ['REDIS_URL', 'redis://localhost'], ['SMTP_URL', 'smtp://localhost'], ['JWT_PRIVATE_KEY_BASE64', pemOf('prime256v1')]] as const) {
      await writeFile(file, `${value}\n`)
      const base: Record<string, string> = name === 'ENCRYPTION_KEY' ? {} : { ENCRYPTION_KEY: SPAWN_KEY }
      expect(loadConfig({ ...base, [`${name}_FILE`]: file }).ok).toBe(true)
      const twice = loadConfig({ ...base, [name]: value, [`${name}_FILE`]: file })
      expect(twice.ok ? [] : twice.failure).toEqual([`${name} and ${name}_FILE are both set: keep one`])
      for (const missing of [join(folder.path, 'missing'), folder.path]) {
        const unread = loadConfig({ ...base, [`${name}_FILE`]: missing })
        expect(unread.ok ? '' : unread.failure.join()).toContain(`${name}_FILE names ${missing}, which cannot be read`)
      }
      await writeFile(file, '')
      expect(loadConfig({ ...base, [`${name}_FILE`]: file }).ok).toBe(false)
    }
  })

  // Security case Q10.
  test('of production demands a key, an https address, a mail server and a sender, and refuses to be without limits', () => {
    expect(loadConfig(PRODUCTION).ok).toBe(true)
    for (const name of ['ENCRYPTION_KEY', 'PUBLIC_URL', 'SMTP_URL', 'MAIL_FROM'] as const) {
      const loaded = loadConfig({ ...PRODUCTION, [name]: undefined })
      expect(loaded.ok ? [] : loaded.failure).toEqual([expect.stringMatching(new RegExp(`^${name} is required in production`))])
    }
    const noLimits = loadConfig({ ...PRODUCTION, RATE_LIMITS: 'off' })
    expect(noLimits.ok ? [] : noLimits.failure).toEqual(['RATE_LIMITS=off is refused in production'])
    for (const url of ['http://example.com', 'http://localhost.example.com', 'http://127.0.0.1.example.com']) {
      const plain = loadConfig({ ...PRODUCTION, PUBLIC_URL: url })
      expect(plain.ok ? [] : plain.failure).toEqual([expect.stringMatching(/^PUBLIC_URL must be https/)])
    }
    const bare = loadConfig({ NODE_ENV: 'production', RATE_LIMITS: 'off' })
    expect(bare.ok ? [] : bare.failure).toHaveLength(5)
  })

  test('of production has no mailbox page, and nothing switches it on', async () => {
    const server = await spawnServer({
      cwd: folder.path,
      env: { ...PRODUCTION, MIGRATE_ON_START: 'on', DATABASE_URL: 'sqlite:./production.db', DEV_MAILBOX: 'on', MAILBOX: 'on', DEBUG: '*', GATEPOST_DEV: '1' },
    })
    try {
      const client = createHttpClient(server.port, { origin: 'https://example.com' })
      for (const path of ['/auth/dev/mailbox', '/auth/dev/mailbox?enable=1', '/auth/dev/mailbox/0190a0a0-0000-7000-8000-000000000000', '/auth/dev/mailbox/0190a0a0-0000-7000-8000-000000000000/html']) {
        expect((await client.get(path)).status).toBe(404)
      }
    } finally {
      server.kill('SIGTERM')
      expect((await server.ended()).code).toBe(0)
    }
  })

  test('of production that offer telephones without a sender are named where they are applied, and at the start of the server', async () => {
    const env = { ...PRODUCTION, MIGRATE_ON_START: 'on', DATABASE_URL: 'sqlite:./telephones.db' }
    const file = join(folder.path, 'telephones.yaml')
    const offers = 'login: { authentications: [primary_password, primary_oob_otp_sms] }\nrecovery: { destinations: [email, phone] }\n'
    const line = /no code reaches a telephone, which login\.authentications \(primary_oob_otp_sms\), recovery\.destinations \(phone\) need: declare messaging\.senders/
    const apply = async (text: string, more: Record<string, string> = env) => {
      await writeFile(file, text)
      return runGatepost(['settings', 'apply', file], { cwd: folder.path, env: more })
    }
    const startLog = async () => {
      const server = await spawnServer({ cwd: folder.path, env })
      server.kill('SIGTERM')
      await server.ended()
      return server.output()
    }
    expect((await runGatepost(['migrate', 'up'], { cwd: folder.path, env })).code).toBe(0)
    expect(await apply(offers)).toMatchObject({ code: 0, stderr: expect.stringMatching(line) as string })
    expect(await startLog()).toMatch(line)
    // In development the mailbox stands in.
    expect(await apply(offers, { ENCRYPTION_KEY: SPAWN_KEY, DATABASE_URL: env.DATABASE_URL })).toMatchObject({ code: 0, stderr: '' })
    const carried = `${offers}messaging: { senders: [{ type: webhook, url: 'https://sms.example.com/send', signing_secret: { secret: HOOK } }], allowed_countries: [CH] }\n`
    expect((await runGatepost(['settings', 'secret', 'set', 'HOOK'], { cwd: folder.path, env, input: 'a secret of thirty-two characters.\n' })).code).toBe(0)
    expect(await apply(carried)).toMatchObject({ code: 0, stderr: '' })
    expect(await startLog()).not.toContain('no code reaches a telephone')
    // Whatever else there is, nobody carries what the one channel asks for.
    expect(await apply(carried.replace('senders:', 'channels: [whatsapp], senders:'))).toMatchObject({ code: 0, stderr: expect.stringMatching(line) as string })
  })

  test('makes the key of a development installation once, readable by its owner alone, when many start together', async () => {
    const own = await makeWorkingFolder()
    try {
      const runs = await Promise.all(Array.from({ length: 6 }, () => runGatepost(['migrate', 'up'], { cwd: own.path })))
      // None of them choked on half a key.
      for (const { code, stderr } of runs) expect([code, stderr]).toEqual([0, ''])
      const file = join(own.path, 'data', 'encryption.key')
      expect((await stat(file)).mode & 0o777).toBe(0o600)
      expect((await readFile(file, 'utf8')).trim()).toMatch(/^[0-9a-f]{64}$/)
      expect((await readdir(join(own.path, 'data'))).filter((name) => name.startsWith('encryption'))).toEqual(['encryption.key'])
      const servers = await Promise.all([1, 2].map(() => spawnServer({ cwd: own.path, env: { ENCRYPTION_KEY: undefined } })))
      const keySets = await Promise.all(servers.map(({ port }) => createHttpClient(port).get('/auth/.well-known/jwks.json')))
      expect(keySets[0]?.body).toBe(keySets[1]?.body)
      for (const server of servers) server.kill('SIGTERM')
      for (const server of servers) expect((await server.ended()).code).toBe(0)
    } finally {
      await own.remove()
    }
  })

  test('says in one line that the data folder cannot be used, or that its key is damaged', async () => {
    const own = await makeWorkingFolder()
    try {
      await writeFile(join(own.path, 'data'), 'a file where the folder should be')
      for (const env of [{}, { ENCRYPTION_KEY: SPAWN_KEY }]) {
        const { code, stderr } = await runGatepost(['serve'], { cwd: own.path, env })
        expect([code, stderr.trimEnd().split('\n').length]).toEqual([1, 1])
        expect(stderr).toMatch(/^gatepost: (ENCRYPTION_KEY is not set, and|database unavailable)/)
      }
      const damaged = join(own.path, 'damaged')
      await mkdir(join(damaged, 'data'), { recursive: true })
      await writeFile(join(damaged, 'data', 'encryption.key'), '')
      const { code, stderr } = await runGatepost(['serve'], { cwd: damaged })
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^gatepost: .*encryption\.key does not hold a key[^\n]*\n$/)])
    } finally {
      await own.remove()
    }
  })

  test('says in one line that the port is in use, or that the address is not of this machine', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const port = String((taken.address() as AddressInfo).port)
    try {
      for (const [env, line] of [
        [{ PORT: port }, `port ${port} is in use`],
        [{ PORT: '0', HOST: '203.0.113.7' }, 'cannot listen on 203.0.113.7'],
        [{ PORT: '0', HOST: 'no such host' }, 'cannot listen on no such host'],
      ] as const) {
        const { code, stderr } = await runGatepost(['serve'], { cwd: folder.path, env: { ENCRYPTION_KEY: SPAWN_KEY, ...env } })
        expect([code, stderr.trimEnd().split('\n').length]).toEqual([1, 1])
        expect(stderr).toContain(line)
      }
    } finally {
      taken.close()
    }
  })
})
