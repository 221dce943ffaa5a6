// Security cases N1, N3, N5 and N6. No database takes part.
import type { LookupAddress } from 'node:dns'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createGuardedFetch } from '../../src/platform/guarded-fetch.ts'
import type { FakeProvider } from './fake-provider.ts'
import { json, startProvider } from './fake-provider.ts'
import { startRawServer } from './raw-server.ts'

const REQUEST = { method: 'POST', headers: {}, body: 'x', timeoutMs: 2_000 } as const

/** A name server of the test's own: each answer is given once, the last one for ever. */
function resolver(...answers: string[][]) {
  let asked = 0
  return {
    asked: () => asked,
    resolveAll: (_hostname: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => {
      const addresses = answers[Math.min(asked, answers.length - 1)] ?? []
      asked += 1
      done(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))
    },
  }
}

describe('a request to an address that somebody could choose', () => {
  let inside: FakeProvider
  beforeAll(async () => {
    inside = await startProvider()
  })
  afterAll(() => inside.close())
  beforeEach(() => {
    inside.received.length = 0
    inside.answer = json(200, { fine: true })
  })
  const portOf = () => inside.host.split(':')[1]

  test.each([
    '127.0.0.1', '0.0.0.0', '[::1]', '[::ffff:127.0.0.1]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '2130706433', '0x7f.1', '0177.0.0.1', '127.1',
    '169.254.169.254', '[fd00::1]', '[fe80::1]', '100.64.0.1', '10.0.0.1', '172.16.0.1', '192.168.1.1', '[ff02::1]', '224.0.0.1', '255.255.255.255', '192.0.2.1',
  ])('does not reach %s', async (host) => {
    const before = inside.connections()
    const guardedFetch = createGuardedFetch({ internalHosts: [] })
    expect(await guardedFetch({ ...REQUEST, url: `https://${host}:${portOf()}/` })).toEqual({ outcome: 'failed', failure: 'forbidden_address' })
    expect(inside.connections()).toBe(before)
  })

  test.each(['localhost', 'localhost.', 'LOCALHOST'])('does not reach %s, which resolves to this machine', async (host) => {
    const before = inside.connections()
    const guardedFetch = createGuardedFetch({ internalHosts: [] })
    // Where the machine does not know the name, there is nothing to reach either.
    expect(await guardedFetch({ ...REQUEST, url: `https://${host}:${portOf()}/` })).toEqual({ outcome: 'failed', failure: expect.stringMatching(/^(forbidden_address|unreachable)$/) as string })
    expect(inside.connections()).toBe(before)
  })

  test.each([[['127.0.0.1']], [['93.184.216.34', '127.0.0.1']], [['::ffff:10.0.0.1']], [['fd00::1', '2606:2800:220:1::1']]])('does not reach a public name that resolves to %j', async (addresses) => {
    const before = inside.connections()
    const guardedFetch = createGuardedFetch({ internalHosts: [], resolveAll: resolver(addresses).resolveAll })
    expect(await guardedFetch({ ...REQUEST, url: `https://nip.example.com:${portOf()}/` })).toEqual({ outcome: 'failed', failure: 'forbidden_address' })
    expect(inside.connections()).toBe(before)
  })

  test('asks for the address once and connects to that answer, so that a name which answers differently the next time wins nothing', async () => {
    const before = inside.connections()
    // Public by its range, and leads nowhere.
    const { asked, resolveAll } = resolver(['2c0f:ffff::1'], ['127.0.0.1'])
    const guardedFetch = createGuardedFetch({ internalHosts: [], resolveAll })
    const answer = await guardedFetch({ ...REQUEST, url: `https://rebind.example.com:${portOf()}/`, timeoutMs: 500 })
    expect(answer).toEqual({ outcome: 'failed', failure: expect.stringMatching(/^(unreachable|timeout)$/) as string })
    expect([asked(), inside.connections()]).toEqual([1, before])
    // The second answer is checked like the first.
    expect(await guardedFetch({ ...REQUEST, url: `https://rebind.example.com:${portOf()}/` })).toEqual({ outcome: 'failed', failure: 'forbidden_address' })
    expect(inside.connections()).toBe(before)
  })

  test('goes by https alone, to what is a web address, with no name and password in it', async () => {
    const guardedFetch = createGuardedFetch({ internalHosts: [inside.host] })
    const failureOf = async (url: string) => {
      const answer = await guardedFetch({ ...REQUEST, url })
      return answer.outcome === 'failed' ? answer.failure : answer.status
    }
    expect(await failureOf('http://example.com/')).toBe('not_https')
    for (const url of ['', 'file:///etc/passwd', 'gopher://127.0.0.1/', 'data:,x', `http://user:word@${inside.host}/`]) expect(await failureOf(url)).toBe('not_a_url')
    expect(inside.received).toEqual([])
  })

  test('reaches a private host that the operator named, on the port that was named, and no other', async () => {
    const guardedFetch = createGuardedFetch({ internalHosts: [inside.host] })
    expect(await guardedFetch({ ...REQUEST, url: `${inside.url}/hook` })).toMatchObject({ outcome: 'answered', status: 200, body: '{"fine":true}' })
    const other = await startProvider()
    expect(await guardedFetch({ ...REQUEST, url: `${other.url}/hook` })).toEqual({ outcome: 'failed', failure: 'not_https' })
    expect(other.connections()).toBe(0)
    await other.close()
  })

  test('follows no redirect', async () => {
    const target = await startProvider()
    inside.answer = json(307, {}, { location: `${target.url}/` })
    const guardedFetch = createGuardedFetch({ internalHosts: [inside.host, target.host] })
    expect(await guardedFetch({ ...REQUEST, url: inside.url })).toMatchObject({ outcome: 'answered', status: 307 })
    expect(target.connections()).toBe(0)
    await target.close()
  })

  test('ends after its time, however slowly bytes trickle, and after 64 KiB', async () => {
    const guardedFetch = createGuardedFetch({ internalHosts: [inside.host] })
    let trickle: NodeJS.Timeout | undefined
    inside.answer = (response) => {
      response.writeHead(200)
      trickle = setInterval(() => response.write('.'), 50)
      response.on('close', () => clearInterval(trickle))
    }
    const startedAt = performance.now()
    expect(await guardedFetch({ ...REQUEST, url: inside.url, timeoutMs: 600 })).toEqual({ outcome: 'failed', failure: 'timeout' })
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    inside.answer = (response) => void response.writeHead(200).end('x'.repeat(10 * 1_024 * 1_024))
    expect(await guardedFetch({ ...REQUEST, url: inside.url })).toEqual({ outcome: 'failed', failure: 'answer_too_large' })
    inside.answer = () => undefined
    expect(await guardedFetch({ ...REQUEST, url: inside.url, timeoutMs: 200 })).toEqual({ outcome: 'failed', failure: 'timeout' })
  })

  // security case N5
  test.each<[string, string]>([
    ['switches to another protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nhello'],
    ['switches without saying to what', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['breaks off within its answer', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc'],
    ['speaks no HTTP', '220 mail.example.com ESMTP\r\n'],
  ])('fails when the server %s, and hangs up', async (_what, answer) => {
    const hostile = await startRawServer((socket) => void socket.write(answer, () => void setTimeout(() => (answer.includes('101') ? undefined : socket.destroy()), 100)))
    const guardedFetch = createGuardedFetch({ internalHosts: [hostile.host] })
    const never = new Promise((resolve) => void setTimeout(() => resolve('never came to an end'), 4_000).unref())
    const outcome = guardedFetch({ ...REQUEST, url: `http://${hostile.host}/`, timeoutMs: 1_500 })
    expect(await Promise.race([outcome, never])).toEqual({ outcome: 'failed', failure: expect.stringMatching(/^(unreachable|timeout)$/) as string })
    await expect.poll(hostile.openSockets).toBe(0)
    await hostile.close()
  })

  // security case N5
  test('fails at its deadline while a server says to wait, or sends headers without end', async () => {
    for (const line of ['HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 103 Early Hints\r\n\r\n']) {
      const hostile = await startRawServer((socket) => {
        const timer = setInterval(() => socket.write(line), 20)
        socket.on('close', () => clearInterval(timer))
      })
      const guardedFetch = createGuardedFetch({ internalHosts: [hostile.host] })
      expect(await guardedFetch({ ...REQUEST, url: `http://${hostile.host}/`, timeoutMs: 300 })).toEqual({ outcome: 'failed', failure: 'timeout' })
      await expect.poll(hostile.openSockets).toBe(0)
      await hostile.close()
    }
  })

  test('says that nobody answers where nobody listens, or hangs up', async () => {
    const gone = await startProvider()
    await gone.close()
    const guardedFetch = createGuardedFetch({ internalHosts: [gone.host, inside.host] })
    expect(await guardedFetch({ ...REQUEST, url: gone.url })).toEqual({ outcome: 'failed', failure: 'unreachable' })
    inside.answer = (response) => void response.socket?.destroy()
    expect(await guardedFetch({ ...REQUEST, url: inside.url })).toEqual({ outcome: 'failed', failure: 'unreachable' })
  })
})
