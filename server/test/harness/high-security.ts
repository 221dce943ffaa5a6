import type { CryptoKey, JWTHeaderParameters } from 'jose'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe } from 'vitest'
import type { Browser } from './browser.ts'
import { testEngines } from './engines.ts'
import type { Person } from './people.ts'
import { signIn, signUp } from './people.ts'
import type { Authorization } from './plans.ts'
import { arrive } from './plans.ts'
import { CALLBACK, ISSUER } from './relying-party.ts'
import type { TestServer } from './server.ts'
import { startTestServer } from './server.ts'
import { QUICK } from './tokens.ts'

export const ENDPOINTS = { par: `${ISSUER}/oauth2/par`, token: `${ISSUER}/oauth2/token`, userinfo: `${ISSUER}/oauth2/userinfo`, introspect: `${ISSUER}/oauth2/introspect` }
export const secondsFromNow = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds

/** What is undefined is left out. */
type Fields = Readonly<Record<string, string | undefined>>
type Claims = Readonly<Record<string, unknown>>

export interface Keys {
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
}

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, unknown>>
}

/** A client that signs assertions and proofs, by hand, so that each part of them can be wrong. */
export interface KeyedClient {
  readonly clientId: string
  readonly keys: Keys
  /** Of its DPoP key (RFC 7638). */
  readonly thumbprint: string
  /** RFC 7523, for the issuer, for a minute. */
  assertion(changes?: Claims, header?: JWTHeaderParameters, signer?: CryptoKey): Promise<string>
  /** RFC 9449 section 4.2, for a POST to the token endpoint unless told otherwise. */
  proof(changes?: Claims, header?: Partial<JWTHeaderParameters>, signer?: Keys): Promise<string>
  /** Posts a form with a fresh assertion and a fresh proof; null leaves one of them out, a text stands in its place. */
  post(endpoint: keyof typeof ENDPOINTS, fields: Fields, shown?: { assertion?: string | null; proof?: string | null; at?: TestServer; headers?: Record<string, string> }): Promise<Answer>
}

export interface Pushed extends Answer {
  readonly requestUri: string
  readonly verifier: string
  readonly nonce: string
  readonly state: string
}

export interface HighSecurity {
  readonly server: TestServer
  readonly person: Person
  readonly client: KeyedClient
  /** Another one like it, with other keys. */
  readonly other: KeyedClient
  register(fields?: Record<string, unknown>): Promise<KeyedClient>
  signedIn(): Promise<Browser>
  /** A pushed request as the profile wants it; without a proof, unless told otherwise. */
  push(fields?: Fields, options?: { client?: KeyedClient; assertion?: string | null; proof?: string | null }): Promise<Pushed>
  /** Follows the authorization request to its answer or to a page of ours. */
  authorize(browser: Browser, requestUri: string, more?: Fields, client?: KeyedClient): Promise<Omit<Authorization, 'checks'>>
  /** The code of a request that went well. */
  codeFor(pushed: Pushed, client?: KeyedClient): Promise<string>
  redeem(code: string, verifier: string | undefined, options?: Parameters<KeyedClient['post']>[2] & { client?: KeyedClient; fields?: Fields }): Promise<Answer>
  /** Tokens, by everything above. */
  tokens(fields?: Fields, client?: KeyedClient): Promise<Readonly<Record<string, string>>>
  /** Asks for userinfo with the token, a fresh proof and the scheme DPoP. */
  userinfo(token: string, options?: { proof?: string | null; scheme?: string; client?: KeyedClient; headers?: Record<string, string> }): Promise<Answer>
}

/** Behaviour with clients of `profile: fapi2` and DPoP, on every database. */
export function describeHighSecurity(theme: string, modules: (plan: () => HighSecurity) => void, environment: Record<string, string> = {}): void {
  for (const engine of testEngines) {
    describe(`${theme} on ${engine}`, () => {
      let plan: HighSecurity
      beforeAll(async () => {
        plan = await startHighSecurity(await startTestServer(engine, { ...QUICK, ...environment }))
      })
      afterAll(() => plan.server.close())
      modules(() => plan)
    })
  }
}

export async function startHighSecurity(server: TestServer): Promise<HighSecurity> {
  const person = await signUp(server)
  const register = (fields: Record<string, unknown> = {}) => registerKeyed(server, fields)
  const client = await register()
  const other = await register({ name: 'Other bank' })
  const signedIn = () => signIn(server, person)

  const push: HighSecurity['push'] = async (fields = {}, { client: by = client, assertion, proof = null } = {}) => {
    const [verifier, nonce, state] = [oidc.randomPKCECodeVerifier(), fields['nonce'] ?? oidc.randomNonce(), fields['state'] ?? oidc.randomState()]
    const pkce = { code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' }
    const asked = { client_id: by.clientId, response_type: 'code', redirect_uri: CALLBACK, scope: 'openid', nonce, state, ...pkce, ...fields }
    const answer = await by.post('par', asked, { proof, ...(assertion === undefined ? {} : { assertion }) })
    return { ...answer, requestUri: String(answer.body['request_uri'] ?? ''), verifier, nonce, state }
  }
  const authorize: HighSecurity['authorize'] = (browser, requestUri, more = {}, by = client) =>
    arrive(browser, `/auth/oauth2/authorize?${formOf({ client_id: by.clientId, request_uri: requestUri, ...more })}`)
  const codeFor: HighSecurity['codeFor'] = async (pushed, by = client) => {
    const { callback, answer } = await authorize(await signedIn(), pushed.requestUri, {}, by)
    const code = callback?.parameters.get('code')
    if (!code) throw new Error(`no code: ${JSON.stringify(pushed.body)} ${callback?.parameters.toString() ?? answer.body}`)
    return code
  }
  const redeem: HighSecurity['redeem'] = (code, verifier, { client: by = client, fields = {}, ...shown } = {}) =>
    by.post('token', { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: verifier, ...fields }, shown)

  return {
    server,
    person,
    client,
    other,
    register,
    signedIn,
    push,
    authorize,
    codeFor,
    redeem,
    async tokens(fields = {}, by = client) {
      const pushed = await push(fields, { client: by })
      const answer = await redeem(await codeFor(pushed, by), pushed.verifier, { client: by })
      if (answer.status !== 200) throw new Error(JSON.stringify(answer))
      return answer.body as Record<string, string>
    },
    async userinfo(token, { proof, scheme = 'DPoP', client: by = client, headers = {} } = {}) {
      const shown = proof === undefined ? await by.proof({ htm: 'GET', htu: ENDPOINTS.userinfo, ath: await hashOf(token) }) : proof
      const url = new URL(ENDPOINTS.userinfo).pathname
      const answer = await server.app.listener.inject({ method: 'GET', url, headers: { authorization: `${scheme} ${token}`, ...(shown === null ? {} : { dpop: shown }), ...headers } })
      return { status: answer.statusCode, body: bodyOf(answer.body), headers: answer.headers }
    },
  }
}

/** `fields` over those of a confidential client of the profile. */
export async function registerKeyed(server: TestServer, fields: Record<string, unknown> = {}): Promise<KeyedClient> {
  const keys = await generateKeyPair('ES256', { extractable: true })
  const proofKeys = await generateKeyPair('ES256', { extractable: true })
  const created = await server.app.clients.create({
    name: 'Bank', type: 'web', profile: 'fapi2', redirect_uris: [CALLBACK], token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256', jwks: { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'client-key', use: 'sig' }] }, ...fields,
  })
  if (!created.ok) throw new Error(JSON.stringify(created.failure))
  const { clientId } = created.value.client
  const jwk = await exportJWK(proofKeys.publicKey)

  const assertion: KeyedClient['assertion'] = (changes = {}, header = { alg: 'ES256' }, signer = keys.privateKey) =>
    new SignJWT(stated({ iss: clientId, sub: clientId, aud: ISSUER, jti: crypto.randomUUID(), iat: secondsFromNow(0), exp: secondsFromNow(60), ...changes })).setProtectedHeader(header).sign(signer)
  const proof: KeyedClient['proof'] = async (changes = {}, header = {}, signer) => {
    const own = signer === undefined ? jwk : await exportJWK(signer.publicKey)
    const claims = stated({ jti: crypto.randomUUID(), htm: 'POST', htu: ENDPOINTS.token, iat: secondsFromNow(0), ...changes })
    return new SignJWT(claims).setProtectedHeader(stated({ alg: 'ES256', typ: 'dpop+jwt', jwk: own, ...header }) as JWTHeaderParameters).sign((signer ?? proofKeys).privateKey)
  }

  return {
    clientId,
    keys,
    thumbprint: await calculateJwkThumbprint(jwk),
    assertion,
    proof,
    async post(endpoint, given, { assertion: shown, proof: proven, at = server, headers = {} } = {}) {
      const signed = shown === undefined ? await assertion() : shown
      const dpop = proven === undefined ? await proof({ htu: ENDPOINTS[endpoint] }) : proven
      const byAssertion = signed === null ? {} : { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: signed }
      const answer = await at.app.listener.inject({
        method: 'POST',
        url: new URL(ENDPOINTS[endpoint]).pathname,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...(dpop === null ? {} : { dpop }), ...headers },
        payload: formOf({ ...given, ...byAssertion }),
      })
      return { status: answer.statusCode, body: bodyOf(answer.body), headers: answer.headers }
    },
  }
}

/** `ath` (RFC 9449 section 4.2). */
export async function hashOf(token: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))).toString('base64url')
}

function stated(values: Claims): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function formOf(fields: Fields): string {
  return new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]]))).toString()
}

function bodyOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}
