import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchChromium, openProfile } from './harness/chromium.ts'
import { startDeclaredGatepost, type DeclaredGatepost } from './harness/declared-gatepost.ts'
import { newAddress, signIn, signUpHere } from './harness/person.ts'

let browser: Browser
let gatepost: DeclaredGatepost
beforeAll(async () => {
  ;[browser, gatepost] = await Promise.all([launchChromium(), startDeclaredGatepost()])
  await gatepost.declare('anonymous: { is_allowed: true }\npasskey: { prompt: off }\n')
})
afterAll(async () => {
  await browser?.close()
  await gatepost?.remove()
})

for (const scripts of ['on', 'off'] as const) {
  test(`somebody without an account gets one from the settings and stays who they are, with JavaScript ${scripts}`, async () => {
    const { page, context, complaints } = await openProfile(browser, gatepost.url, { javaScriptEnabled: scripts === 'on' })
    onTestFinished(() => context.close())
    const api = `${gatepost.url}/auth/api/v1`
    // What an application's page does by itself.
    const { csrf_token: csrf } = (await (await context.request.get(`${api}/csrf`)).json()) as { csrf_token: string }
    const made = await context.request.post(`${api}/anonymous/signup`, { headers: { 'x-csrf-token': csrf, origin: gatepost.url } })
    const { user } = (await made.json()) as { user: { id: string; is_anonymous: boolean } }
    expect(user.is_anonymous).toBe(true)

    await page.goto('/auth/settings')
    await page.getByText('You are here without an account.').waitFor()
    await page.getByRole('link', { name: 'Create account' }).click()
    await page.getByText('What is yours here stays yours.').waitFor()
    const email = newAddress('promoted')
    await signUpHere(page, email)
    const now = (await (await context.request.get(`${api}/user`)).json()) as { id: string; email: string; is_anonymous: boolean }
    expect(now).toMatchObject({ id: user.id, email, is_anonymous: false })

    await page.goto('/auth/settings')
    await page.getByText(email).first().waitFor()
    await page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
    await signIn(page, email)
    expect(complaints).toEqual([])
  })
}
