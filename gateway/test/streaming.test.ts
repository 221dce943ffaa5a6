import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { sendRaw, startScene } from './gateway-under-test.ts'

const MEGABYTES = 64

describe('bodies', () => {
  it('pass as events, each at once, and the headers before the first', async () => {
    const turns = { next: () => {} }
    const { gateway } = await startScene({
      handler: async (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
        for (const number of [1, 2]) {
          await new Promise<void>((resolve) => (turns.next = resolve))
          response.write(`data: ${number}\n\n`)
        }
      },
    })
    const abort = new AbortController()
    const response = await fetch(`${gateway.url}/events`, { signal: abort.signal })
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    for (const number of [1, 2]) {
      turns.next()
      expect(Buffer.from((await reader.read()).value as Uint8Array).toString()).toBe(`data: ${number}\n\n`)
    }
    abort.abort()
  })

  it('end upstream when the client goes away', async () => {
    let gone: Promise<unknown> = Promise.resolve()
    const { gateway } = await startScene({
      handler: (_request, response) => {
        gone = once(response, 'close')
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
      },
    })
    const abort = new AbortController()
    await fetch(`${gateway.url}/events`, { signal: abort.signal })
    abort.abort()
    await gone
  })

  it('pass upstream no faster than it reads them, so that nothing piles up in memory', async () => {
    const block = randomBytes(1024 * 1024)
    const sent = createHash('sha256')
    const received = createHash('sha256')
    let taken = 0
    let read = (): void => undefined
    const { gateway } = await startScene({
      handler: async (request, response) => {
        await new Promise<void>((resolve) => (read = resolve))
        for await (const chunk of request) received.update(chunk as Buffer)
        response.end('stored')
      },
    })
    function* blocks(): Generator<Buffer> {
      for (; taken < MEGABYTES; taken += 1) {
        sent.update(block)
        yield block
      }
    }
    const body = Readable.toWeb(Readable.from(blocks(), { highWaterMark: 1 })) as ReadableStream
    const answer = fetch(`${gateway.url}/upload`, { method: 'POST', body, duplex: 'half' })
    await expect.poll(() => taken).toBeGreaterThan(0)
    await setTimeout(300)
    expect(taken).toBeLessThan(MEGABYTES / 2)
    read()
    expect(await (await answer).text()).toBe('stored')
    expect(received.digest('hex')).toBe(sent.digest('hex'))
  })

  it('arrive with their headers: several cookies, redirects and statuses as they are, hop-by-hop ones removed', async () => {
    const { gateway } = await startScene({
      handler: (_request, response) => {
        const endToEnd = ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2', 'Location', '//x/../y']
        response.writeHead(307, [...endToEnd, 'Connection', 'X-Once', 'X-Once', '1', 'Keep-Alive', 'timeout=1']).end('body')
      },
    })
    const answer = await sendRaw(gateway, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 307 /)
    expect(answer).toContain('Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nLocation: //x/../y\r\n')
    expect(answer).not.toMatch(/x-once|timeout=1/i)
  })

  it.each(['HEAD', 'GET'])('of a %s keep their declared length', async (method) => {
    const { gateway } = await startScene({ handler: (_request, response) => response.setHeader('content-length', '4').end('body') })
    const response = await fetch(gateway.url, { method })
    expect([response.headers.get('content-length'), await response.text()]).toEqual(['4', method === 'HEAD' ? '' : 'body'])
  })

  it('are never compressed by the gateway, and compressed ones pass as they are', async () => {
    const { gateway } = await startScene({
      handler: (request, response) => response.setHeader('x-accept', request.headers['accept-encoding'] ?? '').end('a'.repeat(10_000)),
    })
    const answer = await sendRaw(gateway, 'GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/x-accept: gzip/i)
    expect(answer).not.toMatch(/content-encoding/i)
  })

  it('that break off upstream break off at the client, instead of looking complete', async () => {
    const { gateway } = await startScene({
      handler: (_request, response) => {
        response.write('half')
        void setTimeout(20).then(() => response.socket?.destroy())
      },
    })
    const response = await fetch(gateway.url)
    await expect(response.text()).rejects.toThrow()
  })

  it('that an upstream refuses unread do not cost the client its answer', async () => {
    const { gateway } = await startScene({
      handler: (_request, response) => response.writeHead(413).end('too large'),
    })
    const answer = await sendRaw(gateway, `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n${'a'.repeat(3_000_000)}`)
    expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*too large/)
  })

  it('share connections to an upstream', async () => {
    const { gateway, app } = await startScene()
    for (let number = 0; number < 10; number += 1) await (await fetch(gateway.url)).text()
    expect(app.connections()).toBe(1)
  })
})
