// One engine is enough: what is tested here is decided before anything asks the database.
import { METHODS } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { createHttpClient, sendRaw } from '../harness/http-client.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import type { SpawnedServer } from '../harness/spawned-server.ts'
import { makeWorkingFolder, spawnServer } from '../harness/spawned-server.ts'

describe('a hostile request', () => {
  let server: TestServer
  let folder: Awaited<ReturnType<typeof makeWorkingFolder>>
  let spawned: SpawnedServer
  beforeAll(async () => {
    server = await startTestServer(testEngines[0] ?? 'sqlite', { RATE_LIMITS: 'off' })
    folder = await makeWorkingFolder()
    spawned = await spawnServer({ cwd: folder.path, env: { RATE_LIMITS: 'off' } })
  })
  afterAll(async () => {
    spawned.kill('SIGKILL')
    await spawned.ended()
    await folder.remove()
    await server.close()
  })

  const raw = (line: string, headers: readonly string[] = [], options: { timeoutMs?: number } = {}) =>
    sendRaw(spawned.port, [`${[line, 'host: localhost:3000', ...headers].join('\r\n')}\r\n\r\n`], options)

  /** What is mounted, as the router prints it. */
  function mountedRoutes(): { url: string; methods: string[] }[] {
    const routes: { url: string; methods: string[] }[] = []
    const stack: string[] = []
    for (const line of server.app.listener.printRoutes({ commonPrefix: false }).split('\n')) {
      const match = /^([│\s]*)(?:├── |└── )(.*?)(?: \(([A-Z, ]+)\))?$/u.exec(line)
      if (!match) continue
      const depth = (match[1] ?? '').length / 4
      stack.length = depth
      stack[depth] = match[2] ?? ''
      if (match[3]) routes.push({ url: stack.join(''), methods: match[3].split(', ') })
    }
    return routes
  }

  // Security case P9.
  test('with a method that an address does not have is answered 405 with Allow, on every route and with every method', async () => {
    const routes = mountedRoutes()
    expect(routes.length).toBeGreaterThan(40)
    const browser = server.browser()
    for (const { url } of routes) {
      const allowed = routes.filter((route) => route.url === url).flatMap((route) => route.methods)
      const path = url.replace(/:\w+/g, '0190a0a0-0000-7000-8000-000000000000')
      // Every method there is at one address; at the others those that mean something to somebody.
      const asked = url === '/auth/login' ? METHODS.filter((one) => one !== 'CONNECT') : ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']
      for (const method of asked.filter((one) => !allowed.includes(one))) {
        const answer = await browser.raw({ method, url: path })
        expect([method, url, answer.statusCode]).toEqual([method, url, 405])
        expect(String(answer.headers.allow).split(', ').sort()).toEqual([...new Set(allowed)].sort())
      }
    }
  })

  test('with a method that an address does not have reads no body, and answers a browser with a page', async () => {
    const browser = server.browser()
    const put = await browser.raw({ method: 'PUT', url: '/auth/login', headers: { 'content-type': 'text/plain', accept: 'text/html' }, payload: 'x' })
    expect([put.statusCode, put.headers['content-type']]).toEqual([405, 'text/html; charset=utf-8'])
    const api = await browser.raw({ method: 'PATCH', url: '/auth/api/v1/login', headers: { accept: 'text/html' } })
    expect(api.json()).toMatchObject({ error: { code: 'method_not_allowed' } })
  })

  test('with a method nobody has heard of is refused by the parser, in our shape', async () => {
    const answer = await raw('BREW /auth/login HTTP/1.1')
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: { code: 'invalid_request', request_id: expect.any(String) as string } })
    expect((await raw('CONNECT example.com:443 HTTP/1.1', [], { timeoutMs: 500 })).text).not.toContain(' 200 ')
  })

  test.each(['/auth/%', '/auth/%zz', '/auth/%c0%af', '/auth/login%', '/auth/%ff', '/auth/api/v1/account/sessions/%E0%A4%A', '/auth/dev/mailbox/%80'])(
    'to the malformed address %s is answered 4xx',
    async (path) => {
      const answer = await raw(`GET ${path} HTTP/1.1`)
      expect([400, 404]).toContain(answer.status)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    },
  )

  test.each(['/auth/login?return_to=%zz', '/auth/login?%ff=1', '/auth/login?return_to=/a&return_to=/b', '/auth/login?return_to[]=/a', '/auth/login?__proto__=1', '/auth/login?flow[__proto__][x]=1'])(
    'with the query of %s is answered 400, and nothing of it is shown',
    async (path) => {
      const answer = await server.browser().get(path)
      expect(answer.statusCode).toBe(400)
      expect(answer.body).not.toContain('__proto__')
    },
  )

  test('that names constructor, prototype or toString in query, form or cookie changes nothing', async () => {
    const browser = server.browser()
    for (const name of ['constructor', 'prototype', 'toString', 'hasOwnProperty', '__proto__']) {
      browser.cookies.set(name, 'x')
      expect((await browser.get(`/auth/login?notice=${name}`)).statusCode).toBe(200)
      expect((await browser.get(`/auth/verify?flow=${name}`)).statusCode).toBe(400)
      const person = await signUp(server)
      expect((await person.browser.get(`/auth/settings?notice=${name}`)).statusCode).toBe(200)
      expect((await browser.post('/auth/login', { intent: name, identifier: 'a@example.com', password: 'x' })).statusCode).toBe(400)
    }
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
  })

  test('with a token whose header or claims hold prototype keys is nobody', async () => {
    const encode = (value: string) => Buffer.from(value).toString('base64url')
    for (const header of ['{"alg":"ES256","kid":"__proto__"}', '{"alg":"ES256","kid":"constructor"}', '{"__proto__":{"alg":"none"},"alg":"ES256"}', '{"alg":"none","typ":"at+jwt"}', '"x"', 'null', '[]']) {
      const token = `${encode(header)}.${encode('{"__proto__":{"roles":["admin"]},"sub":"constructor"}')}.${encode('signature')}`
      const answer = await server.browser().api('GET', '/user', undefined, { authorization: `Bearer ${token}` })
      expect([header, answer.statusCode]).toEqual([header, 401])
    }
  })

  test('with an absolute address is answered as if it were ours, and gains no trust from its host', async () => {
    const answer = await raw('GET http://evil.example/auth/login?return_to=/notes HTTP/1.1', ['accept: text/html'])
    expect(answer.status).toBe(200)
    expect(answer.text).not.toContain('evil.example')
    const settings = await raw('GET http://evil.example/auth/settings HTTP/1.1', ['accept: text/html'])
    expect(settings.status).toBe(303)
    expect(settings.headers.get('location')).not.toContain('evil')
    expect((await raw('DELETE http://evil.example/auth/login HTTP/1.1')).status).toBe(405)
    expect((await raw('OPTIONS * HTTP/1.1')).status).toBe(404)
    expect((await raw('GET //evil.example/auth/login HTTP/1.1')).status).toBe(404)
    expect((await raw('GET ftp://evil.example/auth/login HTTP/1.1')).status).toBeGreaterThanOrEqual(400)
  })

  test('with more than sixteen kilobytes of headers is answered 431, with less it is served', async () => {
    const large = await raw('GET /auth/login HTTP/1.1', [`cookie: a=${'x'.repeat(20_000)}`])
    expect(large.status).toBe(431)
    expect(large.headers.get('x-frame-options')).toBe('DENY')
    expect((await raw('GET /auth/login HTTP/1.1', [`cookie: a=${'x'.repeat(9_000)}`])).status).toBe(200)
    expect((await raw('GET /auth/login HTTP/1.1', Array.from({ length: 500 }, (_, index) => `x-${index}: 1`))).status).toBe(200)
    expect((await raw(`GET /auth/login?return_to=/${'a'.repeat(12_000)} HTTP/1.1`)).status).toBe(200)
    expect((await raw(`GET /auth/${'a'.repeat(40_000)} HTTP/1.1`)).status).toBe(431)
  })

  test.each(['GET /auth/login HTTP/1.1\nhost: x\n\n', 'GET /auth/login HTTP/9.9\r\nhost: x\r\n\r\n', '\x16\x03\x01\x02\x00\x01', 'GET /auth/login HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n', 'GET /auth/login HTTP/1.1\r\nx: a\0b\r\nhost: x\r\n\r\n'])(
    'that is no HTTP (%j) is refused with 400 and the connection is closed',
    async (bytes) => {
      const answer = await sendRaw(spawned.port, [bytes], { timeoutMs: 2_000 })
      expect(answer.status).toBe(400)
      expect(answer.headers.get('connection')).toBe('close')
    },
  )

  test('that comes drop by drop is cut off at the bound of a request, while others are served', async () => {
    const startedAt = performance.now()
    const closed = new Promise<{ text: string; durationMs: number }>((resolve) => {
      let text = ''
      const socket = connect(spawned.port, '127.0.0.1', () => socket.write('GET /auth/login HTTP/1.1\r\nhost: localhost:3000\r\n'))
      const drip = setInterval(() => socket.write('x-slow: 1\r\n'), 500)
      socket.on('data', (data: Buffer) => (text += data.toString()))
      socket.on('error', () => undefined)
      socket.on('close', () => {
        clearInterval(drip)
        resolve({ text, durationMs: performance.now() - startedAt })
      })
    })
    // A body that never ends is held to the same bound.
    const body = sendRaw(spawned.port, ['POST /auth/api/v1/login HTTP/1.1\r\nhost: localhost:3000\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{'], { timeoutMs: 25_000 })
    const silent = Array.from({ length: 100 }, () => connect(spawned.port, '127.0.0.1'))
    expect((await createHttpClient(spawned.port).get('/auth/login')).status).toBe(200)
    for (const { durationMs, text } of await Promise.all([closed, body])) {
      expect(durationMs).toBeGreaterThan(13_000)
      expect(durationMs).toBeLessThan(19_000)
      // Who is writing at that very moment may see the connection reset instead of the answer.
      expect(text).toMatch(/^(HTTP\/1\.1 408 |$)/)
    }
    for (const socket of silent) socket.destroy()
  }, 25_000)

  test('cannot hold a connection for long by the numbers the listener is configured with', () => {
    const { requestTimeout, headersTimeout, keepAliveTimeout, maxHeadersCount } = server.app.listener.server
    expect(requestTimeout).toBeLessThanOrEqual(15_000)
    expect(headersTimeout).toBeLessThanOrEqual(requestTimeout)
    expect(keepAliveTimeout).toBeLessThanOrEqual(75_000)
    expect(maxHeadersCount ?? 2_000).toBeLessThanOrEqual(2_000)
  })

  test.each(['0', '-1', '101', '1e2', '1.5', '9007199254740993', '99999999999999999999', '0x10', 'NaN', '', ' 5', '٥', '5;drop'])(
    'for a page of "%s" sessions is answered 400 instead of a page of some other size',
    async (limit) => {
      const { browser } = await signUp(server)
      const answer = await browser.api('GET', `/account?sessions_limit=${encodeURIComponent(limit)}`)
      expect(answer.statusCode).toBe(400)
      expect(answer.json()).toMatchObject({ error: { details: { fields: [{ field: 'sessions_limit' }] } } })
    },
  )

  test('with a cursor that is no cursor is answered 400, with an unknown one an empty page', async () => {
    const person = await signUp(server)
    await signIn(server, person)
    for (const cursor of ['0', '-1', "' or 1=1 --", '00000000-0000-0000-0000-00000000000', 'x'.repeat(5_000), '00000000-0000-7000-8000-000000000000\0']) {
      expect((await person.browser.api('GET', `/account?sessions_cursor=${encodeURIComponent(cursor)}`)).statusCode).toBe(400)
    }
    const empty = await person.browser.api('GET', '/account?sessions_cursor=00000000-0000-7000-8000-000000000000')
    expect(empty.json()).toMatchObject({ sessions: [] })
    const all = await person.browser.api('GET', '/account?sessions_limit=1')
    const { sessions, sessions_next_cursor: next } = all.json<{ sessions: unknown[]; sessions_next_cursor: string }>()
    expect(sessions).toHaveLength(1)
    expect((await person.browser.api('GET', `/account?sessions_limit=1&sessions_cursor=${next}`)).json()).toMatchObject({ sessions: [{}] })
  })
})
