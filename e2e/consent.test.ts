import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { bareEnvironment, REPOSITORY, startGatepost, type Gatepost } from './harness/gatepost.ts'
import { faultsOf, inspectPages } from './harness/inspect-pages.ts'
import { signUp } from './harness/person.ts'
import { CALLBACK_PATH, reserveRelyingParty, type RelyingPartyApp } from './harness/relying-party.ts'

let browser: Browser
let gatepost: Gatepost
let app: RelyingPartyApp
beforeAll(async () => {
  ;[browser, gatepost, app] = await Promise.all([launchChromium(), startGatepost(), reserveRelyingParty('127.0.0.1')])
  const words = ['clients', 'create', '--name', 'Orchard', '--type', 'third-party', '--redirect-uri', `${app.url}${CALLBACK_PATH}`, '--json']
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
])('a person lets somebody else’s application in, is not asked again, and takes the access away, %s', async (_how, javaScriptEnabled) => {
  const { page, context, complaints } = await openProfile(browser, gatepost.url, { javaScriptEnabled, reducedMotion: 'reduce' })
  onTestFinished(() => context.close())
  const email = await signUp(page)

  await page.goto(`${app.url}/sign-in`)
  await page.getByRole('heading', { name: 'Orchard asks for access to your account' }).waitFor()
  if (javaScriptEnabled) {
    const { look, seen } = await inspectPages(page)
    await look('consent')
    expect(faultsOf(seen)).toEqual([])
  }
  expect(await page.getByRole('listitem').allTextContents()).toEqual(['An identifier by which it knows you again', 'Your profile, such as your name and picture', 'Your email address'])
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await page.getByRole('heading', { name: 'Welcome' }).waitFor()
  expect(await page.getByText(email).count()).toBe(1)

  await page.goto(`${app.url}/sign-in`)
  await page.getByRole('heading', { name: 'Welcome' }).waitFor()

  await page.goto(`${gatepost.url}/auth/settings`)
  await page.getByRole('button', { name: 'Remove access: Orchard' }).click()
  await page.getByText('The application has no access any more.').waitFor()
  await page.goto(`${app.url}/sign-in`)
  await page.getByRole('button', { name: 'Do not allow' }).click()
  await page.getByRole('heading', { name: 'Refused: access_denied' }).waitFor()
  expect(new URL(page.url()).origin).toBe(app.url)
  expect(complaints).toEqual([])
})
