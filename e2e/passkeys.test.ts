import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { addAuthenticator } from './harness/authenticator.ts'
import { launchChromium, openProfile, type Profile } from './harness/chromium.ts'
import { startGatepost, type Gatepost } from './harness/gatepost.ts'
import { signUp } from './harness/person.ts'

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

async function addPasskey(page: Page): Promise<void> {
  await page.goto('/auth/settings')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('Your passkey was added.').waitFor()
}

test('a person adds a passkey in the settings and signs in with its button, without typing a name', async () => {
  const { page, complaints } = await open()
  const authenticator = await addAuthenticator(page)
  await signUp(page)
  await addPasskey(page)
  expect(await authenticator.credentialIds()).toHaveLength(1)

  await page.context().clearCookies()
  // Autofill would answer by itself; here the person is to press the button.
  await authenticator.answers(false)
  await page.goto('/auth/login?return_to=/notes')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/auth/login')
  // The device answers from the moment on at which the button asks: a prompt that waits already would go on waiting.
  await page.route('**/login/passkey/options', async (route) => {
    await authenticator.answers(true)
    await route.continue()
  })
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL('**/notes')
  expect(complaints).toEqual([])
})

test('a person picks a passkey that the browser offers in the field of the name', async () => {
  const { page, complaints } = await open()
  await addAuthenticator(page)
  await signUp(page)
  await addPasskey(page)

  await page.context().clearCookies()
  await page.goto('/auth/login?return_to=/notes')
  await page.waitForURL('**/notes')
  expect(complaints).toEqual([])
})

test('a person names, uses for proving again, and removes a passkey', async () => {
  const { page, complaints } = await open()
  const authenticator = await addAuthenticator(page)
  await signUp(page)
  await addPasskey(page)
  await page.getByText('Rename', { exact: true }).click()
  await page.getByLabel('New name').fill('Key <ring>')
  await page.getByRole('button', { name: 'Save name' }).last().click()
  await page.getByText('The name of your passkey was saved.').waitFor()
  await page.getByText('Key <ring>').first().waitFor()

  await page.goto('/auth/reauthenticate?return_to=/auth/settings')
  await page.getByRole('button', { name: 'Use a passkey instead' }).click()
  await page.waitForURL('**/auth/settings')

  await page.getByRole('button', { name: 'Remove Key <ring>' }).click()
  await page.getByText('Your passkey was removed.').waitFor()
  await page.goto('/auth/reauthenticate?return_to=/auth/settings')
  await page.getByRole('heading', { name: 'Confirm it is you' }).waitFor()
  expect(await page.getByRole('button', { name: 'Use a passkey instead' }).count()).toBe(0)

  // The device still has it; the server says no, and the other ways are still there.
  await page.context().clearCookies()
  // The page that says no offers passkeys again, and this device would answer at once, again and again.
  const refused = page.waitForResponse((response) => response.status() === 422)
  await page.goto('/auth/login?return_to=/notes').catch(() => undefined)
  await refused
  await authenticator.answers(false)
  await page.getByText('This passkey was not accepted.').waitFor()
  await page.getByLabel('Email or username').waitFor()
  expect(complaints).toEqual([])
})

test('a person who is not verified by the device adds nothing, hears why, and may try again', async () => {
  const { page, complaints } = await open()
  const authenticator = await addAuthenticator(page)
  await signUp(page)
  await authenticator.verifies(false)
  await page.goto('/auth/settings')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('No passkey was used.').waitFor()
  await authenticator.verifies(true)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('Your passkey was added.').waitFor()
  expect(complaints).toEqual([])
})

test('without scripts nothing of passkeys is offered that could not work', async () => {
  const { context, page } = await openProfile(browser, gatepost.url, { javaScriptEnabled: false })
  onTestFinished(() => context.close())
  await page.goto('/auth/login')
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
  expect(await page.getByRole('button', { name: 'Sign in with a passkey' }).count()).toBe(0)
})
