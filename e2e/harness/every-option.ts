import { Buffer } from 'node:buffer'
import type { Page } from 'playwright-core'
import { addAuthenticator } from './authenticator.ts'
import type { Look } from './every-page.ts'
import { readCode, readMail } from './mailbox.ts'
import { enterCode, GOOD_PASSWORD, newAddress, signInHere } from './person.ts'

/** What brings about the pages that a new installation does not show. */
export const OPTIONS = `
login: { email_code_form: both }
second_factor: { authentications: [secondary_totp, secondary_oob_otp_email, recovery_code] }
recovery: { destinations: [email, phone] }
profile: { attributes: [{ name: staff_number, label: Staff number, type: integer, minimum: 1, maximum: 9999, required_at_signup: true, access: { person: write, token: read, admin: write } }] }
account_deletion: { grace_days: 30 }
messaging: { allowed_countries: [CH] }
session: { maximum_per_user: 1, when_full: ask }
`
/** The same, but for who may come in, and with what. */
export const STRICTER_OPTIONS = `${OPTIONS}
signup: { mode: invitation }
`.replace('second_factor: { ', 'second_factor: { mode: required, ').replace(', secondary_oob_otp_email', '')

/** One pixel. */
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

/** Walks through the pages of OPTIONS with a new account, whose address it returns. */
export async function visitEveryOption(page: Page, look: Look): Promise<string> {
  const email = newAddress('mary')
  await visitSignUp(page, email, look)
  await visitSettings(page, look)
  await visitSecondStep(page, email, look)
  await visitLinks(page, email, look)
  await visitDeletion(page, email, look)
  return email
}

async function visitSignUp(page: Page, email: string, look: Look): Promise<void> {
  const authenticator = await addAuthenticator(page)
  await page.goto('/auth/signup?return_to=/notes')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(GOOD_PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('heading', { name: 'About you' }).waitFor()
  await look('profile of a new account')
  await page.getByLabel('Staff number').fill('12345')
  await page.locator('form').first().evaluate((form: HTMLFormElement) => (form.noValidate = true))
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('Enter 9999 or less.').waitFor()
  await look('profile of a new account with an error')
  await page.getByLabel('Staff number').fill('1234')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
  await enterCode(page, await readCode(page.context(), email, /create your .* account/))
  await page.getByRole('heading', { name: 'Sign in faster next time' }).waitFor()
  await look('offer of a passkey')
  await page.getByRole('button', { name: 'Continue without a passkey' }).click()
  await page.waitForURL('**/notes')
  await authenticator.remove()
}

async function visitSettings(page: Page, look: Look): Promise<void> {
  await page.goto('/auth/settings/details')
  await page.getByLabel('Date of birth').fill('long ago')
  await page.locator('.gp-card form').evaluate((form: HTMLFormElement) => (form.noValidate = true))
  await page.getByRole('button', { name: 'Save details' }).click()
  await page.getByText('Enter a date, such as').waitFor()
  await look('details with an error')
  await page.goto('/auth/settings')
  await page.getByLabel('Picture').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: PICTURE })
  await page.getByRole('button', { name: 'Save picture' }).click()
  await page.getByText('Your picture was saved.').waitFor()
  await page.getByLabel('New number').fill('+41 78 400 00 01')
  await page.getByRole('button', { name: 'Add number' }).click()
  await page.getByRole('heading', { name: 'Confirm your number' }).waitFor()
  await look('new telephone number')
  const other = newAddress('somerville')
  await page.goto('/auth/settings')
  await page.getByLabel('New email address').fill(other)
  await page.getByRole('button', { name: 'Add as another address' }).click()
  await enterCode(page, await readCode(page.context(), other, /use this address/))
  await page.getByText('The address was added.').waitFor()
  await look('settings with two addresses, details and a picture')
}

async function visitSecondStep(page: Page, email: string, look: Look): Promise<void> {
  await page.context().clearCookies()
  await page.goto('/auth/login?return_to=/notes')
  await signInHere(page, email)
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
  await look('second step by email')
  await page.getByLabel('Do not ask again in this browser').check()
  await enterCode(page, await readCode(page.context(), email, /second step/))
  await page.getByRole('heading', { name: 'Sign out elsewhere?' }).waitFor()
  await look('too many sessions')
  await page.getByRole('button', { name: 'Sign them out and go on' }).click()
  await page.waitForURL('**/notes')
}

async function visitLinks(page: Page, email: string, look: Look): Promise<void> {
  await page.context().clearCookies()
  await page.goto('/auth/reset_password')
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Send code' }).click()
  await page.getByRole('heading', { name: 'Where should the code go?' }).waitFor()
  await look('where a recovery code goes')
  await page.getByRole('button', { name: 'By email' }).click()
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
  await look('recovery by code or link')
  const link = /\/auth\/login_link\?token=[\w-]+/.exec(await readMail(page.context(), email, /reset your .* password/))?.[0] ?? ''
  await page.goto(link)
  await look('link opened here')
  await page.context().clearCookies()
  await page.goto(link)
  await page.getByText('Never approve what you did not begin').waitFor()
  await look('link opened elsewhere')
  await page.getByRole('button', { name: 'Approve the other device' }).click()
  await page.getByRole('heading', { name: 'Approved' }).waitFor()
  await look('link approved')
  await page.goto(link)
  await page.getByRole('heading', { name: 'This link cannot be used' }).waitFor()
  await look('link over')
}

async function visitDeletion(page: Page, email: string, look: Look): Promise<void> {
  await page.goto('/auth/login?return_to=/auth/settings/delete')
  await signInToTheEnd(page, email)
  await look('deletion after some days')
  await page.getByLabel(/to confirm$/).fill(email)
  await page.getByRole('button', { name: 'Delete account' }).click()
  await page.getByRole('heading', { name: 'Your account will be deleted' }).waitFor()
  await look('account deactivated')
  await page.goto('/auth/login?return_to=/notes')
  await signInToTheEnd(page, email)
  await page.getByRole('link', { name: 'Let it be deleted' }).waitFor()
  await look('account to be deleted')
  await page.getByRole('button', { name: 'Keep my account' }).click()
  await page.waitForURL('**/notes')
}

/** With the code of the second step, signing out whichever device is in the way. */
async function signInToTheEnd(page: Page, email: string): Promise<void> {
  await signInHere(page, email)
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
  await enterCode(page, await readCode(page.context(), email, /second step/))
  const goOn = page.getByRole('button', { name: 'Sign them out and go on' })
  if (await goOn.isVisible()) await goOn.click()
}

/** What somebody with the account, somebody without, and who is invited see where STRICTER_OPTIONS are in force. */
export async function visitStricterOptions(page: Page, who: { readonly email: string; readonly invited: string }, look: Look): Promise<void> {
  await page.context().clearCookies()
  await page.goto('/auth/signup')
  await look('sign-up by invitation')
  const mail = await readMail(page.context(), who.invited, /invited/)
  await page.goto(/\/auth\/signup\?invitation=[\w-]+/.exec(mail)?.[0] ?? '')
  await page.getByRole('heading', { name: 'Choose a new password' }).waitFor()
  await look('invitation')
  await page.goto('/auth/login?return_to=/notes')
  await signInHere(page, who.email)
  await page.getByRole('heading', { name: 'Choose a new password' }).or(page.getByRole('heading', { name: 'Set up an authenticator app' })).waitFor()
  await look('a password to change or an app to set up')
  await page.goto('/auth/login')
  await page.locator('.gp-card input[name=csrf_token]').first().evaluate((field: HTMLInputElement) => (field.value = 'another'))
  await signInHere(page, who.email)
  await page.getByRole('heading', { name: 'This page has expired' }).waitFor()
  await look('refused')
}
