import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type ConsoleMessage, type Page } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']
/** Nothing but the pages under test: no updates, no telemetry, no other transport. */
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const ACTION_TIMEOUT_MS = 10_000

export function launchChromium(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? PLACES.find((place) => existsSync(place))
  if (executablePath === undefined) throw new Error(`no Chromium at ${PLACES.join(', ')}: install one or name it in CHROMIUM_PATH`)
  return chromium.launch({ executablePath, args: ARGUMENTS })
}

/** A person's own browser: cookies of its own, and every complaint of its console. */
export interface Profile {
  readonly context: BrowserContext
  readonly page: Page
  /** Console errors and warnings, uncaught exceptions and violations of the content security policy, on all of its pages. */
  readonly complaints: string[]
}

const withoutScripts = new WeakSet<BrowserContext>()

export function runsScripts(context: BrowserContext): boolean {
  return !withoutScripts.has(context)
}

export async function openProfile(browser: Browser, baseURL: string, options: BrowserContextOptions = {}): Promise<Profile> {
  const context = await browser.newContext({ baseURL, ...options })
  if (options.javaScriptEnabled === false) withoutScripts.add(context)
  context.setDefaultTimeout(ACTION_TIMEOUT_MS)
  const complaints: string[] = []
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isRefusedForm(message)) complaints.push(`${message.page()?.url()}: ${message.text()}`)
  })
  context.on('weberror', (error) => complaints.push(String(error.error())))
  return { context, page: await context.newPage(), complaints }
}

/** Chromium notes every answer of 400 and above: a page that names a mistake is one, a style sheet that is missing is not. */
function isRefusedForm(message: ConsoleMessage): boolean {
  const isFile = /\.\w+$/.test(new URL(message.location().url || 'about:blank').pathname)
  return !isFile && /^Failed to load resource: the server responded with a status of 4\d\d/.test(message.text())
}
