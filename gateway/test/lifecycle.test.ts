import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { gatewayOptionsFromEnv, startGateway } from '../src/index.ts'
import { alsoClose, openSocket, startScene } from './gateway-under-test.ts'
import { startUpstream } from './upstream.ts'

const COMMAND = fileURLToPath(new URL('../bin/gatepost-gateway.mjs', import.meta.url))

describe('closing', () => {
  it('lets a request in flight finish and takes no more', async () => {
    let release = (): void => undefined
    const arrived = new Promise<void>((resolve) => {
      release = resolve
    })
    const { gateway } = await startScene({
      timeouts: { drainMilliseconds: 5_000 },
      handler: (_request, response) => {
        release()
        setTimeout(() => response.end('finished'), 150)
      },
    })
    const answer = fetch(gateway.url)
    await arrived
    const startedAt = performance.now()
    const closed = gateway.close()
    expect(gateway.close()).toBe(closed)
    expect(await (await answer).text()).toBe('finished')
    await closed
    expect(performance.now() - startedAt).toBeLessThan(1_500)
    await expect(fetch(gateway.url)).rejects.toThrow()
  })

  it('ends what does not finish within the bound', async () => {
    let release = (): void => undefined
    const arrived = new Promise<void>((resolve) => {
      release = resolve
    })
    const { gateway } = await startScene({ handler: () => release(), timeouts: { drainMilliseconds: 100 } })
    const answer = fetch(gateway.url).catch(() => 'ended')
    await arrived
    await gateway.close()
    expect(await answer).toBe('ended')
  })

  it('does not wait for WebSockets and event streams, which never end by themselves', async () => {
    const { gateway } = await startScene({
      timeouts: { drainMilliseconds: 60_000 },
      handler: (_request, response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders(),
    })
    await fetch(`${gateway.url}/events`)
    const socket = openSocket(gateway)
    socket.write('GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    await once(socket, 'data')
    await gateway.close()
  })
})

describe('the command', () => {
  function run(env: Record<string, string>): ChildProcess & { output: () => string } {
    const child = spawn(process.execPath, [COMMAND], { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += String(chunk)))
    child.stderr.on('data', (chunk) => (output += String(chunk)))
    return Object.assign(child, { output: () => output })
  }

  it('serves until it is told to stop, then exits 0', async () => {
    const app = await startUpstream('app')
    alsoClose(app)
    const child = run({ GATEWAY_BIND: '127.0.0.1:0', APP_UPSTREAM: app.origin })
    await expect.poll(child.output, { timeout: 10_000 }).toMatch(/"url":"http/)
    const url = /"url":"([^"]+)"/.exec(child.output())?.[1] as string
    expect(await (await fetch(`${url}/x`)).json()).toEqual({ name: 'app', url: '/x' })
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('names every wrong variable at once and exits 1, without a stack trace', async () => {
    const child = run({ GATEWAY_BIND: 'x', APP_UPSTREAM: 'ftp://x', GATEWAY_EDGE_AUTH: 'maybe' })
    expect(await once(child, 'exit')).toEqual([1, null])
    for (const name of ['GATEWAY_BIND', 'APP_UPSTREAM', 'GATEWAY_EDGE_AUTH']) expect(child.output()).toContain(`gatepost-gateway: ${name}=`)
    expect(child.output()).not.toMatch(/ {4}at /)
  })

  it('says in one line that its address is in use', async () => {
    const occupant = await startUpstream('occupant')
    alsoClose(occupant)
    const child = run({ GATEWAY_BIND: `127.0.0.1:${occupant.port}` })
    expect(await once(child, 'exit')).toEqual([1, null])
    expect(child.output()).toBe(`gatepost-gateway: cannot listen on 127.0.0.1:${occupant.port}: the address is in use\n`)
  })
})

describe('the variables', () => {
  it('have defaults that fit one machine', () => {
    expect(gatewayOptionsFromEnv({ GATEWAY_BIND: '' })).toEqual({
      ok: true,
      options: {
        bind: '127.0.0.1:3000',
        gatepostUpstream: 'http://127.0.0.1:8080',
        appUpstream: 'http://127.0.0.1:8000',
        basePath: '/auth',
        trustedProxies: [],
        edgeAuth: { mode: 'off' },
      },
    })
  })

  it('are all read', () => {
    const env = {
      GATEWAY_BIND: '[::1]:3000',
      GATEPOST_UPSTREAM: 'http://auth.internal:9000/',
      APP_UPSTREAM: 'https://app.internal',
      BASE_PATH: '/sign/in',
      GATEWAY_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
      GATEWAY_EDGE_AUTH: 'required',
      PUBLIC_URL: 'https://example.com',
      COOKIE_PREFIX: 'acme',
    }
    expect(gatewayOptionsFromEnv(env)).toEqual({
      ok: true,
      options: {
        bind: '[::1]:3000',
        gatepostUpstream: 'http://auth.internal:9000',
        appUpstream: 'https://app.internal',
        basePath: '/sign/in',
        trustedProxies: ['10.0.0.0/8', '::1'],
        edgeAuth: { mode: 'required', cookiePrefix: 'acme' },
        publicUrl: 'https://example.com',
      },
    })
  })

  it.each([
    [{ GATEWAY_BIND: '3000' }, 'GATEWAY_BIND'],
    [{ GATEWAY_BIND: '127.0.0.1:70000' }, 'GATEWAY_BIND'],
    [{ GATEWAY_BIND: '[zz]:1' }, 'GATEWAY_BIND'],
    [{ APP_UPSTREAM: 'http://x/path' }, 'APP_UPSTREAM'],
    [{ APP_UPSTREAM: 'http://user:secret@x' }, 'APP_UPSTREAM'],
    [{ GATEPOST_UPSTREAM: 'localhost:8080' }, 'GATEPOST_UPSTREAM'],
    [{ APP_UPSTREAM: 'http://localhost:3000' }, 'APP_UPSTREAM'],
    [{ GATEWAY_BIND: ':8080' }, 'GATEPOST_UPSTREAM'],
    [{ BASE_PATH: 'auth' }, 'BASE_PATH'],
    [{ BASE_PATH: '/auth/' }, 'BASE_PATH'],
    [{ BASE_PATH: '/../x' }, 'BASE_PATH'],
    [{ GATEWAY_TRUSTED_PROXIES: '10.0.0.0/33' }, 'GATEWAY_TRUSTED_PROXIES'],
    [{ GATEWAY_TRUSTED_PROXIES: 'all' }, 'GATEWAY_TRUSTED_PROXIES'],
    [{ GATEWAY_EDGE_AUTH: 'on' }, 'GATEWAY_EDGE_AUTH'],
    [{ GATEWAY_EDGE_AUTH: 'required' }, 'PUBLIC_URL'],
    [{ COOKIE_PREFIX: 'a;b' }, 'COOKIE_PREFIX'],
  ])('%o are refused by the name of %s', (env, name) => {
    const parsed = gatewayOptionsFromEnv(env)
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.split(/[= ]/)[0])).toEqual([name])
  })

  it.each([
    [':0', /^http:\/\/localhost:\d+$/],
    ['0.0.0.0:0', /^http:\/\/localhost:\d+$/],
    ['[::1]:0', /^http:\/\/\[::1\]:\d+$/],
    ['localhost:0', /^http:\/\/localhost:\d+$/],
  ])('bind to %s and name an address that opens', async (bind, url) => {
    const app = await startUpstream('app')
    const gateway = await startGateway({ bind, gatepostUpstream: app.origin, appUpstream: app.origin })
    alsoClose(gateway)
    alsoClose(app)
    expect(gateway.url).toMatch(url)
    expect((await fetch(gateway.url)).status).toBe(200)
  })
})
