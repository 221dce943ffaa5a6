// Authenticator app, recovery codes and trusted browser, which live together; and what passwords and passkeys are to them.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { addAuthenticator } from './harness/authenticator.ts'
import { createAuthenticatorApp, type AuthenticatorApp } from './harness/authenticator-app.ts'
import { launchChromium, openProfile, type Profile } from './harness/chromium.ts'
import { startDeclaredGatepost, type DeclaredGatepost } from './harness/declared-gatepost.ts'
import { readCode } from './harness/mailbox.ts'
import { enterCode, GOOD_PASSWORD, newAddress, OTHER_PASSWORD, provenAt, signInHere, signOut, signUp, signUpHere } from './harness/person.ts'

const WALK = { timeout: 120_000 }
const TRUST = 'Do not ask again in this browser for 30 days'

let browser: Browser
let gatepost: DeclaredGatepost
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startDeclaredGatepost()])
})
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
})

async function open(options: { javaScriptEnabled?: boolean } = {}): Promise<Profile> {
  const profile = await openProfile(browser, gatepost.url, options)
  onTestFinished(() => profile.context.close())
  return profile
}

/** From the page with the key to the recovery codes, which are returned. */
async function setUpApp(page: Page): Promise<{ app: AuthenticatorApp; recoveryCodes: string[] }> {
  await page.getByRole('heading', { name: 'Set up an authenticator app' }).waitFor()
  const app = createAuthenticatorApp(await page.locator('code').innerText())
  await page.getByLabel('Code', { exact: true }).fill(await app.nextCode())
  await page.getByRole('button', { name: 'Confirm' }).click()
  return { app, recoveryCodes: await keepRecoveryCodes(page) }
}

async function keepRecoveryCodes(page: Page): Promise<string[]> {
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  const codes = await page.locator('.gp-codes li').allInnerTexts()
  expect(new Set(codes).size).toBe(10)
  // A link in the settings, where they are kept already, and a button in a flow, whose finish keeps them.
  await page.getByText('I have kept them').click()
  return codes
}

async function giveAppCode(page: Page, app: AuthenticatorApp): Promise<void> {
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  await page.getByLabel('Code', { exact: true }).fill(await app.nextCode())
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function giveRecoveryCode(page: Page, code = ''): Promise<void> {
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  await page.getByText('Use a recovery code instead').click()
  await page.getByLabel('Recovery code').fill(code)
  await page.getByRole('button', { name: 'Use recovery code' }).click()
}

async function signInFromNotes(page: Page, email: string, password?: string): Promise<void> {
  await page.goto('/auth/login?return_to=/notes')
  await signInHere(page, email, password)
}

async function resetPassword(page: Page, email: string): Promise<void> {
  await page.goto('/auth/reset_password')
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Send code' }).click()
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
  await enterCode(page, await readCode(page.context(), email, /reset your .* password/))
  await page.getByLabel('New password').fill(OTHER_PASSWORD)
  await page.getByRole('button', { name: 'Save new password' }).click()
  await page.getByText('Your password was changed').waitFor()
}

async function proveAgainByPassword(page: Page, password = GOOD_PASSWORD): Promise<void> {
  await page.getByRole('heading', { name: 'Confirm it is you' }).waitFor()
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
}

test('an authenticator app is set up at sign-up, is the second step, proves again, and a browser is trusted until it is asked again', WALK, async () => {
  await gatepost.declare('second_factor: { mode: required }\npasskey: { prompt: off }\n')
  const { page, complaints } = await open()
  const email = newAddress()
  await page.goto('/auth/signup?return_to=/notes')
  await signUpHere(page, email)
  const { app, recoveryCodes } = await setUpApp(page)
  await page.waitForURL('**/notes')

  await signOut(page)
  await signInFromNotes(page, email)
  await page.getByLabel(TRUST).check()
  await giveAppCode(page, app)
  await page.waitForURL('**/notes')

  // Trusted, the browser is spared the second step at sign-in, and at nothing that changes the account.
  await signOut(page)
  await signInFromNotes(page, email)
  await page.waitForURL('**/notes')
  const before = await provenAt(page)
  await page.goto('/auth/settings')
  await page.getByRole('button', { name: 'Make new recovery codes' }).click()
  await proveAgainByPassword(page)
  expect(await page.getByLabel(TRUST).count()).toBe(0)
  await giveAppCode(page, app)
  await page.waitForURL('**/auth/settings**')
  expect(await provenAt(page)).toBeGreaterThan(before)

  // Until its owner takes the trust back.
  await page.getByRole('button', { name: /^Ask again in / }).click()
  await page.getByText('That browser is asked for the second step again.').waitFor()
  await signOut(page)
  await signInFromNotes(page, email)
  await giveRecoveryCode(page, recoveryCodes[0])
  await page.waitForURL('**/notes')

  // New recovery codes end the old ones, and prove again, too.
  await page.goto('/auth/settings')
  await page.getByText('Codes left: 9').waitFor()
  await page.getByRole('button', { name: 'Make new recovery codes' }).click()
  const newCodes = await keepRecoveryCodes(page)
  await page.getByText('Codes left: 10').waitFor()
  await page.goto('/auth/reauthenticate?return_to=/auth/settings')
  await proveAgainByPassword(page)
  await giveRecoveryCode(page, recoveryCodes[1])
  await page.getByText('That code is not right').waitFor()
  await giveRecoveryCode(page, newCodes[1])
  await page.getByText('Codes left: 9').waitFor()
  await page.getByRole('button', { name: /^Remove / }).click()
  await page.getByText('A second step is required here').waitFor()
  expect(complaints).toEqual([])
})

test('without scripts, a recovery code stands in for a lost app after the password was reset, which ends trust, until the app is removed', WALK, async () => {
  await gatepost.declare('second_factor: { mode: optional }\n')
  const { page } = await open({ javaScriptEnabled: false })
  const email = await signUp(page)
  await page.goto('/auth/settings')
  await page.getByRole('link', { name: 'Add an authenticator app' }).click()
  const { app, recoveryCodes } = await setUpApp(page)
  await page.getByText('Codes left: 10').waitFor()
  await signOut(page)
  await signInFromNotes(page, email)
  await page.getByLabel(TRUST).check()
  await giveAppCode(page, app)
  await page.waitForURL('**/notes')

  await signOut(page)
  await resetPassword(page, email)
  await signInFromNotes(page, email, OTHER_PASSWORD)
  await giveRecoveryCode(page, recoveryCodes[0])
  await page.waitForURL('**/notes')

  await page.goto('/auth/settings')
  await page.getByRole('button', { name: /^Remove / }).click()
  await page.getByText('The authenticator app was removed.').waitFor()
  expect(await page.getByText('Codes left').count()).toBe(0)
  await signOut(page)
  await signInFromNotes(page, email, OTHER_PASSWORD)
  await page.waitForURL('**/notes')
})

test('a password proves again, and once it is reset the passkey signs in as before', WALK, async () => {
  await gatepost.declare('passkey: { prompt: optional }\n')
  const { page, context, complaints } = await open()
  const authenticator = await addAuthenticator(page)
  const email = newAddress()
  await page.goto('/auth/signup?return_to=/notes')
  await signUpHere(page, email)
  await page.getByRole('button', { name: 'Create a passkey' }).click()
  await page.waitForURL('**/notes')

  const before = await provenAt(page)
  await page.goto('/auth/reauthenticate?return_to=/auth/settings')
  await proveAgainByPassword(page, OTHER_PASSWORD)
  await page.getByText('These details do not match.').waitFor()
  expect(await provenAt(page)).toBe(before)
  await proveAgainByPassword(page)
  await page.waitForURL('**/auth/settings')
  expect(await provenAt(page)).toBeGreaterThan(before)

  await context.clearCookies()
  // The page after the reset asks the device, too.
  await authenticator.answers(false)
  await resetPassword(page, email)
  // What that page still asks goes with it: answered now, it would sign in there.
  await page.goto('about:blank')
  await authenticator.answers(true)
  // The device answers what the page asks it, maybe before the page is there.
  await page.goto('/auth/login?return_to=/notes').catch(() => undefined)
  await page.waitForURL('**/notes')
  expect(complaints).toEqual([])
})
