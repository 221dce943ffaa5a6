import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile, type Profile } from './harness/chromium.ts'
import { newAddress, signInHere, signUpHere } from './harness/person.ts'
import { startSinglePage, type SinglePage } from './harness/single-page.ts'

const ACCESS_COOKIE = 'gatepost_access'

let browser: Browser
let application: SinglePage
beforeAll(async () => {
  ;[browser, application] = await Promise.all([launchChromium(), startSinglePage()])
})
afterAll(async () => {
  await browser?.close()
  await application?.remove()
})

async function openSignedIn(): Promise<Profile & { email: string }> {
  const profile = await openProfile(browser, application.url)
  onTestFinished(() => profile.context.close())
  const email = newAddress()
  await profile.page.goto('/')
  await profile.page.getByRole('button', { name: 'Create an account' }).click()
  await signUpHere(profile.page, email)
  await profile.page.getByRole('heading', { name: 'Your notes' }).waitFor()
  return { ...profile, email }
}

async function addNote(page: Page, text: string): Promise<void> {
  await page.getByLabel('New note').fill(text)
  await page.getByRole('button', { name: 'Add' }).click()
  await page.locator('#notes p').getByText(text, { exact: true }).waitFor()
}

/** Counts what the whole browser asks of the server, whichever tab asks. */
function countRefreshes(context: BrowserContext): () => number {
  let count = 0
  context.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/auth/api/v1/sessions/refresh')) count += 1
  })
  return () => count
}

test('a person signs in from a page that the browser renders, keeps notes, signs out and in again', async () => {
  const { page, email, complaints } = await openSignedIn()
  expect(await page.locator('#email').innerText()).toBe(`${email} (verified)`)
  await addNote(page, 'buy <b>milk</b>')
  await addNote(page, 'call Ada')
  await page.getByRole('button', { name: 'Delete the note: buy' }).click()
  await page.getByText('buy <b>milk</b>').waitFor({ state: 'detached' })

  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in' }).click()
  await signInHere(page, email)
  await page.locator('#notes p').getByText('call Ada').waitFor()
  expect(complaints).toEqual([])
})

test('two tabs whose access tokens expired refresh once together, and both go on', async () => {
  const { page, context } = await openSignedIn()
  const second = await context.newPage()
  await second.goto('/')
  await second.getByRole('heading', { name: 'Your notes' }).waitFor()
  await context.clearCookies({ name: ACCESS_COOKIE })
  const refreshes = countRefreshes(context)
  await Promise.all([addNote(page, 'from the first tab'), addNote(second, 'from the second tab')])
  expect(refreshes()).toBe(1)
  await Promise.all([addNote(page, 'once more here'), addNote(second, 'once more there')])
  expect(refreshes()).toBe(1)
})

test('twenty requests at once with an expired access token lead to one refresh', async () => {
  const { page, context } = await openSignedIn()
  await context.clearCookies({ name: ACCESS_COOKIE })
  const refreshes = countRefreshes(context)
  // As text: a function would be rewritten by the test runner, import and all.
  const statuses = await page.evaluate(`(async () => {
    const { createGatepost } = await import('/sdk/index.js')
    const gatepost = createGatepost({ basePath: '/auth' })
    const responses = await Promise.all(Array.from({ length: 20 }, () => gatepost.fetch('/api/notes')))
    return responses.map((response) => response.status)
  })()`)
  expect(statuses).toEqual(Array.from({ length: 20 }, () => 200))
  expect(refreshes()).toBe(1)
})

test('signing out in one tab shows in the other, and what one of them does next asks for sign-in', async () => {
  const { page, context } = await openSignedIn()
  const second = await context.newPage()
  await second.goto('/')
  await second.getByRole('heading', { name: 'Your notes' }).waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await second.getByRole('button', { name: 'Sign in' }).waitFor()
  expect(await second.locator('#email').textContent()).toBe('')
  await second.getByRole('button', { name: 'Sign in' }).click()
  await second.waitForURL('**/auth/login?**')
})

test('a session that was ended elsewhere ends in the page with the next request after its access token', async () => {
  const { page, context, email } = await openSignedIn()
  const other = await openProfile(browser, application.url)
  onTestFinished(() => other.context.close())
  await other.page.goto('/auth/login?return_to=/auth/settings')
  await signInHere(other.page, email)
  await other.page.getByRole('button', { name: 'Sign out all other devices' }).click()
  await other.page.getByText('All other devices are signed out.').waitFor()

  await context.clearCookies({ name: ACCESS_COOKIE })
  await page.getByLabel('New note').fill('typed too late')
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByText('You are signed out. Sign in again to go on.').waitFor()
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
})
