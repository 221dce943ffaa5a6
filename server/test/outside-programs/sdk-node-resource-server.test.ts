import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { createResourceServer, type ResourceServer } from '../../../sdk/node/src/index.ts'
import { requireToken } from '../../../sdk/node/src/node-http.ts'
import { signUp } from '../harness/people.ts'
import { findFreePort } from '../harness/server.ts'
import { cookieOf } from '../harness/tokens.ts'
import { listen } from './listen.ts'
import { startBefore } from './start-before.ts'

describe('a resource server with the SDK', () => {
  const program = startBefore()

  async function service(format: 'jwt' | 'opaque') {
    const client = await program.gatepost.register({ name: 'Nightly reports', type: 'machine', scope: 'orders:read', access_token_format: format })
    const authorization = `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')}`
    const post = (path: string, fields: Record<string, string>) => fetch(`${program.gatepost.issuer}/oauth2/${path}`, { method: 'POST', headers: { authorization }, body: new URLSearchParams(fields) })
    const { access_token: token } = (await (await post('token', { grant_type: 'client_credentials', scope: 'orders:read' })).json()) as { access_token: string }
    return { ...client, token, revoke: () => post('revoke', { token }) }
  }
  async function answerTo(server: ResourceServer, token: string, scope = 'orders:read'): Promise<number | string> {
    const access = await server.check({ method: 'GET', target: '/orders', headers: { authorization: `Bearer ${token}` } }, { scopes: [scope] })
    return access.isAllowed ? access.token.clientId : access.refusal.status
  }

  test('takes a signed token of a service by its audience and scope, and no token of a browser', async () => {
    const { clientId, token } = await service('jwt')
    const server = createResourceServer({ issuer: program.gatepost.issuer, audience: program.gatepost.issuer })
    expect(await answerTo(server, token)).toBe(clientId)
    expect(await answerTo(server, token, 'orders:write')).toBe(403)
    expect(await answerTo(createResourceServer({ issuer: program.gatepost.issuer, audience: 'https://api.example.com' }), token)).toBe(401)
    const person = await signUp(program.gatepost.server)
    for (const audience of [program.gatepost.issuer, 'app']) expect(await answerTo(createResourceServer({ issuer: program.gatepost.issuer, audience }), cookieOf(person.browser, 'access'))).toBe(401)
  })

  test('takes a token that is bound to a key with a proof of that key alone', async () => {
    const client = await program.gatepost.register({ name: 'Bound reports', type: 'machine', scope: 'orders:read', dpop_bound_access_tokens: true })
    const issuer = new URL(program.gatepost.issuer)
    const insecure = { [oauth.allowInsecureRequests]: true }
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
    const clientOf = { client_id: client.clientId }
    const by = async () => oauth.DPoP({}, await oauth.generateKeyPair('ES256'))
    const DPoP = await by()
    const ask = () => oauth.clientCredentialsGrantRequest(as, clientOf, oauth.ClientSecretBasic(client.clientSecret), { scope: 'orders:read' }, { ...insecure, DPoP }).then((answer) => oauth.processClientCredentialsResponse(as, clientOf, answer))
    const tokens = await ask().catch((error: unknown) => {
      if (oauth.isDPoPNonceError(error)) return ask()
      throw error
    })

    const port = await findFreePort()
    const url = new URL(`http://127.0.0.1:${port}/orders?page=2`)
    const guard = requireToken(createResourceServer({ issuer: program.gatepost.issuer, audience: program.gatepost.issuer, origin: url.origin }), { scopes: ['orders:read'] })
    const api = await listen(port, async (request, response) => {
      const token = await guard(request, response)
      if (token !== undefined) response.end(token.clientId)
    })
    const show = (proofs: oauth.DPoPHandle) => oauth.protectedResourceRequest(tokens.access_token, 'GET', url, undefined, null, { ...insecure, DPoP: proofs })
    expect(await (await show(DPoP)).text()).toBe(client.clientId)
    await expect(show(await by())).rejects.toMatchObject({ status: 401 })
    expect((await fetch(url, { headers: { authorization: `Bearer ${tokens.access_token}` } })).status).toBe(401)
    await api.stop()
  })

  test('takes an opaque token until it is revoked', async () => {
    const { clientId, clientSecret, token, revoke } = await service('opaque')
    const server = createResourceServer({ issuer: program.gatepost.issuer, audience: program.gatepost.issuer, introspection: { clientId, clientSecret, cacheSeconds: 0 } })
    expect(token).not.toContain('.')
    expect(await answerTo(server, token)).toBe(clientId)
    expect((await revoke()).status).toBe(200)
    expect(await answerTo(server, token)).toBe(401)
  })
})
