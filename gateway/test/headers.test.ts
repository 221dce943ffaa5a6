import { describe, expect, it } from 'vitest'
import { sendRaw, startScene, statusOfRaw, type Scene } from './gateway-under-test.ts'

async function seenBy(scene: Scene, lines: string[], target = '/page'): Promise<Record<string, string | string[] | undefined>> {
  await sendRaw(scene.gateway, [`GET ${target} HTTP/1.1`, 'Host: shop.example:8443', ...lines, 'Connection: close', '', ''].join('\r\n'))
  const seen = [...scene.app.seen, ...scene.gatepost.seen].at(-1)
  if (seen === undefined) throw new Error('nothing arrived')
  return seen.headers
}

describe('what an upstream is told', () => {
  it('describes the connection, and passes Host and ordinary headers on', async () => {
    const headers = await seenBy(await startScene(), ['Accept-Language: de', 'Cookie: a=1', 'Cookie: b=2', 'X-Custom: kept'])
    expect(headers).toMatchObject({
      host: 'shop.example:8443',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'shop.example:8443',
      'x-forwarded-port': '8443',
      'accept-language': 'de',
      cookie: 'a=1; b=2',
      'x-custom': 'kept',
    })
  })

  it('never repeats what a client claims about itself', async () => {
    const claims = [
      'X-Forwarded-For: 10.0.0.1',
      'X-Forwarded-For: 10.0.0.2',
      'x-forwarded-proto: https',
      'X-Forwarded-Host: evil.example',
      'X-Forwarded-Port: 1',
      'X-Forwarded-Prefix: /evil',
      'X-Forwarded-User: admin',
      'Forwarded: for=10.0.0.1;host=evil.example;proto=https',
      'X-Real-IP: 10.0.0.1',
      'X-Original-URL: /auth',
      'X-Rewrite-URL: /auth',
      'Proxy: http://evil.example',
    ]
    for (const target of ['/page', '/auth/login']) {
      const headers = await seenBy(await startScene(), claims, target)
      expect(JSON.stringify(headers)).not.toMatch(/10\.0\.0|evil|https|admin|\/auth/)
      expect(headers['x-forwarded-for']).toBe('127.0.0.1')
    }
  })

  it('appends to what a trusted proxy says and keeps its scheme and host', async () => {
    const scene = await startScene({ trustedProxies: ['127.0.0.0/8'] })
    const believed = ['X-Forwarded-For: 192.0.2.7, 198.51.100.2', 'X-Forwarded-Proto: https', 'X-Forwarded-Host: www.example.com']
    const dropped = ['Forwarded: for=x', 'X-Gatepost-User-Id: admin', 'X-Real-IP: 10.0.0.1']
    expect(await seenBy(scene, [...believed, ...dropped])).toEqual({
      host: 'shop.example:8443',
      connection: 'keep-alive',
      'x-forwarded-for': '192.0.2.7, 198.51.100.2, 127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'www.example.com',
      'x-forwarded-port': '443',
    })
    const strange = await seenBy(scene, ['X-Forwarded-Proto: https, http', 'X-Forwarded-Host: evil.example/path', 'X-Forwarded-Port: x'])
    expect(strange).toMatchObject({ 'x-forwarded-proto': 'http', 'x-forwarded-host': 'shop.example:8443', 'x-forwarded-port': '8443' })
  })

  it('believes no proxy outside the trusted blocks', async () => {
    const scene = await startScene({ trustedProxies: ['10.0.0.0/8', '::1', '127.0.0.2'] })
    expect(await seenBy(scene, ['X-Forwarded-For: 192.0.2.7'])).toMatchObject({ 'x-forwarded-for': '127.0.0.1' })
  })

  it('strips identity headers from clients in every spelling, for both upstreams', async () => {
    const hyphenated = ['X-Gatepost-User-Id', 'x-gatepost-roles', 'X-GATEPOST-ANYTHING']
    const spellings = [...hyphenated, 'X_Gatepost_User_Id', 'X-Gatepost_Roles', 'X.Gatepost.Roles']
    for (const target of ['/page', '/auth/login']) {
      const headers = await seenBy(await startScene(), spellings.map((name) => `${name}: admin`), target)
      expect(JSON.stringify(headers)).not.toContain('admin')
    }
  })

  it('drops hop-by-hop headers, those named in Connection, and names with underscores', async () => {
    const scene = await startScene()
    const hopByHop = ['Keep-Alive: timeout=9', 'TE: trailers', 'Proxy-Authorization: Basic x', 'Proxy-Connection: x']
    const lines = [...hopByHop, 'X-Once: 1', 'Content_Length: 5', 'a_b: 1']
    const headers = await seenBy(scene, [...lines, 'Connection: X-Once, Host, X-Forwarded-For'])
    expect(headers).toEqual({
      host: 'shop.example:8443',
      connection: 'keep-alive',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'shop.example:8443',
      'x-forwarded-port': '8443',
    })
  })

  it('ignores upgrades that are no WebSocket, so that nothing tunnels past it', async () => {
    const upgrade = ['Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA', 'Connection: Upgrade, HTTP2-Settings']
    const headers = await seenBy(await startScene(), upgrade)
    expect(headers).not.toHaveProperty('upgrade')
    expect(headers).not.toHaveProperty('http2-settings')
  })
})

describe('requests whose end or address is in doubt', () => {
  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n'
  it.each([
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
    ['the same Host twice', 'GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n'],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
    ['no Host in HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n'],
    ['an empty Host', 'GET / HTTP/1.1\r\nHost:\r\n\r\n'],
    ['a Host that is two', 'GET / HTTP/1.1\r\nHost: good:evil\r\n\r\n'],
    ['a Host with a user', 'GET / HTTP/1.1\r\nHost: good@evil.example\r\n\r\n'],
    ['a Host with a path', 'GET / HTTP/1.1\r\nHost: evil.example/x\r\n\r\n'],
    ['a list of Hosts', 'GET / HTTP/1.1\r\nHost: a, b\r\n\r\n'],
    ['both lengths', `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['two different lengths', `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 40\r\n\r\n${smuggled}`],
    ['a list of lengths', `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0, 0\r\n\r\n${smuggled}`],
    ['a signed length', `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n\r\nabcd`],
    ['an unknown coding', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['a disguised coding', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
    ['two codings', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a coding in HTTP/1.0', 'POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a space before the colon', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n'],
    ['a folded header', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n Transfer-Encoding: chunked\r\n\r\n'],
    ['bare line feeds', 'GET / HTTP/1.1\nHost: x\n\n'],
    ['a bare carriage return', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\rX-Gatepost-Roles: admin\r\n\r\n'],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\u0000\r\n\r\n'],
    ['a handshake with a body', 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 4\r\n\r\nabcd'],
  ])('are refused: %s', async (_case, bytes) => {
    const { gateway, app, gatepost } = await startScene()
    expect(await statusOfRaw(gateway, bytes)).toBe(400)
    expect([...app.seen, ...gatepost.seen]).toEqual([])
  })

  it('leave no second request behind: a chunked DELETE or OPTIONS arrives with its body', async () => {
    const { gateway, app } = await startScene()
    const body = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n'
    for (const method of ['DELETE', 'OPTIONS', 'GET', 'POST']) {
      const chunk = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
      await sendRaw(gateway, `${method} /chunked HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${chunk}`)
    }
    expect(app.seen.map(({ method, url, body: arrived }) => [method, url, arrived])).toEqual(
      ['DELETE', 'OPTIONS', 'GET', 'POST'].map((method) => [method, '/chunked', body]),
    )
  })

  it('leave no second request behind: a length named in Connection stays', async () => {
    const { gateway, app } = await startScene()
    const body = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n'
    const connection = 'Connection: close, Content-Length'
    await sendRaw(gateway, `GET /counted HTTP/1.1\r\nHost: x\r\n${connection}\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
    expect(app.seen.map(({ url, body: arrived }) => [url, arrived])).toEqual([['/counted', body]])
  })

  it('are refused when their headers are too large', async () => {
    const { gateway } = await startScene()
    expect(await statusOfRaw(gateway, `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`)).toBe(431)
  })
})
