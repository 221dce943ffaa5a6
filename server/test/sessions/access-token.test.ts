import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import type { JSONWebKeySet } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import { signIn, signUp } from '../harness/people.ts'
import type { Person } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, QUICK, refreshWith, statusWith } from '../harness/tokens.ts'

type Json = Record<string, unknown>
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

// The token is checked before the database is asked: one engine stands for all.
const engine = testEngines[0]!

describe('the access token', () => {
  let server: TestServer
  let person: Person
  let token: string
  let header: Json
  let payload: Json
  let jwks: JSONWebKeySet

  /** A token under the server's own key: what is wrong with it is only what the test made wrong. */
  async function forge(changed: { header?: Json; payload?: Json }): Promise<string> {
    const { privateKey } = await server.app.keys.signer()
    const text = `${encode({ ...header, ...changed.header })}.${encode({ ...payload, ...changed.payload })}`
    const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    return `${text}.${signature.toString('base64url')}`
  }

  beforeAll(async () => {
    server = await startTestServer(engine, QUICK)
    person = await signUp(server)
    token = cookieOf(await signIn(server, person), 'access')
    ;({ header, payload } = decodeToken(token))
    jwks = (await server.browser().get('/auth/.well-known/jwks.json')).json<JSONWebKeySet>()
  })
  afterAll(() => server.close())

  test('is verified by anyone with the published keys', async () => {
    const verified = await jwtVerify(token, createLocalJWKSet(jwks), {
      issuer: 'http://localhost:3000/auth',
      audience: 'app',
      typ: 'at+jwt',
      algorithms: ['ES256'],
      currentDate: new Date(server.clock.now()),
    })
    expect(verified.payload.sub).toBe(person.id)
  })

  test('has exactly the header and claims that are promised', async () => {
    expect(header).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: jwks.keys[0]!.kid })
    const user = await server.browser().api('GET', '/user', undefined, { authorization: `Bearer ${token}` })
    const { session_id, authenticated_at } = user.json<{ session_id: string; authenticated_at: string }>()
    expect(payload).toEqual({
      iss: 'http://localhost:3000/auth',
      sub: person.id,
      aud: 'app',
      iat: expect.any(Number) as number,
      exp: (payload['iat'] as number) + 600,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      sid: session_id,
      auth_time: Math.floor(Date.parse(authenticated_at) / 1_000),
      amr: ['pwd'],
      acr: 'aal1',
      roles: [],
      email_verified: true,
    })
    expect(Math.abs((payload['iat'] as number) - server.clock.now() / 1_000)).toBeLessThan(60)
  })

  test('has a name of its own each time and learns of a role at the next refresh', async () => {
    const browser = await signIn(server, person)
    const first = decodeToken(cookieOf(browser, 'access')).payload
    await server.app.admins.grant(person.email)
    await browser.api('POST', '/sessions/refresh')
    const second = decodeToken(cookieOf(browser, 'access')).payload
    expect(second['roles']).toEqual(['admin'])
    expect(second['sid']).toBe(first['sid'])
    expect(second['jti']).not.toBe(first['jti'])
    expect(second['auth_time']).toBe(first['auth_time'])
  })

  test('the published keys hold nothing private', () => {
    for (const key of jwks.keys) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  })

  test('a token made here by the server\'s own key and the right claims is accepted, so that the refusals mean something', async () => {
    expect(await statusWith(server, await forge({}))).toBe(200)
    expect(await statusWith(server, await forge({ header: { typ: 'application/at+jwt' } }))).toBe(200)
  })

  const WRONG_CLAIMS: [string, () => { header?: Json; payload?: Json }][] = [
    ['no type', () => ({ header: { typ: undefined } })],
    ['the type of an ordinary JWT', () => ({ header: { typ: 'JWT' } })],
    ['the type of a logout token', () => ({ header: { typ: 'logout+jwt' } })],
    ['a type that only begins right', () => ({ header: { typ: 'at+jwt2' } })],
    ['another issuer', () => ({ payload: { iss: 'http://localhost:3000' } })],
    ['an issuer with a slash more', () => ({ payload: { iss: 'http://localhost:3000/auth/' } })],
    ['a list of issuers', () => ({ payload: { iss: ['http://localhost:3000/auth'] } })],
    ['no issuer', () => ({ payload: { iss: undefined } })],
    ['another audience', () => ({ payload: { aud: 'other' } })],
    ['an audience in capitals', () => ({ payload: { aud: 'APP' } })],
    ['no audience', () => ({ payload: { aud: undefined } })],
    ['an empty list of audiences', () => ({ payload: { aud: [] } })],
    ['an end in the past', () => ({ payload: { exp: Math.floor(server.clock.now() / 1_000) - 1 } })],
    ['an end right now', () => ({ payload: { exp: Math.floor(server.clock.now() / 1_000) } })],
    ['no end', () => ({ payload: { exp: undefined } })],
    ['an end that is text', () => ({ payload: { exp: String(payload['exp']) } })],
    ['a beginning in the future', () => ({ payload: { nbf: Math.floor(server.clock.now() / 1_000) + 300 } })],
    ['no instant of issue', () => ({ payload: { iat: undefined } })],
    ['no name', () => ({ payload: { jti: undefined } })],
    ['no session', () => ({ payload: { sid: undefined } })],
    ['a session nobody has', () => ({ payload: { sid: '018f0000-0000-7000-8000-000000000000' } })],
    ['a session that is no id', () => ({ payload: { sid: '\' or 1=1 --' } })],
    ['no subject', () => ({ payload: { sub: undefined } })],
    ['another subject than the session\'s', () => ({ payload: { sub: '018f0000-0000-7000-8000-000000000000' } })],
    ['a subject in capitals', () => ({ payload: { sub: person.id.toUpperCase() } })],
    ['a critical header nobody knows', () => ({ header: { crit: ['gatepost'], gatepost: true } })],
    ['an unencoded payload', () => ({ header: { b64: false, crit: ['b64'] } })],
    ['no key name', () => ({ header: { kid: undefined } })],
    ['an unknown key name', () => ({ header: { kid: 'unknown' } })],
    ['a key name that is a path', () => ({ header: { kid: '../../dev/null' } })],
    ['a key name that is SQL', () => ({ header: { kid: '\' union select 1 --' } })],
    ['a key name that is no text', () => ({ header: { kid: 1 } })],
    ['another algorithm\'s name', () => ({ header: { alg: 'ES384' } })],
  ]
  test.each(WRONG_CLAIMS)('signed by the server itself but with %s is refused', async (_name, changes) => {
    expect(await statusWith(server, await forge(changes()))).toBe(401)
  })

  test('is refused once its ten minutes are over', async () => {
    const other = await startTestServer(engine, QUICK)
    const { browser } = await signUp(other)
    const held = cookieOf(browser, 'access')
    other.clock.advance(598_000)
    expect(await statusWith(other, held)).toBe(200)
    other.clock.advance(3_000)
    expect(await statusWith(other, held)).toBe(401)
    await other.close()
  })

  test('without a signature is refused, however "none" is spelt', async () => {
    for (const alg of ['none', 'None', 'NONE', 'nOnE', '']) {
      const text = `${encode({ ...header, alg })}.${encode(payload)}`
      const [, , signature = ''] = token.split('.')
      for (const end of ['.', '', `.${signature}`]) expect(await statusWith(server, `${text}${end}`), alg).toBe(401)
    }
  })

  test('under HMAC with the public key as the secret is refused', async () => {
    const jwk = jwks.keys[0]!
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' })
    const secrets = [
      publicKey.export({ format: 'pem', type: 'spki' }),
      publicKey.export({ format: 'der', type: 'spki' }),
      JSON.stringify(jwk),
      Buffer.from(String(jwk['x']), 'base64url'),
      '',
    ]
    for (const alg of ['HS256', 'HS384', 'HS512'] as const) {
      const text = `${encode({ ...header, alg })}.${encode(payload)}`
      for (const secret of secrets) {
        const mac = createHmac(`sha${alg.slice(2)}`, secret).update(text).digest('base64url')
        expect(await statusWith(server, `${text}.${mac}`)).toBe(401)
      }
    }
  })

  test('under a key of the attacker\'s is refused, also when the token brings or names that key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: String(header['kid']), alg: 'ES256' }
    const headers = [{}, { jwk }, { jku: 'https://evil.example/jwks.json' }, { x5u: 'https://evil.example/c.pem' }, { jwk, kid: undefined }, { kid: 'evil', jwk }]
    for (const more of headers) {
      const text = `${encode({ ...header, ...more })}.${encode(payload)}`
      const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')
      expect(await statusWith(server, `${text}.${signature}`)).toBe(401)
    }
  })

  test('is refused when any part of it is changed, swapped, padded or cut', async () => {
    const [head = '', body = '', signature = ''] = token.split('.')
    const flip = (text: string, at: number) => `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
    const other = cookieOf((await signUp(server)).browser, 'access').split('.')
    const zero = Buffer.alloc(64).toString('base64url')
    const admin = encode({ ...payload, roles: ['admin'] })
    const spoiled = [
      `${head}.${admin}.${signature}`,
      `${head}.${flip(body, 10)}.${signature}`,
      `${flip(head, 5)}.${body}.${signature}`,
      `${head}.${body}.${flip(signature, 4)}`,
      `${head}.${body}.${other[2]}`,
      `${head}.${other[1]}.${signature}`,
      `${head}.${body}.${zero}`,
      `${head}.${body}.`,
      `${head}.${body}`,
      `${head}..${signature}`,
      `.${body}.${signature}`,
      `${head}.${body}.${signature}.`,
      `${head}.${body}.${signature}.${signature}`,
      `${head}.${body}.${signature.slice(0, -4)}`,
      `${head}.${body}.${signature}AAAA`,
      `${head}.${body}.${signature}==`,
      token.toLowerCase(),
      token.toUpperCase(),
      token.slice(1),
      `${token}${token}`,
      encode({ payload: body, signatures: [{ protected: head, signature }] }),
      '..',
      '.',
      'null',
      '%00',
    ]
    for (const text of spoiled) expect(await statusWith(server, text), text.slice(0, 60)).toBe(401)
  })

  test('cannot be used as a refresh token, nor a refresh token as an access token', async () => {
    const browser = await signIn(server, person)
    const access = cookieOf(browser, 'access')
    const refresh = cookieOf(browser, 'refresh')
    expect((await refreshWith(server, access)).statusCode).toBe(401)
    expect(await statusWith(server, refresh)).toBe(401)
    browser.cookies.set('gatepost_access', refresh)
    expect((await browser.api('GET', '/user')).statusCode).toBe(401)
    browser.cookies.set('gatepost_access', access)
    browser.cookies.set('gatepost_refresh', access)
    expect((await browser.copy().api('POST', '/sessions/refresh')).statusCode).toBe(401)
    expect(await statusWith(server, access)).toBe(200)
    expect((await refreshWith(server, refresh)).statusCode).toBe(200)
  })
})
