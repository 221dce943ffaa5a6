import { afterEach, describe, expect, it } from 'vitest'
import { createVerifier, type Verifier } from '../src/index.ts'
import { accessTokenClaims, createSigningKey, signToken, startIssuer, type Issuer, type SigningKey } from './issuer.ts'

const START = 1_800_000_000
const running: Issuer[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((issuer) => issuer.stop().catch(() => undefined)))
})

interface Scene {
  readonly issuer: Issuer
  readonly first: SigningKey
  readonly second: SigningKey
  readonly verifier: Verifier
  readonly clock: { seconds: number }
}

async function prepare(): Promise<Scene> {
  const [first, second] = [await createSigningKey('first'), await createSigningKey('second')]
  const issuer = await startIssuer([first])
  running.push(issuer)
  const clock = { seconds: START }
  const verifier = createVerifier({ issuer: issuer.issuer, clock: { now: () => clock.seconds * 1000 } })
  return { issuer, first, second, verifier, clock }
}

describe('the published keys', () => {
  it('are fetched once for many requests at once, and kept', async () => {
    const { issuer, first, verifier } = await prepare()
    const token = await signToken(first, accessTokenClaims(issuer.issuer, START))
    const results = await Promise.all(Array.from({ length: 20 }, () => verifier.verify(token)))
    expect(results.every((result) => result.ok)).toBe(true)
    await verifier.verify(token)
    expect(issuer.fetches()).toBe(1)
  })

  it('are asked for once when a rotated key first signs, without a restart, also for twenty requests at once', async () => {
    const { issuer, first, second, verifier } = await prepare()
    await verifier.verify(await signToken(first, accessTokenClaims(issuer.issuer, START)))
    issuer.publish([first, second])
    const token = await signToken(second, accessTokenClaims(issuer.issuer, START))
    const results = await Promise.all(Array.from({ length: 20 }, () => verifier.verify(token)))
    expect(results.every((result) => result.ok)).toBe(true)
    expect(issuer.fetches()).toBe(2)
  })

  it('are not fetched again and again for key ids that nobody knows', async () => {
    const { issuer, first, verifier, clock } = await prepare()
    const claims = accessTokenClaims(issuer.issuer, START)
    await verifier.verify(await signToken(first, claims))
    for (let number = 0; number < 50; number += 1) {
      const token = await signToken(first, claims, { kid: `unknown-${number}` })
      expect(await verifier.verify(token)).toEqual({ ok: false, failure: 'unknown_key' })
    }
    expect(issuer.fetches()).toBe(2)
    clock.seconds += 11
    await verifier.verify(await signToken(first, claims, { kid: 'unknown' }))
    expect(issuer.fetches()).toBe(3)
  })

  it('are not fetched at all for a token that can never be accepted', async () => {
    const { issuer, first, verifier } = await prepare()
    const token = await signToken(first, accessTokenClaims(issuer.issuer, START), { kid: undefined })
    expect(await verifier.verify(token)).toEqual({ ok: false, failure: 'invalid' })
    expect(issuer.fetches()).toBe(0)
  })

  it('stop counting once withdrawn and aged', async () => {
    const { issuer, first, second, verifier, clock } = await prepare()
    const token = await signToken(first, { ...accessTokenClaims(issuer.issuer, START), exp: START + 3600 })
    expect((await verifier.verify(token)).ok).toBe(true)
    issuer.publish([second])
    clock.seconds += 600
    expect(await verifier.verify(token)).toEqual({ ok: false, failure: 'unknown_key' })
  })

  it('stay in use while the server is down, and are renewed when it is back', async () => {
    const { issuer, first, second, verifier, clock } = await prepare()
    const claims = { ...accessTokenClaims(issuer.issuer, START), exp: START + 7200 }
    await verifier.verify(await signToken(first, claims))
    await issuer.stop()
    clock.seconds += 3600
    expect((await verifier.verify(await signToken(first, claims))).ok).toBe(true)
    expect(await verifier.verify(await signToken(second, claims))).toEqual({ ok: false, failure: 'keys_unavailable' })
    issuer.publish([first, second])
    await issuer.restart()
    clock.seconds += 11
    expect((await verifier.verify(await signToken(second, claims))).ok).toBe(true)
  })

  it('being out of reach from the start is told apart from a bad token, and mends itself', async () => {
    const { issuer, first, verifier, clock } = await prepare()
    const token = await signToken(first, accessTokenClaims(issuer.issuer, START))
    await issuer.stop()
    expect(await verifier.verify(token)).toEqual({ ok: false, failure: 'keys_unavailable' })
    expect(await verifier.authenticate({ headers: { authorization: `Bearer ${token}` } })).toBeUndefined()
    await issuer.restart()
    clock.seconds += 2
    expect((await verifier.verify(token)).ok).toBe(true)
  })

  it('survive a clock that is set back', async () => {
    const { issuer, first, second, verifier, clock } = await prepare()
    await verifier.verify(await signToken(first, accessTokenClaims(issuer.issuer, START), { kid: 'unknown' }))
    issuer.publish([first, second])
    clock.seconds -= 3600
    expect((await verifier.verify(await signToken(second, accessTokenClaims(issuer.issuer, START - 3600)))).ok).toBe(true)
  })

  it('that cannot be used do not spoil the usable ones', async () => {
    const { issuer, first, verifier } = await prepare()
    const broken = { kid: 'broken', privateKey: first.privateKey, publicJwk: { ...first.publicJwk, kid: 'broken', x: 'AAAA' } }
    const encryption = { kid: 'enc', privateKey: first.privateKey, publicJwk: { ...first.publicJwk, kid: 'enc', use: 'enc' } }
    issuer.publish([broken, encryption, first])
    const claims = accessTokenClaims(issuer.issuer, START)
    expect((await verifier.verify(await signToken(first, claims))).ok).toBe(true)
    expect((await verifier.verify(await signToken(first, claims, { kid: 'broken' }))).ok).toBe(false)
    expect((await verifier.verify(await signToken(first, claims, { kid: 'enc' }))).ok).toBe(false)
  })
})
