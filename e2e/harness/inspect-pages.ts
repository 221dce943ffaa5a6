import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { VARIANTS } from './variants.ts'

export const PAGE_WITH_CSS_BYTES = 30 * 1024
/** WCAG 2.2, success criterion 1.4.10: content reflows at this width without scrolling sideways. */
export const REFLOW_WIDTH = 320

export interface Seen {
  readonly name: string
  readonly violations: string[]
  /** What the document and its style sheets took on the wire, headers included. */
  readonly bytes: number
  /** Of the whole content, where REFLOW_WIDTH is there. */
  readonly width: number
  /** Texts of the primary buttons that can be seen: more than one leaves open what there is to do. */
  readonly primaries: string[]
}

export interface Inspection {
  /** Looks at what stands open, under this name, as these people see it. */
  look(name: string, variants?: readonly (typeof VARIANTS)[number][]): Promise<void>
  readonly seen: readonly Seen[]
}

/** Looks at pages as they stand open in this tab, one after the other. */
export async function inspectPages(page: Page): Promise<Inspection> {
  const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
  const weigh = await weighPages(page)
  const seen: Seen[] = []
  return {
    seen,
    async look(name, variants = VARIANTS) {
      const bytes = await weigh()
      const violations: string[] = []
      if (variants.length > 0) await page.evaluate(axe)
      for (const variant of variants) {
        await page.emulateMedia({ colorScheme: variant.colorScheme, reducedMotion: 'reduce' })
        await page.setViewportSize(variant.viewport)
        violations.push(...(await findViolations(page)).map((violation) => `${name} (${variant.name}): ${violation}`))
      }
      await page.setViewportSize({ width: REFLOW_WIDTH, height: 640 })
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      const primaries = await page.locator('.gp-button-primary, .gp-button-danger').filter({ visible: true }).allTextContents()
      seen.push({ name, violations, bytes, width, primaries })
    },
  }
}

/** What is wrong with what was seen, by what a page has to be; nothing where all is well. */
export function faultsOf(seen: readonly Seen[]): string[] {
  return seen.flatMap(({ name, violations, width, bytes, primaries }) => [
    ...violations,
    ...(width > REFLOW_WIDTH ? [`${name}: ${width} wide`] : []),
    ...(bytes >= PAGE_WITH_CSS_BYTES ? [`${name}: ${bytes} bytes`] : []),
    ...(primaries.length > 1 ? [`${name}: several primary buttons: ${primaries.join(', ')}`] : []),
  ])
}

async function findViolations(page: Page): Promise<string[]> {
  // Target Size (WCAG 2.2, 2.5.8) is the one rule of level AA that axe leaves out unless asked.
  const options = { iframes: false, resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }
  const results = await page.evaluate((given) => (globalThis as unknown as { axe: { run(...given: unknown[]): Promise<unknown> } }).axe.run(document, given), options)
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
