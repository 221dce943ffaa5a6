import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { TestDatabase } from '../scripts/test-services/create-test-database.ts'
import { launchChromium, openProfile, type Profile } from './harness/chromium.ts'
import { emptyDatabase, engines } from './harness/engines.ts'
import { startGatepost, type Gatepost } from './harness/gatepost.ts'
import { readCode, readMail } from './harness/mailbox.ts'
import { enterCode, GOOD_PASSWORD, newAddress, OTHER_PASSWORD, signIn, signInHere, signUp, signUpHere } from './harness/person.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

for (const engine of engines) {
  describe(`on ${engine}`, () => {
    let database: TestDatabase
    let gatepost: Gatepost
    beforeAll(async () => {
      database = await emptyDatabase(engine)
      gatepost = await startGatepost({ DATABASE_URL: database.url })
    })
    afterAll(async () => {
      await gatepost?.remove()
      await database?.drop()
    })

    const open = async (javaScriptEnabled: boolean): Promise<Profile> => {
      const profile = await openProfile(browser, gatepost.url, { javaScriptEnabled })
      onTestFinished(() => profile.context.close())
      return profile
    }

    for (const scripts of ['on', 'off'] as const) {
      test(`a person lives through a whole account with JavaScript ${scripts}`, { timeout: 120_000 }, async () => {
        const [{ page, context, complaints }, other] = [await open(scripts === 'on'), await open(scripts === 'on')]
        const email = newAddress()

        // Sign up from the application, and be back at the page that was wanted.
        await page.goto('/')
        await page.getByRole('link', { name: 'Create an account' }).click()
        await signUpHere(page, email)
        await page.waitForURL('**/notes')
        await page.getByRole('heading', { name: 'Your notes' }).waitFor()

        // Sign out; the page is closed again and leads to sign-in and back.
        await page.getByRole('button', { name: 'Sign out' }).click()
        await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
        await page.goto('/notes')
        expect(new URL(page.url()).pathname).toBe('/auth/login')
        await signInHere(page, email)
        await page.waitForURL('**/notes')

        // Reset the password by mail; the old one is refused, the new one signs in.
        await page.getByRole('button', { name: 'Sign out' }).click()
        await page.goto('/auth/login?return_to=/notes')
        await page.getByLabel('Email').fill(email)
        await page.getByRole('button', { name: 'Forgot your password?' }).click()
        expect([await page.getByLabel('Email').inputValue(), page.url().includes('example.com')]).toEqual([email, false])
        await page.getByRole('button', { name: 'Send code' }).click()
        await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
        await enterCode(page, await readCode(context, email, /reset your .* password/))
        await page.getByLabel('New password').fill(OTHER_PASSWORD)
        await page.getByRole('button', { name: 'Save new password' }).click()
        await page.getByText('Your password was changed. Sign in with the new one.').waitFor()
        await readMail(context, email, /password was changed/)
        await signInHere(page, email, GOOD_PASSWORD)
        await page.getByText('These details do not match.').waitFor()
        await signInHere(page, email, OTHER_PASSWORD)
        await page.waitForURL('**/notes')

        // End the session of another browser: it is out with its very next request.
        await signIn(other.page, email, OTHER_PASSWORD)
        await other.page.goto('/auth/settings')
        await page.goto('/auth/settings')
        await page.getByRole('button', { name: /^Sign out Chrome on Linux/ }).click()
        await page.getByText('That device is signed out.').waitFor()
        await other.page.reload()
        expect(new URL(other.page.url()).pathname).toBe('/auth/login')

        // Change the email address: the code goes to the new one, the news to the old one.
        const newEmail = newAddress('ada.king')
        await page.getByLabel('New email address').fill(newEmail)
        await page.getByRole('button', { name: 'Change email' }).click()
        await enterCode(page, await readCode(context, newEmail, /use this address/))
        await page.getByText('Your email address was changed.').waitFor()
        await page.locator('.gp-fact').getByText(newEmail).waitFor()
        expect(await readMail(context, email, /email address was changed/)).toContain('no longer signs in')

        // Change the name, the username and the password.
        await page.getByLabel('Display name').fill('Ada <b>King</b>')
        await page.getByRole('button', { name: 'Save name' }).click()
        await page.getByText('Your name was saved.').waitFor()
        await page.locator('.gp-account-name').getByText('Ada <b>King</b>').waitFor()
        const username = `ada-${scripts}`
        await page.getByLabel('Username').fill(username)
        await page.getByRole('button', { name: 'Save username' }).click()
        await page.getByText('Your username was saved.').waitFor()
        await page.getByLabel('Current password').fill(OTHER_PASSWORD)
        await page.getByLabel('New password').fill(GOOD_PASSWORD)
        await page.getByRole('button', { name: 'Change password' }).click()
        await page.getByText('Your password was changed. Your other devices are signed out.').waitFor()
        await signIn(other.page, username, GOOD_PASSWORD)

        // Delete the account: a wrong address is refused, the right one ends everything everywhere.
        await page.getByRole('link', { name: 'Delete account…' }).click()
        await page.getByLabel(`Type ${newEmail} to confirm`).fill(email)
        await page.getByRole('button', { name: 'Delete account for good' }).click()
        await page.getByText('This is not the email address of this account.').waitFor()
        await page.getByLabel(`Type ${newEmail} to confirm`).fill(newEmail)
        await page.getByRole('button', { name: 'Delete account for good' }).click()
        await page.getByRole('heading', { name: 'Your account is deleted' }).waitFor()
        await other.page.goto('/auth/settings')
        expect(new URL(other.page.url()).pathname).toBe('/auth/login')
        await page.goto('/auth/login')
        await signInHere(page, newEmail)
        await page.getByText('These details do not match.').waitFor()
        expect([...complaints, ...other.complaints]).toEqual([])
      })
    }

    test('the link that the start printed makes one admin, who may open what others may not', async () => {
      const { page } = await open(true)
      await signUp(page)
      await page.goto('/admin')
      await page.getByRole('heading', { name: 'Not for you' }).waitFor()

      await page.goto(gatepost.printed('first admin'))
      await page.getByRole('button', { name: 'Make me admin' }).click()
      await page.getByRole('heading', { name: 'You are the admin now' }).waitFor()
      await page.goto('/admin')
      await page.getByRole('heading', { name: 'Admin', exact: true }).waitFor()

      const other = await open(true)
      await other.page.goto(gatepost.printed('first admin'))
      expect(new URL(other.page.url()).pathname).toBe('/auth/login')
      await other.page.getByRole('link', { name: 'Create an account' }).click()
      await signUpHere(other.page, newAddress())
      await other.page.getByRole('heading', { name: 'This link is used up' }).waitFor()
      await other.page.goto('/admin')
      await other.page.getByRole('heading', { name: 'Not for you' }).waitFor()
    })
  })
}
