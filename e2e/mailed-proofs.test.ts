// An address whose mails, by their code or by their link, let somebody in, prove it once more and get them back in, until it is removed.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { startDeclaredGatepost, type DeclaredGatepost } from './harness/declared-gatepost.ts'
import { readCode, readLink } from './harness/mailbox.ts'
import { enterCode, newAddress, OTHER_PASSWORD, provenAt, signInHere, signUp } from './harness/person.ts'

let browser: Browser
let gatepost: DeclaredGatepost
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startDeclaredGatepost()])
})
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
})

async function liveWith(form: 'code' | 'link', javaScriptEnabled: boolean): Promise<void> {
  await gatepost.declare(`
login: { email_code_form: ${form} }
second_factor: { authentications: [secondary_totp, secondary_oob_otp_email, recovery_code] }
passkey: { prompt: off }
`)
  const { page, context, complaints } = await openProfile(browser, gatepost.url, { javaScriptEnabled })
  onTestFinished(() => context.close())
  const prove = async (address: string, subject: RegExp) => {
    await page.getByRole('heading', { name: form === 'code' ? 'Enter your code' : 'Check your mail' }).waitFor()
    if (form === 'code') return enterCode(page, await readCode(context, address, subject))
    await page.goto(await readLink(context, address, subject))
    await page.getByText('Go on only if you asked for this yourself.').waitFor()
    await page.getByRole('button', { name: 'Continue' }).click()
  }
  const openSignIn = async () => {
    await context.clearCookies()
    await page.goto('/auth/login?return_to=/notes')
  }

  // A new account is confirmed by digits, whatever is mailed later.
  const email = await signUp(page)

  // Instead of a password; the same mailbox is no second factor then.
  await openSignIn()
  await page.getByLabel('Email or username').fill(email)
  await page.getByRole('button', { name: `Email me a ${form}` }).click()
  await prove(email, /sign in to/)
  await page.waitForURL('**/notes')

  // After the password, which alone opens nothing.
  await openSignIn()
  await signInHere(page, email)
  await page.waitForURL('**/auth/verify**')
  expect((await context.request.get('/auth/api/v1/user')).status()).toBe(401)
  await prove(email, /second step/)
  await page.waitForURL('**/notes')

  // Once more, before a change.
  const before = await provenAt(page)
  await page.goto('/auth/reauthenticate?return_to=/auth/settings')
  await page.getByRole('button', { name: form === 'code' ? 'Email me a code instead' : 'Email me a link' }).click()
  await prove(email, /confirm it is you/)
  await page.waitForURL('**/auth/settings')
  expect(await provenAt(page)).toBeGreaterThan(before)

  // In the place of a forgotten password.
  await context.clearCookies()
  await page.goto('/auth/reset_password')
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: `Send ${form}` }).click()
  await prove(email, /reset your .* password/)
  await page.getByLabel('New password').fill(OTHER_PASSWORD)
  await page.getByRole('button', { name: 'Save new password' }).click()
  await page.getByText('Your password was changed').waitFor()

  // Another address takes the place of the first, which then lets nobody in.
  await openSignIn()
  await signInHere(page, email, OTHER_PASSWORD)
  await prove(email, /second step/)
  await page.waitForURL('**/notes')
  const other = newAddress('ada.king')
  await page.goto('/auth/settings')
  await page.getByLabel('New email address').fill(other)
  await page.getByRole('button', { name: 'Add as another address' }).click()
  await page.getByRole('heading', { name: 'Confirm your new email' }).waitFor()
  await enterCode(page, await readCode(context, other, /use this address/))
  await page.getByText('The address was added.').waitFor()
  await page.getByRole('button', { name: `Make primary: ${other}` }).click()
  await page.getByText('Your primary address was changed.').waitFor()
  await page.getByRole('button', { name: `Remove ${email}` }).click()
  await page.getByText('The address was removed.').waitFor()
  await openSignIn()
  await signInHere(page, email, OTHER_PASSWORD)
  await page.getByText('These details do not match.').waitFor()
  await signInHere(page, other, OTHER_PASSWORD)
  await prove(other, /second step/)
  await page.waitForURL('**/notes')
  expect(complaints).toEqual([])
}

test('a mailed code signs in, is the second step, proves again, recovers the account and is no more once its address is removed', { timeout: 120_000 }, () =>
  liveWith('code', true))

test('a mailed link signs in, is the second step, proves again, recovers the account and is no more once its address is removed', { timeout: 120_000 }, () =>
  liveWith('link', false))
