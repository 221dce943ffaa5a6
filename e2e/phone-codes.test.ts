// A telephone number by which somebody signs in, proves it once more and gets back in, from the day it is added to its removal.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { startDeclaredGatepost, type DeclaredGatepost } from './harness/declared-gatepost.ts'
import { readMessageCode } from './harness/mailbox.ts'
import { enterCode, OTHER_PASSWORD, provenAt, signInHere, signUp } from './harness/person.ts'

const SETTINGS = `
login: { identifications: [email, username, phone], authentications: [primary_password, primary_oob_otp_email, primary_oob_otp_sms] }
second_factor: { authentications: [secondary_totp, secondary_oob_otp_sms, recovery_code] }
recovery: { destinations: [email, phone] }
passkey: { prompt: off }
`

let browser: Browser
let gatepost: DeclaredGatepost
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startDeclaredGatepost()])
})
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
})

interface Telephone {
  readonly number: string
  /** By which a message comes that nobody asked for by another. */
  readonly channel: 'sms' | 'whatsapp'
  readonly otherChannel: 'sms' | 'whatsapp'
}

async function liveWith({ number, channel, otherChannel }: Telephone, javaScriptEnabled: boolean): Promise<void> {
  await gatepost.declare(`${SETTINGS}messaging: { channels: [${channel}, ${otherChannel}] }`)
  const { page, context, complaints } = await openProfile(browser, gatepost.url, { javaScriptEnabled })
  onTestFinished(() => context.close())
  const giveCode = async () => {
    await page.getByText(/^We sent a 6-digit code to/).waitFor()
    await enterCode(page, await readMessageCode(context, number, channel))
  }
  const signInByPassword = async (email: string, password?: string) => {
    await context.clearCookies()
    await page.goto('/auth/login?return_to=/notes')
    await signInHere(page, email, password)
  }

  const email = await signUp(page)
  await page.goto('/auth/settings')
  await page.getByLabel('New number').fill(number)
  await page.getByRole('button', { name: 'Add number' }).click()
  await page.getByRole('heading', { name: 'Confirm your number' }).waitFor()
  await giveCode()
  await page.getByText('The number was added.').waitFor()

  // Instead of a password; the same telephone is no second factor then.
  await context.clearCookies()
  await page.goto('/auth/login?return_to=/notes')
  await page.getByLabel('Email, username or telephone number').fill(number)
  await page.getByRole('button', { name: 'Send a code to my telephone' }).click()
  await giveCode()
  await page.waitForURL('**/notes')

  // After the password, which alone opens nothing.
  await signInByPassword(email)
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
  expect((await context.request.get('/auth/api/v1/user')).status()).toBe(401)
  await giveCode()
  await page.waitForURL('**/notes')

  // Once more, before a change.
  const before = await provenAt(page)
  await page.goto('/auth/reauthenticate?return_to=/auth/settings')
  await page.getByRole('button', { name: 'Send a code to my telephone instead' }).click()
  await giveCode()
  await page.waitForURL('**/auth/settings')
  expect(await provenAt(page)).toBeGreaterThan(before)

  // In the place of a forgotten password.
  await context.clearCookies()
  await page.goto('/auth/reset_password')
  await page.getByLabel('Email or telephone number').fill(email)
  await page.getByRole('button', { name: 'Send code' }).click()
  await page.getByRole('button', { name: 'By message to the telephone of the account' }).click()
  await giveCode()
  await page.getByLabel('New password').fill(OTHER_PASSWORD)
  await page.getByRole('button', { name: 'Save new password' }).click()
  await page.getByText('Your password was changed').waitFor()

  // Removed it is neither asked for nor offered.
  await signInByPassword(email, OTHER_PASSWORD)
  await giveCode()
  await page.waitForURL('**/notes')
  await page.goto('/auth/settings')
  await page.getByRole('button', { name: /^Remove \+41/ }).click()
  await page.getByText('The number was removed.').waitFor()
  await signInByPassword(email, OTHER_PASSWORD)
  await page.waitForURL('**/notes')
  expect(await offersTelephone(page)).toBe(false)
  expect(complaints).toEqual([])
}

async function offersTelephone(page: Page): Promise<boolean> {
  await page.goto('/auth/reauthenticate?return_to=/auth/settings')
  await page.getByRole('heading', { name: 'Confirm it is you' }).waitFor()
  return page.getByRole('button', { name: /telephone/ }).isVisible()
}

test('a code by WhatsApp signs in, is the second step, proves again, recovers the account and is no more once its number is removed', { timeout: 120_000 }, () =>
  liveWith({ number: '+41784000001', channel: 'whatsapp', otherChannel: 'sms' }, true))

test('a code by SMS signs in, is the second step, proves again, recovers the account and is no more once its number is removed', { timeout: 120_000 }, () =>
  liveWith({ number: '+41784000002', channel: 'sms', otherChannel: 'whatsapp' }, false))
