import { createHash, createPublicKey, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface SimulatedProvider {
  readonly issuer: string
  readonly api: string
  /** What the token endpoint was asked, oldest first. */
  readonly asked: Record<string, string>[]
  /** What the API was shown. */
  readonly shown: { authorization: string | undefined; proof: Record<string, unknown> | undefined }[]
  behaviour: { nonce: string; lifetimeSeconds: number; isBound: boolean; wantsProofNonce: boolean; refuses: string | undefined; apiStatus: number }
  stop(): Promise<void>
}

/** The parts of an OpenID provider and of an API that a public client talks to. Its ID tokens are unsigned in effect: TLS stands for that. */
export async function startProvider(): Promise<SimulatedProvider> {
  const asked: SimulatedProvider['asked'] = []
  const shown: SimulatedProvider['shown'] = []
  const behaviour: SimulatedProvider['behaviour'] = { nonce: '', lifetimeSeconds: 600, isBound: false, wantsProofNonce: false, refuses: undefined, apiStatus: 200 }
  let issued = 0

  function idToken(): string {
    const now = Math.floor(Date.now() / 1_000)
    const claims = { iss: issuer, aud: 'spa', sub: 'ana', nonce: behaviour.nonce, iat: now, exp: now + 600 }
    return [{ alg: 'ES256' }, claims, 'signature'].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const path = new URL(request.url ?? '/', issuer).pathname
    const say = (status: number, body: object, headers: Record<string, string> = {}) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    if (path === '/.well-known/openid-configuration') {
      const at = (end: string) => `${issuer}/${end}`
      return say(200, { issuer, authorization_endpoint: at('authorize'), token_endpoint: at('token'), userinfo_endpoint: at('userinfo'), end_session_endpoint: at('end'), authorization_response_iss_parameter_supported: true })
    }
    const proof = readProof(request, `${issuer}${path}`)
    if (path === '/api') {
      shown.push({ authorization: request.headers.authorization, proof })
      return say(behaviour.apiStatus, {}, behaviour.apiStatus === 401 ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {})
    }
    if (path === '/userinfo') return say(200, { sub: 'ana', email: 'ana@example.com' })
    asked.push(Object.fromEntries(new URLSearchParams(await text(request))))
    if (behaviour.wantsProofNonce && proof?.['nonce'] !== 'nonce-1') return say(400, { error: 'use_dpop_nonce' }, { 'dpop-nonce': 'nonce-1' })
    if (behaviour.refuses !== undefined) return say(400, { error: behaviour.refuses })
    issued += 1
    const tokens = { access_token: `access-${issued}`, refresh_token: `refresh-${issued}`, token_type: behaviour.isBound && proof ? 'DPoP' : 'Bearer', expires_in: behaviour.lifetimeSeconds }
    return say(200, asked.at(-1)?.['grant_type'] === 'authorization_code' ? { ...tokens, id_token: idToken() } : tokens)
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    api: `${issuer}/api`,
    asked,
    shown,
    behaviour,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The claims of a proof whose signature, method, address and token hold; undefined when there is none. */
function readProof(request: IncomingMessage, url: string): Record<string, unknown> | undefined {
  const proof = request.headers['dpop']
  if (typeof proof !== 'string') return undefined
  const [header = '', payload = '', signature = ''] = proof.split('.')
  const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
  const key = createPublicKey({ key: decode(header)['jwk'] as never, format: 'jwk' })
  const holds = verify('sha256', Buffer.from(`${header}.${payload}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
  const claims = decode(payload)
  const token = /^DPoP (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const ath = token && createHash('sha256').update(token).digest('base64url')
  if (!holds || claims['htm'] !== request.method || claims['htu'] !== url || claims['ath'] !== ath) throw new Error('the proof does not fit')
  return claims
}
