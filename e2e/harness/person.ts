import type { Page } from 'playwright-core'
import { runsScripts } from './chromium.ts'
import { readCode } from './mailbox.ts'

export const GOOD_PASSWORD = 'correct horse battery staple'
export const OTHER_PASSWORD = 'seven purple kettles sing'

let nextPerson = 0

export function newAddress(name = 'ada'): string {
  nextPerson += 1
  return `${name}.${nextPerson}@example.com`
}

/** Fills in the page that stands open at sign-up and confirms the address; ends where the person wanted to be. */
export async function signUpHere(page: Page, email: string, password = GOOD_PASSWORD): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
  await enterCode(page, await readCode(page.context(), email, /create your .* account/))
}

export async function signUp(page: Page, email = newAddress(), returnTo = '/notes'): Promise<string> {
  await page.goto(`/auth/signup?return_to=${encodeURIComponent(returnTo)}`)
  await signUpHere(page, email)
  await declinePasskey(page)
  await page.waitForURL((url) => url.pathname === returnTo)
  return email
}

/** Fills in the page that stands open at sign-in. */
export async function signInHere(page: Page, identifier: string, password = GOOD_PASSWORD): Promise<void> {
  await page.getByLabel(/^Email(,| or) username/).fill(identifier)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

export async function signIn(page: Page, identifier: string, password = GOOD_PASSWORD): Promise<void> {
  await page.goto('/auth/login?return_to=/notes')
  await signInHere(page, identifier, password)
  await page.waitForURL((url) => url.pathname !== '/auth/login')
  await declinePasskey(page)
  await page.waitForURL('**/notes')
}

/** Ends the session and keeps what else the browser remembers. */
export async function signOut(page: Page): Promise<void> {
  await page.goto('/auth/logout')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
}

/** When who is signed in here last proved who they are: milliseconds since 1970. */
export async function provenAt(page: Page): Promise<number> {
  const answer = await page.context().request.get('/auth/api/v1/user')
  const { authenticated_at: at } = (await answer.json()) as { authenticated_at: string }
  return Date.parse(at)
}

/** On a device that could keep a passkey one is offered at the end; the person goes on without. */
export async function declinePasskey(page: Page): Promise<void> {
  const goOn = page.getByRole('button', { name: 'Continue without a passkey' })
  if (await goOn.isVisible()) await goOn.click()
}

/** With scripts the sixth digit sends the form; without them the button does. */
export async function enterCode(page: Page, code: string): Promise<void> {
  const address = page.url()
  await page.getByLabel('Code').fill(code)
  if (!runsScripts(page.context())) await page.getByRole('button', { name: 'Continue' }).click()
  await page.waitForURL((url) => url.href !== address)
}
