import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testEngines } from '../harness/engines.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { QUICK } from '../harness/tokens.ts'
import { API, OPERATIONS } from './document.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'] as const
const BASE = '/auth'

// Which addresses there are does not depend on the database: one engine.
describe('the routes of the server', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer(testEngines[0]!, QUICK)
  })
  afterAll(() => server.close())

  const concrete = (path: string) => `${BASE}${path.replaceAll(/\{\w+\}/g, '00000000-0000-7000-8000-00000000abcd')}`

  test('are there for every documented operation', () => {
    for (const { method, path } of OPERATIONS) {
      const url = `${BASE}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`
      expect(server.app.listener.hasRoute({ method: method, url }), `${method} ${url}`).toBe(true)
    }
  })

  // The provider's own, and its discovery documents, are described by their specifications and by themselves.
  test('below the API, among the keys, for health and for proxies are all documented', () => {
    const registered = pathsIn(server.app.listener.printRoutes({ commonPrefix: false }))
    const promised = registered.filter((path) => path.startsWith(`${BASE}/api/`) || path.endsWith('/.well-known/jwks.json') || path.startsWith(`${BASE}/health`) || path.includes('/_resolver/'))
    const documented = Object.keys(API.paths).map((path) => `${BASE}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
    expect([...new Set(promised)].sort()).toEqual(documented.sort())
  })

  test('answer every other method with 405 and an Allow that is the truth', async () => {
    for (const [path, item] of Object.entries(API.paths)) {
      const known = Object.keys(item).map((method) => method.toUpperCase())
      const allowed = known.includes('GET') ? [...known, 'HEAD'] : known
      for (const method of METHODS.filter((one) => !allowed.includes(one))) {
        const answer = await server.browser().raw({ method, url: concrete(path) })
        expect([path, method, answer.statusCode]).toEqual([path, method, 405])
        expect(String(answer.headers['allow']).split(', ').sort(), path).toEqual([...allowed].sort())
        if (method !== 'HEAD') expect(answer.json()).toMatchObject({ error: { code: 'method_not_allowed' } })
      }
      for (const method of known) expect((await server.browser().raw({ method, url: concrete(path) })).statusCode, `${method} ${path}`).not.toBe(405)
    }
  })

  test('answer HEAD wherever they answer GET, with its status and headers and without a body', async () => {
    for (const { path } of OPERATIONS.filter(({ method }) => method === 'GET')) {
      const [get, head] = [await server.browser().raw({ method: 'GET', url: concrete(path) }), await server.browser().raw({ method: 'HEAD', url: concrete(path) })]
      expect([path, head.statusCode, head.headers['content-type']]).toEqual([path, get.statusCode, get.headers['content-type']])
      expect(head.body).toBe('')
    }
  })

  test('that do not exist are a JSON 404 below the API, whatever the method and the accepted type', async () => {
    for (const url of [`${BASE}/api/v1/nothing`, `${BASE}/api/v1`, `${BASE}/api/v1/login/`, `${BASE}/api/v1/LOGIN`, `${BASE}/api/v2/user`]) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const answer = await server.browser().raw({ method, url, headers: { accept: 'text/html' } })
        expect([url, method, answer.statusCode]).toEqual([url, method, 404])
        expect(answer.json()).toMatchObject({ error: { code: 'not_found' } })
      }
    }
  })

  test('for health also stand at the root of the port', async () => {
    for (const path of ['/health', '/health/ready', '/health/live']) {
      const [root, below] = [await server.browser().raw({ method: 'GET', url: path }), await server.browser().raw({ method: 'GET', url: `${BASE}${path}` })]
      expect([root.statusCode, root.json()]).toEqual([200, below.json()])
    }
  })
})

/** The full paths in Fastify's drawing of its routes. */
function pathsIn(drawing: string): string[] {
  const trail: string[] = []
  return drawing.split('\n').flatMap((line) => {
    const match = /^([│ ]*)[├└]── (\S*)(?: \((.+)\))?$/.exec(line)
    if (!match) return []
    const depth = (match[1] ?? '').length / 4
    trail.length = depth
    trail[depth] = match[2] ?? ''
    return match[3] === undefined ? [] : [trail.join('')]
  })
}
