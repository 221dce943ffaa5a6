import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { bareEnvironment, REPOSITORY, startGatepost, type Gatepost } from './harness/gatepost.ts'
import { faultsOf, inspectPages } from './harness/inspect-pages.ts'
import { signUp } from './harness/person.ts'

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

let browser: Browser
let gatepost: Gatepost
let clientId: string
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startGatepost()])
  const words = ['clients', 'create', '--name', 'Television', '--type', 'native', '--grant-type', DEVICE_GRANT, 'refresh_token', '--json']
  const { stdout } = await promisify(execFile)(process.execPath, [join(REPOSITORY, 'server/src/main.ts'), ...words], { cwd: gatepost.folder, env: bareEnvironment() })
  clientId = (JSON.parse(stdout) as { client_id: string }).client_id
})
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
})

async function ask(path: string, fields: Record<string, string>): Promise<Record<string, string>> {
  const answer = await fetch(`${gatepost.url}/auth/oauth2/${path}`, { method: 'POST', body: new URLSearchParams({ client_id: clientId, ...fields }), signal: AbortSignal.timeout(10_000) })
  return (await answer.json()) as Record<string, string>
}

const poll = (device: Record<string, string>) => ask('token', { grant_type: DEVICE_GRANT, device_code: device['device_code']! })

test.each([
  ['with scripts', true],
  ['without scripts', false],
])('a person opens the address that a television shows, signs in, compares the code and lets it in, %s', async (_how, javaScriptEnabled) => {
  const { page, context, complaints } = await openProfile(browser, gatepost.url, { javaScriptEnabled, reducedMotion: 'reduce' })
  onTestFinished(() => context.close())
  const { look, seen } = await inspectPages(page)
  const inspect = (name: string) => (javaScriptEnabled ? look(name) : Promise.resolve())
  const email = await signUp(page)

  const device = await ask('device_authorization', { scope: 'openid email' })
  await page.goto(device['verification_uri_complete']!)
  await page.getByRole('heading', { name: 'Connect a device' }).waitFor()
  await inspect('device code')
  expect(await page.getByLabel('Code on the device').inputValue()).toBe(device['user_code'])
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'Television asks for access to your account' }).waitFor()
  await inspect('device confirmation')
  for (const text of [device['user_code']!, email]) expect(await page.getByText(text).count()).toBe(1)
  await page.getByText('Allow it only if you started this yourself').waitFor()
  expect(await poll(device)).toMatchObject({ error: 'authorization_pending' })
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await page.getByRole('heading', { name: 'Your device is connected' }).waitFor()
  expect((await poll(device))['access_token']).toBeTruthy()

  await page.goto('/auth/device')
  await page.getByLabel('Code on the device').fill(device['user_code']!.toLowerCase())
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('This code is unknown or over').waitFor()
  await inspect('device code unknown')
  expect(faultsOf(seen)).toEqual([])
  expect(complaints).toEqual([])
})
