import type { CryptoKey } from 'jose'
import type { LightMyRequestResponse } from 'fastify'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe } from 'vitest'
import { testEngines } from './engines.ts'
import type { HttpsServer } from './https-server.ts'
import { startHttpsServer } from './https-server.ts'
import type { Person } from './people.ts'
import { signIn, signUp } from './people.ts'
import type { ClientInformation } from './registration.ts'
import { allowAndFollow, registerClient } from './registration.ts'
import { CALLBACK, fetchOver, ISSUER } from './relying-party.ts'
import type { TestServer } from './server.ts'
import { startTestServer, TEST_ORIGIN } from './server.ts'
import { QUICK } from './tokens.ts'

/** A client that registered itself, with the key that it shows who it is by. */
export interface DynamicClient {
  readonly information: ClientInformation
  readonly config: oidc.Configuration
  readonly key: CryptoKey
}

interface Answered {
  /** Where the browser was sent back to; undefined while it stands on a page of ours. */
  readonly location: string | undefined
  readonly page: Awaited<ReturnType<typeof allowAndFollow>>['page']
  readonly checks: oidc.AuthorizationCodeGrantChecks
}

/** One run of the modules of the plan. Its variant: discovery, private_key_jwt, dynamic registration, response type code. */
export interface DynamicPlan {
  readonly server: TestServer
  readonly person: Person
  /** Where the application publishes its keys and sectors. */
  readonly published: HttpsServer
  register(metadata?: Readonly<Record<string, unknown>>): Promise<DynamicClient>
  /** The same client, showing itself by another key. */
  withKey(client: DynamicClient, key: CryptoKey, kid: string): Promise<DynamicClient>
  /** Without PKCE, as the plan asks; somebody signs in and agrees. What is undefined is left out. */
  authorize(client: DynamicClient, parameters?: Readonly<Record<string, string | undefined>>): Promise<Answered>
  redeem(client: DynamicClient, answered: Answered): Promise<oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers>
  /** The same without the library: an assertion of our own making, and the redirect URI as it was asked for. */
  redeemByHand(client: DynamicClient, answered: Answered, redirectUri?: string): Promise<LightMyRequestResponse>
}

export async function makeKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  return { privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'ES256' } }
}

/** `oidcc-dynamic-certification-test-plan`, on every database. */
export function describeDynamicPlan(theme: string, modules: (plan: () => DynamicPlan) => void): void {
  for (const engine of testEngines) {
    describe(`oidcc-dynamic-certification-test-plan, ${theme}, on ${engine}`, () => {
      let plan: DynamicPlan
      beforeAll(async () => {
        const published = await startHttpsServer()
        const server = await startTestServer(engine, { ...QUICK, OUTBOUND_INTERNAL_HOSTS: published.host }, 'client_registration: {policy: open}')
        plan = planOf(server, await signUp(server), published)
      })
      afterAll(async () => {
        await plan.server.close()
        await plan.published.close()
      })
      modules(() => plan)
    })
  }
}

function planOf(server: TestServer, person: Person, published: HttpsServer): DynamicPlan {
  async function configure(clientId: string, metadata: Partial<oidc.ClientMetadata>, key: CryptoKey, kid: string): Promise<oidc.Configuration> {
    const options = { execute: [oidc.allowInsecureRequests], [oidc.customFetch]: fetchOver(server) }
    return oidc.discovery(new URL(ISSUER), clientId, metadata, oidc.PrivateKeyJwt({ key, kid }), options)
  }
  const signed = ({ userinfo_signed_response_alg: alg, id_token_signed_response_alg: idToken }: Readonly<Record<string, unknown>>) =>
    ({ ...(alg === undefined ? {} : { userinfo_signed_response_alg: alg }), id_token_signed_response_alg: idToken }) as Partial<oidc.ClientMetadata>

  return {
    server,
    person,
    published,
    async register(metadata = {}) {
      const { privateKey, publicJwk } = await makeKey('first')
      const keys = 'jwks_uri' in metadata ? {} : { jwks: { keys: [publicJwk] } }
      if ('jwks_uri' in metadata) published.documents.set(new URL(String(metadata['jwks_uri'])).pathname, { keys: [publicJwk] })
      const information = await registerClient(server, { client_name: 'Conformance', response_types: ['code'], token_endpoint_auth_method: 'private_key_jwt', ...keys, ...metadata })
      return { information, key: privateKey, config: await configure(information.client_id, signed(information), privateKey, 'first') }
    },
    async withKey({ information }, key, kid) {
      return { information, key, config: await configure(information.client_id, signed(information), key, kid) }
    },
    async authorize(client, parameters = {}) {
      const given = { redirect_uri: CALLBACK, scope: 'openid', state: oidc.randomState(), nonce: oidc.randomNonce(), ...parameters }
      const url = oidc.buildAuthorizationUrl(client.config, {})
      for (const [name, value] of Object.entries(given)) {
        if (value === undefined) url.searchParams.delete(name)
        else url.searchParams.set(name, value)
      }
      const answered = await allowIfAsked(await signIn(server, person), `${url.pathname}${url.search}`)
      return { ...answered, checks: { expectedState: given.state, expectedNonce: given.nonce } }
    },
    redeem: (client, { location, checks }) => oidc.authorizationCodeGrant(client.config, new URL(location ?? ''), checks),
    async redeemByHand({ information: { client_id: id }, key }, { location }, redirectUri = CALLBACK) {
      const at = Math.floor(Date.now() / 1_000)
      const assertion = await new SignJWT({ iss: id, sub: id, aud: ISSUER, jti: crypto.randomUUID(), iat: at, exp: at + 60 }).setProtectedHeader({ alg: 'ES256', kid: 'first' }).sign(key)
      const shown = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion }
      const form = new URLSearchParams({ grant_type: 'authorization_code', code: new URL(location!).searchParams.get('code')!, redirect_uri: redirectUri, ...shown })
      return server.browser().raw({ method: 'POST', url: '/auth/oauth2/token', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: form.toString() })
    },
  }
}

/** A page of ours that refuses asks for nothing. */
async function allowIfAsked(browser: Awaited<ReturnType<typeof signIn>>, path: string): ReturnType<typeof allowAndFollow> {
  const first = await browser.get(path)
  const to = first.headers['location']
  if (first.statusCode < 300 || first.statusCode > 399 || typeof to !== 'string') return { location: undefined, page: first }
  const url = new URL(to, TEST_ORIGIN)
  return url.origin === TEST_ORIGIN ? allowAndFollow(browser, `${url.pathname}${url.search}`) : { location: to, page: first }
}
