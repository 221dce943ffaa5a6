// Custom sign-in screens: the packed SDK in a real browser, against a real server, by the Authentication Flow API alone.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { totpCode } from '../scripts/test-services/authenticator-app.ts'
import { addAuthenticator } from './harness/authenticator.ts'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { REPOSITORY, startGatepost, type Gatepost } from './harness/gatepost.ts'
import { readCode } from './harness/mailbox.ts'
import { GOOD_PASSWORD, newAddress, OTHER_PASSWORD } from './harness/person.ts'
import { buildSdk, inPage, openSdkPage, serveSdkPage } from './harness/sdk-page.ts'

/** As long as an instance goes by the settings it knows. */
const SETTINGS_TAKE_EFFECT_MS = 1_500

let browser: Browser
let gatepost: Gatepost
let sdk: string
const folder = mkdtempSync(join(tmpdir(), 'gatepost-flow-client-'))
const database = { DATABASE_URL: `sqlite:${join(folder, 'gatepost.db')}`, ENCRYPTION_KEY: randomBytes(32).toString('hex') }
beforeAll(async () => {
  sdk = buildSdk()
  ;[browser, gatepost] = await Promise.all([launchChromium(), startGatepost(database)])
})
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
  rmSync(folder, { recursive: true, force: true })
})

async function open(): Promise<Page> {
  const { context, page } = await openProfile(browser, gatepost.url)
  onTestFinished(() => context.close())
  await serveSdkPage(context, sdk)
  await openSdkPage(page)
  return page
}

/** Puts settings in force, as an operator does. */
async function declare(page: Page, settings: string): Promise<void> {
  const file = join(folder, 'settings.yaml')
  writeFileSync(file, settings)
  execFileSync(process.execPath, [join(REPOSITORY, 'server/src/main.ts'), 'settings', 'apply', file], { cwd: folder, env: { ...process.env, ...database } })
  await page.waitForTimeout(SETTINGS_TAKE_EFFECT_MS)
}

/** Ends with the state after the emailed code: finished, or the offer of a passkey. */
async function signUp(page: Page, options: { passkeySupport?: boolean } = {}): Promise<{ email: string; asks: string }> {
  const email = newAddress('flora')
  await inPage(
    page,
    `const { email, password, options } = given
     const identify = await flows.start('signup', { returnTo: '/notes', ...options })
     const create = await flows.input(identify, { identification: 'email', login_id: email })
     window.step = await flows.input(create, { authentication: 'primary_password', new_password: password })`,
    { email, password: GOOD_PASSWORD, options },
  )
  const code = await readCode(page.context(), email, /create your .* account/)
  const asks = await inPage<string>(page, 'window.step = await flows.input(window.step, { code: given.code }); return window.step.asks', { code })
  return { email, asks }
}

const whoIs = (page: Page) => inPage<string | undefined>(page, 'return (await gatepost.currentUser())?.email')

async function signOut(page: Page): Promise<void> {
  await inPage(page, 'await gatepost.signOut()')
  expect(await whoIs(page)).toBeUndefined()
}

/** The state after the password, kept in the page. */
const givePassword = (page: Page, email: string) =>
  inPage<string>(
    page,
    `window.step = await flows.start('login', { batchInput: [{ identification: 'email', login_id: given.email }, { authentication: 'primary_password', password: given.password }] })
     return window.step.asks`,
    { email, password: GOOD_PASSWORD },
  )

test('a person signs up a step at a time, and in again by password and by emailed code', async () => {
  const page = await open()
  const { email, asks } = await signUp(page)
  expect(asks).toBe('nothing')
  expect(await inPage(page, 'return window.step.finishRedirectUri')).toBe('/notes')
  expect(await whoIs(page)).toBe(email)

  await signOut(page)
  const refused = await inPage(
    page,
    `const identify = await flows.start('login')
     window.step = await flows.input(identify, { identification: 'email', login_id: given.email })
     return refusal(flows.input(window.step, { authentication: 'primary_password', password: 'not the password' }))`,
    { email },
  )
  expect(refused).toEqual(['unauthorized'])
  expect(await inPage(page, `return (await flows.input(window.step, { authentication: 'primary_password', password: given.password })).asks`, { password: GOOD_PASSWORD })).toBe('nothing')
  expect(await whoIs(page)).toBe(email)

  await signOut(page)
  await inPage(
    page,
    `const authenticate = await flows.start('login', { batchInput: [{ identification: 'email', login_id: given.email }] })
     window.step = await flows.input(authenticate, { authentication: 'primary_oob_otp_email' })`,
    { email },
  )
  const code = await readCode(page.context(), email, /sign-in code|sign in/i)
  const wrong = code === '000000' ? '000001' : '000000'
  expect(await inPage(page, 'return refusal(flows.input(window.step, { code: given.wrong }))', { wrong })).toEqual(['invalid_request', 'wrong_code'])
  expect(await inPage(page, 'return (await flows.read(window.step)).asks')).toBe('verify_oob_otp_data')
  expect(await inPage(page, 'return (await flows.input(window.step, { code: given.code })).asks', { code })).toBe('nothing')
  expect(await whoIs(page)).toBe(email)
})

test('a person creates a passkey at the end of a sign-up and signs in by it, by a button and within a flow', async () => {
  const page = await open()
  const authenticator = await addAuthenticator(page)
  const { email, asks } = await signUp(page, { passkeySupport: true })
  expect(asks).toBe('create_passkey_data')
  expect(await inPage(page, 'return (await flows.input(window.step, await passkeys.createInFlow(window.step))).asks')).toBe('nothing')
  expect(await authenticator.credentialIds()).toHaveLength(1)
  expect(await whoIs(page)).toBe(email)

  await signOut(page)
  await inPage(page, 'await passkeys.signInWithPasskey()')
  expect(await whoIs(page)).toBe(email)

  await signOut(page)
  expect(await inPage(page, `return (await flows.input(await flows.start('login'), await passkeys.identifyInFlow())).asks`)).toBe('nothing')
  expect(await whoIs(page)).toBe(email)

  await signOut(page)
  expect(await inPage(page, 'return passkeys.canAutofill()')).toBe(true)
  await inPage(page, 'await passkeys.signInWithPasskey({ conditional: true })')
  expect(await whoIs(page)).toBe(email)
})

test('a passkey that waits for autofill makes way for the button, and a person who says no hears it', async () => {
  const page = await open()
  const authenticator = await addAuthenticator(page)
  const { email } = await signUp(page)
  expect(await inPage(page, `return (await passkeys.createPasskey('Laptop')).name`)).toBe('Laptop')
  expect(await inPage(page, `return refusal(passkeys.createPasskey('Laptop once more'))`)).toEqual(['passkey_already_registered'])

  await signOut(page)
  await authenticator.answers(false)
  await inPage(page, `window.waiting = refusal(passkeys.signInWithPasskey({ conditional: true })); await new Promise((resolve) => setTimeout(resolve, 500))`)
  await page.route('**/login/passkey/options', async (route) => {
    await authenticator.answers(true)
    await route.continue()
  })
  await inPage(page, 'await passkeys.signInWithPasskey()')
  expect(await inPage(page, 'return window.waiting')).toEqual(['passkey_cancelled'])
  expect(await whoIs(page)).toBe(email)

  await signOut(page)
  await authenticator.verifies(false)
  expect(await inPage(page, 'return refusal(passkeys.signInWithPasskey())')).toEqual(['passkey_cancelled'])
  expect(await whoIs(page)).toBeUndefined()
})

test('a person proves again who they are, by password and by passkey', async () => {
  const page = await open()
  await addAuthenticator(page)
  await signUp(page)
  await inPage(page, `await passkeys.createPasskey('Laptop'); await passkeys.proveWithPasskey()`)
  const authenticatedAt = () => inPage<number>(page, 'return (await gatepost.currentUser()).authenticatedAt')
  const before = await authenticatedAt()
  await inPage(page, `window.step = await flows.start('reauth')`)
  expect(await inPage(page, `return refusal(flows.input(window.step, { authentication: 'primary_password', password: 'not the password' }))`)).toEqual(['unauthorized'])
  expect(await inPage(page, `return (await flows.input(window.step, { authentication: 'primary_password', password: given.password })).asks`, { password: GOOD_PASSWORD })).toBe('nothing')
  const between = await authenticatedAt()
  expect(between).toBeGreaterThan(before)
  expect(await inPage(page, `const step = await flows.start('reauth'); return (await flows.input(step, await passkeys.proveInFlow(step))).asks`)).toBe('nothing')
  expect(await authenticatedAt()).toBeGreaterThan(between)
})

test('a person recovers the account by an emailed code', async () => {
  const page = await open()
  const { email } = await signUp(page)
  await signOut(page)
  await inPage(page, `window.step = await flows.start('account_recovery', { batchInput: [{ identification: 'email', login_id: given.email }] })`, { email })
  const code = await readCode(page.context(), email, /reset your .* password/)
  await inPage(page, 'window.step = await flows.input(window.step, { account_recovery_code: given.code })', { code })
  expect(await inPage(page, `return refusal(flows.input(window.step, { new_password: 'short' }))`)).toEqual(['invalid_request', 'too_short'])
  expect(await inPage(page, 'return (await flows.input(window.step, { new_password: given.password })).asks', { password: OTHER_PASSWORD })).toBe('nothing')
  expect(await whoIs(page)).toBeUndefined()
  const signIn = `return (await flows.start('login', { batchInput: [{ identification: 'email', login_id: given.email }, { authentication: 'primary_password', password: given.password }] })).asks`
  expect(await inPage(page, signIn, { email, password: OTHER_PASSWORD })).toBe('nothing')
  expect(await whoIs(page)).toBe(email)
})

test('a person sets an authenticator app up where one is required, and signs in with it and with a recovery code', async () => {
  const page = await open()
  const { email } = await signUp(page)
  await signOut(page)
  await declare(page, 'second_factor: { mode: required }')
  expect(await givePassword(page, email)).toBe('create_totp_data')
  const key = await inPage<string>(page, 'return window.step.action.data.secret')
  const recoveryCodes = await inPage<string[]>(
    page,
    `window.step = await flows.input(window.step, { authentication: 'secondary_totp', code: given.code }); return window.step.action.data.recovery_codes`,
    { code: totpCode(key, Date.now()) },
  )
  expect(recoveryCodes).toHaveLength(10)
  expect(await inPage(page, 'return (await flows.input(window.step, { confirm_recovery_code: true })).asks')).toBe('nothing')
  expect(await whoIs(page)).toBe(email)

  await signOut(page)
  expect(await givePassword(page, email)).toBe('authentication_data')
  expect(await whoIs(page)).toBeUndefined()
  expect(await inPage(page, 'return window.step.action.data.options.map((one) => one.authentication)')).toEqual(['secondary_totp', 'recovery_code'])
  // A time step is taken once; the app's clock may be a step ahead.
  const later = { code: totpCode(key, Date.now(), 1) }
  expect(await inPage(page, `return (await flows.input(window.step, { authentication: 'secondary_totp', code: given.code })).asks`, later)).toBe('nothing')
  expect(await whoIs(page)).toBe(email)

  await signOut(page)
  await givePassword(page, email)
  expect(await inPage(page, `return refusal(flows.input(window.step, { authentication: 'secondary_totp', code: given.code }))`, later)).toEqual(['invalid_request', 'wrong_code'])
  expect(await inPage(page, `return (await flows.input(window.step, { authentication: 'recovery_code', recovery_code: given.code })).asks`, { code: recoveryCodes[0] })).toBe('nothing')
  expect(await whoIs(page)).toBe(email)
})
