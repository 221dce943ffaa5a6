import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { startGatepost, type Gatepost } from './harness/gatepost.ts'
import { declinePasskey, signInHere, signUp } from './harness/person.ts'
import { buildOidcSdk, startSinglePageClient, type SinglePageClient } from './harness/single-page-client.ts'

const SCRIPT = `
  const { createOidcSession } = await import('/sdk.js')
  const session = createOidcSession({ issuer, clientId, scope: 'openid email' })
  const user = await session.start().catch((error) => ({ claims: { email: error.code } }))
  Object.assign(window, { session })
  document.querySelector('#sign-in').onclick = () => session.signIn()
  document.querySelector('#sign-out').onclick = () => session.signOut({ returnTo: '/goodbye' })
  document.querySelector('#renew').onclick = async () => {
    const before = await session.accessToken()
    const now = Date.now
    // Half a minute before its end.
    Date.now = () => now() + 580_000
    const [after, other] = await Promise.all([session.accessToken(), session.accessToken()])
    Date.now = now
    show(before !== after && after === other ? 'Renewed' : 'Unchanged')
  }
  show(user ? 'Hello ' + user.claims.email : 'Nobody')
`

let browser: Browser
let gatepost: Gatepost
let app: SinglePageClient
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startGatepost()])
  app = await startSinglePageClient(gatepost, { library: buildOidcSdk(), script: SCRIPT })
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await gatepost?.remove()
})

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const shown = (page: Page, heading: string) => page.getByRole('heading', { name: heading }).waitFor()

test('a single-page application of another origin signs a person in, renews the tokens, and signs them out', async () => {
  const { page, context, complaints } = await openProfile(browser, gatepost.url)
  onTestFinished(() => context.close())
  const email = await signUp(page)
  await context.clearCookies()

  await page.goto(`${app.url}/orders?page=2#last`)
  await shown(page, 'Nobody')
  await press(page, 'Sign in')
  await page.waitForURL('**/auth/login?**')
  await signInHere(page, email)
  await declinePasskey(page)
  await shown(page, `Hello ${email}`)
  expect(page.url()).toBe(`${app.url}/orders?page=2#last`)
  await press(page, 'Renew')
  await shown(page, 'Renewed')

  // As text: a function would be rewritten by the test runner.
  const found = await page.evaluate(`(async () => ({
    stored: JSON.stringify({ ...localStorage, ...sessionStorage, cookie: document.cookie }),
    shown: await (await session.fetch('/api')).text(),
    token: await session.accessToken(),
    elsewhere: await session.fetch('https://evil.example/').catch((error) => error.name),
  }))()`)
  const { stored, shown: asked, token, elsewhere } = found as Record<'stored' | 'shown' | 'token' | 'elsewhere', string>
  expect([JSON.parse(stored), asked, elsewhere]).toEqual([{ cookie: '' }, `Bearer ${token}`, 'TypeError'])

  // Tokens are in memory alone: another page has to ask, and nobody is asked anything for it.
  await page.reload()
  await shown(page, 'Nobody')
  await press(page, 'Sign in')
  await shown(page, `Hello ${email}`)

  await press(page, 'Sign out')
  await page.waitForURL(`${app.url}/goodbye`)
  await shown(page, 'Nobody')
  await press(page, 'Sign in')
  await page.waitForURL('**/auth/login?**')
  expect(complaints).toEqual([])
})

test('an answer that this tab did not ask for signs nobody in', async () => {
  const { page, context } = await openProfile(browser, gatepost.url)
  onTestFinished(() => context.close())
  await page.goto(`${app.url}/callback?code=abc&state=def&iss=${encodeURIComponent(`${gatepost.url}/auth`)}`)
  await shown(page, 'Hello sign_in_unknown')
})
