import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { alsoClose, openSocket, startScene, statusOfRaw } from './gateway-under-test.ts'
import { startUpstream } from './upstream.ts'

async function startBareUpstream(answer: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('data', () => socket.end(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  alsoClose({ close: () => new Promise((resolve) => server.close(() => resolve())) })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('an upstream that is down', () => {
  it('is answered for with 503 and Retry-After: a page for a browser, JSON for others', async () => {
    const { gateway, app } = await startScene()
    await app.close()
    const page = await fetch(gateway.url, { headers: { accept: 'text/html' } })
    expect([page.status, page.headers.get('retry-after'), page.headers.get('content-type')]).toEqual([503, '5', 'text/html; charset=utf-8'])
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const other = await fetch(gateway.url)
    expect(other.status).toBe(503)
    expect(await other.json()).toEqual({ error: { code: 'service_unavailable', message: expect.any(String) } })
  })

  it('leaves the other one in service, and is used again when it is back', async () => {
    const { gateway, app } = await startScene()
    await fetch(gateway.url)
    await app.close()
    expect((await fetch(gateway.url)).status).toBe(503)
    expect((await fetch(`${gateway.url}/auth/login`)).status).toBe(200)
    alsoClose(await startUpstream('app', { port: app.port }))
    expect((await fetch(gateway.url)).status).toBe(200)
  })

  it('does not hang an upload', async () => {
    const { gateway, app } = await startScene()
    await app.close()
    const response = await fetch(gateway.url, { method: 'POST', body: 'a'.repeat(5_000_000) })
    expect(response.status).toBe(503)
  })
})

describe('an upstream that misbehaves', () => {
  it.each([
    ['closes without an answer', ''],
    ['answers something else', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['answers an impossible status', 'HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n'],
    ['switches protocols unasked', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
    ['gives two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  ])('gets 502 in its place when it %s', async (_case, answer) => {
    const { gateway } = await startScene({ appUpstream: await startBareUpstream(answer) })
    const response = await fetch(gateway.url)
    expect([response.status, response.headers.get('retry-after')]).toEqual([502, '5'])
  })

  it('gets 504 in its place when it does not begin to answer in time', async () => {
    const { gateway } = await startScene({ handler: () => undefined, timeouts: { upstreamResponseMilliseconds: 100 } })
    expect((await fetch(gateway.url)).status).toBe(504)
  })

  it('may be silent for as long as it likes once it has begun', async () => {
    const { gateway } = await startScene({
      timeouts: { upstreamResponseMilliseconds: 100 },
      handler: (_request, response) => {
        response.writeHead(200).flushHeaders()
        setTimeout(() => response.end('late'), 300)
      },
    })
    expect(await (await fetch(gateway.url)).text()).toBe('late')
  })

  it('is asked again when it closed an idle connection at the wrong moment', async () => {
    let answered = 0
    const { gateway } = await startScene({
      handler: (request, response) => {
        const isSecondOnConnection = (request.socket as { used?: boolean }).used === true
        if (isSecondOnConnection) return request.socket.destroy()
        Object.assign(request.socket, { used: true })
        answered += 1
        return response.end('ok')
      },
    })
    for (let number = 0; number < 3; number += 1) expect((await fetch(gateway.url)).status).toBe(200)
    expect(answered).toBe(3)
    expect((await fetch(gateway.url, { method: 'POST', body: 'once' })).status).toBe(502)
  })
})

describe('a client that is slow on purpose', () => {
  it('is cut off with 408 while it sends its headers', async () => {
    const { gateway, app } = await startScene({ timeouts: { requestHeadersMilliseconds: 150 } })
    const socket = openSocket(gateway)
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n')
    const [answer] = await once(socket, 'data')
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(app.seen).toEqual([])
  })

  it('is cut off while it sends its body', async () => {
    const { gateway } = await startScene({ timeouts: { requestHeadersMilliseconds: 100, requestMilliseconds: 300 } })
    const socket = openSocket(gateway)
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\na')
    socket.resume()
    await once(socket, 'close')
  })

  it('does not disturb others by sending nonsense', async () => {
    const { gateway } = await startScene()
    expect(await statusOfRaw(gateway, '\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n')).toBe(400)
    expect((await fetch(gateway.url)).status).toBe(200)
  })
})
