import type { Page } from 'playwright-core'
import { totpCode } from '../../scripts/test-services/authenticator-app.ts'
import { addAuthenticator } from './authenticator.ts'
import { readCode } from './mailbox.ts'
import { enterCode, GOOD_PASSWORD, newAddress, OTHER_PASSWORD, signInHere } from './person.ts'

/** Called with each page and state as it stands open. */
export type Look = (name: string) => Promise<void>

/** Walks through every page of Gatepost in every state a person can see it in, with a new account that is deleted at the end. */
export async function visitEveryPage(page: Page, firstAdminLink: string, look: Look): Promise<void> {
  const email = newAddress('grace')
  await visitSignUp(page, email, look)
  await visitSignIn(page, email, look)
  await visitSettings(page, firstAdminLink, look)
  await visitSecondFactor(page, email, look)
  await visitRecovery(page, email, look)
  await visitMailbox(page, look)
  await visitEnd(page, email, look)
}

async function visitSignUp(page: Page, email: string, look: Look): Promise<void> {
  await page.goto('/auth/signup?return_to=/notes')
  await look('sign-up')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(email)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByText('This is too close to your email address').waitFor()
  await look('sign-up with an error')
  await page.getByLabel('Password', { exact: true }).fill(GOOD_PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
  await look('code')
  await enterCode(page, await wrongCode(page, email))
  await page.getByText('That code is not right').waitFor()
  await look('code with an error')
  await page.getByRole('button', { name: 'Send a new code' }).click()
  await page.getByText('A code was sent a moment ago').waitFor()
  await look('new code too soon')
  await enterCode(page, await readCode(page.context(), email, /create your .* account/))
  await page.waitForURL('**/notes')
}

async function wrongCode(page: Page, email: string): Promise<string> {
  const code = await readCode(page.context(), email, /create your .* account/)
  return code === '000000' ? '000001' : '000000'
}

async function visitSignIn(page: Page, email: string, look: Look): Promise<void> {
  await page.goto('/auth/logout')
  await look('sign out')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
  await look('signed out')
  await page.goto('/auth/login?return_to=/notes')
  await look('sign-in')
  await signInHere(page, email, 'not the password of anybody')
  await page.getByText('These details do not match').waitFor()
  await look('sign-in with an error')
  await page.goto('/auth/nothing-here')
  await look('not found')
  await page.goto('/auth/verify?flow=stale')
  await page.getByRole('heading', { name: 'Please start again' }).waitFor()
  await look('flow expired')
  await page.goto('/auth/login?return_to=/notes')
  await signInHere(page, email)
  await page.waitForURL('**/notes')
}

async function visitSettings(page: Page, firstAdminLink: string, look: Look): Promise<void> {
  await page.goto('/auth/settings')
  await look('settings')
  await page.getByLabel('Display name').fill('Grace')
  await page.getByRole('button', { name: 'Save name' }).click()
  await page.getByText('Your name was saved.').waitFor()
  await look('settings with news')
  const authenticator = await addAuthenticator(page)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('Your passkey was added.').waitFor()
  await page.getByText('Rename', { exact: true }).click()
  await look('settings with a passkey')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText('This device has a passkey for this account already.').waitFor()
  await look('settings with a passkey that is there already')
  await authenticator.remove()
  await page.getByLabel('Current password').fill('not the current one')
  await page.getByLabel('New password').fill(OTHER_PASSWORD)
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByRole('alert').waitFor()
  await look('settings with an error')
  await page.getByLabel('New email address').fill(newAddress('hopper'))
  await page.getByRole('button', { name: 'Change email' }).click()
  await page.getByRole('heading', { name: 'Confirm your new email' }).waitFor()
  await look('email change')
  await enterCode(page, '000000')
  await page.getByText('That code is not right').waitFor()
  await look('email change with an error')
  await page.goto('/auth/reauthenticate?return_to=/auth/settings')
  await look('reauthentication')
  await page.getByLabel('Password', { exact: true }).fill('not the password of anybody')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('These details do not match').waitFor()
  await look('reauthentication with an error')
  await page.goto(firstAdminLink)
  await look('first admin')
  await page.goto('/auth/first_admin?secret=unknown')
  await page.getByRole('heading', { name: 'This link is used up' }).waitFor()
  await look('first admin refused')
}

async function visitSecondFactor(page: Page, email: string, look: Look): Promise<void> {
  await page.goto('/auth/settings')
  await page.getByRole('link', { name: 'Add an authenticator app' }).click()
  await page.getByRole('heading', { name: 'Set up an authenticator app' }).waitFor()
  await look('authenticator app')
  const key = ((await page.locator('code').textContent()) ?? '').replaceAll(' ', '')
  const now = totpCode(key, Date.now())
  await page.getByLabel('Code', { exact: true }).fill(now === '000000' ? '000001' : '000000')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByText('That code is not right').waitFor()
  await look('authenticator app with an error')
  await page.getByLabel('Code', { exact: true }).fill(totpCode(key, Date.now()))
  await page.getByLabel('Name').fill('Telephone')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  await look('recovery codes')
  const recoveryCode = (await page.locator('.gp-codes li').first().textContent()) ?? ''
  await page.getByRole('link', { name: 'I have kept them' }).click()
  await page.getByText('Codes left: 10').waitFor()
  await look('settings with a second factor')

  await page.context().clearCookies()
  await page.goto('/auth/login?return_to=/notes')
  await signInHere(page, email)
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  await look('second factor')
  await page.getByLabel('Code', { exact: true }).fill('000000')
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText('That code is not right').waitFor()
  await page.getByText('Use a recovery code instead').click()
  await look('second factor with an error and a recovery code')
  await page.getByLabel('Recovery code').fill(recoveryCode)
  await page.getByRole('button', { name: 'Use recovery code' }).click()
  await page.waitForURL('**/notes')
  await page.goto('/auth/settings')
  await page.getByRole('button', { name: 'Remove Telephone' }).click()
  await page.getByText('The authenticator app was removed.').waitFor()
  await look('settings without a second factor again')
}

async function visitRecovery(page: Page, email: string, look: Look): Promise<void> {
  await page.context().clearCookies()
  await page.goto('/auth/reset_password')
  await look('recovery')
  await page.getByLabel('Email').fill('grace')
  await page.locator('form').first().evaluate((form: HTMLFormElement) => (form.noValidate = true))
  await page.getByRole('button', { name: 'Send code' }).click()
  await page.getByText('Enter a complete email address').waitFor()
  await look('recovery with an error')
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Send code' }).click()
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
  await look('recovery code')
  await enterCode(page, await readCode(page.context(), email, /reset your .* password/))
  await look('new password')
  await page.getByLabel('New password').fill(email)
  await page.getByRole('button', { name: 'Save new password' }).click()
  await page.getByText('This is too close to your email address').waitFor()
  await look('new password with an error')
  await page.getByLabel('New password').fill(OTHER_PASSWORD)
  await page.getByRole('button', { name: 'Save new password' }).click()
  await page.getByText('Your password was changed').waitFor()
  await look('sign-in with news')
}

async function visitMailbox(page: Page, look: Look): Promise<void> {
  await page.goto('/auth/dev/mailbox')
  await look('mailbox')
  await page.locator('nav[aria-label=Messages] a').first().click()
  await page.getByRole('article').waitFor()
  await look('mail')
}

async function visitEnd(page: Page, email: string, look: Look): Promise<void> {
  await page.goto('/auth/login?return_to=/auth/settings/delete')
  await signInHere(page, email, OTHER_PASSWORD)
  await look('deletion')
  await page.getByLabel(/to confirm$/).fill('somebody.else@example.com')
  await page.getByRole('button', { name: 'Delete account for good' }).click()
  await page.getByText('This is not the email address of this account.').waitFor()
  await look('deletion with an error')
  await page.getByLabel(/to confirm$/).fill(email)
  await page.getByRole('button', { name: 'Delete account for good' }).click()
  await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor()
  await look('account deleted')
}
