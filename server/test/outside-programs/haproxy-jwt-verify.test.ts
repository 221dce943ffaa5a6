import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exportSPKI, generateKeyPair, importJWK, SignJWT, type CryptoKey, type JWK } from 'jose'
import { describe, expect, test, vi } from 'vitest'
import { signUp } from '../harness/people.ts'
import { findFreePort } from '../harness/server.ts'
import { startProgram } from '../harness/start-program.ts'
import { cookieOf, decodeToken } from '../harness/tokens.ts'
import { listen } from './listen.ts'
import { startBefore } from './start-before.ts'

/** A resource server of a few lines: who comes with a token of this issuer, for this audience, is let through, by name. */
function configuration(ports: { own: number; application: number }, { issuer, keyFile }: { issuer: string; keyFile: string }): string {
  return `
defaults
  mode http
  timeout connect 5s
  timeout client 5s
  timeout server 5s
frontend api
  bind 127.0.0.1:${ports.own}
  http-request del-header X-Client-Id
  http-request set-var(txn.token) http_auth_bearer
  http-request set-var(txn.alg) var(txn.token),jwt_header_query('$.alg')
  http-request set-var(txn.typ) var(txn.token),jwt_header_query('$.typ')
  http-request set-var(txn.iss) var(txn.token),jwt_payload_query('$.iss')
  http-request set-var(txn.aud) var(txn.token),jwt_payload_query('$.aud')
  http-request set-var(txn.exp) var(txn.token),jwt_payload_query('$.exp','int')
  http-request set-var(txn.now) date()
  http-request deny deny_status 401 unless { var(txn.alg) -m str ES256 }
  http-request deny deny_status 401 unless { var(txn.typ) -m str at+jwt }
  http-request deny deny_status 401 unless { var(txn.iss) -m str ${issuer} }
  http-request deny deny_status 401 unless { var(txn.aud) -m str ${issuer} }
  http-request deny deny_status 401 unless { var(txn.exp),sub(txn.now) -m int gt 0 }
  http-request deny deny_status 401 unless { var(txn.token),jwt_verify(txn.alg,"${keyFile}") -m int 1 }
  http-request set-header X-Client-Id %[var(txn.token),jwt_payload_query('$.client_id')]
  default_backend application
backend application
  server application 127.0.0.1:${ports.application}
`
}

describe('HAProxy with jwt_verify', () => {
  const program = startBefore(async ({ gatepost, port, stopAfter }) => {
    const ports = { own: port, application: await findFreePort() }
    const service = await gatepost.register({ name: 'Nightly reports', type: 'machine', scope: 'orders:read' })
    const { kid } = decodeToken(await tokenOf(service, gatepost)).header
    const { keys } = (await (await fetch(`${gatepost.issuer}/.well-known/jwks.json`)).json()) as { keys: JWK[] }
    const publicKey = (await importJWK(keys.find((key) => key.kid === kid)!, 'ES256', { extractable: true })) as CryptoKey
    await stopAfter(listen(ports.application, ({ headers }, response) => response.end(`Hello ${headers['x-client-id']}`)))
    const prepare = async (folder: string) => {
      const [keyFile, file] = [join(folder, 'key.pem'), join(folder, 'haproxy.cfg')]
      await writeFile(keyFile, await exportSPKI(publicKey))
      await writeFile(file, configuration(ports, { issuer: gatepost.issuer, keyFile }))
      return ['haproxy', '-db', '-f', file]
    }
    await stopAfter(startProgram('HAProxy', ports.own, prepare))
    return { service, publicKey }
  })

  async function tokenOf({ clientId, clientSecret }: { clientId: string; clientSecret: string }, { issuer } = program.gatepost): Promise<string> {
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
    const answer = await fetch(`${issuer}/oauth2/token`, { method: 'POST', headers: { authorization }, body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'orders:read' }) })
    return ((await answer.json()) as { access_token: string }).access_token
  }
  async function ask(token: string | undefined): Promise<readonly [number, string]> {
    const answer = await fetch(`${program.url}/orders`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}`, 'x-client-id': 'admin' } })
    return [answer.status, answer.ok ? await answer.text() : '']
  }
  const REFUSED = [401, '']

  test('lets a service through with its access token, and knows which one it is', async () => {
    expect(await ask(await tokenOf(program.service))).toEqual([200, `Hello ${program.service.clientId}`])
    expect(await ask(undefined)).toEqual(REFUSED)
  })

  test('refuses a token that somebody else signed, with any algorithm', async () => {
    const { header, payload } = decodeToken(await tokenOf(program.service))
    const signed = (alg: string, key: CryptoKey | Uint8Array) => new SignJWT(payload).setProtectedHeader({ ...header, alg }).sign(key)
    const [other, rsa] = [await generateKeyPair('ES256'), await generateKeyPair('RS256')]
    const none = [{ ...header, alg: 'none' }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
    const tokens = [await signed('ES256', other.privateKey), await signed('RS256', rsa.privateKey), await signed('HS256', Buffer.from(await exportSPKI(program.publicKey))), `${none}.`]
    for (const token of tokens) expect(await ask(token), token).toEqual(REFUSED)
  })

  test('refuses a token that was changed or cut, is for another audience, or has expired', async () => {
    const token = await tokenOf(program.service)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const changed = Buffer.from(JSON.stringify({ ...decodeToken(token).payload, client_id: 'admin' })).toString('base64url')
    for (const bad of [`${header}.${changed}.${signature}`, `${header}.${payload}.`, token.slice(0, -4), `${header}.${payload}`]) expect(await ask(bad), bad).toEqual(REFUSED)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 3_600_000 })
    const expired = await tokenOf(program.service).finally(() => vi.useRealTimers())
    expect(await ask(expired)).toEqual(REFUSED)
  })

  test("refuses a person's own access token of Gatepost, which is for another audience", async () => {
    const person = await signUp(program.gatepost.server)
    const token = cookieOf(person.browser, 'access')
    expect(decodeToken(token).header['alg']).toBe('ES256')
    expect(await ask(token)).toEqual(REFUSED)
  })
})
