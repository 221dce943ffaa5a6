import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOidcSessionIn, type OidcSessionOptions } from '../src/oidc/create-oidc-session.ts'
import type { OidcPage } from '../src/oidc/oidc-page.ts'
import { startProvider, type SimulatedProvider } from './simulated-provider.ts'

const ORIGIN = 'https://shop.example.com'
let provider: SimulatedProvider
let clockOffset: number
beforeEach(async () => {
  clockOffset = 0
  provider = await startProvider()
})
afterEach(() => provider.stop())

/** A tab at an address; where it was sent, and what it keeps. */
function openTab(options: Partial<OidcSessionOptions> = {}) {
  const stored = new Map<string, string>()
  const tab = { address: `${ORIGIN}/orders?page=2#last`, stored }
  const page: OidcPage = {
    origin: ORIGIN,
    href: () => tab.address,
    navigate: (url) => void (tab.address = url),
    replaceAddress: (url) => void (tab.address = new URL(url, ORIGIN).href),
    storage: { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => void stored.set(key, value), removeItem: (key) => void stored.delete(key) },
    now: () => Date.now() + clockOffset,
  }
  const session = createOidcSessionIn(page, { issuer: provider.issuer, clientId: 'spa', apis: [new URL(provider.api).origin], ...options })
  return { tab, session }
}

/** What the provider would send the browser back to, with what is changed. */
function answerTo(address: string, changed: Record<string, string> = {}): string {
  const asked = new URL(address).searchParams
  provider.behaviour.nonce = asked.get('nonce') ?? ''
  return `${asked.get('redirect_uri')}?${new URLSearchParams({ code: 'code-1', state: asked.get('state') ?? '', iss: provider.issuer, ...changed }).toString()}`
}
async function signIn(options: Partial<OidcSessionOptions> = {}) {
  const opened = openTab(options)
  await opened.session.signIn()
  opened.tab.address = answerTo(opened.tab.address)
  const user = await opened.session.start()
  return { ...opened, user }
}

describe('a sign-in of a single-page application', () => {
  it('goes out with PKCE, state and nonce, and comes back to where it began, without the code', async () => {
    const { tab, session } = openTab()
    await session.signIn({ loginHint: 'ana@example.com', maxAgeSeconds: 60, prompt: 'login' })
    const asked = Object.fromEntries(new URL(tab.address).searchParams)
    expect(asked).toMatchObject({ client_id: 'spa', response_type: 'code', redirect_uri: `${ORIGIN}/callback`, scope: 'openid profile email', code_challenge_method: 'S256', login_hint: 'ana@example.com', max_age: '60', prompt: 'login' })
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).toMatch(/^[A-Za-z0-9_-]{43}$/)
    const { tab: back, user } = await signIn()
    expect(user).toMatchObject({ id: 'ana', claims: { email: 'ana@example.com' } })
    expect([back.address, [...back.stored.values()]]).toEqual([`${ORIGIN}/orders?page=2#last`, []])
    expect(provider.asked[0]).toMatchObject({ grant_type: 'authorization_code', code: 'code-1', client_id: 'spa', code_verifier: expect.stringMatching(/^.{43}$/) })
  })

  it.each([
    ['of another state', { state: 'x'.repeat(43) }, 'sign_in_unknown'],
    ['of another issuer', { iss: 'https://evil.example' }, 'unexpected_answer'],
    ['that is a refusal', { error: 'login_required' }, 'login_required'],
  ])('is not taken with an answer %s', async (_what, changed, code) => {
    const { tab, session } = openTab()
    await session.signIn()
    tab.address = answerTo(tab.address, changed)
    await expect(session.start()).rejects.toMatchObject({ code })
    expect(provider.asked).toEqual([])
    await expect(session.accessToken()).rejects.toMatchObject({ code: 'signed_out' })
  })

  it('is not taken with the nonce of another, nor twice', async () => {
    const { tab, session } = openTab()
    await session.signIn()
    const answer = answerTo(tab.address)
    provider.behaviour.nonce = 'another'
    tab.address = answer
    await expect(session.start()).rejects.toMatchObject({ code: 'unexpected_answer' })
    tab.address = answer
    await expect(session.start()).rejects.toMatchObject({ code: 'sign_in_unknown' })
  })

  it('never leads to another origin', async () => {
    const { session } = openTab()
    for (const returnTo of ['https://evil.example/', '//evil.example', '/\\evil.example']) await expect(session.signIn({ returnTo })).rejects.toThrow(TypeError)
  })
})

describe('the tokens of a single-page application', () => {
  it('are renewed once for all callers, half a minute before they end, each refresh token once', async () => {
    const { session } = await signIn()
    expect(await session.accessToken()).toBe('access-1')
    clockOffset = 571_000
    expect(await Promise.all(Array.from({ length: 20 }, () => session.accessToken()))).toEqual(Array.from({ length: 20 }, () => 'access-2'))
    clockOffset += 600_000
    expect(await session.accessToken()).toBe('access-3')
    expect(provider.asked.slice(1).map((one) => one['refresh_token'])).toEqual(['refresh-1', 'refresh-2'])
  })

  it('end when a renewal is refused, and listeners hear of it once; not when the server is away', async () => {
    const { session } = await signIn()
    let heard = 0
    session.onSessionEnded(() => (heard += 1))
    clockOffset = 600_000
    provider.behaviour.refuses = 'temporarily_unavailable'
    await expect(session.accessToken()).rejects.toMatchObject({ code: 'temporarily_unavailable' })
    provider.behaviour.refuses = 'invalid_grant'
    for (let times = 0; times < 3; times++) await expect(session.accessToken()).rejects.toMatchObject({ code: 'signed_out' })
    expect([heard, await session.start()]).toEqual([1, null])
  })

  it('are shown to the APIs that were named, and renewed once where those refuse them', async () => {
    const { session } = await signIn()
    expect((await session.fetch(provider.api, { method: 'POST', body: '{}' })).status).toBe(200)
    provider.behaviour.apiStatus = 401
    expect((await session.fetch(provider.api)).status).toBe(401)
    expect(provider.shown.map((one) => one.authorization)).toEqual(['Bearer access-1', 'Bearer access-1', 'Bearer access-2'])
    await expect(session.fetch('https://evil.example/')).rejects.toThrow(TypeError)
  })

  it('are for the API where it has an identifier: the first one, for UserInfo, is not shown to it', async () => {
    const { session } = await signIn({ resource: 'https://api.example.com' })
    await session.fetch(provider.api)
    expect(provider.asked[1]).toMatchObject({ grant_type: 'refresh_token', resource: 'https://api.example.com' })
    expect(provider.shown.map((one) => one.authorization)).toEqual(['Bearer access-2'])
  })

  it('are gone after signing out, which leads by the provider', async () => {
    const { tab, session } = await signIn()
    await session.signOut({ returnTo: '/goodbye' })
    const asked = new URL(tab.address)
    expect([asked.pathname, asked.searchParams.get('post_logout_redirect_uri'), asked.searchParams.get('id_token_hint')?.split('.').length]).toEqual(['/end', `${ORIGIN}/goodbye`, 3])
    await expect(session.accessToken()).rejects.toMatchObject({ code: 'signed_out' })
  })

  it('are bound to a key of the page where that is asked for, with the nonce of the server', async () => {
    Object.assign(provider.behaviour, { isBound: true, wantsProofNonce: true })
    const { session } = await signIn({ dpop: true })
    await session.fetch(`${provider.api}?page=2`)
    expect(provider.shown).toEqual([{ authorization: 'DPoP access-1', proof: expect.objectContaining({ jti: expect.any(String) as string }) as object }])
    expect(provider.asked).toHaveLength(2)
  })

  it('are not taken as bearer tokens where they were to be bound', async () => {
    await expect(signIn({ dpop: true })).rejects.toMatchObject({ code: 'unexpected_answer' })
  })
})
