import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBrowser } from './simulated-browser.ts'
import { startSimulatedGatepost, type SimulatedGatepost } from './simulated-gatepost.ts'

type Call = [input: RequestInfo, init?: RequestInit]

const REFRESH = '/auth/api/v1/sessions/refresh'

describe('a session whose access token expired', () => {
  let server: SimulatedGatepost
  let browser: ReturnType<typeof createBrowser>

  beforeEach(async () => {
    server = await startSimulatedGatepost()
    browser = createBrowser(server.origin)
    browser.store(server.signIn())
    server.expireAccessToken()
  })
  afterEach(() => server.stop())

  test('is refreshed once for ten requests at a time, and each is answered', async () => {
    const { gatepost } = browser.openTab()
    const responses = await Promise.all(Array.from({ length: 10 }, (_, index) => gatepost.fetch(`/api/notes/${index}`)))
    expect(responses.map((response) => response.status)).toEqual(Array(10).fill(200))
    expect(server.requestsTo(REFRESH)).toBe(1)
  })

  test('is refreshed once for five tabs', async () => {
    const tabs = Array.from({ length: 5 }, () => browser.openTab().gatepost)
    const responses = await Promise.all(tabs.flatMap((gatepost) => [gatepost.fetch('/api/notes'), gatepost.fetch('/api/tags')]))
    expect(responses.every((response) => response.status === 200)).toBe(true)
    expect(server.requestsTo(REFRESH)).toBe(1)
  })

  test('is refreshed once by a tab whose browser has no locks', async () => {
    const { gatepost } = browser.openTab({ hasLocks: false })
    const responses = await Promise.all([gatepost.fetch('/api/notes'), gatepost.fetch('/api/tags'), gatepost.currentUser()])
    expect(responses[0].status).toBe(200)
    expect(server.requestsTo(REFRESH)).toBe(1)
  })

  test('is not refreshed again for an answer that was on its way during the refresh', async () => {
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    const late: typeof fetch = async (input, init) => {
      const response = await browser.fetch(input, init)
      if (String(input).endsWith('/late') && response.status === 401) await gate
      return response
    }
    const { gatepost } = browser.openTab({ fetch: late })
    const slow = gatepost.fetch('/api/late')
    await gatepost.fetch('/api/notes')
    release()
    expect((await slow).status).toBe(200)
    expect(server.requestsTo(REFRESH)).toBe(1)
  })

  test('is refreshed again when the new access token expires too', async () => {
    const { gatepost } = browser.openTab()
    await gatepost.fetch('/api/notes')
    browser.passTime(600_000)
    server.expireAccessToken()
    expect((await gatepost.fetch('/api/notes')).status).toBe(200)
    expect(server.requestsTo(REFRESH)).toBe(2)
  })

  test('sends the same body and the current CSRF token the second time', async () => {
    browser.store(['gatepost_csrf=of-another-session; Path=/'])
    const { gatepost } = browser.openTab()
    const response = await gatepost.fetch('/api/notes', { method: 'POST', body: JSON.stringify({ text: 'milk' }) })
    expect(await response.json()).toEqual({ body: '{"text":"milk"}' })
    const [, second] = server.seen.filter(({ path }) => path === '/api/notes')
    expect(second?.csrfToken).toBe(browser.jar.get('gatepost_csrf'))
  })

  test.each([
    ['a stream', (): Call => ['/api/notes', { method: 'POST', body: new Blob(['milk']).stream(), duplex: 'half' } as RequestInit]],
    ['the body of a Request', (): Call => [new Request(`${server.origin}/api/notes`, { method: 'POST', body: 'milk' })]],
  ])('never sends %s twice: the 401 comes back, and the next try succeeds', async (_name, call) => {
    const { gatepost } = browser.openTab()
    expect((await gatepost.fetch(...call())).status).toBe(401)
    expect(server.requestsTo('/api/notes')).toBe(1)
    expect((await gatepost.fetch(...call())).status).toBe(200)
    expect(server.requestsTo(REFRESH)).toBe(1)
  })

  test('is repeated for a Request without a body', async () => {
    const response = await browser.openTab().gatepost.fetch(new Request(`${server.origin}/api/notes`))
    expect(response.status).toBe(200)
  })

  test('is refreshed with a new CSRF token when the one in the cookie is refused', async () => {
    browser.store(['gatepost_csrf=stale; Path=/'])
    expect((await browser.openTab().gatepost.fetch('/api/notes')).status).toBe(200)
    expect(server.seen.filter(({ path }) => path === REFRESH)).toHaveLength(2)
  })

  test('causes no loop when the application refuses the new token too', async () => {
    const { gatepost } = browser.openTab()
    for (let count = 0; count < 5; count += 1) expect((await gatepost.fetch('/broken')).status).toBe(401)
    expect(server.requestsTo(REFRESH)).toBe(1)
    expect(server.requestsTo('/broken')).toBe(6)
  })

  test('is left alone until Retry-After has passed', async () => {
    server.refuseRefreshes({ status: 429, retryAfter: '30' })
    const { gatepost } = browser.openTab()
    let ends = 0
    const stop = gatepost.onSessionEnded(() => (ends += 1))
    expect((await gatepost.fetch('/api/notes')).status).toBe(401)
    await expect(gatepost.currentUser()).rejects.toMatchObject({ code: 'rate_limited', status: 429, retryAfterSeconds: 30, requestId: 'request-1' })
    expect(server.requestsTo(REFRESH)).toBe(1)
    server.refuseRefreshes(undefined)
    browser.passTime(31_000)
    expect((await gatepost.fetch('/api/notes')).status).toBe(200)
    expect(ends).toBe(0)
    stop()
  })

  test.each([
    ['a wrong password', '/auth/api/v1/login', { method: 'POST', body: '{}' }],
    ['a request with a token of its own', '/api/notes', { headers: { authorization: 'Bearer x' } }],
    ['a request without cookies', '/api/notes', { credentials: 'omit' as const }],
  ])('is not refreshed for %s', async (_name, path, init) => {
    expect((await browser.openTab().gatepost.fetch(path, init)).status).toBe(401)
    expect(server.requestsTo(REFRESH)).toBe(0)
  })
})
