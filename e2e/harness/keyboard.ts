import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Where the focus is, as a person with a keyboard finds it. */
export interface Stop {
  /** The accessible name, as its label, aria-label or text gives it. */
  readonly name: string
  /** The heading of the section it is in; `''` outside of any. */
  readonly section: string
}

const MAX_STOPS = 120
const LEAST_OUTLINE_PX = 2

/** Goes on by Tab to the next stop; undefined behind the last one. The focus has to be seen there: WCAG 2.2, 2.4.7 and 2.4.11. */
export async function pressTab(page: Page): Promise<Stop | undefined> {
  await page.keyboard.press('Tab')
  const found = await page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null
    if (!element || element === document.body) return undefined
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    const box = element.getBoundingClientRect()
    const onTop = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, innerHeight) / 2)
    const name = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? ''
    return {
      name: name.trim(),
      section: element.closest('section')?.querySelector('h2')?.textContent ?? '',
      outline: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
      isOnTop: onTop !== null && (element.contains(onTop) || onTop.contains(element)),
    }
  })
  if (!found) return undefined
  const { name, section, outline, isOnTop } = found
  // A checkbox wears the browser's own ring, whose width is not in pixels everywhere.
  expect(outline, `the outline of ${name}`).toBeGreaterThanOrEqual(LEAST_OUTLINE_PX)
  expect(isOnTop, `whether ${name} can be seen`).toBe(true)
  return { name, section }
}

/** By Tab alone to the stop of this name. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = []
  while (passed.length < MAX_STOPS) {
    const stop = await pressTab(page)
    if (stop?.name === name) return
    passed.push(stop?.name ?? 'the end')
  }
  throw new Error(`no "${name}" among ${passed.join(', ')}`)
}

/** Every stop of the page from the top, in their order. */
export async function listStops(page: Page): Promise<Stop[]> {
  const stops: Stop[] = []
  for (let stop = await pressTab(page); stop && stops.length < MAX_STOPS; stop = await pressTab(page)) stops.push(stop)
  return stops
}
