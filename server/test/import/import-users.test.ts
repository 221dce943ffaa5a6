import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_TENANT_ID } from '../../src/domain/ids.ts'
import { testEngines } from '../harness/engines.ts'
import { GOOD_PASSWORD, newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import type { Ended } from '../harness/spawned-server.ts'
import { makeWorkingFolder, runGatepost, SPAWN_KEY } from '../harness/spawned-server.ts'
import { atOnce, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'
import { HASHES, IMPORTED_PASSWORD, writeImportFile, writeLargeImportFile } from './import-file.ts'

/** Each test starts processes; on a busy machine each takes seconds. */
const PROCESS_TIMEOUT_MS = 120_000
const TOO_COSTLY = '$argon2id$v=19$m=4194304,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

for (const engine of testEngines) {
  describe(`gatepost users import on ${engine}`, { timeout: PROCESS_TIMEOUT_MS }, () => {
    let server: TestServer
    let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
    beforeAll(async () => {
      folder = await makeWorkingFolder()
      server = await startTestServer(engine, QUICK)
    })
    afterAll(async () => {
      await server.close()
      await folder.remove()
    })

    const importFile = (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
      runGatepost(['users', 'import', ...args], { cwd: folder.path, env: { ENCRYPTION_KEY: SPAWN_KEY, DATABASE_URL: server.databaseUrl, ...env } })
    const importLines = async (...lines: (string | object)[]) => importFile([await writeImportFile(folder.path, lines)])
    const login = async (identifier: string, password: string) => (await server.browser().api('POST', '/login', { identifier, password })).statusCode
    const find = (email: string) =>
      server.app.database.read
        .selectFrom('identity as i')
        .innerJoin('user_account as u', 'u.id', 'i.user_id')
        .leftJoin('authenticator_password as p', 'p.user_id', 'u.id')
        .where('i.kind', '=', 'email')
        .where('i.key_normalised', '=', email)
        .select(['u.id', 'u.display_name', 'u.created_at', 'i.verified_at', 'p.hash'])
        .executeTakeFirst()
    const countUsers = async () => (await server.app.database.read.selectFrom('user_account').select('id').execute()).length

    test('lets everybody in with the password they had, whatever hashed it, and keeps it as Argon2id from then on', async () => {
      const people = Object.entries(HASHES).map(([kind, password_hash]) => ({ email: newAddress(kind), email_verified: true, password_hash }))
      const ended = await importLines(...people)
      expect(ended).toMatchObject({ code: 0, stderr: '', stdout: `${people.length} imported, 0 skipped, 0 refused\n` })
      for (const { email, password_hash } of people) {
        expect([email, await login(email, 'not the password')]).toEqual([email, 401])
        const before = await find(email)
        expect(before?.hash).not.toMatch(/^\$argon2id\$v=19\$m=7168/)
        if (typeof password_hash === 'string') expect(before?.hash).toBe(password_hash)
        expect([email, await login(email, IMPORTED_PASSWORD)]).toEqual([email, 200])
        expect((await find(email))?.hash).toMatch(/^\$argon2id\$v=19\$m=7168,t=1,p=1\$/)
        expect([await login(email, 'not the password'), await login(email, IMPORTED_PASSWORD)]).toEqual([401, 200])
        expect(await eventsOf(server, before?.id ?? '', 'password.rehashed')).toHaveLength(1)
      }
    })

    test('lets somebody in who signs in twice at once', async () => {
      const email = newAddress('twice')
      await importLines({ email, email_verified: true, password_hash: HASHES['sha512_crypt'] })
      const answers = await atOnce([server], 2, (instance) => instance.browser().api('POST', '/login', { identifier: email, password: IMPORTED_PASSWORD }))
      expect(countStatuses(answers)).toEqual({ 200: 2 })
      expect(await eventsOf(server, (await find(email))?.id ?? '', 'password.rehashed')).toHaveLength(1)
    })

    test('knows where a salt stands and how it is written', async () => {
      const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')
      const [before, after, hex] = [newAddress('before'), newAddress('after'), newAddress('hex')]
      const ended = await importLines(
        { email: before, email_verified: true, password_hash: { algorithm: 'sha256', hash: digestOf(`salt${IMPORTED_PASSWORD}`), salt: 'salt', salt_position: 'before' } },
        { email: after, email_verified: true, password_hash: { algorithm: 'sha256', hash: digestOf(`${IMPORTED_PASSWORD}salt`).toUpperCase(), salt: 'salt', salt_position: 'after' } },
        { email: hex, email_verified: true, password_hash: { algorithm: 'sha256', hash: digestOf(`${IMPORTED_PASSWORD}salt`), salt: '73616c74', salt_encoding: 'hex', salt_position: 'after' } },
      )
      expect(ended.code).toBe(0)
      for (const email of [before, after, hex]) expect([email, await login(email, IMPORTED_PASSWORD)]).toEqual([email, 200])
    })

    test('keeps names, the day of signing up and whether the address is proven, and records one event without a hash', async () => {
      const email = newAddress('Ada.Lovelace')
      const ended = await importLines({
        email: email.toUpperCase(), email_verified: true, username: 'ada_1815', display_name: 'Ada Lovelace', created_at: '2021-12-10T10:30:00+01:00', password_hash: HASHES['bcrypt'],
      })
      expect(ended.code).toBe(0)
      const found = await find(email.toLowerCase())
      expect(found).toMatchObject({ display_name: 'Ada Lovelace', created_at: Date.UTC(2021, 11, 10, 9, 30) })
      expect(found?.verified_at).toBeGreaterThan(Date.UTC(2026, 0))
      expect(await login('ADA_1815', IMPORTED_PASSWORD)).toBe(200)
      expect(await eventsOf(server, found?.id ?? '', 'user.imported', 'user.created')).toEqual([
        expect.objectContaining({ type: 'user.imported', data: { is_email_verified: true, password_algorithm: 'bcrypt' } }),
      ])
    })

    test('makes accounts without a password, for whom a code opens the door, and leaves an unproven address unproven', async () => {
      const [silent, unproven] = [newAddress('silent'), newAddress('unproven')]
      expect((await importLines({ email: silent, email_verified: true }, { email: unproven, email_verified: false })).code).toBe(0)
      expect(await find(silent)).toMatchObject({ hash: null, display_name: null })
      expect(await find(unproven)).toMatchObject({ verified_at: null })
      expect(await login(silent, '')).not.toBe(200)
      const browser = server.browser()
      const asked = await browser.api('POST', '/password-reset/challenges', { email: silent, new_password: GOOD_PASSWORD })
      const { challenge_id } = asked.json<{ challenge_id: string }>()
      await browser.api('POST', '/password-reset/challenges/verify', { challenge_id, code: await server.codeFor(silent) })
      expect(await login(silent, GOOD_PASSWORD)).toBe(200)
    })

    test('leaves whoever has an account as they are, brings the others in, and can be run again', async () => {
      const person = await signUp(server)
      const other = newAddress()
      const lines = [
        { email: person.email.toUpperCase(), email_verified: true, display_name: 'Somebody Else', password_hash: HASHES['bcrypt'] },
        { email: other, email_verified: true, username: 'other_person', password_hash: HASHES['bcrypt'] },
      ]
      const first = await importLines(...lines)
      expect(first).toMatchObject({ code: 0, stderr: '' })
      expect(first.stdout).toMatch(/^line 1: \S+ has an account already: skipped\n1 imported, 1 skipped, 0 refused\n$/i)
      expect(await find(person.email)).toMatchObject({ id: person.id, display_name: null })
      await signIn(server, person)
      const again = await importLines(...lines)
      expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('0 imported, 2 skipped, 0 refused') as string })
    })

    test('changes nothing in a dry run and says what would happen', async () => {
      const person = await signUp(server)
      const [email, before] = [newAddress(), await countUsers()]
      const good = await writeImportFile(folder.path, [{ email, email_verified: true }, { email: person.email, email_verified: true }])
      for (const args of [[good, '--dry-run'], ['--dry-run', good]]) {
        const ended = await importFile(args)
        expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('a dry run, nothing was changed: 1 imported, 1 skipped, 0 refused') as string })
      }
      const bad = await importFile([await writeImportFile(folder.path, [{ email, email_verified: true }, 'x']), '--dry-run'])
      expect(bad).toMatchObject({ code: 1, stderr: 'gatepost: line 2: this is not JSON\n' })
      expect([await find(email), await countUsers()]).toEqual([undefined, before])
    })

    // security case O12
    test('names every line that is wrong, and then changes nothing at all', async () => {
      const person = await signUp(server)
      const [good, before] = [newAddress(), await countUsers()]
      await person.browser.api('PATCH', '/account/username', { username: 'taken_name' })
      const user = (more: object) => ({ email: newAddress(), email_verified: true, ...more })
      const wrong: [line: string | object, said: RegExp][] = [
        ['{"email": "a@example.com"', /this is not JSON/],
        ['[]', /the line: /],
        ['null', /the line: /],
        [{ email: newAddress() }, /email_verified: /],
        [user({ email: 'two@example.com, three@example.com' }), /email: is not an email address/],
        [user({ email_verified: 'true' }), /email_verified: /],
        [user({ roles: ['admin'] }), /the field "roles" is not known/],
        ['{"email":"a@example.com","email_verified":true,"__proto__":{"username":"root_of_all"}}', /a reserved key is given/],
        ['{"email":"a@example.com","email_verified":true,"password_hash":{"constructor":{}}}', /a reserved key is given/],
        ['{"email":"a@example.com","email":"b@example.com","email_verified":true}', /a key is given twice/],
        [user({ username: 'admin' }), /username: /],
        [user({ username: 'TAKEN_name' }), /username: another account has it/],
        [user({ display_name: 'Ada\u202e' }), /display_name: /],
        [user({ created_at: 'yesterday' }), /created_at: must be an instant/],
        [user({ created_at: '2999-01-01T00:00:00Z' }), /created_at: must lie between/],
        [user({ password_hash: 'hunter2' }), /password_hash: the hash is of no kind that is supported/],
        [user({ password_hash: TOO_COSTLY }), /password_hash: the hash asks for 4194304 KiB of memory, more than 262144/],
        [user({ password_hash: { algorithm: 'pbkdf2', digest: 'sha1', iterations: 900_000_000, salt: 'c2FsdA==', hash: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' } }), /900000000 iterations/],
        [user({ password_hash: { algorithm: 'rot13', hash: 'x' } }), /password_hash\.algorithm: /],
        [user({ password_hash: { algorithm: 'sha1', hash: 'abf7aad6438836dbe526aa231abde2d0eef74d42', pepper: 'x' } }), /password_hash: the field "pepper" is not known/],
        [user({ password_hash: { algorithm: 'sha1', hash: 'abf7aad6438836dbe526aa231abde2d0eef74d42', salt: 'x' } }), /salt and salt_position belong together/],
        [user({ password_hash: { algorithm: 'sha1', hash: 'abf7' } }), /the hash is not a complete digest/],
        [user({ password_hash: { algorithm: 'better_auth', hash: 'x' } }), /password_hash\.hash: is not salt:key/],
        [`{"email":"a@example.com","email_verified":true}${' '.repeat(17_000)}`, /longer than 16384 bytes/],
        [user({ email: good }), /email: line 1 has the same/],
      ]
      const ended = await importLines({ email: good, email_verified: true, password_hash: HASHES['bcrypt'] }, '', ...wrong.map(([line]) => line))
      const said = ended.stderr.trimEnd().split('\n')
      expect(said).toHaveLength(wrong.length)
      // Line 2 is blank, which is nothing to complain about.
      wrong.forEach(([, expected], index) => {
        expect(said[index]).toMatch(new RegExp(`^gatepost: line ${index + 3}: `))
        expect(said[index]).toMatch(expected)
      })
      expect(ended).toMatchObject({ code: 1, stdout: `nothing was changed: 0 imported, 0 skipped, ${wrong.length} refused\n` })
      expect([await find(good), await countUsers()]).toEqual([undefined, before])
      expect(ended.stdout + ended.stderr, 'no hash is repeated').not.toMatch(/hunter2|abf7aad/)
    })

    test('shows fifty of a thousand problems and counts the rest', async () => {
      const ended = await importLines(...Array.from({ length: 1_000 }, () => 'x'))
      expect(ended.code).toBe(1)
      expect(ended.stderr.trimEnd().split('\n')).toHaveLength(51)
      expect(ended.stderr).toContain('and 950 lines more')
    })

    test('finds a free username for each of many people with the same local part', async () => {
      // A fifth of all that could be made for "info": a hundred people hardly pass between them.
      const { id } = await signUp(server)
      const taken = Array.from({ length: 20_000 }, (_, index) => `info-${String(index * 5).padStart(5, '0')}`)
      for (let start = 0; start < taken.length; start += 1_000) await occupyUsernames(server, id, taken.slice(start, start + 1_000))
      const people = Array.from({ length: 100 }, (_, index) => ({ email: `info@example-${index}.com`, email_verified: true }))
      expect(await importLines(...people)).toMatchObject({ code: 0, stdout: '100 imported, 0 skipped, 0 refused\n', stderr: '' })
    })

    test('makes each account once when two imports run at once', async () => {
      const file = await writeImportFile(folder.path, Array.from({ length: 250 }, (_, index) => ({ email: `twin.${index}@example.com`, email_verified: true })))
      const before = await countUsers()
      const ended = await Promise.all([importFile([file]), importFile([file])])
      expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual([[0, ''], [0, '']])
      const counts = ended.map(({ stdout }) => /(\d+) imported, (\d+) skipped, 0 refused/.exec(stdout)?.slice(1).map(Number) ?? [])
      expect(counts.map(([imported = 0, skipped = 0]) => imported + skipped)).toEqual([250, 250])
      expect(counts.reduce((sum, [imported = 0]) => sum + imported, 0)).toBe(250)
      expect(await countUsers()).toBe(before + 250)
    })

    test('says in one line that the file cannot be read', async () => {
      for (const [file, code] of [['missing.jsonl', 'ENOENT'], ['.', 'EISDIR']] as const) {
        expect(await importFile([file])).toMatchObject({ code: 1, stdout: '', stderr: `gatepost: cannot read ${file} (${code})\n` })
      }
      expect(await importFile([])).toMatchObject({ code: 2, stderr: expect.stringContaining('usage') as string })
      expect(await importFile(['a', 'b'])).toMatchObject({ code: 2, stderr: expect.stringContaining('usage') as string })
      expect(await importFile(['--force', 'a'])).toMatchObject({ code: 2, stderr: expect.stringContaining('usage') as string })
    })
  })
}

async function occupyUsernames(server: TestServer, userId: string, keys: readonly string[]): Promise<void> {
  const rows = keys.map((key) => ({
    id: randomUUID(), tenant_id: DEFAULT_TENANT_ID, user_id: userId, kind: 'username', key_normalised: key, display: key, verified_at: null, created_at: 0,
  }))
  await server.app.database.transaction((tx) => tx.insertInto('identity').values(rows as never).execute())
}

// One engine: what is measured is reading. Security case O12.
test('a file larger than the memory is read as a stream', { timeout: 2 * PROCESS_TIMEOUT_MS }, async () => {
  const folder = await makeWorkingFolder()
  const server = await startTestServer(testEngines[0]!, QUICK)
  const padding = ' '.repeat(1_800)
  const file = await writeLargeImportFile(folder.path, 100_000, (index) => `{"email":"person.${index}@example.com",${padding}"email_verified":true}`)
  // 190 MB, in two bytes a character more than twice the heap.
  const env = { ENCRYPTION_KEY: SPAWN_KEY, DATABASE_URL: server.databaseUrl, NODE_OPTIONS: '--max-old-space-size=128' }
  const ended = await runGatepost(['users', 'import', join(file), '--dry-run'], { cwd: folder.path, env })
  await server.close()
  await folder.remove()
  expect(ended).toMatchObject({ code: 0, stderr: '', stdout: 'a dry run, nothing was changed: 100000 imported, 0 skipped, 0 refused\n' })
})
