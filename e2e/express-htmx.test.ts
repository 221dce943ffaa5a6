import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile, type Profile } from './harness/chromium.ts'
import { startGatepost, type Gatepost } from './harness/gatepost.ts'
import { newAddress, signIn, signInHere, signUp } from './harness/person.ts'

const ACCESS_COOKIE = 'gatepost_access'

let browser: Browser
let gatepost: Gatepost
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startGatepost()])
})
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
})

async function open(): Promise<Profile> {
  const profile = await openProfile(browser, gatepost.url)
  onTestFinished(() => profile.context.close())
  return profile
}

async function addNote(page: Page, text: string): Promise<void> {
  await page.getByLabel('New note').fill(text)
  await page.getByRole('button', { name: 'Add' }).click()
}

test('notes are added and deleted without leaving the page', async () => {
  const { page, complaints } = await open()
  await signUp(page)
  await page.evaluate(() => (document.documentElement.dataset['seen'] = 'before'))

  await addNote(page, 'buy <b>milk</b>')
  await page.locator('.notes p').getByText('buy <b>milk</b>', { exact: true }).waitFor()
  expect(await page.getByLabel('New note').evaluate((input) => input === document.activeElement)).toBe(true)
  await addNote(page, 'call Ada')
  await page.getByText('call Ada').waitFor()
  await page.getByRole('button', { name: 'Delete the note: buy' }).click()
  await page.getByText('buy <b>milk</b>').waitFor({ state: 'detached' })
  expect(await page.locator('.notes li').count()).toBe(1)
  await page.getByRole('button', { name: 'Delete the note: call Ada' }).click()
  await page.getByText('Nothing here yet.').waitFor()

  expect(await page.evaluate(() => document.documentElement.dataset['seen'])).toBe('before')
  expect(complaints).toEqual([])
})

test('an htmx request with an expired access token leads through sign-in and back, and what was typed is still there', async () => {
  const { page, context, complaints } = await open()
  await signUp(page)
  await context.clearCookies({ name: ACCESS_COOKIE })
  await addNote(page, 'written & kept?')
  await page.waitForURL(/\/notes\?text=/)
  expect(await page.getByLabel('New note').inputValue()).toBe('written & kept?')
  await page.getByRole('button', { name: 'Add' }).click()
  await page.locator('.notes p').getByText('written & kept?').waitFor()

  await context.clearCookies({ name: ACCESS_COOKIE })
  await page.getByRole('button', { name: 'Delete the note: written' }).click()
  await page.waitForURL((url) => url.pathname === '/notes' && url.search === '')
  await page.getByRole('button', { name: 'Delete the note: written' }).click()
  await page.getByText('Nothing here yet.').waitFor()
  expect(complaints).toEqual([])
})

test('an htmx request of a session that was ended elsewhere leads to the sign-in page, and from there to the note', async () => {
  const [{ page, context }, other] = [await open(), await open()]
  const email = await signUp(page, newAddress())
  await signIn(other.page, email)
  await other.page.goto('/auth/settings')
  await other.page.getByRole('button', { name: 'Sign out all other devices' }).click()
  await other.page.getByText('All other devices are signed out.').waitFor()

  // The application takes an access token at its word for the rest of its ten minutes; they are over now.
  await context.clearCookies({ name: ACCESS_COOKIE })
  await addNote(page, 'typed too late')
  await page.waitForURL('**/auth/login?**')
  await signInHere(page, email)
  await page.waitForURL(/\/notes\?text=/)
  expect(await page.getByLabel('New note').inputValue()).toBe('typed too late')
})
