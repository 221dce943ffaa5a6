// One engine is enough: these bodies are refused before anything asks the database.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RawAnswer } from '../harness/http-client.ts'
import { createHttpClient, sendRaw } from '../harness/http-client.ts'
import type { SpawnedServer } from '../harness/spawned-server.ts'
import { makeWorkingFolder, spawnServer } from '../harness/spawned-server.ts'

const MIB = 1024 * 1024
/** Refusing takes a few milliseconds; the rest is room for a machine that is busy with other tests. */
const FAST_MS = 1_000

describe('a hostile body', () => {
  let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
  let server: SpawnedServer
  beforeAll(async () => {
    folder = await makeWorkingFolder()
    server = await spawnServer({ cwd: folder.path, env: { RATE_LIMITS: 'off', LOG_LEVEL: 'info' } })
    await post(['{}'])
  })
  afterAll(async () => {
    server.kill('SIGKILL')
    await server.ended()
    await folder.remove()
  })

  function head(options: { path?: string; type?: string; length?: number | 'chunked' } = {}): string {
    const { path = '/auth/api/v1/login', type = 'application/json', length = 'chunked' } = options
    const framing = length === 'chunked' ? 'transfer-encoding: chunked' : `content-length: ${length}`
    return `POST ${path} HTTP/1.1\r\nhost: localhost:3000\r\ncontent-type: ${type}\r\n${framing}\r\nconnection: close\r\n\r\n`
  }

  async function post(parts: (string | Buffer)[], options: { path?: string; type?: string } = {}) {
    const body = Buffer.concat(parts.map((part) => Buffer.from(part)))
    return sendRaw(server.port, [head({ ...options, length: body.length }), body])
  }

  /** Who is still writing a body that is not read may see the connection reset before the 413 arrives. */
  function expectAnswer(answer: RawAnswer, status: number) {
    if (status !== 413 || answer.status !== 0) expect(answer.status).toBe(status)
  }

  const residentMiB = () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024

  // Security case P3.
  test('of 100 MB that says so is answered 413 at once, and read no further', async () => {
    const answer = await sendRaw(server.port, [head({ length: 100 * MIB })])
    expect(answer.status).toBe(413)
    expect(answer.text).toContain('"payload_too_large"')
    expect(answer.durationMs).toBeLessThan(FAST_MS)
  })

  test('that streams without end is cut off at the limit, with flat memory', async () => {
    function* endless() {
      yield head()
      const chunk = Buffer.alloc(MIB, 'a')
      for (let sent = 0; sent < 200; sent += 1) yield Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')])
    }
    const before = residentMiB()
    const answers = await Promise.all(Array.from({ length: 10 }, () => sendRaw(server.port, endless())))
    for (const answer of answers) {
      expectAnswer(answer, 413)
      expect(answer.durationMs).toBeLessThan(5_000)
    }
    expect(residentMiB() - before).toBeLessThan(64)
    expect((await createHttpClient(server.port).get('/health/live')).status).toBe(200)
  })

  test.each(['/auth/nowhere', '/auth/login', '/health', '/auth/api/v1/user'])('of endless chunks at %s is not read either', async (path) => {
    function* endless() {
      yield head({ path, type: 'application/x-www-form-urlencoded' })
      for (let sent = 0; sent < 100; sent += 1) yield `10000\r\n${'a'.repeat(65_536)}\r\n`
    }
    const before = residentMiB()
    const answer = await sendRaw(server.port, endless())
    if (answer.status !== 0) expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(residentMiB() - before).toBeLessThan(48)
  })

  test.each([
    ['a million keys', `{${Array.from({ length: 1_000_000 }, (_, index) => `"k${index}":1`).join(',')}}`, 413],
    ['as many keys as fit', `{${Array.from({ length: 6_000 }, (_, index) => `"k${index}":1`).join(',')}}`, 403],
    ['arrays a hundred thousand deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 413],
    ['arrays as deep as fit', `${'['.repeat(32_000)}${']'.repeat(32_000)}`, 403],
    ['objects as deep as fit', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 403],
    ['unclosed brackets', '['.repeat(60_000), 400],
    ['unclosed quotes and backslashes', `"${'\\'.repeat(60_001)}`, 400],
    ['a number with sixty thousand digits', `{"email":${'9'.repeat(60_000)}}`, 403],
    ['a key given twice', '{"email":"a@example.com","email":"b@example.com","password":"x"}', 400],
    ['a key given twice in two spellings', '{"email":"a@example.com","\\u0065mail":"b@example.com"}', 400],
    ['a key given twice deep inside', '{"a":[{"b":{"c":1,"c":2}}]}', 400],
    ['__proto__', '{"__proto__":{"isAdmin":true}}', 400],
    ['__proto__ spelled with escapes', '{"\\u005f_proto_\\u005f":{"isAdmin":true}}', 400],
    ['constructor', '{"constructor":{"prototype":{"isAdmin":true}}}', 400],
    ['__proto__ deep inside', '{"email":{"a":[{"__proto__":1}]}}', 400],
    ['nothing but blanks', '   ', 400],
    ['NaN', '{"email":NaN}', 400],
    ['a trailing comma', '{"email":"a",}', 400],
    ['a second document', '{}{}', 400],
    ['a byte order mark', '\ufeff{}', 400],
  ])('of JSON with %s is refused quickly', async (_name, body, status) => {
    const answer = await post([body])
    expectAnswer(answer, status)
    expect(answer.durationMs).toBeLessThan(FAST_MS)
  })

  test('in UTF-16, in Latin-1 or with broken UTF-8 is refused instead of guessed at', async () => {
    const text = '{"email":"ada@example.com","password":"p\u00e4sswort"}'
    expect((await post([Buffer.from(text, 'utf16le')])).status).toBe(400)
    expect((await post([Buffer.from(text, 'utf16le')], { type: 'application/json; charset=utf-16' })).status).toBe(400)
    expect((await post([text], { type: 'application/json; charset="latin1"' })).status).toBe(400)
    expect((await post([Buffer.from(text, 'latin1')])).status).toBe(400)
    expect((await post([Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])])).status).toBe(400)
    // 403 is what a well-formed body without a CSRF token gets.
    expect((await post([text], { type: 'application/json; charset=UTF-8' })).status).toBe(403)
  })

  test('of a form with a field twice, an array, a prototype key or broken UTF-8 is refused', async () => {
    const form = { path: '/auth/login', type: 'application/x-www-form-urlencoded' }
    for (const body of ['identifier=a&identifier=b', 'identifier[]=a', 'a[b]=c', '__proto__=x', 'password=%ff', 'password=%zz', Buffer.from([0x61, 0x3d, 0xff])]) {
      expect([String(body), (await post([body], form)).status]).toEqual([String(body), 400])
    }
    expectAnswer(await post([`${Array.from({ length: 1_000_000 }, (_, index) => `k${index}=1`).join('&')}`], form), 413)
  })

  test.each(['text/plain', 'multipart/form-data; boundary=x', 'application/xml', 'application/json-patch+json', 'application/jsonx', 'x', '', '*/*', 'application/json, text/plain'])(
    'of the content type "%s" is refused with 400',
    async (type) => {
      const answer = await post(['{}'], { type })
      expect(answer.status).toBe(400)
      expect(answer.text).toContain('"invalid_request"')
    },
  )

  test('of JSON is no form: a page refuses it, whatever it holds', async () => {
    for (const body of ['"x"', '5', 'null', '[]', '{"identifier":{"a":1},"intent":"password","code":5}']) {
      expect([body, (await post([body], { path: '/auth/login' })).status]).toEqual([body, 400])
    }
  })

  test('shorter than it says is cut off, longer than it says is read as far as it says', async () => {
    const longer = await sendRaw(server.port, [head({ length: 2 }), '{}GET /evil HTTP/1.1\r\nhost: x\r\n\r\n'])
    expect([400, 403]).toContain(longer.status)
    expect(longer.text.match(/HTTP\/1\.1 /g)).toHaveLength(1)
    const client = createHttpClient(server.port)
    for (let round = 0; round < 5; round += 1) void sendRaw(server.port, [head({ length: 50 }), '{}'], { timeoutMs: 300 })
    expect((await client.get('/health/live')).status).toBe(200)
  })

  test('with two lengths, or a length beside chunks, is refused: no proxy and we shall disagree on where it ends', async () => {
    const start = 'POST /auth/api/v1/login HTTP/1.1\r\nhost: localhost:3000\r\ncontent-type: application/json\r\n'
    for (const framing of ['content-length: 2\r\ncontent-length: 3', 'content-length: 2\r\ntransfer-encoding: chunked', 'transfer-encoding: chunked, identity', 'content-length: -1', 'content-length: 0x2']) {
      expect([framing, (await sendRaw(server.port, [`${start}${framing}\r\n\r\n`, '{}'])).status]).toEqual([framing, 400])
    }
  })
})
