import type { JWTPayload } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSignIn, type SignedIn, type SignIn } from '../src/sign-in/index.ts'
import { createSigningKey, signToken, startIssuer, type Issuer, type SigningKey } from './issuer.ts'

const START = 1_800_000_000
const EVENTS = { 'http://schemas.openid.net/event/backchannel-logout': {} }
let key: SigningKey
let issuer: Issuer
let signIn: SignIn
let clock: { seconds: number }
/** Who the session of the application says is signed in. */
let held: SignedIn

beforeAll(async () => {
  key = await createSigningKey('key-1')
  issuer = await startIssuer([key])
})
afterAll(() => issuer.stop())
beforeEach(() => {
  clock = { seconds: START }
  held = { subject: 'ana', sessionId: 'session-1', authenticatedAt: undefined, acr: undefined, signedInAt: (START - 60) * 1_000, expiresAt: (START + 3_600) * 1_000, claims: {}, idToken: 'x' }
  signIn = createSignIn({
    issuer: issuer.issuer,
    clientId: 'shop',
    origin: 'https://shop.example.com',
    cookieSecret: 'only for this test, and long enough for it',
    session: { read: () => held, write: () => undefined },
    clock: { now: () => clock.seconds * 1_000 },
  })
})

function claims(changed: Record<string, unknown> = {}): JWTPayload {
  return { iss: issuer.issuer, aud: 'shop', sub: 'ana', sid: 'session-1', iat: START, exp: START + 120, jti: 'logout-1', events: EVENTS, ...changed } as JWTPayload
}
async function send(token: string): Promise<number | undefined> {
  const form = async () => new URLSearchParams({ logout_token: token })
  return (await signIn.handle({ method: 'POST', target: '/sign-out/back-channel', headers: {}, native: {}, form }))?.status
}
const sendSigned = async (changed?: Record<string, unknown>, header: Record<string, unknown> = {}) => send(await signToken(key, claims(changed), { typ: 'logout+jwt', ...header }))
const isSignedIn = async () => (await signIn.find({ headers: {}, native: {} })) !== undefined

describe('a logout token', () => {
  it('ends the session that it names', async () => {
    expect(await isSignedIn()).toBe(true)
    expect(await sendSigned()).toBe(200)
    expect(await isSignedIn()).toBe(false)
    held = { ...held, sessionId: 'session-2' }
    expect(await isSignedIn()).toBe(true)
  })

  it('without a session ends all of the person that began before, and none that began after', async () => {
    expect(await sendSigned({ sid: undefined })).toBe(200)
    expect(await isSignedIn()).toBe(false)
    held = { ...held, signedInAt: (START + 1) * 1_000 }
    expect(await isSignedIn()).toBe(true)
    held = { ...held, signedInAt: (START - 1) * 1_000, subject: 'ben' }
    expect(await isSignedIn()).toBe(true)
  })

  it('is remembered for as long as a session could have been kept', async () => {
    expect(await sendSigned()).toBe(200)
    held = { ...held, expiresAt: (START + 9 * 3_600) * 1_000 }
    clock.seconds += 8 * 3_600 - 1
    expect(await isSignedIn()).toBe(false)
  })

  it.each<[string, Record<string, unknown>, Record<string, unknown>?]>([
    ['for another client', { aud: 'other' }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['that has expired', { exp: START - 10 }],
    ['that never expires', { exp: undefined }],
    ['from the future', { iat: START + 60 }],
    ['without the event', { events: undefined }],
    ['of another event', { events: { 'https://example.com/event': {} } }],
    ['whose event is no object', { events: { 'http://schemas.openid.net/event/backchannel-logout': true } }],
    ['with a nonce, as an ID Token has', { nonce: 'x' }],
    ['that names nobody', { sub: undefined, sid: undefined }],
    ['without a name of its own', { jti: undefined }],
    ['of another type', {}, { typ: 'JWT' }],
    ['without a type', {}, { typ: undefined }],
  ])('is refused %s, and ends nothing', async (_what, changed, header) => {
    expect(await sendSigned(changed, header)).toBe(400)
    expect(await isSignedIn()).toBe(true)
  })

  it('is refused when somebody else signed it, or it is none', async () => {
    const stranger = await createSigningKey('key-1')
    for (const token of [await signToken(stranger, claims(), { typ: 'logout+jwt' }), '', 'abc']) expect(await send(token)).toBe(400)
    expect(await isSignedIn()).toBe(true)
  })
})
