import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { openSocket, sendRaw, startScene } from './gateway-under-test.ts'

const HANDSHAKE = ['Host: x', 'Connection: keep-alive, Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: x']

function handshake(target: string, extra: string[] = []): string {
  return [`GET ${target} HTTP/1.1`, ...HANDSHAKE, ...extra, '', ''].join('\r\n')
}

describe('a WebSocket', () => {
  it('opens, and bytes pass both ways, also those sent with the handshake', async () => {
    const { gateway } = await startScene()
    const socket = openSocket(gateway)
    let received = ''
    socket.on('data', (chunk) => (received += String(chunk)))
    socket.write(`${handshake('/socket?room=1')}early`)
    await expect.poll(() => received).toMatch(/^HTTP\/1\.1 101 [\s\S]*\r\n\r\nearly$/)
    socket.write('later')
    await expect.poll(() => received).toMatch(/earlylater$/)
    socket.destroy()
  })

  it('is announced with the same headers as any request', async () => {
    const { gateway, app } = await startScene()
    const claims = ['X-Forwarded-For: 10.0.0.1', 'X-Gatepost-Roles: admin', 'Connection: X-Once', 'X-Once: 1']
    await sendRaw(gateway, handshake('/socket', claims))
    expect(app.seen[0]?.headers).toEqual({
      host: 'x',
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'x',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'x',
      'x-forwarded-port': '80',
    })
  })

  it('is refused when its address can be read in two ways', async () => {
    const { gateway, app } = await startScene()
    expect(await sendRaw(gateway, handshake('/auth/../socket'))).toMatch(/^HTTP\/1\.1 400 /)
    expect(app.seen).toEqual([])
  })

  it('that the upstream refuses ends with its answer', async () => {
    const { gateway } = await startScene()
    const answer = await sendRaw(gateway, `${handshake('/refused')}GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 403 [\s\S]*x-reason: no[\s\S]*no$/i)
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })

  it('gets 503 when the upstream is down', async () => {
    const { gateway, app } = await startScene()
    await app.close()
    expect(await sendRaw(gateway, handshake('/socket'))).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: /)
  })

  it('ends when either side ends', async () => {
    const { gateway, app } = await startScene()
    const socket = openSocket(gateway)
    socket.write(handshake('/socket'))
    await once(socket, 'data')
    const closed = once(socket, 'close')
    await app.close()
    await closed
  })

  it('survives a client that resets the connection', async () => {
    const { gateway } = await startScene()
    const socket = openSocket(gateway)
    socket.write(handshake('/socket'))
    await once(socket, 'data')
    socket.resetAndDestroy()
    expect((await fetch(gateway.url)).status).toBe(200)
  })
})
