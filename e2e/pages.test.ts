import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile, type Profile } from './harness/chromium.ts'
import { startGatepost, type Gatepost } from './harness/gatepost.ts'
import { readCode } from './harness/mailbox.ts'
import { GOOD_PASSWORD, newAddress, signUp } from './harness/person.ts'

let browser: Browser
let gatepost: Gatepost
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startGatepost()])
})
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
})

async function open(): Promise<Profile> {
  const profile = await openProfile(browser, gatepost.url)
  onTestFinished(() => profile.context.close())
  return profile
}

test('a person signs in with the keyboard alone, sees where the focus is, and hears what went wrong', async () => {
  const { page, context } = await open()
  const email = await signUp(page)
  await context.clearCookies()
  await page.goto('/auth/login?return_to=/notes')

  expect(await focusedName(page)).toBe('Email or username')
  const order: string[] = []
  for (let tabs = 0; tabs < 9; tabs += 1) {
    order.push(await focusedName(page))
    expect(await hasVisibleFocus(page), `focus on ${order.at(-1)}`).toBe(true)
    await page.keyboard.press('Tab')
  }
  expect(order).toEqual([
    'Email or username',
    'Password',
    'Show password',
    'Sign in',
    'Forgot your password?',
    'Email me a code',
    'Sign in with a passkey',
    'Create an account',
    'Back to the application',
  ])

  await page.getByLabel('Email or username').focus()
  await page.keyboard.type(email)
  await page.keyboard.press('Tab')
  await page.keyboard.type('not the password of anybody')
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.search === '')
  expect(await page.title()).toMatch(/^Error: /)
  expect(await focusedName(page)).toBe('Password')
  const password = page.getByLabel('Password', { exact: true })
  expect([await password.getAttribute('aria-invalid'), await descriptionOf(password)]).toEqual(['true', expect.stringContaining('do not match')])
  expect(await page.getByLabel('Email or username').inputValue()).toBe(email)

  await page.keyboard.type(GOOD_PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/notes')
})

test('a new password is weighed in words while it is typed, and the server has the last word', async () => {
  const { page } = await open()
  await page.goto('/auth/signup')
  const password = page.getByLabel('Password', { exact: true })
  const strength = page.locator('[data-strengths]')
  expect(await strength.isVisible()).toBe(false)
  await page.getByLabel('Email').fill('bartholomew@example.com')
  for (const [typed, word] of [
    ['short', 'Too short'],
    ['12345678901234', 'Weak'],
    ['bartholomew1', 'Weak'],
    ['kqzvmwrt', 'Fair'],
    ['kqzvmwrt hen', 'Good'],
    [GOOD_PASSWORD, 'Strong'],
    ['quiet otters juggle 5 warm plums', 'Strong'],
  ] as const) {
    await password.fill(typed)
    await strength.getByText(word).waitFor()
  }
  expect(await strength.locator('[aria-live="polite"]').textContent()).toBe('Strong')
  await password.fill('qwertyuiop')
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByText('This password is easy to guess').waitFor()
  await page.getByLabel('Password', { exact: true }).fill('')
  expect(await page.locator('[data-strengths]').isVisible()).toBe(false)
})

test('an error of the settings is announced, names its field and takes the focus there', async () => {
  const { page } = await open()
  await signUp(page)
  await page.goto('/auth/settings')
  await page.getByLabel('Username').fill('no spaces please')
  await page.keyboard.press('Enter')
  const summary = page.getByRole('alert')
  await summary.waitFor()
  expect(await page.title()).toMatch(/^Error: /)
  expect(await focusedName(page)).toBe('Username')
  expect(await descriptionOf(page.getByLabel('Username'))).toContain('Use 3 to 30 letters')
  expect(await page.getByLabel('Username').inputValue()).toBe('no spaces please')
  await summary.getByRole('link').focus()
  await page.keyboard.press('Enter')
  expect(await focusedName(page)).toBe('Username')
})

test('every field tells password managers and phones what belongs into it', async () => {
  const { page, context } = await open()
  const autocompleteAt = async (path: string) => {
    await page.goto(path)
    return page.locator('input:not([type=hidden], [type=file], [hidden])').evaluateAll((inputs) => inputs.map((input) => input.getAttribute('autocomplete')))
  }
  expect(await autocompleteAt('/auth/login')).toEqual(['username webauthn', 'current-password'])
  expect(await autocompleteAt('/auth/signup')).toEqual(['username', 'new-password'])
  expect(await autocompleteAt('/auth/reset_password')).toEqual(['username'])
  const email = newAddress()
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Send code' }).click()
  const code = page.getByLabel('Code')
  expect([await code.getAttribute('autocomplete'), await code.getAttribute('inputmode')]).toEqual(['one-time-code', 'numeric'])
  await context.clearCookies()
  await signUp(page)
  expect(await autocompleteAt('/auth/settings')).toEqual(['name', 'username', 'email', 'tel', 'current-password', 'new-password', 'off'])
})

test('the show-password button shows, hides and tells which of both', async () => {
  const { page, complaints } = await open()
  await page.goto('/auth/login')
  const [password, button] = [page.getByLabel('Password', { exact: true }), page.getByRole('button', { name: 'Show password' })]
  const state = async () => [await password.getAttribute('type'), await button.getAttribute('aria-pressed')]
  await password.fill(GOOD_PASSWORD)
  expect(await state()).toEqual(['password', 'false'])
  await button.click()
  expect(await state()).toEqual(['text', 'true'])
  expect(new URL(page.url()).pathname).toBe('/auth/login')
  await button.press('Enter')
  expect(await state()).toEqual(['password', 'false'])
  expect(await password.inputValue()).toBe(GOOD_PASSWORD)
  expect(complaints).toEqual([])
})

test('a code pasted with a blank in the middle is sent without another key, also in an email change', async () => {
  const { page, context, complaints } = await open()
  const email = newAddress()
  await page.goto('/auth/signup?return_to=/notes')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(GOOD_PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
  await paste(page, await readCode(context, email, /create your .* account/))
  await page.waitForURL('**/notes')

  const newEmail = newAddress()
  await page.goto('/auth/settings')
  await page.getByLabel('New email address').fill(newEmail)
  await page.getByRole('button', { name: 'Change email' }).click()
  await page.getByRole('heading', { name: 'Confirm your new email' }).waitFor()
  await paste(page, await readCode(context, newEmail, /use this address/))
  await page.getByText('Your email address was changed.').waitFor()
  expect(complaints).toEqual([])
})

async function paste(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code').focus()
  await page.keyboard.insertText(`${code.slice(0, 3)} ${code.slice(3)}`)
}

/** The accessible name, as its label, aria-label or text gives it. */
function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement | null
    return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent?.trim() ?? element?.textContent?.trim() ?? ''
  })
}

function hasVisibleFocus(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  })
}

function descriptionOf(field: Locator): Promise<string> {
  return field.evaluate((input) => {
    const ids = input.getAttribute('aria-describedby')?.split(' ') ?? []
    return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ')
  })
}
