import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { startGatepost, type Gatepost } from './harness/gatepost.ts'
import { declinePasskey, signInHere, signUp } from './harness/person.ts'
import { startSinglePageClient, type SinglePageClient } from './harness/single-page-client.ts'

const LIBRARY = readFileSync(join(createRequire(import.meta.url).resolve('oidc-client-ts'), '../../browser/oidc-client-ts.min.js'), 'utf8')
const SCRIPT = `
  const manager = new oidc.UserManager({
    authority: issuer, client_id: clientId, redirect_uri: location.origin + '/callback', post_logout_redirect_uri: location.origin + '/goodbye', scope: 'openid email', loadUserInfo: true,
  })
  document.querySelector('#sign-in').onclick = () => manager.signinRedirect()
  document.querySelector('#sign-out').onclick = () => manager.signoutRedirect()
  document.querySelector('#renew').onclick = async () => {
    const before = await manager.getUser()
    const after = await manager.signinSilent()
    show(before.refresh_token !== after.refresh_token && before.access_token !== after.access_token ? 'Renewed' : 'Unchanged')
  }
  if (location.pathname === '/callback') history.replaceState(null, '', await manager.signinRedirectCallback().then(() => '/'))
  if (location.pathname === '/goodbye') await manager.signoutRedirectCallback()
  const user = await manager.getUser()
  show(user ? 'Hello ' + user.profile.email : 'Nobody')
`

let browser: Browser
let gatepost: Gatepost
let app: SinglePageClient
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startGatepost()])
  app = await startSinglePageClient(gatepost, { library: LIBRARY, script: SCRIPT, kind: 'text/javascript' })
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await gatepost?.remove()
})

test('oidc-client-ts signs a person in, renews its tokens without asking, and signs them out', async () => {
  const { page, context, complaints } = await openProfile(browser, gatepost.url)
  onTestFinished(() => context.close())
  const email = await signUp(page)
  await context.clearCookies()

  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const shown = (heading: string) => page.getByRole('heading', { name: heading }).waitFor()
  await page.goto(app.url)
  await shown('Nobody')
  await press('Sign in')
  await page.waitForURL('**/auth/login?**')
  await signInHere(page, email)
  await declinePasskey(page)
  await shown(`Hello ${email}`)
  await press('Renew')
  await shown('Renewed')

  await press('Sign out')
  await shown('Nobody')
  expect(new URL(page.url()).pathname).toBe('/goodbye')
  await press('Sign in')
  await page.waitForURL('**/auth/login?**')
  expect(complaints).toEqual([])
})
