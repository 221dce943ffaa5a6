import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile, type Profile } from './harness/chromium.ts'
import { startDeclaredGatepost, type DeclaredGatepost } from './harness/declared-gatepost.ts'
import { readMail } from './harness/mailbox.ts'
import { signUp } from './harness/person.ts'

let browser: Browser
let gatepost: DeclaredGatepost
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startDeclaredGatepost()])
  await gatepost.declare('login: { email_code_form: link }\npasskey: { prompt: off }\n')
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

/** Somebody with an account, at the page that waits for their link; the link. */
async function askForLink(page: Page, mailbox: BrowserContext): Promise<string> {
  const email = await signUp(page)
  await page.context().clearCookies()
  await page.goto('/auth/login?return_to=/notes')
  await page.getByLabel('Email or username').fill(email)
  await page.getByRole('button', { name: 'Email me a link' }).click()
  await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
  const text = await readMail(mailbox, email, /link to sign in/)
  return /\/auth\/login_link\?token=[\w-]+/.exec(text)?.[0] ?? ''
}

test('a link opened in the same browser asks once and signs in there', async () => {
  const { page, context, complaints } = await open()
  const link = await askForLink(page, context)
  const tab = await context.newPage()
  await tab.goto(link)
  await tab.getByRole('button', { name: 'Continue' }).click()
  await tab.waitForURL('**/notes')
  expect(complaints).toEqual([])
})

test('approved in another browser, the page that waits goes on by itself and the other browser is not signed in', async () => {
  const [waiting, phone] = [await open(), await open()]
  const link = await askForLink(waiting.page, waiting.context)
  await phone.page.goto(link)
  await phone.page.getByText('Never approve what you did not begin').waitFor()
  await phone.page.getByRole('button', { name: 'Approve the other device' }).click()
  await phone.page.getByRole('heading', { name: 'Approved' }).waitFor()
  await waiting.page.waitForURL('**/notes')
  await phone.page.goto('/auth/settings')
  await phone.page.waitForURL('**/auth/login**')
  expect([...waiting.complaints, ...phone.complaints]).toEqual([])
})

test('without scripts the page that waits goes on by its button', async () => {
  const [waiting, phone] = [await open({ javaScriptEnabled: false }), await open({ javaScriptEnabled: false })]
  const link = await askForLink(waiting.page, waiting.context)
  await waiting.page.getByRole('button', { name: 'Continue' }).click()
  await waiting.page.getByRole('heading', { name: 'Check your mail' }).waitFor()
  await phone.page.goto(link)
  await phone.page.getByRole('button', { name: 'Approve the other device' }).click()
  await phone.page.getByRole('heading', { name: 'Approved' }).waitFor()
  await waiting.page.getByRole('button', { name: 'Continue' }).click()
  await waiting.page.waitForURL('**/notes')
})
