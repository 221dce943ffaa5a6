import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createVerifier, type Verifier } from '../src/index.ts'
import { accessTokenClaims, createSigningKey, signToken, startIssuer, type Issuer, type SigningKey } from './issuer.ts'

const now = Math.floor(Date.now() / 1000)
let key: SigningKey
let issuer: Issuer
let verifier: Verifier
let ana: string
let ben: string

beforeAll(async () => {
  key = await createSigningKey('key-1')
  issuer = await startIssuer([key])
  verifier = createVerifier({ issuer: issuer.issuer })
  const claims = accessTokenClaims(issuer.issuer, now)
  ana = await signToken(key, { ...claims, sub: 'ana' })
  ben = await signToken(key, { ...claims, sub: 'ben' })
})

afterAll(() => issuer.stop())

async function whoSends(headers: Record<string, string>, by: Verifier = verifier): Promise<string | undefined> {
  return (await by.authenticate({ headers }))?.userId
}

describe('finding the access token of a request', () => {
  it('reads the cookie among others, from a record and from Headers', async () => {
    const headers = { cookie: `theme=dark; gatepost_access=${ana}; x_gatepost_access=${ben}` }
    expect(await whoSends(headers)).toBe('ana')
    expect((await verifier.authenticate({ headers: new Headers(headers) }))?.userId).toBe('ana')
  })

  it('lets a Bearer header win over the cookie', async () => {
    expect(await whoSends({ authorization: `Bearer ${ben}`, cookie: `gatepost_access=${ana}` })).toBe('ben')
    expect(await whoSends({ authorization: `bearer  ${ben}` })).toBe('ben')
  })

  it('takes a malformed or rejected Bearer header for nobody, never for the cookie', async () => {
    const cookie = `gatepost_access=${ana}`
    const malformed = ['Bearer', 'Bearer ', `Bearer ${ben} x`, `Bearer ${ben}, Bearer ${ben}`, 'Bearer x', '', 'token', `Bearer=${ben}`]
    for (const authorization of malformed) {
      expect(await whoSends({ authorization, cookie })).toBeUndefined()
    }
  })

  it('leaves other schemes to whoever asked for them', async () => {
    expect(await whoSends({ authorization: 'Basic c3RhZ2luZzpzdGFnaW5n', cookie: `gatepost_access=${ana}` })).toBe('ana')
  })

  it('takes two cookies of the same name for nobody', async () => {
    expect(await whoSends({ cookie: `gatepost_access=${ana}; gatepost_access=${ben}` })).toBeUndefined()
    expect(await whoSends({ cookie: `gatepost_access=${ana}; gatepost_access=${ana}` })).toBeUndefined()
    expect(await whoSends({ cookie: `gatepost_access=; gatepost_access=${ana}` })).toBeUndefined()
  })

  it('believes only the __Host- cookie when the issuer is https', async () => {
    const https = 'https://app.example.com/auth'
    const token = await signToken(key, { ...accessTokenClaims(https, now), sub: 'ana' })
    const secure = createVerifier({ issuer: https, jwksUrl: issuer.jwksUrl })
    expect(await whoSends({ cookie: `__Host-gatepost_access=${token}` }, secure)).toBe('ana')
    expect(await whoSends({ cookie: `gatepost_access=${token}` }, secure)).toBeUndefined()
    expect(await whoSends({ cookie: `__host-gatepost_access=${token}` }, secure)).toBeUndefined()
    expect(await whoSends({ cookie: `gatepost_access=garbage; __Host-gatepost_access=${token}` }, secure)).toBe('ana')
  })

  it('follows the configured prefix', async () => {
    const renamed = createVerifier({ issuer: issuer.issuer, cookiePrefix: 'acme' })
    expect(await whoSends({ cookie: `acme_access=${ana}` }, renamed)).toBe('ana')
    expect(await whoSends({ cookie: `gatepost_access=${ana}` }, renamed)).toBeUndefined()
  })
})
