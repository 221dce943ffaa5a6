import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import type { Gatepost } from './harness/gatepost.ts'
import { startGatepost } from './harness/gatepost.ts'
import { newAddress, signUp } from './harness/person.ts'

let browser: Browser
let gatepost: Gatepost
beforeAll(async () => {
  browser = await launchChromium()
  gatepost = await startGatepost()
})
afterAll(async () => {
  await gatepost?.remove()
  await browser?.close()
})

test('on a telephone the development mailbox shows the chosen message above the list, and beside it where there is room', async () => {
  const { page, context } = await openProfile(browser, gatepost.url)
  await signUp(page, newAddress())
  await page.setViewportSize({ width: 390, height: 800 })
  await page.goto('/auth/dev/mailbox')
  await page.locator('.gp-mail-entry').first().click()
  const message = page.locator('article.gp-mail')
  await message.waitFor()
  const topOf = async (selector: string) => (await page.locator(selector).boundingBox())?.y ?? Number.NaN
  expect(await topOf('article.gp-mail')).toBeLessThan(await topOf('.gp-mail-list'))
  expect(await topOf('article.gp-mail h2')).toBeLessThan(800)
  await page.setViewportSize({ width: 1200, height: 800 })
  expect(await topOf('article.gp-mail')).toBe(await topOf('.gp-mail-list'))
  await context.close()
})
