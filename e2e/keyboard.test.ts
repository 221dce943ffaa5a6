import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { totpCode } from '../scripts/test-services/authenticator-app.ts'
import { addAuthenticator } from './harness/authenticator.ts'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { startGatepost, type Gatepost } from './harness/gatepost.ts'
import { listStops, pressTab, tabTo } from './harness/keyboard.ts'
import { readCode } from './harness/mailbox.ts'
import { GOOD_PASSWORD, newAddress, signUp } from './harness/person.ts'

const TIMEOUT_MS = 120_000

let browser: Browser
let gatepost: Gatepost
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startGatepost()])
})
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
})

async function open(): Promise<Page> {
  const { context, page } = await openProfile(browser, gatepost.url, { reducedMotion: 'reduce' })
  onTestFinished(() => context.close())
  return page
}

const keys = {
  type: (page: Page, text: string) => page.keyboard.type(text),
  press: (page: Page, key: 'Enter' | 'Space') => page.keyboard.press(key),
}

test('a person signs up with the keyboard alone', { timeout: TIMEOUT_MS }, async () => {
  const page = await open()
  const email = newAddress()
  await page.goto('/auth/signup?return_to=/notes')
  // The first field has the focus already.
  await keys.type(page, email)
  await tabTo(page, 'Password')
  await keys.type(page, GOOD_PASSWORD)
  await tabTo(page, 'Show password')
  await keys.press(page, 'Space')
  expect(await page.getByLabel('Password', { exact: true }).getAttribute('type')).toBe('text')
  await tabTo(page, 'Create account')
  await keys.press(page, 'Enter')
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
  await keys.type(page, await readCode(page.context(), email, /create your .* account/))
  await page.waitForURL('**/notes')
})

test('the settings are gone through in the order of their sections, each stop seen, and their list leads to each', { timeout: TIMEOUT_MS }, async () => {
  const page = await open()
  await addAuthenticator(page)
  await signUp(page)
  await page.goto('/auth/settings')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('Your passkey was added.').waitFor()
  await page.goto('/auth/settings')

  const headings = await page.locator('section h2').allTextContents()
  const stops = await listStops(page)
  expect(stops.slice(0, headings.length + 1).map(({ name }) => name)).toEqual(['Sign out', ...headings])
  const sections = stops.map(({ section }) => section).filter((section, index, all) => section !== '' && section !== all[index - 1])
  // On the one device that is signed in nothing is to be pressed in that section.
  expect(sections).toEqual(headings.filter((heading) => heading !== 'Where you are signed in'))
  expect(stops.at(-1)?.name).toBe('Change')

  await page.goto('/auth/settings')
  await tabTo(page, 'Passkeys')
  await keys.press(page, 'Enter')
  expect(await pressTab(page)).toEqual({ name: expect.stringMatching(/^Rename /), section: 'Passkeys' })
  await keys.press(page, 'Enter')
  expect(await pressTab(page)).toEqual({ name: 'New name', section: 'Passkeys' })
  await page.keyboard.press('ControlOrMeta+a')
  await keys.type(page, 'Key ring')
  await tabTo(page, 'Save name')
  await keys.press(page, 'Space')
  await page.getByText('The name of your passkey was saved.').waitFor()
})

test('a person sets up a second factor, and passes it, with the keyboard alone', { timeout: TIMEOUT_MS }, async () => {
  const page = await open()
  const email = await signUp(page)
  await page.goto('/auth/settings')
  await tabTo(page, 'Add an authenticator app')
  await keys.press(page, 'Enter')
  await page.getByRole('heading', { name: 'Set up an authenticator app' }).waitFor()
  const key = ((await page.locator('code').textContent()) ?? '').replaceAll(' ', '')
  await keys.type(page, totpCode(key, Date.now()))
  await tabTo(page, 'Name')
  await keys.type(page, 'Telephone')
  await keys.press(page, 'Enter')
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  const recoveryCode = (await page.locator('.gp-codes li').first().textContent()) ?? ''
  await tabTo(page, 'I have kept them')
  await keys.press(page, 'Enter')
  await page.getByText('Codes left: 10').waitFor()

  await page.context().clearCookies()
  await page.goto('/auth/login?return_to=/notes')
  await keys.type(page, email)
  await tabTo(page, 'Password')
  await keys.type(page, GOOD_PASSWORD)
  await keys.press(page, 'Enter')
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  const trust = 'Do not ask again in this browser for 30 days'
  await tabTo(page, trust)
  await keys.press(page, 'Space')
  expect(await page.getByLabel(trust).isChecked()).toBe(true)
  await tabTo(page, 'Use a recovery code instead')
  await keys.press(page, 'Space')
  expect((await pressTab(page))?.name).toBe('Recovery code')
  await keys.type(page, recoveryCode)
  await keys.press(page, 'Enter')
  await page.waitForURL('**/notes')
})
