/**
 * Makes docs/images/sign-in.png, the picture of the sign-in page in the README:
 *
 *     node e2e/take-screenshot.ts
 */
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launchChromium } from './harness/chromium.ts'
import { startGatepost } from './harness/gatepost.ts'

const IMAGE = fileURLToPath(new URL('../docs/images/sign-in.png', import.meta.url))
const MAX_BYTES = 120_000
const SCALE = 2
/** Of the page's background left around what it shows, in CSS pixels. */
const MARGIN = 48

const [gatepost, browser] = await Promise.all([startGatepost(), launchChromium()])
try {
  const page = await browser.newPage({
    baseURL: gatepost.url,
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: SCALE,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  })
  await page.goto('/auth/login')
  await page.getByLabel('Email or username').fill('ada@example.com')
  await page.getByLabel('Password', { exact: true }).fill('correct horse')
  await page.locator(':focus').blur()
  const boxes = await Promise.all(['.gp-header', '.gp-footer'].map((selector) => page.locator(selector).boundingBox()))
  const [header, footer] = boxes
  if (!header || !footer) throw new Error('the sign-in page has no header or no footer')
  const clip = {
    x: header.x - MARGIN,
    y: header.y - MARGIN,
    width: header.width + 2 * MARGIN,
    height: footer.y + footer.height - header.y + 2 * MARGIN,
  }
  await mkdir(dirname(IMAGE), { recursive: true })
  await page.screenshot({ path: IMAGE, clip })
  const { size } = await stat(IMAGE)
  if (size > MAX_BYTES) throw new Error(`${IMAGE} has ${size} bytes; a README should not load more than ${MAX_BYTES}`)
  console.log(`${IMAGE}: ${size} bytes`)
} finally {
  await browser.close()
  await gatepost.remove()
}
