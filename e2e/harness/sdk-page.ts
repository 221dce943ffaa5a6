import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { REPOSITORY } from './gatepost.ts'

/** Custom sign-in screens would stand here; the tests type into its console instead. */
const PATH = '/custom-sign-in'
const HTML = `<!doctype html><html lang="en"><title>Custom sign-in</title><input autocomplete="username webauthn">
<script type="module">
  import { createFlowClient, createGatepost, createPasskeys } from '/gatepost.js'
  const gatepost = createGatepost()
  Object.assign(window, { gatepost, flows: createFlowClient(gatepost), passkeys: createPasskeys(gatepost), isReady: true })
</script>`

/** `dist/gatepost.js` of @gatepost/browser, as it is packed. */
export function buildSdk(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatepost-sdk-'))
  try {
    const sdk = join(REPOSITORY, 'sdk/browser')
    execFileSync(process.execPath, [join(REPOSITORY, 'node_modules/typescript/bin/tsc'), '-p', join(sdk, 'tsconfig.build.json'), '--outDir', folder])
    execFileSync(process.execPath, [join(sdk, 'scripts/join-modules.mjs'), folder])
    return readFileSync(join(folder, 'gatepost.js'), 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Puts a page with the SDK on the server's origin; all else is answered by the server. */
export async function serveSdkPage(context: BrowserContext, sdk: string): Promise<void> {
  await context.route(`**${PATH}`, (route) => route.fulfill({ contentType: 'text/html', body: HTML }))
  await context.route('**/gatepost.js', (route) => route.fulfill({ contentType: 'text/javascript', body: sdk }))
}

export async function openSdkPage(page: Page): Promise<void> {
  await page.goto(PATH)
  await page.waitForFunction('window.isReady')
}

/**
 * Runs a script in the page, with `gatepost`, `flows`, `passkeys`, what the test `given` it, and `refusal(promise)`: the code of the error
 * and of its fields. As text: a function would be rewritten by the test runner.
 */
export function inPage<Result>(page: Page, script: string, given: object = {}): Promise<Result> {
  return page.evaluate(`(async () => {
    const refusal = (promise) => promise.then(() => ['taken'], ({ code, fields }) => [code, ...(fields ?? []).map((one) => one.code)])
    const { gatepost, flows, passkeys } = window
    const given = ${JSON.stringify(given)}
    ${script}
  })()`)
}
