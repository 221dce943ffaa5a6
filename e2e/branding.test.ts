import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { bareEnvironment, REPOSITORY, startGatepost, type Gatepost } from './harness/gatepost.ts'
import { inspectPages, REFLOW_WIDTH } from './harness/inspect-pages.ts'

const WALK_TIMEOUT_MS = 240_000
const IN_FORCE_MS = 1_100

const LOGO = (ink: string, disc: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 180 40"><style>.w{font:700 26px serif;fill:${ink}}</style><circle cx="18" cy="20" r="16" fill="${disc}"/><text class="w" x="44" y="29">Mulberry</text></svg>`
const SETTINGS = `branding:
  name: Mulberry
  logo: { light: ./light.svg, dark: ./dark.svg }
  favicon: ./light.svg
  colors: { light: { accent: '#7a2bd6', background: '#f3ecfb' }, dark: { background: '#160d20', surface: '#221530', text: '#f3ecfb' } }
  radius: 16
  font: rounded
  links: { support: https://mulberry.example/help, terms: https://mulberry.example/terms, privacy: https://mulberry.example/privacy }
  custom_css: |
    .gp-page h1 { letter-spacing: -0.02em }
`

let browser: Browser
let gatepost: Gatepost
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startGatepost()])
  await Promise.all([
    writeFile(join(gatepost.folder, 'light.svg'), LOGO('#3a1466', '#7a2bd6')),
    writeFile(join(gatepost.folder, 'dark.svg'), LOGO('#efe4ff', '#b98bf2')),
    writeFile(join(gatepost.folder, 'settings.yaml'), SETTINGS),
  ])
  await promisify(execFile)(process.execPath, [join(REPOSITORY, 'server/src/main.ts'), 'settings', 'apply', 'settings.yaml'], { cwd: gatepost.folder, env: bareEnvironment() })
  await new Promise((resolve) => setTimeout(resolve, IN_FORCE_MS))
}, WALK_TIMEOUT_MS)
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
})

test(
  'every page with a strong brand satisfies axe in light and dark, fits a narrow screen and keeps the content security policy',
  async () => {
    const { page, context, complaints } = await openProfile(browser, gatepost.url, { reducedMotion: 'reduce' })
    const { look, seen } = await inspectPages(page)
    await page.goto('/auth/_preview')
    const addresses = await page.locator('main a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
    const pages = addresses.filter((address) => !address.includes('/mails/'))
    expect(pages.length).toBeGreaterThan(20)
    for (const address of pages) {
      await page.goto(address)
      await look(address)
    }
    const found = seen.flatMap(({ name, violations, width }) => [...violations, ...(width > REFLOW_WIDTH ? [`${name}: ${width} wide`] : [])])
    await context.close()
    expect([...found, ...complaints]).toEqual([])
  },
  WALK_TIMEOUT_MS,
)

test('the logo, the accent and the corners are what was declared, in the scheme that the reader prefers', async () => {
  const { page, context } = await openProfile(browser, gatepost.url, { reducedMotion: 'reduce' })
  await page.goto('/auth/login')
  const logos: string[] = []
  for (const [colorScheme, accent] of [['light', 'rgb(122, 43, 214)'], ['dark', undefined]] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const logo = page.getByRole('img', { name: 'Mulberry' })
    await logo.evaluate((image: HTMLImageElement) => image.decode())
    logos.push(await logo.evaluate((image: HTMLImageElement) => image.currentSrc))
    const button = await page.locator('.gp-button-primary').first().evaluate((element) => {
      const { backgroundColor, borderRadius } = getComputedStyle(element)
      return { backgroundColor, borderRadius }
    })
    expect(button.borderRadius).toBe('16px')
    if (accent) expect(button.backgroundColor).toBe(accent)
    else expect(button.backgroundColor).not.toMatch(/rgb\((122, 43, 214|134, 209, 179)\)/)
  }
  expect(new Set(logos).size).toBe(2)
  await context.close()
})
