import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose'
import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createResourceServer, type ResourceServer } from '../src/index.ts'
import { requireToken } from '../src/node-http.ts'
import { listen } from './applications.ts'
import { createSigningKey, signToken, startIssuer, type Issuer, type SigningKey } from './issuer.ts'

const ORIGIN = 'https://api.example.com'
const now = Math.floor(Date.now() / 1000)
let key: SigningKey
let issuer: Issuer
let resourceServer: ResourceServer
let holder: { privateKey: CryptoKey; jwk: JWK; thumbprint: string }
let token: string

beforeAll(async () => {
  key = await createSigningKey('key-1')
  issuer = await startIssuer([key])
  resourceServer = createResourceServer({ issuer: issuer.issuer, audience: 'orders', origin: ORIGIN })
  holder = await createHolder()
  token = await tokenFor(holder.thumbprint)
})

afterAll(() => issuer.stop())

async function createHolder(): Promise<typeof holder> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(publicKey)
  return { privateKey, jwk, thumbprint: await calculateJwkThumbprint(jwk) }
}
function tokenFor(jkt: string): Promise<string> {
  return signToken(key, { iss: issuer.issuer, aud: 'orders', sub: 'ana', client_id: 'shop', scope: '', iat: now, exp: now + 600, jti: 'token-1', cnf: { jkt } })
}
const hash = (text: string) => createHash('sha256').update(text).digest('base64url')

let nextProof = 0
/** A right proof, but for what is changed. */
function proofOf(changed: Record<string, unknown> = {}, header: Record<string, unknown> = {}, signer = holder): Promise<string> {
  nextProof += 1
  const claims = { htm: 'POST', htu: `${ORIGIN}/v1/orders`, iat: now, jti: `proof-${nextProof}`, ath: hash(token), ...changed } as JWTPayload
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: signer.jwk, ...header }).sign(signer.privateKey)
}
async function answerTo(proof: string | undefined, { scheme = 'DPoP', accessToken = token, by = resourceServer, target = '/v1/orders?page=2' } = {}): Promise<number | string> {
  const access = await by.check({ method: 'POST', target, headers: { authorization: `${scheme} ${accessToken}`, ...(proof !== undefined && { dpop: proof }) } })
  return access.isAllowed ? access.token.subject : (/error="(\w+)"/.exec(access.refusal.headers['www-authenticate'] ?? '')?.[1] ?? access.refusal.status)
}

describe('a token that is bound to a key', () => {
  it('passes with a proof of the key for this request, once', async () => {
    const proof = await proofOf()
    expect(await answerTo(proof)).toBe('ana')
    expect(await answerTo(proof)).toBe('invalid_dpop_proof')
    expect(await answerTo(await proofOf({ htu: 'HTTPS://API.example.com:443/v1/orders?x=1#y' }))).toBe('ana')
  })

  it.each<[string, Record<string, unknown>, Record<string, unknown>?]>([
    ['for another method', { htm: 'GET' }],
    ['for another path', { htu: `${ORIGIN}/v1/refunds` }],
    ['for another host', { htu: 'https://evil.example/v1/orders' }],
    ['for another scheme', { htu: 'http://api.example.com/v1/orders' }],
    ['for another token', { ath: hash('another') }],
    ['for no token', { ath: undefined }],
    ['that is old', { iat: now - 90 }],
    ['from the future', { iat: now + 60 }],
    ['without an instant', { iat: undefined }],
    ['without a name of its own', { jti: undefined }],
    ['of another type', {}, { typ: 'JWT' }],
    ['without its key', {}, { jwk: undefined }],
  ])('is refused with a proof %s', async (_what, changed, header) => {
    expect(await answerTo(await proofOf(changed, header))).toBe('invalid_dpop_proof')
  })

  it('is refused with a proof of another key, with a private one in it, with a shared one, with two, and with none', async () => {
    const other = await createHolder()
    expect(await answerTo(await proofOf({}, {}, other))).toBe('invalid_dpop_proof')
    expect(await answerTo(await proofOf({}, { jwk: await exportJWK(holder.privateKey) }))).toBe('invalid_dpop_proof')
    const secret = new Uint8Array(32)
    const shared = await new SignJWT({ htm: 'POST', htu: `${ORIGIN}/v1/orders`, iat: now, jti: 'shared', ath: hash(token) })
      .setProtectedHeader({ alg: 'HS256', typ: 'dpop+jwt', jwk: { kty: 'oct', k: Buffer.from(secret).toString('base64url') } as never })
      .sign(secret)
    for (const proof of [shared, `${await proofOf()}, ${await proofOf()}`, '', 'abc', undefined]) expect(await answerTo(proof)).toBe('invalid_dpop_proof')
  })

  it('is none as a bearer token, and a bearer token none with a proof', async () => {
    expect(await answerTo(await proofOf(), { scheme: 'Bearer' })).toBe('invalid_token')
    const bearer = await signToken(key, { iss: issuer.issuer, aud: 'orders', sub: 'ana', client_id: 'shop', iat: now, exp: now + 600 })
    expect(await answerTo(await proofOf({ ath: hash(bearer) }), { accessToken: bearer })).toBe('invalid_token')
    const strict = createResourceServer({ issuer: issuer.issuer, audience: 'orders', origin: ORIGIN, requireDpop: true })
    expect(await answerTo(undefined, { scheme: 'Bearer', accessToken: bearer, by: strict })).toBe('invalid_token')
  })

  it('is refused by a server that does not know its own address: the Host header is the caller\'s to write', async () => {
    const nameless = createResourceServer({ issuer: issuer.issuer, audience: 'orders' })
    expect(await answerTo(await proofOf(), { by: nameless })).toBe('invalid_dpop_proof')
  })

  it('passes for a client that does as RFC 9449 says, over the network', async () => {
    const pair = await oauth.generateKeyPair('ES256')
    const bound = await tokenFor(await calculateJwkThumbprint(await exportJWK(pair.publicKey)))
    // Its address is known once it listens.
    const guards: ReturnType<typeof requireToken>[] = []
    const application = await listen(async (request, response) => {
      const found = await guards[0]!(request, response)
      if (found !== undefined) response.end(found.subject)
    })
    guards.push(requireToken(createResourceServer({ issuer: issuer.issuer, audience: 'orders', origin: application.url })))
    const ask = (by: oauth.CryptoKeyPair) => oauth.protectedResourceRequest(bound, 'GET', new URL(`${application.url}/orders?page=1`), undefined, null, { DPoP: oauth.DPoP({}, by), [oauth.allowInsecureRequests]: true })
    expect(await (await ask(pair)).text()).toBe('ana')
    await expect(ask(await oauth.generateKeyPair('ES256'))).rejects.toMatchObject({ status: 401 })
    await application.close()
  })
})
