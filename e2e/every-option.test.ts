import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { OPTIONS, STRICTER_OPTIONS, visitEveryOption, visitStricterOptions } from './harness/every-option.ts'
import { bareEnvironment, REPOSITORY, startGatepost, type Gatepost } from './harness/gatepost.ts'
import { faultsOf, inspectPages } from './harness/inspect-pages.ts'
import { VARIANTS } from './harness/variants.ts'

const WALK_TIMEOUT_MS = 240_000
/** As long as an instance goes by the settings it knows. */
const IN_FORCE_MS = 1_100
const INVITED = 'invited.person@example.com'
const [LIGHT_PHONE, , , DARK_DESKTOP] = VARIANTS

let browser: Browser
let gatepost: Gatepost
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startGatepost()])
})
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
})

const command = (...words: string[]) => promisify(execFile)(process.execPath, [join(REPOSITORY, 'server/src/main.ts'), ...words], { cwd: gatepost.folder, env: bareEnvironment() })

async function declare(settings: string): Promise<void> {
  await writeFile(join(gatepost.folder, 'settings.yaml'), settings)
  await command('settings', 'apply', 'settings.yaml')
  await new Promise((resolve) => setTimeout(resolve, IN_FORCE_MS))
}

test(
  'the pages that only some settings bring are accessible, narrow, light and clear as people meet them',
  async () => {
    await declare(OPTIONS)
    const { page, context, complaints } = await openProfile(browser, gatepost.url, { reducedMotion: 'reduce' })
    const { look, seen } = await inspectPages(page)
    const lookAt = (name: string) => look(name, [LIGHT_PHONE, DARK_DESKTOP])
    const email = await visitEveryOption(page, lookAt)
    await declare(STRICTER_OPTIONS)
    await command('users', 'invite', '--email', INVITED)
    await command('users', 'require-password-change', '--email', email)
    await visitStricterOptions(page, { email, invited: INVITED }, lookAt)
    await context.close()
    expect(seen.length).toBeGreaterThan(18)
    expect([...faultsOf(seen), ...complaints]).toEqual([])
  },
  WALK_TIMEOUT_MS,
)
