import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../../harness/engines.ts'
import { ISSUER } from '../../harness/relying-party.ts'
import type { TestServer } from '../../harness/server.ts'
import { startTestServer } from '../../harness/server.ts'
import { QUICK } from '../../harness/tokens.ts'

/** Where it is declared so, everything is at an https address, as the module asks. */
const PUBLIC = 'https://auth.example.com'

for (const engine of testEngines) {
  describe(`oidcc-config-certification-test-plan on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, { ...QUICK, PUBLIC_URL: PUBLIC })
    })
    afterAll(() => server.close())

    test('oidcc-discovery-endpoint-verification: the document has what the specifications ask for, and its keys are public', async () => {
      const answer = await server.browser().get('/auth/.well-known/openid-configuration')
      expect(answer.statusCode).toBe(200)
      expect(answer.headers['content-type']).toMatch(/^application\/json/)
      const document = answer.json<Record<string, unknown>>()
      expect(document['issuer']).toBe(ISSUER.replace('http://localhost:3000', PUBLIC))
      const strings = (name: string) => document[name] as string[]
      expect(strings('response_types_supported')).toContain('code')
      expect(strings('subject_types_supported')).toContain('public')
      expect(strings('scopes_supported')).toEqual(expect.arrayContaining(['openid', 'profile', 'email', 'address', 'phone', 'offline_access']))
      expect(strings('grant_types_supported')).toEqual(expect.arrayContaining(['authorization_code', 'refresh_token']))
      expect(strings('grant_types_supported')).not.toContain('implicit')
      expect(strings('claims_supported')).toEqual(expect.arrayContaining(['sub', 'name', 'email', 'address', 'phone_number']))
      expect(strings('code_challenge_methods_supported')).toEqual(['S256'])
      // OpenID Connect Discovery 1.0 section 3: RS256 must be included.
      expect(strings('id_token_signing_alg_values_supported').toSorted()).toEqual(['ES256', 'RS256'])
      expect(strings('token_endpoint_auth_methods_supported')).toEqual(expect.arrayContaining(['client_secret_basic', 'client_secret_post']))
      expect(document).toMatchObject({ claims_parameter_supported: true, request_uri_parameter_supported: false, authorization_response_iss_parameter_supported: true })

      const addresses = Object.entries(document).filter(([name]) => name.endsWith('_endpoint') || name === 'jwks_uri')
      expect(addresses.map(([name]) => name)).toEqual(expect.arrayContaining(['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri']))
      for (const [name, address] of addresses) expect([name, String(address).startsWith(`${PUBLIC}/auth/`)]).toEqual([name, true])

      const { keys } = (await server.browser().get(new URL(String(document['jwks_uri'])).pathname)).json<{ keys: Record<string, unknown>[] }>()
      expect(keys.length).toBeGreaterThan(0)
      expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length)
      for (const key of keys) {
        expect(key).toMatchObject({ kid: expect.any(String), alg: expect.any(String), use: 'sig' })
        for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']) expect(key).not.toHaveProperty(secret)
      }
    })

    test('an issuer with a path has its metadata at the root too, with that path behind the name (RFC 8414 section 3.1)', async () => {
      const [own, ...atRoot] = await Promise.all(
        ['/auth/.well-known/oauth-authorization-server', '/.well-known/oauth-authorization-server/auth', '/.well-known/openid-configuration/auth'].map((path) => server.browser().get(path)),
      )
      for (const answer of atRoot) expect([answer.statusCode, answer.json()]).toEqual([200, own!.json()])
      expect((await server.browser().get('/.well-known/oauth-authorization-server')).statusCode).toBe(404)
    })
  })
}
