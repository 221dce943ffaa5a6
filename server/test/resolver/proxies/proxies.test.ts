import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testEngines } from '../../harness/engines.ts'
import type { RawAnswer } from '../../harness/http-client.ts'
import { sendRaw } from '../../harness/http-client.ts'
import { signIn, signUp } from '../../harness/people.ts'
import type { Person } from '../../harness/people.ts'
import type { TestServer } from '../../harness/server.ts'
import { findFreePort, startTestServer } from '../../harness/server.ts'
import { cookieOf, QUICK } from '../../harness/tokens.ts'
import { ask, identityOf } from '../resolver.ts'
import type { Application, Received } from './application.ts'
import { startApplication } from './application.ts'
import type { RunningProxy } from './start-proxy.ts'
import { PROXIES, startProxy } from './start-proxy.ts'

const PAGE = 'Accept: text/html'
const REVOCATION_MS = 1_000
/** Addresses that are for everybody, as the configurations have them. */
const PUBLIC = /^\/public(\/[A-Za-z0-9_-][A-Za-z0-9._~-]*)*\/?(\?.*)?$/
const NAMES = ['Session-Valid', 'User-Id', 'User-Verified', 'User-Anonymous', 'User-Roles', 'Session-Id', 'Session-Amr', 'Session-Authenticated-At', 'Organization-Id', 'Client-Id', 'Scope']

/** As a server that makes variables of names would read it. */
const folded = (name: string) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
const identityIn = ({ headers }: Received) => headers.flatMap(([name, value]) => (folded(name).startsWith('x-gatepost') ? [[folded(name).slice('x-gatepost-'.length), value] as const] : []))

// What a proxy does with an answer does not depend on the database: one engine.
for (const name of PROXIES) {
  describe(`an application behind ${name}`, () => {
    let application: Application
    let server: TestServer
    let proxy: RunningProxy
    let port: number
    let person: Person
    let cookie: string
    let identity: [string, string][]
    beforeAll(async () => {
      port = await findFreePort()
      application = await startApplication()
      server = await startTestServer(testEngines[0]!, { ...QUICK, PUBLIC_URL: `http://localhost:${port}`, TRUSTED_PROXIES: '127.0.0.1' })
      await server.app.listener.listen({ host: '127.0.0.1', port: 0 })
      proxy = await startProxy(name, { proxy: port, application: application.port, gatepost: (server.app.listener.server.address() as AddressInfo).port })
      person = await signUp(server)
      await server.app.admins.grant(person.email)
      cookie = `Cookie: theme=dark; gatepost_access=${cookieOf(person.browser, 'access')}`
      identity = Object.entries(identityOf(await ask(person.browser))).sort()
    })
    afterAll(async () => {
      await proxy.stop()
      await application.stop()
      await server.close()
    })
    beforeEach(() => void application.received())

    function send(target: string, lines: readonly string[] = [], { method = 'GET', body = '', connection = 'close' } = {}): Promise<RawAnswer> {
      const length = body === '' ? [] : [`Content-Length: ${body.length}`, 'Content-Type: text/plain']
      const head = [`${method} ${target} HTTP/1.1`, `Host: localhost:${port}`, `Connection: ${connection}`, ...length, ...lines]
      return sendRaw(port, [`${head.join('\r\n')}\r\n\r\n${body}`])
    }
    /** The one request that the application got. */
    async function passed(...request: Parameters<typeof send>): Promise<Received> {
      const answer = await send(...request)
      expect([answer.status, answer.text], 'let through').toEqual([200, expect.stringContaining('the application') as string])
      const received = application.received()
      expect(received).toHaveLength(1)
      return received[0]!
    }
    const signInAt = (path: string) => `http://localhost:${port}/auth/login?return_to=${encodeURIComponent(path)}`

    test('is not reached by strangers: pages are sent to sign in and back, everything else is answered 401', async () => {
      const page = await send('/notes?page=2&sort=a', [PAGE])
      expect([page.status, page.headers.get('location'), page.headers.get('cache-control')]).toEqual([302, signInAt('/notes?page=2&sort=a'), 'no-store'])
      const script = await send('/notes', ['Accept: application/json'])
      expect([script.status, script.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
      expect((await send('/notes', [PAGE], { method: 'POST', body: 'text' })).status).toBe(401)
      expect((await send('/notes', [PAGE, 'Cookie: gatepost_access=abc'])).status).toBe(302)
      expect(application.received()).toEqual([])
    })

    test('is told by cookie and by token who is calling, just as the resolver tells it, and gets the request as it was', async () => {
      const token = `Authorization: Bearer ${cookieOf(person.browser, 'access')}`
      for (const line of [cookie, token]) expect(identityIn(await passed('/notes', [line])).sort()).toEqual(identity)
      const posted = await passed('/notes/1?x=%20y', [cookie], { method: 'POST', body: 'a new note' })
      expect([posted.method, posted.url, posted.body]).toEqual(['POST', '/notes/1?x=%20y', 'a new note'])
      expect(posted.headers).toContainEqual(['cookie', cookie.slice('Cookie: '.length)])
      expect(identityIn(posted).sort()).toEqual(identity)
    })

    test('tells strangers apart where everybody may come', async () => {
      expect(identityIn(await passed('/public/prices?of=tea'))).toEqual([])
      expect(identityIn(await passed('/public/prices', [cookie])).sort()).toEqual(identity)
    })

    // security case O8
    test('never gets a header of that name that a client sent, however it is spelled', async () => {
      const spellings = (header: string) => [`X-Gatepost-${header}`, `x-gatepost-${header.toLowerCase()}`, `X_Gatepost_${header.replaceAll('-', '_')}`, `X-Gatepost_${header}`, `X_Gatepost-${header}`, `X-GATEPOST-${header.toUpperCase()}`]
      const spoofed = NAMES.flatMap((header) => spellings(header).map((spelling) => `${spelling}: admin`))
      for (const header of NAMES) {
        for (const spelling of spellings(header)) {
          expect(identityIn(await passed('/public/prices', [`${spelling}: admin`])), spelling).toEqual([])
        }
      }
      expect(identityIn(await passed('/public/prices', spoofed))).toEqual([])
      expect(identityIn(await passed('/notes', [...spoofed, cookie])).sort()).toEqual(identity)
      expect((await send('/notes', spoofed)).status).toBe(401)
      // Folded lines, blanks before the colon and such are refused, or are no header.
      for (const odd of ['X-Gatepost-User-Id : admin', ' X-Gatepost-User-Id: admin', 'X-Other: a\r\n X-Gatepost-User-Id: admin', 'X-Other: a\rX-Gatepost-User-Id: admin', 'X-Other: a\nX-Gatepost-User-Id: admin']) {
        await send('/public/prices', ['Accept: */*', odd])
        for (const received of application.received()) expect(identityIn(received), odd).toEqual([])
      }
    })

    test('never gets a request that was hidden in the body of another', async () => {
      const hidden = 'GET /notes HTTP/1.1\r\nHost: localhost\r\nX-Gatepost-User-Id: admin\r\n\r\n'
      const head = ['POST /public/prices HTTP/1.1', `Host: localhost:${port}`]
      const framings = [
        ['Transfer-Encoding: chunked', `Content-Length: ${5 + hidden.length}`], [`Content-Length: ${5 + hidden.length}`, 'Transfer-Encoding: chunked'], ['Content-Length: 5', 'Transfer-Encoding: chunked'],
        ['Transfer-Encoding: xchunked', 'Content-Length: 5'], ['Transfer-Encoding: chunked, identity', 'Content-Length: 5'], ['Transfer-Encoding : chunked', 'Content-Length: 5'], ['Transfer-Encoding:\tchunked', 'Content-Length: 5'],
        ['Transfer-Encoding: identity', 'Transfer-Encoding: chunked', 'Content-Length: 5'], ['Content-Length: 5', `Content-Length: ${5 + hidden.length}`], ['Content-Length: 0x5'], ['Content-Length: +5'], ['Content-Length: 5', 'Connection: Content-Length'],
      ]
      for (const framing of framings) {
        const answer = await sendRaw(port, [`${[...head, ...framing].join('\r\n')}\r\n\r\n0\r\n\r\n${hidden}`], { timeoutMs: 500 })
        for (const received of application.received()) expect([framing, received.url, identityIn(received)]).toEqual([framing, '/public/prices', []])
        expect(answer.text, String(framing)).not.toMatch(/the application[^]*the application/)
      }
    })

    test('opens a tunnel for WebSockets alone, to people who are signed in', async () => {
      const upgrade = (protocol: string) => [`Upgrade: ${protocol}`, 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==']
      const asUpgrade = { connection: 'Upgrade' }
      const opened = await send('/notes', [cookie, ...upgrade('websocket')], asUpgrade)
      expect([opened.status, application.received().map((received) => identityIn(received).sort())]).toEqual([101, [identity]])
      expect((await send('/notes', upgrade('websocket'), asUpgrade)).status).toBe(401)
      // HTTP/2 inside of it would pass the proxy by.
      for (const path of ['/public/prices', '/notes']) {
        for (const protocol of ['h2c', 'H2C', 'h2c, websocket', 'websocket, h2c', 'other']) {
          await send(path, [cookie, ...upgrade(protocol), 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA'], { connection: 'Upgrade, HTTP2-Settings' })
          for (const { headers } of application.received()) expect(headers.filter(([header]) => header === 'upgrade'), protocol).toEqual([])
        }
      }
    })

    test('is told all of it although a client has its proxy drop headers', async () => {
      for (const named of [['X-Gatepost-User-Anonymous'], NAMES.map((one) => `x-gatepost-${one.toLowerCase()}`)]) {
        const answer = await send('/notes', [cookie], { connection: ['close', ...named].join(', ') })
        const received = application.received()
        if (answer.status === 200) expect(identityIn(received[0]!).sort()).toEqual(identity)
        else expect([answer.status, received]).toEqual([400, []])
      }
    })

    test('is not reached with an invalid token, whatever cookie comes along, nor with two', async () => {
      const good = cookieOf(person.browser, 'access')
      for (const token of ['abc', good.slice(0, -3), `${good}x`]) {
        for (const path of ['/notes', '/public/prices']) expect((await send(path, [PAGE, cookie, `Authorization: Bearer ${token}`])).status).toBe(401)
      }
      const two = await send('/notes', [`Authorization: Bearer ${good}`, 'Authorization: Bearer abc'])
      expect(two.status).toBeGreaterThanOrEqual(400)
      expect((await send('/notes', [`Cookie: gatepost_access=${good}`, 'Cookie: gatepost_access=abc'])).status).toBe(401)
      expect(application.received()).toEqual([])
    })

    test.each([
      '/public/../notes', '/public/%2e%2e/notes', '/public/%2E%2e/notes', '/public/..%2fnotes', '/public/%2e%2e%2fnotes', '/public/..%5cnotes', '/public/..\\notes', '/public/..;/notes', '/public/%252e%252e/notes',
      '/public//../../notes', '/public/./../notes', '/public/%00/notes', '/public%2f../notes', '/notes/../public/prices', '/notes/..%2fpublic/prices', '//public/prices', '/PUBLIC/../notes', '/public;/../notes', '/publicly',
      '/auth/../notes', '/auth/%2e%2e/notes', '/auth/..%2fnotes', '/auth//../../notes', '/auth/..;/notes', '/%61uth/../notes', '/auth/x/../../notes', '/notes?/public/', '/notes#/public/', '/notes;/public/prices', 'http://localhost/notes',
      'http://localhost/public/../notes', '/./notes', '/public/.%2e/notes', '/public/%c0%ae%c0%ae/notes', '/public/\u00ff../notes',
    ])('is not reached by strangers with a path that two servers read differently: %s', async (path) => {
      const answer = await send(path, [PAGE])
      for (const { url } of application.received()) expect(url.replace(/^https?:\/\/[^/]+/, ''), path).toMatch(PUBLIC)
      if (answer.status === 302) expect(new URL(answer.headers.get('location') ?? '', 'http://elsewhere.example').host).toBe(`localhost:${port}`)
    })

    // security case A3
    test('leads nobody elsewhere by what a client says of the address', async () => {
      const lies = ['X-Forwarded-Uri: /public/prices', 'X-Original-URI: /public/prices', 'X-Original-URL: http://evil.example/', 'X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: https', 'X-Forwarded-Method: HEAD', 'X-Original-Method: POST', 'Forwarded: host=evil.example', 'X-Rewrite-URL: /public/prices']
      for (const lie of [...lies.map((one) => [one]), lies]) {
        const answer = await send('/notes?page=2', [PAGE, ...lie])
        expect([lie, answer.status, answer.headers.get('location')]).toEqual([lie, 302, signInAt('/notes?page=2')])
      }
      expect(application.received()).toEqual([])
    })

    test('is closed within a second to a session that ended', async () => {
      const other = await signIn(server, person)
      const line = `Cookie: gatepost_access=${cookieOf(other, 'access')}`
      for (let times = 0; times < 3; times++) await passed('/notes', [line])
      await other.api('POST', '/sessions/logout')
      await new Promise((resolve) => setTimeout(resolve, REVOCATION_MS))
      expect((await send('/notes', [line])).status).toBe(401)
    })

    test('stands beside the pages of Gatepost, and the resolver is not to be seen', async () => {
      const login = await send('/auth/login', [PAGE])
      expect([login.status, login.text.includes('<form')]).toEqual([200, true])
      for (const path of ['/auth/_resolver/resolve', '/auth/_resolver/resolve?mode=inform', '/auth/x/../_resolver/resolve', '/auth//_resolver/resolve', '/auth/%5fresolver/resolve', '/_gatepost']) {
        const answer = await send(path, [cookie, PAGE])
        expect([path, [...answer.headers.keys()].filter((header) => header.startsWith('x-gatepost'))]).toEqual([path, []])
      }
    })

    test(`${name === 'HAProxy' || name === 'Apache httpd' ? 'hands the cookies of a renewed session to the browser' : 'leaves renewing a session to the page to sign in on'}`, async () => {
      const old = await signIn(server, person)
      const line = `Cookie: gatepost_refresh=${cookieOf(old, 'refresh')}`
      const answer = await send('/notes', [PAGE, line])
      const cookies = [...answer.text.matchAll(/^set-cookie: (\w+)=[^\r]+HttpOnly/gim)].map(([, one]) => one).sort()
      if (name === 'HAProxy' || name === 'Apache httpd') expect([answer.status, cookies]).toEqual([200, ['gatepost_access', 'gatepost_refresh']])
      else expect([answer.status, answer.headers.get('location'), cookies]).toEqual([302, signInAt('/notes'), []])
    })

    // The last one: Gatepost is gone afterwards.
    test('is closed to everybody while Gatepost is away', async () => {
      await server.app.listener.close()
      for (const path of ['/notes', '/public/prices']) expect((await send(path, [cookie, PAGE])).status).toBeGreaterThanOrEqual(500)
      expect(application.received()).toEqual([])
    })
  })
}
