import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { startGatepost, type Gatepost } from './harness/gatepost.ts'
import { faultsOf, inspectPages } from './harness/inspect-pages.ts'
import { VARIANTS } from './harness/variants.ts'

const WALK_TIMEOUT_MS = 240_000
const [, LIGHT_DESKTOP, DARK_PHONE] = VARIANTS
/** German has long words, Arabic is written from the right. In English branding.test.ts asks axe about the same pages in every variant. */
const LANGUAGES = [
  { language: 'en', variants: [] },
  { language: 'de', variants: [LIGHT_DESKTOP] },
  { language: 'ar', variants: [DARK_PHONE] },
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

for (const { language, variants } of LANGUAGES) {
  test(
    `every screen, also those that only some settings show, is accessible, narrow, light and clear in ${language}`,
    async () => {
      const { page, context, complaints } = await openProfile(browser, gatepost.url, { reducedMotion: 'reduce' })
      const { look, seen } = await inspectPages(page)
      await page.goto(`/auth/_preview?ui_locales=${language}`)
      const addresses = await page.locator('main a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
      await look('the list of pages', variants)
      for (const address of addresses.filter((one) => !one.includes('/mails/'))) {
        await page.goto(address)
        await look(`${language}: ${address.slice(address.lastIndexOf('/') + 1)}`, variants)
      }
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      await context.close()
      expect(seen.length).toBeGreaterThan(50)
      expect([...faultsOf(seen), ...complaints]).toEqual([])
    },
    WALK_TIMEOUT_MS,
  )
}

test('in Arabic, codes, addresses and numbers are still read from the left', async () => {
  const { page, context } = await openProfile(browser, gatepost.url)
  const places = [
    ['recovery-codes', '.gp-codes li'],
    ['second-factor-set-up', 'code.gp-path'],
    ['login', 'footer .gp-path'],
    ['code-phone', 'bdi'],
    ['settings-details', '#attribute-birthdate-hint'],
    ['session-limit', '.gp-item .gp-hint bdi'],
  ] as const
  const reversed: string[] = []
  for (const [id, selector] of places) {
    await page.goto(`/auth/_preview/${id}?ui_locales=ar`)
    if (!(await runsFromTheLeft(page, selector))) reversed.push(id)
  }
  await context.close()
  expect(reversed).toEqual([])
})

/** Whether the first Latin letter or digit stands left of the last one, which a code of digits and hyphens does not by itself. */
function runsFromTheLeft(page: Page, selector: string): Promise<boolean> {
  return page.locator(selector).first().evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    const places: number[] = []
    while (walker.nextNode()) {
      for (const { index } of (walker.currentNode.textContent ?? '').matchAll(/[A-Za-z0-9]/g)) {
        const range = document.createRange()
        range.setStart(walker.currentNode, index)
        range.setEnd(walker.currentNode, index + 1)
        places.push(range.getBoundingClientRect().left)
      }
    }
    return places.length > 1 && places[0]! < places.at(-1)!
  })
}
