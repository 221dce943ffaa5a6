import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createResourceServer, describeResource, type ResourceServer, type TokenDemands } from '../src/index.ts'
import type { Application } from './applications.ts'
import { createSigningKey, signToken, startIssuer, type Issuer, type SigningKey } from './issuer.ts'
import { RESOURCE_SERVERS } from './resource-servers.ts'

const RESOURCE = 'https://api.example.com/v1'
const METADATA_URL = 'https://api.example.com/.well-known/oauth-protected-resource/v1'
const now = Math.floor(Date.now() / 1000)
let key: SigningKey
let issuer: Issuer
let resourceServer: ResourceServer
let claims: JWTPayload
const metadata = () => describeResource({ resource: RESOURCE, issuer: issuer.issuer, scopes: ['orders:read'], name: 'Orders' })

beforeAll(async () => {
  key = await createSigningKey('key-1')
  issuer = await startIssuer([key])
  resourceServer = createResourceServer({ issuer: issuer.issuer, audience: RESOURCE, metadata: metadata() })
  claims = { iss: issuer.issuer, aud: RESOURCE, sub: 'ana', client_id: 'shop', scope: 'orders:read orders:write', iat: now, exp: now + 600, jti: 'token-1', auth_time: now - 100, acr: 'aal1' }
})

afterAll(() => issuer.stop())

/** The status and challenge that a token is answered with; 200 when it passes. */
async function answerTo(authorization: string | undefined, demands: TokenDemands = {}, by = resourceServer): Promise<[number, string]> {
  const access = await by.check({ method: 'GET', target: '/v1/orders', headers: authorization === undefined ? {} : { authorization } }, demands)
  return access.isAllowed ? [200, access.token.subject] : [access.refusal.status, access.refusal.headers['www-authenticate'] ?? '']
}
const INVALID = [401, `Bearer error="invalid_token", resource_metadata="${METADATA_URL}"`]

describe.each(Object.keys(RESOURCE_SERVERS))('an API with %s', (name) => {
  let application: Application
  beforeAll(async () => {
    application = await RESOURCE_SERVERS[name]!(resourceServer, metadata())
  })
  afterAll(() => application.close())
  const ask = (headers: Record<string, string> = {}) => fetch(`${application.url}/orders`, { headers })

  it('lets a client through with a token that has the scope', async () => {
    const answer = await ask({ authorization: `Bearer ${await signToken(key, claims)}` })
    expect([answer.status, await answer.text()]).toEqual([200, 'ana'])
  })

  it('tells a client without a token where to get one, as RFC 9728 has it', async () => {
    const refused = await ask()
    expect([refused.status, refused.headers.get('www-authenticate'), refused.headers.get('cache-control')]).toEqual([401, `Bearer resource_metadata="${METADATA_URL}"`, 'no-store'])
    const document = await fetch(`${application.url}/.well-known/oauth-protected-resource/v1`)
    expect([document.status, document.headers.get('content-type'), document.headers.get('access-control-allow-origin')]).toEqual([200, expect.stringContaining('application/json'), '*'])
    expect(await document.json()).toEqual({ resource: RESOURCE, authorization_servers: [issuer.issuer], bearer_methods_supported: ['header'], scopes_supported: ['orders:read'], resource_name: 'Orders' })
  })

  it('refuses a token without the scope by name', async () => {
    const answer = await ask({ authorization: `Bearer ${await signToken(key, { ...claims, scope: 'orders:reads' })}` })
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([403, `Bearer error="insufficient_scope", scope="orders:read", resource_metadata="${METADATA_URL}"`])
    expect(await answer.json()).toMatchObject({ error: { code: 'insufficient_scope' } })
  })
})

describe('a resource server', () => {
  it('takes a token for several audiences when it is one of them', async () => {
    expect(await answerTo(`Bearer ${await signToken(key, { ...claims, aud: ['https://other.example', RESOURCE] })}`)).toEqual([200, 'ana'])
  })

  it.each([
    ['for another audience', { aud: 'https://other.example' }],
    ['of another issuer', { iss: 'https://evil.example/auth' }],
    ['that has expired', { exp: now - 10 }],
    ['of no client', { client_id: undefined }],
    ['of nobody', { sub: undefined }],
    ['whose scope is no text', { scope: ['orders:read'] }],
    ['bound to a certificate, which is not seen here', { cnf: { 'x5t#S256': 'abc' } }],
    ['bound to a key, without a proof', { cnf: { jkt: 'abc' } }],
    ['with a condition that is empty', { cnf: {} }],
  ])('refuses a token %s', async (_what, changed) => {
    expect(await answerTo(`Bearer ${await signToken(key, { ...claims, ...changed } as JWTPayload)}`)).toEqual(INVALID)
  })

  it('refuses what is signed by somebody else, is another kind of token, or none at all', async () => {
    const stranger = await createSigningKey('key-1')
    const tokens = [await signToken(stranger, claims), await signToken(key, claims, { typ: 'JWT' }), await signToken(key, claims, { typ: 'logout+jwt' }), 'abc', 'a.b.c', 'x'.repeat(10_000)]
    for (const token of tokens) expect(await answerTo(`Bearer ${token}`)).toEqual(INVALID)
  })

  it('calls an unreadable header a bad request, and looks for no token anywhere else', async () => {
    const token = await signToken(key, claims)
    for (const credentials of ['Bearer', `Bearer ${token} ${token}`, `Bearer ${token}, Bearer ${token}`, 'DPoP']) expect((await answerTo(credentials))[0]).toBe(400)
    expect((await answerTo('Basic YTpi'))[0]).toBe(401)
    const elsewhere = await resourceServer.check({ method: 'GET', target: `/v1/orders?access_token=${token}`, headers: { cookie: `gatepost_access=${token}` } })
    expect(elsewhere.isAllowed).toBe(false)
    const twice = await resourceServer.check({ method: 'GET', target: '/v1/orders', headers: { authorization: [`Bearer ${token}`, `Bearer ${token}`] } })
    expect(twice).toMatchObject({ isAllowed: false, refusal: { status: 400 } })
  })

  it('asks for a fresh or stronger proof of the person in the words of RFC 9470', async () => {
    const token = `Bearer ${await signToken(key, claims)}`
    expect((await answerTo(token, { maxAgeSeconds: 300, acrValues: ['aal1', 'aal2'] }))[0]).toBe(200)
    expect(await answerTo(token, { maxAgeSeconds: 60, acrValues: ['aal2', 'aal3'] })).toEqual([401, `Bearer error="insufficient_user_authentication", acr_values="aal2 aal3", max_age="60", resource_metadata="${METADATA_URL}"`])
    expect((await answerTo(token, { maxAgeSeconds: 60 }))[0]).toBe(401)
    const silent = `Bearer ${await signToken(key, { ...claims, auth_time: undefined, acr: undefined })}`
    expect((await answerTo(silent, { maxAgeSeconds: 300 }))[0]).toBe(401)
    expect((await answerTo(silent, { acrValues: ['aal1'] }))[0]).toBe(401)
  })

  it('is unavailable, and says so, while there are no keys', async () => {
    const away = createResourceServer({ issuer: issuer.issuer, audience: RESOURCE, jwksUrl: 'http://127.0.0.1:1/jwks.json' })
    const access = await away.check({ method: 'GET', target: '/', headers: { authorization: `Bearer ${await signToken(key, claims)}` } })
    expect(access).toMatchObject({ isAllowed: false, refusal: { status: 503, headers: { 'retry-after': '5' } } })
  })

  it('is told at once that an address is none', () => {
    expect(() => createResourceServer({ issuer: issuer.issuer, audience: 'orders', origin: 'api.example.com' })).toThrow(TypeError)
    for (const resource of ['api.example.com', 'https://api.example.com/#x', 'file:///x']) expect(() => describeResource({ resource, issuer: issuer.issuer })).toThrow(TypeError)
    expect(describeResource({ resource: 'https://mcp.example.com/', issuer: issuer.issuer }).path).toBe('/.well-known/oauth-protected-resource')
  })
})
