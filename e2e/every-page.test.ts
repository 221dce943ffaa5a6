import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { visitEveryPage } from './harness/every-page.ts'
import { startGatepost, type Gatepost } from './harness/gatepost.ts'
import { VARIANTS } from './harness/variants.ts'

const PAGE_WITH_CSS_BYTES = 30 * 1024
/** WCAG 2.2, success criterion 1.4.10: content reflows at this width without scrolling sideways. */
const REFLOW_WIDTH = 320

const WALK_TIMEOUT_MS = 240_000

interface Seen {
  readonly name: string
  readonly violations: string[]
  /** What the document and its style sheets took on the wire, headers included. */
  readonly bytes: number
  /** Of the whole content, where REFLOW_WIDTH is there. */
  readonly width: number
}

let browser: Browser
let gatepost: Gatepost
const seen: Seen[] = []
let complaints: string[]

/** One walk for all tests of this file: they differ in what they ask of a page, not in which. */
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startGatepost()])
  const profile = await openProfile(browser, gatepost.url, { reducedMotion: 'reduce' })
  const { page } = profile
  complaints = profile.complaints
  const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
  const weigh = await weighPages(page)

  await visitEveryPage(page, gatepost.printed('first admin'), async (name) => {
    const bytes = await weigh()
    const violations: string[] = []
    await page.evaluate(axe)
    for (const variant of VARIANTS) {
      await page.emulateMedia({ colorScheme: variant.colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize(variant.viewport)
      violations.push(...(await findViolations(page)).map((violation) => `${name} (${variant.name}): ${violation}`))
    }
    await page.setViewportSize({ width: REFLOW_WIDTH, height: 640 })
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    seen.push({ name, violations, bytes, width })
  })
  await profile.context.close()
}, WALK_TIMEOUT_MS)
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
})

test('every page in every state satisfies axe in light and dark, on a phone and on a desktop', () => {
  expect(seen.length).toBeGreaterThan(25)
  expect(seen.flatMap(({ violations }) => violations)).toEqual([])
})

test('no page has to be scrolled sideways on the narrowest screen', () => {
  expect(seen.filter(({ width }) => width > REFLOW_WIDTH).map(({ name, width }) => `${name}: ${width}`)).toEqual([])
})

test('no page makes the console complain, of its content security policy least of all', () => {
  expect(complaints).toEqual([])
})

test('no page and its style sheet together weigh 30 KB on the wire', () => {
  // A document with its style sheet is more than this; less means that nothing was measured.
  expect(seen.filter(({ bytes }) => bytes < 5_000).map(({ name, bytes }) => `${name}: ${bytes}`)).toEqual([])
  expect(seen.filter(({ bytes }) => bytes >= PAGE_WITH_CSS_BYTES).map(({ name, bytes }) => `${name}: ${bytes}`)).toEqual([])
})

async function findViolations(page: Page): Promise<string[]> {
  const results = await page.evaluate(() => (globalThis as unknown as { axe: { run(...given: unknown[]): Promise<unknown> } }).axe.run(document, { iframes: false }))
  return (results as AxeResults).violations.map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

/** Counts with an empty cache, from the latest document of the page's own frame on. */
async function weighPages(page: Page): Promise<() => Promise<number>> {
  const protocol = await page.context().newCDPSession(page)
  await protocol.send('Network.enable')
  await protocol.send('Network.setCacheDisabled', { cacheDisabled: true })
  const ownFrame = (await protocol.send('Page.getFrameTree')).frameTree.frame.id
  const counted = new Set<string>()
  let bytes = 0
  protocol.on('Network.requestWillBeSent', ({ requestId, type, frameId }) => {
    if (frameId !== ownFrame) return
    if (type === 'Document') bytes = 0
    if (type === 'Document' || type === 'Stylesheet') counted.add(requestId)
  })
  protocol.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (counted.has(requestId)) bytes += encodedDataLength
  })
  return async () => {
    await page.waitForLoadState('load')
    return bytes
  }
}
