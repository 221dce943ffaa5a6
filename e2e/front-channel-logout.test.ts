import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import type { Gatepost } from './harness/gatepost.ts'
import { startGatepost } from './harness/gatepost.ts'
import { signUp } from './harness/person.ts'
import type { RelyingApplication } from './harness/relying-application.ts'
import { startRelyingApplication } from './harness/relying-application.ts'

let browser: Browser
let gatepost: Gatepost
let shop: RelyingApplication
let folder: string
let clientId: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatepost-oidc-'))
  const database = { DATABASE_URL: `sqlite:${join(folder, 'gatepost.db')}`, ENCRYPTION_KEY: randomBytes(32).toString('hex') }
  ;[browser, gatepost, shop] = await Promise.all([launchChromium(), startGatepost({ ...database, RATE_LIMITS: 'off' }), startRelyingApplication()])
  clientId = await shop.register(database, ['--frontchannel-logout-uri', `${shop.origin}/frame`])
})
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
  await shop?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Signs somebody up and in at the application, and then out on our page. */
async function signOut(options: { javaScriptEnabled?: boolean; holdsFrames?: boolean }) {
  const { javaScriptEnabled = true, holdsFrames = false } = options
  const { page, context, complaints } = await openProfile(browser, gatepost.url, { javaScriptEnabled })
  onTestFinished(() => context.close())
  shop.holdsFrames = holdsFrames
  await signUp(page)
  const query = new URLSearchParams({ client_id: clientId, redirect_uri: shop.callback, response_type: 'code', scope: 'openid' })
  await page.goto(`/auth/oauth2/authorize?${query.toString()}`)
  await page.waitForURL(`${shop.origin}/home`)
  shop.opened.length = 0
  await page.goto('/auth/logout')
  await page.getByRole('button', { name: 'Sign out' }).click({ noWaitAfter: true })
  return { page, complaints }
}
const frames = () => shop.opened.filter((one) => one.startsWith('/frame'))

test.each([
  ['with scripts', true],
  ['without scripts', false],
])('who signs out on our page signs out at the application too, and is then taken on (%s)', async (_mode, javaScriptEnabled) => {
  const { page, complaints } = await signOut({ javaScriptEnabled })
  await page.waitForURL('**/auth/signed_out')
  const [frame, ...others] = frames()
  expect(others).toEqual([])
  expect(Object.fromEntries(new URLSearchParams(frame!.split('?')[1]))).toEqual({ iss: `${gatepost.url}/auth`, sid: expect.any(String) })
  expect(complaints).toEqual([])
})

test('an application that never answers keeps nobody on that page', async () => {
  const { page } = await signOut({ holdsFrames: true })
  await page.waitForURL('**/auth/signed_out')
  expect(frames()).toHaveLength(1)
})
