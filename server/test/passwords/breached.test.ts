import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/app/config/load-config.ts'
import { testEngines } from '../harness/engines.ts'
import { newAddress, signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'
import type { RangeServer } from './range-server.ts'
import { sha1, startRangeServer } from './range-server.ts'
import { DEMANDED_CHANGES, PATHS } from './ways-to-set.ts'

const STOLEN = 'twelve stolen horses'
const PADDED = 'twelve padded horses'
const SETTINGS = (source: string, more = '') => `password: { breached_check: ${source}${more} }`
type SignUpAnswer = { error?: { details?: { fields?: { code: string }[] } } }

const ask = (server: TestServer, password: string) => server.browser().api('POST', '/signup/challenges', { email: newAddress(), password })
const refusalOf = async (server: TestServer, password: string) => {
  const answer = await ask(server, password)
  return answer.statusCode === 202 ? 'accepted' : answer.json<SignUpAnswer>().error?.details?.fields?.map(({ code }) => code).join()
}

for (const engine of testEngines) {
  describe(`a stolen password on ${engine}`, () => {
    let range: RangeServer
    let server: TestServer
    beforeAll(async () => {
      range = await startRangeServer()
      range.know(STOLEN, 3)
      range.know(PADDED, 0)
      server = await startTestServer(engine, { ...QUICK, BREACHED_PASSWORDS_URL: range.url }, SETTINGS('k_anonymity'))
    })
    afterEach(() => {
      range.mood = 'well'
    })
    afterAll(async () => {
      await server.close()
      await range.close()
    })
    const failures = async () =>
      (await server.app.database.read.selectFrom('event').select('data').where('type', '=', 'password.breach_check_failed').execute()).map((row) => JSON.parse(row.data) as object)

    test.each([...PATHS, ...DEMANDED_CHANGES])('is refused at $name', async ({ set, refusedWith }) => {
      const person = await signUp(server)
      const answer = await set(server, person, STOLEN)
      expect([answer.statusCode, /breached|known from a theft elsewhere/.test(answer.body)]).toEqual([refusedWith, true])
      expect([200, 202, 204, 303]).toContain((await set(server, person, `${STOLEN} unseen`)).statusCode)
    })

    test('is asked for by the first five digits of its SHA-1, with padding, and a line of padding is no hit', async () => {
      range.asked.length = 0
      expect([await refusalOf(server, STOLEN), await refusalOf(server, PADDED)]).toEqual(['breached', 'accepted'])
      expect(range.asked.map(({ path }) => path)).toEqual([`/range/${sha1(STOLEN).slice(0, 5)}`, `/range/${sha1(PADDED).slice(0, 5)}`])
      for (const { headers } of range.asked) {
        expect(headers['add-padding']).toBe('true')
        expect(JSON.stringify(headers)).not.toContain(sha1(STOLEN).slice(5, 12))
      }
    })

    test('is not looked for when something else is wrong already, nor at a sign-in', async () => {
      const person = await signUp(server)
      range.asked.length = 0
      expect(await refusalOf(server, 'password1')).toBe('too_common')
      await signIn(server, person)
      expect(range.asked).toEqual([])
    })

    test.each(['silent', 'broken', 'chatty', 'elsewhere', 'endless'] as const)('is taken unseen while the service is %s, which an event tells', async (mood) => {
      range.mood = mood
      const before = (await failures()).length
      const answer = await ask(server, STOLEN)
      expect(answer.statusCode).toBe(202)
      const since = (await failures()).slice(before)
      expect(since).toEqual([{ source: 'k_anonymity', reason: { silent: 'timeout', broken: 'bad_status', chatty: 'bad_answer', elsewhere: 'unreachable', endless: 'bad_answer' }[mood], outcome: 'allowed' }])
      expect(range.asked.at(-1)?.path).toMatch(/^\/range\//)
    })

    test('is refused for now while the service is away, where the settings say so', async () => {
      const strict = await server.sibling({}, SETTINGS('k_anonymity', ', breached_on_failure: refuse'))
      range.mood = 'broken'
      expect(await refusalOf(strict, 'a password nobody knows')).toBe('breach_check_unavailable')
      expect((await failures()).at(-1)).toMatchObject({ reason: 'bad_status', outcome: 'refused' })
      const page = await strict.browser().post('/auth/signup', { intent: 'signup', email: newAddress(), new_password: 'a password nobody knows' })
      expect([page.statusCode, page.body.includes('cannot be checked just now')]).toEqual([422, true])
      range.mood = 'well'
      expect(await refusalOf(strict, 'a password nobody knows')).toBe('accepted')
      await strict.close()
    })

    test('keeps neither a lane nor a connection busy while the service is silent', async () => {
      const narrow = await server.sibling({ PASSWORD_HASH_LANES: '1', DATABASE_POOL_SIZE: '2' })
      const person = await signUp(narrow)
      range.mood = 'silent'
      let isWaiting = true
      const waiting = Promise.all([1, 2, 3, 4].map((nth) => ask(narrow, `${STOLEN} ${nth}`))).then((answers) => {
        isWaiting = false
        return answers
      })
      for (const expected of [1, 2, 3]) {
        const browser = await signIn(narrow, person)
        expect([expected, (await browser.api('GET', '/user')).statusCode, isWaiting]).toEqual([expected, 200, true])
      }
      expect((await waiting).map((answer) => answer.statusCode)).toEqual([202, 202, 202, 202])
      await narrow.close()
    })
  })

  describe(`a file of stolen passwords on ${engine}`, () => {
    let folder: string
    let path: string
    let server: TestServer
    const many = Array.from({ length: 20_000 }, (_one, nth) => `stolen horse number ${nth}`)
    const linesOf = (passwords: readonly string[]) => passwords.map((password, nth) => `${sha1(password)}:${(nth * 7_919) % 100_000 + 1}`).sort()
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'gatepost-hashes-'))
      path = join(folder, 'hashes.txt')
      await writeFile(path, `${linesOf(many).concat(`${'F'.repeat(40)}:1`).join('\r\n')}\r\n`)
      server = await startTestServer(engine, { ...QUICK, BREACHED_PASSWORDS_FILE: path }, SETTINGS('file'))
    })
    afterAll(async () => {
      await server.close()
      await rm(folder, { recursive: true })
    })

    test('finds the first, the last and any between of its lines, and nothing else', async () => {
      const sorted = many.toSorted((one, other) => (sha1(one) < sha1(other) ? -1 : 1))
      const known = [sorted[0]!, sorted[1]!, sorted.at(-1)!, sorted.at(-2)!, ...sorted.filter((_one, nth) => nth % 1_999 === 7)]
      for (const password of known) expect([password, await refusalOf(server, password)]).toEqual([password, 'breached'])
      for (let nth = 0; nth < 20; nth += 1) expect(await refusalOf(server, `unknown horse number ${nth}`)).toBe('accepted')
    })

    test('may be replaced by a newer one while the server runs, down to a single line', async () => {
      await writeFile(join(folder, 'newer.txt'), `${sha1('the one newly stolen horse').toLowerCase()}:5\n`)
      const older = join(folder, 'older.txt')
      await rename(path, older)
      await rename(join(folder, 'newer.txt'), path)
      expect([await refusalOf(server, many[5]!), await refusalOf(server, 'the one newly stolen horse')]).toEqual(['accepted', 'breached'])
      await rename(older, path)
      expect(await refusalOf(server, many[5]!)).toBe('breached')
    })

    test('counts as away when it is gone, or is something else', async () => {
      const strict = await server.sibling({}, SETTINGS('file', ', breached_on_failure: refuse'))
      const aside = join(folder, 'aside.txt')
      await rename(path, aside)
      expect(await refusalOf(strict, many[5]!)).toBe('breach_check_unavailable')
      for (const noise of ['', 'no hashes here\n', 'no hashes here\n'.repeat(10_000)]) {
        await writeFile(path, noise)
        expect(await refusalOf(strict, many[5]!)).toBe('breach_check_unavailable')
      }
      await rename(aside, path)
      expect(await refusalOf(strict, many[5]!)).toBe('breached')
      await strict.close()
    })
  })
}

describe('the file of stolen passwords', () => {
  test('is looked at when the server starts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gatepost-hashes-'))
    const write = async (name: string, text: string) => {
      await writeFile(join(folder, name), text)
      return join(folder, name)
    }
    const problemsOf = (file: string) => {
      const loaded = loadConfig({ NODE_ENV: 'test', ENCRYPTION_KEY: 'c0ffee0123456789abcdef0011223344556677889900aabbccddeeff01020304', BREACHED_PASSWORDS_FILE: file })
      return loaded.ok ? [] : loaded.failure
    }
    expect(problemsOf(join(folder, 'nothing'))).toEqual(['BREACHED_PASSWORDS_FILE names a file that cannot be read'])
    for (const text of ['', 'passwords\n', `${'a'.repeat(39)}:1\n`, `${'a'.repeat(32)}:1\n`]) {
      expect(problemsOf(await write('bad', text))).toEqual([expect.stringContaining('BREACHED_PASSWORDS_FILE names a file that does not begin with a line HASH:COUNT')])
    }
    expect(problemsOf(await write('good', `${sha1('x')}:1\r\n`))).toEqual([])
    await rm(folder, { recursive: true })
  })
})
