import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import type { Gatepost } from './harness/gatepost.ts'
import { startGatepost } from './harness/gatepost.ts'
import { signInHere, signUp } from './harness/person.ts'
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
  clientId = await shop.register(database)
})
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
  await shop?.close()
  await rm(folder, { recursive: true, force: true })
})

function request(parameters: Record<string, string> = {}): string {
  const query = { client_id: clientId, redirect_uri: shop.callback, response_type: 'code', scope: 'openid', state: 'a "quoted" <state>', ...parameters }
  return `/auth/oauth2/authorize?${new URLSearchParams(query).toString()}`
}

async function open(options: { javaScriptEnabled?: boolean } = {}) {
  const profile = await openProfile(browser, gatepost.url, options)
  onTestFinished(() => profile.context.close())
  shop.received.length = 0
  return profile
}

for (const [mode, method] of [['query', 'GET'], ['form_post', 'POST']] as const) {
  test(`who signs in on our page is taken to an application at another origin (${mode}), and nothing is held back by a policy`, async () => {
    const { page, context, complaints } = await open()
    const email = await signUp(page)
    await context.clearCookies()
    await page.goto(request({ response_mode: mode, login_hint: email }))
    expect(await page.getByLabel('Email or username').inputValue()).toBe(email)
    await signInHere(page, email)
    await page.waitForURL(`${shop.origin}/home`)
    expect(shop.received.map((one) => one.method)).toEqual([method])
    expect(shop.received[0]!.parameters.get('state')).toBe('a "quoted" <state>')
    expect(shop.received[0]!.parameters.get('code')).toBeTruthy()
    expect(complaints).toEqual([])
  })
}

test('without scripts a button takes the answer to the application', async () => {
  const { page } = await open({ javaScriptEnabled: false })
  await signUp(page)
  await page.goto(request({ response_mode: 'form_post' }))
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL(`${shop.origin}/home`)
  expect(shop.received.map(({ method, parameters }) => [method, parameters.has('code')])).toEqual([['POST', true]])
})
