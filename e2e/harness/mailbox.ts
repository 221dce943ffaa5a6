import type { BrowserContext } from 'playwright-core'

const PATIENCE_MS = 10_000

/** Reads the newest mail to an address in the development mailbox, as a person would; its text. */
export async function readMail(context: BrowserContext, to: string, subject: RegExp): Promise<string> {
  const page = await context.newPage()
  try {
    const entry = page.locator('nav[aria-label=Messages] a', { hasText: to }).filter({ hasText: subject }).filter({ hasText: 'delivered' }).first()
    const deadline = performance.now() + PATIENCE_MS
    do {
      if (performance.now() > deadline) throw new Error(`no mail to ${to} with ${subject}; the mailbox shows: ${await page.locator('main').innerText()}`)
      await page.goto('/auth/dev/mailbox')
    } while ((await entry.count()) === 0)
    await entry.click()
    await page.locator('article h2').filter({ hasText: subject }).waitFor()
    return await page.locator('.gp-mail-text').innerText()
  } finally {
    await page.close()
  }
}

export async function readCode(context: BrowserContext, to: string, subject: RegExp): Promise<string> {
  const text = await readMail(context, to, subject)
  const code = /^\s*(\d{6}|\d{3}[ \u00a0]\d{3})\s*$/m.exec(text)?.[1]
  if (code === undefined) throw new Error(`no code in: ${text}`)
  return code.replace(/\s/g, '')
}
