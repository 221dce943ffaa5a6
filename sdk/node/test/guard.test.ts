import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVerifier, getIdentity, type Verifier } from '../src/index.ts'
import { APPLICATIONS, type Application } from './applications.ts'
import { accessTokenClaims, createSigningKey, signToken, startIssuer, type Issuer } from './issuer.ts'

const now = Math.floor(Date.now() / 1000)
const PAGE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
let issuer: Issuer
let verifier: Verifier
let token: string
let expired: string

beforeAll(async () => {
  const key = await createSigningKey('key-1')
  issuer = await startIssuer([key])
  verifier = createVerifier({ issuer: issuer.issuer })
  const claims = accessTokenClaims(issuer.issuer, now)
  token = await signToken(key, { ...claims, sub: 'ana' })
  expired = await signToken(key, { ...claims, exp: now - 30 })
})

afterAll(() => issuer.stop())

async function openRaw(application: Application, target: string): Promise<{ status: number; location: string | undefined }> {
  const socket = connect(application.port, '127.0.0.1')
  socket.end(`GET ${target} HTTP/1.1\r\nHost: app.example\r\nAccept: text/html\r\nConnection: close\r\n\r\n`)
  const answer = await text(socket)
  return { status: Number(answer.split(' ')[1]), location: /\r\nlocation: (.*)\r\n/i.exec(answer)?.[1] }
}

describe.each(Object.keys(APPLICATIONS))('a guarded %s application', (name) => {
  let application: Application

  beforeAll(async () => {
    application = await (APPLICATIONS[name] as (verifier: Verifier) => Promise<Application>)(verifier)
  })

  afterAll(() => application.close())

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${application.url}${path}`, { headers, redirect: 'manual' })

  it('knows who comes with a cookie or a Bearer header', async () => {
    for (const headers of [{ cookie: `gatepost_access=${token}` }, { authorization: `Bearer ${token}` }]) {
      const response = await get('/private', headers)
      expect([response.status, await response.text()]).toEqual([200, 'ana'])
    }
  })

  it('sends a stranger who opens a page to sign in and back to where they were', async () => {
    const response = await get('/private/list?page=2&q=a%26b', PAGE)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(`/auth/login?return_to=${encodeURIComponent('/private/list?page=2&q=a%26b')}`)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('vary')).toMatch(/Origin/)
    expect(response.headers.get('vary')).toMatch(/Cookie/)
  })

  it('sends a person whose access token just expired the same way, where it is renewed silently', async () => {
    const response = await get('/private', { ...PAGE, cookie: `gatepost_access=${expired}` })
    expect([response.status, response.headers.get('location')]).toEqual([303, '/auth/login?return_to=%2Fprivate'])
  })

  it('answers an API caller with 401 and no redirect', async () => {
    const response = await get('/private', { accept: 'application/json' })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({ error: { code: 'unauthorized', message: expect.any(String) } })
    const rejected = await get('/private', { authorization: `Bearer ${expired}` })
    expect([rejected.status, rejected.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"'])
  })

  it('never redirects a form post, whose fields would be lost', async () => {
    const response = await fetch(`${application.url}/private`, { method: 'POST', body: 'a=1', headers: PAGE, redirect: 'manual' })
    expect(response.status).toBe(401)
  })

  it('tells htmx where to go: the page it is on, when that is a page of this host', async () => {
    const host = new URL(application.url).host
    const cases = [
      [`http://${host}/private/list?page=2`, '/private/list?page=2'],
      ['https://evil.example/phish', '/private/rows'],
      [`http://${host}//evil.example/`, '/'],
      ['javascript:alert(1)', '/private/rows'],
    ] as const
    for (const [currentUrl, expected] of cases) {
      const response = await get('/private/rows', { ...PAGE, 'hx-request': 'true', 'hx-current-url': currentUrl })
      expect(response.status).toBe(401)
      expect(response.headers.get('hx-redirect')).toBe(`/auth/login?return_to=${encodeURIComponent(expected)}`)
    }
  })

  it('refuses a person who lacks a role with 403, in the form they asked for', async () => {
    const cookie = `gatepost_access=${token}`
    const forApi = await get('/staff', { cookie })
    expect(forApi.status).toBe(403)
    expect(await forApi.json()).toMatchObject({ error: { code: 'forbidden' } })
    const forPage = await get('/staff', { ...PAGE, cookie })
    expect([forPage.status, forPage.headers.get('content-type')]).toEqual([403, 'text/plain; charset=utf-8'])
  })

  it('lets everybody in where signing in is optional', async () => {
    expect(await (await get('/open')).text()).toBe('nobody')
    expect(await (await get('/open', { cookie: `gatepost_access=${expired}` })).text()).toBe('nobody')
    expect(await (await get('/open', { cookie: `gatepost_access=${token}` })).text()).toBe('ana')
  })

  it.each([
    '//evil.example',
    '//evil.example/%2f..',
    '/\\evil.example',
    '/\\/evil.example',
    '///evil.example',
    '/x/..//evil.example',
    '/./\\evil.example',
    'http://evil.example/',
    'http:evil.example',
    '/%09/evil.example/..//x',
  ])('never returns to another origin: %s', async (target) => {
    const { status, location } = await openRaw(application, target)
    // A framework that refuses such a target outright is as safe as one that redirects home.
    if (location === undefined) return expect(status).toBe(400)
    const returnTo = new URL(location, 'http://app.example').searchParams.get('return_to') ?? ''
    const landing = new URL(returnTo, 'http://app.example')
    expect(location.startsWith('/auth/login?return_to=')).toBe(true)
    return expect([landing.origin, returnTo.startsWith('/'), returnTo.startsWith('//')]).toEqual(['http://app.example', true, false])
  })
})

describe('a guard whose keys cannot be reached', () => {
  it('answers 503 with Retry-After to a person who may be signed in, and still sends a stranger to sign in', async () => {
    const unreachable = createVerifier({ issuer: issuer.issuer, jwksUrl: 'http://127.0.0.1:1/jwks.json' })
    const application = await APPLICATIONS['express']?.(unreachable)
    if (application === undefined) throw new Error('no application')
    const headers = { ...PAGE, cookie: `gatepost_access=${token}` }
    const known = await fetch(`${application.url}/private`, { headers, redirect: 'manual' })
    expect([known.status, known.headers.get('retry-after')]).toEqual([503, '5'])
    const stranger = await fetch(`${application.url}/private`, { headers: PAGE, redirect: 'manual' })
    expect(stranger.status).toBe(303)
    await application.close()
  })
})

describe('a route that forgot its guard', () => {
  it('fails loudly instead of serving nobody', () => {
    expect(() => getIdentity({})).toThrow(/requireAuth/)
  })
})
