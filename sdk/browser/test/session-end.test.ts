import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBrowser } from './simulated-browser.ts'
import { startSimulatedGatepost, type SimulatedGatepost } from './simulated-gatepost.ts'

const REFRESH = '/auth/api/v1/sessions/refresh'

describe('a session that ended', () => {
  let server: SimulatedGatepost
  let browser: ReturnType<typeof createBrowser>
  const unlisten: (() => void)[] = []

  function countEnds(tab: ReturnType<typeof browser.openTab>): () => number {
    let ends = 0
    unlisten.push(tab.gatepost.onSessionEnded(() => (ends += 1)))
    return () => ends
  }

  /** A message between tabs takes a turn of the event loop or two. */
  async function settle(): Promise<void> {
    await delay(50)
  }

  beforeEach(async () => {
    server = await startSimulatedGatepost()
    browser = createBrowser(server.origin)
    browser.store(server.signIn())
  })
  afterEach(async () => {
    for (const stop of unlisten.splice(0)) stop()
    await server.stop()
  })

  test('is told once to every tab, and the 401 comes back', async () => {
    const [first, second] = [browser.openTab(), browser.openTab()]
    const [endsInFirst, endsInSecond] = [countEnds(first), countEnds(second)]
    server.endSession()
    const responses = await Promise.all([first.gatepost.fetch('/api/notes'), first.gatepost.fetch('/api/tags')])
    expect(responses.map((response) => response.status)).toEqual([401, 401])
    expect(await responses[0].json()).toMatchObject({ error: { code: 'unauthorized' } })
    await settle()
    await second.gatepost.fetch('/api/notes')
    await settle()
    expect([endsInFirst(), endsInSecond()]).toEqual([1, 1])
  })

  test('is not asked about again until somebody signs in', async () => {
    const { gatepost } = browser.openTab()
    server.endSession()
    for (let count = 0; count < 4; count += 1) await gatepost.fetch('/api/notes')
    expect(await gatepost.currentUser()).toBeNull()
    expect(server.requestsTo(REFRESH)).toBe(1)
    browser.store(server.signIn())
    expect((await gatepost.fetch('/api/notes')).status).toBe(200)
    server.expireAccessToken()
    expect((await gatepost.fetch('/api/notes')).status).toBe(200)
    expect(server.requestsTo(REFRESH)).toBe(2)
  })

  test('is told again when a later session ends', async () => {
    const tab = browser.openTab()
    const ends = countEnds(tab)
    server.endSession()
    await tab.gatepost.fetch('/api/notes')
    browser.store(server.signIn())
    await tab.gatepost.currentUser()
    server.endSession()
    await tab.gatepost.fetch('/api/notes')
    await settle()
    expect(ends()).toBe(2)
  })

  test('is told by currentUser to a page that knew somebody', async () => {
    const tab = browser.openTab()
    const ends = countEnds(tab)
    expect((await tab.gatepost.currentUser())?.email).toBe('ann@example.com')
    server.endSession()
    expect(await tab.gatepost.currentUser()).toBeNull()
    await settle()
    expect(ends()).toBe(1)
  })

  test('is not told by currentUser to a page that never knew anybody', async () => {
    const stranger = createBrowser(server.origin).openTab()
    const ends = countEnds(stranger)
    expect(await stranger.gatepost.currentUser()).toBeNull()
    await settle()
    expect(ends()).toBe(0)
  })

  test('is not announced because the server is away', async () => {
    const tab = browser.openTab()
    const ends = countEnds(tab)
    const unreachable = createBrowser('http://127.0.0.1:1').openTab()
    await expect(unreachable.gatepost.currentUser()).rejects.toMatchObject({ name: 'GatepostError', code: 'unreachable', status: 0 })
    await settle()
    expect(ends()).toBe(0)
  })

  test('tells nobody who stopped listening', async () => {
    const { gatepost } = browser.openTab()
    let ends = 0
    gatepost.onSessionEnded(() => (ends += 1))()
    server.endSession()
    await gatepost.fetch('/api/notes')
    await settle()
    expect(ends).toBe(0)
  })

  test('by signing out is told to the other tabs, and the page goes where it was to go', async () => {
    const [leaving, other] = [browser.openTab(), browser.openTab()]
    const [endsInLeaving, endsInOther] = [countEnds(leaving), countEnds(other)]
    await leaving.gatepost.signOut({ returnTo: '/bye?from=here' })
    await settle()
    expect(leaving.navigations).toEqual([`${server.origin}/bye?from=here`])
    expect(browser.jar.has('gatepost_access')).toBe(false)
    expect(await leaving.gatepost.currentUser()).toBeNull()
    expect([endsInLeaving(), endsInOther()]).toEqual([0, 1])
    expect(server.requestsTo(REFRESH)).toBe(0)
  })
})
