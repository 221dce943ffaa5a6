import { createServer } from 'node:net'
import { loadConfig } from '../../src/app/config/load-config.ts'
import type { App } from '../../src/app/compose.ts'
import { compose } from '../../src/app/compose.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { createLogger } from '../../src/platform/logger.ts'
import { systemClock } from '../../src/platform/clock.ts'
import type { Settings } from '../../src/services/settings/index.ts'
import { policyOf } from '../../src/services/settings/index.ts'
import { readDeclared } from '../../src/services/settings/read-declared.ts'
import type { TestEngine } from './engines.ts'
import { freshDatabase } from './engines.ts'
import type { Browser } from './browser.ts'
import { createBrowser } from './browser.ts'

/** Time that tests move; it never stands still, so that ids and sessions keep their order. */
export interface TestClock extends Clock {
  advance(ms: number): void
}

export function createTestClock(): TestClock {
  let offset = 0
  return {
    now: () => systemClock.now() + offset,
    advance(ms) {
      offset += ms
    },
  }
}

export interface TestServer {
  readonly app: App
  readonly clock: TestClock
  readonly databaseUrl: string
  /** A new browser: no cookies, its own address. */
  browser(options?: { ip?: string; userAgent?: string }): Browser
  /** Another instance on the same database, with the same clock; `declared` stands in for the settings in the database. */
  sibling(overrides?: Record<string, string>, declared?: string): Promise<TestServer>
  /** The newest mail to the address, delivered or not. */
  mailTo(address: string): Promise<{ subject: string; text: string; html: string } | undefined>
  mailsTo(address: string): Promise<{ subject: string; text: string }[]>
  /** The six digits in the newest mail to the address. */
  codeFor(address: string): Promise<string>
  close(): Promise<void>
}

export const TEST_ORIGIN = 'http://localhost:3000'
const TEST_KEY = 'c0ffee0123456789abcdef0011223344556677889900aabbccddeeff01020304'

/** A whole server in this process, on a fresh database of the engine; reached through `inject`, like any HTTP client. */
export async function startTestServer(engine: TestEngine, overrides: Record<string, string> = {}, declared?: string): Promise<TestServer> {
  const database = await freshDatabase(engine)
  const server = await startOn(database.url, overrides, createTestClock(), declared)
  return {
    ...server,
    async close() {
      await server.close()
      await database.drop()
    },
  }
}

/** A declared file in the place of what the database holds, so that instances of one database may differ. */
function declaredSettings(text: string): Settings {
  const parsed = readDeclared(text)
  if (!parsed.ok) throw new Error(parsed.failure.join('; '))
  const fixed = () => Promise.reject(new Error('these settings are declared by the test'))
  const { document, branding } = parsed.value
  return { policy: async () => policyOf(document), document: async () => document, branding: async () => branding, lastBranding: () => branding, show: async () => text, listNotInForce: async () => [], plan: fixed, apply: fixed }
}

async function startOn(databaseUrl: string, overrides: Record<string, string>, clock: TestClock, declared?: string): Promise<TestServer> {
  const loaded = loadConfig({ NODE_ENV: 'test', ENCRYPTION_KEY: TEST_KEY, DATABASE_URL: databaseUrl, LOG_LEVEL: 'error', MIGRATE_ON_START: 'off', ...overrides })
  if (!loaded.ok) throw new Error(loaded.failure.join('; '))
  const settings = declared === undefined ? {} : { settings: declaredSettings(declared) }
  const app = await compose(loaded.value, { clock, logger: createLogger({ level: loaded.value.logLevel }), ...settings })
  await app.keys.ensureFirstKey()
  await app.listener.ready()
  const mailsTo = async (address: string) => {
    const entries = await app.outbox.list('00000000-0000-7000-8000-000000000001' as never, { limit: 100 })
    return entries.flatMap((entry) => (entry.mail?.to === address ? [entry.mail] : []))
  }
  return {
    app,
    clock,
    databaseUrl,
    browser: (options = {}) => createBrowser(app, options),
    sibling: (more = {}, differently = declared) => startOn(databaseUrl, { ...overrides, ...more }, clock, differently),
    mailsTo,
    mailTo: async (address) => (await mailsTo(address))[0],
    async codeFor(address) {
      for (const mail of await mailsTo(address)) {
        const code = /\b(\d{3}) ?(\d{3})\b/.exec(mail.text)
        if (code) return `${code[1]}${code[2]}`
      }
      throw new Error(`no code was mailed to ${address}`)
    },
    async close() {
      await app.listener.close()
      await app.close()
    },
  }
}

/** A port that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
