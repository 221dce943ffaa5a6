import { beforeAll, describe, expect, it } from 'vitest'
import { accessTokenClaims, createSigningKey, signToken, type SigningKey } from '../../sdk/node/test/issuer.ts'
import type { EdgeAuthOptions } from '../src/index.ts'
import { openSocket, sendRaw, startScene, type Scene } from './gateway-under-test.ts'

const PUBLIC_URL = 'http://shop.example'
const now = Math.floor(Date.now() / 1000)
let key: SigningKey
let token: string
let strange: string

beforeAll(async () => {
  key = await createSigningKey('key-1')
  const claims = accessTokenClaims(`${PUBLIC_URL}/auth`, now)
  token = await signToken(key, { ...claims, sub: 'ana', sid: 'session-1', roles: ['admin', 'x,owner', 'staff'] })
  strange = await signToken(key, { ...claims, iss: 'http://other.example/auth' })
})

function startGuarded(mode: 'off' | 'optional' | 'required', extra: Partial<EdgeAuthOptions> = {}): Promise<Scene> {
  return startScene({
    publicUrl: PUBLIC_URL,
    edgeAuth: { mode, ...extra },
    gatepostHandler: (request, response) => {
      if (request.url === '/auth/.well-known/jwks.json') return response.end(JSON.stringify({ keys: [key.publicJwk] }))
      return response.setHeader('x-told', String(request.headers['x-gatepost-user-id'])).end('gatepost')
    },
  })
}

function identityTold(scene: Scene): unknown[] {
  const headers = scene.app.seen.at(-1)?.headers ?? {}
  return ['x-gatepost-user-id', 'x-gatepost-session-id', 'x-gatepost-roles'].map((name) => headers[name])
}

const FORGED = { 'x-gatepost-user-id': 'eve', 'x-gatepost-session-id': 'forged', 'x-gatepost-roles': 'owner' }

describe('authentication at the edge', () => {
  it.each(['optional', 'required'] as const)('(%s) tells the application who it is, whatever the client claims', async (mode) => {
    const scene = await startGuarded(mode)
    for (const credentials of [{ cookie: `gatepost_access=${token}` }, { authorization: `Bearer ${token}` }]) {
      const response = await fetch(`${scene.gateway.url}/page`, { headers: { ...FORGED, ...credentials } as Record<string, string> })
      expect(response.status).toBe(200)
      // The role with a comma would read as two and is left out.
      expect(identityTold(scene)).toEqual(['ana', 'session-1', 'admin,staff'])
    }
  })

  it('(optional) lets a stranger pass without a name', async () => {
    const scene = await startGuarded('optional')
    for (const cookie of ['', `gatepost_access=${strange}`, `gatepost_access=${token}; gatepost_access=${token}`]) {
      expect((await fetch(`${scene.gateway.url}/page`, { headers: { ...FORGED, cookie } })).status).toBe(200)
      expect(identityTold(scene)).toEqual([undefined, undefined, undefined])
    }
  })

  it('(required) sends a stranger to sign in, and refuses an API caller', async () => {
    const scene = await startGuarded('required')
    const page = await fetch(`${scene.gateway.url}/page?a=1`, { headers: { ...FORGED, accept: 'text/html' }, redirect: 'manual' })
    expect([page.status, page.headers.get('location')]).toEqual([303, '/auth/login?return_to=%2Fpage%3Fa%3D1'])
    const api = await fetch(`${scene.gateway.url}/page`, { headers: FORGED, method: 'POST', body: 'x'.repeat(3_000_000) })
    expect([api.status, api.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
    expect(scene.app.seen).toEqual([])
  })

  it('(required) leaves the sign-in pages open and tells them nothing', async () => {
    const scene = await startGuarded('required')
    const response = await fetch(`${scene.gateway.url}/auth/login`, { headers: { ...FORGED, cookie: `gatepost_access=${token}` } })
    expect([response.status, response.headers.get('x-told')]).toEqual([200, 'undefined'])
  })

  it('(off) tells nobody anything', async () => {
    const scene = await startGuarded('off')
    await fetch(`${scene.gateway.url}/page`, { headers: { ...FORGED, cookie: `gatepost_access=${token}` } })
    expect(identityTold(scene)).toEqual([undefined, undefined, undefined])
  })

  it('(required) holds for WebSockets: 401, never a redirect', async () => {
    const scene = await startGuarded('required')
    const handshake = (extra: string): string =>
      `GET /socket HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${extra}\r\n`
    expect(await sendRaw(scene.gateway, handshake(''))).toMatch(/^HTTP\/1\.1 401 /)
    expect(scene.app.seen).toEqual([])
    const credentials = `X-Gatepost-Roles: owner\r\nCookie: gatepost_access=${token}\r\n`
    expect(await sendRaw(scene.gateway, handshake(credentials))).toMatch(/^HTTP\/1\.1 101 /)
    expect(identityTold(scene)).toEqual(['ana', 'session-1', 'admin,staff'])
  })

  it('(required) answers 503 while the keys cannot be had', async () => {
    const scene = await startGuarded('required', { jwksUrl: 'http://127.0.0.1:1/jwks.json' })
    const response = await fetch(`${scene.gateway.url}/page`, { headers: { cookie: `gatepost_access=${token}` } })
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(scene.app.seen).toEqual([])
  })

  it('(required) cannot be passed by naming the credentials as hop-by-hop', async () => {
    const scene = await startGuarded('required')
    const lines = ['Host: x', 'Connection: close, X-Gatepost-User-Id, Cookie', `Cookie: gatepost_access=${token}`]
    const answer = await sendRaw(scene.gateway, ['GET /page HTTP/1.1', ...lines, '', ''].join('\r\n'))
    expect(answer).toMatch(/^HTTP\/1\.1 401 /)
  })

  it('needs to know the issuer', async () => {
    await expect(startScene({ edgeAuth: { mode: 'required' } })).rejects.toThrow(/publicUrl/)
  })

  it('survives a client that leaves while it is being looked at', async () => {
    const scene = await startGuarded('required')
    const socket = openSocket(scene.gateway)
    socket.write(`GET /page HTTP/1.1\r\nHost: x\r\nCookie: gatepost_access=${token}\r\n\r\n`)
    socket.on('connect', () => setImmediate(() => socket.resetAndDestroy()))
    await new Promise((resolve) => socket.on('close', resolve))
    expect((await fetch(`${scene.gateway.url}/auth/login`)).status).toBe(200)
  })
})
