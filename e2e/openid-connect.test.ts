import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { bareEnvironment, REPOSITORY, startGatepost, type Gatepost } from './harness/gatepost.ts'
import { declinePasskey, signInHere, signUp } from './harness/person.ts'
import { CALLBACK_PATH, GOODBYE_PATH, reserveRelyingParty, type RelyingPartyApp } from './harness/relying-party.ts'

let browser: Browser
let gatepost: Gatepost
let app: RelyingPartyApp
beforeAll(async () => {
  ;[browser, gatepost, app] = await Promise.all([launchChromium(), startGatepost(), reserveRelyingParty('127.0.0.1')])
  const words = ['clients', 'create', '--name', 'Orchard', '--type', 'web', '--redirect-uri', `${app.url}${CALLBACK_PATH}`, '--post-logout-redirect-uri', `${app.url}${GOODBYE_PATH}`, '--json']
  const { stdout } = await promisify(execFile)(process.execPath, [join(REPOSITORY, 'server/src/main.ts'), ...words], { cwd: gatepost.folder, env: bareEnvironment() })
  const { client_id: clientId, client_secret: clientSecret } = JSON.parse(stdout) as { client_id: string; client_secret: string }
  await app.start({ issuer: `${gatepost.url}/auth`, clientId, clientSecret })
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
  await gatepost?.remove()
})

test.each([
  ['with scripts', true],
  ['without scripts', false],
])('a person signs in to an application of another site, comes back without being asked again, and signs out, %s', async (_how, javaScriptEnabled) => {
  const { page, context, complaints } = await openProfile(browser, gatepost.url, { javaScriptEnabled })
  onTestFinished(() => context.close())
  const email = await signUp(page)
  await context.clearCookies()

  await page.goto(app.url)
  await page.getByRole('link', { name: 'Sign in' }).click()
  await page.waitForURL('**/auth/login?**')
  await signInHere(page, email)
  await declinePasskey(page)
  await page.getByRole('heading', { name: 'Welcome' }).waitFor()
  expect(new URL(page.url()).origin).toBe(app.url)
  expect(await page.getByText(email).count()).toBe(1)

  await page.goto(`${app.url}/sign-in`)
  await page.getByRole('heading', { name: 'Welcome' }).waitFor()

  await page.getByRole('link', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Goodbye' }).waitFor()
  await page.goto(`${app.url}/sign-in`)
  await page.waitForURL('**/auth/login?**')
  expect(complaints).toEqual([])
})

test.each([
  ['with scripts', true],
  ['without scripts, by a button', false],
])('an answer by form reaches the application of another site, and nothing is held back by a policy, %s', async (_how, javaScriptEnabled) => {
  const { page, context, complaints } = await openProfile(browser, gatepost.url, { javaScriptEnabled })
  onTestFinished(() => context.close())
  const email = await signUp(page)
  await context.clearCookies()

  const state = 'a "quoted" <state>'
  await page.goto(`${app.url}/sign-in?${new URLSearchParams({ response_mode: 'form_post', state, login_hint: email }).toString()}`)
  expect(await page.getByLabel('Email or username').inputValue()).toBe(email)
  await signInHere(page, email)
  await declinePasskey(page)
  if (!javaScriptEnabled) await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'Welcome' }).waitFor()
  expect(await page.getByText('by POST').count()).toBe(1)
  expect(complaints).toEqual([])
})
