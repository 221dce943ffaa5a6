import { randomBytes } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { addAuthenticator } from './harness/authenticator.ts'
import { launchChromium, openProfile, type Profile } from './harness/chromium.ts'
import { REPOSITORY, startGatepost, type Gatepost } from './harness/gatepost.ts'
import { readCode } from './harness/mailbox.ts'
import { enterCode, newAddress, signInHere, signUp, signUpHere } from './harness/person.ts'

/** As long as an instance goes by the settings it knows. */
const SETTINGS_TAKE_EFFECT_MS = 1_500

let browser: Browser
let gatepost: Gatepost
const folder = mkdtempSync(join(tmpdir(), 'gatepost-factors-'))
const database = { DATABASE_URL: `sqlite:${join(folder, 'gatepost.db')}`, ENCRYPTION_KEY: randomBytes(32).toString('hex') }
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startGatepost(database)])
})
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
  rmSync(folder, { recursive: true, force: true })
})

async function open(options: { javaScriptEnabled?: boolean } = {}): Promise<Profile> {
  const profile = await openProfile(browser, gatepost.url, options)
  onTestFinished(() => profile.context.close())
  return profile
}

/** Puts settings in force, as an operator does. */
async function declare(page: Page, settings: string): Promise<void> {
  const file = join(folder, 'settings.yaml')
  writeFileSync(file, settings)
  execFileSync(process.execPath, [join(REPOSITORY, 'server/src/main.ts'), 'settings', 'apply', file], { cwd: folder, env: { ...process.env, ...database } })
  await page.waitForTimeout(SETTINGS_TAKE_EFFECT_MS)
}

test('at the end of a sign-up a person creates a passkey, and signs in by it', async () => {
  const { page, complaints } = await open()
  await declare(page, 'passkey: { prompt: optional }')
  const authenticator = await addAuthenticator(page)
  await page.goto('/auth/signup?return_to=/notes')
  await signUpHere(page, newAddress())
  await page.getByRole('heading', { name: 'Sign in faster next time' }).waitFor()
  await page.getByRole('button', { name: 'Create a passkey' }).click()
  await page.waitForURL('**/notes')
  expect(await authenticator.credentialIds()).toHaveLength(1)

  await page.context().clearCookies()
  await page.goto('/auth/login?return_to=/notes')
  await page.waitForURL('**/notes')
  expect(complaints).toEqual([])
})

test('a person who goes on without a passkey is not asked again at the next sign-in', async () => {
  const { page, complaints } = await open()
  await addAuthenticator(page)
  const email = await signUp(page)
  await page.context().clearCookies()
  await page.goto('/auth/login?return_to=/notes')
  await signInHere(page, email)
  await page.waitForURL('**/notes')
  expect(complaints).toEqual([])
})

test('a person whose device verifies nobody hears why, and may go on without a passkey', async () => {
  const { page, complaints } = await open()
  const authenticator = await addAuthenticator(page)
  await page.goto('/auth/signup?return_to=/notes')
  await signUpHere(page, newAddress())
  await authenticator.verifies(false)
  await page.getByRole('button', { name: 'Create a passkey' }).click()
  await page.getByText('No passkey was used.').waitFor()
  await page.getByRole('button', { name: 'Continue without a passkey' }).click()
  await page.waitForURL('**/notes')
  expect(complaints).toEqual([])
})

test('without scripts, and on a device without an authenticator, a sign-up ends where it did', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page } = await open({ javaScriptEnabled })
    await page.goto('/auth/signup?return_to=/notes')
    await signUpHere(page, newAddress())
    await page.waitForURL('**/notes')
  }
})

test('after the password a person confirms by an emailed code, with scripts and without', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page, complaints } = await open({ javaScriptEnabled })
    await declare(page, 'second_factor: { authentications: [secondary_totp, secondary_oob_otp_email, recovery_code] }')
    const email = await signUp(page)
    await page.context().clearCookies()
    await page.goto('/auth/login?return_to=/notes')
    await signInHere(page, email)
    await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
    await enterCode(page, await readCode(page.context(), email, /second step/))
    await page.waitForURL('**/notes')
    expect(complaints).toEqual([])
  }
})

test('after the password a person confirms by a passkey, where it counts', async () => {
  const { page, complaints } = await open()
  const authenticator = await addAuthenticator(page)
  await declare(page, 'second_factor: { passkey_counts: true }')
  await page.goto('/auth/signup?return_to=/notes')
  const email = newAddress()
  await signUpHere(page, email)
  await page.getByRole('button', { name: 'Create a passkey' }).click()
  await page.waitForURL('**/notes')

  await page.context().clearCookies()
  // Autofill would answer by itself; here the password comes first.
  await authenticator.answers(false)
  await page.goto('/auth/login?return_to=/notes')
  await signInHere(page, email)
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  await page.route('**/second-factor/passkey/options', async (route) => {
    await authenticator.answers(true)
    await route.continue()
  })
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.waitForURL('**/notes')
  expect(complaints).toEqual([])
})
