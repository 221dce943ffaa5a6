import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { visitEveryPage } from './harness/every-page.ts'
import { startGatepost, type Gatepost } from './harness/gatepost.ts'
import { inspectPages, PAGE_WITH_CSS_BYTES, REFLOW_WIDTH, type Seen } from './harness/inspect-pages.ts'

const WALK_TIMEOUT_MS = 240_000

let browser: Browser
let gatepost: Gatepost
let seen: readonly Seen[]
let complaints: string[]

/** One walk for all tests of this file: they differ in what they ask of a page, not in which. */
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startGatepost()])
  const profile = await openProfile(browser, gatepost.url, { reducedMotion: 'reduce' })
  complaints = profile.complaints
  const inspection = await inspectPages(profile.page)
  await visitEveryPage(profile.page, gatepost.printed('first admin'), (name) => inspection.look(name))
  seen = inspection.seen
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

test('no page has more than one primary button', () => {
  expect(seen.filter(({ primaries }) => primaries.length > 1).map(({ name, primaries }) => `${name}: ${primaries.join(', ')}`)).toEqual([])
})

test('no page makes the console complain, of its content security policy least of all', () => {
  expect(complaints).toEqual([])
})

test('no page and its style sheet together weigh 30 KB on the wire', () => {
  // A document with its style sheet is more than this; less means that nothing was measured.
  expect(seen.filter(({ bytes }) => bytes < 5_000).map(({ name, bytes }) => `${name}: ${bytes}`)).toEqual([])
  expect(seen.filter(({ bytes }) => bytes >= PAGE_WITH_CSS_BYTES).map(({ name, bytes }) => `${name}: ${bytes}`)).toEqual([])
})
