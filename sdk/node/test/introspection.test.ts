import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createResourceServer, type IntrospectionOptions } from '../src/index.ts'
import { listen, type Application } from './applications.ts'

const START = 1_800_000_000
const ISSUER = 'https://example.com/auth'
const client = { clientId: 'orders api', clientSecret: 's:ecret%' }
let server: Application
let clock: { seconds: number }
let answers: Record<string, unknown>
let asked: { authorization: string | undefined; form: Record<string, string> }[]
let status = 200

beforeAll(async () => {
  server = await listen(async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)))
    asked.push({ authorization: request.headers.authorization, form })
    await new Promise((resolve) => setTimeout(resolve, 5))
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answers[form['token'] ?? ''] ?? { active: false }))
  })
})
beforeEach(() => {
  status = 200
  clock = { seconds: START }
  asked = []
  answers = { good: activeToken() }
})
afterAll(() => server.close())

function activeToken(changed: Record<string, unknown> = {}) {
  return { active: true, iss: ISSUER, aud: 'orders', sub: 'ana', client_id: 'shop', scope: 'orders:read', exp: START + 600, iat: START, token_type: 'Bearer', ...changed }
}
function resourceServer(options: Partial<IntrospectionOptions> = {}) {
  return createResourceServer({ issuer: ISSUER, audience: 'orders', introspection: { ...client, endpoint: `${server.url}/introspect`, ...options }, clock: { now: () => clock.seconds * 1_000 } })
}
async function answerTo(token: string, by = resourceServer()): Promise<number> {
  const access = await by.check({ method: 'GET', target: '/', headers: { authorization: `Bearer ${token}` } }, { scopes: ['orders:read'] })
  return access.isAllowed ? 200 : access.refusal.status
}

describe('an opaque token', () => {
  it('is asked about as RFC 7662 says, by the client that may ask', async () => {
    expect(await answerTo('good')).toBe(200)
    expect(asked).toEqual([{ authorization: `Basic ${Buffer.from('orders+api:s%3Aecret%25').toString('base64')}`, form: { token: 'good', token_type_hint: 'access_token' } }])
  })

  it.each([
    ['is not active', { active: false }],
    ['is for another audience', activeToken({ aud: 'refunds' })],
    ['is for nobody but the server that issued it', activeToken({ aud: undefined })],
    ['was issued by another', activeToken({ iss: 'https://evil.example' })],
    ['is a refresh token', activeToken({ token_type: undefined })],
    ['has expired', activeToken({ exp: START })],
    ['never expires', activeToken({ exp: undefined })],
    ['is bound to a key', activeToken({ cnf: { jkt: 'abc' }, token_type: 'DPoP' })],
  ])('is refused when it %s', async (_what, answer) => {
    answers['other'] = answer
    expect(await answerTo('other')).toBe(401)
  })

  it('is asked about once for many requests at once, and again after the seconds that were chosen', async () => {
    const api = resourceServer({ cacheSeconds: 30 })
    expect(await Promise.all(Array.from({ length: 20 }, () => answerTo('good', api)))).toEqual(Array.from({ length: 20 }, () => 200))
    clock.seconds += 29
    expect(await answerTo('good', api)).toBe(200)
    expect(asked).toHaveLength(1)
    answers = {}
    expect(await answerTo('good', api)).toBe(200)
    clock.seconds += 1
    expect(await answerTo('good', api)).toBe(401)
    expect(await answerTo('good', api)).toBe(401)
    expect(asked).toHaveLength(2)
  })

  it('is never believed beyond its expiry, and asked about at each request where nothing is kept', async () => {
    const keeping = resourceServer({ cacheSeconds: 3_600 })
    answers['short'] = activeToken({ exp: START + 5 })
    expect(await answerTo('short', keeping)).toBe(200)
    clock.seconds += 5
    expect(await answerTo('short', keeping)).toBe(401)
    asked = []
    const forgetful = resourceServer({ cacheSeconds: 0 })
    for (let times = 0; times < 3; times++) await answerTo('good', forgetful)
    expect(asked).toHaveLength(3)
  })

  it('is not judged while the server gives no answer, nor is that kept', async () => {
    const api = resourceServer()
    for (const wrong of [500, 401]) {
      status = wrong
      expect(await answerTo('good', api)).toBe(503)
    }
    status = 200
    expect(await answerTo('good', api)).toBe(200)
    expect(await answerTo('good', resourceServer({ endpoint: 'http://127.0.0.1:1/introspect' }))).toBe(503)
  })

  it('is refused unasked where nobody is to be asked', async () => {
    expect(await answerTo('good', createResourceServer({ issuer: ISSUER, audience: 'orders' }))).toBe(401)
    expect(asked).toEqual([])
  })
})
