import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { startGatepost, type Gatepost } from './harness/gatepost.ts'
import { faultsOf, inspectPages } from './harness/inspect-pages.ts'
import { VARIANTS } from './harness/variants.ts'

const WALK_TIMEOUT_MS = 240_000
const [LIGHT_PHONE, LIGHT_DESKTOP, DARK_PHONE] = VARIANTS
/** German has long words, Arabic is written from the right; each page is seen in both schemes, English in both by every-page.test.ts. */
const LANGUAGES = [
  { language: 'en', variant: LIGHT_PHONE },
  { language: 'de', variant: LIGHT_DESKTOP },
  { language: 'ar', variant: DARK_PHONE },
] as const

let browser: Browser
let gatepost: Gatepost
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startGatepost()])
})
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
})

for (const { language, variant } of LANGUAGES) {
  test(
    `every screen, also those that only some settings show, is accessible, narrow, light and clear in ${language}`,
    async () => {
      const { page, context, complaints } = await openProfile(browser, gatepost.url, { reducedMotion: 'reduce' })
      const { look, seen } = await inspectPages(page)
      await page.goto(`/auth/_preview?ui_locales=${language}`)
      const addresses = await page.locator('main a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
      await look('the list of pages', [variant])
      for (const address of addresses.filter((one) => !one.includes('/mails/'))) {
        await page.goto(address)
        await look(`${language}: ${address.slice(address.lastIndexOf('/') + 1)}`, [variant])
      }
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      await context.close()
      expect(seen.length).toBeGreaterThan(50)
      expect([...faultsOf(seen), ...complaints]).toEqual([])
    },
    WALK_TIMEOUT_MS,
  )
}
