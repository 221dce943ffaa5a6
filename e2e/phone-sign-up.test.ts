import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile, type Profile } from './harness/chromium.ts'
import { startDeclaredGatepost, type DeclaredGatepost } from './harness/declared-gatepost.ts'
import { readCode, readMail } from './harness/mailbox.ts'
import { enterCode, GOOD_PASSWORD, newAddress } from './harness/person.ts'

const SETTINGS = `signup: { identifications: [email, phone] }
login: { identifications: [email, phone], authentications: [primary_password, primary_oob_otp_sms] }
recovery: { destinations: [email, phone] }
passkey: { prompt: off }
`
const WHO = 'Email or telephone number'

let browser: Browser
let gatepost: DeclaredGatepost
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startDeclaredGatepost()])
  await gatepost.declare(SETTINGS)
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

/** The six digits of the newest message to the number. */
async function readMessage(context: BrowserContext, number: string): Promise<string> {
  return /^\d{6}/m.exec(await readMail(context, number, /WhatsApp message|SMS/))?.[0] ?? ''
}

test.each([
  { javaScriptEnabled: true, number: '+41791234501' },
  { javaScriptEnabled: false, number: '+41791234502' },
])('a person signs up by telephone, signs in by it and adds an address (scripts: $javaScriptEnabled)', async ({ javaScriptEnabled, number }) => {
  const { page, context, complaints } = await open({ javaScriptEnabled })
  await page.goto('/auth/signup?return_to=/notes')
  await page.getByLabel(WHO).fill(number.replace(/^(\+41)(\d\d)/, '$1 $2 '))
  await page.getByLabel('Password', { exact: true }).fill(GOOD_PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByText(`+41****${number.slice(-2)}`).waitFor()
  await enterCode(page, await readMessage(context, number))
  await page.waitForURL('**/notes')
  await page.getByText('none that is verified').waitFor()

  await context.clearCookies()
  await page.goto('/auth/login?return_to=/auth/settings')
  await page.getByLabel(WHO).fill(number)
  await page.getByRole('button', { name: 'Send a code to my telephone' }).click()
  await enterCode(page, await readMessage(context, number))
  await page.getByText('There is no email address yet.').waitFor()

  const email = newAddress()
  await page.getByLabel('New email address').fill(email)
  await page.getByRole('button', { name: 'Add email address' }).click()
  await enterCode(page, await readCode(context, email, /use this address/))
  await page.locator('section[aria-labelledby=email-heading]').getByText(email).waitFor()
  // The number hears of it.
  expect(await readMail(context, number, /WhatsApp message|SMS/)).toContain('An email address was added')
  expect(complaints).toEqual([])
})
