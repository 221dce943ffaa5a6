import { createHmac } from 'node:crypto'
import { exportSPKI, generateKeyPair, importJWK, SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVerifier, type Verifier } from '../src/index.ts'
import { accessTokenClaims, createSigningKey, signToken, startIssuer, type Issuer, type SigningKey } from './issuer.ts'

const now = Math.floor(Date.now() / 1000)
let key: SigningKey
let issuer: Issuer
let verifier: Verifier
let claims: JWTPayload

beforeAll(async () => {
  key = await createSigningKey('key-1')
  issuer = await startIssuer([key])
  verifier = createVerifier({ issuer: issuer.issuer, clock: { now: () => now * 1000 } })
  claims = accessTokenClaims(issuer.issuer, now)
})

afterAll(() => issuer.stop())

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

describe('verifying an access token', () => {
  it('turns a valid one into an identity', async () => {
    const verified = await verifier.verify(await signToken(key, claims))
    expect(verified).toEqual({
      ok: true,
      value: {
        userId: claims.sub,
        sessionId: claims['sid'],
        roles: ['admin'],
        emailVerified: true,
        isAnonymous: false,
        authenticatedAt: (now - 60) * 1000,
        amr: ['pwd'],
        expiresAt: (now + 600) * 1000,
        claims,
      },
    })
  })

  it('says of an anonymous session that it is one', async () => {
    const verified = await verifier.verify(await signToken(key, { ...claims, amr: [], is_anonymous: true }))
    expect(verified).toMatchObject({ ok: true, value: { isAnonymous: true, amr: [] } })
  })

  it('allows the clock a few seconds past the expiry and no more', async () => {
    expect((await verifier.verify(await signToken(key, { ...claims, exp: now - 4 }))).ok).toBe(true)
    expect(await verifier.verify(await signToken(key, { ...claims, exp: now - 5 }))).toEqual({ ok: false, failure: 'expired' })
  })

  it.each([
    ['another issuer', { iss: 'http://evil.example/auth' }],
    ['another audience', { aud: 'other' }],
    ['a list of audiences', { aud: ['app', 'other'] }],
    ['a future issue instant', { iat: now + 60 }],
    ['a future not-before', { nbf: now + 60 }],
    ['roles that are not a list', { roles: 'admin' }],
    ['an empty subject', { sub: '' }],
  ])('refuses %s', async (_case, changed) => {
    expect(await verifier.verify(await signToken(key, { ...claims, ...changed }))).toEqual({ ok: false, failure: 'invalid' })
  })

  it.each(['sub', 'aud', 'iss', 'exp', 'iat', 'jti', 'sid', 'auth_time', 'amr', 'acr', 'roles', 'email_verified'])(
    'refuses a token without %s',
    async (name) => {
      const { [name]: _removed, ...rest } = claims
      expect(await verifier.verify(await signToken(key, rest))).toEqual({ ok: false, failure: 'invalid' })
    },
  )

  it.each(['JWT', undefined, 'logout+jwt', 'id+jwt'])('refuses the type %s', async (typ) => {
    expect(await verifier.verify(await signToken(key, claims, { typ }))).toEqual({ ok: false, failure: 'invalid' })
  })

  it('refuses a token without signature, however the algorithm is spelled', async () => {
    for (const alg of ['none', 'None', 'NONE', '']) {
      const token = `${encode({ alg, typ: 'at+jwt', kid: key.kid })}.${encode(claims)}.`
      expect((await verifier.verify(token)).ok).toBe(false)
    }
  })

  it('refuses HS256 keyed with the public key', async () => {
    const publicKey = (await importJWK(key.publicJwk as never, 'ES256', { extractable: true })) as CryptoKey
    const signed = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: key.kid })}.${encode(claims)}`
    for (const secret of [await exportSPKI(publicKey), JSON.stringify(key.publicJwk)]) {
      const signature = createHmac('sha256', secret).update(signed).digest('base64url')
      expect(await verifier.verify(`${signed}.${signature}`)).toEqual({ ok: false, failure: 'invalid' })
    }
  })

  it('refuses RS256 and a stranger who brings the key along in the header', async () => {
    const rsa = await generateKeyPair('RS256')
    const rs256 = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: key.kid }).sign(rsa.privateKey)
    expect(await verifier.verify(rs256)).toEqual({ ok: false, failure: 'invalid' })
    const stranger = await createSigningKey(key.kid)
    const planted = await startIssuer([stranger])
    const headers = [{ jwk: stranger.publicJwk }, { jku: planted.jwksUrl }, { x5u: planted.jwksUrl }]
    for (const header of headers) {
      expect(await verifier.verify(await signToken(stranger, claims, header))).toEqual({ ok: false, failure: 'invalid' })
    }
    expect(planted.fetches()).toBe(0)
    await planted.stop()
  })

  it('refuses a token that was changed, cut short or joined from two', async () => {
    const token = await signToken(key, claims)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const other = (await signToken(key, { ...claims, roles: [] })).split('.')[1] ?? ''
    const forged = encode({ ...claims, sub: 'somebody-else' })
    const candidates = [`${header}.${forged}.${signature}`, `${header}.${other}.${signature}`, token.slice(0, -2), `${header}.${payload}.`]
    for (const candidate of candidates) expect((await verifier.verify(candidate)).ok).toBe(false)
  })

  it('refuses what is no token at all without a throw', async () => {
    const texts = ['', '.', '..', 'x', 'a.b.c', 'a'.repeat(10_000), '\u0000', `${encode({ alg: 'ES256' })}.x.y`, `${encode(null)}..`]
    for (const text of texts) {
      expect((await verifier.verify(text)).ok).toBe(false)
    }
  })

  it('refuses an unknown critical extension', async () => {
    const header = { alg: 'ES256', typ: 'at+jwt', kid: key.kid, crit: ['extension'], extension: true }
    const token = await new SignJWT(claims).setProtectedHeader(header).sign(key.privateKey, { crit: { extension: true } })
    expect(await verifier.verify(token)).toEqual({ ok: false, failure: 'invalid' })
  })

  it('names an issuer that is no address when it is created', () => {
    expect(() => createVerifier({ issuer: 'localhost:3000/auth' })).toThrow(TypeError)
  })
})
