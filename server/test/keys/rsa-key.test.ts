import type { JSONWebKeySet } from 'jose'
import { decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import type { Person } from '../harness/people.ts'
import { signIn, signUp } from '../harness/people.ts'
import { follow, registerRelyingParty } from '../harness/relying-party.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { cookieOf, decodeToken, eventsOf, QUICK, statusWith } from '../harness/tokens.ts'

const PAST_CACHES_MS = 11 * 60_000
const PAST_OVERLAP_MS = 2 * 60 * 60_000

for (const engine of testEngines) {
  describe(`the RSA key for ID tokens on ${engine}`, () => {
    let server: TestServer
    let sibling: TestServer
    let person: Person
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK)
      sibling = await server.sibling()
      person = await signUp(server)
    })
    afterAll(async () => {
      await sibling.close()
      await server.close()
    })
    const keysOf = async (instance: TestServer) => (await instance.browser().get('/auth/.well-known/jwks.json')).json<JSONWebKeySet>().keys
    const algorithmsOf = async (instance: TestServer) => (await keysOf(instance)).map(({ alg }) => alg).toSorted()
    const rsaKidOf = async (instance: TestServer) => (await keysOf(instance)).filter(({ alg }) => alg === 'RS256').map(({ kid }) => kid)

    test('is made with the first use of OpenID Connect, once, however many instances are asked at once', async () => {
      expect(await algorithmsOf(server)).toEqual(['ES256'])
      await Promise.all([server, sibling, server, sibling].map((instance) => instance.browser().get('/auth/.well-known/openid-configuration')))
      for (const instance of [server, sibling]) expect(await algorithmsOf(instance)).toEqual(['ES256', 'RS256'])
      expect(await rsaKidOf(sibling)).toEqual(await rsaKidOf(server))
      expect(await eventsOf(server, null, 'signing_key.created')).toHaveLength(2)
      const [key] = (await keysOf(server)).filter(({ alg }) => alg === 'RS256')
      expect(Buffer.from(String(key!.n), 'base64url')).toHaveLength(3_072 / 8)
      expect(Object.keys(key!).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
    })

    test('signs no session: those stay with their own key', async () => {
      const token = cookieOf(await signIn(sibling, person), 'access')
      expect(decodeToken(token).header).toMatchObject({ alg: 'ES256' })
      expect(await statusWith(server, token)).toBe(200)
    })

    test('is rotated with the other, with the same overlap', async () => {
      const client = await registerRelyingParty(server, { id_token_signed_response_alg: 'RS256' })
      const kidNow = async () => {
        const { path, checks } = await client.begin()
        const { location } = await follow(await signIn(server, person), path)
        return decodeProtectedHeader((await client.redeem(location!, checks)).id_token!).kid
      }
      const [before] = await rsaKidOf(server)
      expect(await kidNow()).toBe(before)
      expect((await server.app.keys.rotate()).ok).toBe(true)
      expect(await rsaKidOf(server)).toHaveLength(2)
      expect(await kidNow()).toBe(before)

      server.clock.advance(PAST_CACHES_MS)
      const after = (await rsaKidOf(server)).find((kid) => kid !== before)
      expect(await kidNow()).toBe(after)
      server.clock.advance(PAST_OVERLAP_MS)
      expect(await rsaKidOf(server)).toEqual([after])
      expect(await algorithmsOf(server)).toEqual(['ES256', 'RS256'])
    })
  })
}
