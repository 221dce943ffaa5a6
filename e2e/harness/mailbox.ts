import type { BrowserContext } from 'playwright-core'

const PATIENCE_MS = 10_000

/** What the mailbox calls messages to telephones. */
const MESSAGES = { sms: /SMS/, whatsapp: /WhatsApp message/ } as const

/** Reads the newest mail to an address in the development mailbox, as a person would; its text. */
export async function readMail(context: BrowserContext, to: string, subject: RegExp): Promise<string> {
  const page = await context.newPage()
  try {
    // Its row is there before the page that asked for it: an older one of the subject is never meant.
    const entry = page.locator('nav[aria-label=Messages] a', { hasText: to }).filter({ hasText: subject }).first()
    const deadline = performance.now() + PATIENCE_MS
    do {
      if (performance.now() > deadline) throw new Error(`no mail to ${to} with ${subject}; the mailbox shows: ${await page.locator('main').innerText()}`)
      await page.goto('/auth/dev/mailbox')
    } while ((await entry.filter({ hasText: 'delivered' }).count()) === 0)
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

/** The local address of the link in the newest mail to an address. */
export async function readLink(context: BrowserContext, to: string, subject: RegExp): Promise<string> {
  const text = await readMail(context, to, subject)
  const link = /\/auth\/login_link\?token=[\w-]+/.exec(text)?.[0]
  if (link === undefined) throw new Error(`no link in: ${text}`)
  return link
}

/** The code in the newest message to a telephone (E.164), which came by this channel. */
export async function readMessageCode(context: BrowserContext, to: string, channel: keyof typeof MESSAGES): Promise<string> {
  const text = await readMail(context, to, MESSAGES[channel])
  const code = /\b\d{6}\b/.exec(text)?.[0]
  if (code === undefined) throw new Error(`no code in: ${text}`)
  return code
}
