import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createResourceServer, type ResourceServer } from '../../../sdk/node/src/index.ts'
import { signUp } from '../harness/people.ts'
import { cookieOf } from '../harness/tokens.ts'
import type { ListeningGatepost } from './gatepost.ts'
import { startListeningGatepost } from './gatepost.ts'

describe('a resource server with the SDK', () => {
  let gatepost: ListeningGatepost
  beforeAll(async () => {
    gatepost = await startListeningGatepost()
  })
  afterAll(() => gatepost?.stop())

  async function service(format: 'jwt' | 'opaque') {
    const client = await gatepost.register({ name: 'Nightly reports', type: 'machine', scope: 'orders:read', access_token_format: format })
    const authorization = `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')}`
    const post = (path: string, fields: Record<string, string>) => fetch(`${gatepost.issuer}/oauth2/${path}`, { method: 'POST', headers: { authorization }, body: new URLSearchParams(fields) })
    const { access_token: token } = (await (await post('token', { grant_type: 'client_credentials', scope: 'orders:read' })).json()) as { access_token: string }
    return { ...client, token, revoke: () => post('revoke', { token }) }
  }
  async function answerTo(server: ResourceServer, token: string, scope = 'orders:read'): Promise<number | string> {
    const access = await server.check({ method: 'GET', target: '/orders', headers: { authorization: `Bearer ${token}` } }, { scopes: [scope] })
    return access.isAllowed ? access.token.clientId : access.refusal.status
  }

  test('takes a signed token of a service by its audience and scope, and no token of a browser', async () => {
    const { clientId, token } = await service('jwt')
    const server = createResourceServer({ issuer: gatepost.issuer, audience: gatepost.issuer })
    expect(await answerTo(server, token)).toBe(clientId)
    expect(await answerTo(server, token, 'orders:write')).toBe(403)
    expect(await answerTo(createResourceServer({ issuer: gatepost.issuer, audience: 'https://api.example.com' }), token)).toBe(401)
    const person = await signUp(gatepost.server)
    for (const audience of [gatepost.issuer, 'app']) expect(await answerTo(createResourceServer({ issuer: gatepost.issuer, audience }), cookieOf(person.browser, 'access'))).toBe(401)
  })

  test('takes an opaque token until it is revoked', async () => {
    const { clientId, clientSecret, token, revoke } = await service('opaque')
    const server = createResourceServer({ issuer: gatepost.issuer, audience: gatepost.issuer, introspection: { clientId, clientSecret, cacheSeconds: 0 } })
    expect(token).not.toContain('.')
    expect(await answerTo(server, token)).toBe(clientId)
    expect((await revoke()).status).toBe(200)
    expect(await answerTo(server, token)).toBe(401)
  })
})
