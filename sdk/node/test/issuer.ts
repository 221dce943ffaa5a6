import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose'

export interface SigningKey {
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicJwk: object
}

/** A real HTTP server that publishes keys, and the tokens such an issuer signs. */
export interface Issuer {
  readonly issuer: string
  readonly jwksUrl: string
  /** How often the key set was asked for. */
  readonly fetches: () => number
  publish(keys: readonly SigningKey[]): void
  stop(): Promise<void>
  restart(): Promise<void>
}

export async function createSigningKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } }
}

export async function startIssuer(keys: readonly SigningKey[]): Promise<Issuer> {
  let published = keys
  let fetches = 0
  let server: Server = await listen(0)
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}/auth`

  function listen(wantedPort: number): Promise<Server> {
    const created = createServer((request, response) => {
      if (request.url !== '/auth/.well-known/jwks.json') return response.writeHead(404).end()
      fetches += 1
      return response
        .setHeader('content-type', 'application/json')
        .setHeader('connection', 'close')
        .end(JSON.stringify({ keys: published.map((key) => key.publicJwk) }))
    })
    return new Promise((resolve) => created.listen(wantedPort, '127.0.0.1', () => resolve(created)))
  }

  return {
    issuer,
    jwksUrl: `${issuer}/.well-known/jwks.json`,
    fetches: () => fetches,
    publish: (next) => {
      published = next
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    async restart() {
      server = await listen(port)
    },
  }
}

/** The claims the server puts into an access token; instants in seconds. */
export function accessTokenClaims(issuer: string, nowSeconds: number): JWTPayload {
  return {
    iss: issuer,
    sub: '01990000-0000-7000-8000-000000000001',
    aud: 'app',
    iat: nowSeconds,
    exp: nowSeconds + 600,
    jti: '01990000-0000-7000-8000-000000000002',
    sid: '01990000-0000-7000-8000-000000000003',
    auth_time: nowSeconds - 60,
    amr: ['pwd'],
    acr: 'urn:gatepost:aal:1',
    roles: ['admin'],
    email_verified: true,
  }
}

export function signToken(key: SigningKey, claims: JWTPayload, header: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...header }).sign(key.privateKey)
}
